"""What would make it easier is asked early, wherever something begins."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from portal.actions.form_group import form_group
from portal.web.resident import pages
from portal.web.resident.words import OFFERED_FIRST
from tests.actions.neighbours import new_code
from tests.actions.office import Office
from tests.web.answer import Answer
from tests.web.resident.conftest import THURSDAY
from tests.web.resident.test_come_back import saved
from tests.web.resident.test_paper_form import paper, words_of
from tests.web.resident.visitor import COMPLAINT, Visitor

DAY = THURSDAY.date()

EARLY = 5
"""Pages by which the question has come, in the longest of the ways."""


@pytest.mark.parametrize(
    ("for_whom", "before"),
    [
        ("me", ["what-happened", "who-for"]),
        ("somebody_else", ["what-happened", "who-for", "who-you-are", "what-you-may-do"]),
    ],
)
def test_it_is_asked_as_soon_as_it_is_known_for_whom(for_whom: str, before: list[str]) -> None:
    order = pages.order_for({"who-for": {"for_whom": for_whom}})
    place = order.index("making-it-easier")
    assert list(order[:place]) == before
    assert place < EARLY


@pytest.mark.parametrize("for_whom", ["me", "somebody_else"])
def test_continue_leads_there_and_on_through_all_the_others(visitor: Visitor, for_whom: str) -> None:
    """Whoever presses Continue on every page passes each once, and ends where the answers are checked."""
    answers = {**COMPLAINT, "who-for": {"for_whom": for_whom}}
    answers["who-you-are"] = {"capacity": "family", "representative_name": "Daughter One"}
    answers["what-you-may-do"] = {"asked_by": "resident"}
    passed, page = [], pages.FIRST
    while page not in (pages.FILES, *passed):
        passed.append(page)
        page = (visitor.post(f"complain/{page}", answers[page]).location or "").rpartition("/")[2]
    assert passed == [each for each in pages.order_for(answers) if each != pages.FILES]
    assert "making-it-easier" in passed[:EARLY]


BEGINNINGS = ("make-it-easier", "petition", "request")
"""Pages on which a resident begins something, besides a complaint: each is the first and only one."""


@pytest.mark.parametrize("path", BEGINNINGS)
def test_the_same_question_stands_on_the_first_page_of_everything_else(visitor: Visitor, path: str) -> None:
    _asks_early(visitor.get(path))


def test_and_of_joining_a_group(app: Flask, office: Office) -> None:
    reference, somebody, invitation = office.submit(DAY), Visitor(app), new_code()
    office.do(form_group, office.resident(reference), reference, matter="Damp.", invitation=invitation, on=DAY)
    _asks_early(somebody.post("group", {"reference": reference, "code": invitation}))


def _asks_early(page: Answer) -> None:
    """Before anything is asked about who they are but a name, with every choice and the language of an interpreter."""
    assert page.status == 200
    named = [each.get("name", "") for each in page.tree.iter() if each.tag in ("input", "textarea", "select")]
    assert {each.value for each in OFFERED_FIRST} <= {
        each.get("value") for each in page.tree.iter("input") if each.get("name") == "adjustments"
    }
    for name in ("adjustments", "interpreter", "interpreter_words", "adjustment_words"):
        assert named.index(name) < named.index("email"), f"{name} comes after the address"


def test_somebody_else_is_asked_what_would_make_it_easier_for_them(visitor: Visitor) -> None:
    visitor.post("complain/what-happened", COMPLAINT["what-happened"])
    visitor.post("complain/who-for", {"for_whom": "somebody_else"})
    assert visitor.get("complain/making-it-easier").heading == "Is there anything that would make this easier for them?"


def test_a_draft_that_was_left_further_on_goes_on_where_something_is_missing(app: Flask, visitor: Visitor) -> None:
    """One that was begun when the question stood near the end keeps its answers and is asked it."""
    for name in ("when", "what-you-want", "who-for", "about-you", "your-home"):
        visitor.post(f"complain/{name}", COMPLAINT[name])
    code = saved(visitor)
    elsewhere = Visitor(app)
    assert elsewhere.post("come-back", {"code": code}).location == "/ids/complain/making-it-easier"
    assert elsewhere.post("complain/making-it-easier").location == "/ids/complain/when"
    assert elsewhere.get("complain/your-home").value("link_from-year") == "2019"
    assert "First line: damp." in elsewhere.get("complain/check").words


def test_answers_stand_in_the_order_of_the_questions(visitor: Visitor) -> None:
    visitor.write()
    words = visitor.get("complain/check").words
    asked = ["What happened", "What would make this easier", "When it happened", "Your name", "How we reply"]
    assert sorted(asked, key=words.index) == asked


def test_paper_asks_in_the_same_order(app: Flask) -> None:
    said = words_of(paper(app, "ids"))
    asked = [
        "Did this person ask you?",
        "Is there anything that would make this easier for you?",
        "When did it happen?",
    ]
    assert sorted(asked, key=said.index) == asked


ASKED_OF_THEM = ("making-it-easier", "when", "what-you-want", "about-you", "your-home", "how-to-reach-you")
FIRST_PERSON = re.compile(r"\b(?:I|my|me|mine|myself)\b")


def test_no_question_about_somebody_else_can_be_answered_for_oneself(visitor: Visitor) -> None:
    """Whoever ticks "Please call me" for their mother would be called instead of her."""
    visitor.post("complain/what-happened", {"what_happened": "The boiler of my mother is off."})
    visitor.post("complain/who-for", {"for_whom": "somebody_else"})
    visitor.post("complain/who-you-are", {"capacity": "family", "name": "Daughter One"})
    for name in ASKED_OF_THEM:
        said = visitor.get(f"complain/{name}").words.replace("I would rather not say", "")
        assert not FIRST_PERSON.findall(said), name
        assert not re.findall(r"\b[Yy]our (?:name|address|link)\b", said), name
    every = {"adjustments": "phone_only", "link": "tenant", "reply_by": "none", "safe_contact": "no_post"}
    for page, field in (("making-it-easier", "adjustments"), ("your-home", "link")):
        visitor.post(f"complain/{page}", {field: every[field]})
    visitor.post("complain/how-to-reach-you", {each: every[each] for each in ("reply_by", "safe_contact")})
    check = visitor.get("complain/check").words
    visitor.post("complain/check")
    for shown in (check, visitor.get("complain/received").words):
        for words in (
            "Please call them, do not write",
            "They rent their home from you",
            "They will look at this website themselves",
            "Do not send letters to their address",
            "Their name",
        ):
            assert words in shown
