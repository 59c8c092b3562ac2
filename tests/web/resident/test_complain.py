"""Making a complaint: whatever somebody writes, nothing that they wrote is lost and nothing breaks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import landlords
from portal.actions.issue_code import issue_code
from portal.clock import StoppedClock
from portal.domain import references
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.events import Link, ReplyBy
from portal.domain.partial_date import PartialDate
from portal.records.history import CaseFile, opened
from portal.records.models import ComplaintRow, Draft
from tests.actions.office import Office
from tests.statements import statements
from tests.web.resident.conftest import THURSDAY
from tests.web.resident.visitor import COMPLAINT, Visitor

CODE = references.new_code(lambda letters: letters[0])
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} {% raw %} \u202egpj.exe \U0001f9f9 ' OR 1=1 -- %s"


def only_case(app: Flask) -> CaseFile:
    with app.extensions["database"].session() as session:
        return opened(session, session.scalars(select(ComplaintRow)).one(), landlords.rules_for)


def how_many(app: Flask, table: type = ComplaintRow) -> int:
    with app.extensions["database"].session() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_a_complaint_is_received_as_it_was_written(app: Flask, visitor: Visitor) -> None:
    reference, _code = visitor.complain()
    told = only_case(app).case.received
    assert only_case(app).case.reference == reference
    assert told.what_happened == "The bedroom wall is damp. I told you in March."
    assert (told.happened_on, told.aware_on) == (PartialDate(2026, 3), None)
    assert (told.link, told.link_from, told.link_until) == (Link.TENANT, PartialDate(2019), None)
    assert (told.adjustments, told.adjustment_words) == ((Adjustment.LARGE_PRINT,), "18 point")
    assert (told.reply_by, told.person.email) == (ReplyBy.EMAIL, "resident.one@example.org")
    assert told.person.address == "1 Example Road"
    assert (told.received_on, told.channel) == (THURSDAY.date(), "online")


@pytest.mark.parametrize("landlord", ["ids", "ivh", "hs", "ih", "ms"])
def test_every_landlord_has_every_page(app: Flask, landlord: str) -> None:
    visitor = Visitor(app, landlord)
    assert landlords.landlord(landlord).name in visitor.get("").words
    visitor.complain()
    assert visitor.get("complain/received").heading == "We have received your complaint"


def test_what_happened_is_all_that_is_needed(app: Flask, visitor: Visitor) -> None:
    visitor.post("complain/what-happened", {"what_happened": "No heating."})
    assert visitor.post("complain/check").location == "/ids/complain/received"
    told = only_case(app).case.received
    assert (told.person.name, told.link, told.reply_by) == ("", Link.NOT_SAID, ReplyBy.NONE)


def test_the_last_page_shows_every_answer_with_a_way_to_change_it(visitor: Visitor) -> None:
    visitor.write()
    page = visitor.get("complain/check")
    for words in (
        "The bedroom wall is damp",
        "March 2026",
        "Repair it.",
        "Resident One",
        "N1 0AA",
        "Since: 2019",
        "Letters in large print",
        "18 point",
        "resident.one@example.org",
    ):
        assert words in page.words
    changed = visitor.post("complain/what-you-want?return=check", {"outcome_wanted": "An apology."})
    assert changed.location == "/ids/complain/check"
    assert "An apology." in visitor.get("complain/check").words


def test_a_page_shows_what_was_written_before(visitor: Visitor) -> None:
    visitor.write()
    assert visitor.get("complain/what-happened").value("what_happened").startswith("The bedroom wall")
    assert visitor.get("complain/when").value("happened_on-month") == "3"
    assert visitor.get("complain/your-home").checked("link") == ["tenant"]
    assert visitor.get("complain/making-it-easier").checked("adjustments") == ["large_print"]


def test_an_address_is_asked_for_once(visitor: Visitor) -> None:
    visitor.post("complain/what-happened", COMPLAINT["what-happened"])
    refused = visitor.post("complain/how-to-reach-you", {"reply_by": "post"})
    assert refused.errors == {"#address": "Enter the address that we should write to"}
    visitor.post("complain/about-you", COMPLAINT["about-you"])
    assert visitor.post("complain/how-to-reach-you", {"reply_by": "post"}).location == "/ids/complain/files"


@pytest.mark.parametrize(
    ("page", "fields", "where", "words"),
    [
        ("what-happened", {"what_happened": " \n "}, "#what_happened", "Tell us what happened"),
        ("what-happened", {}, "#what_happened", "Tell us what happened"),
        ("what-happened", {"what_happened": "\0\0"}, "#what_happened", "Tell us what happened"),
        ("what-happened", {"what_happened": "x" * 100_000}, "#what_happened", "50,000 characters longer"),
        (
            "when",
            {"happened_on-day": "31", "happened_on-month": "2", "happened_on-year": "2026"},
            "#happened_on-day",
            "February 2026 has 28 days",
        ),
        ("when", {"happened_on-day": "3", "happened_on-year": "2026"}, "#happened_on-month", "Enter the month"),
        ("when", {"happened_on-month": "13", "happened_on-year": "2026"}, "#happened_on-month", "between 1 and 12"),
        ("when", {"happened_on-month": "3"}, "#happened_on-year", "Enter the year"),
        ("when", {"happened_on-year": "26"}, "#happened_on-year", "four numbers"),
        ("when", {"happened_on-year": "٢٠٢٦"}, "#happened_on-year", "in numbers"),
        ("when", {"happened_on-year": "9" * 5000}, "#happened_on-year", "in numbers"),
        ("when", {"aware_on-year": "2027"}, "#aware_on-year", "today or in the past"),
        (
            "when",
            {"happened_on-day": "18", "happened_on-month": "12", "happened_on-year": "2026"},
            "#happened_on-day",
            "today or in the past",
        ),
        ("about-you", {"name": "N" * 301}, "#name", "300 characters or fewer"),
        ("your-home", {"link": "king"}, "#link", "Choose one of the answers"),
        ("making-it-easier", {"adjustments": ["moon"]}, "#adjustments", "Choose from the answers"),
        ("how-to-reach-you", {}, "#reply_by", "Choose how we should reply"),
        ("how-to-reach-you", {"reply_by": "email"}, "#email", "Enter the email address"),
        ("how-to-reach-you", {"reply_by": "email", "email": "nobody"}, "#email", "in the right form"),
        ("how-to-reach-you", {"reply_by": "phone", "phone": "none"}, "#phone", "Enter the phone number"),
    ],
)
def test_an_answer_that_cannot_be_used_is_said_beside_it(
    visitor: Visitor, page: str, fields: dict[str, object], where: str, words: str
) -> None:
    shown = visitor.post(f"complain/{page}", fields)
    assert shown.status == 422
    assert list(shown.errors) == [where]
    assert words in shown.errors[where]
    messages = [each for each in shown.tree.iter("p") if each.get("class") == "govuk-error-message"]
    assert len(messages) == 1


def test_a_wrong_answer_loses_no_other(visitor: Visitor) -> None:
    fields = {"name": "N" * 301, "address": f"1 Road\r\n{HOSTILE}", "postcode": "N1"}
    shown = visitor.post("complain/about-you", fields)
    assert shown.value("name") == "N" * 301
    assert shown.value("address") == f"1 Road\n{HOSTILE}"
    assert shown.value("postcode") == "N1"
    dates = visitor.post(
        "complain/when", {"happened_on-day": "40", "happened_on-month": "Mai", "aware_on-year": "2025"}
    )
    assert (dates.value("happened_on-day"), dates.value("happened_on-month")) == ("40", "Mai")
    assert dates.value("aware_on-year") == "2025"


def test_text_that_is_too_long_is_still_there(visitor: Visitor) -> None:
    long = "ä" * 100_000
    assert visitor.post("complain/what-happened", {"what_happened": long}).value("what_happened") == long


def test_hostile_text_is_kept_and_never_obeyed(app: Flask, visitor: Visitor) -> None:
    words = {"what_happened": {"what_happened": f"{HOSTILE}\0"}, "about_you": {"name": HOSTILE}}
    visitor.complain(**words)
    assert only_case(app).case.received.what_happened == HOSTILE
    assert only_case(app).case.received.person.name == HOSTILE
    page = visitor.get("complain/received")
    assert HOSTILE in page.words
    assert not list(page.main.iter("script"))


def test_fifty_thousand_characters_are_received(app: Flask, visitor: Visitor) -> None:
    visitor.complain(what_happened={"what_happened": "ß" * 50_000})
    assert only_case(app).case.received.what_happened == "ß" * 50_000


def test_a_second_press_makes_no_second_complaint(app: Flask, visitor: Visitor) -> None:
    first = visitor.complain()
    assert visitor.post("complain/check").location == "/ids/complain/received"
    assert visitor.printed() == first
    assert how_many(app) == 1


@pytest.mark.on_both
def test_two_presses_at_once_make_one_complaint(app: Flask, visitor: Visitor) -> None:
    visitor.write()
    token, cookie = visitor.token(), visitor.client.get_cookie("draft", path="/ids/complain")
    session = visitor.client.get_cookie("portal")
    assert cookie
    assert session
    headers = {"Cookie": f"draft={cookie.value}; portal={session.value}"}

    def press(_number: int) -> str | None:
        client = app.test_client(use_cookies=False)
        return client.post("/ids/complain/check", data={"csrf_token": token}, headers=headers).headers["Location"]

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(press, range(4))) == {"/ids/complain/received"}
    assert how_many(app) == 1


def test_what_was_sent_leaves_the_draft(app: Flask, visitor: Visitor) -> None:
    visitor.complain()
    with app.extensions["database"].session() as session:
        kept = session.scalars(select(Draft)).one()
    assert kept.pages == {}


def test_an_expired_session_loses_nothing(app: Flask, visitor: Visitor) -> None:
    visitor.write()
    visitor.client.delete_cookie("portal")
    shown = visitor.post("complain/what-you-want", {"outcome_wanted": "Repair it, please."}, token="of-yesterday")
    assert shown.status == 422
    assert "Nothing is lost" in shown.errors[""]
    assert shown.value("outcome_wanted") == "Repair it, please."
    again = visitor.post("complain/what-you-want", {"outcome_wanted": "Repair it, please."})
    assert again.location == "/ids/complain/about-you"
    refused = visitor.post("complain/check", token="")
    assert refused.status == 422
    assert "The bedroom wall is damp" in refused.words
    assert how_many(app) == 0
    assert visitor.post("complain/check").location == "/ids/complain/received"


def test_somebody_who_has_complained_can_complain_again(app: Flask, visitor: Visitor) -> None:
    first = visitor.complain()
    assert visitor.get("complain/what-happened").value("what_happened") == ""
    second = visitor.complain()
    assert first != second
    assert how_many(app) == 2


def test_a_page_of_a_complaint_that_was_sent_leads_to_its_confirmation(app: Flask, visitor: Visitor) -> None:
    visitor.complain()
    assert visitor.get("complain/when").location == "/ids/complain/received"
    assert visitor.get("complain/check").location == "/ids/complain/received"
    assert visitor.post("complain/when", COMPLAINT["when"]).location == "/ids/complain/received"
    assert how_many(app, Draft) == 1


def test_what_was_written_can_be_deleted(app: Flask, visitor: Visitor) -> None:
    visitor.write()
    assert visitor.post("complain/forget", token="").status == 303
    assert how_many(app, Draft) == 1
    assert visitor.post("complain/forget").heading == "Nothing is left on this device"
    assert how_many(app, Draft) == 0
    assert visitor.get("complain/what-happened").value("what_happened") == ""


def test_a_draft_is_kept_for_seven_days_and_no_longer(visitor: Visitor, clock: StoppedClock) -> None:
    visitor.write()
    clock.move_to(THURSDAY.replace(day=24, hour=9))
    assert visitor.get("complain/check").status == 200
    clock.move_to(THURSDAY.replace(day=24, hour=11))
    assert visitor.get("complain/check").location == "/ids/complain/what-happened"


def test_nothing_can_be_sent_without_what_happened(app: Flask, visitor: Visitor) -> None:
    visitor.post("complain/about-you", COMPLAINT["about-you"])
    assert visitor.post("complain/check").location == "/ids/complain/what-happened"
    assert visitor.get("complain/received").location == "/ids/complain/what-happened"
    assert how_many(app) == 0


def test_a_draft_belongs_to_one_landlord(app: Flask, visitor: Visitor) -> None:
    visitor.write()
    token = visitor.client.get_cookie("draft", path="/ids/complain").value
    stranger = app.test_client()
    stranger.set_cookie("draft", token, path="/hs/complain")
    assert stranger.get("/hs/complain/check").headers["Location"] == "/hs/complain/what-happened"


def test_an_unknown_landlord_or_page_is_not_found(visitor: Visitor) -> None:
    for path in ("/nobody/", "/nobody/complain/when", "/ids/complain/weather", "/ids/complain/forget"):
        assert visitor.get(path).status == 404
    assert visitor.post("complain/weather").status == 404


def test_no_address_holds_anything_personal(visitor: Visitor) -> None:
    reference, code = visitor.complain()
    visitor.open(reference, code)
    visitor.get("my-complaint")
    for word in (reference, code, "Resident", "example", "N1"):
        assert not [address for address in visitor.addresses if word in address]


def test_the_token_of_a_draft_is_the_browsers_alone(visitor: Visitor) -> None:
    sent = visitor.client.post(
        "/ids/complain/what-happened", data={**COMPLAINT["what-happened"], "csrf_token": visitor.token()}
    )
    cookie = next(each for each in sent.headers.getlist("Set-Cookie") if each.startswith("draft="))
    for part in ("HttpOnly", "SameSite=Lax", "Path=/ids/complain", "Max-Age=604800"):
        assert part in cookie


def test_pages_need_few_statements(app: Flask, visitor: Visitor) -> None:
    visitor.complain()
    visitor.write()
    token = visitor.token()
    with statements(app) as seen:
        visitor.get("complain/what-happened")
    assert len(seen) <= 1
    with statements(app) as seen:
        visitor.get("")
    assert len(seen) == 0
    with statements(app) as seen:
        visitor.post("complain/check", token=token)
    # One of them asks which files go along, one writes down what the complaint is found by, and one what a register
    # says of the adjustments that were asked for.
    assert len(seen) <= 16, "\n".join(seen)


def test_a_draft_is_never_kept_under_a_token_that_the_browser_made_up(app: Flask, visitor: Visitor) -> None:
    visitor.client.set_cookie("draft", "planted", path="/ids/complain")
    visitor.post("complain/what-happened", COMPLAINT["what-happened"])
    assert visitor.client.get_cookie("draft", path="/ids/complain").value != "planted"
    other = Visitor(app)
    other.client.set_cookie("draft", "planted", path="/ids/complain")
    assert other.get("complain/what-happened").value("what_happened") == ""


def test_a_draft_that_was_kept_long_enough_can_be_begun_again(visitor: Visitor, clock: StoppedClock) -> None:
    visitor.write()
    clock.move_to(THURSDAY + timedelta(days=8))
    visitor.write()
    assert visitor.post("complain/check").status == 303


def test_a_new_code_ends_what_the_old_ones_page_shows(visitor: Visitor, office: Office) -> None:
    reference, _code = visitor.complain()
    office.do(issue_code, office.lead, reference, code=CODE, identity_check="Called back.", on=THURSDAY.date())
    assert visitor.get("complain/received").location == "/ids/track"


def test_a_choice_that_was_sent_many_times_is_made_once(app: Flask, visitor: Visitor) -> None:
    visitor.complain(making_it_easier={"adjustments": ["bsl"] * 5_000})
    assert only_case(app).case.received.adjustments == (Adjustment.BSL,)
