"""Judging the safety of a building through its page, and the list by risk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal import landlords
from portal.domain.building_safety import Building
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.staff.browser import Browser

TALL = {"metres": "31", "floors": "10", "homes": "48", "category": "fire_spread", "risk": "immediate"}


def test_a_judgement_marks_the_complaint_and_says_how_long_it_is_kept(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    address = f"cases/{reference}/building-safety"
    assert "#risk" in lead.post(address, {**TALL, "risk": ""}).errors
    page = lead.post(address, {**TALL, "metres": "high"})
    assert (page.status, page.value("floors")) == (422, "10")
    assert "#metres" in page.errors
    assert lead.post(address, TALL).status == 303
    page = lead.get(f"cases/{reference}")
    assert "Building safety: at once" in page.words
    assert "until Wednesday 2 November 2033" in page.words
    assert "Building safety: at once" in lead.get("").words
    assert reference in lead.get("building-safety").words
    assert lead.get(address).value("metres") == "31"
    assert lead.post(address, {**TALL, "category": "none"}).status == 303
    assert reference not in lead.get("building-safety").words


def test_a_building_that_was_complained_of_before_stands_out(lead: Browser, office: Office) -> None:
    first, second = office.submit(MONDAY), office.submit(MONDAY)
    before, after = sorted((first, second))
    for reference in (before, after):
        assert lead.post(f"cases/{reference}/building-safety", {**TALL, "building": "Example Tower"}).status == 303
    assert "This building was complained of before" not in lead.get(f"cases/{before}").words
    page = lead.get(f"cases/{after}")
    assert "This building was complained of before" in page.words
    assert f"/ids/staff/cases/{before}" in page.html
    assert lead.get(f"cases/{after}/building-safety").value("building") == "Example Tower"
    listed = lead.get("building-safety").words
    assert "Example Tower" in listed
    assert "2 complaints about it" in listed


def test_a_home_in_a_tall_building_of_the_landlords_list_is_noticed(
    lead: Browser, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    tower = Building(name="Example Tower", postcodes=("N1 0AA",), metres=30, floors=11, homes=60)
    ours = replace(landlords.landlord("ids"), buildings=(tower,))
    monkeypatch.setattr(landlords._served, "landlords", {**landlords._landlords(), "ids": ours})
    reference = office.submit(MONDAY)
    assert "This home is in a tall building: Example Tower" in lead.get(f"cases/{reference}").words
    form = lead.get(f"cases/{reference}/building-safety")
    assert [form.value(name) for name in ("building", "metres", "floors", "homes")] == [tower.name, "30", "11", "60"]
    assert lead.post(f"cases/{reference}/building-safety", {**TALL, "category": "none", "risk": ""}).status == 303
    assert "This home is in a tall building" not in lead.get(f"cases/{reference}").words
