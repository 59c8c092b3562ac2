"""Signing in for an office: a code to the official address, on the device that asked, once, and nothing told."""

from __future__ import annotations

from datetime import timedelta

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


def test_nobody_learns_whose_address_is_known(app: Flask, known: Known) -> None:
    """The same words, status and work for a member's address and for any other, when asked and when tried."""
    answers, work = [], []
    for email in (known.email, UNKNOWN):
        somebody = Member(app)
        token = somebody.token()
        with statements(app) as seen:
            asked = somebody.post("office/sign-in", {"email": email}, token=token)
            page = somebody.get("office/sign-in/code")
            tried = [somebody.post("office/sign-in/code", {"code": WRONG}, token=token) for _ in range(7)]
            work.append([each.split("VALUES")[0] for each in seen])
        answers.append([told(each) for each in (asked, page, *tried)])
    assert answers[0] == answers[1]
    assert work[0] == work[1]
    assert [each[0] for each in answers[0]] == [303, 200, *[422] * 7]


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


def test_who_asks_too_often_is_slowed_down_and_keeps_nobody_else_out(app: Flask, known: Known) -> None:
    def ask_from(address: str) -> int:
        somebody = Member(app)
        data = {"csrf_token": somebody.token(), "email": known.email}
        return somebody.client.post("/ids/office/sign-in", data=data, environ_base={"REMOTE_ADDR": address}).status_code

    assert [ask_from("192.0.2.1") for _ in range(6)] == [303] * 5 + [429]
    assert ask_from("192.0.2.2") == 303


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
