"""What becomes of a message: on its complaint where it can only belong there, else before a person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from portal.actions.add_representative import add_representative
from portal.actions.record_authority import record_authority
from portal.domain.enquiries import EnquiryLetterKind
from portal.domain.evidence import FileKind
from portal.domain.mail import day_received
from portal.domain.mail_kinds import MailKind, MailOutcome, WhyWaits
from portal.domain.message_events import MessageReceived
from portal.domain.permissions import Actor
from portal.domain.reply_address import letter_of, token_for, tokens_in
from portal.domain.representation import NewAuthority, NewRepresentative
from portal.domain.representative_kinds import AskedBy, AuthorityEvidence, AuthorityScope, Capacity
from portal.evidence.arrival import take_in
from portal.records import enquiries, mail, queries
from portal.records.database import Database
from portal.records.files import store_at
from portal.records.mail import IncomingMail
from portal.records.models import EnquiryLetter, LetterRow, LetterState
from tests.actions.office import Office, ten_oclock
from tests.actions.test_petitions import handed_in, letters
from tests.actions.test_representatives import submitted_for
from tests.builders import MONDAY
from tests.evidence.samples import GOOD
from tests.mail.kept import SECRET, came_in

ADA = "resident.one@example.org"
TUESDAY = date(2026, 11, 3)


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return Office(sqlite_database, "ids")


def receipt(office: Office, reference: str) -> LetterRow:
    """The first letter of a complaint, which was sent."""
    with office.database.unit_of_work() as session:
        letter = session.get_one(LetterRow, office.letters(reference)[0].id)
        letter.state, letter.next_try_at = LetterState.SENT, None
        return letter


def answer(office: Office, reference: str, **said: Any) -> IncomingMail:
    """A message that bears the token of the receipt."""
    token = token_for(SECRET, receipt(office, reference).id)
    return came_in(office, **{"sender": ADA, "words": "Tuesday suits me.", "tokens": (token,), **said})


def words_in(office: Office, reference: str) -> list[tuple[str, int | None]]:
    messages = office.case(reference).case.messages
    return [(each.event.words, each.representative) for each in messages if isinstance(each.event, MessageReceived)]


def test_an_answer_from_the_contact_on_file_is_the_residents_message(office: Office) -> None:
    reference = office.submit(MONDAY)
    row = answer(office, reference, sender="Resident.One@Example.org")
    assert (row.kind, row.outcome, row.verified, row.why) == (MailKind.REPLY, MailOutcome.FILED, True, None)
    assert words_in(office, reference) == [("Tuesday suits me.", None)]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"sender": "somebody@example.org"}, WhyWaits.SENDER_UNKNOWN),
        ({"tokens": ("a" * 42,)}, WhyWaits.NEW),
        ({"tokens": (), "references": "its own"}, WhyWaits.REFERENCE_ALONE),
        ({"tokens": (), "references": "another landlord's"}, WhyWaits.NEW),
        ({"tokens": (), "is_automatic": True}, WhyWaits.AUTOMATIC),
        ({"tokens": (), "bounced": True}, WhyWaits.BOUNCE),
        ({"read": False}, WhyWaits.UNREADABLE),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_proves_nothing_waits_for_a_person(office: Office, said: dict[str, Any], why: WhyWaits) -> None:
    reference = office.submit(MONDAY)
    theirs = Office(office.database, "ms").submit(MONDAY)
    if "references" in said:
        said = {**said, "references": (reference if said["references"] == "its own" else theirs,)}
    row = answer(office, reference, **said)
    assert (row.outcome, row.why, row.complaint_id, row.verified) == (None, why, None, False)
    about = office.case(reference).row.id
    assert row.suggested_id == (about if why in (WhyWaits.SENDER_UNKNOWN, WhyWaits.REFERENCE_ALONE) else None)
    assert words_in(office, reference) == []


def test_the_number_of_a_letter_without_our_proof_is_no_token() -> None:
    letter = receipt_id = uuid4()
    token = token_for(SECRET, letter)
    assert letter_of(SECRET, token) == receipt_id
    assert letter_of(SECRET, token.upper()) == receipt_id
    assert letter_of("another installation's secret key", token) is None
    other = token_for(SECRET, uuid4())
    assert letter_of(SECRET, token[:26] + other[26:]) is None
    assert tokens_in([f"replies+{token}@example.org", f"<{token}@example.org>"]) == (token,)


def test_a_contact_that_somebody_else_gave_and_nobody_checked_is_nobodys_word(office: Office) -> None:
    reference = submitted_for(office)
    assert office.case(reference).case.contact_to_check
    assert answer(office, reference).why is WhyWaits.SENDER_UNKNOWN


def test_an_answer_of_somebody_who_acts_is_theirs_while_they_act(office: Office) -> None:
    reference = office.submit(MONDAY)
    new = NewRepresentative(
        capacity=Capacity.FRIEND, asked_by=AskedBy.RESIDENT, name="Friend One", email="friend@example.org"
    )
    office.do(add_representative, office.lead, reference, new, on=MONDAY)
    allowed = NewAuthority(
        evidence=AuthorityEvidence.CALL,
        scopes=(AuthorityScope.FULL_REPLY,),
        starts_on=MONDAY,
        expires_on=TUESDAY,
        words="Told us.",
    )
    office.do(record_authority, office.lead, reference, 1, allowed, on=MONDAY)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    (copied,) = office.case(reference).case.representatives[0].letters
    token = token_for(SECRET, UUID(copied.letter_id))
    said = {"sender": "friend@example.org", "words": "I speak for her.", "tokens": (token,)}
    assert came_in(office, **said).outcome is MailOutcome.FILED
    assert words_in(office, reference) == [("I speak for her.", 1)]
    # The resident's own address does not answer a letter to somebody else, nor does theirs after the last day.
    assert came_in(office, **{**said, "sender": ADA}).why is WhyWaits.SENDER_UNKNOWN
    assert came_in(office, at=ten_oclock(date(2026, 11, 5)), **said).why is WhyWaits.SENDER_UNKNOWN


def test_an_automatic_reply_is_filed_and_nobody_has_to_read_or_answer_it(office: Office) -> None:
    reference = office.submit(MONDAY)
    written = [each.id for each in office.letters(reference)]
    row = answer(office, reference, is_automatic=True, words="I am away until Friday.")
    assert (row.kind, row.outcome) == (MailKind.AUTOMATIC, MailOutcome.FILED)
    assert words_in(office, reference) == []
    assert [each.event.kind for each in office.case(reference).recorded][-1] == "mail_filed"
    assert [each.id for each in office.letters(reference)] == written


def test_a_letter_that_comes_back_counts_as_not_delivered_and_is_a_task_the_same_day(office: Office) -> None:
    reference = office.submit(MONDAY)
    row = answer(office, reference, sender="mailer-daemon@example.org", is_automatic=True, bounced=True)
    assert (row.kind, row.outcome) == (MailKind.BOUNCE, MailOutcome.FILED)
    with office.database.session() as session:
        (letter,) = queries.letters_needing_a_person(session, office.lead)
        assert (letter.id, letter.state, letter.next_try_at) == (row.letter_id, LetterState.FAILED, None)


def test_a_bounce_changes_no_letter_that_was_told_otherwise_since(office: Office) -> None:
    reference = office.submit(MONDAY)
    letter = receipt(office, reference)
    with office.database.unit_of_work() as session:
        session.get_one(LetterRow, letter.id).state = LetterState.POSTED
    came_in(office, tokens=(token_for(SECRET, letter.id),), bounced=True, is_automatic=True)
    assert office.letters(reference)[0].state is LetterState.POSTED


def test_what_came_back_of_a_letter_about_no_complaint_marks_that_letter(office: Office) -> None:
    reference = handed_in(office)
    letter = letters(office, reference)[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT]
    with office.database.unit_of_work() as session:
        session.get_one(EnquiryLetter, letter.id).state = LetterState.SENT
    row = came_in(office, tokens=(token_for(SECRET, letter.id),), bounced=True, is_automatic=True)
    assert (row.outcome, row.complaint_id) == (MailOutcome.MARKED, None)
    with office.database.session() as session:
        assert letter.id in {each.id for each in enquiries.letters_needing_a_person(session, office.lead)}
    # A word about it from its reader is no bounce, and is read by a person.
    assert came_in(office, tokens=(token_for(SECRET, letter.id),)).why is WhyWaits.NEW


def test_its_files_are_the_residents_and_wait_to_be_looked_at(office: Office, tmp_path: Path) -> None:
    store = store_at((tmp_path / "files").as_uri())
    reference = office.submit(MONDAY)
    content = BytesIO(GOOD[FileKind.PDF])
    file = take_in(office.database, store, "ids", "bill.pdf", content, now=ten_oclock(MONDAY))
    answer(office, reference, evidence=[file])
    (kept,) = office.case(reference).case.residents_files
    assert (kept.name, kept.kind, kept.state.value) == ("bill.pdf", FileKind.PDF, "checking")


@pytest.mark.parametrize(
    ("reached", "day"),
    [
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 23, 1, tzinfo=UTC), date(2026, 7, 1)),  # one minute past midnight in London
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_day_0_is_the_day_in_london_on_which_it_reached_the_mailbox(reached: datetime, day: date) -> None:
    assert day_received(reached) == day


def test_an_email_is_in_sight_with_the_complaint_that_it_seems_to_be_about(office: Office) -> None:
    """By the table of who sees what: restricted complaints, areas, and what is about none."""
    from portal.actions.restrict_complaint import restrict_complaint

    reference = office.submit(MONDAY)
    about, about_none = came_in(office, references=(reference,)), came_in(office)
    office.do(restrict_complaint, office.lead, reference, (), reason="Works here.", on=MONDAY)
    limited = Actor(role=office.handler.role, landlord="ids", user_id=office.handler.user_id, areas=("north",))

    def seen(actor: Actor) -> set[Any]:
        with office.database.session() as session:
            waiting = {each.id for each in mail.waiting(session, actor)}
            one_by_one = {each.id for each in (about, about_none) if mail.with_id(session, actor, each.id)}
            assert queries.counts_and_waiting(session, actor, ten_oclock(TUESDAY)).waiting.mail == len(waiting)
            return waiting if waiting == one_by_one else {"they differ"}

    assert seen(office.lead) == {about.id, about_none.id}
    assert seen(office.handler) == {about_none.id}
    assert seen(limited) == set()
    assert seen(Office(office.database, "ms").lead) == set()
