"""A complaint that reached staff: by phone, by post, in person. The same questions as on the resident's form."""

from __future__ import annotations

import secrets

from flask import Response
from htmx_flask import request

from portal.actions.submit_complaint import submit_complaint
from portal.clock import current_clock
from portal.domain import references
from portal.domain.permissions import Action
from portal.domain.refusal import Refused
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import problems, refuse
from portal.web.staff.forms import RecordComplaint
from portal.web.whose import current_landlord


@blueprint.get("/record")
@requires(Action.RECORD_COMPLAINT)
def record() -> Response:
    form = RecordComplaint(formdata=None)
    form.received_on.typed = {
        part: str(getattr(current_clock().today(), part)) for part in ("day", "month", "year")
    }
    return _page(form)


@blueprint.post("/record")
@requires(Action.RECORD_COMPLAINT)
def save_record() -> Response:
    """Store it and show the access code, on this answer alone."""
    form = RecordComplaint()
    if request.form.get("press") == "change":
        return _page(form)
    if not form.validate():
        return _page(form, status=422)
    try:
        return _stored(form)
    except Refused as no:
        refuse(form, no.message, no.field)
        return _page(form, status=422)


def _stored(form: RecordComplaint) -> Response:
    code = references.new_code(secrets.choice)
    landlord = current_landlord().key
    with database().unit_of_work() as session:
        file = submit_complaint(
            session,
            current_actor(),
            landlord,
            form.submission(),
            code=code,
            now=current_clock().now(),
        )
    return page("staff/recorded.html", case=file.case, code=code)


def _page(form: RecordComplaint, *, status: int = 200) -> Response:
    return page("staff/record.html", status=status, form=form, errors=problems(form))
