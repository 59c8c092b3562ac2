"""What people asked for without a complaint: a list, and deciding."""

from __future__ import annotations

from flask import Response, abort, flash, url_for

from portal.actions.settle_easier_request import settle_easier_request
from portal.clock import current_clock
from portal.domain.adjustment_kinds import Outcome
from portal.domain.permissions import Action
from portal.domain.refusal import Refused
from portal.records import enquiries, queries
from portal.records.easier_requests import kind_of_about
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.adjustments import SettleEasier
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import problems, refuse
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said


@blueprint.get("/easier")
@requires(Action.SEE_EASIER_REQUESTS)
def easier() -> Response:
    """Those still to be decided first."""
    with database().session() as session:
        found = queries.easier_requests(session, current_actor())
    return page("staff/easier.html", requests=found)


@blueprint.get("/easier/<reference>")
@requires(Action.SETTLE_EASIER_REQUEST)
def easier_request(reference: str) -> Response:
    return _page(_open(reference), SettleEasier(formdata=None))


@blueprint.post("/easier/<reference>")
@requires(Action.SETTLE_EASIER_REQUEST)
def settle_easier(reference: str) -> Response:
    """What was decided, and how they were told."""
    found, form = _open(reference), SettleEasier()
    if not form.validate():
        return _page(found, form, status=422)
    try:
        with database().unit_of_work() as session:
            settle_easier_request(
                session,
                current_actor(),
                reference,
                outcome=Outcome(form.outcome.data),
                decision=form.decision.data or "",
                reason=form.reason.data or "",
                alternative=form.alternative.data or "",
                now=current_clock().now(),
            )
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _page(found, form, status=422)
    flash(str(_l("The decision is recorded, and the letter about it is written.")), "done")
    return see_other(url_for("staff.easier_request", reference=reference))


def _open(reference: str) -> queries.EasierRequest:
    if not reference.isprintable():
        abort(404)
    with database().session() as session:
        found = queries.easier_request(session, current_actor(), reference)
    if found is None:
        abort(404)
    return found


def _page(found: queries.EasierRequest, form: SettleEasier, *, status: int = 200) -> Response:
    with database().session() as session:
        asker = enquiries.asker_of(session, found)
        letters = enquiries.letters_about(session, found.landlord, found.reference)
        asked_with = kind_of_about(session, found)
    return page(
        "staff/easier_request.html",
        status=status,
        asked=found,
        asker=asker,
        letters=letters,
        asked_with=asked_with,
        form=form,
        errors=problems(form),
    )
