"""How much work each handler has, counted by hand, and the way to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.statements import statements
from tests.web.answer import Answer
from tests.web.staff.browser import Browser

pytestmark = pytest.mark.on_both


def rows_of(page: Answer) -> list[list[str]]:
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in page.tree.findall(".//tbody/tr")]


def test_each_handler_has_a_row_and_what_nobody_has_comes_first(lead: Browser, office: Office, clock) -> None:
    """What was received on Monday 2 November is to be acknowledged by Monday 9 November (IDS 6.2.1)."""
    late, soon, later = (office.submit(MONDAY + timedelta(days=days)) for days in (0, 2, 9))
    office.submit(MONDAY)
    clock.move_to(ten_oclock(MONDAY + timedelta(days=9)))  # Wednesday 11 November
    for reference in (late, soon, later):
        office.assign(reference, MONDAY + timedelta(days=9))
    page = lead.get("workload")
    assert rows_of(page) == [["Nobody yet", "1", "1", "0"], [office.handler.name, "3", "1", "1"]]
    links = [each.get("href") for each in page.main.iter("a") if "view=" in each.get("href", "")]
    shown = [lead.page(lead.client.get(link)).words for link in links]
    assert [[each in words for words in shown] for each in (late, soon, later)] == [[False, True]] * 3


def test_the_way_back_leads_to_the_same_list(lead: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    listed = lead.get(f"?view=all_open&handler={office.handler.user_id}")
    case = next(each.get("href") for each in listed.tree.iter("a") if reference in each.get("href", ""))
    back = lead.page(lead.client.get(case)).tree.find(".//a[@class='govuk-back-link']")
    assert lead.page(lead.client.get(back.get("href"))).words == listed.words


def test_it_takes_two_statements_however_many_handlers(lead: Browser, office: Office) -> None:
    office.assign(office.submit(MONDAY), MONDAY)
    office.submit(MONDAY)
    with statements(lead.app) as seen:
        assert lead.get("workload").status == 200
    assert len(seen) == 2
