"""A complaint that reached staff: by phone, by post, in person. The same questions as on the resident's form."""

from __future__ import annotations

from flask import Response, current_app
from htmx_flask import request

from portal import landlords
from portal.actions.submit_complaint import submit_complaint
from portal.clock import current_clock
from portal.domain.owed import next_due
from portal.domain.permissions import Action
from portal.domain.refusal import Refused
from portal.records import access, drafts
from portal.records.queries import open_case
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import problems, refuse
from portal.web.staff.forms import RecordComplaint
from portal.web.whose import current_landlord
from portal.web.wording import said


@blueprint.get("/record")
@requires(Action.RECORD_COMPLAINT)
def record() -> Response:
    form = RecordComplaint(formdata=None)
    form.once.data = drafts.new_token()
    form.received_on.typed = {part: str(getattr(current_clock().today(), part)) for part in ("day", "month", "year")}
    return _page(form)


@blueprint.post("/record")
@requires(Action.RECORD_COMPLAINT)
def save_record() -> Response:
    """Store it and show the secret code, on this answer alone."""
    form = RecordComplaint()
    if request.form.get("press") == "change":
        return _page(form)
    if not form.validate():
        return _page(form, status=422)
    try:
        return _stored(form)
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _page(form, status=422)


def _stored(form: RecordComplaint) -> Response:
    """One complaint, however often the same form with the same words is sent."""
    landlord, now, told = current_landlord().key, current_clock().now(), form.submission()
    acting, key = form.representative(), current_app.extensions["settings"].secret_key
    token = f"{form.once.data}:{told}:{acting}"
    code = access.code_for(key, token)
    with database().unit_of_work() as session:
        kept = drafts.claimed(session, landlord, token, at=now)
        if kept.submitted_reference:
            file = open_case(session, kept.submitted_reference, current_actor(), landlords.rules_for)
        else:
            file = submit_complaint(
                session, current_actor(), landlord, told, code=code, now=now, representative=acting, secret_key=key
            )
            drafts.mark_submitted(kept, file.case.reference)
    due = next_due(file.case, file.rules)
    return page(
        "staff/recorded.html",
        case=file.case,
        code=code if acting or file.case.received.person.can_be_known else None,
        due=due if due and not due.missed(now.date()) else None,
        invitation=None,
    )


def _page(form: RecordComplaint, *, status: int = 200) -> Response:
    return page("staff/record.html", status=status, form=form, errors=problems(form))
