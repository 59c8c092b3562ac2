"""Every date of a case, twice: what the landlord's own text promises, and what the Code says.

The resident is shown the earlier. A date that counts from something that has not happened is given for the last
lawful day of that happening, and `assumes` says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.domain.policy import Basis, Happening, Key, Limit, Policy, SentBy, Unit
from portal.domain.working_days import Calendar, Skipped, months_after

# A letter is taken to arrive on the second working day after it was posted.
POST_TAKES = 2

# An extension counts from an original limit, whether or not that has passed.
_ORIGINALS = {
    Happening.RESPOND_STAGE_1: Key.RESPOND_STAGE_1,
    Happening.RESPOND_STAGE_2: Key.RESPOND_STAGE_2,
}
_ACKNOWLEDGEMENTS = {
    Happening.ACKNOWLEDGED: Key.ACKNOWLEDGE_STAGE_1,
    Happening.STAGE_2_ACKNOWLEDGED: Key.ACKNOWLEDGE_STAGE_2,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What has happened so far, and on which day. None is "not yet"."""

    received: date
    acknowledged: date | None = None
    responded: date | None = None
    escalated: date | None = None
    stage_2_acknowledged: date | None = None
    sent_by: SentBy = SentBy.EMAIL


@dataclass(frozen=True, slots=True)
class Deadline:
    """One limit and its date. The limit lasts to the end of `due`; `staff_target` is a cautious day before it.

    `rule` is the section that the limit comes from, and `cited` the same as people can find it in the text.
    `counted` are the days that make up the amount (none for months); `skipped` those passed over on the way.
    """

    key: Key
    basis: Basis
    due: date
    staff_target: date
    counted_from: Happening
    from_date: date
    amount: int
    unit: Unit
    rule: str
    cited: str
    assumes: Mapping[str, date]
    counted: tuple[date, ...]
    skipped: tuple[Skipped, ...]

    def missed(self, on: date) -> bool:
        """Whether the limit has passed on that day. It has not on the due day itself."""
        return on > self.due


def all_deadlines(policy: Policy, code: Policy, calendar: Calendar, facts: Facts) -> tuple[Deadline, ...]:
    """Every date by key, the policy's before the Code's. A text without a limit for a key gives none.

    Raises OutsideCalendar when a date would run beyond the bank holidays that are known.
    """
    timetable = _Timetable({Basis.POLICY: policy, Basis.CODE: code}, calendar, facts)
    every = (timetable.deadline(key, basis) for key in Key for basis in Basis)
    return tuple(deadline for deadline in every if deadline)


def shown_alone(policy: Policy, code: Policy, calendar: Calendar, facts: Facts, key: Key) -> Deadline:
    """The one of that key that the resident is shown, without working out all the others. Raises OutsideCalendar."""
    return _Timetable({Basis.POLICY: policy, Basis.CODE: code}, calendar, facts).shown(key)


def code_alone(policy: Policy, code: Policy, calendar: Calendar, facts: Facts, key: Key) -> Deadline | None:
    """The Code's own date of that key, likewise by itself. Raises OutsideCalendar."""
    return _Timetable({Basis.POLICY: policy, Basis.CODE: code}, calendar, facts).deadline(key, Basis.CODE)


def shown(deadlines: Iterable[Deadline]) -> Mapping[Key, Deadline]:
    """For each key the date that the resident is shown: the earlier, and the policy's when both are the same day."""
    earliest: dict[Key, Deadline] = {}
    for deadline in deadlines:
        other = earliest.setdefault(deadline.key, deadline)
        if deadline.due < other.due:
            earliest[deadline.key] = deadline
    return earliest


@dataclass(frozen=True, slots=True)
class _Moment:
    """The day from which a limit runs, and what was assumed to know it."""

    day: date
    assumes: Mapping[str, date] = field(default_factory=dict)

    @classmethod
    def assumed(cls, happening: Happening, last_lawful: "Deadline | _Moment") -> "_Moment":
        day = last_lawful.due if isinstance(last_lawful, Deadline) else last_lawful.day
        return cls(day, {**last_lawful.assumes, happening.value: day})


@dataclass(frozen=True, slots=True)
class _Timetable:
    """Works the dates out, one from another. Nothing here depends on a later date, so it always ends."""

    texts: Mapping[Basis, Policy]
    calendar: Calendar
    facts: Facts
    _known: dict[tuple[Key, Basis], Deadline | None] = field(default_factory=dict)

    def shown(self, key: Key) -> Deadline:
        return shown(deadline for basis in Basis if (deadline := self.deadline(key, basis)))[key]

    def deadline(self, key: Key, basis: Basis) -> Deadline | None:
        if (key, basis) not in self._known:
            limit = self.texts[basis].limit(key)
            self._known[key, basis] = self._worked_out(key, basis, limit) if limit else None
        return self._known[key, basis]

    def _worked_out(self, key: Key, basis: Basis, limit: Limit) -> Deadline:
        start = self._moment(limit.counted_from, basis)
        self.calendar.check(start.day)
        due, counted, skipped = _count(self.calendar, start.day, limit)
        if key is Key.ASK_FOR_STAGE_2:
            # A window is the resident's own time: one that ends on a day off runs on. A landlord's limit never does.
            due, passed_over = self.calendar.on_or_after(due)
            skipped += passed_over
        return Deadline(
            key=key,
            basis=basis,
            due=due,
            staff_target=max(start.day, self.calendar.previous_open(due)),
            counted_from=limit.counted_from,
            from_date=start.day,
            amount=limit.amount,
            unit=limit.unit,
            rule=limit.rule,
            cited=self.texts[basis].cited(limit.rule),
            assumes=start.assumes,
            counted=counted,
            skipped=skipped,
        )

    def _moment(self, happening: Happening, basis: Basis) -> _Moment:
        if original := _ORIGINALS.get(happening):
            deadline = self._own_or_code(original, basis)
            return _Moment(deadline.due, deadline.assumes)
        if acknowledge := _ACKNOWLEDGEMENTS.get(happening):
            return self._acknowledged(happening, acknowledge, basis)
        if happening is Happening.RECEIVED:
            return _Moment(self.facts.received)
        if happening is Happening.RESPONDED:
            return self._responded()
        return self._response_received() if happening is Happening.RESPONSE_RECEIVED else self._escalated()

    def _acknowledged(self, happening: Happening, key: Key, basis: Basis) -> _Moment:
        """The day it was acknowledged, or the last day for that under the same basis."""
        stage_1 = happening is Happening.ACKNOWLEDGED
        day = self.facts.acknowledged if stage_1 else self.facts.stage_2_acknowledged
        return _Moment(day) if day else _Moment.assumed(happening, self._own_or_code(key, basis))

    def _responded(self) -> _Moment:
        if self.facts.responded:
            return _Moment(self.facts.responded)
        return _Moment.assumed(Happening.RESPONDED, self.shown(Key.RESPOND_STAGE_1))

    def _response_received(self) -> _Moment:
        sent = self._responded()
        if self.facts.sent_by is SentBy.EMAIL:
            return sent
        return _Moment(self.calendar.after(sent.day, POST_TAKES), sent.assumes)

    def _escalated(self) -> _Moment:
        """The day stage 2 was asked for, or the last day of the landlord's window, or that of the response."""
        if self.facts.escalated:
            return _Moment(self.facts.escalated)
        window = self.deadline(Key.ASK_FOR_STAGE_2, Basis.POLICY)
        return _Moment.assumed(Happening.ESCALATED, window or self._responded())

    def _own_or_code(self, key: Key, basis: Basis) -> Deadline:
        deadline = self.deadline(key, basis) or self.deadline(key, Basis.CODE)
        if deadline is None:
            raise LookupError(f"Neither the policy nor the Code gives a limit for {key}.")
        return deadline


def _count(calendar: Calendar, start: date, limit: Limit) -> tuple[date, tuple[date, ...], tuple[Skipped, ...]]:
    """The last day of a limit that runs from `start`, the days counted, and the days skipped."""
    match limit.unit:
        case Unit.WORKING_DAYS:
            counted, skipped = calendar.count(start, limit.amount)
            return counted[-1], counted, skipped
        case Unit.CALENDAR_DAYS:
            counted = tuple(start + timedelta(days=n) for n in range(1, limit.amount + 1))
            return counted[-1], counted, ()
        case Unit.CALENDAR_MONTHS:
            return months_after(start, limit.amount), (), ()
