"""Safe contact: what somebody said must not be done is not done, and a way out is on every page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from portal.post.mailer import message_for
from portal.records.models import Channel, LetterRow, LetterState, Link
from tests.actions.office import Office
from tests.page import PageError, check
from tests.web.answer import Answer
from tests.web.resident.test_come_back import saved
from tests.web.resident.test_lost_code import ask
from tests.web.resident.visitor import Visitor
from tests.web.staff.browser import Browser

EMAIL = "resident.one@example.org"
EXIT = "https://www.bbc.co.uk/weather"


def receipt(app: Flask) -> LetterRow:
    with app.extensions["database"].session() as session:
        return session.scalars(select(LetterRow)).one()


@pytest.mark.parametrize(
    ("answers", "channel"),
    [
        ({"reply_by": "post", "email": EMAIL}, Channel.POST),
        ({"reply_by": "phone", "phone": "01632 960 001", "email": EMAIL, "safe_contact": ["no_email"]}, Channel.POST),
        ({"reply_by": "phone", "phone": "01632 960 001", "email": EMAIL, "safe_contact": ["no_post"]}, Channel.EMAIL),
        ({"reply_by": "phone", "phone": "01632 960 001", "safe_contact": ["no_post", "no_email"]}, Channel.PAGE),
    ],
)
def test_letters_go_only_where_it_is_safe(
    app: Flask, visitor: Visitor, answers: dict[str, object], channel: Channel
) -> None:
    visitor.complain(how_to_reach_you=answers)
    assert receipt(app).channel is channel


@pytest.mark.parametrize(("reply_by", "unsafe"), [("email", "no_email"), ("post", "no_post")])
def test_two_answers_that_contradict_each_other_are_said(visitor: Visitor, reply_by: str, unsafe: str) -> None:
    fields = {"reply_by": reply_by, "email": EMAIL, "address": "1 Example Road", "safe_contact": [unsafe]}
    page = visitor.post("complain/how-to-reach-you", fields)
    assert (page.status, list(page.errors)) == (422, ["#safe_contact"])


def test_a_discreet_email_says_neither_who_nor_what(app: Flask, visitor: Visitor) -> None:
    visitor.complain(how_to_reach_you={"reply_by": "email", "email": EMAIL, "safe_contact": ["discreet"]})
    message = message_for(receipt(app), replace(app.extensions["settings"], mail_from="post@example.org"))
    seen = f"{message.subject} {message.sender} {message.reply_to} {message.body} {message.html}".lower()
    for word in ("complain", "industrial dwellings", "/ids/", "housing", "landlord", "ombudsman"):
        assert word not in seen, word
    assert message.subject == "There is something new for you"


def test_a_discreet_link_names_nobody_and_leads_to_the_button(app: Flask, visitor: Visitor) -> None:
    reference, _code = visitor.complain(
        how_to_reach_you={"reply_by": "email", "email": EMAIL, "safe_contact": ["discreet"]}
    )
    ask(visitor, reference)
    writer = Visitor(app)
    saved(writer)
    writer.post("complain/save/link", {"email": EMAIL})
    settings = replace(app.extensions["settings"], mail_from="post@example.org", base_url="https://example.org")
    with app.extensions["database"].session() as session:
        found = session.scalars(select(Link).order_by(Link.purpose.desc())).all()
    for link, heading in zip(found, ("Make a new secret code", "Go on with what you were writing"), strict=True):
        message = message_for(link, settings)
        seen = f"{message.subject} {message.sender} {message.reply_to} {message.body} {message.html}".lower()
        for word in ("complain", "industrial dwellings", "/ids/", "housing", "landlord", "ombudsman"):
            assert word not in seen, word
        address = re.search(r"https://example\.org(/open/[0-9a-f]+)", message.body)
        assert address
        there = app.test_client().get(address[1])
        assert heading in app.test_client().get(there.headers["Location"]).text
    assert app.test_client().get("/open/0123abcd").status_code == 404


def test_an_ordinary_email_is_the_letter_itself(app: Flask, visitor: Visitor) -> None:
    visitor.complain()
    assert "we have received what you sent us" in message_for(receipt(app), app.extensions["settings"]).subject


def test_staff_see_it_and_why_a_letter_was_not_sent(app: Flask, visitor: Visitor, office: Office) -> None:
    unsafe = ["no_post", "no_email", "discreet"]
    reference, _code = visitor.complain(
        how_to_reach_you={"reply_by": "phone", "phone": "01632 960 001", "safe_contact": unsafe}
    )
    page = Browser(app).sign_in(office.lead).get(f"cases/{reference}").words
    for words in ("Safe contact", "Do not write to their address", "Do not send emails", "Nothing on emails"):
        assert words in page
    assert "the resident told us where not to write" in page
    assert receipt(app).state is LetterState.ON_PAGE


def test_it_can_be_checked_and_changed_before_sending(visitor: Visitor) -> None:
    visitor.write(how_to_reach_you={"reply_by": "none", "safe_contact": ["no_post"]})
    assert "Do not send letters to my address" in visitor.get("complain/check").words
    assert visitor.get("complain/how-to-reach-you").checked("safe_contact") == ["no_post"]


def test_nobody_but_staff_is_on_a_page_without_a_way_out(app: Flask, visitor: Visitor, office: Office) -> None:
    """Every page of every test is looked at for one; here it is what it is, and where it is not."""
    assert exits(visitor.get("")) == [EXIT]
    assert exits(visitor.get("no-such-page")) == [EXIT], "somebody who mistyped must be able to leave too"
    assert exits(Browser(app).sign_in(office.lead).get()) == []
    with pytest.raises(PageError, match="leave at once"):
        check(visitor.get("").html.replace("govuk-exit-this-page__button", ""), "a page", for_residents=True)


def exits(page: Answer) -> list[str]:
    return [
        each.get("href", "") for each in page.tree.iter("a") if "govuk-exit-this-page__button" in each.get("class", "")
    ]
