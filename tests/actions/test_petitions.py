"""A petition is recorded, acknowledged and told to the chief executive, and counts nowhere as a complaint."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from portal import landlords
from portal.actions.hand_in_petition import hand_in_petition
from portal.actions.post_enquiry_letter import post_enquiry_letter
from portal.actions.settle_petition import settle_petition
from portal.domain.enquiries import EnquiryLetterKind
from portal.domain.events import Person
from portal.domain.permissions import Actor
from portal.domain.petitions import MOST_TO_CHIEF, NewPetition
from portal.domain.refusal import Refused
from portal.post.delivery import deliver_unsent
from portal.post.mailer import message_for
from portal.records.database import Database
from portal.records.enquiries import letters_about
from portal.records.history import NotFound
from portal.records.models import Channel, EnquiryLetter, LetterState, Petition
from portal.records.petitions import petition, petitions
from portal.records.queries import counts, overdue_references
from portal.settings import Settings
from tests.actions.office import Office, rows, ten_oclock
from tests.builders import MONDAY

TUESDAY = MONDAY + timedelta(days=1)
ASKS = "Mend the lift in *Example House*."
ORGANISER = Person(name="Resident Three", email="resident.three@example.org")


def handed_in(office: Office, on: date = MONDAY, *, actor: Actor | None = None, **changes: Any) -> str:
    new = NewPetition(
        **{
            "asks": ASKS,
            "channel": "online",
            "received_on": on,
            "signatures": 43,
            "organiser": ORGANISER,
            **changes,
        }
    )
    with office.database.unit_of_work() as session:
        who = actor or office.anyone()
        return hand_in_petition(session, who, office.landlord, new, now=ten_oclock(on)).reference


def found(office: Office, reference: str, actor: Actor | None = None) -> Petition | None:
    with office.database.session() as session:
        return petition(session, actor or office.lead, reference)


def letters(office: Office, reference: str) -> dict[EnquiryLetterKind, EnquiryLetter]:
    with office.database.session() as session:
        return {each.kind: each for each in letters_about(session, office.landlord, reference)}


def test_an_email_to_an_address_that_nobody_has_checked_repeats_no_name(office: Office) -> None:
    typed = "Buy my coins at example.com"
    by_email = handed_in(office, organiser=Person(name=typed, email="stranger@example.org"))
    answer = letters(office, by_email)[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT]
    assert typed not in answer.body + answer.subject
    assert "Hello," in answer.body
    by_post = handed_in(office, organiser=Person(name="Resident Three", address="1 Example Street"))
    assert "Dear Resident Three," in letters(office, by_post)[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT].body


def test_one_address_gets_few_of_them_in_a_day_and_every_petition_is_recorded(office: Office) -> None:
    spellings = ("stranger@example.org", "Stranger@Example.org", " stranger@example.org", "STRANGER@example.org")
    made = [handed_in(office, organiser=Person(email=each)) for each in spellings]
    states = [letters(office, each)[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT].state for each in made]
    assert states == [LetterState.PENDING] * 3 + [LetterState.ON_PAGE]
    others = handed_in(office, organiser=Person(email="somebody.else@example.org"))
    by_staff = handed_in(office, actor=office.colleague, organiser=Person(email=spellings[0]))
    later = handed_in(office, MONDAY + timedelta(days=2), organiser=Person(email=spellings[0]))
    for each in (others, by_staff, later):
        assert letters(office, each)[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT].state is LetterState.PENDING


def test_the_chief_executive_gets_no_flood_and_is_told_where_the_others_are(office: Office) -> None:
    made = [handed_in(office, organiser=Person()) for _ in range(MOST_TO_CHIEF + 1)]
    told = [letters(office, each)[EnquiryLetterKind.CHIEF_EXECUTIVE] for each in made]
    assert [each.state for each in told] == [LetterState.PENDING] * MOST_TO_CHIEF + [LetterState.ON_PAGE]
    assert ["list of petitions" in each.body for each in told[:-1]] == [False] * (MOST_TO_CHIEF - 1) + [True]


@pytest.mark.parametrize("landlord", landlords.keys())
def test_its_organiser_and_the_chief_executive_are_written_to(sqlite_database: Database, landlord: str) -> None:
    office = Office(sqlite_database, landlord)
    told = letters(office, handed_in(office))
    answer, chief = told[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT], told[EnquiryLetterKind.CHIEF_EXECUTIVE]
    assert (answer.to_address, answer.state) == ("resident.three@example.org", LetterState.PENDING)
    assert chief.to_address == landlords.landlord(landlord).contact.chief_executive
    assert chief.to_address.startswith("chief.executive@")
    for words in ("complaint of the group", "43 signatures", "That refuses nothing", "0300 111 3000"):
        assert words in answer.body
    assert "Mend the lift in" in chief.body
    assert "Mend the lift" not in answer.body, "it goes to an address that nobody has checked"


def test_it_is_no_complaint_in_any_queue_or_figure(office: Office) -> None:
    before = rows(office.database)
    handed_in(office)
    with office.database.session() as session:
        assert counts(session, office.lead, MONDAY + timedelta(days=90)) == counts(session, office.lead, MONDAY)
        assert not overdue_references(session, office.landlord, MONDAY + timedelta(days=90))
    changed = {name for name, number in rows(office.database).items() if number != before[name]}
    assert changed == {"petitions", "enquiry_letters", "enquiry_record", "enquiry_words", "enquiry_heads"}


@pytest.mark.parametrize(
    "changes",
    [{"signatures": None}, {"signatures": 1}, {"organiser": Person()}, {"organiser": Person(phone="020 7946 0999")}],
)
def test_none_is_turned_away(office: Office, changes: dict[str, Any]) -> None:
    told = letters(office, handed_in(office, **changes))
    assert told[EnquiryLetterKind.CHIEF_EXECUTIVE].state is LetterState.PENDING
    if "organiser" in changes:
        kept = told[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT]
        waits = LetterState.TO_CALL if changes["organiser"].phone else LetterState.ON_PAGE
        assert (kept.state, kept.to_address) == (waits, ""), "nobody to write to is no failure"


def test_on_paper_it_waits_to_be_posted_and_is_posted_once(office: Office) -> None:
    reference = handed_in(
        office, organiser=Person(name="Resident Three", address="1 Example Street", postcode="N1 0AA")
    )
    letter = letters(office, reference)[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT]
    assert (letter.channel, letter.state) == (Channel.POST, LetterState.TO_POST)
    assert letter.to_address == "Resident Three\n1 Example Street\nN1 0AA"
    with office.database.unit_of_work() as session:
        post_enquiry_letter(session, office.colleague, letter.id, posted_on=TUESDAY, now=ten_oclock(TUESDAY))
    assert letters(office, reference)[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT].state is LetterState.POSTED
    with office.database.unit_of_work() as session, pytest.raises(Refused):
        post_enquiry_letter(session, office.colleague, letter.id, posted_on=TUESDAY, now=ten_oclock(TUESDAY))
    with office.database.unit_of_work() as session, pytest.raises(NotFound):
        post_enquiry_letter(session, office.colleague, uuid4(), posted_on=TUESDAY, now=ten_oclock(TUESDAY))


def test_staff_record_it_with_the_day_on_which_it_came(office: Office) -> None:
    reference = handed_in(office, TUESDAY, actor=office.colleague, received_on=MONDAY, channel="post")
    one = found(office, reference)
    assert one is not None
    assert (one.received_on, one.recorded_by_id, one.channel) == (MONDAY, office.colleague.user_id, "post")
    assert "Monday 2 November 2026" in letters(office, reference)[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT].body


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"asks": " "}, "asks"), ({"received_on": TUESDAY}, "received_on"), ({"signatures": 0}, "signatures")],
)
def test_what_cannot_be_recorded_is_said_at_its_field(office: Office, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        handed_in(office, **changes)
    assert refused.value.field == field


def test_what_came_of_it_is_recorded_once_and_by_its_own_landlords_staff(office: Office) -> None:
    reference, other = handed_in(office), handed_in(office, TUESDAY)
    foreign = Office(office.database, "ms")
    assert found(office, reference, foreign.lead) is None

    def settle(actor: Actor, outcome: str) -> None:
        with office.database.unit_of_work() as session:
            settle_petition(session, actor, reference, outcome=outcome, now=ten_oclock(TUESDAY))

    with pytest.raises(NotFound):
        settle(foreign.lead, "Nothing.")
    with pytest.raises(Refused, match="You may not"):
        settle(office.auditor, "Nothing.")
    with pytest.raises(Refused, match="Write what came"):
        settle(office.lead, " ")
    settle(office.lead, "The lift is mended; told by letter.")
    with pytest.raises(Refused, match="already"):
        settle(office.lead, "Again.")
    with office.database.session() as session:
        assert [each.reference for each in petitions(session, office.lead)] == [other, reference]


@pytest.mark.on_both
def test_its_letters_are_delivered_with_all_others(office: Office) -> None:
    reference = handed_in(office)
    sent = []
    mailer = SimpleNamespace(send=sent.append)
    assert deliver_unsent(office.database, mailer, ten_oclock(MONDAY)) == 2
    assert deliver_unsent(office.database, mailer, ten_oclock(MONDAY)) == 0
    assert {each.state for each in letters(office, reference).values()} == {LetterState.SENT}
    settings = Settings(secret_key="k" * 40, mail_from="complaints@example.org", base_url="https://example.org")
    message = message_for(next(each for each in sent if each.kind == "chief_executive"), settings)
    assert message.subject == f"Petition {reference}"
    assert "Mend the lift in *Example House*." in message.body
    assert "<em>" not in message.html
