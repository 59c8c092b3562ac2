"""Who somebody is to us: their roles, and what else decides how far those reach."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.representative_kinds import AuthorityScope


class Role(StrEnum):
    """What somebody is to us at this moment."""

    ANYONE = "anyone"
    RESIDENT = "resident"
    REPRESENTATIVE = "representative"
    GROUP_MEMBER = "group_member"
    OFFICE_MEMBER = "office_member"
    RECORDER = "recorder"
    HANDLER = "handler"
    REVIEWER = "reviewer"
    LEAD = "lead"
    ADJUSTMENTS_LEAD = "adjustments_lead"
    OVERSIGHT = "oversight"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    SYSTEM = "system"


STAFF = (
    Role.LEAD,
    Role.HANDLER,
    Role.REVIEWER,
    Role.RECORDER,
    Role.ADJUSTMENTS_LEAD,
    Role.ADMINISTRATOR,
    Role.OVERSIGHT,
    Role.AUDITOR,
)
"""What a member of staff can be. Of several, the first of this list is the one that the record names."""

ALONE = frozenset({Role.OVERSIGHT, Role.AUDITOR})
"""Who watches has no other role: nobody watches over their own work."""

ANSWERING = frozenset({Role.HANDLER, Role.REVIEWER, Role.LEAD})
"""Who can be given a complaint to answer."""

ROLE_LABELS: Mapping[Role, str] = {
    Role.ANYONE: "Somebody who is not signed in",
    Role.RESIDENT: "Resident, or whoever holds the secret code of a complaint",
    Role.REPRESENTATIVE: "Representative of a resident, with a code of their own and what their authority allows",
    Role.OFFICE_MEMBER: "Member of the office of an MP, a councillor or an adviser",
    Role.GROUP_MEMBER: "Member of a group that complains together, with a code of their own",
    Role.RECORDER: "Recorder: takes complaints, calls and post, decides nothing",
    Role.HANDLER: "Complaint handler",
    Role.REVIEWER: "Stage 2 reviewer: answers at stage 2 alone",
    Role.LEAD: "Complaints officer: sees and assigns everything",
    Role.ADJUSTMENTS_LEAD: "Adjustments lead: decides what is made easier for whom",
    Role.ADMINISTRATOR: "Administrator: users and settings, no complaints",
    Role.OVERSIGHT: "Oversight: reads complaints without names, changes nothing",
    Role.AUDITOR: "Auditor: reads the record and who looked at it, changes nothing",
    Role.SYSTEM: "The portal itself",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever is acting. `case_reference` is set for the holder of a secret code.

    `also` are the roles of a member of staff beside `role`, which is the one that the record names; `areas` are the
    keys of those that they are limited to, none of which means all.
    `member` is the number of a member of a group that complains.
    `representative` is their number in that case, `scopes` what their authority allows at this moment. `office_id`
    and `member_id` are set for a member of an office.
    """

    role: Role
    landlord: str | None = None
    user_id: int | None = None
    name: str = ""
    rank: str | None = None
    case_reference: str | None = None
    representative: int | None = None
    member: int | None = None
    scopes: frozenset[AuthorityScope] = frozenset()
    office_id: int | None = None
    member_id: int | None = None
    also: tuple[Role, ...] = ()
    areas: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """All of them, the one that the record names first."""
        return (self.role, *self.also)


def in_order(roles: Collection[Role]) -> tuple[Role, ...]:
    """Roles of staff in the order of `STAFF`, each once."""
    return tuple(role for role in STAFF if role in roles)


def go_together(roles: Collection[Role]) -> bool:
    """Whether one person may hold these: at least one, and who watches no other."""
    return bool(roles) and set(roles) <= set(STAFF) and (len(set(roles)) == 1 or not ALONE & set(roles))


def answers(roles: Collection[Role]) -> bool:
    """Whether somebody with these roles can be given a complaint to answer."""
    return bool(ANSWERING & set(roles))


def reviews_only(roles: Collection[Role]) -> bool:
    """Whether somebody with these roles answers at stage 2 alone."""
    return Role.REVIEWER in roles and not {Role.HANDLER, Role.LEAD} & set(roles)
