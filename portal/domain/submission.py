"""What a person tells us when they complain, whoever types it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.adjustment_kinds import Adjustment
from portal.domain.events import Flag, Link, Person, ReplyBy, SafeContact
from portal.domain.interpreting import NOT_SAID, Interpreting
from portal.domain.partial_date import PartialDate
from portal.domain.policy import AgeLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A complaint before it is received. Only `what_happened` is needed: no form may stand in its way (Code 1.2)."""

    what_happened: str
    channel: str
    received_on: date
    person: Person = Person()
    link: Link = Link.NOT_SAID
    link_from: PartialDate | None = None
    link_until: PartialDate | None = None
    happened_on: PartialDate | None = None
    aware_on: PartialDate | None = None
    outcome_wanted: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    adjustment_words: str = ""
    interpreting: Interpreting = NOT_SAID
    reply_by: ReplyBy = ReplyBy.NONE
    safe_contact: tuple[SafeContact, ...] = ()
    from_request: str | None = None
    """The reference of the request for service that it is about."""
    hazard: bool = False
    """Something may hurt somebody. It is for us to act on, and asks nothing more of the person."""

    @property
    def asks_for_adjustments(self) -> bool:
        return bool(self.adjustments or self.adjustment_words.strip() or self.interpreting)


def flags_for(submission: Submission, age_limit: AgeLimit | None) -> tuple[Flag, ...]:
    """What a named person should weigh. Nothing here refuses anything (Code 2.1, 2.3, 2.5)."""
    flags = [Flag.HAZARD] if submission.hazard else []
    if age_limit and over_age(submission, age_limit.months):
        flags.append(Flag.OVER_AGE_LIMIT)
    if not submission.person.name.strip():
        flags.append(Flag.ANONYMOUS)
    return tuple(flags)


def over_age(submission: Submission, months: int) -> bool:
    """Whether the event and the day of becoming aware both lie over `months` back (Code 2.3).

    A vague date is read at its latest, and a date that was not given is not held against anyone.
    """
    return is_over_age(submission.happened_on, submission.aware_on, submission.received_on, months)


def is_over_age(happened: PartialDate | None, aware: PartialDate | None, received: date, months: int) -> bool:
    """The same of dates by themselves, for a matter that reached us on `received`."""
    told = [when.latest() for when in (happened, aware) if when]
    return bool(told) and _months_between(max(told), received) >= months


def _months_between(earlier: date, later: date) -> int:
    """Whole months that have passed; a matter of 12 months ago to the day is still within 12 months."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months if later.day > earlier.day else months - 1
