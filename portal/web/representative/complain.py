"""A complaint for a resident, on one page: who the office is stands there already, and is taken from the sign-in."""

from __future__ import annotations

from flask import Response, abort, flash, url_for
from sqlalchemy.orm import Session

from portal.actions.submit_complaint import submit_complaint
from portal.clock import current_clock
from portal.domain.permissions import Action, Role
from portal.domain.refusal import Refused
from portal.records import access, drafts, offices
from portal.web.access import current_actor, public, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.representative.forms import ComplainForResident
from portal.web.resident.lost_code import secret_key
from portal.web.staff.fields import problems, refuse
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l

SIGNED_OUT = _l(
    "You have been signed out. Nothing is lost: your answers are below. Sign in again in another window, "
    "then come back to this one and press the button"
)


@requires(Action.SEE_OWN_OFFICE)
def show_complain() -> Response:
    form = ComplainForResident(formdata=None)
    form.once.data = drafts.new_token()
    return _show(form)


@public
def complain() -> Response:
    """Receive it. Open to everyone, so that what was written during a session that has ended is not lost."""
    form = ComplainForResident()
    if current_actor().role is not Role.OFFICE_MEMBER:
        return page("representative/complain.html", status=401, form=form, office=None, errors=[(SIGNED_OUT, None)])
    if not form.validate():
        return _show(form, status=422)
    try:
        with database().unit_of_work() as session:
            reference = _received(session, form)
    except Refused as no:
        refuse(form, no.message, no.field)
        return _show(form, status=422)
    flash(str(_l("We have received the complaint.")), "done")
    return see_other(url_for("representative.case", reference=reference))


def _received(session: Session, form: ComplainForResident) -> str:
    """One complaint, however often the same form with the same words is sent."""
    actor, landlord, now = current_actor(), current_landlord().key, current_clock().now()
    office = _office(session)
    told, representative = form.submission(now.date()), form.representative(office, actor.name)
    token = f"{form.once.data}:{actor.office_id}:{told}"
    kept = drafts.claimed(session, landlord, token, at=now)
    if kept.submitted_reference:
        return kept.submitted_reference
    # Nobody is told this code: whoever is of the office signs in.
    code = access.code_for(secret_key(), token)
    file = submit_complaint(
        session, actor, landlord, told, code=code, now=now, representative=representative, secret_key=secret_key()
    )
    drafts.mark_submitted(kept, file.case.reference)
    return file.case.reference


def _show(form: ComplainForResident, *, status: int = 200) -> Response:
    with database().session() as session:
        office = _office(session)
    form.offer(office)
    return page("representative/complain.html", status=status, form=form, office=office, errors=problems(form))


def _office(session: Session) -> offices.Office:
    actor = current_actor()
    found = offices.office(session, actor, actor.office_id or 0)
    return found or abort(404)
