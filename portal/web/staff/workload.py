"""How much work each handler has, with the way to it."""

from __future__ import annotations

from flask import Response, url_for

from portal.clock import current_clock
from portal.domain.permissions import Action
from portal.records import queries
from portal.records.queries import View, Workload
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page
from portal.web.staff.blueprint import blueprint


@blueprint.get("/workload")
@requires(Action.SEE_QUEUE)
def workload() -> Response:
    """Two statements, with that which finds out who asks."""
    with database().session() as session:
        rows = queries.workload(session, current_actor(), current_clock().today())
    return page("staff/workload.html", rows=rows, address=_address)


def _address(row: Workload) -> str:
    if row.handler_id is None:
        return url_for("staff.queue", view=View.UNASSIGNED.value)
    return url_for("staff.queue", view=View.ALL_OPEN.value, handler=row.handler_id)
