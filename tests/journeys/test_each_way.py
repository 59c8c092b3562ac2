"""Each way of residents and of those who join them, from end to end, with scripts and without.

That every page is whole, and what a form says that is sent empty, is asked by `test_forms_sent_empty`; how a complaint
is answered, by `test_from_first_line_to_final_response`; the caseworker of an office has a journey of their own. Here
is what people came for: it arrives where it should.
"""

from __future__ import annotations

import re
import secrets
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from portal.actions.issue_representative_code import issue_representative_code
from portal.domain.evidence import FileKind
from portal.domain.references import new_code
from portal.domain.representative_kinds import AuthorityScope
from tests.actions.office import repair
from tests.actions.test_representatives import represented
from tests.builders import MONDAY
from tests.evidence import samples
from tests.journeys.looking import Screen
from tests.journeys.people import Portal, Resident, Staff

TUESDAY, WEDNESDAY = date(2026, 11, 3), date(2026, 11, 4)
LINES = "First line: damp.\n\n  Third line \u2013 \u0646\u0645.\n<b>not bold</b>"
ONE = "resident.one@example.org"

pytestmark = pytest.mark.parametrize(
    "screen", [Screen(320, closely=False), Screen(1280, scripts=False, closely=False)], ids=str
)


@pytest.fixture
def resident(portal: Portal, browser: Browser, screen: Screen) -> Resident:
    return Resident(browser, screen, portal, "ids")


@pytest.fixture
def somebody(portal: Portal, browser: Browser, screen: Screen) -> Resident:
    """Another person, or the same one with another device."""
    return Resident(browser, screen, portal, "ids")


@pytest.fixture
def lead(portal: Portal, browser: Browser, screen: Screen) -> Staff:
    """The complaints officer."""
    officer = Staff(browser, screen, portal, "ids")
    officer.is_signed_in(portal.office("ids").lead)
    return officer


def has(resident: Resident, portal: Portal, **changes: object) -> Resident:
    """Somebody whose complaint was received, in front of it."""
    office = portal.office("ids")
    resident.reference = office.submit(MONDAY, **changes)
    resident.code = office.issue_code(resident.reference, MONDAY)
    resident.opens_it()
    return resident


def test_come_back_on_another_device(portal: Portal, resident: Resident, somebody: Resident) -> None:
    resident.goes_to("complain/what-happened")
    resident.fills_in(what_happened=LINES)
    resident.presses("Save and come back later")
    resident.presses("Give me a code")
    [code] = resident.page.locator("code.portal-reference").all_inner_texts()
    somebody.goes_to("")
    somebody.follows("/come-back")
    somebody.fills_in(code=code.lower())
    somebody.presses("Go on")
    assert somebody.heading == "Are you complaining for yourself or for somebody else?"
    somebody.goes_to("complain/what-happened")
    assert somebody.page.locator('[name="what_happened"]').input_value() == LINES.strip()
    somebody.goes_to("complain/check")
    somebody.reads("<b>not bold</b>")
    somebody.presses("Send my complaint")
    somebody.reads("We have received your complaint")
    resident.goes_to("complain/check")
    assert resident.heading == "What happened?"  # it went with the device that sent it


def test_photos_and_other_files(portal: Portal, resident: Resident, tmp_path: Path) -> None:
    has(resident, portal).goes_to("my-complaint/files")
    for name, content in (
        ("wall.heic", samples.GOOD[FileKind.HEIC]),
        ("plan.png", samples.png_of(50_000, 50_000)),
    ):
        chosen = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        resident.page.locator('main input[type="file"]').set_input_files(chosen)
        resident.presses("Add this file")
    assert resident.page.locator("main").inner_text().count("We are checking it") == 2
    for _ in range(2):  # looked at, and then what was refused is deleted
        portal.the_worker_comes_round()
    resident.goes_to("my-complaint/files")
    resident.reads("plan.png")
    resident.reads("The picture is too large to be opened.")
    with resident.page.expect_download() as saved:
        resident.page.get_by_role("link", name="wall.heic").click()
    assert saved.value.suggested_filename == "wall.jpg"
    saved.value.save_as(tmp_path / "wall.jpg")
    copy = (tmp_path / "wall.jpg").read_bytes()
    assert copy.startswith(b"\xff\xd8\xff")
    assert samples.DEVICE.encode() not in copy


def test_messages_a_call_and_another_address(portal: Portal, resident: Resident, lead: Staff) -> None:
    has(resident, portal).goes_to("my-complaint/messages")
    resident.fills_in(words="When do you come?\nI am at home on Friday.")
    resident.presses("Send the message")
    lead.goes_to("staff/?view=messages")
    lead.opens(resident.reference, "write-message")
    lead.fills_in(words="On Friday\nat ten.")
    lead.presses("Send the message")
    resident.goes_to("my-complaint/messages")
    resident.reads("On Friday\nat ten.")
    resident.goes_to("my-complaint/call-back")
    resident.fills_in(phone="01632 960 001")
    resident.page.locator('main [name="times"]').first.check()
    resident.presses("Ask for a call")
    lead.opens(resident.reference)
    lead.reads("01632 960 001")
    resident.goes_to("my-complaint/contact")
    resident.fills_in(email="new.address@example.org")
    resident.presses("Keep these details")
    portal.the_worker_comes_round()
    assert portal.doormat.letter("how we reach you was changed")["To"] == ONE  # at the old address
    resident.goes_to("my-complaint/withdraw")
    resident.presses("Withdraw my complaint")
    resident.reads("This complaint was withdrawn")


def test_a_promise_and_how_it_went(portal: Portal, resident: Resident, lead: Staff) -> None:
    office = portal.office("ids")
    resident.reference = office.answered(MONDAY, MONDAY, remedies=(repair(TUESDAY, office.lead),))
    resident.code = office.issue_code(resident.reference, MONDAY)
    portal.it_is(WEDNESDAY)
    resident.opens_it()
    resident.goes_to("my-complaint/promises")
    resident.chooses("done", "no")
    resident.fills_in(words="Nobody came.")
    resident.presses("Send")
    lead.opens(resident.reference)
    lead.reads("Nobody came.")
    office.close(resident.reference, WEDNESDAY)
    resident.goes_to("my-complaint/feedback")
    resident.page.locator('main [name="listened"]').last.check()
    resident.fills_in(words="Answer the phone.")
    resident.presses("Send")
    lead.opens(resident.reference)
    lead.reads("Answer the phone.")


def test_without_a_name_and_known_later(portal: Portal, resident: Resident, somebody: Resident, lead: Staff) -> None:
    resident.goes_to("complain/what-happened")
    resident.fills_in(what_happened="A man shouts at night.")
    resident.presses("Continue")
    resident.goes_to("complain/how-to-reach-you")
    resident.chooses("reply_by", "none")
    resident.presses("Continue")
    resident.goes_to("complain/check")
    resident.presses("Send my complaint")
    resident.reads("We have received your complaint")
    [reference] = resident.page.locator("code.portal-reference").all_inner_texts()  # and no code
    portal.it_is(TUESDAY)
    lead.opens(reference, "join-person")
    lead.fills_in(identity_check="She came with the page of her telephone.", name="Resident One", email=ONE)
    lead.chooses("reply_by", "email")
    lead.presses("Record whom it is from")
    somebody.reference, somebody.code = reference, lead.page.locator("code.portal-reference").all_inner_texts()[-1]
    somebody.opens_it()
    somebody.reads("Monday 9 November 2026")  # five working days from the day on which it came


def test_a_group(portal: Portal, resident: Resident, somebody: Resident) -> None:
    has(resident, portal).goes_to("my-complaint/group")
    resident.fills_in(matter="The roof of the house leaks.")
    resident.presses("Make it the complaint of a group")
    reference, invitation = resident.page.locator("code.portal-reference").all_inner_texts()[:2]
    somebody.goes_to("group")
    somebody.fills_in(reference=reference, code=invitation)
    somebody.presses("Continue")
    somebody.reads("The roof of the house leaks.")
    somebody.fills_in(name="Neighbour Two")
    somebody.chooses("reply_by", "email")
    somebody.fills_in(email="neighbour.two@example.org")
    somebody.page.locator('main [name="consent"]').check()
    somebody.presses("Join the group")
    somebody.reference, somebody.code = somebody.page.locator("code.portal-reference").all_inner_texts()
    resident.goes_to("my-complaint")
    resident.reads("1 other person is in your group now.")
    assert "Neighbour Two" not in resident.page.content()
    somebody.opens_it()
    assert "Resident One" not in somebody.page.content()
    somebody.presses("Leave the group")
    somebody.goes_to("my-group")
    assert somebody.heading == "Follow your complaint"
    resident.goes_to("my-complaint")  # whose own code goes on
    resident.reads("0 other people are in your group now.")


def test_who_acts_is_stopped_with_the_next_click(portal: Portal, resident: Resident, somebody: Resident) -> None:
    office = portal.office("ids")
    resident.reference = somebody.reference = represented(office, AuthorityScope.FULL_REPLY)
    resident.code, somebody.code = office.issue_code(resident.reference, MONDAY), new_code(secrets.choice)
    given = {"code": somebody.code, "identity_check": "Called back.", "on": MONDAY}
    office.do(issue_representative_code, office.lead, somebody.reference, 1, **given)
    somebody.opens_it()
    somebody.reads("How far it has come")
    resident.opens_it()
    resident.goes_to("my-complaint/who-acts")
    resident.stops(1)
    somebody.page.locator('main a[href*="/letters/"]').first.click()
    assert somebody.heading == "Follow your complaint"
    resident.goes_to("my-complaint")
    resident.reads("We have your complaint")


def test_a_petition(portal: Portal, resident: Resident, lead: Staff) -> None:
    resident.goes_to("petition")
    resident.fills_in(asks="Mend the lift.\nIt has stood since May.", name="Resident One", email=ONE)
    resident.page.locator('main [name="adjustments"][value="interpreter"]').check()
    resident.page.locator('main [name="interpreter"]').select_option("Polish")
    resident.presses("Hand in the petition")
    [reference] = resident.page.locator("code.portal-reference").all_inner_texts()
    lead.goes_to("staff/petitions")
    lead.follows(reference)
    lead.reads("It has stood since May.")
    lead.reads("An interpreter or a translation (Polish)")
    portal.the_worker_comes_round()
    to = {letter["To"] for letter in portal.doormat.letters if reference in letter.as_string()}
    assert ONE in to
    assert len(to) == 2  # and the chief executive


def test_a_request_and_a_complaint_about_it(portal: Portal, resident: Resident, lead: Staff) -> None:
    resident.goes_to("")
    resident.follows("/request")
    resident.fills_in(words="The tap drips.", name="Resident One", email=ONE)
    resident.presses("Send my request")
    resident.fills_in(words="You came twice and it drips still.")
    resident.presses("I am unhappy with how this was dealt with")
    resident.reference, resident.code = resident.page.locator("code.portal-reference").all_inner_texts()[:2]
    resident.opens_it()
    lead.opens(resident.reference)
    lead.reads("The tap drips.")
    lead.reads("You came twice and it drips still.")


def test_danger(portal: Portal, resident: Resident, lead: Staff) -> None:
    resident.goes_to("")
    assert resident.page.locator("main a[href='tel:999']").count()  # before anything is asked
    resident.follows("/danger")
    resident.follows("/complain/what-happened")
    resident.fills_in(what_happened="Water runs into the lamp.")
    resident.page.locator('main [name="hazard"]').check()
    resident.presses("Continue")
    resident.goes_to("complain/check")
    resident.presses("Send my complaint")
    lead.goes_to("staff/")
    lead.reads("Danger or hazard")


def test_on_paper(portal: Portal, resident: Resident, lead: Staff, tmp_path: Path) -> None:
    resident.goes_to("")
    with resident.page.expect_download() as saved:
        resident.page.locator('main a[href$="/paper-form.pdf"]').first.evaluate("link => link.download = 'form.pdf'")
        resident.page.locator('main a[href$="/paper-form.pdf"]').first.click()
    saved.value.save_as(tmp_path / "form.pdf")
    assert "What happened?" in "".join(each.extract_text() for each in PdfReader(tmp_path / "form.pdf").pages)
    portal.it_is(WEDNESDAY)
    lead.goes_to("staff/record")
    lead.chooses("channel", "post")
    lead.fills_in(received_on__day="2", received_on__month="11", received_on__year="2026")
    lead.fills_in(name="Resident One", address="1 Example Street", what_happened="It is cold.\nVery cold.")
    lead.chooses("reply_by", "post")
    lead.presses("Record the complaint")
    resident.reference, resident.code = lead.page.locator("code.portal-reference").all_inner_texts()[:2]
    resident.opens_it()
    resident.reads("Monday 9 November 2026")  # from the day on which it came, not from that on which it was typed
    resident.goes_to("my-complaint/what-you-told-us")
    resident.reads("It is cold.\nVery cold.")


def test_a_lost_code_by_post_and_from_staff(portal: Portal, resident: Resident, lead: Staff) -> None:
    has(resident, portal, reply_by="post")
    old = resident.code
    resident.goes_to("lost-code")
    resident.fills_in(reference=resident.reference)
    resident.presses("Send me a way to a new code")
    portal.the_worker_comes_round()
    lead.opens(resident.reference)
    lead.page.get_by_role("link", name="Way to a new access code").first.click()
    slip = lead.page.request.get(f"{lead.page.url}/letter.pdf").body()
    [printed] = re.findall(
        r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", "".join(p.extract_text() for p in PdfReader(BytesIO(slip)).pages)
    )
    resident.goes_to("new-code")
    resident.fills_in(reference=resident.reference, code=printed)
    resident.presses("Make my new code")
    resident.code = resident.page.locator("code.portal-reference").all_inner_texts()[1]
    assert resident.code not in (old, printed)
    resident.page.context.clear_cookies()
    resident.opens_it()
    lead.opens(resident.reference, "new-code")
    lead.fills_in(identity_check="Her date of birth, and the name of her cat.")
    lead.presses("Give a new code")
    resident.goes_to("my-complaint")
    assert resident.heading == "Follow your complaint"  # what was open with the code before is closed
    [resident.code] = lead.page.locator("code.portal-reference").all_inner_texts()
    resident.opens_it()
    resident.reads("A new code was made")


def test_something_easier(portal: Portal, resident: Resident, lead: Staff) -> None:
    resident.goes_to("make-it-easier")
    resident.page.locator('main [name="adjustments"][value="large_print"]').check()
    resident.fills_in(adjustment_words="24 point", name="Resident One", email=ONE)
    resident.presses("Send")
    lead.goes_to("staff/easier")
    lead.page.locator("main th a").first.click()
    lead.reads("24 point")
