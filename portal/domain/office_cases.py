"""What the office of a representative sees in its list of a case: its own words always, the rest as it is allowed.

Access ends with the authority. What the office handed in, and that its access has ended, stays in sight.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.domain.events import Stage
from portal.domain.lifecycle import Status
from portal.domain.representation import NOTHING_BACK, Scopes, whole
from portal.domain.representative_kinds import AuthorityScope, Standing

ENDS_SOON = timedelta(days=14)
"""So long before an authority ends its holder is told, so that a new one can be asked for."""

TELLING = frozenset({AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY, AuthorityScope.DECIDE})
"""Whoever may do one of these is told how far the complaint has come."""

ANSWERED = frozenset({Status.RESPONDED, Status.CLOSED})


class OnOffice(StrEnum):
    """What waits for the office."""

    AUTHORITY = "authority"
    ENDS_SOON = "ends_soon"
    STAGE_2 = "stage_2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Represented:
    """A case and the office's part in it, as they are stored."""

    reference: str
    received_on: date
    resident_name: str
    stage: Stage
    status: Status
    is_open: bool
    due_on: date | None
    number: int
    own_reference: str
    submitted: bool
    granted: tuple[AuthorityScope, ...]
    starts_on: date | None
    expires_on: date | None
    ended_on: date | None

    def standing(self, on: date) -> Standing:
        """How the office stands on a day. An authority lasts to the end of its last day."""
        if self.ended_on is not None:
            return Standing.ENDED
        if self.starts_on is None:
            return Standing.WAITING
        if self.expires_on and self.expires_on < on:
            return Standing.EXPIRED
        return Standing.IN_FORCE if self.starts_on <= on else Standing.NOT_YET

    def scopes(self, on: date) -> Scopes:
        """What the office may do on a day."""
        standing = self.standing(on)
        if standing in (Standing.ENDED, Standing.EXPIRED):
            return frozenset()
        return whole(self.granted) if standing is Standing.IN_FORCE else NOTHING_BACK


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeCase:
    """One line of an office's list. What the office may not be told is empty."""

    reference: str
    own_reference: str
    received_on: date
    initials: str
    standing: Standing
    over_on: date | None
    stage: Stage | None
    status: Status | None
    due_on: date | None
    overdue: bool
    waits_for: OnOffice | None


def seen_by_office(one: Represented, on: date) -> OfficeCase:
    """What the office may see of a case on a day."""
    standing, told = one.standing(on), bool(one.scopes(on) & TELLING)
    over = standing in (Standing.ENDED, Standing.EXPIRED)
    return OfficeCase(
        reference=one.reference,
        own_reference=one.own_reference,
        received_on=one.received_on,
        initials="" if over and not one.submitted else initials(one.resident_name),
        standing=standing,
        over_on=(one.ended_on or one.expires_on) if over else None,
        stage=one.stage if told else None,
        status=one.status if told else None,
        due_on=one.due_on if told and one.is_open else None,
        overdue=told and one.is_open and one.due_on is not None and one.due_on < on,
        waits_for=waits_for(one, on),
    )


def waits_for(one: Represented, on: date) -> OnOffice | None:
    """What the office is to do next, if anything: bring an authority, a new one, or decide about stage 2."""
    standing = one.standing(on)
    if standing is Standing.WAITING:
        return OnOffice.AUTHORITY
    if standing is not Standing.IN_FORCE:
        return None
    if AuthorityScope.DECIDE in one.granted and one.status is Status.RESPONDED and one.stage is Stage.ONE:
        return OnOffice.STAGE_2
    ends_soon = one.expires_on is not None and one.expires_on <= on + ENDS_SOON
    return OnOffice.ENDS_SOON if ends_soon and one.is_open else None


def initials(name: str) -> str:
    """The first letter of each name: all that a list says of a resident."""
    firsts = (next((sign for sign in word if sign.isalnum()), "") for word in name.split())
    return "".join(f"{first.upper()}." for first in firsts if first)[:12]
