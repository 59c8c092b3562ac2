"""Dates that the law sets beside those of the complaint: for a danger in a home, and for complaints about data.

Awaab's Law: the Hazards in Social Housing (Prescribed Requirements) (England) Regulations 2025, from 27 October 2025.
An emergency is looked at and made safe within 24 hours. A significant hazard is investigated within 10 working days;
the findings go out in writing within 3 working days of the end of that, and the home is safe within 5. The day on
which the landlord becomes aware is day 0, as everywhere. To tell of a hazard holds no complaint up.

A complaint about personal data is acknowledged within 30 days of every kind, and a last day on which nobody works runs
on to the next working day (in force since 19 June 2026).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from portal.domain.explanation import days_off
from portal.domain.policy import Nation
from portal.domain.saying import Saying, say, say_many, together
from portal.domain.working_days import Calendar, Skipped

IN_FORCE_FROM = date(2025, 10, 27)
EMERGENCY_HOURS = 24
INVESTIGATE_WITHIN = 10
TELL_WITHIN = 3
MAKE_SAFE_WITHIN = 5
RULE = "Hazards in Social Housing Regulations 2025 (Awaab’s Law)"

DATA_IN_FORCE_FROM = date(2026, 6, 19)
DATA_ACKNOWLEDGE_WITHIN = 30
DATA_RULE = "Data Protection Act 2018, section 164A"

LONDON = ZoneInfo("Europe/London")
"""The hours of an emergency are shown as the clock on a wall there shows them."""


class HazardKind(StrEnum):
    """How soon a hazard may hurt somebody, as a person judges it."""

    EMERGENCY = "emergency"
    SIGNIFICANT = "significant"


class LawKey(StrEnum):
    """What is to be done, in its order."""

    INVESTIGATE = "investigate"
    TELL_FINDINGS = "tell_findings"
    MAKE_SAFE = "make_safe"
    ACKNOWLEDGE_DATA = "acknowledge_data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """What is known of a hazard. `aware_at` is when any member of staff, or the portal, was told."""

    kind: HazardKind
    aware_at: datetime
    investigated_on: date | None = None
    told_on: date | None = None
    safe_on: date | None = None
    investigated_at: datetime | None = None
    safe_at: datetime | None = None
    is_none: bool = False
    """Found not to be one: there is nothing to make safe. What was found is told in writing all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawLimit:
    """One date of the law. It lasts to the end of `due`; of an emergency, to the moment `due_at`.

    `assumed`: it counts from an investigation that has not ended, taken to end on the last day that it may.
    """

    key: LawKey
    due: date
    from_date: date
    done_on: date | None
    due_at: datetime | None = None
    aware_at: datetime | None = None
    done_at: datetime | None = None
    counted: tuple[date, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    assumed: bool = False

    def missed(self, now: datetime) -> bool:
        """Whether it passed undone, or was done after its day or its hour."""
        if self.due_at and self.done_at:
            return self.done_at > self.due_at
        if self.done_on is not None:
            return self.done_on > self.due
        return now > self.due_at if self.due_at else now.date() > self.due

    @property
    def passes_at(self) -> datetime:
        """The moment from which on it is missed, where it was not done."""
        day_after = self.due + timedelta(days=1)
        return self.due_at or datetime.combine(day_after, time(), LONDON)

    def kept(self) -> bool:
        """Whether it was done in time, and we know so: where hours count, only with the hour."""
        if self.due_at:
            return self.done_at is not None and self.done_at <= self.due_at
        return self.done_on is not None and self.done_on <= self.due


def law_holds(nation: Nation, on: date) -> bool:
    """Whether the law is in force there on that day. It binds social landlords in England."""
    return nation is Nation.ENGLAND and on >= IN_FORCE_FROM


def hazard_limits(hazard: Hazard, calendar: Calendar) -> tuple[LawLimit, ...]:
    """Every date of the law for this hazard; none where it does not hold. Raises OutsideCalendar."""
    if not law_holds(calendar.nation, hazard.aware_at.astimezone(LONDON).date()):
        return ()
    return tuple(_limits(hazard, calendar))


def _limits(hazard: Hazard, calendar: Calendar) -> Iterator[LawLimit]:
    aware_on = hazard.aware_at.astimezone(LONDON).date()
    if hazard.kind is HazardKind.EMERGENCY:
        investigate = _within_hours(LawKey.INVESTIGATE, hazard.aware_at, hazard.investigated_on, hazard.investigated_at)
    else:
        investigate = _within_days(LawKey.INVESTIGATE, aware_on, INVESTIGATE_WITHIN, calendar, hazard.investigated_on)
    ended, assumed = hazard.investigated_on or investigate.due, hazard.investigated_on is None
    yield investigate
    yield _within_days(LawKey.TELL_FINDINGS, ended, TELL_WITHIN, calendar, hazard.told_on, assumed)
    if hazard.is_none:
        return
    if hazard.kind is HazardKind.EMERGENCY:
        yield _within_hours(LawKey.MAKE_SAFE, hazard.aware_at, hazard.safe_on, hazard.safe_at)
    else:
        yield _within_days(LawKey.MAKE_SAFE, ended, MAKE_SAFE_WITHIN, calendar, hazard.safe_on, assumed)


def _within_hours(key: LawKey, aware_at: datetime, done_on: date | None, done_at: datetime | None) -> LawLimit:
    # By way of UTC, because on two nights of the year a clock on the wall shows 23 or 25 hours.
    due_at = (aware_at.astimezone(UTC) + timedelta(hours=EMERGENCY_HOURS)).astimezone(LONDON)
    return LawLimit(
        key=key,
        due=due_at.date(),
        from_date=aware_at.astimezone(LONDON).date(),
        done_on=done_on,
        due_at=due_at,
        aware_at=aware_at,
        done_at=done_at,
    )


def _within_days(
    key: LawKey, start: date, days: int, calendar: Calendar, done_on: date | None, assumed: bool = False
) -> LawLimit:
    counted, skipped = calendar.count(start, days)
    return LawLimit(
        key=key,
        due=counted[-1],
        from_date=start,
        done_on=done_on,
        counted=counted,
        skipped=skipped,
        assumed=assumed,
    )


def data_protection_limit(received_on: date, calendar: Calendar, done_on: date | None = None) -> LawLimit | None:
    """When a complaint about personal data must be acknowledged; None before there was such a law."""
    if received_on < DATA_IN_FORCE_FROM:
        return None
    due, skipped = calendar.on_or_after(received_on + timedelta(days=DATA_ACKNOWLEDGE_WITHIN))
    return LawLimit(key=LawKey.ACKNOWLEDGE_DATA, due=due, from_date=received_on, done_on=done_on, skipped=skipped)


def explain_law(limit: LawLimit) -> Saying:
    """How the date was counted, from which day, which days were left out, and the rule that it comes from."""
    source = say("The rule is in the law: %(rule)s.", rule=RULE)
    if limit.due_at and limit.aware_at:
        count = say(
            "We count %(hours)s hours from %(moment)s, when we were told of the danger.",
            hours=EMERGENCY_HOURS,
            moment=_moment(limit.aware_at),
        )
        every = say("Every hour counts, at night, at weekends and on bank holidays too.")
        return together((count, every, say("They end at %(moment)s.", moment=_moment(limit.due_at)), source))
    if limit.key is LawKey.ACKNOWLEDGE_DATA:
        return _explain_data(limit)
    return together(
        (
            _supposed(limit),
            _counted(limit),
            say("That day itself does not count."),
            days_off(limit.skipped),
            say("Day %(number)s is %(day)s.", number=len(limit.counted), day=limit.due),
            source,
        )
    )


def _explain_data(limit: LawLimit) -> Saying:
    ran_on = say("A day on which nobody works runs on to the next working day.")
    return together(
        (
            say(
                "We count %(days)s days from %(day)s, the day on which we received it.",
                days=DATA_ACKNOWLEDGE_WITHIN,
                day=limit.from_date,
            ),
            say("That day itself does not count; every other day does."),
            ran_on if limit.skipped else "",
            say("The last day is %(day)s.", day=limit.due),
            say("The rule is in the law: %(rule)s.", rule=DATA_RULE),
        )
    )


def _supposed(limit: LawLimit) -> str:
    if not limit.assumed:
        return ""
    return say("This is the date if we finish looking into it on the last day we may, %(day)s.", day=limit.from_date)


def _counted(limit: LawLimit) -> Saying:
    days = say_many("%(num)s working day", "%(num)s working days", len(limit.counted))
    if limit.assumed:
        return say("We count %(amount)s from %(start)s.", amount=days, start=limit.from_date)
    if limit.key is LawKey.INVESTIGATE:
        happened = say("the day on which we were told of the danger")
    else:
        happened = say("the day on which we finished looking into it")
    start = say("%(day)s, %(happened)s", day=limit.from_date, happened=happened)
    return say("We count %(amount)s from %(start)s.", amount=days, start=start)


def _moment(at: datetime) -> Saying:
    at = at.astimezone(LONDON)
    return say("%(time)s on %(day)s", time=f"{at:%H:%M}", day=at.date())
