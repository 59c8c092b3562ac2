"""The one complaint in which somebody acts for a resident, as far as the authority goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from flask import Response, abort, current_app, flash, url_for
from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.end_authority import end_authority
from portal.actions.request_escalation import request_escalation
from portal.clock import current_clock
from portal.domain.case import Case
from portal.domain.escalation import can_ask_for_stage_2
from portal.domain.messages import last_message_to
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.domain.representation import FULL_REPLY_LETTERS, Representative, in_order, with_number
from portal.domain.representative_kinds import AuthorityScope, WhyEnded
from portal.records import queries
from portal.records.history import CaseFile
from portal.records.queries import LetterRow
from portal.records.representing import TheirPart, parts_of
from portal.web.access import current_actor, public, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.resident import progress, visit
from portal.web.resident.forms import Submit
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l

NOT_NOW = _l("Stage 2 cannot be asked for now.")


@requires(Action.TRACK_REPRESENTED)
def case() -> Response:
    """Where it stands, as far as this person may know."""
    return _show(Submit(formdata=None))


def _show(form: Submit, refused: str = "", *, status: int = 200) -> Response:
    actor, today = current_actor(), current_clock().today()
    with database().session() as session:
        file = open_represented(session)
        letters = letters_for(_parts(session, file), actor)
    sees = may(actor, Action.SEE_PROGRESS, file.case)
    steps = progress.steps(file.case, file.rules, current_landlord(), today) if sees else ()
    one = _me(file.case)
    return page(
        "acting/case.html",
        status=status,
        form=form,
        errors=[(refused, None)] if refused else form.problems,
        reference=file.case.reference,
        received_on=file.case.received.received_on,
        one=one,
        standing=one.standing(today),
        scopes=in_order(actor.scopes),
        stage=file.case.stage if sees else None,
        status_now=file.case.status if sees else None,
        steps=steps,
        next_step=next((step for step in steps if step.to_come), None),
        letters=letters,
        titles=progress.LETTERS,
        comes_along=AuthorityScope.MEETINGS in actor.scopes,
        last_message=last_message_to(file.recorded, one.number),
        stage_2=bool(can_ask_for_stage_2(file.case, file.rules, today)),
        ombudsman=landlords.ombudsman(today),
    )


@requires(Action.SEE_OWN_WORDS)
def what_you_wrote() -> Response:
    """What this person wrote when they made the complaint: of somebody else's words they see nothing."""
    with database().session() as session:
        first = _parts(session, open_represented(session))[-1]
    if not with_number(first.file.case.representatives, first.number).added.submitted:
        abort(404)
    return page("acting/what_you_wrote.html", said=first.file.case.received, reference=first.file.case.reference)


@requires(Action.TRACK_REPRESENTED)
def letter(letter_id: UUID) -> Response:
    """A letter to them, or one to the resident that their authority covers."""
    with database().session() as session:
        found = _letter(session, letter_id)
    return page("acting/letter.html", letter=found, title=progress.LETTERS[found.kind])


@requires(Action.TRACK_REPRESENTED)
def letter_pdf(letter_id: UUID) -> Response:
    with database().session() as session:
        found = _letter(session, letter_id)
    return Response(current_app.extensions["letter_pdf"](found), mimetype="application/pdf")


@requires(Action.REQUEST_ESCALATION)
def ask_for_stage_2() -> Response:
    """For somebody who decides for the resident."""
    form, actor = Submit(), current_actor()
    if not form.validate():
        return _show(form, status=422)
    try:
        with database().unit_of_work() as session:
            request_escalation(session, actor, actor.case_reference or "", now=current_clock().now())
    except queries.NotFound:
        abort(404)
    except Refused:
        return _show(form, str(NOT_NOW), status=422)
    flash(str(_l("We have the request for stage 2.")), "done")
    return see_other(url_for("acting.case"))


@requires(Action.LEAVE_REPRESENTATION)
def stop() -> Response:
    """They act no more. Only the resident, or staff, can begin it again."""
    form, actor = Submit(), current_actor()
    if not form.validate():
        return _show(form, status=422)
    number = actor.representative or 0
    try:
        with database().unit_of_work() as session:
            end_authority(
                session,
                actor,
                actor.case_reference or "",
                number,
                why=WhyEnded.REPRESENTATIVE_LEFT,
                now=current_clock().now(),
            )
    except queries.NotFound:
        abort(404)
    visit.end(visit.ACTING)
    return see_other(url_for("resident.signed_out"))


@public
def sign_out() -> Response:
    """Close it on this device."""
    if Submit().validate():
        visit.end(visit.ACTING)
    return see_other(url_for("resident.signed_out"))


def letters_for(parts: Iterable[TheirPart], actor: Actor) -> list[tuple[str, object, object]]:
    """Id, kind and moment of each letter that this representative may read, newest first."""
    allowed = [each for part in parts for each in _letters_in(part, actor)]
    return sorted(allowed, key=lambda each: each[2])[::-1]


def _letters_in(part: TheirPart, actor: Actor) -> Iterator[tuple[str, object, datetime]]:
    """Those of one complaint: their own, and our replies since they came to it, where those may go to them."""
    there = replace(actor, case_reference=part.file.case.reference, representative=part.number)
    full = bool(may(there, Action.SEE_LETTER, part.file.case))
    for each in part.file.recorded:
        event = each.event
        theirs = event.kind == "letter_copied" and event.number == part.number and event.copy_of is None
        covered = full and event.kind == "letter_written" and event.letter in FULL_REPLY_LETTERS
        if theirs or (covered and each.number > part.since):
            yield event.letter_id, event.letter, each.at


def letter_in(session: Session, parts: Iterable[TheirPart], actor: Actor, letter_id: UUID) -> LetterRow:
    """A letter that this representative may read; for any other there is no such page."""
    holding = (each for each in parts if str(letter_id) in {known for known, _, _ in _letters_in(each, actor)})
    part = next(holding, None)
    if part is None:
        abort(404)
    return queries.letter(session, part.file, letter_id)


def _letter(session: Session, letter_id: UUID) -> LetterRow:
    return letter_in(session, _parts(session, open_represented(session)), current_actor(), letter_id)


def _parts(session: Session, file: CaseFile) -> list[TheirPart]:
    return parts_of(session, file, current_actor().representative or 0, landlords.rules_for)


def open_represented(session: Session) -> CaseFile:
    """The case of whoever acts. Aborts with 404 where they may not see it any more."""
    actor = current_actor()
    try:
        return queries.open_case(session, actor.case_reference or "", actor, landlords.rules_for)
    except queries.NotFound:
        abort(404)


def _me(case: Case) -> Representative:
    return with_number(case.representatives, current_actor().representative or 0)
