"""Finding a complaint: a reference opens it, everything else lists what is found, and no name stands in an address."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.domain.events import Person
from portal.records.access_log import Access, AccessEntry
from portal.records.search import LONGEST
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.statements import statements
from tests.web.answer import Answer
from tests.web.staff.browser import HTMX, Browser

pytestmark = pytest.mark.on_both

KOWALCZUK = Person(name="Małgorzata Kowalczuk", address="1 Tanner’s Yard", postcode="ZZ2 4CD")


def find(browser: Browser, typed: str) -> Answer:
    """What was typed in the box, and the page that it led to."""
    started = browser.post("search", {"typed": typed})
    assert started.status == 303
    return browser.page(browser.client.get(started.location))


@pytest.mark.parametrize("spelt", [str, str.lower, lambda text: text.replace("-", " ")])
def test_a_reference_opens_the_complaint(lead: Browser, office: Office, spelt) -> None:
    reference = office.submit(MONDAY)
    assert lead.post("search", {"typed": spelt(reference)}).location == lead.address(f"cases/{reference}")


def test_a_reference_of_another_landlord_opens_nothing(lead: Browser, office: Office, database) -> None:
    foreign = Office(database, "ivh").submit(MONDAY)
    assert "Nothing was found." in find(lead, foreign).words


def test_a_name_leads_to_a_page_of_its_own_that_does_not_name_it(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY, person=KOWALCZUK)
    office.submit(MONDAY)
    page = find(lead, "Kowalchuk")
    assert "kowal" not in page.path.lower()
    for each in (reference, "Małgorzata Kowalczuk", "1 Tanner’s Yard, ZZ2 4CD", "Received, to be acknowledged"):
        assert each in page.words
    assert len(list(page.tree.iter("tr"))) == 2  # the headings, and one
    assert page.tree.find(".//input[@id='typed']").get("value") == "Kowalchuk"
    again = lead.page(lead.client.get(page.path))
    assert again.words == page.words


def test_the_box_is_on_every_page_of_those_who_may_search(app, lead: Browser, office: Office, handler: Browser) -> None:
    for browser in (lead, handler):
        assert browser.get().tree.find(".//form[@role='search']") is not None
    for actor, home in ((office.administrator, "offices"), (office.oversight, "oversight")):
        other = Browser(app).sign_in(actor)
        page = other.get(home)
        assert page.status == 200
        assert page.tree.find(".//form[@role='search']") is None
        assert other.get("search").status == 404


def test_a_search_is_written_down_without_what_was_typed(lead: Browser, office: Office, database) -> None:
    find(lead, "Kowalczuk")
    with database.session() as session:
        (line,) = session.scalars(select(AccessEntry)).all()
    assert (line.by_id, line.access, line.reference) == (office.lead.user_id, Access.SEARCHED, None)


def test_what_was_typed_stays_in_the_browser_that_it_was_typed_in(app, lead: Browser, handler: Browser, office) -> None:
    office.submit(MONDAY, person=KOWALCZUK)
    path = find(lead, "Kowalczuk").path
    elsewhere = handler.page(handler.client.get(path))
    assert "This search is not kept any more." in elsewhere.words
    assert "Kowalczuk" not in elsewhere.words


def test_nothing_typed_is_said_at_the_box(lead: Browser) -> None:
    page = lead.post("search", {"typed": "  "})
    assert page.status == 422
    assert "Type a name, an address, a number or a word" in page.words
    assert lead.post("search", {"typed": "a" * (LONGEST + 1)}).status == 422


def test_a_session_keeps_the_latest_searches_and_stays_a_cookie(lead: Browser) -> None:
    """Browsers drop a cookie of more than 4 kB, and with it the sign-in."""
    paths = [find(lead, sign * LONGEST).path for sign in "ثجحخدذرزسش"]
    with lead.client.session_transaction() as session:
        assert len(str(session["searches"]).encode("unicode-escape")) < 2000
    assert "not kept any more" in lead.page(lead.client.get(paths[0])).words
    assert "not kept any more" not in lead.page(lead.client.get(paths[-1])).words


def test_a_part_of_it_is_a_page_too(lead: Browser, office: Office) -> None:
    office.submit(MONDAY, person=KOWALCZUK)
    path = find(lead, "Kowalczuk").path
    part = lead.page(lead.client.get(f"{path}?where=who", headers=HTMX))
    assert "<html" not in part.html
    assert "Małgorzata" in part.html
    assert lead.page(lead.client.get(f"{path}?where=nonsense&after=nonsense")).status == 200


def test_the_way_back_leads_to_what_was_found(lead: Browser, office: Office) -> None:
    for _ in range(26):
        office.submit(MONDAY, person=KOWALCZUK)
    first = find(lead, "Kowalczuk")
    later = next(each.get("href") for each in first.tree.iter("a") if each.get("rel") == "next")
    second = lead.page(lead.client.get(later))
    case = next(each.get("href") for each in second.tree.iter("a") if "/cases/" in each.get("href", ""))
    back = lead.page(lead.client.get(case)).tree.find(".//a[@class='govuk-back-link']")
    assert lead.page(lead.client.get(back.get("href"))).words == second.words


@pytest.mark.parametrize(
    "where", ["https://example.org", "//example.org", "../", "search/../../", "offices", "?<script>"]
)
def test_the_way_back_leads_nowhere_else(lead: Browser, office: Office, where: str) -> None:
    reference = office.submit(MONDAY)
    page = lead.page(lead.client.get(lead.address(f"cases/{reference}"), query_string={"list": where}))
    assert page.tree.find(".//a[@class='govuk-back-link']").get("href") == lead.address("")


def test_statements_do_not_grow_with_what_is_found(lead: Browser, office: Office) -> None:
    counts = []
    for more in (2, 27):
        for _ in range(more):
            office.submit(MONDAY, person=KOWALCZUK)
        path = find(lead, "Kowalczuk").path
        with statements(lead.app) as seen:
            lead.client.get(path)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 4
