"""The register of requests for service: a page at a time, and as a table for a spreadsheet in which nobody is named."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, request, url_for

from portal import landlords
from portal.clock import current_clock
from portal.domain.permissions import Action
from portal.records.access_log import Access
from portal.records.easier_requests import asked_with
from portal.records.service_list import Show, requests_page
from portal.records.service_requests import ServiceRequest
from portal.records.sight import those_in_sight
from portal.web.access import current_actor, requires
from portal.web.access_log import note_access
from portal.web.data import database
from portal.web.fragments import page_or_fragment
from portal.web.paging import id_in
from portal.web.staff.blueprint import blueprint
from portal.web.tables import table
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l
from portal.web.words import channel_words

SHOWN = {
    Show.WAITING: (_l("Waiting"), _l("Nobody waits for anything that they asked for.")),
    Show.DONE: (_l("Done"), _l("Nothing that was asked for is done yet.")),
    Show.COMPLAINED: (_l("Also a complaint"), _l("Nobody has complained about a request.")),
}

COLUMNS = (
    _l("Request"),
    _l("Asked on"),
    _l("How it came"),
    _l("Done on"),
    _l("Complaint"),
)


@blueprint.get("/requests")
@requires(Action.SEE_SERVICE_REQUESTS)
def requests() -> Response:
    """Those that wait first, the oldest on top."""
    show, after = _show(), id_in(request.args.get("after", ""))
    with database().session() as session:
        found = requests_page(session, current_landlord().key, show, after=after)
        known = those_in_sight(session, current_actor(), (each.complaint_reference for each in found.rows))
        easier = asked_with(session, found.rows)
    return page_or_fragment(
        "staff/requests.html",
        "staff/_requests.html",
        requests=found.rows,
        age=age_of,
        known=known,
        easier=easier,
        nothing=SHOWN[show][1],
        heading=SHOWN[show][0],
        filters=[(SHOWN[each][0], url_for("staff.requests", show=each.value), each is show) for each in Show],
        later=url_for("staff.requests", show=show.value, after=found.after) if found.after else None,
        as_table=url_for("staff.requests_as_table", show=show.value),
    )


@blueprint.get("/requests.csv")
@requires(Action.SEE_SERVICE_REQUESTS)
def requests_as_table() -> Response:
    """All that are shown: a line of the access log. A complaint that somebody may not know of is not named."""
    show = _show()
    with database().session() as session:
        found = requests_page(session, current_landlord().key, show, limit=None).rows
        known = those_in_sight(session, current_actor(), (each.complaint_reference for each in found))
    note_access(Access.EXPORTED)
    name = f"requests-{show.value}-{current_clock().today().isoformat()}"
    return table(name, COLUMNS, (_cells(each, known) for each in found))


def _cells(asked: ServiceRequest, known: frozenset[str]) -> Iterator[str]:
    yield asked.reference
    yield asked.asked_at.date().isoformat()
    yield str(channel_words(asked.channel))
    yield asked.done_at.date().isoformat() if asked.done_at else ""
    yield asked.complaint_reference if asked.complaint_reference in known and asked.complaint_reference else ""


def age_of(asked: ServiceRequest) -> int:
    """Working days since it was asked for."""
    return landlords.calendar_for(asked.landlord).between(asked.asked_at.date(), current_clock().today())


def _show() -> Show:
    asked = request.args.get("show", "")
    return Show(asked) if asked in list(Show) else Show.WAITING
