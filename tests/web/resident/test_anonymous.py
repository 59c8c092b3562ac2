"""Complaining without a name: what that means is said before and after, and who makes themselves known gets in."""

from __future__ import annotations

from tests.actions.office import Office
from tests.actions.test_anonymous import CODE, join
from tests.web.answer import text_of
from tests.web.resident.conftest import THURSDAY
from tests.web.resident.visitor import Visitor

WITHOUT = {"about_you": {}, "how_to_reach_you": {"reply_by": "none"}}
PLAINLY = "you cannot follow the complaint on this website"


def codes_on(page) -> list[str]:
    return [text_of(each) for each in page.tree.iter("code") if each.get("class") == "portal-reference"]


def test_what_cannot_be_done_is_said_before_it_is_sent_and_after(visitor: Visitor) -> None:
    visitor.write(**WITHOUT)
    check = visitor.get("complain/check")
    assert PLAINLY in check.words
    assert "a secret code" not in check.words
    assert "you cannot follow your complaint here" in visitor.get("complain/about-you").words
    visitor.post("complain/check")
    received = visitor.get("complain/received")
    assert received.heading == "We have received your complaint"
    assert PLAINLY in received.words
    (reference,) = codes_on(received)
    assert len(reference) == 9


def test_whoever_leaves_a_name_is_told_nothing_of_the_kind(visitor: Visitor) -> None:
    visitor.write(how_to_reach_you={"reply_by": "none"})
    assert PLAINLY not in visitor.get("complain/check").words
    visitor.post("complain/check")
    assert len(codes_on(visitor.get("complain/received"))) == 2


def test_made_known_later_it_is_followed_with_the_new_code_and_its_letters_are_there(
    visitor: Visitor, office: Office
) -> None:
    visitor.write(**WITHOUT)
    visitor.post("complain/check")
    (reference,) = codes_on(visitor.get("complain/received"))
    join(office, reference, THURSDAY.date())
    assert visitor.get("complain/received").location == "/ids/track", "whose device this was is not known"
    owner = Visitor(visitor.app)
    assert owner.open(reference, CODE).status == 303
    page = owner.get("my-complaint")
    assert "We received your complaint" in page.words
    assert "We know that this complaint is yours" in page.words
