"""Accounts of staff: what a new one needs, what can happen to one, and who is told of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.actors import Role, answers, go_together
from portal.domain.policy import Landlord
from portal.domain.refusal import Refused
from portal.domain.saying import say

LONGEST_NAME = 200
LONGEST_EMAIL = 254
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1_000
FEWEST_SIGNS = 5
"""Different characters that a password must have at least."""


class Change(StrEnum):
    """What happened to an account."""

    INVITED = "invited"
    PASSWORD_CHOSEN = "password_chosen"  # noqa: S105 - what happened
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    DUTIES_CHANGED = "duties_changed"
    DISABLED = "disabled"
    LET_IN_AGAIN = "let_in_again"
    SESSIONS_ENDED = "sessions_ended"
    SECOND_STEP_SET_UP = "second_step_set_up"
    SECOND_STEP_RESET = "second_step_reset"
    CODES_MADE = "codes_made"
    CODE_USED = "code_used"
    DUTIES_FROM_GROUPS = "duties_from_groups"
    PROVIDER_BOUND = "provider_bound"
    PROVIDER_UNBOUND = "provider_unbound"
    PROVIDER_REFUSED = "provider_refused"


TOLD = frozenset(
    {
        Change.PASSWORD_CHANGED,
        Change.SECOND_STEP_SET_UP,
        Change.SECOND_STEP_RESET,
        Change.CODES_MADE,
        Change.CODE_USED,
        Change.PROVIDER_BOUND,
    }
)
"""Of what its owner is told by email: if it was not they who did it, somebody has got in."""


class Warned(StrEnum):
    """What administrators are warned of."""

    PASSWORDS = "many_wrong_passwords"
    CODES = "many_wrong_codes"
    GROUPS = "groups_not_possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """What somebody is there for. `areas`: those that they are limited to, none of which means all."""

    roles: tuple[Role, ...]
    rank: str | None = None
    areas: tuple[str, ...] = ()


def check_duties(duties: Duties, landlord: Landlord) -> None:
    """Raises `Refused` where nobody can have these at this landlord."""
    if not duties.roles:
        raise Refused("Choose at least one role", "roles")
    if not go_together(duties.roles):
        raise Refused("Whoever is oversight or an auditor can have no other role: they would watch themselves", "roles")
    if duties.rank is not None and duties.rank not in {each.key for each in landlord.ranks}:
        raise Refused("Choose a rank from the list", "rank")
    if duties.rank is not None and not answers(duties.roles):
        raise Refused("A rank is for those who answer complaints. Choose no rank, or another role", "rank")
    if not set(duties.areas) <= {each.key for each in landlord.areas}:
        raise Refused("Choose areas from the list", "areas")


def duties_in_words(duties: Duties) -> str:
    """As keys in a line of the record; pages know what each is called."""
    return " ".join([*duties.roles, *([duties.rank] if duties.rank else []), *duties.areas])


def check_person(name: str, email: str) -> None:
    """Raises `Refused` where this is nobody who can be invited."""
    if not name.strip():
        raise Refused("Enter the name, as letters to residents give it", "name")
    if len(name) > LONGEST_NAME:
        raise Refused(say("Use at most %(most)s characters", most=LONGEST_NAME), "name")
    if email.count("@") != 1 or len(email) > LONGEST_EMAIL:
        raise Refused("Enter an email address in the right form, like name@example.com", "email")


def check_password(password: str, email: str) -> None:
    """Raises `Refused` where it would be guessed. Length counts, and no rule of signs (NCSC)."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(say("Use at least %(least)s characters", least=SHORTEST_PASSWORD), "password")
    if len(password) > LONGEST_PASSWORD:
        raise Refused(say("Use at most %(most)s characters", most=LONGEST_PASSWORD), "password")
    if len(set(password)) < FEWEST_SIGNS:
        raise Refused("Use more different characters: this could be guessed", "password")
    if email.partition("@")[0].casefold() in password.casefold():
        raise Refused("Leave your email address out of it: this could be guessed", "password")


def check_left_over(administrators: Collection[int], user_id: int) -> None:
    """Raises `Refused` where nobody else could let anybody in."""
    if set(administrators) == {user_id}:
        raise Refused("This is the only administrator. Make somebody else one first")
