"""The office of somebody who represents residents: an elected member's, or an advice agency's.

Elected members and their staff may be given what a reply needs without a form, because the resident asked them
(Data Protection Act 2018, schedule 1, paragraphs 23 and 24). It is their official address that says who they are.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.domain.public_mail import is_public
from portal.domain.refusal import Refused
from portal.domain.representative_kinds import Capacity
from portal.domain.saying import say

LONGEST_NAME = 200
LONGEST_EMAIL = 254

CODE_GOOD_FOR = timedelta(minutes=15)
"""How long a code to sign in works: long enough for a slow mail server."""

MOST_WRONG_CODES = 5
"""After so many wrong tries a code is over, and the next must be asked for."""

SIGNED_IN_FOR = timedelta(hours=12)
"""A working day. A session ends then however much is done in it, and sooner where nothing is."""


KINDS = (
    Capacity.MP,
    Capacity.MSP,
    Capacity.MEMBER_OF_SENEDD,
    Capacity.MLA,
    Capacity.COUNCILLOR,
    Capacity.MAYOR,
    Capacity.ADVICE_AGENCY,
    Capacity.ADVOCATE,
    Capacity.SOLICITOR,
    Capacity.SOCIAL_WORKER,
    Capacity.OTHER,
)
"""As what an office acts for residents. Family and friends have none."""


@dataclass(frozen=True, slots=True)
class NewOffice:
    """An office as staff write it down. Every member's address ends in `domain`."""

    kind: Capacity
    name: str
    email: str
    domain: str = ""

    @property
    def addresses_end_in(self) -> str:
        """The domain that was given, or that of the official address."""
        return (self.domain.strip() or self.email.rpartition("@")[2]).strip().lstrip("@").lower()


def check_office(office: NewOffice) -> None:
    """Raises `Refused` for an office that could not be recognised by its address."""
    if not office.name.strip():
        raise Refused("Enter the name of the office", "name")
    domain = office.addresses_end_in
    if is_public(domain):
        field = "domain" if office.domain.strip() else "email"
        public = say("Anybody can have an address that ends in %(domain)s. Give one of the office’s own", domain=domain)
        raise Refused(public, field)
    if not is_official(office.email, domain):
        raise Refused("The official address does not end in the domain that you gave", "domain")


def check_member(name: str, email: str, domain: str) -> None:
    """Raises `Refused` for a member who is not named, or whose address is not the office's."""
    if not name.strip():
        raise Refused("Enter the member's name", "name")
    if not is_official(email, domain):
        raise Refused(say("A member's address must end in @%(domain)s, or in a part of it", domain=domain), "email")


def is_official(email: str, domain: str) -> bool:
    """Whether an address belongs to the domain or to a part of it: anna@mail.example.org to example.org."""
    before, _, after = email.strip().lower().rpartition("@")
    return bool(before and domain) and (after == domain or after.endswith(f".{domain}"))


def same_address(email: str) -> str:
    """An address in the one spelling by which a member is known."""
    return " ".join(email.split()).lower()


def ends_at(ends_on: date, now: datetime) -> datetime:
    """The moment from which nobody gets in whose access ends on that day: its start, or now where it has begun."""
    return max(now, datetime.combine(ends_on, time(), now.tzinfo))


def check_dissolution(offices: Collection[int], reason: str) -> None:
    """Raises `Refused` where no office is chosen or no reason is given."""
    if not offices:
        raise Refused("Choose at least one office", "offices")
    if not reason.strip():
        raise Refused("Say why their access ends", "reason")
