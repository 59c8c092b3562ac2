"""Files of a case: what the resident sent, and what staff add."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, flash, url_for
from flask_wtf import FlaskForm
from wtforms import FileField
from wtforms.fields import SelectChoice

from portal.actions.add_evidence import add_evidence
from portal.actions.remove_evidence import remove_evidence
from portal.clock import current_clock
from portal.domain.evidence import PICTURES, may_remove
from portal.domain.permissions import Action
from portal.domain.refusal import Refused
from portal.web import uploads
from portal.web.access import permit, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.blueprint import blueprint
from portal.web.staff.desk import Desk, open_desk
from portal.web.staff.fields import OneOf, problems
from portal.web.staff.representatives import name_of
from portal.web.wording import gettext, said
from portal.web.wording import lazy_gettext as _l


class AddFile(FlaskForm):
    file = FileField(_l("Choose a file"))
    shows = OneOf(
        _l("Does it show that somebody may act for the resident?"),
        (),
        description=_l("Only staff, and whoever added it, see such a file."),
        default="",
    )


def form_for(desk: Desk, *, empty: bool = False) -> AddFile:
    """With the representatives of the case to choose from, where there are any."""
    form = AddFile(formdata=None) if empty else AddFile()
    if not desk.case.representatives:
        del form.shows
    else:
        acting = [SelectChoice(str(each.number), name_of(each)) for each in desk.case.representatives]
        form.shows.choices = [SelectChoice("", _l("No")), *acting]
    return form


@blueprint.get("/cases/<reference>/files")
@requires(Action.SEE_EVIDENCE)
def files(reference: str) -> Response:
    """Every file of the case with who added it and what was found in it."""
    with database().session() as session:
        desk = open_desk(session, reference)
    return _page(desk, form_for(desk, empty=True))


@blueprint.post("/cases/<reference>/files")
@requires(Action.ADD_EVIDENCE)
@uploads.takes_files
def add_file(reference: str) -> Response:
    """Add one file. The resident does not see it."""
    with database().session() as session:
        desk = open_desk(session, reference)
    permit(Action.ADD_EVIDENCE, desk.case)
    form = form_for(desk)
    try:
        _add(desk, form)
    except Refused as refused:
        form.file.errors = [said(refused.message)]
        return _page(desk, form, status=422)
    flash(gettext("The file is added, and is being checked."), "done")
    return see_other(url_for("staff.files", reference=reference))


@blueprint.post("/cases/<reference>/files/<uuid:evidence_id>/remove")
@requires(Action.REMOVE_EVIDENCE)
def remove_file(reference: str, evidence_id: UUID) -> Response:
    """Take back a file that staff added."""
    with database().session() as session:
        desk = open_desk(session, reference)
    permit(Action.REMOVE_EVIDENCE, desk.case)
    try:
        with database().unit_of_work() as session:
            remove_evidence(session, desk.actor, reference, evidence_id, now=current_clock().now())
    except Refused as refused:
        form = form_for(desk, empty=True)
        form.form_errors = [said(refused.message)]
        return _page(desk, form, status=422)
    flash(gettext("The file is removed. That it was there stays on record."), "done")
    return see_other(url_for("staff.files", reference=reference))


@blueprint.get("/cases/<reference>/files/<uuid:evidence_id>")
@requires(Action.SEE_EVIDENCE)
def file(reference: str, evidence_id: UUID) -> Response:
    """One file, to be saved; a photo as the copy without place and device."""
    return _download(reference, evidence_id, Action.SEE_EVIDENCE)


@blueprint.get("/cases/<reference>/files/<uuid:evidence_id>/original")
@requires(Action.SEE_ORIGINAL_EVIDENCE)
def original_file(reference: str, evidence_id: UUID) -> Response:
    """A photo as it was sent, with place and device, for whoever may see that."""
    return _download(reference, evidence_id, Action.SEE_ORIGINAL_EVIDENCE)


def _download(reference: str, evidence_id: UUID, action: Action) -> Response:
    with database().session() as session:
        desk = open_desk(session, reference)
        permit(action, desk.case)
        found = next((each for each in desk.case.files if each.id == evidence_id), None)
        original = action is Action.SEE_ORIGINAL_EVIDENCE
        if original and (found is None or found.kind not in PICTURES):
            abort(404)
        return uploads.download(session, desk.file, found, original=original, marked=True)


def _add(desk: Desk, form: AddFile) -> None:
    sent = uploads.chosen(form.file)
    if sent is None:
        raise Refused(gettext("Choose a file to add"), "file")
    if "shows" in form and not form.shows.validate(form):
        raise Refused(gettext("Choose for whom it shows it"), "file")
    shows = int(form.shows.data) if "shows" in form and form.shows.data else None
    evidence_id, now = uploads.kept(sent), current_clock().now()
    with database().unit_of_work() as session:
        add_evidence(session, desk.actor, desk.case.reference, evidence_id, authority_of=shows, now=now)


def _page(desk: Desk, form: AddFile, *, status: int = 200) -> Response:
    return page(
        "staff/files.html",
        status=status,
        desk=desk,
        case=desk.case,
        form=form,
        errors=problems(form),
        sizes=uploads.stated_sizes(),
        removable={
            each.id
            for each in desk.case.files
            if may_remove(desk.actor, each) and str(each.id) not in desk.case.relied_on
        },
    )
