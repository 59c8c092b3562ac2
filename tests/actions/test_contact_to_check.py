"""What somebody else gives as the resident's contact is nobody's until it is checked: only the receipt goes there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from portal.actions.answer_message import answer_message
from portal.actions.ask_for_authority import ask_for_authority
from portal.actions.ask_for_code import ask_for_code, send_way_to_code
from portal.actions.change_contact import change_contact
from portal.actions.confirm_contact import confirm_contact
from portal.actions.end_authority import end_authority
from portal.actions.record_authority import record_authority
from portal.actions.submit_complaint import submit_complaint
from portal.domain.contact import Contact, contact_of
from portal.domain.events import ReplyBy, SafeContact
from portal.domain.owed import deadlines_of, next_owed
from portal.domain.permissions import Actor, Role
from portal.domain.policy import Key, LetterKind
from portal.domain.refusal import Refused
from portal.domain.representation import NewAuthority
from portal.domain.representative_kinds import AuthorityEvidence, AuthorityScope, WhyEnded
from portal.post.ways import WAYS
from portal.records import queries
from portal.records.history import NotFound
from portal.records.models import Channel, LetterRow, LetterState, Link, LinkPurpose
from portal.records.queue import counts
from portal.records.work_lists import View
from tests.actions.office import SUBMISSION, Office, ten_oclock
from tests.actions.test_representatives import DAUGHTER, chain_holds, submitted_for

pytestmark = pytest.mark.on_both

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)
GIVEN, REAL = SUBMISSION.person.email, "the.resident@example.org"
KEY = "not-a-secret-" * 3


def confirm(office: Office, reference: str, *, by: Actor | None = None, on: date = WEDNESDAY, **changes: Any) -> None:
    told = replace(contact_of(office.case(reference).case.received), **changes)
    how = "It is what our record of the tenancy has."
    office.do(confirm_contact, by or office.handler, reference, told, how=how, secret_key=KEY, on=on)


def everything_written(office: Office) -> str:
    """A complaint that a daughter handed in, with every letter of stage 1 and a message written about it."""
    reference = submitted_for(office)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, TUESDAY)
    office.do(answer_message, office.handler, reference, words="When can we come?", on=TUESDAY)
    office.answer(reference, TUESDAY)
    return reference


def rows_of(office: Office, *purposes: LinkPurpose) -> list[Link]:
    with office.database.session() as session:
        return list(session.scalars(select(Link).where(Link.purpose.in_(purposes))))


def to_resident(office: Office, reference: str) -> list[LetterRow]:
    return [each for each in office.letters(reference) if each.representative is None]


def test_only_the_receipt_goes_there_and_every_other_letter_waits(office: Office) -> None:
    reference = everything_written(office)
    receipt, *others = to_resident(office, reference)
    assert (receipt.kind, receipt.to_address, receipt.state) == (LetterKind.RECEIPT, GIVEN, LetterState.PENDING)
    assert "ask on the website for a new code" not in receipt.body
    assert DAUGHTER.name not in receipt.body, "an email that goes out by itself carries no name that somebody typed"
    assert {each.kind for each in others} == {
        LetterKind.ACKNOWLEDGEMENT,
        LetterKind.MESSAGE,
        LetterKind.RESPONSE_STAGE_1,
    }
    assert {(each.state, each.channel, each.to_address) for each in others} == {(LetterState.HELD, Channel.PAGE, "")}


@pytest.mark.parametrize("reply_by", WAYS)
def test_nobody_who_gave_it_gets_a_way_to_the_residents_code_or_says_yes_in_their_place(
    office: Office, reply_by: ReplyBy
) -> None:
    actor = Actor(role=Role.REPRESENTATIVE, landlord="ids")
    own = replace(SUBMISSION.person, email="another.of.her.own@example.org", phone="01632 960 002")
    told = replace(SUBMISSION, person=own, reply_by=reply_by)
    named = {"code": "2222222222222222", "representative": DAUGHTER, "secret_key": KEY}
    reference = office.do(submit_complaint, actor, "ids", told, on=MONDAY, **named).row.reference
    asked = office.do(ask_for_code, office.anyone(), reference, on=MONDAY)
    with office.database.unit_of_work() as session:
        send_way_to_code(session, asked, secret_key=KEY, now=ten_oclock(MONDAY))
    with pytest.raises(Refused, match="Check first"):
        office.do(ask_for_authority, office.handler, reference, 1, secret_key=KEY, on=MONDAY)
    assert rows_of(office, *LinkPurpose) == []
    assert [each.kind for each in to_resident(office, reference)] == [LetterKind.RECEIPT]


def test_once_staff_have_checked_it_letters_go_to_what_is_right_and_the_resident_is_asked(office: Office) -> None:
    reference = everything_written(office)
    confirm(office, reference, email=REAL)
    for each in to_resident(office, reference)[1:]:
        assert (each.state, each.channel, each.to_address) == (LetterState.PENDING, Channel.EMAIL, REAL), each.kind
        assert each.next_try_at == ten_oclock(WEDNESDAY)
    (link,) = rows_of(office, LinkPurpose.AUTHORITY)
    assert (link.to_address, link.representative) == (REAL, 1)
    confirmed = next(each for each in office.case(reference).recorded if each.event.kind == "contact_confirmed")
    assert (confirmed.by_id, confirmed.event.how) == (
        office.handler.user_id,
        "It is what our record of the tenancy has.",
    )
    with pytest.raises(Refused, match="was checked"):
        confirm(office, reference)
    assert chain_holds(office)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"reply_by": ReplyBy.POST}, LetterState.TO_POST),
        ({"reply_by": ReplyBy.NONE, "email": "", "address": ""}, LetterState.ON_PAGE),
        ({"reply_by": ReplyBy.PHONE, "phone": "01632 960 001", "email": "", "address": ""}, LetterState.TO_CALL),
        ({"safe_contact": (SafeContact.NO_POST,)}, LetterState.PENDING),
    ],
)
def test_letters_go_in_the_way_that_holds_then(office: Office, changes: dict[str, Any], state: LetterState) -> None:
    reference = everything_written(office)
    confirm(office, reference, **changes)
    assert {each.state for each in to_resident(office, reference)[1:]} == {state}


@pytest.mark.parametrize("changes", [{}, {"email": REAL}], ids=["as it is", "put right"])
def test_the_residents_own_word_is_enough_and_whoever_gave_it_is_not_told(
    office: Office, changes: dict[str, Any]
) -> None:
    reference = everything_written(office)
    told: Contact = replace(contact_of(office.case(reference).case.received), **changes)
    for _ in range(2):
        office.do(change_contact, office.resident(reference), reference, told, on=WEDNESDAY)
    letters = to_resident(office, reference)
    assert LetterKind.CONTACT_CHANGED not in {each.kind for each in letters}
    assert {each.to_address for each in letters[1:]} == {changes.get("email", GIVEN)}
    assert not office.case(reference).case.contact_to_check


def test_whoever_checks_it_says_how_and_is_staff(office: Office) -> None:
    reference = submitted_for(office)
    told = contact_of(office.case(reference).case.received)
    with pytest.raises(Refused) as silent:
        office.do(confirm_contact, office.handler, reference, told, how=" ", secret_key=KEY, on=TUESDAY)
    assert silent.value.field == "how"
    scopes = frozenset(AuthorityScope)
    daughter = Actor(Role.REPRESENTATIVE, landlord="ids", case_reference=reference, representative=1, scopes=scopes)
    for actor in (daughter, office.resident(reference), office.oversight):
        with pytest.raises((Refused, NotFound)):
            confirm(office, reference, by=actor)
    assert office.case(reference).case.contact_to_check


def test_one_who_may_have_the_letters_has_their_copies_meanwhile(office: Office) -> None:
    reference = submitted_for(office)
    wanted = NewAuthority(
        evidence=AuthorityEvidence.SIGNED,
        scopes=(AuthorityScope.FULL_REPLY,),
        expires_on=date(2027, 5, 2),
        words="Signed, and compared with the signature of the tenancy.",
    )
    office.do(record_authority, office.handler, reference, 1, wanted, on=MONDAY)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    with office.database.session() as session:
        acknowledged = session.scalars(select(LetterRow).where(LetterRow.kind == LetterKind.ACKNOWLEDGEMENT)).all()
    assert {(each.representative, each.state) for each in acknowledged} == {
        (None, LetterState.HELD),
        (1, LetterState.PENDING),
    }


def test_it_is_on_the_list_of_staff_until_it_is_checked_whatever_becomes_of_the_complaint(office: Office) -> None:
    reference = everything_written(office)
    office.do(end_authority, office.resident(reference), reference, 1, why=WhyEnded.RESIDENT_DENIED, on=TUESDAY)
    office.close(reference, WEDNESDAY)

    def listed() -> list[str]:
        with office.database.session() as session:
            return [
                each.reference for each in queries.queue(session, office.lead, queries.View.AUTHORITY, WEDNESDAY).rows
            ]

    assert listed() == [reference]
    confirm(office, reference)
    assert listed() == []


def test_what_residents_tell_us_themselves_needs_no_check(office: Office) -> None:
    reference = office.answered(MONDAY, TUESDAY)
    assert not office.case(reference).case.contact_to_check
    assert LetterState.HELD not in {each.state for each in office.letters(reference)}
    with pytest.raises(Refused, match="told us themselves"):
        confirm(office, reference)


def test_an_acknowledgement_that_cannot_go_to_the_resident_is_not_given(office: Office) -> None:
    """Received on a Monday: five working days later is Monday 9 November (Code 5.6)."""
    reference, late = submitted_for(office), date(2026, 11, 10)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, TUESDAY)
    file = office.case(reference)
    owed = next_owed(file.case, file.rules)
    assert owed is not None
    assert (owed.key, owed.on) == (Key.ACKNOWLEDGE_STAGE_1, date(2026, 11, 9))
    with office.database.session() as session:
        assert counts(session, office.lead, late)[View.OVERDUE] == 1
    assert office.notice_missed(late) == 1
    assert office.case(reference).case.latest_missed == (Key.ACKNOWLEDGE_STAGE_1, date(2026, 11, 9))
    confirm(office, reference, on=late)
    file = office.case(reference)
    assert file.case.now.told_on == late
    owed = next_owed(file.case, file.rules)
    assert owed is not None
    assert owed.key is Key.RESPOND_STAGE_1
    counted = next(each for each in deadlines_of(file.case, file.rules) if each.key is Key.RESPOND_STAGE_1)
    assert counted.from_date == TUESDAY, "that it waited gives nobody longer to answer"


def test_it_is_given_in_time_where_somebody_checks_in_time(office: Office) -> None:
    reference = submitted_for(office)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, TUESDAY)
    confirm(office, reference, on=WEDNESDAY)
    assert office.case(reference).case.now.told_on == WEDNESDAY
    assert office.notice_missed(date(2026, 11, 10)) == 0


def test_a_late_check_is_a_breach_though_nobody_noticed_it_before(office: Office) -> None:
    reference = submitted_for(office)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, TUESDAY)
    confirm(office, reference, on=date(2026, 11, 10))
    assert {key for key, _basis in office.case(reference).case.missed} == {Key.ACKNOWLEDGE_STAGE_1}
