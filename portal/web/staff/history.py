"""What happened to a case, the latest first: a page at a time, all of it or of one kind alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import islice
from typing import Any

from flask import Response, url_for
from htmx_flask import request

from portal.domain.events import Recorded
from portal.domain.permissions import Action
from portal.web.access import requires
from portal.web.data import database
from portal.web.fragments import page_or_fragment
from portal.web.paging import id_in
from portal.web.staff.blueprint import blueprint
from portal.web.staff.desk import Desk, open_desk
from portal.web.wording import lazy_gettext as _l

PAGE = 50


class Show(StrEnum):
    """What is shown of it, as the address says it."""

    ALL = "all"
    LETTERS = "letters"
    CONTACTS = "contacts"
    DECISIONS = "decisions"
    DATES = "dates"
    FILES = "files"
    ACCESS = "access"


LABELS = {
    Show.ALL: _l("Everything"),
    Show.LETTERS: _l("Letters"),
    Show.CONTACTS: _l("Contacts"),
    Show.DECISIONS: _l("Decisions"),
    Show.DATES: _l("Dates"),
    Show.FILES: _l("Files"),
    Show.ACCESS: _l("People and access"),
}

KINDS: Mapping[Show, frozenset[str]] = {
    show: frozenset(kinds.split())
    for show, kinds in {
        Show.LETTERS: "letter_written letter_copied member_letter letter_handed_over",
        # What somebody said to us, or we to them.
        Show.CONTACTS: """complaint_received message_received message_sent messages_read call_back_requested
            issue_raised resident_called contact_recorded mail_filed escalation_requested complaint_withdrawn
            updates_agreed adjustment_requested condition_told vulnerability_told remedy_reported feedback_given
            contact_restriction_appealed""",
        Show.DECISIONS: """complaint_triaged handler_assigned staff_named interests_declared override_asked
            override_decided complaint_acknowledged check_asked check_decided response_sent complaint_declined
            complaint_closed issue_decided remedy_added remedy_completed payment_moved adjustment_decided
            adjustment_applied adjustment_set_aside adjustment_reviewed part_referred referral_moved
            building_safety_judged request_linked complaint_taken_in complaint_joined taking_in_undone joining_undone
            complaint_linked link_ended contact_restricted contact_restriction_reviewed contact_appeal_decided
            ombudsman_enquired ombudsman_evidence_sent ombudsman_directed ombudsman_determined ombudsman_order_done""",
        Show.DATES: """deadline_extended limit_missed law_limit_missed remedy_overdue bank_holiday_added
            bank_holiday_removed""",
        Show.FILES: "evidence_added evidence_checked evidence_removed pack_made",
        Show.ACCESS: """code_issued code_requested contact_changed contact_confirmed language_chosen person_joined
            representative_added authority_asked authority_recorded authority_ended representative_code_issued
            representative_language_chosen group_formed member_joined member_contact_changed member_language_chosen
            member_left lead_offered lead_changed lead_left member_code_requested member_code_issued area_chosen
            complaint_restricted restriction_lifted""",
    }.items()
}
"""Under which of them each kind of event stands."""


@blueprint.get("/cases/<reference>/history")
@requires(Action.SEE_CASE)
def history(reference: str) -> Response:
    """As many statements as to open the case, however long its history is."""
    with database().session() as session:
        desk = open_desk(session, reference)
    part = history_part(desk, _show(request.args.get("show", "")), id_in(request.args.get("before", "")))
    return page_or_fragment("staff/history.html", "staff/_history.html", desk=desk, case=desk.case, **part)


def history_part(desk: Desk, show: Show = Show.ALL, before: int | None = None) -> dict[str, Any]:
    """What the template of a page of the history asks for. `before`: the number of the entry after which it begins."""
    found = list(islice(_entries(desk, show, before), PAGE + 1))
    entries = found[:PAGE]
    return {
        "entries": entries,
        "shown": LABELS[show],
        "filters": [(LABELS[each], _address(desk, each), each is show) for each in Show],
        "earlier": _address(desk, show, entries[-1].number) if len(found) > PAGE else None,
        "latest": _address(desk, show) if before else None,
    }


def _entries(desk: Desk, show: Show, before: int | None) -> Iterator[Recorded]:
    """The latest first, as far as whoever looks may know of it."""
    for each in reversed(desk.file.recorded):
        wanted = show is Show.ALL or each.event.kind in KINDS[show]
        if wanted and (before is None or each.number < before) and desk.may_know_of(each):
            yield each


def _show(name: str) -> Show:
    try:
        return Show(name)
    except ValueError:
        return Show.ALL


def _address(desk: Desk, show: Show, before: int | None = None) -> str:
    return url_for("staff.history", reference=desk.case.reference, show=show.value, before=before)
