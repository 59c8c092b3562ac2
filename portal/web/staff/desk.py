"""A member of staff at a case: what every page about one case begins with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask import abort
from sqlalchemy.orm import Session

from portal import landlords
from portal.clock import current_clock
from portal.domain import acknowledging
from portal.domain.adjustments import against_a_call
from portal.domain.case import Case, Rules
from portal.domain.contact_events import LetterHandedOver
from portal.domain.decline import grounds_of
from portal.domain.events import Recorded, is_news
from portal.domain.evidence import Evidence
from portal.domain.folding import as_reader
from portal.domain.group import Member
from portal.domain.linking_events import ComplaintLinked, LinkEnded
from portal.domain.owed import Due, next_due, next_owed
from portal.domain.permissions import Action, Actor, may
from portal.domain.policy import Landlord
from portal.domain.referral_events import BuildingSafetyJudged
from portal.domain.referrals import AboutReferrals, Referral, letters_about, may_know_of, may_look_inside
from portal.records import queries
from portal.records.accounts import User
from portal.records.history import CaseFile, joined_to
from portal.records.sight import those_in_sight
from portal.web.access import current_actor
from portal.web.access_log import note_also
from portal.web.whose import current_landlord
from portal.web.wording import gettext

LINKS = (ComplaintLinked, LinkEnded)


@dataclass(frozen=True)
class Desk:
    """An open case, with who looks at it and on which day."""

    file: CaseFile
    actor: Actor
    landlord: Landlord
    today: date
    staff: Mapping[int, User]
    earlier: Sequence[str] = ()
    """Complaints of the same person whose adjustments are for all contact, and not in this one yet."""
    joined: Sequence[CaseFile] = ()
    """The complaints that go on in this one, to be read beside it."""
    known: frozenset[str] = frozenset()
    """Of the other complaints that are named in this one, those that exist for whoever looks."""

    @property
    def case(self) -> Case:
        return self.file.case

    @property
    def rules(self) -> Rules:
        return self.file.rules

    @property
    def version(self) -> int:
        return self.file.version

    @cached_property
    def due(self) -> Due | None:
        """What we owe the resident next."""
        return next_due(self.case, self.rules)

    @cached_property
    def owed(self) -> Due | None:
        """The same with an acknowledgement that is written and cannot go yet."""
        return next_owed(self.case, self.rules)

    @property
    def acknowledgement_waits(self) -> bool:
        """Whether the resident is still to be acknowledged, because nobody has checked how they are reached."""
        return self.case.is_open and acknowledging.waits(self.case)

    @property
    def phone_is_held_back(self) -> bool:
        """Whether the number stays out of sight: they asked for no calls, and nobody gave a reason today."""
        return self.holds_back_phone_of(self.case)

    def reader_of(self, letter: queries.LetterRow) -> Case:
        """The case as the resident may know it, or the member of the group to whom a letter goes."""
        return as_reader(self.case, letter.member)

    def holds_back_phone_of(self, reader: Case | Member) -> bool:
        """The same of the resident or of a member of the group."""
        against = against_a_call(reader.adjustments)
        return against is not None and not any(each.on == self.today for each in against.set_aside)

    @property
    def may_read_feedback(self) -> bool:
        """Nobody who handled a stage: residents are told that those do not see it."""
        handled = any(self.actor.user_id in stage.handlers for stage in self.case.stages.values())
        return bool(may(self.actor, Action.SEE_FEEDBACK, self.case)) and not handled

    def may_look_inside(self, number: int) -> bool:
        """Whether they may know where that referral went, and why."""
        return self._may(may_look_inside, number)

    @cached_property
    def _told_in(self) -> Mapping[str, int]:
        return letters_about(self.file.recorded)

    @property
    def links(self) -> tuple[ComplaintLinked, ...]:
        """To complaints that exist for them: of another they see neither that it is linked, nor that it is there."""
        return tuple(each for each in self.case.links if self.knows(each.other_reference))

    def knows(self, reference: str) -> bool:
        """Whether a complaint that this one names exists for them."""
        return reference in self.known

    def may_know_of(self, recorded: Recorded) -> bool:
        """Whether they may see at all that this happened: not, where it may be about them and is confidential."""
        if isinstance(recorded.event, LINKS):
            return self.knows(recorded.event.other_reference)
        number = self._referral_of(recorded)
        return number is None or self._may(may_know_of, number)

    def in_confidence(self, recorded: Recorded) -> bool:
        """Whether it is shown without saying who did it, and when."""
        number = self._referral_of(recorded)
        return number is not None and not self.may_look_inside(number)

    @cached_property
    def _handed_over(self) -> frozenset[str]:
        told = (each.event for each in self.file.recorded)
        return frozenset(each.letter_id for each in told if isinstance(each, LetterHandedOver))

    def was_handed_over(self, letter_id: object) -> bool:
        """Whether a letter was given to somebody in person, in place of the post."""
        return str(letter_id) in self._handed_over

    def may_see_letter(self, letter_id: object) -> bool:
        """Whether they may see a letter at all: one that tells of something confidential bears the day of it."""
        number = self._told_in.get(str(letter_id))
        return number is None or self.may_look_inside(number)

    @cached_property
    def unread(self) -> tuple[Recorded, ...]:
        """What the resident, or whoever acts for them, sent and nobody has seen to, the longest waiting first."""
        waiting = {id(each.event) for each in self.case.messages if not each.seen_to}
        return tuple(each for each in self.file.recorded if id(each.event) in waiting)

    @property
    def history(self) -> tuple[Recorded, ...]:
        """Everything that happened, as far as they may know of it."""
        return tuple(each for each in self.file.recorded if self.may_know_of(each))

    def _referral_of(self, recorded: Recorded) -> int | None:
        """The number of the referral that something in the record is about, or that its letter told of."""
        if isinstance(recorded.event, AboutReferrals):
            return recorded.event.number
        return self._told_in.get(getattr(recorded.event, "letter_id", None) or "")

    def _may(self, rule: Callable[[Actor, Referral, Case], bool], number: int) -> bool:
        return any(rule(self.actor, each, self.case) for each in self.case.referrals if each.number == number)

    def since(self, version: int) -> tuple[Recorded, ...]:
        """What has happened after the version that somebody opened."""
        return tuple(each for each in self.history if each.number > version and is_news(each))

    def rank(self, key: str | None) -> str:
        """A rank in the landlord's words; nothing for nobody's."""
        return self.landlord.rank_label(key) if key else ""

    def ground(self, key: str) -> str:
        """A ground for declining in the words of the policy, with its section."""
        return next(
            (
                f"{each.label} ({self.rules.policy.cited(each.rule)})"
                for each in grounds_of(self.rules)
                if each.key == key
            ),
            key,
        )

    def file_named(self, evidence_id: str) -> str:
        """What a file of the case is called, one that was taken back too."""
        return next((each.name for each in self.case.evidence if str(each.id) == evidence_id), "")

    def acting(self, number: int) -> str:
        """The name of whoever acts for the resident under this number."""
        return self.case.representatives[number - 1].added.name

    def added_by(self, added: Evidence) -> str:
        """Who added a file, by name, or as what they are to us."""
        if added.by_staff:
            return self.person(added.by_staff)
        if added.representative:
            return self.acting(added.representative) or gettext("Representative")
        return gettext("Resident")

    def person(self, user_id: int | None) -> str:
        """A member of staff by name."""
        found = self.staff.get(user_id) if user_id else None
        return found.name if found else ""


def open_desk(session: Session, reference: str, *, everyone: bool = False) -> Desk:
    """The case for whoever is signed in; for them a foreign case does not exist. `everyone`: all who can be assigned.

    Four statements, two more where complaints were joined to it, and one where it names another.
    """
    actor = current_actor()
    try:
        file = queries.open_case(session, reference, actor, landlords.rules_for)
    except queries.NotFound:
        abort(404)
    staff, joined = _staff(session, file, everyone), joined_to(session, file.case, landlords.rules_for)
    note_also(each.row.reference for each in joined)
    today, earlier = current_clock().today(), _earlier(session, actor, file)
    return Desk(file, actor, current_landlord(), today, staff, earlier, joined, _known(session, actor, file))


NAMES_ANOTHER = ("other_reference", "into_reference", "carried_from", "earlier_reference", "new_reference")
"""The fields of events in which the reference of another complaint stands."""


def _known(session: Session, actor: Actor, file: CaseFile) -> frozenset[str]:
    """One statement where it names another complaint, and none where it never did."""
    events = [each.event for each in file.recorded]
    named = {getattr(each, name, None) for each in events for name in NAMES_ANOTHER}
    earlier = (each.earlier for each in events if isinstance(each, BuildingSafetyJudged))
    return those_in_sight(session, actor, named.union(*earlier))


def _earlier(session: Session, actor: Actor, file: CaseFile) -> Sequence[str]:
    carried = {each.carried_from for each in file.case.adjustments}
    found = queries.earlier_with_adjustments(session, actor, file.row, file.case.received.person)
    return [each for each in found if each not in carried]


def _staff(session: Session, file: CaseFile, everyone: bool) -> Mapping[int, User]:
    """Those whose names the page needs; with `everyone`, those too who can be assigned."""
    if not everyone:
        return queries.users_by_id(session, people_in(file))
    return {each.id: each for each in queries.staff_of(session, file.case.landlord, people_in(file))}


def people_in(file: CaseFile) -> set[int]:
    """Every member of staff that the case mentions."""
    case = file.case
    handlers = {user_id for stage in case.stages.values() for user_id in stage.handlers}
    added = {each.by_staff for each in case.evidence if each.by_staff}
    owners = {remedy.terms.owner_id for remedy in case.remedies if remedy.terms.owner_id}
    return (
        handlers
        | owners
        | added
        | set(case.named_staff)
        | {each.user_id for each in case.interests.declared}
        | {terms.owner_id for each in case.checks for terms in each.asked.remedies if terms.owner_id}
        | {each.asked.user_id for each in case.interests.overrides}
        | set(case.restricted_to or ())
        | {each.by_id for each in file.recorded if each.by_id}
    )
