"""What went to somebody is kept byte for byte: the same bytes that a mail server was handed, or that a printer was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import undefer

from portal import create_app, landlords
from portal.actions.record_posting import record_posting
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.events import Person, ReplyBy
from portal.post.delivery import deliver_unsent
from portal.post.mailer import Mailer
from portal.post.pdf import pdf
from portal.records import sent
from portal.records.database import Database
from portal.records.models import LetterRow
from portal.records.sent import SentAs, SentCopy
from portal.settings import MailServer as Server
from tests.actions.office import Office
from tests.actions.test_adjustments import MONDAY, TUESDAY, decided, submitted
from tests.post.conftest import MailServer
from tests.post.test_delivery import NOW, receipt, settings_for

A_YEAR = timedelta(days=365)


@pytest.fixture
def smtp(mail_server: MailServer) -> Iterator[Mailer]:
    app = create_app(settings_for(Server("127.0.0.1", mail_server.port)))
    mail_server.start()
    yield app.extensions["mailer"]
    app.extensions["database"].close()


def kept(database: Database) -> list[SentCopy]:
    with database.session() as session:
        return list(session.scalars(select(SentCopy).order_by(SentCopy.id).options(undefer(SentCopy.content))))


def broken(database: Database, landlord: str = "ids") -> tuple[int, str] | None:
    with database.session() as session:
        found = sent.verify(session, landlord)
    return (found.sequence, found.problem) if found else None


def test_an_email_is_kept_as_the_mail_server_was_handed_it(
    database: Database, smtp: Mailer, mail_server: MailServer
) -> None:
    letters = [receipt(database), receipt(database, landlord="hs"), receipt(database)]
    assert deliver_unsent(database, smtp, NOW) == len(letters)
    copies = kept(database)
    assert [each.content for each in copies] == mail_server.postbox.contents
    assert {each.letter_id for each in copies} == set(letters)
    for each in copies:
        assert each.content
        assert (each.sent_as, each.at, each.size) == (SentAs.EMAIL, NOW, len(each.content))
        assert each.digest == sha256(each.content).hexdigest()
    with database.session() as session:
        assert sent.landlords(session) == ["hs", "ids"]
    assert (broken(database), broken(database, "hs")) == (None, None)


def test_what_did_not_go_is_not_kept(one_database: Database, smtp: Mailer, mail_server: MailServer) -> None:
    mail_server.postbox.answers["ada@example.org"] = "550 no such person"
    receipt(one_database)
    assert deliver_unsent(one_database, smtp, NOW) == 0
    assert kept(one_database) == []


@pytest.fixture
def sent_twice(one_database: Database, smtp: Mailer) -> Database:
    """Two copies, whose landlord can change the tables."""
    for _ in range(2):
        receipt(one_database)
    assert deliver_unsent(one_database, smtp, NOW) == 2
    return one_database


@pytest.mark.parametrize("change", [delete(SentCopy), update(SentCopy).values(content=b"We never wrote that.")])
def test_the_database_refuses_to_change_what_was_sent(database: Database, smtp: Mailer, change: object) -> None:
    receipt(database)
    assert deliver_unsent(database, smtp, NOW) == 1
    with pytest.raises(DBAPIError, match="what was sent is never changed"), database.unit_of_work() as session:
        session.execute(change)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("change", "where", "problem"),
    [
        ("UPDATE sent_copies SET content = x'41' WHERE sequence = 1", 1, "what was sent was altered"),
        ("UPDATE sent_copies SET digest = 'f' WHERE sequence = 2", 2, "what is said of the copy was altered"),
        ("UPDATE sent_copies SET content = NULL WHERE sequence = 2", 2, "removed without a record of the erasure"),
        ("UPDATE sent_copies SET erased_at = at WHERE sequence = 2", 2, "a copy was added after its erasure"),
        ("DELETE FROM sent_copies WHERE sequence = 1", 1, "missing or out of order: 2 follows 0"),
        ("DELETE FROM sent_copies WHERE sequence = 2", 2, "some are missing"),
    ],
)
def test_whoever_changes_it_all_the_same_is_noticed(
    sent_twice: Database, change: str, where: int, problem: str
) -> None:
    with sent_twice.unit_of_work() as session:
        for trigger in ("sent_copies_only_erased", "sent_copies_no_delete"):
            session.execute(text(f"DROP TRIGGER {trigger}"))
        session.execute(text(change))
    found = broken(sent_twice)
    assert found is not None
    assert found[0] == where
    assert problem in found[1]


def test_it_is_forgotten_with_the_words_of_its_complaint(database: Database, smtp: Mailer) -> None:
    first, second = receipt(database), receipt(database)
    assert deliver_unsent(database, smtp, NOW) == 2
    with database.unit_of_work() as session:
        complaint = session.get_one(LetterRow, first).complaint_id
        sent.erase_copies(session, complaint, at=NOW + A_YEAR)
    contents = {each.letter_id: each.content for each in kept(database)}
    assert contents[first] is None
    assert contents[second] is not None
    assert broken(database) is None


def post_last(office: Office, reference: str) -> LetterRow:
    letter = office.letters(reference)[-1]
    office.do(record_posting, office.lead, reference, letter.id, posted_on=TUESDAY, on=TUESDAY)
    return letter


def test_a_letter_on_paper_is_kept_as_it_is_printed(one_database: Database) -> None:
    office = Office(one_database, "ids")
    person = Person(name="Ada", address="1 Example Row", postcode="AB1 2CD")
    letter = post_last(office, office.submit(MONDAY, person=person, reply_by=ReplyBy.POST))
    (copy,) = kept(one_database)
    assert (copy.letter_id, copy.sent_as) == (letter.id, SentAs.PAPER)
    assert copy.content == pdf(letter, landlords.landlord("ids"))


def test_what_a_person_made_is_not_kept_as_what_the_portal_prints(one_database: Database) -> None:
    office = Office(one_database, "ids")
    reference = submitted(office, Adjustment.BRAILLE_OR_AUDIO)
    decided(office, reference, kind=Adjustment.BRAILLE_OR_AUDIO)
    assert post_last(office, reference).by_hand
    assert kept(one_database) == []
