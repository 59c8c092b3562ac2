"""Reasonable adjustments as a record: asked for, decided, applied, reviewed; and what they ask of each letter and call.

Equality Act 2010, sections 20 and 29; Code 5.10. The condition behind one is never a part of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from portal.domain import events
from portal.domain.adjustment_events import (
    AdjustmentApplied,
    AdjustmentDecided,
    AdjustmentRequested,
    AdjustmentReviewed,
    AdjustmentSetAside,
)
from portal.domain.adjustment_kinds import (
    BY_ITSELF,
    LARGE,
    MADE_BY_HAND,
    SIZES,
    Adjustment,
    AdjustmentScope,
    Outcome,
    RequestedBy,
    ReviewOutcome,
)
from portal.domain.interpreting import NOT_SAID, Interpreting
from portal.domain.refusal import Refused
from portal.domain.saying import say

AboutOne = AdjustmentRequested | AdjustmentDecided | AdjustmentApplied | AdjustmentSetAside | AdjustmentReviewed

REVIEW_MONTHS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentRecord:
    """One adjustment with all that became of it. `adjustment` and `print_size` are what holds now."""

    number: int
    adjustment: Adjustment
    print_size: int | None
    detail: str
    scope: AdjustmentScope
    requested_on: date
    requested_by: RequestedBy
    carried_from: str | None = None
    interpreting: Interpreting = NOT_SAID
    decided: AdjustmentDecided | None = None
    reviewed: tuple[AdjustmentReviewed, ...] = ()
    applied: tuple[AdjustmentApplied, ...] = ()
    set_aside: tuple[AdjustmentSetAside, ...] = ()
    is_told: bool = False
    """Whether a letter has told the resident what was decided."""

    @property
    def has_ended(self) -> bool:
        return bool(self.reviewed) and self.reviewed[-1].outcome is ReviewOutcome.ENDED

    @property
    def is_agreed(self) -> bool:
        """Whether it holds, as asked or in another way."""
        return self.decided is not None and self.decided.outcome is not Outcome.DECLINED and not self.has_ended

    @property
    def holds(self) -> bool:
        """Whether it is to be kept to: agreed, or asked for and done by the portal itself until it is decided."""
        return self.is_agreed or (self.decided is None and not self.has_ended and self.adjustment in BY_ITSELF)

    @property
    def review_on(self) -> date | None:
        """The day by which it is to be looked at again."""
        if not self.is_agreed or self.decided is None:
            return None
        return self.reviewed[-1].review_on if self.reviewed else self.decided.review_on

    @property
    def looked_at_on(self) -> date | None:
        """The day on which somebody last decided about it."""
        if self.reviewed:
            return self.reviewed[-1].reviewed_on
        return self.decided.decided_on if self.decided else None


@dataclass(frozen=True, slots=True)
class LetterFormat:
    """How a letter has to be made. `points` is the size of its type; `by_hand`: what only a person can make."""

    points: int | None = None
    plain_text: bool = False
    summary_first: bool = False
    by_hand: tuple[Adjustment, ...] = ()

    @property
    def on_paper(self) -> bool:
        """Whether a printed letter has to be looked at before it goes."""
        return bool(self.points or self.by_hand)


def asked_at_first(received: events.ComplaintReceived) -> tuple[AdjustmentRecord, ...]:
    """The requests that came with the complaint itself."""
    chosen = kinds_in(received.adjustments, received.adjustment_words, received.interpreting)
    return tuple(
        AdjustmentRecord(
            number=number,
            adjustment=each,
            print_size=size_in(received.adjustment_words) if each is Adjustment.LARGE_PRINT else None,
            detail=received.adjustment_words,
            interpreting=meant_by(each, received.interpreting),
            scope=AdjustmentScope.THIS_COMPLAINT,
            requested_on=received.received_on,
            requested_by=RequestedBy.RESIDENT,
        )
        for number, each in enumerate(chosen, start=1)
    )


def kinds_in(chosen: tuple[Adjustment, ...], words: str, interpreting: Interpreting) -> tuple[Adjustment, ...]:
    """Each choice is a request of its own, and words alone are one."""
    return with_interpreter(chosen, interpreting) or ((Adjustment.OTHER,) if words.strip() else ())


def with_interpreter(chosen: tuple[Adjustment, ...], interpreting: Interpreting) -> tuple[Adjustment, ...]:
    """Whoever names a language asks for an interpreter, whether that box is ticked or not."""
    needs_one = interpreting and Adjustment.INTERPRETER not in chosen
    return (*chosen, Adjustment.INTERPRETER) if needs_one else chosen


def meant_by(kind: Adjustment, interpreting: Interpreting) -> Interpreting:
    """The language that belongs to one of the choices: to an interpreter, and to no other."""
    return interpreting if kind is Adjustment.INTERPRETER else NOT_SAID


def size_in(words: str) -> int:
    """The size of type that somebody asked for in their own words ("18 point", "16pt"), else large print."""
    spaced = "".join(sign if sign.isascii() and sign.isdigit() else " " for sign in words)
    # The cut keeps a very long number from being read as one.
    named = [int(each) for each in spaced.split() if len(each) == 2]
    return next((size for size in named if size in SIZES), LARGE)


def after(records: tuple[AdjustmentRecord, ...], event: AboutOne) -> tuple[AdjustmentRecord, ...]:
    """The adjustments once this has happened. What is about one that was erased changes nothing."""
    if isinstance(event, AdjustmentRequested):
        return (*records, _asked(event))
    return tuple(_after(each, event) if each.number == event.number else each for each in records)


def _asked(event: AdjustmentRequested) -> AdjustmentRecord:
    return AdjustmentRecord(
        number=event.number,
        adjustment=event.adjustment,
        print_size=event.print_size,
        detail=event.detail,
        scope=event.scope,
        requested_on=event.requested_on,
        requested_by=event.requested_by,
        carried_from=event.carried_from,
        interpreting=event.interpreting,
    )


def _after(record: AdjustmentRecord, event: AboutOne) -> AdjustmentRecord:
    match event:
        case AdjustmentDecided(outcome=Outcome.DECLINED):
            return replace(record, decided=event, scope=event.scope)
        case AdjustmentDecided():
            now = {"adjustment": event.adjustment, "print_size": event.print_size, "scope": event.scope}
            return replace(record, decided=event, reviewed=(), **now)  # type: ignore[arg-type]
        case AdjustmentReviewed():
            return replace(record, reviewed=(*record.reviewed, event))
        case AdjustmentApplied():
            return replace(record, applied=(*record.applied, event))
        case AdjustmentSetAside():
            return replace(record, set_aside=(*record.set_aside, event))
        case _:
            return record


def told(records: tuple[AdjustmentRecord, ...]) -> tuple[AdjustmentRecord, ...]:
    """The adjustments once a letter has gone about them: it tells all that was decided and not told before."""
    return tuple(replace(each, is_told=True) if each.decided else each for each in records)


def to_tell(records: Iterable[AdjustmentRecord]) -> tuple[AdjustmentRecord, ...]:
    """What was decided and no letter has told yet."""
    return tuple(each for each in records if each.decided and not each.is_told)


def holding(records: Iterable[AdjustmentRecord]) -> tuple[AdjustmentRecord, ...]:
    """Those that are to be kept to now."""
    return tuple(each for each in records if each.holds)


def agreed(records: Iterable[AdjustmentRecord]) -> tuple[AdjustmentRecord, ...]:
    """Those that were agreed, as asked or in another way, and have not ended."""
    return tuple(each for each in records if each.is_agreed)


def lasting(records: Iterable[AdjustmentRecord]) -> tuple[AdjustmentRecord, ...]:
    """Those that were agreed for all contact, and so go on in a new complaint."""
    return tuple(each for each in records if each.is_agreed and each.scope is AdjustmentScope.ALL_CONTACT)


def format_of(records: Iterable[AdjustmentRecord]) -> LetterFormat:
    """How the next letter has to be made. Of two sizes of type the larger holds."""
    held = holding(records)
    kinds = {each.adjustment for each in held}
    sizes = [each.print_size or LARGE for each in held if each.adjustment is Adjustment.LARGE_PRINT]
    return LetterFormat(
        points=max(sizes, default=None),
        plain_text=Adjustment.PLAIN_TEXT in kinds,
        summary_first=Adjustment.SUMMARY_FIRST in kinds,
        by_hand=tuple(kind for kind in Adjustment if kind in kinds & MADE_BY_HAND),
    )


def kept_by_a_letter(records: Iterable[AdjustmentRecord], *, by_hand: bool) -> tuple[AdjustmentRecord, ...]:
    """The adjustments that a letter in the agreed format keeps to, with those that a person made if `by_hand`."""
    formats = {Adjustment.LARGE_PRINT, Adjustment.PLAIN_TEXT, Adjustment.SUMMARY_FIRST}
    return tuple(each for each in holding(records) if each.adjustment in formats | (MADE_BY_HAND if by_hand else set()))


def against_a_call(records: Iterable[AdjustmentRecord]) -> AdjustmentRecord | None:
    """What stands against a phone call, if anything does."""
    return next((each for each in holding(records) if each.adjustment is Adjustment.NO_PHONE), None)


def check_call(records: Iterable[AdjustmentRecord], reason: str) -> None:
    """Raises `Refused`, naming the adjustment, for a call to somebody who asked for none, unless a reason is given."""
    if against_a_call(records) and not reason.strip():
        raise Refused("The resident asked for no phone calls. Give a reason, or write instead", "reason")


def check_format(made: LetterFormat, *, as_agreed: bool, reason: str) -> None:
    """Raises `Refused`, naming the adjustments, for a letter in another format, unless a reason is given."""
    if made.on_paper and not as_agreed and not reason.strip():
        wanted = [say("%(points)s point type", points=made.points)] if made.points else []
        names = [*wanted, *(each.replace("_", " ") for each in made.by_hand)]
        raise Refused(
            say("The resident is to get %(names)s. Send it so, or give a reason why not", names=tuple(names)), "reason"
        )


def review_day(decided_on: date) -> date:
    """Six months later: the same day of the month, or the last one where there is no such day."""
    months = decided_on.month - 1 + REVIEW_MONTHS
    first = date(decided_on.year + months // 12, months % 12 + 1, 1)
    for day in range(decided_on.day, 27, -1):
        try:
            return first.replace(day=day)
        except ValueError:
            continue
    return first.replace(day=decided_on.day)


def all_have_ended(records: Iterable[AdjustmentRecord]) -> bool:
    """Whether nothing is kept to any more and nothing waits for a decision."""
    return not any(each.is_agreed or (each.decided is None and not each.has_ended) for each in records)


def next_review(records: Iterable[AdjustmentRecord], stage_2_from: date | None) -> date | None:
    """When the first of them is to be looked at again: on its date, and at once when stage 2 has begun since."""
    days = [_review(each, stage_2_from) for each in records if each.review_on]
    return min((day for day in days if day), default=None)


def _review(record: AdjustmentRecord, stage_2_from: date | None) -> date | None:
    seen = record.looked_at_on
    return stage_2_from if stage_2_from and seen and seen < stage_2_from else record.review_on


def to_decide(records: Iterable[AdjustmentRecord]) -> tuple[AdjustmentRecord, ...]:
    """What was asked for and nobody has decided."""
    return tuple(each for each in records if each.decided is None and not each.has_ended)


def next_number(records: Iterable[AdjustmentRecord]) -> int:
    return 1 + max((each.number for each in records), default=0)


def one(records: Iterable[AdjustmentRecord], number: int) -> AdjustmentRecord:
    """The adjustment with this number. Raises `Refused` where there is none."""
    for each in records:
        if each.number == number:
            return each
    raise Refused("There is no such adjustment in this complaint")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for, before it is recorded. `adjustments` are the choices, `words` say more about them."""

    adjustments: tuple[Adjustment, ...] = ()
    words: str = ""
    print_size: int | None = None
    interpreting: Interpreting = NOT_SAID
    scope: AdjustmentScope = AdjustmentScope.THIS_COMPLAINT
    requested_by: RequestedBy = RequestedBy.RESIDENT

    @property
    def kinds(self) -> tuple[Adjustment, ...]:
        return kinds_in(self.adjustments, self.words, self.interpreting)


NOTHING = Wish()
"""Nothing is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What is decided about one adjustment, before it is recorded."""

    outcome: Outcome
    adjustment: Adjustment
    scope: AdjustmentScope
    print_size: int | None = None
    reason: str = ""
    alternative: str = ""
    starts_on: date | None = None
    review_on: date | None = None


def check_wish(wish: Wish) -> None:
    """Raises `Refused` where nothing is asked for, or a size of type that cannot be."""
    if not wish.kinds:
        raise Refused("Choose what would make this easier, or say it in your own words", "adjustments")
    if wish.print_size is not None and wish.print_size not in SIZES:
        raise Refused("Choose one of the sizes of type", "print_size")


def check_ruling(record: AdjustmentRecord, ruling: Ruling, today: date) -> None:
    """Raises `Refused` for a decision that lacks what it needs. To decline needs a reason and an alternative."""
    if record.decided is not None:
        raise Refused("This has already been decided. Review it instead")
    if ruling.outcome is not Outcome.AGREED and not ruling.reason.strip():
        raise Refused("Give the reason. The resident is told it", "reason")
    if ruling.outcome is not Outcome.AGREED and not ruling.alternative.strip():
        raise Refused("Say what you offer instead. The resident is told it", "alternative")
    if ruling.review_on is not None and ruling.review_on <= today:
        raise Refused("The review must be after today", "review_on")
