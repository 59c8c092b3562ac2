"""Delivery: each letter goes once, none is lost, and what went wrong can be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal import create_app
from portal.clock import StoppedClock
from portal.domain.events import Person
from portal.domain.policy import LetterKind
from portal.domain.reply_address import token_for
from portal.post import formats
from portal.post.delivery import LEASE, deliver_unsent, next_try
from portal.post.letters import write_letter
from portal.post.mailer import Mailer, NotDelivered
from portal.records.database import Database
from portal.records.models import LetterRow, LetterState
from portal.settings import Mailbox, Settings
from portal.settings import MailServer as Server
from tests.builders import ANYONE, begun
from tests.post.cases import LONDON
from tests.post.conftest import MailServer

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=LONDON)
MINUTE = timedelta(minutes=1)


def receipt(database: Database, address: str = "ada@example.org", landlord: str = "ids") -> UUID:
    """A letter that waits to be sent."""
    with database.unit_of_work() as session:
        file = begun(session, landlord, person=Person(name="Ada", email=address))
        return write_letter(session, file, LetterKind.RECEIPT, by=ANYONE, at=NOW).id


def stored(database: Database, letter: UUID) -> LetterRow:
    with database.session() as session:
        return session.get_one(LetterRow, letter)


def settings_for(mail: Server | None, url: str = "sqlite://", **more: bool) -> Settings:
    return Settings(
        secret_key="k" * 40,
        database_url=url,
        base_url="https://complaints.example.org",
        mail=mail,
        mail_from="letters@example.org",
        **more,
    )


@pytest.fixture
def smtp(mail_server: MailServer) -> Iterator[Mailer]:
    app = create_app(settings_for(Server("127.0.0.1", mail_server.port)))
    yield app.extensions["mailer"]
    app.extensions["database"].close()


def test_a_letter_arrives_as_text_and_html(database: Database, smtp: Mailer, mail_server: MailServer) -> None:
    mail_server.start()
    letter = receipt(database)
    assert deliver_unsent(database, smtp, NOW) == 1
    (arrived,) = mail_server.postbox.letters
    sealed = stored(database, letter)
    assert arrived["Subject"] == sealed.subject
    assert arrived["To"] == "ada@example.org"
    assert arrived["From"] == "Industrial Dwellings Society <letters@example.org>"
    assert arrived["Reply-To"] == "complaints@ids.example.org"
    assert arrived["Message-ID"] == f"<{token_for('k' * 40, letter)}@example.org>"
    assert arrived["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        part = arrived.get_body((kind,))
        assert part is not None
        words = part.get_content()
        assert "https://complaints.example.org/ids/" in words
        assert "It is not yet our acknowledgement." in " ".join(words.split())
        assert "src=" not in words
    assert (sealed.state, sealed.delivered_at, sealed.attempts) == (LetterState.SENT, NOW, 1)
    assert deliver_unsent(database, smtp, NOW + timedelta(days=9)) == 0


def test_answers_and_what_comes_back_find_their_letter_where_email_is_fetched(
    database: Database, mail_server: MailServer
) -> None:
    mail_server.start()
    box = Mailbox(landlord="ids", address="replies@example.org", host="h", port=993, user="u", password="p")
    settings = replace(settings_for(Server("127.0.0.1", mail_server.port)), mailboxes=(box,))
    app = create_app(settings)
    letter, discreet, other = receipt(database), receipt(database), receipt(database, landlord="ms")
    with database.unit_of_work() as session:
        session.get_one(LetterRow, discreet).discreet = True
    assert deliver_unsent(database, app.extensions["mailer"], NOW) == 3
    app.extensions["database"].close()
    addresses = {
        each["Message-ID"].partition("@")[0][1:]: (each["Reply-To"], sender)
        for each, sender in zip(mail_server.postbox.letters, mail_server.postbox.senders, strict=True)
    }
    token, usual = token_for("k" * 40, letter), "letters@example.org"
    assert addresses == {
        token: (f"replies+{token}@example.org", f"replies+{token}@example.org"),
        token_for("k" * 40, discreet): (None, usual),  # it shows nobody who it is from
        token_for("k" * 40, other): ("complaints@ms.example.org", usual),
    }


def test_with_the_server_down_nothing_is_lost_and_it_goes_when_it_is_back(
    database: Database, smtp: Mailer, mail_server: MailServer
) -> None:
    letter, other = receipt(database), receipt(database)
    assert deliver_unsent(database, smtp, NOW) == 0
    tried = sorted((stored(database, each) for each in (letter, other)), key=lambda each: each.attempts)
    # The server was asked once: the other letter keeps its turn.
    assert [(each.state, each.attempts, each.last_error) for each in tried] == [
        (LetterState.PENDING, 0, ""),
        (LetterState.FAILED, 1, "ConnectionRefusedError"),
    ]
    assert tried[1].next_try_at == NOW + MINUTE
    mail_server.start()
    assert deliver_unsent(database, smtp, NOW) == 1
    assert deliver_unsent(database, smtp, NOW + MINUTE) == 1
    assert len(mail_server.postbox.letters) == 2
    assert stored(database, tried[1].id).last_error == ""


def test_an_address_refused_for_good_is_not_tried_again_and_stays_in_sight(
    database: Database, smtp: Mailer, mail_server: MailServer
) -> None:
    mail_server.start()
    mail_server.postbox.answers["gone@example.org"] = "550 No such user"
    letter, other = receipt(database, "gone@example.org"), receipt(database)
    assert deliver_unsent(database, smtp, NOW) == 1
    refused = stored(database, letter)
    assert (refused.state, refused.next_try_at) == (LetterState.FAILED, None)
    assert refused.last_error == "SMTPRecipientsRefused"
    assert stored(database, other).state is LetterState.SENT
    mail_server.postbox.answers.clear()
    assert deliver_unsent(database, smtp, NOW + timedelta(days=30)) == 0


def test_a_refusal_for_now_is_tried_again(database: Database, smtp: Mailer, mail_server: MailServer) -> None:
    mail_server.start()
    mail_server.postbox.answers["ada@example.org"] = "451 Later, please"
    letter = receipt(database)
    assert deliver_unsent(database, smtp, NOW) == 0
    assert stored(database, letter).next_try_at == NOW + MINUTE
    mail_server.postbox.answers.clear()
    assert deliver_unsent(database, smtp, NOW + MINUTE) == 1


def test_pauses_grow_and_then_it_is_tried_daily() -> None:
    minutes = [(next_try(attempts, NOW) - NOW) / MINUTE for attempts in range(1, 8)]
    assert minutes == [1, 5, 15, 60, 240, 1440, 1440]


class Counting:
    """Counts what it is given."""

    def __init__(self) -> None:
        self.taken: Counter[UUID] = Counter()

    def send(self, letter: LetterRow) -> None:
        self.taken[letter.id] += 1


def test_two_deliverers_at_once_send_each_letter_once(database: Database) -> None:
    letters = [receipt(database) for _ in range(8)]
    mailer, start = Counting(), Barrier(2)

    def deliver() -> None:
        start.wait()
        deliver_unsent(database, mailer, NOW)

    both = [Thread(target=deliver) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert mailer.taken == dict.fromkeys(letters, 1)


def test_nothing_is_locked_while_a_letter_is_being_sent(database: Database) -> None:
    class Writing(Counting):
        def send(self, letter: LetterRow) -> None:
            receipt(database, "second@example.org")
            super().send(letter)

    receipt(database)
    assert deliver_unsent(database, Writing(), NOW, limit=1) == 1


def test_a_letter_whose_sender_died_is_due_again_when_its_lease_ends(database: Database) -> None:
    class Died(BaseException):
        pass

    class Dying:
        def send(self, letter: LetterRow) -> None:
            raise Died

    letter = receipt(database)
    with pytest.raises(Died):
        deliver_unsent(database, Dying(), NOW)
    assert stored(database, letter).state is LetterState.PENDING
    assert deliver_unsent(database, Counting(), NOW) == 0
    assert deliver_unsent(database, Counting(), NOW + LEASE) == 1


def test_one_call_sends_no_more_than_it_is_told(database: Database) -> None:
    for _ in range(3):
        receipt(database)
    assert deliver_unsent(database, Counting(), NOW, limit=2) == 2


def test_without_a_server_letters_wait_but_in_the_demo_they_are_on_its_page(database: Database) -> None:
    letter = receipt(database)
    for demo, state in ((False, LetterState.FAILED), (True, LetterState.SENT)):
        app = create_app(settings_for(None, demo=demo))
        deliver_unsent(database, app.extensions["mailer"], NOW + MINUTE * demo)
        assert stored(database, letter).state is state
        app.extensions["database"].close()


def test_an_address_that_no_server_could_take_is_refused_here(smtp: Mailer, mail_server: MailServer) -> None:
    mail_server.start()
    said = {"kind": LetterKind.DECLINE, "subject": "x", "body": "x", "written_at": NOW}
    letter = LetterRow(id=uuid4(), landlord="ids", language="en_GB", **said)
    letter.to_address = "ada@example.org\nBcc: eve@example.org"
    with pytest.raises(NotDelivered) as refused:
        smtp.send(letter)
    assert refused.value.permanent
    assert mail_server.postbox.letters == []


def test_a_letter_that_cannot_be_made_stops_no_other(
    one_database: Database, smtp: Mailer, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, broken = formats.email, [RuntimeError()]

    def first_breaks(*said: Any, **around: Any) -> Any:
        if broken:
            raise broken.pop()
        return make(*said, **around)

    monkeypatch.setattr(formats, "email", first_breaks)
    mail_server.start()
    letters = [receipt(one_database) for _ in range(2)]
    assert deliver_unsent(one_database, smtp, NOW) == 1
    kept = [stored(one_database, each) for each in letters]
    assert {(each.state, each.last_error) for each in kept} == {
        (LetterState.FAILED, "RuntimeError"),
        (LetterState.SENT, ""),
    }


def test_only_what_the_portal_writes_by_itself_is_marked_automatic(smtp: Mailer, mail_server: MailServer) -> None:
    mail_server.start()
    said = {"kind": LetterKind.DECLINE, "subject": "x", "body": "x", "written_at": NOW}
    letter = LetterRow(id=uuid4(), landlord="ids", language="en_GB", **said)
    letter.to_address = "ada@example.org"
    smtp.send(letter)
    assert mail_server.postbox.letters[0]["Auto-Submitted"] is None


@pytest.fixture
def app(database: Database, mail_server: MailServer) -> Iterator[Flask]:
    url = database.url.render_as_string(hide_password=False)
    made = create_app(settings_for(Server("127.0.0.1", mail_server.port), url), StoppedClock(NOW))
    yield made
    made.extensions["database"].close()


@pytest.mark.parametrize(("fails", "arrived"), [(False, 1), (True, 0)])
def test_a_letter_goes_when_its_request_has_been_answered(
    app: Flask, mail_server: MailServer, fails: bool, arrived: int
) -> None:
    mail_server.start()
    seen_before_the_answer = []

    with app.test_request_context("/"):
        database: Database = app.extensions["database"]
        try:
            with database.unit_of_work() as session:
                write_letter(session, begun(session, "ids"), LetterKind.RECEIPT, by=ANYONE, at=NOW)
                if fails:
                    raise LookupError
        except LookupError:
            pass
        response = app.process_response(app.make_response("done"))
        seen_before_the_answer.append(len(mail_server.postbox.letters))
        response.close()
    assert seen_before_the_answer == [0]
    assert len(mail_server.postbox.letters) == arrived
