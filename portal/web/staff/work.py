"""The open complaints of somebody who leaves, handed over: each only to whom it may be given."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, url_for
from flask_wtf import FlaskForm
from wtforms import SelectChoice

from portal.domain.permissions import Action
from portal.records import queries, staff
from portal.records.staff import User
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.assigning import NotAssigned, assign_each
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import AnyOf, Pick, Tick, needed, problems
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import ngettext


class HandOver(FlaskForm):
    """Which complaints, each with the version that was looked at, and to whom."""

    cases = AnyOf(_l("Which complaints?"), [], validators=[needed(_l("Choose at least one complaint"))])
    handler_id = Pick(_l("Hand them over to"), validators=[needed(_l("Choose who takes them over"))])
    no_conflict = Tick(
        _l("I have asked them: they have no conflict of interest in any of these (Code 5.8)"),
        validators=[needed(_l("Ask them, and confirm that they have no conflict of interest"))],
    )


@blueprint.get("/people/<int:user_id>/work")
@requires(Action.ASSIGN_HANDLER)
def work(user_id: int) -> Response:
    return _page(_found(user_id), HandOver(formdata=None))


@blueprint.post("/people/<int:user_id>/work")
@requires(Action.ASSIGN_HANDLER)
def hand_over(user_id: int) -> Response:
    """Each is assigned by itself: what may not be given to that person stays, with the reason."""
    leaver, form = _found(user_id), HandOver()
    rows = _offer(leaver, form)
    if not form.validate():
        return _page(leaver, form, rows=rows, status=422)
    outcome = assign_each(form.cases.data, int(form.handler_id.data))
    if moved := len(outcome.assigned):
        said_so = ngettext("%(num)d complaint is handed over.", "%(num)d complaints are handed over.", moved)
        flash(said_so, "done")
    if outcome.refused:
        return _page(leaver, HandOver(formdata=None), refused=outcome.refused, status=422)
    return see_other(url_for("staff.work", user_id=user_id))


def _found(user_id: int) -> User:
    with database().session() as session:
        return staff.member(session, current_landlord().key, user_id) or abort(404)


def _offer(leaver: User, form: HandOver) -> Any:
    """Their open complaints, and everybody else who answers some."""
    with database().session() as session:
        rows = queries.handled_by(session, current_actor(), leaver.id)
        others = [each for each in queries.staff_of(session, leaver.landlord or "") if each.id != leaver.id]
    form.cases.choices = [SelectChoice(f"{row.reference}.{row.version}", row.reference) for row in rows]
    form.handler_id.choices = [SelectChoice("", _l("Choose somebody"))]
    form.handler_id.choices += [SelectChoice(str(each.id), each.name) for each in others]
    return rows


def _page(
    leaver: User, form: HandOver, *, rows: Any = None, refused: list[NotAssigned] | None = None, status: int = 200
) -> Response:
    rows = _offer(leaver, form) if rows is None else rows
    return page(
        "staff/work.html",
        status=status,
        leaver=leaver,
        form=form,
        rows=rows,
        refused=refused or [],
        errors=problems(form) + [(f"{each.reference}: {each.why}", None) for each in refused or ()],
    )
