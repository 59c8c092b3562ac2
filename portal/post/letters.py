"""What a letter says, and its sealing: written in the same transaction as what it tells of.

Everything in a letter comes from the case, its rules and the landlord's own data, so that a
preview, the page and the email cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from re import sub
from typing import Any
from uuid import uuid4

from blinker import Signal
from jinja2 import Template
from markupsafe import Markup
from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.adjustment_events import AdjustmentApplied
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.adjustments import LetterFormat, format_of, holding, kept_by_a_letter, to_tell
from portal.domain.case import Case, Rules
from portal.domain.contact import both, is_called
from portal.domain.deadlines import Deadline, shown
from portal.domain.decline import grounds_of
from portal.domain.events import DeadlineExtended, LetterWritten
from portal.domain.explanation import explain
from portal.domain.extension import why_new_date
from portal.domain.folding import as_member
from portal.domain.group import FOR_ALL, Member
from portal.domain.group import with_number as member_with_number
from portal.domain.law import explain_law
from portal.domain.offers import WITHOUT_ACTION
from portal.domain.owed import deadlines_of, next_due
from portal.domain.permissions import Actor
from portal.domain.policy import Landlord, LetterKind, Part
from portal.domain.promises import PROMISING
from portal.domain.referrals import PassedOn, Referral, as_told
from portal.domain.representation import Representative, with_number
from portal.domain.representative_kinds import AuthorityScope
from portal.domain.response import check_parts
from portal.post.adjustments import ADJUSTMENTS
from portal.post.composed import ENGLISH, Composed, Tell, english_of
from portal.post.contents import IN_EVERY_LETTER, TOLD_POINT_BY_POINT, parts_of
from portal.post.copies import copy_letter, seal_to_representative, way_to_representative
from portal.post.members import Seal, copy_to_members, seal_for
from portal.post.referrals import ROUTES
from portal.post.representing import allowed
from portal.post.ways import UNSAFE, is_held_back, way_for, way_to
from portal.post.wording import markdown, templates
from portal.records import queries
from portal.records.database import after_commit
from portal.records.history import CaseFile, append, joined_to, where_it_goes_on
from portal.records.letters import digest_of, held_back
from portal.records.models import Channel, LetterRow, LetterState
from portal.translation import spoken

FIRST_STATE = {
    Channel.EMAIL: LetterState.PENDING,
    Channel.POST: LetterState.TO_POST,
    Channel.PAGE: LetterState.ON_PAGE,
}


TOLD_ANYWAY = frozenset(
    {
        LetterKind.RECEIPT,
        LetterKind.RECEIPT_STAGE_2,
        LetterKind.CODE_SLIP,
        LetterKind.CONTACT_CHANGED,
        LetterKind.MOVED_BY_JOINING,
    }
)
"""What nobody has to be called about: they have just told us, or it is for an address and not for a person."""

committed = Signal("A letter to be delivered has been committed.")


def release(session: Session, letter: LetterRow, at: datetime) -> None:
    """Send an email that waited for a person to make it in another format, and is to go as it is."""
    letter.state, letter.next_try_at = LetterState.PENDING, at
    after_commit(session, committed.send)


@dataclass(frozen=True, slots=True)
class StaffName:
    """A member of staff as a letter names them."""

    name: str
    rank_label: str


def compose(
    case: Case,
    rules: Rules,
    landlord: Landlord,
    kind: LetterKind,
    on: date,
    staff: Mapping[int, StaffName],
    representative: Representative | None = None,
    *,
    by_name: bool = True,
    language: str = ENGLISH,
) -> Composed:
    """The letter of this kind that the case calls for on that day, complete or not, in a language that is offered.

    Where a `representative` is named it goes to them, and says nothing that is the resident's alone, nor anything of
    the complaint itself unless our replies may go to them.
    """
    values = _values(case, rules, landlord, kind, on, staff)
    values["by_name"] = by_name
    if representative:
        values |= {"one": representative, "to_name": representative.added.name, "summary_first": False, "told": []}
        values["by_email"] = way_to_representative(representative)[0] is Channel.EMAIL
    if not by_name:
        values["to_name"] = ""
    told = IN_EVERY_LETTER if representative and not _may_have_replies(representative, on) else frozenset(Part)
    parts = [part for part in parts_of(kind, rules.policy, rules.code) if part in told]
    said = {part: _part(part, kind, values, language) for part in parts}
    letter = templates(language).get_template(f"letters/{kind}.md")
    return Composed(
        subject=_block(letter, "subject", values),
        said=said,
        body=tidy(letter.render(values, reference=markdown(said[Part.REFERENCE]), sections=_sections(said))),
        promised=_promised(case, rules, kind, on),
    )


def _may_have_replies(representative: Representative, on: date) -> bool:
    return AuthorityScope.FULL_REPLY in representative.scopes(on)


def write_letter(
    session: Session, file: CaseFile, kind: LetterKind, *, by: Actor, at: datetime, reached_as: Case | None = None
) -> LetterRow:
    """Seal a letter about what has just been appended to the case, and record that it was written.

    It goes to the resident as they are reached now, where it goes on if it was joined to another complaint, or as they
    were in `reached_as`, in the language that they read.

    Raises `Incomplete`, naming each part that the Code or the policy requires and the letter lacks.
    """
    staff = _staff(session, file.case, landlords.landlord(file.row.landlord))
    goes_on = where_it_goes_on(session, file.case)
    to = reached_as or goes_on
    tell = _teller(file, kind, at, staff, file.case, by_name=greets_by_name(to, kind))
    composed = tell(language_of(to))
    check_parts(kind, file.rules, composed.said)
    made = format_of(goes_on.adjustments)
    letter = _sealed(file, kind, tell, made, at, to)
    session.add(letter)
    written = LetterWritten(letter_id=str(letter.id), letter=kind, digest=letter.digest, promised=composed.promised)
    append(session, file, written, by=by, at=at)
    _keeps_adjustments(session, file, letter, by=by, at=at)
    copied = copy_letter(session, file, letter, tell, by=by, at=at)
    to_members = copy_to_members(session, file, kind, _sealing(file, kind, staff, at), by=by, at=at)
    if letter.state is LetterState.PENDING or copied or to_members:
        after_commit(session, committed.send)
    return letter


def _keeps_adjustments(session: Session, file: CaseFile, letter: LetterRow, *, by: Actor, at: datetime) -> None:
    """A letter that goes by itself is in the format that was agreed: that is put on record."""
    if letter.state is not LetterState.PENDING:
        return
    for kept in kept_by_a_letter(file.case.adjustments, by_hand=False):
        applied = AdjustmentApplied(number=kept.number, applied_on=at.date(), letter_id=str(letter.id))
        append(session, file, applied, by=by, at=at)


def release_held_back(session: Session, file: CaseFile, *, by: Actor, at: datetime) -> None:
    """Let go what waited until it was known how the resident is reached: each in the way that holds now.

    With it what waited in complaints that go on in this one.
    """
    joined = [each.row.id for each in joined_to(session, file.case, landlords.rules_for)]
    for letter in held_back(session, (file.row.id, *joined)):
        letter.channel, letter.to_address = way_to(file.case)
        letter.discreet = letter.discreet or file.case.received.is_discreet
        letter.state = _first_state(file.case, letter.kind, bool(letter.by_hand), letter.channel)
        if letter.state is LetterState.PENDING:
            letter.next_try_at = at
            after_commit(session, committed.send)
        _keeps_adjustments(session, file, letter, by=by, at=at)


def write_to_representative(
    session: Session, file: CaseFile, kind: LetterKind, number: int, *, by: Actor, at: datetime
) -> LetterRow:
    """A letter of their own to a representative: that we have the complaint, or that they act no more."""
    one = with_number(file.case.representatives, number)
    staff = _staff(session, file.case, landlords.landlord(file.row.landlord))
    by_name = not (kind in RECEIPTS and one.added.email)
    tell = _teller(file, kind, at, staff, file.case, one, by_name=by_name)
    letter = seal_to_representative(session, file, one, kind, tell, by=by, at=at)
    if letter.state is LetterState.PENDING:
        after_commit(session, committed.send)
    return letter


def write_to_member(
    session: Session, file: CaseFile, kind: LetterKind, member: Member, *, by: Actor, at: datetime
) -> LetterRow:
    """A letter to one member of a group alone."""
    staff = _staff(session, file.case, landlords.landlord(file.row.landlord))
    letter = seal_for(session, file, member, _sealing(file, kind, staff, at), by=by, at=at)
    if letter.state is LetterState.PENDING:
        after_commit(session, committed.send)
    return letter


def write_about_referral(
    session: Session, file: CaseFile, kind: LetterKind, referral: Referral, *, by: Actor, at: datetime
) -> None:
    """A letter about what was passed on: to whose matter it is, who may lead the group no more or have left it."""
    whose, group = referral.told_to, file.case.group
    if whose is None or (group and whose == group.lead):
        write_letter(session, file, kind, by=by, at=at)
        return
    for member in file.case.members:
        if member.number == whose:
            write_to_member(session, file, kind, member, by=by, at=at)


def write_about_restriction(session: Session, file: CaseFile, kind: LetterKind, *, by: Actor, at: datetime) -> None:
    """A letter about the restriction on contact to which something happened last, to whom it is for and nobody else."""
    last = next(each for each in file.case.contact_restrictions if each.number == file.case.last_restriction)
    if last.event.representative is None:
        write_letter(session, file, kind, by=by, at=at)
    else:
        write_to_representative(session, file, kind, last.event.representative, by=by, at=at)


def write_to_members_old_address(session: Session, file: CaseFile, before: Member, *, by: Actor, at: datetime) -> None:
    """The same as `write_to_old_address`, for a member of a group who was reached as in `before`."""
    now = member_with_number(file.case.group, before.number)
    channel, _ = way_to(as_member(file.case, before))
    if channel is not Channel.PAGE and channel not in {UNSAFE.get(each) for each in now.joined.safe_contact}:
        kept = both(before.joined.safe_contact, now.joined.safe_contact)
        reached = replace(before, joined=replace(before.joined, safe_contact=kept))
        write_to_member(session, file, LetterKind.CONTACT_CHANGED, reached, by=by, at=at)


def _sealing(file: CaseFile, kind: LetterKind, staff: Mapping[int, StaffName], at: datetime) -> Seal:
    """The letter for a reader who may know less of the case than the resident."""

    def seal(view: Case, made: LetterFormat) -> LetterRow:
        tell = _teller(file, kind, at, staff, view, by_name=greets_by_name(view, kind))
        return _sealed(file, kind, tell, made, at, view)

    return seal


def _teller(
    file: CaseFile,
    kind: LetterKind,
    at: datetime,
    staff: Mapping[int, StaffName],
    view: Case,
    one: Representative | None = None,
    *,
    by_name: bool,
) -> Tell:
    """The letter about the case as it is now, or as its reader may know it, in whatever language."""
    landlord = landlords.landlord(file.row.landlord)

    @cache
    def tell(language: str) -> Composed:
        return compose(view, file.rules, landlord, kind, at.date(), staff, one, by_name=by_name, language=language)

    return tell


def write_message_letter(session: Session, file: CaseFile, *, by: Actor, at: datetime) -> LetterRow | None:
    """Tell the resident that we wrote on their page; None for somebody who is told nowhere else.

    An email says that there is a message and not what is in it; a letter on paper brings the words.
    """
    told_nowhere_else = way_to(file.case)[0] is Channel.PAGE and not waits_for_call(file.case)
    if told_nowhere_else and not file.case.contact_to_check:
        return None
    return write_letter(session, file, LetterKind.MESSAGE, by=by, at=at)


def write_message_to_representative(session: Session, file: CaseFile, number: int, *, by: Actor, at: datetime) -> None:
    """Tell a representative that we wrote on their page, where there is a way to."""
    if way_to_representative(with_number(file.case.representatives, number))[0] is not Channel.PAGE:
        write_to_representative(session, file, LetterKind.MESSAGE, number, by=by, at=at)


def write_to_old_address(session: Session, file: CaseFile, before: Case, *, by: Actor, at: datetime) -> None:
    """Tell the address that held until now that it holds no more, unless it was left because it is not safe."""
    channel, _ = way_to(before)
    if channel is not Channel.PAGE and channel not in {UNSAFE.get(each) for each in file.case.received.safe_contact}:
        write_letter(session, file, LetterKind.CONTACT_CHANGED, by=by, at=at, reached_as=before)


RECEIPTS = frozenset({LetterKind.RECEIPT, LetterKind.MEMBER_JOINED, LetterKind.REPRESENTATIVE_RECEIPT})
"""What goes out by itself, before a person has seen what was typed, to an address that nobody has confirmed."""


def greets_by_name(to: Case, kind: LetterKind) -> bool:
    """Whether a letter that goes to the resident as in `to` begins with their name.

    Not an email that goes out by itself: whoever typed the address may have typed anything for a name, to have it sent
    to a stranger. And not a letter to an address from before the name was known.
    """
    if not to.received.person.name.strip():
        return False
    return not (kind in RECEIPTS and way_for(to, kind)[0] is Channel.EMAIL)


def moved(before: Case, after: Case) -> bool:
    """Whether letters go another way, or to another address. A name on an envelope is no address."""
    old, new = before.received.person, after.received.person
    ways = way_to(before)[0], way_to(after)[0]
    if ways[0] is not ways[1]:
        return True
    if ways[0] is Channel.EMAIL:
        return old.email.strip().casefold() != new.email.strip().casefold()
    return ways[0] is Channel.POST and (old.address, old.postcode) != (new.address, new.postcode)


def language_of(case: Case) -> str:
    """In which language the resident is written to: the one that they read, where it is offered."""
    return spoken(case.received.person.language)


def _sealed(
    file: CaseFile, kind: LetterKind, tell: Tell, made: LetterFormat, at: datetime, reached_as: Case
) -> LetterRow:
    channel, address = way_for(reached_as, kind)
    language = language_of(reached_as)
    composed, english = tell(language), english_of(tell, language)
    state = _first_state(reached_as, kind, bool(made.by_hand), channel)
    return LetterRow(
        id=uuid4(),
        complaint=file.row,
        landlord=file.row.landlord,
        kind=kind,
        stage=file.case.stage,
        written_at=at,
        subject=composed.subject,
        body=composed.body,
        digest=digest_of(composed.subject, composed.body, english),
        language=language,
        english=english,
        promised_on=composed.promised,
        channel=channel,
        to_address=address,
        discreet=file.case.received.is_discreet or reached_as.received.is_discreet,
        state=state,
        next_try_at=at if state is LetterState.PENDING else None,
        type_size=made.points,
        plain_text=made.plain_text,
        by_hand=" ".join(made.by_hand),
    )


def _first_state(case: Case, kind: LetterKind, by_hand: bool, channel: Channel) -> LetterState:
    """Where a letter waits: for the address to be checked, for a call, for a person who makes it in another format, or
    for what sends it."""
    if is_held_back(case, kind):
        return LetterState.HELD
    if kind not in TOLD_ANYWAY and waits_for_call(case):
        return LetterState.TO_CALL
    return LetterState.TO_POST if by_hand and channel is not Channel.PAGE else FIRST_STATE[channel]


def waits_for_call(case: Case) -> bool:
    """Whether news is told by phone: to whoever cannot be written to, or has agreed with us on calls alone."""
    if not is_called(case.received, case.adjustments):
        return False
    only = any(each.adjustment is Adjustment.PHONE_ONLY for each in holding(case.adjustments))
    return only or way_to(case)[0] is Channel.PAGE


def _staff(session: Session, case: Case, landlord: Landlord) -> Mapping[int, StaffName]:
    handlers = (stage.handler_id for stage in case.stages.values())
    owners = (remedy.terms.owner_id for remedy in case.remedies)
    wanted = {each for each in (*handlers, *owners) if each is not None}
    labels = {rank.key: rank.label for rank in landlord.ranks}
    with session.no_autoflush:  # what is flushed now would be written again with the letter
        found = queries.users_by_id(session, wanted) if wanted else {}
    return {key: StaffName(user.name, labels.get(user.rank or "", "")) for key, user in found.items()}


def _values(
    case: Case, rules: Rules, landlord: Landlord, kind: LetterKind, on: date, staff: Mapping[int, StaffName]
) -> dict[str, Any]:
    """What the templates can speak of."""

    def why(deadline: Deadline) -> str:
        return explain(deadline, landlord.name)

    def why_new(extended: DeadlineExtended) -> str:
        return why_new_date(extended, rules)

    declined = case.now.declined
    grounds = {ground.key: ground for ground in grounds_of(rules)}
    return {
        "case": case,
        "to_group": case.for_member is not None and kind in FOR_ALL and kind is not LetterKind.LEAD_CHANGED,
        "stage": case.now,
        "policy": rules.policy,
        "terms": rules.terms_at(case.stage),
        "landlord": landlord,
        "kind": kind,
        "on": on,
        "staff": staff,
        "handler": staff.get(case.handler_id) if case.handler_id is not None else None,
        "due": next_due(case, rules),
        "late": case.latest_missed,
        "dates": shown(deadlines_of(case, rules)),
        "why": why,
        "why_new": why_new,
        "ground": grounds.get(declined.ground) if declined else None,
        "to_do": [each for each in case.open_remedies if each.terms.kind not in WITHOUT_ACTION],
        "ombudsman": landlords.ombudsman(on),
        "summary_first": format_of(case.adjustments).summary_first,
        "told": to_tell(case.adjustments),
        "adjustment_words": ADJUSTMENTS,
        "to_name": case.received.person.name,
        "allowed": allowed,
        "by_email": case.contact_to_check or (way_to(case)[0] is Channel.EMAIL and not waits_for_call(case)),
        "passed_on": _passed_on(case, rules),
        "restriction": next((r for r in case.contact_restrictions if r.number == case.last_restriction), None),
        "regulator": landlords.building_safety_regulator(),
        "explain_law": explain_law,
        "route_words": ROUTES,
    }


def _passed_on(case: Case, rules: Rules) -> PassedOn | None:
    """What was passed on last, or changed last of all that was: no more of it than may be told."""
    last = next((each for each in case.referrals if each.number == case.last_referral), None)
    return as_told(last, rules.calendar) if last and not last.held_back else None


def _part(part: Part, kind: LetterKind, values: Mapping[str, Any], language: str) -> str:
    return tidy(_template(part, kind, language).render(values))


@cache
def _template(part: Part, kind: LetterKind, language: str) -> Template:
    """The part as this kind of letter says it, or as every letter does."""
    return templates(language).select_template([f"letters/parts/{part}.{kind}.md", f"letters/parts/{part}.md"])


def _sections(said: Mapping[Part, str]) -> list[Markup]:
    """The words of the parts that stand on their own."""
    elsewhere = {Part.REFERENCE} | (TOLD_POINT_BY_POINT if said.get(Part.POINTS_ANSWERED) else set())
    return [markdown(words) for part, words in said.items() if words and part not in elsewhere]


def _block(template: Template, name: str, values: Mapping[str, Any]) -> str:
    return "".join(template.blocks[name](template.new_context(dict(values)))).strip()


def tidy(text: str) -> str:
    """One empty line between blocks, none at the ends."""
    # Without the look behind, each of a hundred thousand spaces in a row would be tried as the first of them.
    return sub(r"\n{3,}", "\n\n", sub(r"(?<![ \t])[ \t]+\n", "\n", text)).strip()


def _promised(case: Case, rules: Rules, kind: LetterKind, on: date) -> date | None:
    due = next_due(case, rules)
    return due.on if due and kind in PROMISING and not due.missed(on) else None
