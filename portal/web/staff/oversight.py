"""Complaints without names, for whoever watches over all of them: what happened, when, and what was late."""

from __future__ import annotations

from flask import Response, abort, url_for
from htmx_flask import request

from portal import landlords
from portal.clock import current_clock
from portal.domain.permissions import Action
from portal.domain.without_names import without_names
from portal.records import oversight as records
from portal.records.oversight import Place, Watched
from portal.records.queries import NotFound
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page, page_or_fragment
from portal.web.staff.blueprint import blueprint
from portal.web.staff.case import date_rows
from portal.web.staff.desk import Desk
from portal.web.staff.queue import when_due
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l

VIEWS = {
    Watched.OPEN: (_l("Open"), _l("There are no open complaints.")),
    Watched.OVERDUE: (_l("Overdue"), _l("Nothing is overdue.")),
    Watched.ENDED: (_l("Ended"), _l("No complaint has ended yet.")),
}


@blueprint.get("/oversight")
@requires(Action.SEE_WITHOUT_NAMES)
def oversight() -> Response:
    """Two statements with that which finds out who asks, however many complaints there are."""
    today, view = current_clock().today(), _view(request.args.get("view", ""))
    place = Place.from_text(request.args.get("after", ""))
    with database().session() as session:
        found = records.watched(session, current_actor(), view, today, after=place)
    calendar = landlords.calendar_for(current_landlord().key)
    return page_or_fragment(
        "staff/oversight.html",
        "staff/_oversight.html",
        view=view,
        views=VIEWS,
        filters=[(VIEWS[each][0], url_for("staff.oversight", view=each.value), each is view) for each in VIEWS],
        rows=found.rows,
        whens={row.id: when_due(row.due_on, today, calendar) for row in found.rows if row.due_on},
        later=url_for("staff.oversight", view=view.value, after=str(found.after)) if found.after else None,
    )


@blueprint.get("/oversight/<reference>")
@requires(Action.SEE_WITHOUT_NAMES)
def watched_case(reference: str) -> Response:
    """One complaint. The template is given nothing in which a name or anybody's words could stand."""
    actor, today = current_actor(), current_clock().today()
    with database().session() as session:
        try:
            file = records.opened_without_names(session, reference, actor, landlords.rules_for)
        except NotFound:
            abort(404)
    dates = date_rows(Desk(file, actor, current_landlord(), today, staff={}))
    return page("staff/watched_case.html", case=without_names(file.case, today), dates=dates)


def _view(name: str) -> Watched:
    return Watched(name) if name in list(Watched) else Watched.OPEN
