"""Without a name a complaint is received and answered all the same, and keeps its day when its owner is known later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal import landlords
from portal.actions.join_person import join_person
from portal.domain import references
from portal.domain.anonymous import Known
from portal.domain.events import Flag, Link, Person, ReplyBy, SafeContact
from portal.domain.owed import deadlines_of
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.records.access import code_opens
from portal.records.chain import verify
from portal.records.database import Database
from portal.records.models import AccessCode, Channel, LetterRow, LetterState
from tests.actions.office import Office
from tests.builders import MONDAY

CODE = references.new_code(lambda letters: letters[1])
OWNER = Person(name="Resident Two", email="resident.two@example.org", postcode="N1 0AB")
WHO = Known(person=OWNER, reply_by=ReplyBy.EMAIL, identity_check="Knew every word of it.", link=Link.TENANT)
TUESDAY = MONDAY + timedelta(days=1)
LONG_AFTER = MONDAY + timedelta(days=365)


def anonymous(office: Office, on: date, **changes: object) -> str:
    return office.submit(on, **{"person": Person(), "reply_by": ReplyBy.NONE, **changes})


def join(office: Office, reference: str, on: date, known: Known = WHO) -> None:
    office.do(join_person, office.colleague, reference, known, code=CODE, on=on)


def opens(office: Office, reference: str) -> bool:
    with office.database.session() as session:
        return code_opens(session, office.landlord, reference, CODE, LONG_AFTER) is not None


def codes(office: Office) -> int:
    with office.database.session() as session:
        return len(session.scalars(select(AccessCode)).all())


def test_it_goes_its_whole_way_with_no_code_and_no_letter_that_waits_for_anybody(office: Office) -> None:
    reference = anonymous(office, MONDAY)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, TUESDAY)
    office.answer(reference, TUESDAY)
    office.close(reference, TUESDAY)
    assert office.case(reference).case.flags == (Flag.ANONYMOUS,)
    assert codes(office) == 0
    letters = office.letters(reference)
    assert len(letters) == 4
    assert {(each.state, each.to_address) for each in letters} == {(LetterState.ON_PAGE, "")}


@pytest.mark.parametrize(("reply_by", "greeting"), [(ReplyBy.EMAIL, "Hello,"), (ReplyBy.POST, "Dear Resident Two,")])
def test_a_receipt_by_email_repeats_no_name_that_somebody_typed(
    office: Office, reply_by: ReplyBy, greeting: str
) -> None:
    person = Person(name="Resident Two", email="anybody@example.org", address="1 Example Street")
    reference = office.submit(MONDAY, person=person, reply_by=reply_by)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    receipt, acknowledgement = office.letters(reference)
    assert greeting in receipt.body
    assert ("Resident Two" in receipt.body) == (reply_by is ReplyBy.POST)
    assert "Dear Resident Two," in acknowledgement.body, "that one a person has seen"


@pytest.mark.parametrize("left", [{"name": "A. N. Other"}, {"email": "a@example.org"}, {"phone": "020 7946 0999"}])
def test_whoever_leaves_one_thing_to_be_known_by_gets_a_code(office: Office, left: dict[str, str]) -> None:
    anonymous(office, MONDAY, person=Person(**left))
    assert codes(office) == 1


def test_nobody_is_given_a_code_for_what_is_nobodys(office: Office) -> None:
    reference = anonymous(office, MONDAY)
    with pytest.raises(Refused, match="whom the complaint is from"):
        office.issue_code(reference, TUESDAY)


@pytest.mark.parametrize("landlord", landlords.keys())
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    came=st.dates(date(2026, 1, 5), date(2027, 11, 1)),
    later=st.integers(0, 40),
    acknowledged=st.booleans(),
)
def test_joined_on_any_day_it_keeps_every_date(
    sqlite_database: Database, landlord: str, came: date, later: int, acknowledged: bool
) -> None:
    office = Office(sqlite_database, landlord)
    reference = anonymous(office, came)
    if acknowledged:
        office.assign(reference, came)
        office.acknowledge(reference, came)
    before = office.case(reference)
    join(office, reference, came + timedelta(days=later))
    after = office.case(reference)
    assert after.case.received.received_on == came
    assert deadlines_of(after.case, after.rules) == deadlines_of(before.case, before.rules)
    assert (after.row.due_on, after.row.received_on) == (before.row.due_on, came)
    assert (after.case.stage, after.case.status) == (before.case.stage, before.case.status)


def test_from_then_on_it_is_theirs(office: Office) -> None:
    reference = anonymous(office, MONDAY, link=Link.NEIGHBOUR)
    join(office, reference, TUESDAY)
    office.assign(reference, TUESDAY)
    office.acknowledge(reference, TUESDAY)
    receipt, joined, acknowledgement = office.letters(reference)
    assert receipt.state is LetterState.ON_PAGE
    assert joined.kind is LetterKind.PERSON_JOINED
    assert "Monday 2 November 2026" in joined.body
    assert CODE not in joined.body
    for letter in (joined, acknowledgement):
        assert (letter.channel, letter.to_address) == (Channel.EMAIL, OWNER.email)
        assert "Dear Resident Two" in letter.body
    file = office.case(reference)
    assert (file.row.resident_name, file.case.received.link, file.case.flags) == (OWNER.name, Link.TENANT, ())
    assert file.recorded[0].event.person == Person(), "what was received stays as it was"
    assert opens(office, reference)
    with office.database.session() as session:
        assert verify(session, "ids") is None


@pytest.mark.on_both
def test_what_they_must_not_be_sent_holds_from_the_first_letter(office: Office) -> None:
    reference = anonymous(office, MONDAY)
    person = Person(name="Resident Two", email=OWNER.email, address="1 Example Street")
    safe = Known(
        person=person, reply_by=ReplyBy.POST, identity_check="Knew it all.", safe_contact=(SafeContact.NO_EMAIL,)
    )
    join(office, reference, TUESDAY, safe)
    with office.database.session() as session:
        ways = session.scalars(select(LetterRow.channel).where(LetterRow.kind == LetterKind.PERSON_JOINED)).all()
    assert ways == [Channel.POST]


def test_what_was_asked_for_to_be_safe_is_added_to_and_never_lost(office: Office) -> None:
    """They left an address to write to, and said that their email is not safe."""
    left = Person(email="shared@example.org", address="1 Example Street", postcode="N1 0AA")
    asked = (SafeContact.NO_EMAIL,)
    reference = anonymous(office, MONDAY, person=left, reply_by=ReplyBy.POST, safe_contact=asked)
    with pytest.raises(Refused) as refused:
        join(office, reference, TUESDAY)  # the form says email, with no tick
    assert refused.value.field == "safe_contact"
    named = Person(name="Resident Two", email=OWNER.email, address=left.address, postcode=left.postcode)
    said = Known(person=named, reply_by=ReplyBy.POST, identity_check="Sure.", safe_contact=(SafeContact.DISCREET,))
    join(office, reference, TUESDAY, said)
    assert set(office.case(reference).case.received.safe_contact) == {SafeContact.NO_EMAIL, SafeContact.DISCREET}
    assert LetterKind.CONTACT_CHANGED not in {each.kind for each in office.letters(reference)}, "it goes where it went"


def test_the_address_of_before_is_told_in_words_of_its_own_and_no_name(office: Office) -> None:
    reference = anonymous(office, MONDAY, person=Person(email="left@example.org"), reply_by=ReplyBy.EMAIL)
    join(office, reference, TUESDAY)
    joined, told = office.letters(reference)[-2:]
    assert (joined.kind, joined.to_address) == (LetterKind.PERSON_JOINED, OWNER.email)
    assert (told.kind, told.to_address) == (LetterKind.CONTACT_CHANGED, "left@example.org")
    assert "with your secret code" not in told.body
    assert "somebody told us that they made this complaint" in told.body
    for private in (OWNER.name, OWNER.email):
        assert private not in told.subject + told.body


@pytest.mark.parametrize(
    ("known", "field"),
    [
        (Known(person=OWNER, reply_by=ReplyBy.EMAIL, identity_check=" "), "identity_check"),
        (Known(person=Person(email=OWNER.email), reply_by=ReplyBy.EMAIL, identity_check="Sure."), "name"),
        (Known(person=Person(name="Resident Two"), reply_by=ReplyBy.EMAIL, identity_check="Sure."), "email"),
    ],
)
def test_it_has_to_be_said_who_it_is_and_how_that_is_known(office: Office, known: Known, field: str) -> None:
    reference = anonymous(office, MONDAY)
    with pytest.raises(Refused) as refused:
        join(office, reference, TUESDAY, known)
    assert refused.value.field == field
    assert not opens(office, reference)


def test_a_complaint_that_has_a_name_keeps_it(office: Office) -> None:
    named = office.submit(MONDAY)
    with pytest.raises(Refused, match="We know whom"):
        join(office, named, TUESDAY)
    joined = anonymous(office, MONDAY)
    join(office, joined, TUESDAY)
    with pytest.raises(Refused, match="We know whom"):
        join(office, joined, TUESDAY)
