"""What may belong to a complaint stands beside it, and links show to nobody what is out of their sight."""

from __future__ import annotations

from datetime import date

from flask import Flask

from portal.domain.events import Person
from portal.domain.linking_events import LinkKind
from tests.actions.office import SUBMISSION, Office
from tests.actions.test_linking import link
from tests.builders import MONDAY
from tests.web.staff.browser import Browser

TUESDAY = date(2026, 11, 3)
HOME = {"address": SUBMISSION.person.address, "postcode": SUBMISSION.person.postcode}
FLATMATE = Person(name="Flatmate Two", email="two@example.org", **HOME)
NEIGHBOUR = Person(name="Neighbour Three", address="3 Example Street", postcode="n10aa")
SHARES_A_PHONE = Person(name="Cousin Four", phone="+44 1632 960 001", address="9 Far Road", postcode="N9 9ZZ")


def test_open_complaints_of_the_person_the_home_and_the_block_stand_beside_it_the_likeliest_first(
    lead: Browser, office: Office
) -> None:
    phone = Person(name="Resident One", email="resident.one@example.org", phone="01632 960001", **HOME)
    others = {
        "The same postcode": office.submit(MONDAY, person=NEIGHBOUR),
        "The same home": office.submit(MONDAY, person=FLATMATE),
        "The same email or phone": office.submit(MONDAY, person=SHARES_A_PHONE),
        "The same person": office.submit(MONDAY, person=Person(name="R. One", email="RESIDENT.ONE@example.org")),
    }
    far = office.submit(MONDAY, person=Person(name="Stranger Five", email="five@example.org", postcode="E1 1AA"))
    here = office.submit(TUESDAY, person=phone)
    page = lead.get(f"cases/{here}").words
    beside = page[page.index("May belong to it") :]
    places = [beside.index(others[why]) for why in reversed(others)]
    assert places == sorted(places)
    for why in others:
        assert why in beside[beside.index(others[why]) :]
    assert far not in page


def test_an_earlier_report_that_has_ended_is_background(lead: Browser, office: Office) -> None:
    earlier = office.answered(MONDAY, MONDAY)
    office.close(earlier, TUESDAY)
    page = lead.get(f"cases/{office.submit(TUESDAY)}")
    assert "An earlier report, as background: received on" in page.words
    assert earlier in page.words


def test_they_are_linked_with_the_other_in_sight_shown_on_both_and_undone(lead: Browser, office: Office) -> None:
    first, again = office.acknowledged(MONDAY), office.submit(TUESDAY, what_happened="The roof leaks again.")
    assert f"cases/{first}/link?other={again}" in lead.get(f"cases/{first}").html
    page = lead.get(f"cases/{first}/link?other={again}")
    assert "The roof leaks again." in page.words
    assert "join them instead" in page.words
    said = {"other": again.lower(), "kind": "same_matter", "reason": "One leak."}
    empty = lead.post(f"cases/{first}/link", {**said, "kind": "", "reason": ""})
    assert (empty.status, list(empty.errors)) == (422, ["#kind", "#reason"])
    assert lead.post(f"cases/{first}/link", said).status == 303
    for one, other in ((first, again), (again, first)):
        shown = lead.get(f"cases/{one}").words
        assert "Linked complaints" in shown
        assert other in shown
    assert "due no later than there" in lead.get(f"cases/{again}").words
    undo = {"which": f"same_matter.{first}", "reason": "Two leaks."}
    assert lead.post(f"cases/{again}/end-link", undo).status == 303
    assert "Linked no more" in lead.get(f"cases/{first}").words
    assert lead.get(f"cases/{again}/end-link").status == 403


def test_somebody_else_in_between_is_said_and_no_word_is_lost(lead: Browser, office: Office) -> None:
    first, again = office.submit(MONDAY), office.submit(TUESDAY)
    seen = str(office.case(first).version)
    office.name(first, TUESDAY, office.colleague.user_id)
    said = {"other": again, "kind": "related", "reason": "One leak.", "version": seen}
    page = lead.post(f"cases/{first}/link", said)
    assert (page.status, page.value("reason")) == (409, "One leak.")
    assert office.case(first).case.links == ()


def test_nothing_of_a_complaint_out_of_sight_shows_beside_one_that_it_is_linked_to(
    app: Flask, lead: Browser, office: Office
) -> None:
    open_to_all, hidden, maybe = office.submit(MONDAY), office.submit(TUESDAY), office.submit(TUESDAY)
    link(office, open_to_all, hidden, LinkKind.RELATED, TUESDAY, "Unmistakable")
    let_in = [str(office.colleague.user_id)]
    for each in (hidden, maybe):
        lead.post(f"cases/{each}/restrict", {"user_ids": let_in, "reason": "A colleague."})
    page = Browser(app).sign_in(office.handler).get(f"cases/{open_to_all}")
    for word in (hidden, maybe, "Unmistakable", "Linked", "May belong to it"):
        assert word not in page.words, word
    assert Browser(app).sign_in(office.handler).get(f"cases/{open_to_all}/end-link").status == 403
    assert hidden in Browser(app).sign_in(office.colleague).get(f"cases/{open_to_all}").words
