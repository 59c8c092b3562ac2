"""A complaint of a group: one case, one correspondent, and members who see nothing of each other (Code 1.2; MS L61).

It is one complaint in every queue and figure. Each member has their own word given, a code and copies of letters in the
format that they asked for, and can leave with one press. The lead is whoever the complaint came from, and is no member.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from portal.domain import adjustments
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, RequestedBy
from portal.domain.adjustments import AboutOne, AdjustmentRecord, kinds_in, meant_by, size_in
from portal.domain.contact import Contact, check_contact
from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.group_events import (
    GroupFormed,
    LeadChanged,
    LeadLeft,
    LeadOffered,
    MemberCodeIssued,
    MemberCodeRequested,
    MemberContactChanged,
    MemberJoined,
    MemberLanguageChosen,
    MemberLeft,
    MemberLetter,
)
from portal.domain.interpreting import NOT_SAID, Interpreting
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused

AboutMember = (
    MemberLeft | MemberLetter | MemberCodeRequested | MemberCodeIssued | MemberContactChanged | MemberLanguageChosen
)
AboutGroup = GroupFormed | MemberJoined | LeadOffered | AboutMember
AboutLead = LeadChanged | LeadLeft

FIRST_LEAD = 0
"""In place of the number of a member: whoever the complaint came from, who is none."""

FOR_ALL = frozenset(
    {
        LetterKind.ACKNOWLEDGEMENT,
        LetterKind.EXTENSION,
        LetterKind.DECLINE,
        LetterKind.RESPONSE_STAGE_1,
        LetterKind.RECEIPT_STAGE_2,
        LetterKind.ACKNOWLEDGEMENT_STAGE_2,
        LetterKind.RESPONSE_STAGE_2,
        LetterKind.DECLINE_STAGE_2,
        LetterKind.LIMIT_MISSED,
        LetterKind.WITHDRAWAL,
        LetterKind.CLOSING,
        LetterKind.LEAD_CHANGED,
        LetterKind.REMEDY,
        LetterKind.DIRECTED,
    }
)
"""What is told about the complaint itself. Messages, codes, contact and adjustments are the lead's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """What somebody says who joins. `consent`: how they gave their word, where staff write it down."""

    person: Person
    reply_by: ReplyBy
    consent: str
    adjustments: tuple[Adjustment, ...] = ()
    adjustment_words: str = ""
    interpreting: Interpreting = NOT_SAID
    safe_contact: tuple[SafeContact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member with all that became of them. `joined` holds how they are reached now."""

    joined: MemberJoined
    adjustments: tuple[AdjustmentRecord, ...] = ()
    contact_changed: MemberContactChanged | None = None
    left: MemberLeft | None = None
    letters: tuple[MemberLetter, ...] = ()

    @property
    def number(self) -> int:
        return self.joined.number

    @property
    def name(self) -> str:
        return self.joined.person.name

    @property
    def contact(self) -> Contact:
        person = self.joined.person
        return Contact(
            reply_by=self.joined.reply_by,
            email=person.email,
            phone=person.phone,
            address=person.address,
            postcode=person.postcode,
            safe_contact=self.joined.safe_contact,
        )


def asked_on_joining(event: MemberJoined) -> tuple[AdjustmentRecord, ...]:
    """What somebody asked for when they joined."""
    chosen = kinds_in(event.adjustments, event.adjustment_words, event.interpreting)
    return tuple(
        AdjustmentRecord(
            number=number,
            adjustment=each,
            print_size=size_in(event.adjustment_words) if each is Adjustment.LARGE_PRINT else None,
            detail=event.adjustment_words,
            interpreting=meant_by(each, event.interpreting),
            scope=AdjustmentScope.THIS_COMPLAINT,
            requested_on=event.joined_on,
            requested_by=RequestedBy.RESIDENT,
        )
        for number, each in enumerate(chosen, start=1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Who complains together with the lead. `lead` is the number of the member who leads: None where nobody does."""

    formed: GroupFormed
    members: tuple[Member, ...] = ()
    lead: int | None = FIRST_LEAD
    offered: LeadOffered | None = None
    offers: int = 0
    known_to_lead: int = 0
    """How many had joined when the last one who led left. With an invitation anybody can join after that."""

    @property
    def present(self) -> tuple[Member, ...]:
        """Those who have not left, without the one who leads."""
        return tuple(each for each in self.members if each.left is None and each.number != self.lead)

    def needs_no_code(self, number: int | None) -> bool:
        """Whether this member may take the lead alone: nobody leads, and they were of the group while somebody did."""
        return self.lead is None and number is not None and number <= self.known_to_lead

    @property
    def next_former(self) -> int | None:
        """The number of the member that whoever leads is to be, should they hand that over."""
        return len(self.members) + 1 if self.lead == FIRST_LEAD else self.lead


def after(group: Group | None, event: AboutGroup) -> Group:
    """The group once this has happened. Raises `Refused` where it cannot."""
    if isinstance(event, GroupFormed):
        if group is not None:
            raise Refused("This complaint is that of a group already.")
        return Group(formed=event)
    if group is None:
        raise Refused("This complaint is not that of a group.")
    if isinstance(event, MemberJoined):
        if event.number != len(group.members) + 1:
            raise Refused("Members are counted from 1, one after the other.")
        return replace(group, members=(*group.members, Member(joined=event, adjustments=asked_on_joining(event))))
    if isinstance(event, LeadOffered):
        return replace(group, offered=event if event.holds else None, offers=group.offers + event.holds)
    one = with_number(group, event.number)
    return _with(group, one, _after(one, event))


def led_by(group: Group | None, event: AboutLead, former: Member | None) -> Group:
    """The group once another leads it, or nobody does. `former` is who led until now, as a member of it."""
    if group is None:
        raise Refused("This complaint is not that of a group.")
    if isinstance(event, LeadLeft):
        return replace(_without(group, event), lead=None, offered=None, known_to_lead=len(group.members))
    one = with_number(group, event.number)
    if one not in group.present:
        raise Refused("This member has left, or leads the group already.")
    if event.former != group.next_former:
        raise Refused("It is another member who led until now.")
    members = tuple(each for each in group.members if former is None or each.number != former.number)
    every = sorted((*members, former) if former else members, key=lambda each: each.number)
    return replace(group, members=tuple(every), lead=event.number, offered=None)


def _without(group: Group, event: LeadLeft) -> Group:
    """Where a member led: they have left too."""
    if not group.lead:
        return group
    one = with_number(group, group.lead)
    gone = MemberLeft(number=one.number, left_on=event.left_on, words=event.words)
    return _with(group, one, replace(one, left=gone))


def adjusted(group: Group | None, event: AboutOne) -> Group:
    """The group once something has become of what a member asked for."""
    one = with_number(group, event.member)
    assert group is not None, "there is a member"
    return _with(group, one, replace(one, adjustments=adjustments.after(one.adjustments, event)))


def _with(group: Group, one: Member, changed: Member) -> Group:
    return replace(group, members=tuple(changed if each is one else each for each in group.members))


def _after(one: Member, event: AboutMember) -> Member:
    match event:
        case MemberLeft():
            if one.left:
                raise Refused("This member has left.")
            return replace(one, left=event)
        case MemberLetter():
            told = event.letter is LetterKind.ADJUSTMENT
            records = adjustments.told(one.adjustments) if told else one.adjustments
            return replace(one, letters=(*one.letters, event), adjustments=records)
        case MemberContactChanged():
            return replace(one, joined=_reached_as(one.joined, event), contact_changed=event)
        case MemberLanguageChosen():
            return replace(one, joined=_reading(one.joined, event.language))
        case MemberCodeRequested() | MemberCodeIssued():
            if one.left:
                raise Refused("This member has left.")
            return one


def _reached_as(joined: MemberJoined, event: MemberContactChanged) -> MemberJoined:
    person = replace(
        joined.person, email=event.email, phone=event.phone, address=event.address, postcode=event.postcode
    )
    return replace(joined, person=person, reply_by=event.reply_by, safe_contact=event.safe_contact)


def _reading(joined: MemberJoined, language: str) -> MemberJoined:
    """One that was erased changes nothing."""
    return replace(joined, person=replace(joined.person, language=language or joined.person.language))


def with_number(group: Group | None, number: int | None) -> Member:
    """The member with this number. Raises `Refused` where there is none."""
    if group is None or number is None or not 0 < number <= len(group.members):
        raise Refused("There is no such member.")
    return group.members[number - 1]


def check_member(new: NewMember) -> None:
    """Raises `Refused` where somebody could not be told from others, has not given their word, or cannot be reached."""
    if not new.person.name.strip():
        raise Refused("Enter your name", "name")
    if not new.consent.strip():
        raise Refused("Say that you want to be of this group", "consent")
    person = new.person
    check_contact(
        Contact(
            reply_by=new.reply_by,
            email=person.email,
            phone=person.phone,
            address=person.address,
            postcode=person.postcode,
            safe_contact=new.safe_contact,
        )
    )
