"""What would make it easier is asked with a petition and a request for service too, and holds from the first letter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.actions.settle_easier_request import settle_easier_request
from portal.actions.submit_complaint import submit_complaint
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome
from portal.domain.adjustments import NOTHING, Wish
from portal.domain.enquiries import EnquiryKind, EnquiryLetterKind
from portal.domain.events import Person
from portal.domain.interpreting import Interpreting, Spoken
from portal.domain.service_request import complaint_about
from portal.records.adjustments import easier_request
from portal.records.adjustments import easier_requests as all_of_them
from portal.records.easier_requests import asked_with, interpreting_of, kind_of_about, wish_asked_with
from portal.records.models import Channel, EasierRequest, LetterState
from portal.records.petitions import petition
from portal.records.service_requests import service_request, wish_of
from tests.actions.office import Office, ten_oclock
from tests.actions.test_enquiries import ADA, TUESDAY, broken, letters, petitions, wants
from tests.builders import MONDAY

POLISH = Interpreting(Spoken.POLISH)
EASIER = Wish(
    adjustments=(Adjustment.LARGE_PRINT, Adjustment.SUMMARY_FIRST),
    words="24 point",
    interpreting=POLISH,
    scope=AdjustmentScope.ALL_CONTACT,
)
ACKNOWLEDGED = {
    petitions: EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT,
    wants: EnquiryLetterKind.SERVICE_ACKNOWLEDGEMENT,
}
WAYS = pytest.mark.parametrize("ask", [petitions, wants], ids=["petition", "request"])


def the_request(office: Office, reference: str) -> EasierRequest | None:
    with office.database.session() as session:
        found = petition(session, office.lead, reference) or service_request(session, office.landlord, reference)
        assert found is not None
        return asked_with(session, [found]).get(reference)


@WAYS
@pytest.mark.on_both
def test_it_is_kept_for_staff_to_decide_like_what_is_asked_for_alone(office: Office, ask: Any) -> None:
    reference = ask(office, ADA, easier=EASIER)
    kept = the_request(office, reference)
    assert kept is not None
    assert kept.reference != reference
    assert kept.adjustments == ["large_print", "summary_first", "interpreter"]
    assert (kept.print_size, kept.words, interpreting_of(kept)) == (24, "24 point", POLISH)
    assert (kept.name, kept.email, kept.phone) == (ADA.name, ADA.email, ADA.phone)
    with office.database.session() as session:
        assert [each.reference for each in all_of_them(session, office.handler)] == [kept.reference]
    assert broken(office) is None


@WAYS
def test_the_acknowledgement_comes_as_it_was_asked_for(office: Office, ask: Any) -> None:
    by_post = Person(name="Ada Example", address="1 Example Street")
    letter = letters(office, ask(office, by_post, easier=EASIER))[ACKNOWLEDGED[ask]]
    assert (letter.channel, letter.state, letter.type_size) == (Channel.POST, LetterState.TO_POST, 24)
    assert "In short" in letter.body
    plain = letters(office, ask(office, by_post))[ACKNOWLEDGED[ask]]
    assert (plain.type_size, "In short" in plain.body) == (None, False)


@WAYS
def test_whoever_asks_to_be_called_is_called(office: Office, ask: Any) -> None:
    called = Wish(adjustments=(Adjustment.PHONE_ONLY,))
    assert letters(office, ask(office, ADA, easier=called))[ACKNOWLEDGED[ask]].state is LetterState.TO_CALL


@WAYS
def test_what_only_a_person_can_make_waits_for_that_person(office: Office, ask: Any) -> None:
    braille = Wish(adjustments=(Adjustment.BRAILLE_OR_AUDIO,))
    letter = letters(office, ask(office, ADA, easier=braille))[ACKNOWLEDGED[ask]]
    assert (letter.state, letter.by_hand) == (LetterState.TO_POST, "braille_or_audio")


@WAYS
def test_nothing_is_kept_where_nothing_is_asked_for(office: Office, ask: Any) -> None:
    reference = ask(office, ADA, easier=NOTHING)
    assert the_request(office, reference) is None


@pytest.mark.on_both
def test_the_decision_goes_to_whoever_handed_it_in_and_names_the_language(office: Office) -> None:
    kept = the_request(office, petitions(office, ADA, easier=EASIER))
    assert kept is not None
    office.do(settle_easier_request, office.handler, kept.reference, outcome=Outcome.AGREED, on=TUESDAY)
    letter = letters(office, kept.reference)[EnquiryLetterKind.EASIER_DECISION]
    assert (letter.to_address, letter.type_size) == ("ada@example.org", 24)
    assert "The language is Polish." in letter.body
    with office.database.session() as session:
        found = easier_request(session, office.handler, kept.reference)
        assert found is not None
        assert kind_of_about(session, found) is EnquiryKind.PETITION


def test_a_complaint_about_a_request_begins_with_what_was_asked_for(office: Office) -> None:
    reference = wants(office, ADA, easier=EASIER)
    with office.database.unit_of_work() as session:
        row = service_request(session, office.landlord, reference)
        assert row is not None
        told = complaint_about(wish_of(session, row), reference, MONDAY, received_on=MONDAY, channel="online")
        code, now = "A" * 16, ten_oclock(date(2026, 11, 3))
        file = submit_complaint(session, office.anyone(), office.landlord, told, code=code, now=now)
    asked = {each.adjustment: (each.print_size, each.interpreting) for each in file.case.adjustments}
    assert asked[Adjustment.LARGE_PRINT][0] == 24
    assert asked[Adjustment.INTERPRETER][1] == POLISH
    assert Adjustment.SUMMARY_FIRST in asked


def test_another_landlord_has_none_of_it(office: Office) -> None:
    reference = petitions(office, ADA, easier=EASIER)
    elsewhere = Office(office.database, "ivh")
    with office.database.session() as session:
        assert all_of_them(session, elsewhere.handler) == []
        found = petition(session, office.lead, reference)
        assert found is not None
        assert wish_asked_with(session, found).kinds == EASIER.kinds
