"""Who may act for a resident, what they may be told, and on which evidence.

A complaint by a representative is received and its clock runs at once, always: the same policy holds for it (Code 1.3,
2.1). What it takes more for is to tell them anything back. A resident may be represented and accompanied (Code 3.6).
Elected people acting at the resident's request need no form (Data Protection Act 2018, Schedule 1, paragraphs 23, 24).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from portal.domain.adjustment_kinds import Adjustment
from portal.domain.adjustments import AdjustmentRecord
from portal.domain.offices import is_official
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.domain.representative_events import (
    AuthorityAsked,
    AuthorityEnded,
    AuthorityRecorded,
    LetterCopied,
    RepresentativeAdded,
    RepresentativeCodeIssued,
    RepresentativeLanguageChosen,
)
from portal.domain.representative_kinds import (
    AskedBy,
    AuthorityBasis,
    AuthorityEvidence,
    AuthorityScope,
    Capacity,
    Ground,
    ReplyTo,
    Standing,
    WhyEnded,
)

AboutRepresentative = (
    RepresentativeAdded
    | AuthorityAsked
    | AuthorityRecorded
    | AuthorityEnded
    | RepresentativeCodeIssued
    | RepresentativeLanguageChosen
    | LetterCopied
)

Scopes = frozenset[AuthorityScope]

NOTHING_BACK: Scopes = frozenset({AuthorityScope.SUBMIT})
"""What anybody may who handed a complaint in: to be told that it was received."""

IMPLIED: Mapping[AuthorityScope, Scopes] = {
    AuthorityScope.SUBMIT: frozenset(),
    AuthorityScope.PROGRESS: frozenset({AuthorityScope.SUBMIT}),
    AuthorityScope.FULL_REPLY: frozenset({AuthorityScope.SUBMIT, AuthorityScope.PROGRESS}),
    AuthorityScope.MEETINGS: frozenset({AuthorityScope.SUBMIT}),
    AuthorityScope.DECIDE: frozenset({AuthorityScope.SUBMIT, AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY}),
}
"""Whoever decides for somebody has to know what about."""

RESIDENT_SAYS_YES = frozenset({AuthorityEvidence.LINK, AuthorityEvidence.CALL, AuthorityEvidence.OWN_PAGE})
"""The resident's own word, in the three ways in which we can be sure that it is theirs."""

BY_THE_RESIDENT = frozenset({AuthorityEvidence.LINK, AuthorityEvidence.OWN_PAGE})
"""What only the resident does, through what went to the contact on file. Staff record what they were told or shown."""

STOPPED = frozenset({WhyEnded.RESIDENT_STOPPED, WhyEnded.RESIDENT_DENIED})
"""Ends that nobody but the resident takes back: by a link or on their own page."""

CONSENT = RESIDENT_SAYS_YES | {AuthorityEvidence.SIGNED, AuthorityEvidence.EMAILED, AuthorityEvidence.VOICE}

_TELL: Scopes = frozenset({AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY, AuthorityScope.MEETINGS})
_ALL: Scopes = _TELL | {AuthorityScope.DECIDE}


FULL_REPLY_LETTERS = frozenset(
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
        LetterKind.REMEDY,
    }
)
"""What a full reply is. Letters about codes, contact details, adjustments and messages are the resident's alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `supports_only`: their complaint is received, as support for somebody else's."""

    basis: AuthorityBasis
    evidence: frozenset[AuthorityEvidence]
    most: Scopes
    supports_only: bool = False
    needs_end: bool = False
    ask_about_claim: bool = False


_ASKED = Row(AuthorityBasis.ELECTED, frozenset({AuthorityEvidence.OFFICIAL_ADDRESS}), _TELL)
_NOT_ASKED = Row(AuthorityBasis.CONSENT, CONSENT | {AuthorityEvidence.GROUND}, _TELL)
_HELPER = Row(AuthorityBasis.CONSENT, CONSENT, _ALL, needs_end=True)
_SOLICITOR = Row(
    AuthorityBasis.CONSENT,
    RESIDENT_SAYS_YES | {AuthorityEvidence.LETTER_OF_AUTHORITY},
    _ALL,
    needs_end=True,
    ask_about_claim=True,
)
_POWER = Row(AuthorityBasis.POWER, frozenset({AuthorityEvidence.POWER}), _ALL)
_ESTATE = Row(AuthorityBasis.ESTATE, frozenset({AuthorityEvidence.GRANT, AuthorityEvidence.DECLARATION}), _ALL)
_PANEL = Row(AuthorityBasis.CONSENT, CONSENT, _TELL, supports_only=True, needs_end=True)

_USUAL: Scopes = frozenset({AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY})
"""What an elected person is told who did not say what they want; one who wants nothing back is told nothing."""

ELECTED = frozenset(
    {Capacity.MP, Capacity.MSP, Capacity.MEMBER_OF_SENEDD, Capacity.MLA, Capacity.COUNCILLOR, Capacity.MAYOR}
)
"""Not candidates, party workers, charities, solicitors or family."""

ROWS: Mapping[Capacity, Row] = {
    **dict.fromkeys(ELECTED, _ASKED),
    Capacity.ADVOCATE: _HELPER,
    Capacity.ADVICE_AGENCY: _HELPER,
    Capacity.SOCIAL_WORKER: _HELPER,
    Capacity.FAMILY: _HELPER,
    Capacity.FRIEND: _HELPER,
    Capacity.OTHER: _HELPER,
    Capacity.SOLICITOR: _SOLICITOR,
    Capacity.ATTORNEY: _POWER,
    Capacity.DEPUTY: _POWER,
    Capacity.APPOINTEE: _POWER,
    Capacity.EXECUTOR: _ESTATE,
    Capacity.NEXT_OF_KIN: _ESTATE,
    Capacity.TENANT_PANEL: _PANEL,
}

assert set(ROWS) == set(Capacity), f"no line of the table for {set(Capacity) - set(ROWS)}"


def row_of(capacity: Capacity, asked_by: AskedBy) -> Row:
    """The line of the table for somebody who acts in this capacity, asked by this person.

    An elected person whom the resident did not ask is told nothing about the resident until the resident agrees, or
    a named member of staff records one of the grounds of paragraph 24. Their own word that the resident asked is
    enough, from an official address.
    """
    if capacity in ELECTED and asked_by is not AskedBy.RESIDENT:
        return _NOT_ASKED
    return ROWS[capacity]


def accepted(capacity: Capacity, asked_by: AskedBy) -> frozenset[AuthorityEvidence]:
    """The evidence that an authority can rest on. The resident's own yes is enough for anybody, while they live."""
    row = row_of(capacity, asked_by)
    living = frozenset[AuthorityEvidence]() if row.basis is AuthorityBasis.ESTATE else RESIDENT_SAYS_YES
    return row.evidence | living


def basis_of(capacity: Capacity, asked_by: AskedBy, evidence: AuthorityEvidence) -> AuthorityBasis:
    """On which basis somebody is told, when this is what it rests on."""
    if evidence is AuthorityEvidence.GROUND:
        return AuthorityBasis.ELECTED_GROUND
    return AuthorityBasis.CONSENT if evidence in CONSENT else row_of(capacity, asked_by).basis


def may_receive(capacity: Capacity, asked_by: AskedBy, evidence: AuthorityEvidence | None) -> Scopes:
    """The most that somebody may be told, on this evidence; without it, that the complaint was received."""
    if evidence is None or evidence not in accepted(capacity, asked_by):
        return NOTHING_BACK
    return whole(row_of(capacity, asked_by).most)


def whole(scopes: Iterable[AuthorityScope]) -> Scopes:
    """These scopes with those that each of them needs."""
    chosen = frozenset(scopes)
    return chosen.union(NOTHING_BACK, *(IMPLIED[each] for each in chosen))


def in_order(scopes: Iterable[AuthorityScope]) -> tuple[AuthorityScope, ...]:
    """As they are stored and shown."""
    chosen = set(scopes)
    return tuple(each for each in AuthorityScope if each in chosen)


OFFICIAL_DOMAINS = (
    "parliament.uk",
    "parliament.scot",
    "senedd.wales",
    "senedd.cymru",
    "niassembly.gov.uk",
    "gov.uk",
    "gov.scot",
    "gov.wales",
    "llyw.cymru",
)
"""Under which parliaments and councils have their addresses. One elsewhere is checked by a member of staff."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRepresentative:
    """What somebody says who acts for a resident, or what staff write down of them.

    `official`: the address is known to be an official one, because they signed in with a code sent to it or because
    a member of staff has checked it.
    """

    capacity: Capacity
    asked_by: AskedBy = AskedBy.NOT_SAID
    name: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    own_reference: str = ""
    language: str = ""
    wants: tuple[AuthorityScope, ...] = ()
    reply_to: ReplyTo = ReplyTo.BOTH
    submitted: bool = False
    office_id: int | None = None
    official: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAuthority:
    """What somebody is to be allowed, and what that rests on, before it is recorded."""

    evidence: AuthorityEvidence
    scopes: tuple[AuthorityScope, ...]
    starts_on: date | None = None
    expires_on: date | None = None
    ground: Ground | None = None
    evidence_id: str | None = None
    words: str = ""


def can_be_asked_at_address(one: Representative) -> bool:
    """Whether it is enough that they have the address that they gave: elected, asked by the resident, and official."""
    official = any(is_official(one.added.email, each) for each in OFFICIAL_DOMAINS)
    return official and one.row.basis is AuthorityBasis.ELECTED


def first_events(new: NewRepresentative, number: int, on: date) -> tuple[RepresentativeAdded | AuthorityRecorded, ...]:
    """What is recorded when somebody comes to act: that they do, and, of elected people whom the resident asked and
    whose official address is known, that they may be told. No form is asked of those.
    """
    added = RepresentativeAdded(
        number=number,
        added_on=on,
        capacity=new.capacity,
        asked_by=new.asked_by,
        wants=in_order(new.wants),
        reply_to=new.reply_to,
        submitted=new.submitted,
        office_id=new.office_id,
        name=new.name,
        organisation=new.organisation,
        email=new.email,
        phone=new.phone,
        address=new.address,
        own_reference=new.own_reference,
        language=new.language,
    )
    if new.official and row_of(new.capacity, new.asked_by).basis is AuthorityBasis.ELECTED:
        return (added, by_official_address(added, on))
    return (added,)


def by_official_address(added: RepresentativeAdded, on: date) -> AuthorityRecorded:
    """The authority of an elected person whom the resident asked, once the official address is known."""
    return AuthorityRecorded(
        number=added.number,
        basis=AuthorityBasis.ELECTED,
        evidence=AuthorityEvidence.OFFICIAL_ADDRESS,
        scopes=wished(added) or in_order(NOTHING_BACK if added.wants else _USUAL),
        starts_on=on,
    )


def wished(added: RepresentativeAdded) -> tuple[AuthorityScope, ...]:
    """What they asked for, as far as somebody in this capacity can be given it."""
    most = row_of(added.capacity, added.asked_by).most
    return in_order(each for each in added.wants if each in most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """One representative of a case with all that became of them."""

    added: RepresentativeAdded
    authority: AuthorityRecorded | None = None
    asked: AuthorityAsked | None = None
    ended: AuthorityEnded | None = None
    has_code: bool = False
    letters: tuple[LetterCopied, ...] = ()
    of_former_lead: bool = False
    """Of a group: acted for somebody who led it before, and is no matter of whoever does now."""

    @property
    def number(self) -> int:
        return self.added.number

    @property
    def came_by_mistake(self) -> bool:
        """Whether the joining that brought them to this complaint was undone: they were never of it."""
        return self.ended is not None and self.ended.why is WhyEnded.JOINING_UNDONE

    @property
    def row(self) -> Row:
        return row_of(self.added.capacity, self.added.asked_by)

    @property
    def expires_on(self) -> date | None:
        """The last day of the authority, where it has one."""
        return self.authority.expires_on if self.authority else None

    def standing(self, on: date) -> Standing:
        """How they stand on a day. An authority lasts to the end of its last day."""
        if self.ended:
            return Standing.ENDED
        if self.authority is None:
            return Standing.WAITING
        if self.authority.expires_on and self.authority.expires_on < on:
            return Standing.EXPIRED
        return Standing.IN_FORCE if self.authority.starts_on <= on else Standing.NOT_YET

    def scopes(self, on: date) -> Scopes:
        """What they may do on a day: nothing at all once it is over; until it begins, be told of the receipt."""
        standing = self.standing(on)
        if standing in (Standing.ENDED, Standing.EXPIRED):
            return frozenset()
        if standing is Standing.IN_FORCE and self.authority:
            return whole(self.authority.scopes)
        return NOTHING_BACK

    def gets_copies(self, on: date) -> bool:
        """Whether a copy of each letter goes to them."""
        return AuthorityScope.FULL_REPLY in self.scopes(on) and self.added.reply_to is not ReplyTo.RESIDENT


Representatives = tuple[Representative, ...]


def copied_to(all_of_them: Representatives, asked_for: Iterable[AdjustmentRecord], on: date) -> Representatives:
    """Who gets a copy of a letter: those who may have it and want it, and an advocate whom the resident asked for as
    an adjustment, whatever was chosen at first (Code 5.10)."""
    advocate = any(each.is_agreed and each.adjustment is Adjustment.ADVOCATE for each in asked_for)
    return tuple(
        each
        for each in all_of_them
        if each.gets_copies(on)
        or (advocate and each.added.capacity is Capacity.ADVOCATE and AuthorityScope.FULL_REPLY in each.scopes(on))
    )


def after(all_of_them: Representatives, event: AboutRepresentative) -> Representatives:
    """The representatives once this has happened. Raises `Refused` for one that is not there, or not allowed."""
    if isinstance(event, RepresentativeAdded):
        if event.number != len(all_of_them) + 1:
            raise Refused("Representatives are counted from 1, one after the other.")
        return (*all_of_them, Representative(added=event))
    one = with_number(all_of_them, event.number)
    changed = _after(one, event)
    return tuple(changed if each is one else each for each in all_of_them)


def with_number(all_of_them: Representatives, number: int) -> Representative:
    """The one with this number. Raises `Refused` where there is none."""
    if not 0 < number <= len(all_of_them):
        raise Refused("There is no such representative.")
    return all_of_them[number - 1]


def in_force(all_of_them: Representatives, on: date) -> Representatives:
    """Those who have an authority on a day."""
    return tuple(each for each in all_of_them if each.standing(on) is Standing.IN_FORCE)


def companions(all_of_them: Representatives, on: date) -> Representatives:
    """Those who come along to meetings (Code 3.6)."""
    return tuple(each for each in all_of_them if AuthorityScope.MEETINGS in each.scopes(on))


def acting_now(all_of_them: Representatives, on: date) -> Representatives:
    """Those who may do or be told anything on a day, if it is no more than that we have what they sent."""
    return tuple(each for each in all_of_them if each.scopes(on))


def waiting(all_of_them: Representatives, on: date) -> Representatives:
    """Those whose authority somebody has to see to."""
    return tuple(each for each in all_of_them if each.standing(on) is Standing.WAITING)


def _after(one: Representative, event: AboutRepresentative) -> Representative:
    match event:
        case AuthorityAsked():
            return replace(one, asked=event)
        case AuthorityRecorded():
            return replace(one, authority=event, ended=None)
        case AuthorityEnded():
            if one.ended and event.why is not WhyEnded.JOINING_UNDONE:
                raise Refused("This representative acts no more.")
            return replace(one, ended=event, has_code=False)
        case RepresentativeCodeIssued():
            if one.ended:
                raise Refused("This representative acts no more.")
            return replace(one, has_code=True)
        case RepresentativeLanguageChosen():
            return replace(one, added=replace(one.added, language=event.language or one.added.language))
        case LetterCopied():
            return replace(one, letters=(*one.letters, event))
        case _:
            raise AssertionError(event)


def authority_of(one: Representative, wanted: NewAuthority, on: date) -> AuthorityRecorded:
    """What is recorded of an authority that begins, if nothing else is said, on this day."""
    added = one.added
    return AuthorityRecorded(
        number=one.number,
        basis=basis_of(added.capacity, added.asked_by, wanted.evidence),
        evidence=wanted.evidence,
        scopes=in_order(wanted.scopes),
        starts_on=wanted.starts_on or on,
        expires_on=wanted.expires_on,
        ground=wanted.ground,
        evidence_id=wanted.evidence_id,
        words=wanted.words,
    )


def check_authority(one: Representative, event: AuthorityRecorded) -> None:
    """Raises `Refused` where an authority would rest on less than the table asks for, or reach further."""
    added = one.added
    if event.evidence not in accepted(added.capacity, added.asked_by):
        raise Refused("An authority of this kind cannot rest on this", "evidence")
    if not frozenset(event.scopes) <= whole(one.row.most):
        raise Refused("Somebody in this capacity cannot be given this", "scopes")
    if not frozenset(event.scopes) - NOTHING_BACK:
        raise Refused("Choose what they may do", "scopes")
    if (event.ground is not None) != (event.evidence is AuthorityEvidence.GROUND):
        raise Refused("Choose the ground on which the resident need not be asked", "ground")
    if one.row.needs_end and event.expires_on is None:
        raise Refused("Say until when", "expires_on")
    if event.expires_on is not None and event.expires_on < event.starts_on:
        raise Refused("The last day cannot be before the first", "expires_on")
