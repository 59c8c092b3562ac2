"""A complaint is received, from a resident online or through a member of staff who was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import begin, check_countable
from portal.domain.events import ReplyBy
from portal.domain.permissions import Action, Actor, may
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.domain.representation import NewRepresentative, first_events
from portal.domain.representative_events import RepresentativeCodeIssued
from portal.domain.representative_kinds import Standing
from portal.domain.same_person import same
from portal.domain.submission import Submission
from portal.post.asking import ask_whoever_can_be
from portal.post.letters import write_letter, write_to_representative
from portal.records import offices
from portal.records.access import store_code, store_representative_code
from portal.records.history import CaseFile, append

SUBMITTED = "They handed in the complaint."


def submit_complaint(
    session: Session,
    actor: Actor,
    landlord: str,
    submission: Submission,
    *,
    code: str,
    now: datetime,
    representative: NewRepresentative | None = None,
    secret_key: str = "",
) -> CaseFile:
    """Store the complaint and its receipt. It is received whatever its age, form or sender (Code 1.2, 1.3, 2.1).

    `code` is the secret code that the caller shows to the person; only its digest is kept. The
    public reference is new: `file.row.reference`. Somebody who leaves nothing by which they could be known gets
    no code: nobody could ever be shown to be its owner. `join_person` gives one to whoever is known later.

    Where a `representative` complains for the resident the code is theirs, and opens what they may see, but for an
    office, whose members sign in; the resident gets one of their own by asking for it. What they say of being of an
    office, or at an official address, counts only as far as `actor` is known to be. With the installation's
    `secret_key` whoever can say that they may act is asked at once.
    """
    _check_may_submit(actor, landlord)
    if submission.received_on > now.date():
        raise Refused("The day it was received cannot be in the future", "received_on")
    check_countable(landlord, submission.received_on)
    if not submission.what_happened.strip():
        raise Refused("Tell us what happened", "what_happened")
    if representative:
        representative = offices.as_known(session, actor, replace(representative, submitted=True), at=now)
        submission = _without_contact_of(representative, submission)
    file = begin(session, actor, landlord, submission, now)
    if representative:
        for each in first_events(representative, 1, now.date()):
            append(session, file, each, by=actor, at=now)
        if representative.office_id is None:  # an office signs in, each of its members as themselves
            append(session, file, RepresentativeCodeIssued(number=1, identity_check=SUBMITTED), by=actor, at=now)
            store_representative_code(session, file.row, 1, code, now)
    elif submission.person.can_be_known:
        store_code(session, file.row, code, now)
    write_letter(session, file, LetterKind.RECEIPT, by=actor, at=now)
    if representative:
        _tell_representative(session, file, secret_key, by=actor, at=now)
    return file


def _check_may_submit(actor: Actor, landlord: str) -> None:
    decision = may(actor, Action.SUBMIT_COMPLAINT) or may(actor, Action.RECORD_COMPLAINT)
    if not decision:
        raise Refused(decision.reason)
    if actor.landlord != landlord:
        raise Refused("You may not submit a complaint to another landlord.")


def _without_contact_of(representative: NewRepresentative, submission: Submission) -> Submission:
    """An address that is the representative's own is not the resident's: what goes there would not reach them, and a
    way to their secret code, or the question whether somebody may act for them, must not.
    """
    person, reply_by = submission.person, submission.reply_by
    if same(person.email, representative.email):
        person, reply_by = replace(person, email=""), ReplyBy.NONE if reply_by is ReplyBy.EMAIL else reply_by
    if same(person.phone, representative.phone):
        person, reply_by = replace(person, phone=""), ReplyBy.NONE if reply_by is ReplyBy.PHONE else reply_by
    return replace(submission, person=person, reply_by=reply_by)


def _tell_representative(session: Session, file: CaseFile, secret_key: str, *, by: Actor, at: datetime) -> None:
    write_to_representative(session, file, LetterKind.REPRESENTATIVE_RECEIPT, 1, by=by, at=at)
    (one,) = file.case.representatives
    if secret_key and one.standing(at.date()) is Standing.WAITING:
        ask_whoever_can_be(session, file, one, secret_key=secret_key, by=by, at=at)
