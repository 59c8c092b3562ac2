"""Save and come back: a code or a link brings what was written to another device, to whoever has it and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.clock import StoppedClock
from portal.domain import references
from portal.post.notes import address_of
from portal.records.drafts import KEPT_FOR, forget_old_drafts
from portal.records.links import forget_old_links
from portal.records.models import Draft, DraftKey, Link
from tests.web.answer import Answer, text_of
from tests.web.resident.conftest import THURSDAY
from tests.web.resident.visitor import Visitor

pytestmark = pytest.mark.on_both

WORDS = "First line: damp.\n\n  Third line \u2013 \u0646\u0645 \u2013 \U0001f3e0\n<b>not bold</b>"
OTHER_CODE = references.new_code(lambda letters: letters[7])


def shown_code(page: Answer) -> str:
    return next(text_of(each) for each in page.tree.iter("code") if each.get("class") == "portal-reference")


def saved(visitor: Visitor) -> str:
    """The code of a draft with one page."""
    there = visitor.post("complain/what-happened", {"what_happened": WORDS, "then": "save"})
    assert there.location == "/ids/complain/save"
    assert visitor.post("complain/save").location == "/ids/complain/save"
    return shown_code(visitor.get("complain/save"))


def link_to(app: Flask, visitor: Visitor, address: str = "resident.one@example.org") -> str:
    """Ask for a link by email. Where it leads, without the host."""
    assert visitor.post("complain/save/link", {"email": address}).location == "/ids/complain/save/sent"
    with app.extensions["database"].session() as session:
        link = session.scalars(select(Link).order_by(Link.written_at.desc())).first()
    return address_of(link, base_url="", secret_key=app.extensions["settings"].secret_key)


def test_a_code_brings_every_line_to_another_device(app: Flask, visitor: Visitor) -> None:
    code, elsewhere = saved(visitor), Visitor(app)
    assert elsewhere.post("come-back", {"code": code.lower().replace("-", " ")}).location == "/ids/complain/who-for"
    assert elsewhere.get("complain/what-happened").value("what_happened") == WORDS.strip()


def test_both_devices_go_on_with_the_same_draft(app: Flask, visitor: Visitor) -> None:
    elsewhere = Visitor(app)
    elsewhere.post("come-back", {"code": saved(visitor)})
    elsewhere.post("complain/about-you", {"name": "Resident One"})
    visitor.post("complain/what-you-want", {"outcome_wanted": "Repair it."})
    for browser in (visitor, elsewhere):
        page = browser.get("complain/check")
        assert "Resident One" in page.words
        assert "Repair it." in page.words
    assert elsewhere.post("complain/check").location == "/ids/complain/received"
    reference, code = elsewhere.printed()
    assert elsewhere.open(reference, code).location == "/ids/my-complaint"
    # A second press finds what the first one made; the other browser shows neither it nor its reference any more.
    assert elsewhere.post("complain/check").location == "/ids/complain/received"
    for page in ("check", "received", "when"):
        answer = visitor.get(f"complain/{page}")
        assert answer.location == "/ids/complain/what-happened" or page == "when"
        assert reference not in answer.html


@pytest.mark.parametrize("sender", ["began", "went on"])
def test_a_complaint_without_a_name_stays_on_the_senders_browser_alone(
    app: Flask, visitor: Visitor, sender: str
) -> None:
    """Its text and reference are on the page that says it was received, which has no code to ask for."""
    elsewhere = Visitor(app)
    elsewhere.post("come-back", {"code": saved(visitor)})
    visitor.write(about_you={}, how_to_reach_you={"reply_by": "none"})
    sends, other = (visitor, elsewhere) if sender == "began" else (elsewhere, visitor)
    assert sends.post("complain/check").location == "/ids/complain/received"
    assert sends.get("complain/received").heading == "We have received your complaint"
    assert other.get("complain/received").location == "/ids/complain/what-happened"
    with app.extensions["database"].session() as session:
        assert not session.scalars(select(DraftKey)).all()
        assert len(session.scalars(select(Draft)).all()) == 1


def test_a_code_is_made_only_when_it_is_asked_for(app: Flask, visitor: Visitor) -> None:
    visitor.post("complain/what-happened", {"what_happened": WORDS})
    assert "portal-reference" not in visitor.get("complain/save").html
    with app.extensions["database"].session() as session:
        assert not session.scalars(select(DraftKey)).all()


def test_the_code_is_stored_as_a_digest_alone(app: Flask, visitor: Visitor) -> None:
    code = saved(visitor)
    with app.extensions["database"].session() as session:
        stored = repr([(each.key_hash, each.draft_hash) for each in session.scalars(select(DraftKey))])
    assert references.plain(code) not in references.plain(stored)


def test_the_page_says_until_when_it_is_kept(visitor: Visitor) -> None:
    saved(visitor)
    assert "kept until 24 December 2026 at 10:00am" in visitor.get("complain/save").words
    assert "kept until 24 December 2026 at 10:00am" in visitor.get("complain/when").words
    assert "kept until 24 December 2026 at 10:00am" in visitor.get("complain/check").words


@pytest.mark.parametrize("how", ["code", "link"])
def test_nothing_is_found_after_the_stated_time(app: Flask, visitor: Visitor, clock: StoppedClock, how: str) -> None:
    code, link = saved(visitor), link_to(app, visitor)
    clock.move_to(THURSDAY + KEPT_FOR)
    elsewhere = Visitor(app)
    page = elsewhere.post("come-back", {"code": code}) if how == "code" else elsewhere.post(link)
    assert page.status == (422 if how == "code" else 404)
    assert WORDS[:10] not in page.html


@pytest.mark.parametrize("end", ["complain/check", "complain/forget"])
def test_sending_and_deleting_end_the_code_and_the_link(app: Flask, visitor: Visitor, end: str) -> None:
    code, link = saved(visitor), link_to(app, visitor)
    visitor.post(end)
    elsewhere = Visitor(app)
    assert list(elsewhere.post("come-back", {"code": code}).errors) == ["#code"]
    assert elsewhere.post(link).status == 404


def test_a_link_is_opened_by_its_button_as_often_as_it_is_needed(app: Flask, visitor: Visitor) -> None:
    saved(visitor)
    link = link_to(app, visitor)
    for _ in range(2):
        elsewhere = Visitor(app)
        assert elsewhere.get(link).heading == "Go on with what you were writing"
        assert elsewhere.post(link).location == "/ids/complain/who-for"
        assert elsewhere.get("complain/what-happened").value("what_happened") == WORDS.strip()


def test_a_link_of_another_landlord_or_of_nobody_opens_nothing(app: Flask, visitor: Visitor) -> None:
    saved(visitor)
    link = link_to(app, visitor)
    for address in (link.replace("/ids/", "/hs/"), link[:-64] + "0" * 64, link[:-1], "/ids/come-back/%00"):
        page = Visitor(app).post(address)
        assert page.status == 404
        assert WORDS[:10] not in page.html


def test_a_code_of_another_landlord_opens_nothing(app: Flask, visitor: Visitor) -> None:
    assert list(Visitor(app, "hs").post("come-back", {"code": saved(visitor)}).errors) == ["#code"]


def test_wrong_codes_are_slowed_down_for_their_source(app: Flask, visitor: Visitor) -> None:
    code, stranger = saved(visitor), Visitor(app)
    for _ in range(30):
        assert stranger.post("come-back", {"code": OTHER_CODE}).status == 422
    assert stranger.post("come-back", {"code": OTHER_CODE}).status == 429
    assert stranger.post("track", {"reference": "AAAA", "code": OTHER_CODE}).status == 429
    elsewhere = Visitor(app)
    elsewhere.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert elsewhere.post("come-back", {"code": code}).location == "/ids/complain/who-for"


def test_nobodys_mailbox_is_filled_with_links(app: Flask, visitor: Visitor) -> None:
    saved(visitor)
    for _ in range(3):
        link_to(app, visitor)
    assert visitor.post("complain/save/link", {"email": "Resident.One@example.org "}).status == 429
    assert visitor.post("complain/save/link", {"email": "two@example.org"}).status == 303


def test_a_stranger_uses_up_nobodys_links_and_many_of_them_fill_no_mailbox(app: Flask, visitor: Visitor) -> None:
    def ask_from(number: int) -> list[int]:
        somebody = Visitor(app)
        somebody.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        somebody.write()
        token, asked = somebody.token(), {"email": "resident.one@example.org"}
        forged = [somebody.post("complain/save/link", asked, token="forged").status for _ in range(3)]
        assert forged == [422] * 3
        return [somebody.post("complain/save/link", asked, token=token).status for _ in range(14)]

    assert ask_from(1) == [303] * 3 + [429] * 11
    saved(visitor)
    link_to(app, visitor)
    for number in range(2, 5):
        assert ask_from(number) == [303] * 3 + [429] * 11
    with app.extensions["database"].session() as session:
        assert len(session.scalars(select(Link)).all()) == 10


@pytest.mark.parametrize("typed", ["", "nobody", "a@b", "x" * 300 + "@example.org"])
def test_an_address_that_cannot_be_one_is_said(visitor: Visitor, typed: str) -> None:
    saved(visitor)
    page = visitor.post("complain/save/link", {"email": typed})
    assert (page.status, list(page.errors)) == (422, ["#email"])


def test_nothing_is_sent_for_nothing_written(app: Flask, visitor: Visitor) -> None:
    assert visitor.get("complain/save").heading == "Save and come back later"
    assert visitor.post("complain/save").location == "/ids/complain/save"
    assert visitor.post("complain/save/link", {"email": "a@example.org"}).location == "/ids/complain/save"
    with app.extensions["database"].session() as session:
        assert not session.scalars(select(Link)).all()
        assert not session.scalars(select(DraftKey)).all()


def test_what_is_over_is_forgotten(app: Flask, visitor: Visitor) -> None:
    saved(visitor)
    link_to(app, visitor)
    with app.extensions["database"].unit_of_work() as session:
        forget_old_drafts(session, at=THURSDAY + KEPT_FOR + timedelta(minutes=1))
        forget_old_links(session, at=THURSDAY + KEPT_FOR + timedelta(minutes=1))
    with app.extensions["database"].session() as session:
        assert [session.scalars(select(each)).all() for each in (Draft, DraftKey, Link)] == [[], [], []]
