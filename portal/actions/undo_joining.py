"""Two complaints that were joined by mistake are two again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.opening import open_both
from portal.domain.adjustments import lasting
from portal.domain.case import Case
from portal.domain.coming_along import adjustments_back, back_here, back_there
from portal.domain.contact import changed_parts, contact_of
from portal.domain.events import Recorded
from portal.domain.folding import fold
from portal.domain.joined import one_of
from portal.domain.joining import acting
from portal.domain.joining_events import ComplaintTakenIn, JoiningUndone, TakingInUndone
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.domain.reach_events import ContactChanged, ContactConfirmed, LanguageChosen
from portal.domain.refusal import Refused
from portal.domain.representative_kinds import Standing
from portal.domain.saying import say
from portal.post.asking import ask_whoever_can_be
from portal.post.letters import write_letter, write_to_representative
from portal.records import joined_codes, links
from portal.records.adjustments import remember
from portal.records.history import CaseFile, append, open_case

OF_CONTACT = (ContactChanged, ContactConfirmed, LanguageChosen)


def undo_joining(
    session: Session,
    actor: Actor,
    reference: str,
    *,
    reason: str,
    secret_key: str,
    now: datetime,
    version: int | None = None,
    other_version: int | None = None,
) -> CaseFile:
    """The complaint that had been joined goes on where it stood. Its dates count from its own receipt: they never
    stopped. Representatives act where they acted before, as far as nobody stopped them meanwhile.

    `other_version` is that of the case in which it went on.
    """
    if not reason.strip():
        raise Refused("Say why it was a mistake", "reason")
    joined = open_case(session, reference, actor, landlords.rules_for).case.joined_into
    if joined is None:
        raise Refused("This complaint is not joined to another.")
    both = (reference, joined.into_reference)
    other, kept = open_both(session, actor, Action.UNDO_JOINING, *both, version, other_version)
    joining = one_of(kept.case.taken_in, reference)
    if kept.case.joined_into:
        this, into = kept.row.reference, kept.case.joined_into.into_reference
        raise Refused(say("%(reference)s was joined to %(into)s itself. Undo that first.", reference=this, into=into))
    taken_back = list(back_there(kept.case, other.case, joining))
    append(session, other, JoiningUndone(undone_on=now.date(), reason=reason), by=actor, at=now)
    for lost in taken_back:
        append(session, other, lost, by=actor, at=now)
    _lead_back(session, kept, other, joining, now)
    _contact_back(session, kept, other, joining, reason, by=actor, at=now)
    ended = back_here(joining, now.date(), reason)
    for here in (*ended, *adjustments_back(kept.case, joining, now.date(), reason)):
        append(session, kept, here, by=actor, at=now)
    for file in (kept, other):
        remember(session, file.row, file.case.received.person, lasting=bool(lasting(file.case.adjustments)))
        _tell(session, file, by=actor, at=now)
    _ask_again(session, other, secret_key, by=actor, at=now)
    return other


def _lead_back(session: Session, kept: CaseFile, other: CaseFile, joining: ComplaintTakenIn, now: datetime) -> None:
    numbers = {here: there for there, here in enumerate(joining.representatives, start=1)}
    joined_codes.move_representatives(session, kept.row, other.row, numbers)
    links.end_links_about(session, kept.row, tuple(numbers), now)
    if joining.contact_taken:
        joined_codes.put_back(session, other.row, kept.row)
        links.end_links(session, kept.row, now)


def _contact_back(
    session: Session,
    kept: CaseFile,
    other: CaseFile,
    joining: ComplaintTakenIn,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """How each resident is reached. What was changed meanwhile belongs to whom it was taken from."""
    meanwhile, without = contact_of(kept.case.received), _without(kept, joining)
    language = kept.case.received.person.language
    undone = TakingInUndone(
        other_reference=joining.other_reference,
        undone_on=at.date(),
        contact_to_check=without.contact_to_check,
        reply_by=without.received.reply_by,
        reason=reason,
        person=without.received.person,
        safe_contact=without.received.safe_contact,
    )
    append(session, kept, undone, by=by, at=at)
    changed = changed_parts(contact_of(other.case.received), meanwhile)
    if joining.contact_taken and changed and any(isinstance(each.event, OF_CONTACT) for each in _since(kept, joining)):
        moved = ContactChanged(
            changed_on=at.date(),
            changed=changed,
            reply_by=meanwhile.reply_by,
            email=meanwhile.email,
            phone=meanwhile.phone,
            address=meanwhile.address,
            postcode=meanwhile.postcode,
            safe_contact=meanwhile.safe_contact,
        )
        append(session, other, moved, by=by, at=at)
    if joining.contact_taken and language != other.case.received.person.language:
        append(session, other, LanguageChosen(chosen_on=at.date(), language=language), by=by, at=at)


def _without(kept: CaseFile, joining: ComplaintTakenIn) -> Case:
    """The case as it would be if the other had never been joined: that is how its resident is reached."""
    since = _since(kept, joining)
    before = kept.recorded[: len(kept.recorded) - len(since) - 1]
    of_kept = (each for each in since if not (joining.contact_taken and isinstance(each.event, OF_CONTACT)))
    return fold(kept.row.reference, kept.row.landlord, (*before, *of_kept))


def _since(kept: CaseFile, joining: ComplaintTakenIn) -> tuple[Recorded, ...]:
    """What has happened in it since then."""
    number = max(each.number for each in kept.recorded if each.event == joining)
    return kept.recorded[number:]


def _tell(session: Session, file: CaseFile, *, by: Actor, at: datetime) -> None:
    for one in acting(file.case.representatives):
        if one.standing(at.date()) is not Standing.EXPIRED:
            write_to_representative(session, file, LetterKind.JOINING_UNDONE, one.number, by=by, at=at)
    write_letter(session, file, LetterKind.JOINING_UNDONE, by=by, at=at)


def _ask_again(session: Session, other: CaseFile, secret_key: str, *, by: Actor, at: datetime) -> None:
    """Links with which somebody could say who may act had ended with the joining."""
    for one in other.case.representatives:
        if one.asked and one.standing(at.date()) is Standing.WAITING:
            ask_whoever_can_be(session, other, one, secret_key=secret_key, by=by, at=at)
