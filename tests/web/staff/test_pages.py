"""The queue and the page of a case: what they show, in how many statements."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.domain.events import EVENTS, Person
from portal.paths import folder
from portal.records import drafts, links
from portal.worker import Worker
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.statements import statements
from tests.web.staff.browser import HTMX, Browser

pytestmark = pytest.mark.on_both


def test_an_empty_queue_says_so(lead: Browser) -> None:
    page = lead.get()
    assert page.status == 200
    assert "There are no open complaints." in page.words


def test_the_queue_says_in_words_who_what_and_when(lead: Browser, office: Office) -> None:
    office.submit(MONDAY, person=Person(name="Resident With A Name That Goes On And On"))
    words = lead.get().words
    for each in (
        "Resident With A Name That Goes On And On",
        "Stage 1",
        "Received, to be acknowledged",
        "in 5 working days",
        "Nobody yet",
        "All open (1)",
        "Overdue (0)",
    ):
        assert each in words


def test_what_is_late_is_said_in_working_days(lead: Browser, office: Office, clock) -> None:
    office.submit(MONDAY)  # to be acknowledged by Monday 9 November (IDS 6.2.1)
    clock.move_to(ten_oclock(MONDAY + timedelta(days=9)))
    assert "2 working days late" in lead.get("?view=overdue").words


@pytest.mark.parametrize("waits", ["a request for a code", "a link", "a letter"])
def test_staff_are_told_where_no_worker_sends_what_waits(lead: Browser, office: Office, clock, waits: str) -> None:
    app, now = lead.app, clock.now()
    if waits == "a letter":
        office.submit(MONDAY)
    with office.database.unit_of_work() as session:
        if waits == "a request for a code":
            links.keep_request(session, "ids", "H4KM-72QT", at=now)
        elif waits == "a link":
            draft = drafts.save_page(session, "ids", "a token", "when", {}, at=now)
            links.for_draft(session, "a key", draft, "somebody@example.org", language="", at=now)
    clock.move_to(now + timedelta(minutes=14))
    assert "Emails are not being sent" not in lead.get().words
    clock.move_to(now + timedelta(minutes=16))
    assert "Since 2 November 2026 at 10:00am emails wait" in lead.get().words
    Worker(app).turn()
    assert "Emails are not being sent" not in lead.get().words


def test_a_view_is_a_page_and_a_part_of_one(lead: Browser) -> None:
    whole, part = lead.get("?view=mine"), lead.get("?view=mine", headers=HTMX)
    assert "<!DOCTYPE html>" in whole.html
    assert "<html" not in part.html
    assert "You are not handling any complaint." in part.html
    assert "You are not handling any complaint." in whole.words


def test_a_view_or_a_place_that_does_not_exist_shows_the_first_page(lead: Browser) -> None:
    assert lead.get("?view=nonsense&after=nonsense").status == 200


def test_the_next_page_begins_where_this_one_ended(lead: Browser, office: Office) -> None:
    references = [office.submit(MONDAY) for _ in range(26)]
    first = lead.get()
    link = next(each for each in first.tree.iter("a") if each.get("rel") == "next").get("href")
    second = lead.page(lead.client.get(link))
    assert references[0] in first.words
    assert references[25] not in first.words
    assert references[25] in second.words


@pytest.mark.parametrize("path", ["", "cases/{}"])
def test_statements_do_not_grow_with_the_cases(lead: Browser, office: Office, path: str) -> None:
    reference = office.acknowledged(MONDAY)
    counts = []
    for more in (2, 27):
        for _ in range(more):
            office.assign(office.submit(MONDAY), MONDAY)
        with statements(lead.app) as seen:
            assert lead.get(path.format(reference)).status == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= (11 if path else 6)


def test_a_case_in_full(lead: Browser, office: Office) -> None:
    reference = office.answered(MONDAY, MONDAY + timedelta(days=2))
    office.escalate(reference, MONDAY + timedelta(days=3))
    page = lead.get(f"cases/{reference}")
    for each in (
        "Resident One",
        "The roof leaks and nobody called back.",
        "Nobody called back",
        "We were slow.",
        "Acknowledge stage 2",
        "Stage 2 asked for",
        "Letter written: Stage 1 response",
        "What cannot be done now, and why",
    ):
        assert each in page.words, each


def test_whoever_may_not_is_told_why(handler: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    words = handler.get(f"cases/{reference}").words
    assert "Only the person who handles this complaint may acknowledge a complaint." in words
    assert handler.get(f"cases/{reference}/acknowledge").status == 403


def test_every_kind_of_event_has_its_place_in_the_history() -> None:
    partials = {path.name for path in (folder("templates") / "timeline").glob("_*.html")}
    assert partials == {f"_{kind}.html" for kind in EVENTS}


def test_a_foreign_or_missing_case_is_not_found(app, lead: Browser, office: Office, database) -> None:
    foreign = Office(database, "ivh").submit(MONDAY)
    for reference in (foreign, "H4KM-72Q"):
        for path in ("", "/acknowledge", "/assign", "/remedies/1", "/letters/0b0e1c9e-6d5c-4a9c-8d5e-5b3a6f1c2d3e"):
            assert lead.get(f"cases/{reference}{path}").status == 404


def test_staff_of_another_landlord_are_strangers(app, lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    lead.landlord = "ivh"
    for path in ("", f"cases/{reference}", "cases/H4KM-72Q", "record"):
        page = lead.get(path)
        assert page.status == 303
        assert page.location.startswith("/ivh/staff/sign-in")


def test_a_printed_case_says_when_and_by_whom_and_shows_no_way_to_press(lead: Browser, office: Office) -> None:
    tree = lead.get(f"cases/{office.acknowledged(MONDAY)}").tree
    on_paper = [each for each in tree.iter() if "portal-print-only" in (each.get("class") or "")]
    assert ["".join(each.itertext()) for each in on_paper] == [
        f"As it stood on 2 November 2026 at 10:00am, printed by {office.lead.name}."
    ]
    hidden = [each for each in tree.iter() if "portal-no-print" in (each.get("class") or "").split()]
    acts = {link.get("href") for each in hidden for link in each.iter("a")}
    assert not [
        each for each in tree.iter("a") if "govuk-button" in (each.get("class") or "") and each.get("href") not in acts
    ]
