"""Whoever asks without a complaint is answered by the portal: in their format and language, by email, post or phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from portal import landlords
from portal.actions.ask_without_complaint import ask_without_complaint
from portal.actions.call_about_enquiry import call_about_enquiry
from portal.actions.hand_in_petition import hand_in_petition
from portal.actions.post_enquiry_letter import post_enquiry_letter
from portal.actions.request_service import request_service
from portal.actions.settle_easier_request import settle_easier_request
from portal.actions.settle_petition import settle_petition
from portal.actions.settle_service import settle_service
from portal.domain.adjustment_kinds import Adjustment, Outcome
from portal.domain.adjustments import Wish
from portal.domain.enquiries import EnquiryKind, EnquiryLetterKind, EnquiryStep
from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.permissions import Actor
from portal.domain.petitions import NewPetition
from portal.domain.refusal import Refused
from portal.domain.service_request import ServiceWish
from portal.paths import folder
from portal.post.mailer import message_for
from portal.post.pdf import pdf
from portal.records import enquiry_chain, schema
from portal.records.database import Database
from portal.records.enquiries import letters_about, letters_needing_a_person
from portal.records.enquiry_chain import entries_of
from portal.records.history import NotFound
from portal.records.models import Channel, EasierRequest, EnquiryLetter, LetterState, ServiceRequest
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.post.test_delivery import settings_for

pytestmark = pytest.mark.on_both

TUESDAY = MONDAY + timedelta(days=1)
ADA = Person(name="Ada Example", email="ada@example.org", phone="01632 960 001", address="1 Example Street")
SETTINGS = replace(settings_for(None), base_url="https://example.org", mail_from="post@example.org")


def asks(office: Office, *kinds: Adjustment, person: Person = ADA, **changes: Any) -> str:
    wish = Wish(adjustments=kinds or (Adjustment.HOME_VISIT,), words=changes.pop("words", ""))
    with office.database.unit_of_work() as session:
        who, now = office.anyone(), ten_oclock(MONDAY)
        return ask_without_complaint(session, who, office.landlord, wish, person=person, now=now, **changes).reference


def settled(office: Office, reference: str, outcome: Outcome = Outcome.AGREED, **words: str) -> EnquiryLetter:
    office.do(settle_easier_request, office.handler, reference, outcome=outcome, **words, on=TUESDAY)
    return letters(office, reference)[EnquiryLetterKind.EASIER_DECISION]


def wants(office: Office, person: Person, **changes: Any) -> str:
    wish = ServiceWish(words="The tap drips.", channel="online", person=person, **changes)
    with office.database.unit_of_work() as session:
        who, now = office.anyone(), ten_oclock(MONDAY)
        return request_service(session, who, office.landlord, wish, secret_key="a key", now=now).reference


def petitions(office: Office, person: Person, **changes: Any) -> str:
    new = NewPetition(asks="Mend the lift.", channel="online", received_on=MONDAY, organiser=person, **changes)
    with office.database.unit_of_work() as session:
        return hand_in_petition(session, office.anyone(), office.landlord, new, now=ten_oclock(MONDAY)).reference


def letters(office: Office, reference: str) -> Mapping[EnquiryLetterKind, EnquiryLetter]:
    with office.database.session() as session:
        return {each.kind: each for each in letters_about(session, office.landlord, reference)}


def post(office: Office, letter: EnquiryLetter, on: date = TUESDAY, *, actor: Actor | None = None, **how: Any) -> None:
    office.do(post_enquiry_letter, actor or office.colleague, letter.id, posted_on=on, on=TUESDAY, **how)


def call(office: Office, letter: EnquiryLetter, on: date = TUESDAY, *, reached: bool = True) -> None:
    words = "Read it out." if reached else "Nobody answered."
    office.do(call_about_enquiry, office.colleague, letter.id, called_on=on, reached=reached, words=words, on=TUESDAY)


def broken(office: Office) -> enquiry_chain.Break | None:
    with office.database.session() as session:
        return enquiry_chain.verify(session, office.landlord)


def test_a_declined_request_is_told_with_reason_alternative_and_the_next_rights(office: Office) -> None:
    reference = asks(office, Adjustment.HOME_VISIT)
    for lacking in ({}, {"reason": "Nobody can come."}, {"alternative": "A call."}):
        with pytest.raises(Refused) as refused:
            settled(office, reference, Outcome.DECLINED, **lacking)
        assert refused.value.field in {"reason", "alternative"} - lacking.keys()
    letter = settled(office, reference, Outcome.DECLINED, reason="Nobody can come.", alternative="We call you weekly.")
    assert (letter.state, letter.to_address) == (LetterState.PENDING, "ada@example.org")
    for words in (
        "We cannot do this as you asked",
        "a visit at home",
        "Nobody can come.",
        "We call you weekly.",
        "ask us to look at this decision again",
        "complain about it",
        "Equality Act 2010",
        "0300 111 3000",
        "Dear Ada Example,",
    ):
        assert words in letter.body
    with pytest.raises(Refused, match="already"):
        settled(office, reference)


def test_the_letter_is_in_the_format_that_was_asked_for(office: Office) -> None:
    large = settled(office, asks(office, Adjustment.LARGE_PRINT, Adjustment.SUMMARY_FIRST, words="20 point please"))
    assert large.type_size == 20
    assert "## In short" in large.body
    message = message_for(large, SETTINGS)
    assert "font-size: 20pt" in message.html
    assert [each.filename for each in message.attachments] == ["letter.pdf"]
    assert pdf(large, landlords.landlord(large.landlord)) != pdf(_usual(large), landlords.landlord(large.landlord))
    plain = message_for(settled(office, asks(office, Adjustment.PLAIN_TEXT)), SETTINGS)
    assert plain.html is None
    assert "Follow your complaint" not in plain.body, "there is none"
    by_hand = settled(office, asks(office, Adjustment.BRAILLE_OR_AUDIO))
    assert (by_hand.channel, by_hand.state) == (Channel.EMAIL, LetterState.TO_POST)
    with pytest.raises(Refused, match="another format"):
        post(office, by_hand, as_agreed=False)
    post(office, by_hand, as_agreed=False, reason="The Braille printer is broken; they agreed.")


def _usual(letter: EnquiryLetter) -> EnquiryLetter:
    kept = ("language", "channel", "to_address", "subject", "body", "written_at")
    same = {name: getattr(letter, name) for name in kept}
    return EnquiryLetter(**same, type_size=None)


def test_whoever_must_not_be_found_out_gets_an_email_that_names_nobody(office: Office) -> None:
    letter = settled(office, asks(office, safe_contact=(SafeContact.DISCREET,)))
    message = message_for(letter, SETTINGS)
    name = landlords.landlord(office.landlord).name
    for part in (message.subject, message.sender, message.body, message.html, message.reply_to or ""):
        assert name not in part
        assert "complaint" not in part.lower().replace("https://example.org", "")
        assert letter.reference not in part
    assert "https://example.org/open/" in message.body


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (Channel.EMAIL, LetterState.PENDING)),
        ({"reply_by": ReplyBy.POST}, (Channel.POST, LetterState.TO_POST)),
        ({"reply_by": ReplyBy.PHONE}, (Channel.EMAIL, LetterState.TO_CALL)),
        ({"safe_contact": (SafeContact.NO_EMAIL,)}, (Channel.POST, LetterState.TO_POST)),
        ({"safe_contact": (SafeContact.NO_EMAIL, SafeContact.NO_POST)}, (Channel.PAGE, LetterState.TO_CALL)),
    ],
)
def test_it_goes_in_the_way_that_is_wanted_and_safe(office: Office, changes: Any, expected: Any) -> None:
    easier = settled(office, asks(office, **changes))
    petition = letters(office, petitions(office, ADA, **changes))[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT]
    for letter in (easier, petition):
        assert (letter.channel, letter.state) == expected
    reference = wants(office, ADA, **changes)
    told = letters(office, reference)
    if expected[1] is LetterState.PENDING:
        assert told == {}, "they get a link by email"
        assert row(office, reference).told_at == ten_oclock(MONDAY)
    else:
        acknowledged = told[EnquiryLetterKind.SERVICE_ACKNOWLEDGEMENT]
        assert (acknowledged.channel, acknowledged.state) == expected
        assert row(office, reference).told_at is None


def row(office: Office, reference: str) -> ServiceRequest:
    with office.database.session() as session:
        return session.query(ServiceRequest).filter_by(reference=reference).one()


def test_a_request_for_service_counts_as_told_once_its_letter_is_posted_or_read_out(office: Office) -> None:
    by_post = wants(office, Person(name="Ada", address="1 Example Street"))
    letter = letters(office, by_post)[EnquiryLetterKind.SERVICE_ACKNOWLEDGEMENT]
    assert "You can make a complaint at any time" in letter.body
    post(office, letter)
    told = row(office, by_post).told_at
    assert told is not None
    assert told.date() == TUESDAY
    by_phone = wants(office, Person(phone="01632 960 001"))
    letter = letters(office, by_phone)[EnquiryLetterKind.SERVICE_ACKNOWLEDGEMENT]
    call(office, letter, reached=False)
    assert row(office, by_phone).told_at is None
    call(office, letter)
    assert row(office, by_phone).told_at is not None
    with pytest.raises(Refused, match="not waiting"):
        call(office, letter)


def test_a_call_is_on_record_with_each_try_and_never_made_against_a_wish(office: Office) -> None:
    reference = asks(office, Adjustment.PHONE_ONLY)
    letter = settled(office, reference)
    assert letter.state is LetterState.TO_CALL
    call(office, letter, reached=False)
    call(office, letter)
    with office.database.session() as session:
        calls = [each for each in entries_of(session, office.landlord, reference) if each.step is EnquiryStep.CALLED]
        said = [(each.payload["reached"], each.words.body["words"]) for each in calls if each.words and each.words.body]
    assert said == [(False, "Nobody answered."), (True, "Read it out.")]
    assert letters(office, reference)[EnquiryLetterKind.EASIER_DECISION].state is LetterState.TOLD
    quiet = settled(office, asks(office, Adjustment.NO_PHONE, reply_by=ReplyBy.PHONE))
    assert quiet.state is LetterState.PENDING


@pytest.mark.parametrize("on", [MONDAY, TUESDAY + timedelta(days=1)])
def test_it_was_posted_or_told_on_a_day_on_which_it_can_have_been(office: Office, on: date) -> None:
    letter = settled(office, asks(office, reply_by=ReplyBy.POST))
    with pytest.raises(Refused, match="The day cannot be"):
        post(office, letter, on)


def test_what_came_of_a_petition_and_a_request_is_written_to_whoever_asked(office: Office) -> None:
    petition, request = petitions(office, ADA), wants(office, ADA)
    office.do(settle_petition, office.lead, petition, outcome="The lift is renewed in May.", on=TUESDAY)
    office.do(settle_service, office.lead, request, outcome="A new washer was fitted.", on=TUESDAY)
    told = letters(office, petition)[EnquiryLetterKind.PETITION_OUTCOME]
    assert "The lift is renewed in May." in told.body
    assert "complaint of the group" in told.body
    told = letters(office, request)[EnquiryLetterKind.SERVICE_OUTCOME]
    assert "A new washer was fitted." in told.body
    assert "we treat it as a complaint" in told.body


def test_what_was_asked_for_with_a_petition_or_a_request_holds_for_its_letters(office: Office) -> None:
    request = wants(office, Person(name="Ada", address="1 Example Street"))
    reference = asks(office, Adjustment.LARGE_PRINT, words="24 pt")
    with office.database.unit_of_work() as session:
        session.query(EasierRequest).filter_by(reference=reference).one().about = request
    office.do(settle_service, office.lead, request, outcome="Mended.", on=TUESDAY)
    assert letters(office, request)[EnquiryLetterKind.SERVICE_OUTCOME].type_size == 24


def test_staff_are_shown_the_letters_about_what_they_may_see_alone(office: Office) -> None:
    settled(office, asks(office, reply_by=ReplyBy.POST))
    petitions(office, Person(address="1 Example Street"))
    with office.database.session() as session:
        seen = {
            each: {one.enquiry for one in letters_needing_a_person(session, each)}
            for each in (office.lead, office.auditor)
        }
        assert letters_needing_a_person(session, Office(office.database, "ms").lead) == []
    assert seen[office.lead] == {EnquiryKind.PETITION, EnquiryKind.EASIER}
    assert seen[office.auditor] == {EnquiryKind.PETITION}, "an adjustment can say something about somebody's health"


def test_another_landlords_letter_is_not_there_and_an_auditor_posts_none(office: Office) -> None:
    letter = settled(office, asks(office, reply_by=ReplyBy.POST))
    with pytest.raises(NotFound):
        post(office, letter, actor=Office(office.database, "ms").lead)
    with pytest.raises(Refused, match="You may not"):
        post(office, letter, actor=office.auditor)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("UPDATE enquiry_letters SET body = 'Something else.'", "its letter was altered"),
        ("DELETE FROM enquiry_letters WHERE kind = 'chief_executive'", "its letter is missing"),
        ("UPDATE petitions SET asks = 'Leave the lift.'", "what was asked for was altered"),
        ("UPDATE petitions SET signatures = 2", "what was asked for was altered"),
        ('UPDATE enquiry_words SET body = \'{"outcome": "Nothing."}\'', "its words were altered"),
        ("DELETE FROM enquiry_words", "its words were removed without a record of the erasure"),
        ("UPDATE enquiry_heads SET sequence = sequence + 1", "lines are missing"),
        ("UPDATE enquiry_letters SET reference = 'AAAA-AAAA'", "its letter is missing"),
    ],
)
def test_whatever_is_altered_afterwards_is_named(office: Office, change: str, problem: str) -> None:
    reference = petitions(office, ADA, signatures=43)
    office.do(settle_petition, office.lead, reference, outcome="Mended.", on=TUESDAY)
    assert broken(office) is None
    with office.database.unit_of_work() as session:
        session.execute(text(change))
    found = broken(office)
    assert found is not None
    assert problem in found.problem


def test_erased_words_leave_the_record_whole(office: Office) -> None:
    reference = petitions(office, ADA)
    with office.database.unit_of_work() as session:
        for entry in entries_of(session, office.landlord, reference):
            if entry.words:
                entry.words.key, entry.words.body, entry.words.erased_at = None, None, ten_oclock(TUESDAY)
    assert broken(office) is None


@pytest.mark.parametrize("statement", ["UPDATE enquiry_record SET step = 'called'", "DELETE FROM enquiry_record"])
def test_the_database_refuses_to_change_the_record(office: Office, statement: str) -> None:
    petitions(office, ADA)
    with pytest.raises(Exception, match="never changed or deleted"), office.database.unit_of_work() as session:
        session.execute(text(statement))


def test_letters_about_petitions_are_carried_over_word_for_word(database: Database) -> None:
    office = Office(database, "ids")
    before = letters(office, petitions(office, ADA))
    schema.downgrade(database, folder("migrations"), "0022")
    with database.session() as session:
        assert session.scalar(text("SELECT count(*) FROM petition_letters")) == 2
    schema.upgrade(database, folder("migrations"))
    after = letters(office, before[EnquiryLetterKind.CHIEF_EXECUTIVE].reference)
    for kind, letter in before.items():
        kept = ("id", "subject", "body", "digest", "state", "to_address", "written_at", "next_try_at", "reference")
        assert {name: getattr(after[kind], name) for name in kept} == {name: getattr(letter, name) for name in kept}
    assert broken(office) is None
    petitions(office, ADA)
    assert broken(office) is None, "the record goes on where the letters that were carried over end"
