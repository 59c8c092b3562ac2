"""Several complaints of a list, given to one person at once. Nothing else is done to several."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flask import Response, session, url_for
from flask_wtf import FlaskForm
from wtforms import SelectChoice, ValidationError

from portal.clock import current_clock
from portal.domain.permissions import Action
from portal.records import queries
from portal.records.queries import PAGE
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.assigning import NotAssigned, assign_each
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import AnyOf, Pick, Tick, needed, problems
from portal.web.staff.queue_filter import VIEWS, list_in_address
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l

KEPT = "assigned"
A_TICK = re.compile(r"[0-9A-Z-]{4,20}\.[0-9]{1,9}")


class AssignSeveral(FlaskForm):
    """Which complaints, each with the version that was looked at, and to whom."""

    cases = AnyOf(_l("Which complaints?"), [], validators=[needed(_l("Choose at least one complaint"))])
    handler_id = Pick(_l("Assign them to"), validators=[needed(_l("Choose who handles them"))])
    no_conflict = Tick(
        _l("I have asked them: they have no conflict of interest in any of these (Code 5.8)"),
        validators=[needed(_l("Ask them, and confirm that they have no conflict of interest"))],
    )

    def validate_cases(self, field: AnyOf) -> None:
        if len(field.data) > PAGE:
            raise ValidationError(_l("Choose %(most)s complaints or fewer", most=PAGE))


@blueprint.get("/assign")
@requires(Action.ASSIGN_HANDLER)
def assign_several() -> Response:
    return _page(AssignSeveral(formdata=None))


@blueprint.post("/assign")
@requires(Action.ASSIGN_HANDLER)
def send_assign_several() -> Response:
    """Each is assigned as if it had been opened: what has changed since, or may not be given to them, stays."""
    form = AssignSeveral()
    with database().session() as reading:
        people = queries.staff_of(reading, current_landlord().key)
        asked = list_in_address(reading)
    _offer(form, people, (each for each in form.cases.data if A_TICK.fullmatch(each)))
    if not form.validate():
        return _page(form, status=422)
    outcome = assign_each(form.cases.data, int(form.handler_id.data))
    session[KEPT] = {
        "to": next(each.name for each in people if str(each.id) == form.handler_id.data),
        "assigned": outcome.assigned,
        "refused": _by_reason(outcome.refused),
    }
    return see_other(url_for("staff.assigned", **asked.page_address))


@blueprint.get("/assigned")
@requires(Action.ASSIGN_HANDLER)
def assigned() -> Response:
    """What became of those that were ticked last."""
    with database().session() as reading:
        back = url_for("staff.queue", **list_in_address(reading).page_address)
    return page("staff/assigned.html", outcome=session.get(KEPT), back=back)


def _page(form: AssignSeveral, *, status: int = 200) -> Response:
    """The page of the list that the address names, without what has ended: three statements."""
    errors, today = problems(form), current_clock().today()
    with database().session() as reading:
        asked = list_in_address(reading)
        only, order, after = asked.form.only(), asked.form.in_order(), asked.form.place()
        found = queries.queue(reading, current_actor(), asked.view, today, only=only, order=order, after=after)
        people = queries.staff_of(reading, current_landlord().key)
    rows = [row for row in found.rows if row.is_open]
    _offer(form, people, (f"{row.reference}.{row.version}" for row in rows))
    later = {**asked.page_address, "after": str(found.after)}
    return page(
        "staff/assign.html",
        status=status,
        form=form,
        errors=errors,
        rows=rows,
        list_name=VIEWS[asked.view][0],
        said=asked.form.in_words(),
        send=url_for("staff.send_assign_several", **asked.page_address),
        back=url_for("staff.queue", **asked.page_address),
        later=url_for("staff.assign_several", **later) if found.after else None,
    )


def _offer(form: AssignSeveral, people: Iterable[Any], cases: Iterable[str]) -> None:
    form.cases.choices = [SelectChoice(each, each) for each in cases]
    form.handler_id.choices = [SelectChoice("", _l("Choose somebody"))]
    form.handler_id.choices += [SelectChoice(str(each.id), each.name) for each in people]


def _by_reason(refused: Iterable[NotAssigned]) -> list[tuple[str, list[str]]]:
    """Each reason once: a cookie has room for few words."""
    found: dict[str, list[str]] = {}
    for each in refused:
        found.setdefault(each.why, []).append(each.reference)
    return list(found.items())
