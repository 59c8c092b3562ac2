"""Lists of complaints, narrowed and put in order by a form whose address says all of it."""

from __future__ import annotations

from datetime import timedelta

from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.answer import Answer, text_of
from tests.web.staff.browser import HTMX, Browser


def listed(page: Answer) -> list[str]:
    return [text_of(each) for each in page.tree.findall(".//tbody/tr/th")]


def test_what_is_asked_for_is_shown_and_goes_on_to_the_next_page(lead: Browser, office: Office) -> None:
    mine = [office.submit(MONDAY, channel="phone") for _ in range(27)]
    for reference in mine:
        office.assign(reference, MONDAY)
    office.submit(MONDAY, channel="phone")
    office.assign(office.submit(MONDAY), MONDAY)
    asked = f"?view=all_open&handler={office.handler.user_id}&channel=phone&order=newest&stage=&due_by-day="
    first = lead.get(asked)
    assert f"27 complaints. Handler: {office.handler.name}, Came by: Phone, Order: Received last." in first.words
    second = lead.page(
        lead.client.get(next(each for each in first.tree.iter("a") if each.get("rel") == "next").get("href"))
    )
    assert listed(first) + listed(second) == mine[::-1]
    part = lead.get(asked, headers=HTMX)
    assert "<html" not in part.html
    assert listed(part) == listed(first)
    heading = next(each for each in part.tree.iter("h2") if each.get("data-focus-after-swap") is not None)
    assert heading.get("data-announce") == "All open: 27 complaints"


def test_conditions_hold_together_and_an_empty_list_says_why(lead: Browser, office: Office, clock) -> None:
    late, free = office.submit(MONDAY), office.submit(MONDAY + timedelta(days=7))
    office.assign(late, MONDAY)
    page = lead.get("?view=all_open&handler=nobody&also=overdue")
    assert "No complaint of this list is like that." in page.words
    assert listed(lead.get("?view=all_open&handler=nobody")) == [free]
    due = "due_by-day=9&due_by-month=11&due_by-year=2026"  # five working days (IDS 6.2.1)
    assert listed(lead.get(f"?view=all_open&{due}")) == [late]
    assert "Nothing is overdue." in lead.get("?view=overdue").words


def test_what_is_no_choice_is_said_at_its_field_and_asks_for_nothing(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    for wrong, field in (
        ("handler=999999999", "#handler"),
        ("handler=somebody", "#handler"),
        ("stage=3", "#stage"),
        ("flag=tall", "#flag"),
        ("due_by-day=31&due_by-month=2&due_by-year=2026", "#due_by-day"),
        ("also=nonsense", "#also"),
        ("order=sideways", "#order"),
    ):
        page = lead.get(f"?view=all_open&{wrong}")
        assert page.status == 422, wrong
        assert field in page.errors, wrong
        assert listed(page) == [reference], wrong


def test_nobody_of_another_landlord_is_named_by_their_number(lead: Browser, office: Office, database) -> None:
    stranger = Office(database, "ms").handler
    page = lead.get(f"?view=all_open&handler={stranger.user_id}")
    assert page.status == 422
    assert stranger.name not in page.html
