"""A lost code: a stranger learns nothing and changes nothing; its owner gets in through the contact on file."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import func, select

from portal.actions import ask_for_code
from portal.actions.record_posting import record_posting
from portal.clock import StoppedClock
from portal.domain import references
from portal.domain.refusal import StaleVersion
from portal.post.notes import address_of
from portal.records.links import GOOD_FOR, SLIP_GOOD_FOR, slip_code
from portal.records.models import CodeRequest, EventRow, LetterRow, LetterState, Link
from portal.worker import Worker
from tests.actions.office import Office
from tests.statements import statements
from tests.web.answer import Answer, text_of
from tests.web.resident.conftest import THURSDAY
from tests.web.resident.visitor import Visitor
from tests.web.staff.browser import Browser

UNKNOWN = references.new_reference(lambda letters: letters[4])
BY_POST = {"reply_by": "post"}
BY_PHONE = {"reply_by": "phone", "phone": "01632 960 001"}
NO_ADDRESS = {"name": "Resident One"}


def ask(visitor: Visitor, reference: str) -> Answer:
    """Ask, and wait until what follows the answer is done."""
    data = {"csrf_token": visitor.token(), "reference": reference}
    response = visitor.client.post("/ids/lost-code", data=data, buffered=True)
    response.close()
    return Answer(response.status_code, response.headers.get("Location"), response.text, "/ids/lost-code")


def links(app: Flask) -> list[Link]:
    with app.extensions["database"].session() as session:
        return list(session.scalars(select(Link).order_by(Link.written_at, Link.used_at)))


def address(app: Flask, link: Link) -> str:
    return address_of(link, base_url="", secret_key=app.extensions["settings"].secret_key)


def kinds(app: Flask) -> list[str]:
    with app.extensions["database"].session() as session:
        return list(session.scalars(select(EventRow.kind).order_by(EventRow.number)))


def shown(page: Answer) -> list[str]:
    return [text_of(each) for each in page.tree.iter("code") if each.get("class") == "portal-reference"]


def test_the_answer_is_the_same_whether_there_is_a_case_or_not(app: Flask, visitor: Visitor) -> None:
    reference, _code = visitor.complain()
    token, told, work = visitor.token(), [], []
    for each in (reference, UNKNOWN):
        with statements(app) as seen:
            response = visitor.client.post("/ids/lost-code", data={"csrf_token": token, "reference": each})
            work.append(list(seen))
        told.append((response.status_code, response.headers["Location"], response.text))
        response.close()
    assert told[0] == told[1]
    assert [len(each) for each in work] == [1, 1]
    assert work[0] == work[1]  # what was asked is written down, and no more is done before the answer
    assert reference not in visitor.get("lost-code/asked").html


def test_the_link_of_the_email_makes_one_new_code_and_ends_the_old_one(app: Flask, visitor: Visitor) -> None:
    reference, old = visitor.complain()
    visitor.open(reference, old)
    ask(Visitor(app), reference)
    [link] = links(app)
    assert (link.to_address, link.state, link.expires_at) == (
        "resident.one@example.org",
        LetterState.PENDING,
        THURSDAY + GOOD_FOR,
    )
    assert visitor.get("my-complaint").status == 200  # asking ends nothing
    owner = Visitor(app)
    page = owner.post(address(app, link))
    assert shown(page)[0] == reference
    assert visitor.get("my-complaint").location == "/ids/track"
    assert visitor.open(reference, old).status == 422
    assert owner.open(*shown(page)).location == "/ids/my-complaint"
    own = owner.get("my-complaint").words
    assert "Somebody asked for a new code" in own
    assert "A new code was made" in own
    assert "Your code was changed" in own
    # The letter comes in the print that was asked for, and that is on record too.
    assert kinds(app)[-4:] == ["code_requested", "code_issued", "letter_written", "adjustment_applied"]


def test_a_second_press_shows_the_same_code_and_a_later_one_nothing(
    app: Flask, visitor: Visitor, clock: StoppedClock
) -> None:
    ask(visitor, visitor.complain()[0])
    link = address(app, links(app)[0])
    first = visitor.post(link)
    assert shown(visitor.post(link)) == shown(first)
    assert kinds(app).count("code_issued") == 1
    clock.move_to(THURSDAY + timedelta(minutes=2))
    assert visitor.post(link).status == 404


def test_a_link_works_for_an_hour_and_only_the_last_one_works(
    app: Flask, visitor: Visitor, clock: StoppedClock
) -> None:
    reference, _code = visitor.complain()
    ask(visitor, reference)
    clock.move_to(THURSDAY + timedelta(minutes=1))
    ask(visitor, reference)
    first, second = links(app)
    assert visitor.post(address(app, first)).status == 404
    clock.move_to(THURSDAY + timedelta(minutes=1) + GOOD_FOR)
    assert visitor.post(address(app, second)).status == 404
    assert "code_issued" not in kinds(app)


def test_by_post_a_letter_waits_for_staff_and_its_code_is_in_no_row(app: Flask, visitor: Visitor) -> None:
    reference, _old = visitor.complain(how_to_reach_you=BY_POST)
    ask(visitor, reference)
    [slip] = links(app)
    assert slip.expires_at == THURSDAY + SLIP_GOOD_FOR
    code = slip_code(app.extensions["settings"].secret_key, slip.id)
    with app.extensions["database"].session() as session:
        letter = session.get_one(LetterRow, slip.letter_id)
    assert letter.state is LetterState.TO_POST
    assert code not in letter.body
    typed = {"reference": reference.lower(), "code": code.replace("-", " ")}
    page = visitor.post("new-code", typed)
    assert visitor.open(*shown(page)).location == "/ids/my-complaint"


def test_the_code_stands_on_the_print_of_the_letter(app: Flask, visitor: Visitor, office: Office) -> None:
    reference, _old = visitor.complain(how_to_reach_you=BY_POST)
    ask(visitor, reference)
    [slip] = links(app)
    staff = Browser(app).sign_in(office.lead)
    made = staff.client.get(staff.address(f"cases/{reference}/letters/{slip.letter_id}/letter.pdf"))
    printed = " ".join(page.extract_text() for page in PdfReader(BytesIO(made.data)).pages)
    code = slip_code(app.extensions["settings"].secret_key, slip.id)
    address = f"{app.extensions['settings'].base_url}/ids/new-code"
    at_staff = staff.get(f"cases/{reference}/letters/{slip.letter_id}").words
    for where in (printed, " ".join(at_staff.split())):
        said = [
            where.index(words) for words in (address, f"reference: {reference}", f"code: {code}", "Make my new code")
        ]
        assert said == sorted(said)
        assert "never put the code in a letter" not in where
    assert visitor.get("/ids/new-code").status == 200


def test_the_code_is_printed_with_the_letters_of_others_and_kept_nowhere(
    app: Flask, visitor: Visitor, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference, _old = visitor.complain(how_to_reach_you=BY_POST)
    ask(visitor, reference)
    [slip] = links(app)
    code = slip_code(app.extensions["settings"].secret_key, slip.id)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)  # it is not about forged forms
    staff = Browser(app).sign_in(office.lead)
    sent = {"letters": [f"{reference}.{slip.letter_id}"]}
    made = staff.client.post(staff.address("post"), data=sent)
    day = {"posted_on-day": str(THURSDAY.day), "posted_on-month": str(THURSDAY.month), "posted_on-year": "2026"}
    assert staff.client.post(staff.address("post"), data={**sent, **day, "press": "posted"}).status_code == 303
    kept = staff.client.get(staff.address(f"cases/{reference}/letters/{slip.letter_id}/sent/1"))
    printed, stored = (
        " ".join(page.extract_text() for page in PdfReader(BytesIO(each.data)).pages) for each in (made, kept)
    )
    assert code in printed
    assert reference in stored
    assert code not in stored


def test_the_code_of_a_letter_is_good_for_its_own_reference_alone(app: Flask, visitor: Visitor) -> None:
    ask(visitor, visitor.complain(how_to_reach_you=BY_POST)[0])
    code = slip_code(app.extensions["settings"].secret_key, links(app)[0].id)
    for typed in ({"reference": UNKNOWN, "code": code}, {"reference": UNKNOWN, "code": "X"}, {}):
        assert visitor.post("new-code", typed).status == 422
    assert "code_issued" not in kinds(app)


def test_a_stranger_who_asks_again_and_again_neither_fills_the_post_nor_ends_the_letter_on_its_way(
    app: Flask, visitor: Visitor, office: Office, clock: StoppedClock
) -> None:
    reference, _code = visitor.complain(how_to_reach_you=BY_POST)
    for _ in range(2):
        ask(Visitor(app), reference)
    [first] = links(app)
    office.do(record_posting, office.lead, reference, first.letter_id, posted_on=THURSDAY.date(), on=THURSDAY.date())
    clock.move_to(THURSDAY + timedelta(days=1))
    ask(Visitor(app), reference)
    assert len(links(app)) == 2
    page = visitor.post(
        "new-code", {"reference": reference, "code": slip_code(app.extensions["settings"].secret_key, first.id)}
    )
    assert visitor.open(*shown(page)).location == "/ids/my-complaint"
    second = next(each for each in links(app) if each.id != first.id)
    typed = {"reference": reference, "code": slip_code(app.extensions["settings"].secret_key, second.id)}
    assert Visitor(app).post("new-code", typed).status == 422  # one use ends every other


@pytest.mark.parametrize("way", [{"reply_by": "email", "email": "resident.one@example.org"}, BY_POST])
def test_a_code_from_staff_ends_what_is_on_its_way(
    app: Flask, visitor: Visitor, office: Office, way: dict[str, str]
) -> None:
    reference, _code = visitor.complain(how_to_reach_you=way)
    ask(visitor, reference)
    [sent] = links(app)
    new = office.issue_code(reference, THURSDAY.date())
    stranger = Visitor(app)
    if way is BY_POST:
        typed = {"reference": reference, "code": slip_code(app.extensions["settings"].secret_key, sent.id)}
        assert stranger.post("new-code", typed).status == 422
    else:
        assert stranger.post(address(app, sent)).status == 404
    assert visitor.open(reference, new).location == "/ids/my-complaint"


def test_with_nowhere_to_send_it_is_recorded_and_nothing_is_sent(app: Flask, visitor: Visitor) -> None:
    reference, _code = visitor.complain(about_you=NO_ADDRESS, how_to_reach_you=BY_PHONE)
    assert ask(visitor, reference).location == "/ids/lost-code/asked"
    assert links(app) == []
    assert kinds(app)[-1] == "code_requested"
    assert "contact us" in visitor.get("lost-code/asked").words


def test_what_is_not_done_after_the_answer_the_worker_does_once(app: Flask, visitor: Visitor) -> None:
    """As when the server ends in between: what was said to be taken is not lost."""
    reference, _code = visitor.complain(how_to_reach_you=BY_POST)
    for each in (reference, UNKNOWN):
        data = {"csrf_token": visitor.token(), "reference": each}
        answer = visitor.client.post("/ids/lost-code", data=data)
        assert (answer.status_code, links(app)) == (303, [])
        answer.response = []  # it is never closed
    worker = Worker(app)
    worker.turn()
    worker.turn()
    assert len(links(app)) == 1
    assert kinds(app).count("code_requested") == 1
    with app.extensions["database"].session() as session:
        assert session.scalar(select(func.count()).select_from(CodeRequest)) == 0


def test_what_cannot_be_done_now_waits_and_keeps_nobody_else_waiting(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, clock: StoppedClock
) -> None:
    first, second = visitor.complain()[0], Visitor(app).complain()[0]
    done = ask_for_code._sent

    def busy(session, asked, *rest):
        if asked.reference == first:
            raise StaleVersion("Somebody is quicker")
        return done(session, asked, *rest)

    with monkeypatch.context() as somebody_is_quicker:
        somebody_is_quicker.setattr(ask_for_code, "_sent", busy)
        ask(visitor, first)
        ask(visitor, second)
        Worker(app).turn()
        [only] = links(app)
    Worker(app).turn()
    assert len({only.complaint_id, *(each.complaint_id for each in links(app))}) == 2
    ask(visitor, UNKNOWN)
    clock.move_to(THURSDAY + timedelta(days=2))
    Worker(app).turn()
    with app.extensions["database"].session() as session:
        assert session.scalar(select(func.count()).select_from(CodeRequest)) == 0


def test_a_request_for_a_code_stops_nobody_in_the_middle_of_a_form(
    app: Flask, visitor: Visitor, office: Office
) -> None:
    reference, _code = visitor.complain(how_to_reach_you=BY_POST)
    staff = Browser(app).sign_in(office.lead)
    path = f"cases/{reference}/new-code"
    opened = staff.get(path).value("version")
    ask(visitor, reference)
    assert kinds(app)[-2:] == ["code_requested", "letter_written"]
    app.config["WTF_CSRF_ENABLED"] = False
    page = staff.post(path, {"version": opened, "identity_check": "Called back."})
    assert page.status == 200
    assert staff.post(path, {"version": opened, "identity_check": "Called back."}).status == 409  # that is news


def test_nobodys_mailbox_is_filled(app: Flask, visitor: Visitor) -> None:
    reference, _code = visitor.complain()
    for each in (reference, UNKNOWN):
        for _ in range(3):
            assert ask(visitor, each).status == 303
        assert ask(visitor, each.lower()).status == 429
    with app.extensions["database"].session() as session:
        assert session.scalar(select(func.count()).select_from(Link)) == 3


def test_another_landlords_complaint_is_none(app: Flask, visitor: Visitor) -> None:
    reference, _code = visitor.complain()
    other = Visitor(app, "hs")
    response = other.client.post(
        "/hs/lost-code", data={"csrf_token": other.token(), "reference": reference}, buffered=True
    )
    response.close()
    assert links(app) == []
    assert "code_requested" not in kinds(app)


@pytest.mark.parametrize("typed", ["", "nobody", "\0", "x" * 5000])
def test_what_is_no_reference_is_said(visitor: Visitor, typed: str) -> None:
    page = visitor.post("lost-code", {"reference": typed})
    assert (page.status, list(page.errors)) == (422, ["#reference"])
