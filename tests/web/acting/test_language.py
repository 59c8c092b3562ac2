"""Whoever acts for somebody chooses, after they have come, in which language they are written to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from tests.actions.office import Office
from tests.web.acting.test_acting import FAMILY, complain_for
from tests.web.resident.visitor import Visitor


@pytest.fixture
def in_two_languages(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(app.extensions["settings"], languages=("en_GB", "cy"))
    monkeypatch.setitem(app.extensions, "settings", settings)


@pytest.mark.usefixtures("in_two_languages")
def test_it_is_chosen_on_a_page_of_its_own_and_kept(daughter: Visitor, office: Office) -> None:
    reference, code = complain_for(daughter, FAMILY)
    daughter.open(reference, code)
    assert "/ids/acting/language" in daughter.get("acting/").html
    assert daughter.get("acting/language").checked("language") == ["en_GB"]
    assert daughter.post("acting/language", {"language": "cy"}).location == "/ids/acting/"
    assert "We write to you in this language from now on." in daughter.get("acting/").words
    assert daughter.get("acting/language").checked("language") == ["cy"]
    case = office.case(reference).case
    assert [each.added.language for each in case.representatives] == ["cy"]
    assert case.received.person.language == "en_GB"


@pytest.mark.usefixtures("in_two_languages")
def test_what_is_none_of_them_is_said_beside_it(daughter: Visitor) -> None:
    daughter.open(*complain_for(daughter, FAMILY))
    shown = daughter.post("acting/language", {"language": "tlh"})
    assert (shown.status, shown.errors) == (422, {"#language": "Choose one of the answers"})


def test_where_there_is_one_language_nothing_leads_there(daughter: Visitor) -> None:
    daughter.open(*complain_for(daughter, FAMILY))
    assert "/ids/acting/language" not in daughter.get("acting/").html


def test_nobody_else_finds_the_page(daughter: Visitor, resident: Visitor) -> None:
    complain_for(daughter, FAMILY)
    assert resident.get("acting/language").status != 200
    assert resident.post("acting/language", {"language": "en_GB"}).status in (303, 401, 403, 404)
