"""A promised remedy is done."""

from __future__ import annotations

from flask import Response, abort, flash, url_for
from htmx_flask import request

from portal.actions.complete_remedy import complete_remedy
from portal.clock import current_clock
from portal.domain.case import Remedy
from portal.domain.permissions import Action, may
from portal.domain.refusal import Refused
from portal.web.access import requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.blueprint import blueprint
from portal.web.staff.desk import Desk, open_desk
from portal.web.staff.fields import problems, refuse, typed_in
from portal.web.staff.forms import CompleteRemedy
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said


@blueprint.route("/cases/<reference>/remedies/<int:number>", methods=["GET", "POST"])
@requires(Action.COMPLETE_REMEDY)
def remedy(reference: str, number: int) -> Response:
    """The day and the evidence. No version is asked for: a remedy that somebody else completed says so itself."""
    desk, found = _open(reference, number)
    decision = may(desk.actor, Action.COMPLETE_REMEDY, desk.case)
    if not decision:
        wrote = typed_in(CompleteRemedy()) if request.method == "POST" else []
        return page("staff/not_now.html", status=403, desk=desk, act=None, reason=decision.reason, wrote=wrote)
    form = CompleteRemedy()
    if request.method == "GET" or request.form.get("press") == "change":
        return _page(desk, found, form)
    if not form.validate():
        return _page(desk, found, form, status=422)
    try:
        _complete(desk, number, form)
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _page(desk, found, form, status=422)
    flash(str(_l("It is recorded as done.")), "done")
    return see_other(url_for("staff.case", reference=reference))


def _complete(desk: Desk, number: int, form: CompleteRemedy) -> None:
    with database().unit_of_work() as session:
        complete_remedy(
            session,
            desk.actor,
            desk.case.reference,
            number,
            done_on=form.done_on.data,
            evidence=form.evidence.data or "",
            now=current_clock().now(),
        )


def _open(reference: str, number: int) -> tuple[Desk, Remedy]:
    with database().session() as session:
        desk = open_desk(session, reference)
    found = next((each for each in desk.case.remedies if each.number == number), None)
    return (desk, found) if found else abort(404)


def _page(desk: Desk, found: Remedy, form: CompleteRemedy, *, status: int = 200) -> Response:
    return page("staff/remedy.html", status=status, desk=desk, remedy=found, form=form, errors=problems(form))
