"""The pack of a complaint: what goes in, what is left out and why, and what holds the data of other people.

The Ombudsman gets the whole record (Code 5.12) but for what is restricted, which goes in by a decision alone. Somebody
who asked what is kept about them gets what came from them or went to them; everything else lies apart, because only a
person can see whom else it is about (UK GDPR, Article 15(4)).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain import events
from portal.domain.actors import Actor, Role
from portal.domain.adjustment_events import (
    AdjustmentApplied,
    AdjustmentDecided,
    AdjustmentRequested,
    AdjustmentReviewed,
    ConditionTold,
)
from portal.domain.case import Case
from portal.domain.check_events import AboutChecks
from portal.domain.events import Event, Recorded
from portal.domain.evidence import Evidence, FileState
from portal.domain.feedback_events import FeedbackGiven
from portal.domain.group import AboutMember
from portal.domain.group_events import MemberJoined
from portal.domain.interest_events import AboutInterests
from portal.domain.leading import letters_to
from portal.domain.message_events import MessageSent
from portal.domain.pack_events import ForWhom, Restricted
from portal.domain.permissions import Action, may
from portal.domain.policy import LetterKind
from portal.domain.reach_events import ContactChanged, ContactConfirmed, LanguageChosen, PersonJoined
from portal.domain.referrals import AboutReferrals, letters_about
from portal.domain.refusal import Refused
from portal.domain.remedy_events import PaymentMoved, RemedyAdded
from portal.domain.representation import AboutRepresentative
from portal.domain.representative_events import LetterCopied
from portal.domain.saying import say
from portal.domain.triage_events import VulnerabilityTold

LONGEST_WHY = 1000

SEEN_WITH: Mapping[Restricted, Action] = {
    Restricted.CONDITIONS: Action.SEE_CONDITION,
    Restricted.VULNERABILITY: Action.SEE_VULNERABILITY,
    Restricted.IN_CONFIDENCE: Action.SEE_CONFIDENTIAL_REFERRAL,
    Restricted.STAFF_TIES: Action.SEE_CASE,
    Restricted.NOTES: Action.SEE_NOTES,
    Restricted.FEEDBACK: Action.SEE_FEEDBACK,
    Restricted.ORIGINALS: Action.SEE_ORIGINAL_EVIDENCE,
}
"""What somebody has to be allowed to see before they can give it away."""

MAKES: Mapping[ForWhom, Action] = dict.fromkeys(ForWhom, Action.MAKE_OWN_DATA_PACK) | {
    ForWhom.OMBUDSMAN: Action.MAKE_PACK
}

THEIRS, CHECK_FIRST = "theirs", "check first"
"""The folders of what is kept about one person: what can go to them, and what somebody has to read before."""

AMONG_STAFF = (AboutInterests, AboutChecks, events.StaffNamed)
"""What is between members of staff: their ties to the complaint, and who looked at whose answer."""

TOLD_THE_RESIDENT = (
    events.ComplaintReceived,
    events.ComplaintAcknowledged,
    events.DeadlineExtended,
    events.ResponseSent,
    events.EscalationRequested,
    events.ComplaintDeclined,
    events.ComplaintWithdrawn,
    events.ComplaintClosed,
    events.RemedyCompleted,
    RemedyAdded,
    PaymentMoved,
    events.LimitMissed,
    events.LetterWritten,
    MessageSent,
    events.CodeIssued,
    events.CodeRequested,
    AdjustmentRequested,
    AdjustmentDecided,
    AdjustmentReviewed,
    AdjustmentApplied,
    ConditionTold,
    ContactChanged,
    ContactConfirmed,
    LanguageChosen,
    PersonJoined,
)
"""What came from the resident, or was written to them, whoever put it on record."""


class Folder(StrEnum):
    """A folder of the pack."""

    LETTERS = "letters"
    EVIDENCE = "evidence"
    POLICY = "policy"
    AUDIT = "audit"


class Other(StrEnum):
    """Whose data a thing may hold, beside those of whoever asked for theirs."""

    RESIDENT = "resident"
    REPRESENTATIVE = "representative"
    MEMBER = "member"
    STAFF = "staff"
    SOMEBODY = "somebody"


class NotGiven(StrEnum):
    """Why a file of the complaint is in no pack."""

    REFUSED = "refused"
    REMOVED = "removed"
    CHECKING = "checking"
    NOT_STORED = "not_stored"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackWish:
    """Which pack is to be made. `number`: of the representative or member of the group who asked for theirs."""

    for_whom: ForWhom
    number: int | None = None
    restricted: frozenset[Restricted] = frozenset()
    why: str = ""

    @property
    def of_one_person(self) -> bool:
        """Whether it is what is kept about somebody."""
        return self.for_whom is not ForWhom.OMBUDSMAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One file of the pack. `kind` is that of a letter; `name` that of a file; `of` the id of what it was
    made from; `sealed` the digest that the record holds of that; `others` whose data it may hold."""

    path: str
    folder: Folder
    of: str = ""
    kind: LetterKind | None = None
    name: str = ""
    on: date | None
    size: int
    digest: str
    sealed: str = ""
    others: tuple[Other, ...] = ()
    unscanned: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many things of a kind are not in the pack."""

    what: Restricted | NotGiven
    count: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What a pack holds, for its pages to list."""

    wish: PackWish
    pieces: tuple[Piece, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a pack: what stands on it, as HTML, under a title; a table for a spreadsheet has none."""

    path: str
    title: str
    text: str


Pages = Callable[[Contents], Iterable[Page]]
"""Makes the pages of a pack once it is known what else is in it."""


def restricted_choices(actor: Actor, case: Case) -> tuple[Restricted, ...]:
    """What the actor could put into a pack of this complaint by a decision of theirs."""
    handled = any(actor.user_id in stage.handlers for stage in case.stages.values())
    allowed = [each for each, action in SEEN_WITH.items() if may(actor, action, case)]
    named = actor.user_id in case.named_staff
    kept_back = {Restricted.FEEDBACK} if handled else set()
    return tuple(each for each in allowed if each not in kept_back | ({Restricted.IN_CONFIDENCE} if named else set()))


def check_wish(actor: Actor, case: Case, wish: PackWish) -> None:
    """Raises `Refused` where it cannot be made like that, or the actor may not see what they would put in."""
    if not _is_there(case, wish):
        raise Refused("Choose whose data it is", "for_whom")
    if wish.restricted - set(restricted_choices(actor, case)):
        raise Refused("You may not see all that you would put in", "restricted")
    if wish.restricted and not wish.why.strip():
        raise Refused("Write why it is needed in this pack", "why")
    if len(wish.why) > LONGEST_WHY:
        raise Refused(say("Use at most %(most)s characters", most=LONGEST_WHY), "why")


def _is_there(case: Case, wish: PackWish) -> bool:
    match wish.for_whom:
        case ForWhom.REPRESENTATIVE:
            return 0 < (wish.number or 0) <= len(case.representatives)
        case ForWhom.MEMBER:
            return 0 < (wish.number or 0) <= (len(case.group.members) if case.group else 0)
        case _:
            return wish.number is None


class Restrictions:
    """Which of the things that happened to a complaint are restricted, and by what."""

    def __init__(self, case: Case, recorded: Sequence[Recorded]) -> None:
        self._confidential = {each.number for each in case.referrals if each.confidential}
        self._told_in = letters_about(recorded)

    def of(self, event: Event) -> Restricted | None:
        if isinstance(event, ConditionTold):
            return Restricted.CONDITIONS
        if isinstance(event, VulnerabilityTold):
            return Restricted.VULNERABILITY
        if isinstance(event, FeedbackGiven):
            return Restricted.FEEDBACK
        if isinstance(event, AMONG_STAFF):
            return Restricted.STAFF_TIES
        number = event.number if isinstance(event, AboutReferrals) else None
        return self._of_referral(number) or self.of_letter(getattr(event, "letter_id", None))

    def of_letter(self, letter_id: object) -> Restricted | None:
        """The same of a letter: one that tells of something confidential bears the day of it."""
        return self._of_referral(self._told_in.get(str(letter_id)))

    def _of_referral(self, number: int | None) -> Restricted | None:
        return Restricted.IN_CONFIDENCE if number in self._confidential else None


def left_out(kept_back: Iterable[Restricted | NotGiven]) -> tuple[LeftOut, ...]:
    """The redaction list: how many of each kind, in the order of the kinds."""
    counted = Counter(kept_back)
    return tuple(LeftOut(each, counted[each]) for each in (*Restricted, *NotGiven) if counted[each])


def why_not_given(file: Evidence) -> NotGiven | None:
    """Why a file cannot be in a pack, if it cannot."""
    if file.removed:
        return NotGiven.REMOVED
    return {FileState.REFUSED: NotGiven.REFUSED, FileState.CHECKING: NotGiven.CHECKING}.get(file.state)


def others_in(recorded: Recorded, wish: PackWish, *, led_since: int = 0) -> tuple[Other, ...]:
    """Whose data something that happened may hold beside those of whoever asked; none where it is theirs.

    What staff or the portal put on record for themselves may be about anybody. `led_since`: of a
    group, what came before its present lead is somebody else's.
    """
    event, representative, member = recorded.event, _representative(recorded.event), _member(recorded.event)
    if wish.for_whom is ForWhom.REPRESENTATIVE and representative == wish.number:
        return ()
    if wish.for_whom is ForWhom.MEMBER and member == wish.number:
        return ()
    if representative:
        return (Other.REPRESENTATIVE,)
    if member:
        return (Other.MEMBER,)
    if wish.for_whom is not ForWhom.RESIDENT:
        return (Other.RESIDENT,)
    if recorded.number <= led_since:
        return (Other.MEMBER,)
    by_them = recorded.by_role in (Role.RESIDENT, Role.ANYONE)
    told = isinstance(event, TOLD_THE_RESIDENT)
    return () if by_them or told else (Other.STAFF, Other.SOMEBODY)


def others_in_file(file: Evidence, wish: PackWish) -> tuple[Other, ...]:
    """The same of a file. A picture that the resident sent may show others, and they know it already."""
    if file.by_staff:
        return (Other.STAFF, Other.SOMEBODY)
    if file.representative:
        own = wish.for_whom is ForWhom.REPRESENTATIVE and wish.number == file.representative
        return () if own else (Other.REPRESENTATIVE,)
    if file.of_former_lead:
        return (Other.MEMBER,)
    return () if wish.for_whom is ForWhom.RESIDENT else (Other.RESIDENT,)


def letters_of(recorded: Sequence[Recorded], wish: PackWish) -> frozenset[str]:
    """The ids of the letters that went to whoever asked, as a member of a group and as its lead alike."""
    if wish.for_whom not in (ForWhom.RESIDENT, ForWhom.MEMBER):
        return frozenset()
    return frozenset(each.event.letter_id for each in letters_to(recorded, wish.number))


def others_in_letter(representative: int | None, member: int | None, wish: PackWish) -> tuple[Other, ...]:
    """The same of a letter that is not among `letters_of`, by the number of whoever it went to."""
    if representative:
        own = wish.for_whom is ForWhom.REPRESENTATIVE and representative == wish.number
        return () if own else (Other.REPRESENTATIVE,)
    # What went to a resident and is not the resident's went to whoever led the group before.
    return (Other.MEMBER,) if member or wish.for_whom is ForWhom.RESIDENT else (Other.RESIDENT,)


def _representative(event: Event) -> int | None:
    """The number of the representative whom it is about or came from."""
    number: int | None = getattr(event, "representative", None)
    return event.number if isinstance(event, AboutRepresentative | LetterCopied) else number


def _member(event: Event) -> int | None:
    number: int | None = getattr(event, "member", None)
    return event.number if isinstance(event, MemberJoined | AboutMember) else number
