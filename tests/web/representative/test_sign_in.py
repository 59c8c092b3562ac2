"""Signing in for an office: a code to the official address, on the device that asked, once, and nothing told."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask

from portal.actions.end_member import end_member
from portal.clock import StoppedClock
from portal.domain import references
from portal.domain.offices import CODE_GOOD_FOR, MOST_WRONG_CODES, SIGNED_IN_FOR
from portal.post.delivery import deliver_unsent
from portal.post.formats import plain_text
from portal.post.mailer import message_for
from portal.records.models import LetterState
from portal.web.account import security
from portal.worker import Worker
from tests.actions.office import Office, rows, ten_oclock
from tests.builders import MONDAY
from tests.statements import statements
from tests.web.answer import Answer
from tests.web.representative.member import Known, Member, an_office, codes
from tests.web.test_every_route import contents

TEN = ten_oclock(MONDAY)
UNKNOWN = "nobody@example.org"
WRONG = references.new_sign_in_code(lambda letters: letters[4])


def told(answer: Answer) -> tuple[int, str | None, str, dict[str, str]]:
    return answer.status, answer.location, answer.words, answer.errors


def test_a_member_signs_in_with_the_code_of_the_email(app: Flask, member: Member, known: Known) -> None:
    assert not member.is_signed_in()
    member.ask(known.email.upper())
    [asked] = codes(app)
    assert (asked.to_address, asked.state, asked.expires_at) == (known.email, LetterState.PENDING, TEN + CODE_GOOD_FOR)
    code = member.code()
    assert member.enter(code.lower().replace("-", " ")).location == "/ids/office/"
    assert "caseworker@example.org" in member.get("office/about").words
    assert member.post("office/sign-out").location == "/ids/office/sign-in"
    assert not member.is_signed_in()


def test_the_email_has_the_code_and_nothing_that_signs_in_by_being_opened(
    app: Flask, member: Member, known: Known
) -> None:
    member.ask(known.email)
    [asked] = codes(app)
    message = message_for(asked, app.extensions["settings"])
    code = member.code()
    assert code in message.body
    assert code not in message.subject
    assert "http" not in message.body + plain_text(message.body)
    stored = {str(getattr(asked, column.name)) for column in asked.__table__.columns}
    assert code not in stored
    assert references.plain(code) not in stored


def test_an_email_that_does_not_go_is_tried_again_like_every_other(app: Flask, member: Member, known: Known) -> None:
    member.ask(known.email)
    deliver_unsent(app.extensions["database"], app.extensions["mailer"], TEN)  # there is no mail server here
    [asked] = codes(app)
    assert asked.state is LetterState.FAILED
    assert asked.next_try_at is not None
    assert asked.next_try_at <= TEN + timedelta(minutes=1)


class Sent:
    """A mail server that only remembers."""

    def __init__(self) -> None:
        self.to: list[str] = []

    def send(self, letter: Any) -> None:
        self.to.append(letter.to_address)


@pytest.fixture
def sent(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Sent:
    mailer = Sent()
    monkeypatch.setitem(app.extensions, "mailer", mailer)
    return mailer


def test_no_request_sends_a_code_and_the_worker_sends_it_before_any_letter(
    app: Flask, member: Member, known: Known, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time of no answer, nor of what the same visitor does next, tells whether there was anybody to write to."""
    stranger = Member(app)
    for each in (member, stranger):  # what is done after an answer is done here too
        monkeypatch.setattr(each.client, "open", partial(each.client.open, buffered=True))
    member.ask(known.email)
    stranger.complain()  # whose receipt goes with its own request
    stranger.ask(UNKNOWN)
    assert sent.to == ["resident.one@example.org"]
    assert [each.state for each in codes(app) if each.member_id] == [LetterState.PENDING]
    visitor = Member(app)
    visitor.complain(how_to_reach_you={"reply_by": "email", "email": "resident.two@example.org"})  # its answer is lost
    Worker(app).send()
    assert sent.to == ["resident.one@example.org", known.email, "resident.two@example.org"]


def test_two_presses_ask_for_one_code_and_each_email_has_it(
    app: Flask, member: Member, known: Known, sent: Sent, clock: StoppedClock
) -> None:
    def press() -> str:
        with member.client.session_transaction() as cookie:
            cookie.clear()
            cookie.update(as_opened)
        assert member.ask(known.email).status == 303
        return member.code()

    member.token()
    member.get("office/sign-in")
    with member.client.session_transaction() as cookie:
        as_opened = dict(cookie)  # both presses send what the browser had when the page was opened
    first = press()
    Worker(app).send()
    assert press() == first
    Worker(app).send()
    assert sent.to == [known.email] * 2
    clock.move_to(TEN + CODE_GOOD_FOR + CODE_GOOD_FOR)
    later = press()
    assert later != first
    assert press() == later
    assert member.enter(first).status == 422
    assert member.enter(later).status == 303


def test_a_code_asked_for_at_another_address_is_another_one(app: Flask, member: Member, known: Known) -> None:
    member.ask(known.email)
    first = member.code()
    member.ask(UNKNOWN)
    assert member.enter(first).status == 422
    assert member.enter(member.code()).status == 422


def test_a_code_that_is_replaced_while_it_is_being_sent_stops_no_worker(
    app: Flask, member: Member, known: Known, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = member.token()

    def send(letter: Any) -> None:
        if not sent.to:
            member.post("office/sign-in", {"email": UNKNOWN}, token=token)
        Sent.send(sent, letter)

    member.ask(known.email)
    monkeypatch.setattr(sent, "send", send)
    Worker(app).send()
    member.ask(known.email)
    Worker(app).send()
    assert sent.to == [known.email] * 2


def test_nobody_learns_whose_address_is_known(app: Flask, known: Known) -> None:
    """The same words, status and work for a member's address and for any other, when asked and when tried."""
    answers, work = [], []
    for email in (known.email, UNKNOWN):
        somebody = Member(app)
        token = somebody.token()
        with statements(app) as seen:
            asked = somebody.post("office/sign-in", {"email": email}, token=token)
            again = somebody.post("office/sign-in", {"email": email.upper()}, token=token)
            page = somebody.get("office/sign-in/code")
            tried = [somebody.post("office/sign-in/code", {"code": WRONG}, token=token) for _ in range(7)]
            work.append([each.split("VALUES")[0] for each in seen])
        answers.append([told(each) for each in (asked, again, page, *tried)])
    assert answers[0] == answers[1]
    assert work[0] == work[1]
    assert [each[0] for each in answers[0]] == [303, 303, 200, *[422] * 7]


def test_a_code_that_is_wrong_old_used_or_tried_too_often_gets_one_answer(
    app: Flask, member: Member, known: Known, clock: StoppedClock
) -> None:
    refusals = []

    def refused(code: str) -> None:
        refusals.append(told(member.enter(code)))
        assert not member.is_signed_in()

    refused(WRONG)  # nothing was asked for
    member.ask(known.email)
    refused(WRONG)
    clock.move_to(TEN + CODE_GOOD_FOR)
    refused(member.code())

    member.ask(known.email)
    used = member.code()
    with member.client.session_transaction() as cookie:
        as_asked = dict(cookie)
    assert member.enter(used).status == 303
    member.post("office/sign-out")
    with member.client.session_transaction() as cookie:
        cookie.update(as_asked)
    clock.move_to(TEN + CODE_GOOD_FOR + timedelta(minutes=2))
    refused(used)

    clock.move_to(TEN + timedelta(hours=1))
    member.ask(known.email)
    for _ in range(MOST_WRONG_CODES):
        member.enter(WRONG)
    refused(member.code())
    assert len({repr(each) for each in refusals}) == 1
    assert refusals[0][0] == 422


def test_a_second_press_is_answered_like_the_first(app: Flask, member: Member, known: Known) -> None:
    member.ask(known.email)
    code = member.code()
    with member.client.session_transaction() as cookie:
        as_asked = dict(cookie)
    assert member.enter(code).location == "/ids/office/"
    assert member.enter(code).location == "/ids/office/"
    with member.client.session_transaction() as cookie:  # both presses were on their way at once
        cookie.clear()
        cookie.update(as_asked)
    assert member.enter(code).location == "/ids/office/"


def test_a_code_signs_in_the_browser_that_asked_for_it_alone(app: Flask, member: Member, known: Known) -> None:
    """So nobody can use up somebody else's code by trying, and a code that is overheard is of no use."""
    member.ask(known.email)
    code, stranger = member.code(), Member(app)
    stranger.ask(known.email)
    assert stranger.enter(code).status == 422
    for _ in range(MOST_WRONG_CODES):
        stranger.enter(WRONG)
    assert member.enter(code).status == 303


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_ten_times_signs_nobody_in_and_uses_nothing_up(
    app: Flask, member: Member, known: Known, method: str
) -> None:
    member.ask(known.email)
    code, stored = member.code(), contents(app.extensions["database"])
    for _ in range(10):
        for path in ("sign-in", "sign-in/code", f"sign-in/code?code={code}", "sign-out", ""):
            member.client.open(f"/ids/office/{path}", method=method)
    assert contents(app.extensions["database"]) == stored
    assert not member.is_signed_in()
    assert member.enter(code).status == 303


def asks_from(app: Flask, number: int, email: str, token: str | None = None) -> int:
    """Somebody at the source of that number. The status of the answer."""
    somebody = Member(app)
    somebody.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
    return somebody.post("office/sign-in", {"email": email}, token=token).status


def test_who_asks_too_often_is_slowed_down_and_keeps_nobody_else_out(app: Flask, known: Known, sent: Sent) -> None:
    assert [asks_from(app, 1, known.email) for _ in range(40)] == [303] * 5 + [429] * 35
    assert asks_from(app, 2, known.email) == 303
    Worker(app).send()
    assert sent.to == [known.email] * 6


def test_forms_that_are_not_taken_use_nothing_up(app: Flask, known: Known) -> None:
    """Another website can send them from a member's own browser."""
    assert {asks_from(app, 1, known.email, token="forged") for _ in range(40)} == {422}
    assert asks_from(app, 1, known.email) == 303


def test_an_address_that_got_many_codes_gets_no_more_for_a_while_and_nobody_is_told(
    app: Flask, known: Known, sent: Sent
) -> None:
    told = {(each, asks_from(app, number, each)) for number in range(8) for each in [known.email, UNKNOWN] * 5}
    assert told == {(known.email, 303), (UNKNOWN, 303)}
    Worker(app).send()
    assert sent.to == [known.email] * 30


def test_a_council_signs_in_from_behind_one_address(app: Flask) -> None:
    assert {asks_from(app, 1, f"councillor.{number}@example.org") for number in range(120)} == {303}


def end(office: Office, known: Known) -> None:
    with office.database.unit_of_work() as session:
        end_member(session, office.lead, known.office_id, known.member_id, why="", now=TEN)


def test_a_member_whose_access_ends_is_signed_out_with_the_next_request(
    app: Flask, office: Office, member: Member, known: Known
) -> None:
    elsewhere = Member(app).sign_in(known)
    member.sign_in(known)
    waiting = Member(app)
    waiting.ask(known.email)
    code = waiting.code()
    end(office, known)
    assert not member.is_signed_in()
    assert not elsewhere.is_signed_in()
    assert waiting.enter(code).status == 422
    Member(app).ask(known.email)
    assert [each.to_address for each in codes(app)].count("") == 1
    assert rows(app.extensions["database"])["office_sessions"] == 0


def test_a_session_ends_when_nothing_is_done_and_at_the_end_of_the_day(
    app: Flask, member: Member, known: Known, clock: StoppedClock
) -> None:
    member.sign_in(known)
    with pytest.MonkeyPatch.context() as later:
        later.setattr(security, "IDLE_SECONDS", -1)
        assert not member.is_signed_in()
    assert member.is_signed_in()
    clock.move_to(TEN + SIGNED_IN_FOR)
    assert not member.is_signed_in()


def test_a_member_of_one_landlords_office_is_nobody_at_another(app: Flask, member: Member, known: Known) -> None:
    member.sign_in(known)
    assert member.client.get("/ivh/office/").location == "/ivh/office/sign-in"
    # The same address may be in an office of each: a code of one opens nothing of the other.
    theirs = an_office(Office(app.extensions["database"], "ivh"))
    there = Member(app, "ivh")
    there.ask(theirs.email)
    code = there.code()
    assert (
        there.client.post("/ids/office/sign-in/code", data={"csrf_token": there.token(), "code": code}).status_code
        == 422
    )
    assert there.enter(code).location == "/ivh/office/"


def test_a_form_from_elsewhere_signs_nobody_in(app: Flask, member: Member, known: Known) -> None:
    member.ask(known.email)
    code = member.code()
    forged = member.post("office/sign-in/code", {"code": code}, token="forged")
    assert forged.status == 422
    assert not member.is_signed_in()
