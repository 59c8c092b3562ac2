"""A handler says what ties them to a complaint; whom something keeps from it gets it only through a second person."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.actions.restrict_complaint import restrict_complaint
from portal.domain.actors import Actor, Role
from portal.domain.interest_events import Bar, Conflict
from portal.domain.lifecycle import Status
from portal.records.access_log import Access
from portal.records.models import AccessEntry
from portal.records.queries import actor_of
from tests import builders
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.staff.browser import Browser
from tests.web.staff.test_acts import DEFINITION

NOTHING = {"conflict": "none"}
TIED = {"conflict": "knows", "words": "She is my aunt."}
CHOSEN = {"no_conflict": "y"}


@pytest.fixture
def second_lead(app: Flask, office: Office) -> Browser:
    """Another complaints officer."""
    return Browser(app).sign_in(another_lead(office))


def another_lead(office: Office) -> Actor:
    with office.database.unit_of_work() as session:
        return actor_of(builders.staff(session, "ids", Role.LEAD))


def given(office: Office) -> str:
    """A complaint that the handler has been given, and has said nothing about."""
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY, declares=False)
    return reference


def handed_back(office: Office) -> str:
    reference = given(office)
    office.declare(reference, MONDAY, actor=office.handler, conflict=Conflict.KNOWS)
    return reference


def choice_of(actor: Actor) -> dict[str, str]:
    return {"handler_id": str(actor.user_id), **CHOSEN}


def test_before_the_first_work_comes_the_declaration(handler: Browser, office: Office) -> None:
    reference = given(office)
    for act in ("acknowledge", "extend", "respond", "decline"):
        assert handler.post(f"cases/{reference}/{act}", DEFINITION).status == 403
    page = handler.get(f"cases/{reference}/acknowledge")
    assert "Say first whether you have a conflict of interest (Code 5.8)." in page.words
    assert handler.post(f"cases/{reference}/interests").errors.keys() == {"#conflict"}
    assert handler.post(f"cases/{reference}/interests", NOTHING).status == 303
    assert handler.post(f"cases/{reference}/acknowledge", {**DEFINITION, "press": "send"}).status == 303
    assert office.case(reference).case.status is Status.ACKNOWLEDGED


def test_a_conflict_hands_it_back_and_is_shown_with_the_reason_wherever_somebody_is_chosen(
    handler: Browser, lead: Browser, office: Office
) -> None:
    reference = given(office)
    assert handler.post(f"cases/{reference}/interests", TIED).status == 303
    assert office.case(reference).case.handler_id is None
    page = lead.get(f"cases/{reference}/assign")
    assert "They declared a conflict of interest (Code 5.8)." in page.words
    assert f'value="{office.handler.user_id}"' not in page.html
    assert "She is my aunt." in lead.get(f"cases/{reference}").words
    refused = lead.post(f"cases/{reference}/assign", choice_of(office.handler))
    assert refused.status == 422
    assert "They declared a conflict of interest" in refused.errors["#handler_id"]
    with office.database.session() as session:
        noted = session.query(AccessEntry).filter_by(reference=reference, access=Access.REFUSED).count()
    assert noted == 1


def test_something_else_needs_words_and_loses_none(handler: Browser, office: Office) -> None:
    page = handler.post(f"cases/{given(office)}/interests", {"conflict": "other"})
    assert page.status == 422
    assert page.errors == {"#words": "Say what ties you to it"}
    assert page.checked("conflict") == ["other"]


def test_who_hands_back_what_only_few_may_see_is_led_to_the_queue(handler: Browser, office: Office) -> None:
    reference = given(office)
    office.do(restrict_complaint, office.lead, reference, [], reason="About a colleague.", on=MONDAY)
    answer = handler.post(f"cases/{reference}/interests", TIED)
    assert answer.location == "/ids/staff/"
    assert handler.get(f"cases/{reference}").status == 404


def test_an_override_takes_a_second_person_and_two_reasons(
    handler: Browser, lead: Browser, second_lead: Browser, office: Office
) -> None:
    reference = handed_back(office)
    wanted = {"user_id": str(office.handler.user_id), "reason": "Nobody else speaks Somali."}
    assert lead.post(f"cases/{reference}/override", {**wanted, "reason": ""}).errors.keys() == {"#reason"}
    assert lead.post(f"cases/{reference}/override", wanted).status == 303
    assert "A second person has to decide about an override" in lead.get(f"cases/{reference}").words
    decision = {"decision": "approved", "reason": "The resident agrees."}
    assert lead.post(f"cases/{reference}/decide-override", decision).status == 403
    assert handler.post(f"cases/{reference}/decide-override", decision).status == 404
    assert lead.post(f"cases/{reference}/assign", choice_of(office.handler)).status == 422
    page = second_lead.get(f"cases/{reference}/decide-override")
    assert "Nobody else speaks Somali." in page.words
    assert "They declared a conflict of interest" in page.words
    without = second_lead.post(f"cases/{reference}/decide-override", {"decision": "approved"})
    assert without.errors.keys() == {"#reason"}
    assert second_lead.post(f"cases/{reference}/decide-override", decision).status == 303
    assert lead.post(f"cases/{reference}/assign", choice_of(office.handler)).status == 303
    shown = lead.get(f"cases/{reference}").words
    assert "Override approved" in shown
    assert "The resident agrees." in shown
    assert handler.post(f"cases/{reference}/acknowledge", {**DEFINITION, "press": "send"}).status == 303


def test_a_refused_override_changes_nothing(lead: Browser, second_lead: Browser, office: Office) -> None:
    reference = handed_back(office)
    wanted = {"user_id": str(office.handler.user_id), "reason": "Nobody else is here."}
    lead.post(f"cases/{reference}/override", wanted)
    again = lead.get(f"cases/{reference}/override")
    assert again.status == 403
    assert "nobody has decided" in again.words
    said = {"decision": "refused", "reason": "Somebody is back on Monday."}
    assert second_lead.post(f"cases/{reference}/decide-override", said).status == 303
    assert lead.post(f"cases/{reference}/assign", choice_of(office.handler)).status == 422
    assert "Override refused" in lead.get(f"cases/{reference}").words


def test_nobody_can_ask_for_whom_nothing_keeps_from_it(lead: Browser, office: Office) -> None:
    reference = handed_back(office)
    page = lead.post(f"cases/{reference}/override", {"user_id": str(office.second.user_id), "reason": "Why not."})
    assert page.status == 422
    assert office.case(reference).case.interests.overrides == ()


def test_a_second_writer_is_told_and_keeps_their_words(lead: Browser, second_lead: Browser, office: Office) -> None:
    reference = handed_back(office)
    lead.post(f"cases/{reference}/override", {"user_id": str(office.handler.user_id), "reason": "She knows it."})
    opened = lead.version(f"cases/{reference}")
    office.name(reference, MONDAY, office.colleague.user_id)
    said = {"decision": "refused", "reason": "Too close to it.", "version": opened}
    page = second_lead.post(f"cases/{reference}/decide-override", said)
    assert page.status == 409
    assert "Too close to it." in page.html
    tied = given(office)
    before = lead.version(f"cases/{tied}")
    office.name(tied, MONDAY, office.colleague.user_id)
    page = Browser(lead.app).sign_in(office.handler).post(f"cases/{tied}/interests", {**TIED, "version": before})
    assert page.status == 409
    assert "She is my aunt." in page.html


def test_who_takes_a_complaint_on_says_so_with_it(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    assert lead.post(f"cases/{reference}/assign", choice_of(office.lead)).status == 303
    assert lead.get(f"cases/{reference}/acknowledge").status == 200


def test_the_bars_that_were_overridden_are_kept(lead: Browser, office: Office) -> None:
    reference = handed_back(office)
    office.name(reference, MONDAY, office.handler.user_id)
    lead.post(f"cases/{reference}/override", {"user_id": str(office.handler.user_id), "reason": "She knows it."})
    (override,) = office.case(reference).case.interests.overrides
    assert override.asked.bars == (Bar.NAMED, Bar.CONFLICT)
