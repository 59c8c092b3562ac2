"""Letters as they were sent, and those that somebody has to print and post."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, flash, url_for

from portal.actions.record_posting import record_posting
from portal.clock import current_clock
from portal.domain.permissions import Action
from portal.domain.refusal import Refused
from portal.records import queries
from portal.records.queries import LetterState
from portal.web.access import permit, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.blueprint import blueprint
from portal.web.staff.desk import Desk, open_desk
from portal.web.staff.fields import problems, refuse
from portal.web.staff.forms import RecordPosting
from portal.web.wording import lazy_gettext as _l


@blueprint.get("/cases/<reference>/letters/<uuid:letter_id>")
@requires(Action.SEE_LETTER)
def letter(reference: str, letter_id: UUID) -> Response:
    """One letter, word for word, with what became of it."""
    desk, found = _open(reference, letter_id)
    return _page(desk, found, RecordPosting(formdata=None))


@blueprint.post("/cases/<reference>/letters/<uuid:letter_id>/posted")
@requires(Action.RECORD_POSTING)
def posted(reference: str, letter_id: UUID) -> Response:
    """Somebody put it in the post."""
    desk, found = _open(reference, letter_id)
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
                now=current_clock().now(),
            )
    except Refused as no:
        refuse(form, no.message, no.field)
        return _page(desk, found, form, status=422)
    flash(str(_l("The posting is recorded.")), "done")
    return see_other(url_for("staff.case", reference=reference))


def _open(reference: str, letter_id: UUID) -> tuple[Desk, object]:
    with database().session() as session:
        desk = open_desk(session, reference)
        try:
            return desk, queries.letter(session, desk.file, letter_id)
        except queries.NotFound:
            abort(404)


def _page(desk: Desk, found: object, form: RecordPosting, *, status: int = 200) -> Response:
    return page(
        "staff/letter.html",
        status=status,
        desk=desk,
        letter=found,
        form=form,
        errors=problems(form),
        to_post=found.state is LetterState.TO_POST,
    )
