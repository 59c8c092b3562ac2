"""An MP's caseworker with forty constituents: finds what matters, reads a reply, saves the table, sends one more."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from portal.domain.representative_kinds import AskedBy
from tests.builders import MONDAY
from tests.journeys.looking import Screen
from tests.journeys.people import Caseworker, Portal
from tests.web.representative.member import an_office, hand_in

FORTY = 40


@pytest.mark.parametrize("screen", [Screen(1280), Screen(320, scripts=False)], ids=str)
def test_forty_constituents(portal: Portal, browser: Browser, screen: Screen, tmp_path: Path) -> None:
    office = portal.office("ids")
    known = an_office(office)
    cases = [hand_in(office, known, name=f"Resident {number}", own_reference=f"MP/{number}") for number in range(38)]
    unasked = hand_in(office, known, own_reference="MP/38", asked_by=AskedBy.SOMEBODY_ELSE)
    hand_in(office, an_office(office, "Another office", member="another"), own_reference="NOT OURS")
    answered = cases[0]
    office.assign(answered, MONDAY)
    office.acknowledge(answered, MONDAY)
    office.answer(answered, MONDAY)
    portal.it_is(date(2026, 11, 10))

    for _ in range(3):
        portal.the_worker_comes_round()  # the letters of all these cases have gone
    caseworker = Caseworker(browser, screen, portal, "ids")
    caseworker.signs_in(known.email)
    caseworker.reads("All (39)")
    caseworker.follows("show=all&after=15")
    caseworker.reads("MP/0")
    for view, number in (("Overdue", 37), ("Answered", 1), ("Needs authority", 1), ("Waiting on us", 1)):
        wanted = caseworker.page.get_by_role("link", name=f"{view} ({number})")
        if screen.scripts:
            caseworker.swaps_in(wanted)
            caseworker.hears(f"{view}: {min(number, 25)} case")
        else:
            caseworker.follows(f"show={view.lower().replace('waiting on us', 'waiting').replace(' ', '_')}")
        assert caseworker.page.locator("tbody tr").count() == min(number, 25)
    caseworker.reads(unasked)

    with caseworker.page.expect_download() as saved:
        caseworker.page.get_by_role("link", name="Save this list as a table (CSV)").click()
    saved.value.save_as(tmp_path / "cases.csv")
    with (tmp_path / "cases.csv").open(encoding="utf-8-sig", newline="") as table:
        [line] = csv.DictReader(table)
    assert (line["Our reference"], line["Waiting on you"]) == (unasked, "Show us that the resident agrees")

    caseworker.goes_to("office/?show=answered")
    caseworker.follows(f"/cases/{answered}")
    caseworker.follows(f"/letters/{office.letters(answered)[-1].id}")
    caseworker.reads("We were slow.")

    caseworker.goes_to("office/")
    caseworker.follows("/office/complain")
    caseworker.reads("Office of the MP for Example Town")
    caseworker.fills_in(what_happened="The lift is broken.", own_reference="MP/40", name="Resident Forty")
    caseworker.chooses("asked_by", "resident")
    caseworker.presses("Send the complaint")
    caseworker.reads("MP/40")
    caseworker.goes_to("office/")
    caseworker.reads(f"All ({FORTY})")
    caseworker.reads("R.F.")
    caseworker.leaves()
