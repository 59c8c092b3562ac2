"""A resident's own complaint: where it stands, its letters, and asking for stage 2."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Response, abort, current_app, request, url_for
from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.request_escalation import request_escalation
from portal.clock import current_clock
from portal.domain.escalation import can_ask_for_stage_2, window_ends
from portal.domain.events import EscalationRequested, Stage
from portal.domain.law import explain_law
from portal.domain.leading import letters_to
from portal.domain.permissions import Action, Role
from portal.domain.referrals import all_told
from portal.domain.refusal import Refused
from portal.records import queries
from portal.records.history import CaseFile
from portal.web.access import current_actor, public, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.resident import forms, progress
from portal.web.whose import current_landlord
from portal.web.wording import said


@requires(Action.TRACK_COMPLAINT)
def my_complaint() -> Response:
    """The whole complaint on one page, in three statements."""
    today = current_clock().today()
    with database().session() as session:
        file = open_own(session)
    if file.case.joined_into:
        letters = progress.letters_of(file.recorded, None)
        ombudsman = landlords.ombudsman(today)
        return page("resident/joined/elsewhere.html", case=file.case, letters=letters, ombudsman=ombudsman)
    return page(
        "resident/my_complaint.html",
        case=file.case,
        progress=progress.progress_of(file.case, file.rules, current_landlord(), file.recorded, today),
        today=today,
        ombudsman=landlords.ombudsman(today),
        passed_on=all_told(file.case.referrals, file.rules.calendar),
        explain_law=explain_law,
        now=current_clock().now(),
    )


@requires(Action.TRACK_COMPLAINT)
def what_you_told_us() -> Response:
    """The complaint in the resident's own words, to read or to print."""
    with database().session() as session:
        file = open_own(session)
    return page("resident/what_you_told_us.html", case=file.case, words_for_stage_2=_words_for_stage_2(file))


def _words_for_stage_2(file: CaseFile) -> str:
    """Why the resident asked for stage 2: nothing where it was another who led the group then."""
    own = (each.event for each in file.recorded if each.number > file.case.led_since)
    return next((each.words for each in own if isinstance(each, EscalationRequested)), "")


@requires(Action.SEE_LETTER)
def letter(letter_id: UUID) -> Response:
    """One letter, as it was sent."""
    with database().session() as session:
        file = open_own(session)
        try:
            found = own_letter(session, file, letter_id)
        except queries.NotFound:
            abort(404)
    return page("resident/letter.html", letter=found, title=progress.LETTERS[found.kind], case=file.case)


@requires(Action.SEE_LETTER)
def letter_pdf(letter_id: UUID) -> Response:
    """The same letter to keep or to print, in the size of type that was asked for."""
    with database().session() as session:
        try:
            found = own_letter(session, open_own(session), letter_id)
        except queries.NotFound:
            abort(404)
    return Response(current_app.extensions["letter_pdf"](found), mimetype="application/pdf")


@requires(Action.REQUEST_ESCALATION)
def ask_for_stage_2() -> Response:
    """The page with the one button. Whoever has asked already is told what happens now."""
    return show_stage_2(forms.AskForStage2(formdata=None))


@public
def request_stage_2() -> Response:
    """Receive the request, with reasons or without, in time or late.

    It is open to everyone so that words written during an hour that has ended are not lost: they are carried
    through the page that asks for the reference and code again.
    """
    form = forms.AskForStage2()
    if current_actor().role is not Role.RESIDENT:
        again = forms.Track(formdata=None, data={"words": form.words.data})
        return page("resident/track.html", status=403, form=again, visit_over=True)
    if not form.validate():
        return show_stage_2(form, status=422)
    actor = current_actor()
    try:
        with database().unit_of_work() as session:
            request_escalation(
                session, actor, actor.case_reference, words=form.words.data or "", now=current_clock().now()
            )
    except Refused as refused:
        # A second press of the button is answered like the first: `show_stage_2` sees that it was received.
        return show_stage_2(form, refused, status=422)
    return see_other(url_for("resident.stage_2_received"))


@requires(Action.TRACK_COMPLAINT)
def stage_2_received() -> Response:
    """That it was received, and what happens now."""
    today = current_clock().today()
    with database().session() as session:
        file = open_own(session)
    if file.case.stage is not Stage.TWO:
        return see_other(url_for("resident.ask_for_stage_2"))
    steps = progress.steps_ahead(file.case, file.rules, current_landlord(), today)
    return page("resident/stage_2_received.html", case=file.case, steps=steps, ombudsman=landlords.ombudsman(today))


def show_stage_2(form: forms.AskForStage2, refused: Refused | None = None, *, status: int = 200) -> Response:
    today = current_clock().today()
    with database().session() as session:
        file = open_own(session)
    if file.case.stage is Stage.TWO:
        return see_other(url_for("resident.stage_2_received"))
    return page(
        "resident/stage_2.html",
        status=status,
        form=form,
        errors=[(said(refused.message), None)] if refused else form.problems,
        decision=can_ask_for_stage_2(file.case, file.rules, today),
        window_ended=window_ended(file, today),
        ombudsman=landlords.ombudsman(today),
    )


def window_ended(file: CaseFile, today: date) -> date | None:
    """The last day of the landlord's own window, where it lies behind an answer that was given."""
    last_day = window_ends(file.case, file.rules)
    return last_day if file.case.now.response and last_day and today > last_day else None


def own_letter(session: Session, file: CaseFile, letter_id: UUID) -> queries.LetterRow:
    """A letter that went to whoever asks: nobody of a group is shown what another was sent."""
    theirs = {each.event.letter_id for each in letters_to(file.recorded, current_actor().member)}
    if str(letter_id) not in theirs:
        raise queries.NotFound(str(letter_id))
    return queries.letter(session, file, letter_id)


STILL_READ = frozenset(
    f"resident.{each}"
    for each in ("my_complaint", "what_you_told_us", "letter", "letter_pdf", "my_file", "who_acts", "stop_who_acts")
)
"""What is there of a complaint that was joined to another: everything else is done there."""


def open_own(session: Session) -> CaseFile:
    """The complaint that the visit is bound to; one that was joined to another can be read, and leads to its page."""
    actor = current_actor()
    try:
        file = queries.open_case(session, actor.case_reference or "", actor, landlords.rules_for)
    except queries.NotFound:
        abort(404)
    if file.case.joined_into and request.endpoint not in STILL_READ:
        abort(see_other(url_for("resident.my_complaint")))
    return file
