"""A part of a complaint that was passed on: a record of its own, beside the complaint and never instead of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from portal.domain.events import LetterWritten, Recorded
from portal.domain.group_events import MemberLetter
from portal.domain.law import LONDON, Hazard, HazardKind, LawKey, LawLimit, data_protection_limit, hazard_limits
from portal.domain.permissions import Action, Actor, CaseLike, may
from portal.domain.policy import LetterKind
from portal.domain.referral_events import LawLimitMissed, PartReferred, ReferralMoved, ReferralStep
from portal.domain.refusal import Refused
from portal.domain.routes import CONFIDENTIAL, Route, RouteRule
from portal.domain.saying import say
from portal.domain.working_days import Calendar

AboutReferrals = PartReferred | ReferralMoved | LawLimitMissed

OF_HAZARDS = frozenset(
    {ReferralStep.INVESTIGATED, ReferralStep.FINDINGS_TOLD, ReferralStep.MADE_SAFE, ReferralStep.NOT_A_HAZARD}
)
BY_THE_HOUR = frozenset({ReferralStep.INVESTIGATED, ReferralStep.MADE_SAFE})
"""Steps of which the law counts the hours in an emergency."""

TOLD = frozenset({ReferralStep.FINDINGS_TOLD, ReferralStep.COMPLETED})
"""Steps that the resident is told in a letter, unless the route is confidential."""

ABOUT_REFERRALS = frozenset({LetterKind.REFERRAL, LetterKind.LAW_LIMIT_MISSED})

LONGEST = 20_000


class ReferralStatus(StrEnum):
    """How far it has come."""

    PASSED_ON = "passed_on"
    TAKEN_ON = "taken_on"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """What was passed on, and everything that became of it."""

    event: PartReferred
    moves: tuple[ReferralMoved, ...] = ()
    missed: tuple[LawKey, ...] = ()
    """The dates of the law that are on record as missed."""
    told_to: int | None = None
    """Of a group: the number of the member whose matter it is and who is told, where somebody else leads it since."""

    @property
    def number(self) -> int:
        return self.event.number

    @property
    def route(self) -> Route:
        return self.event.route

    @property
    def confidential(self) -> bool:
        return self.route in CONFIDENTIAL

    @property
    def owner(self) -> str:
        """Who has it now."""
        return next((each.owner for each in reversed(self.moves) if each.owner), self.event.owner)

    @property
    def is_open(self) -> bool:
        return self.done(ReferralStep.COMPLETED) is None

    @property
    def status(self) -> ReferralStatus:
        if not self.is_open:
            return ReferralStatus.COMPLETED
        return ReferralStatus.TAKEN_ON if self.moves else ReferralStatus.PASSED_ON

    @property
    def is_emergency(self) -> bool:
        return self.event.hazard is HazardKind.EMERGENCY

    @property
    def held_back(self) -> bool:
        """Whether the resident is told nothing of it at all, because whoever reads along may be the danger."""
        return self.event.told_on is None

    def done(self, step: ReferralStep) -> date | None:
        """The day on which it was first done."""
        first = self._first(step)
        return first.on if first else None

    def told(self, step: ReferralStep) -> date | None:
        """The day on which it was told in writing: what the law asks to be told counts from no other."""
        first = self._first(step)
        return first.told_on if first else None

    def done_at(self, step: ReferralStep) -> datetime | None:
        """The moment, where it is known."""
        first = self._first(step)
        return first.at if first else None

    def _first(self, step: ReferralStep) -> ReferralMoved | None:
        return next((each for each in self.moves if each.step is step), None)

    @property
    def is_late(self) -> bool:
        """Whether something is still not done whose date of the law is on record as missed."""
        return self.is_open and any(not self.has_done(each) for each in self.missed)

    def has_done(self, key: LawKey) -> bool:
        """Whether that which the law asks for has come, in time or late."""
        match key:
            case LawKey.INVESTIGATE:
                return self.done(ReferralStep.INVESTIGATED) is not None
            case LawKey.TELL_FINDINGS:
                return self.told(ReferralStep.FINDINGS_TOLD) is not None
            case LawKey.MAKE_SAFE:
                return bool(self.done(ReferralStep.MADE_SAFE) or self.done(ReferralStep.NOT_A_HAZARD))
            case LawKey.ACKNOWLEDGE_DATA:
                return self.done(ReferralStep.TAKEN_ON) is not None

    @property
    def hazard(self) -> Hazard | None:
        """For a hazard, what the dates of the law count from."""
        if self.event.hazard is None or self.event.aware_at is None:
            return None
        return Hazard(
            kind=self.event.hazard,
            aware_at=self.event.aware_at,
            investigated_on=self.done(ReferralStep.INVESTIGATED),
            told_on=self.told(ReferralStep.FINDINGS_TOLD),
            safe_on=self.done(ReferralStep.MADE_SAFE),
            investigated_at=self.done_at(ReferralStep.INVESTIGATED),
            safe_at=self.done_at(ReferralStep.MADE_SAFE),
            is_none=self.done(ReferralStep.NOT_A_HAZARD) is not None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOn:
    """What the resident, and whoever speaks for them, may know of it. Of a confidential one: that it was, and when."""

    on: date
    route: Route | None = None
    part: str = ""
    owner: str = ""
    reached_by: str = ""
    hazard: HazardKind | None = None
    status: ReferralStatus | None = None
    completed_on: date | None = None
    findings: str = ""
    outcome: str = ""
    limits: tuple[LawLimit, ...] = ()
    late: tuple[LawLimit, ...] = ()
    """Those of the limits that are on record as missed, and are still not done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to pass on, before it is checked."""

    route: Route
    part: str
    owner: str
    reached_by: str = ""
    note: str = ""
    hazard: HazardKind | None = None
    aware_at: datetime | None = None
    raised_on: date | None = None
    held_back: bool = False
    why_not_told: str = ""


def after(referrals: tuple[Referral, ...], event: AboutReferrals) -> tuple[Referral, ...]:
    """The referrals once one more event has happened to them."""
    if isinstance(event, PartReferred):
        return (*referrals, Referral(event=event))
    return tuple(_after(each, event) if each.number == event.number else each for each in referrals)


def _after(referral: Referral, event: ReferralMoved | LawLimitMissed) -> Referral:
    if isinstance(event, LawLimitMissed):
        return replace(referral, missed=(*referral.missed, event.key))
    return replace(referral, moves=(*referral.moves, event))


def law_limits(referral: Referral, calendar: Calendar) -> tuple[LawLimit, ...]:
    """The dates that the law sets for it. They stand beside those of the complaint and change none of them."""
    if referral.hazard:
        return hazard_limits(referral.hazard, calendar)
    if referral.route is not Route.DATA_PROTECTION_COMPLAINT:
        return ()
    done_on = referral.done(ReferralStep.TAKEN_ON) or referral.told(ReferralStep.COMPLETED)
    limit = data_protection_limit(referral.event.received_on, calendar, done_on)
    return (limit,) if limit else ()


def owed(referral: Referral, calendar: Calendar) -> tuple[LawLimit, ...]:
    """The dates of the law that are still to be kept, in their order.

    Not those that rest on an investigation which has not ended: that one is itself owed.
    """
    if not referral.is_open:
        return ()
    still = (each for each in law_limits(referral, calendar) if each.done_on is None and not each.assumed)
    return tuple(sorted(still, key=lambda each: each.passes_at))


def to_notice(referral: Referral, calendar: Calendar) -> tuple[LawLimit, ...]:
    """Those of them that are not on record as missed."""
    return tuple(each for each in owed(referral, calendar) if each.key not in referral.missed)


def as_told(referral: Referral, calendar: Calendar) -> PassedOn:
    """The referral as it may be told outside. Pages and letters of residents take theirs from here alone."""
    on = referral.event.referred_on
    if referral.confidential:
        return PassedOn(on=on)
    return PassedOn(
        on=on,
        route=referral.route,
        part=referral.event.part,
        owner=referral.owner,
        reached_by=referral.event.reached_by,
        hazard=referral.event.hazard,
        status=referral.status,
        completed_on=referral.done(ReferralStep.COMPLETED),
        findings=_said(referral.moves, ReferralStep.FINDINGS_TOLD),
        outcome=_said(referral.moves, ReferralStep.COMPLETED),
        limits=law_limits(referral, calendar),
        late=tuple(each for each in owed(referral, calendar) if each.key in referral.missed),
    )


def all_told(referrals: Iterable[Referral], calendar: Calendar) -> list[PassedOn]:
    """Everything of it that may be told outside: nothing at all of what was held back."""
    return [as_told(each, calendar) for each in referrals if not each.held_back and each.told_to is None]


def _said(moves: Iterable[ReferralMoved], step: ReferralStep) -> str:
    return next((each.words for each in moves if each.step is step), "")


class NamesStaff(CaseLike, Protocol):
    """A case, as far as it says whom it is about."""

    @property
    def named_staff(self) -> tuple[int, ...]: ...


def may_look_inside(actor: Actor, referral: Referral, case: NamesStaff) -> bool:
    """Whether a member of staff may know where it went and why: of a confidential one, nobody whom the case names."""
    if not referral.confidential:
        return True
    return bool(may(actor, Action.SEE_CONFIDENTIAL_REFERRAL, case)) and actor.user_id not in case.named_staff


def may_know_of(actor: Actor, referral: Referral, case: NamesStaff) -> bool:
    """Whether a member of staff may know that there is such a referral: of a confidential one, nobody it may be about.

    Others see that something was passed on in confidence, and neither by whom nor when.
    """
    return not referral.confidential or actor.user_id not in case.named_staff


def letters_about(recorded: Iterable[Recorded]) -> dict[str, int]:
    """Which letter told of which referral: each is written together with what it tells of."""
    about: dict[str, int] = {}
    last = 0
    for each in recorded:
        if isinstance(each.event, AboutReferrals):
            last = each.event.number
        elif isinstance(each.event, LetterWritten | MemberLetter) and each.event.letter in ABOUT_REFERRALS:
            about[each.event.letter_id] = last
    return about


def check_wish(wish: Wish, routes: Iterable[RouteRule], now: datetime) -> None:
    """Raises `Refused` where it cannot be passed on like that."""
    if wish.route not in {each.route for each in routes}:
        raise Refused("This landlord has no such route", "route")
    if not wish.part.strip():
        raise Refused("Write which part of the complaint is passed on", "part")
    if not wish.owner.strip():
        raise Refused("Write who has it now", "owner")
    if max(len(wish.part), len(wish.note)) > LONGEST:
        raise Refused(
            say("Use at most %(most)s characters", most=LONGEST), "part" if len(wish.part) > LONGEST else "note"
        )
    if wish.route is Route.HAZARD:
        _check_hazard(wish, now)
    if wish.route is Route.DATA_PROTECTION_COMPLAINT:
        _check_raised(wish, now)
    if wish.held_back or wish.why_not_told.strip():
        _check_held_back(wish)


def _check_hazard(wish: Wish, now: datetime) -> None:
    if wish.hazard is None:
        raise Refused("Choose how soon the hazard may hurt somebody", "hazard")
    if wish.aware_at is None:
        raise Refused("Enter when we were told of the hazard: the law counts from then", "aware_on")
    if wish.aware_at > now:
        raise Refused("We cannot have been told in the future", "aware_on")


def _check_raised(wish: Wish, now: datetime) -> None:
    if wish.raised_on is None:
        raise Refused("Enter when this part was raised: the law counts from then", "raised_on")
    if wish.raised_on > now.date():
        raise Refused("It cannot have been raised in the future", "raised_on")


def _check_held_back(wish: Wish) -> None:
    if wish.route is not Route.SAFEGUARDING:
        raise Refused("Only the letter about a worry for somebody’s safety can be held back", "held_back")
    if not wish.held_back:
        raise Refused("You wrote why no letter goes. Tick this too, or take the reason away", "held_back")
    if not wish.why_not_told.strip():
        raise Refused("Write why no letter goes to the resident", "why_not_told")
    if len(wish.why_not_told) > LONGEST:
        raise Refused(say("Use at most %(most)s characters", most=LONGEST), "why_not_told")


def one(referrals: Iterable[Referral], number: int) -> Referral:
    found = next((each for each in referrals if each.number == number), None)
    if found is None:
        raise Refused("There is no such referral in this complaint", "which")
    return found


def check_move(
    referral: Referral, step: ReferralStep, on: date, words: str, now: datetime, at: datetime | None = None
) -> None:
    """Raises `Refused` where this cannot be said of it."""
    if not referral.is_open:
        raise Refused("This referral is completed already", "which")
    if referral.hazard is not None:
        _check_order(referral, step)
    elif step in OF_HAZARDS:
        raise Refused("Only a hazard is investigated and made safe", "step")
    _check_day(referral, step, on, now.date())
    if at is not None:
        _check_moment(referral, step, at, now)
    if step in TOLD and not words.strip():
        raise Refused("Write what the resident is told", "words")
    if step is ReferralStep.NOT_A_HAZARD and not words.strip():
        raise Refused("Write why it is not a hazard", "words")
    if len(words) > LONGEST:
        raise Refused(say("Use at most %(most)s characters", most=LONGEST), "words")


def _check_day(referral: Referral, step: ReferralStep, on: date, today: date) -> None:
    if on > today:
        raise Refused("The day cannot be in the future", "on")
    if on < _earliest(referral, step):
        raise Refused("The day cannot be before it was passed on, or before we were told", "on")
    if step is ReferralStep.FINDINGS_TOLD and on != today:
        raise Refused("The letter that tells them goes today: enter today’s date", "on")


def _check_order(referral: Referral, step: ReferralStep) -> None:
    """What has to come before what, of a hazard."""
    done = referral.done
    if step in OF_HAZARDS and done(step):
        raise Refused("That is on record already", "step")
    if step in (ReferralStep.FINDINGS_TOLD, ReferralStep.NOT_A_HAZARD) and done(ReferralStep.INVESTIGATED) is None:
        raise Refused("Record first when the investigation ended", "step")
    over = done(ReferralStep.MADE_SAFE) or done(ReferralStep.NOT_A_HAZARD)
    if step in (ReferralStep.MADE_SAFE, ReferralStep.NOT_A_HAZARD) and over:
        raise Refused("It is on record already that there is no danger any more", "step")
    if step is ReferralStep.COMPLETED and not over:
        raise Refused("Record first that it was made safe, or found not to be a hazard", "step")


def _check_moment(referral: Referral, step: ReferralStep, at: datetime, now: datetime) -> None:
    if not referral.is_emergency or step not in BY_THE_HOUR:
        raise Refused("The time is needed only where an emergency was looked into or made safe", "at_time")
    if at > now:
        raise Refused("The time cannot be in the future", "at_time")
    if referral.event.aware_at and at < referral.event.aware_at:
        raise Refused("The time cannot be before we were told", "at_time")


def _earliest(referral: Referral, step: ReferralStep) -> date:
    """Somebody may have gone to look at a hazard before it was written down as one."""
    aware_at = referral.event.aware_at
    return aware_at.astimezone(LONDON).date() if aware_at and step in OF_HAZARDS else referral.event.referred_on
