"""What staff write for each other about a complaint: a page of its own, which nobody else can ever open."""

from __future__ import annotations

from flask import Response, flash, request, url_for
from flask_wtf import FlaskForm

from portal.actions.write_note import write_note
from portal.clock import current_clock
from portal.domain.permissions import Action
from portal.domain.refusal import Refused
from portal.records.notes import notes_page
from portal.web.access import permit, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.paging import id_in
from portal.web.staff.blueprint import blueprint
from portal.web.staff.desk import open_desk
from portal.web.staff.fields import problems, refuse, words
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said


class WriteNote(FlaskForm):
    words = words(
        _l("Write a note"),
        _l("Write the note"),
        hint=_l(
            "Write only what you would say to their face: whoever asks for all that we hold about them is given the "
            "notes too (UK GDPR, Article 15)."
        ),
    )


@blueprint.get("/cases/<reference>/notes")
@requires(Action.SEE_NOTES)
def notes(reference: str) -> Response:
    return _page(reference, WriteNote(formdata=None))


@blueprint.post("/cases/<reference>/notes")
@requires(Action.WRITE_NOTE)
def save_note(reference: str) -> Response:
    with database().session() as session:
        desk = open_desk(session, reference)
    permit(Action.WRITE_NOTE, desk.case)
    form = WriteNote()
    if not form.validate():
        return _page(reference, form, status=422)
    try:
        with database().unit_of_work() as session:
            write_note(session, desk.actor, reference, words=form.words.data or "", now=current_clock().now())
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _page(reference, form, status=422)
    flash(str(_l("The note is kept.")), "done")
    return see_other(url_for("staff.notes", reference=reference))


def _page(reference: str, form: WriteNote, *, status: int = 200) -> Response:
    with database().session() as session:
        desk = open_desk(session, reference)
        permit(Action.SEE_NOTES, desk.case)
        found = notes_page(session, desk.file, before=id_in(request.args.get("before", "")))
    return page(
        "staff/notes.html",
        status=status,
        desk=desk,
        form=form,
        errors=problems(form),
        found=found,
        later=url_for("staff.notes", reference=reference, before=found.before) if found.before else None,
    )
