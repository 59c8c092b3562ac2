"""Letters as they were sent, and those that somebody has to print and post."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, current_app, flash, url_for

from portal.actions.record_call import record_call
from portal.actions.record_posting import record_posting
from portal.clock import current_clock
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.permissions import Action
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.records import links, queries
from portal.records.queries import LetterRow, LetterState
from portal.records.sent import copies_of
from portal.web.access import permit, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.blueprint import blueprint
from portal.web.staff.desk import Desk, open_desk
from portal.web.staff.fields import problems, refuse
from portal.web.staff.forms import RecordCall, RecordPosting, StaffForm
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said
from portal.web.words import words


@blueprint.get("/cases/<reference>/letters/<uuid:letter_id>")
@requires(Action.SEE_LETTER)
def letter(reference: str, letter_id: UUID) -> Response:
    """One letter, word for word, with what became of it."""
    desk, found = open_letter(reference, letter_id)
    to_call = found.state is LetterState.TO_CALL
    return _page(desk, found, RecordCall(formdata=None) if to_call else RecordPosting(formdata=None))


@blueprint.post("/cases/<reference>/letters/<uuid:letter_id>/posted")
@requires(Action.RECORD_POSTING)
def posted(reference: str, letter_id: UUID) -> Response:
    """Somebody put it in the post."""
    desk, found = open_letter(reference, letter_id)
    permit(Action.RECORD_POSTING, desk.case)
    form = RecordPosting()
    if not form.validate():
        return _page(desk, found, form, status=422)
    try:
        with database().unit_of_work() as session:
            record_posting(
                session,
                desk.actor,
                reference,
                letter_id,
                posted_on=form.posted_on.data,
                as_agreed=form.as_agreed.data != "no",
                reason=form.reason.data or "",
                handed_to=(form.handed_to.data or "") if form.by_hand.data == "yes" else "",
                now=current_clock().now(),
            )
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _page(desk, found, form, status=422)
    flash(str(_l("It is recorded.")), "done")
    return see_other(url_for("staff.case", reference=reference))


@blueprint.post("/cases/<reference>/letters/<uuid:letter_id>/called")
@requires(Action.RECORD_CALL)
def called(reference: str, letter_id: UUID) -> Response:
    """Somebody called, and told the resident what it says or reached nobody."""
    desk, found = open_letter(reference, letter_id)
    permit(Action.RECORD_CALL, desk.case)
    form = RecordCall()
    if not form.validate():
        return _page(desk, found, form, status=422)
    reached = form.reached.data == "yes"
    try:
        with database().unit_of_work() as session:
            record_call(
                session,
                desk.actor,
                reference,
                letter_id,
                called_on=form.called_on.data,
                reached=reached,
                words=form.words.data or "",
                now=current_clock().now(),
            )
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _page(desk, found, form, status=422)
    flash(
        str(_l("The call is recorded.") if reached else _l("The try is recorded. They are still to be called.")), "done"
    )
    return see_other(url_for("staff.case", reference=reference))


@blueprint.get("/cases/<reference>/letters/<uuid:letter_id>/letter.pdf")
@requires(Action.SEE_LETTER)
def letter_pdf(reference: str, letter_id: UUID) -> Response:
    """The letter to print, in the size of type that was agreed."""
    return Response(printed(reference, letter_id), mimetype="application/pdf")


def printed(reference: str, letter_id: UUID) -> bytes:
    """The same as a file, with the code that is printed under it where it brings one."""
    _desk, found = open_letter(reference, letter_id)
    made: bytes = current_app.extensions["letter_pdf"](found, _slip(found, reference))
    return made


def open_letter(reference: str, letter_id: UUID) -> tuple[Desk, LetterRow]:
    """A letter that whoever asks may see, with the complaint that it is about."""
    with database().session() as session:
        desk = open_desk(session, reference)
        if not desk.may_see_letter(letter_id):
            abort(404)
        try:
            return desk, queries.letter(session, desk.file, letter_id)
        except queries.NotFound:
            abort(404)


def _asked_format(found: LetterRow) -> list[object]:
    """What a person has to look at before this letter goes, in words."""
    size = [_l("%(size)s point type", size=found.type_size)] if found.type_size else []
    return [*size, *(words(Adjustment(each)) for each in found.by_hand.split())]


def _page(desk: Desk, found: LetterRow, form: StaffForm, *, status: int = 200) -> Response:
    with database().session() as session:
        copies = copies_of(session, found)
    return page(
        "staff/letter.html",
        status=status,
        slip=_slip(found, desk.case.reference),
        copies=copies,
        desk=desk,
        letter=found,
        form=form,
        errors=problems(form),
        needs_format=_asked_format(found),
        to_post=found.state is LetterState.TO_POST,
        to_call=found.state is LetterState.TO_CALL,
    )


def _slip(found: LetterRow, reference: str) -> str:
    """How to use the code to be printed with a letter, and the code: derived for the print, and in no stored letter."""
    if found.kind is not LetterKind.CODE_SLIP or found.state is not LetterState.TO_POST:
        return ""
    with database().session() as session:
        slip = links.slip_of_letter(session, found.id, at=current_clock().now())
    if slip is None:
        return ""
    code = links.slip_code(current_app.extensions["settings"].secret_key, slip.id)
    words: str = current_app.extensions["slip_words"](found.landlord, reference, code, found.language)
    return words
