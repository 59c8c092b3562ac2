"""The cases of an office: a list in views and pages, and the same as a table to save."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, url_for
from htmx_flask import request

from portal.clock import current_clock
from portal.domain.office_cases import OfficeCase, OnOffice, seen_by_office
from portal.domain.permissions import Action
from portal.domain.representative_kinds import Standing
from portal.records import office_cases
from portal.records.office_cases import Show
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page_or_fragment
from portal.web.tables import table
from portal.web.wording import lazy_gettext as _l
from portal.web.words import words

VIEWS = {
    Show.ALL: (_l("All"), _l("Your office has no cases here yet.")),
    Show.WAITING: (_l("Waiting on us"), _l("Nothing waits for your office.")),
    Show.OVERDUE: (_l("Overdue"), _l("Nothing is overdue.")),
    Show.ANSWERED: (_l("Answered"), _l("None of your cases has been answered yet.")),
    Show.NEEDS_AUTHORITY: (_l("Needs authority"), _l("There is an authority for every case that needs one.")),
    Show.ENDED: (_l("Access ended"), _l("Your access has ended for none of your cases.")),
}

ON_OFFICE = {
    OnOffice.AUTHORITY: _l("Show us that the resident agrees"),
    OnOffice.ENDS_SOON: _l("Your authority ends soon: ask the resident for a new one"),
    OnOffice.STAGE_2: _l("Answered: you can ask for stage 2"),
}

ACCESS = {
    Standing.WAITING: _l("Needs authority"),
    Standing.IN_FORCE: _l("In force"),
    Standing.NOT_YET: _l("Not begun yet"),
    Standing.EXPIRED: _l("Ended"),
    Standing.ENDED: _l("Ended"),
}

COLUMNS = (
    _l("Your reference"),
    _l("Our reference"),
    _l("Resident"),
    _l("Received on"),
    _l("Stage"),
    _l("Status"),
    _l("Next date"),
    _l("Overdue"),
    _l("Waiting on you"),
    _l("Your access"),
)


@requires(Action.SEE_OWN_OFFICE)
def cases() -> Response:
    """Three statements, however many cases there are."""
    today, actor, show = current_clock().today(), current_actor(), _show(request.args.get("show", ""))
    with database().session() as session:
        found = office_cases.own_cases(session, actor, show, today, after=_after(request.args.get("after", "")))
        counts = office_cases.counts(session, actor, today)
    return page_or_fragment(
        "representative/cases.html",
        "representative/_cases.html",
        views=VIEWS,
        show=show,
        filters=[(f"{VIEWS[each][0]} ({counts[each]})", _address(each), each is show) for each in Show],
        rows=[seen_by_office(each, today) for each in found.rows],
        on_office=ON_OFFICE,
        later=_address(show, found.after) if found.after else None,
        first=_address(show) if request.args.get("after") else None,
    )


@requires(Action.SEE_OWN_OFFICE)
def cases_as_table() -> Response:
    """Every case of one view for a spreadsheet: of a resident nothing but the initials."""
    today, show = current_clock().today(), _show(request.args.get("show", ""))
    with database().session() as session:
        found = office_cases.own_cases(session, current_actor(), show, today, limit=None)
    rows = (_line(seen_by_office(one, today)) for one in found.rows)
    return table(f"cases-{today.isoformat()}", COLUMNS, rows)


def _line(case: OfficeCase) -> Iterator[Any]:
    yield case.own_reference
    yield case.reference
    yield case.initials
    yield case.received_on.isoformat()
    yield words(case.stage) if case.stage else ""
    yield words(case.status) if case.status else ""
    yield case.due_on.isoformat() if case.due_on else ""
    yield _l("Yes") if case.overdue else ""
    yield ON_OFFICE[case.waits_for] if case.waits_for else ""
    yield ACCESS[case.standing]


def _show(name: str) -> Show:
    try:
        return Show(name)
    except ValueError:
        return Show.ALL


def _after(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def _address(show: Show, after: int | None = None) -> str:
    more: dict[str, Any] = {"after": after} if after else {}
    return url_for("representative.cases", show=show.value, **more)
