"""Every form sent as it comes says what it needs and takes the keyboard there; every page of an error can be read.

One person walks with scripts at 320 px, and whatever page they come to is looked at without scripts at 1280 px too,
which takes a tenth of the time of walking there again. What htmx changes without a new page is told. Which forms and
pages there are is asked of the routes: one that nobody here comes past is named.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlsplit

import pytest
from flask import Flask, abort
from playwright.sync_api import Browser, Request, expect
from sqlalchemy import select

from portal.actions.add_remedy import add_remedy
from portal.actions.ask_for_check import ask_for_check
from portal.actions.ask_for_override import ask_for_override
from portal.actions.decide_adjustment import decide_adjustment
from portal.actions.issue_representative_code import issue_representative_code
from portal.actions.raise_issue import raise_issue
from portal.actions.record_appeal import record_appeal
from portal.actions.record_authority import record_authority
from portal.actions.restrict_contact import restrict_contact
from portal.actions.send_message import send_message
from portal.domain import references
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome
from portal.domain.adjustments import Ruling
from portal.domain.enquiries import EnquiryLetterKind
from portal.domain.events import Person as Somebody
from portal.domain.events import ReplyBy, SafeContact
from portal.domain.interest_events import Conflict
from portal.domain.representative_kinds import AuthorityScope, Capacity
from portal.domain.routes import Route
from portal.paths import folder
from portal.records import links
from portal.records.models import Link, LinkPurpose, ServiceRequest
from portal.web.access import public
from portal.web.account import security
from tests.actions.joining import both
from tests.actions.neighbours import IFOR, group, letters_to
from tests.actions.office import Office, money, repair, response, restriction
from tests.actions.test_enquiries import asks, settled
from tests.actions.test_petitions import handed_in
from tests.actions.test_petitions import letters as about_petition
from tests.actions.test_referrals import refer
from tests.actions.test_representatives import by_call
from tests.builders import MONDAY
from tests.journeys.looking import Screen
from tests.journeys.people import PASSWORD, Caseworker, Person, Portal, Resident, Staff
from tests.mail.kept import came_in
from tests.web.account.app import App
from tests.web.representative.member import an_office, hand_in

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 5)
NO_PAGES = {"assets.brand", "about.health", "resident.my_file", "resident.letter_pdf", "staff.file"}
NO_PAGES |= {"staff.register_as_table", "staff.requests_as_table", "staff.minor_issues_as_table"}
NO_PAGES |= {"acting.letter_pdf", "acting.file", "representative.file"}
NO_PAGES |= {"resident.joined_letter_pdf", "resident.joined_file"}
NO_PAGES |= {"representative.cases_as_table", "staff.original_file", "staff.letter_pdf", "about.open_link"}
NO_PAGES |= {
    "staff.enquiry_letter_pdf",
    "staff.enquiry_letter_as_sent",
    "staff.letter_as_sent",
    "staff.original_mail",
    "resident.group_letter_pdf",
    "resident.paper_form",
    "resident.paper_form_large",
}
# Only where a landlord has a provider of identities, which tests/web/account/test_provider.py walks through.
NO_PAGES |= {"account.begin_at_provider", "account.back_from_provider", "account.signed_out"}
NO_PAGES |= {"account.go_on_with_words"}

# What a resident who follows a complaint can do there, and what anybody can who has none or cannot get in.
ON_THEIR_OWN = (
    "group",
    "messages",
    "call-back",
    "new-issue",
    "contact",
    "make-it-easier",
    "files",
    "promises",
    "feedback",
)
ABOUT_THE_PERSON = (
    "building-safety",
    "refer",
    "referral",
    "adjustment",
    "apply-adjustment",
    "call-anyway",
    "carry-adjustments",
    "condition",
    "contact",
    "files",
    "history?show=letters",
)
ABOUT_THE_PERSON += ("decide-adjustment", "decide-issue", "read-messages", "review-adjustment", "write-message")
WITHOUT_A_VISIT = ("group", "petition", "make-it-easier", "request", "lost-code", "come-back", "new-code")

TWO_LANGUAGES = {"PORTAL_LANGUAGES": "en_GB,cy"}
"""So that there is something to choose."""

OTHER = 418  # a status without a page of its own
PAGES_OF_ERRORS = {400: "400", 403: "403", 404: "404", 413: "413", 429: "429", 500: "500", OTHER: "other"}


@dataclass
class Rounds:
    """Which pages people open, and which forms they send."""

    app: Flask
    opened: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)

    def of(self, person: Person) -> None:
        person.page.on("request", self._note)

    def missed(self) -> set[str]:
        """The routes that nobody came past."""
        rules = [rule for rule in self.app.url_map.iter_rules() if rule.endpoint not in NO_PAGES]
        pages = {rule.endpoint for rule in rules if "GET" in (rule.methods or ())}
        forms = {rule.endpoint for rule in rules if "POST" in (rule.methods or ())}
        return {f"GET {each}" for each in pages - self.opened} | {f"POST {each}" for each in forms - self.sent}

    def _note(self, request: Request) -> None:
        if request.is_navigation_request():
            address = self.app.url_map.bind("localhost")
            endpoint, _ = address.match(urlsplit(request.url).path, method=request.method)
            (self.sent if request.method == "POST" else self.opened).add(endpoint)


@pytest.mark.parametrize("more_settings", [TWO_LANGUAGES], ids=["two languages"])
def test_every_form_and_every_page(portal: Portal, browser: Browser) -> None:
    screen, office, rounds = Screen(320), portal.office("ids"), Rounds(portal.app)
    a_resident(portal, browser, screen, office, rounds)
    a_member_of_a_group(portal, browser, screen, office, rounds)
    a_complaints_officer(portal, browser, screen, office, rounds)
    who_may_see_it(portal, browser, screen, rounds)
    who_works_here(portal, browser, screen, rounds)
    minor_issues(portal, browser, screen, rounds)
    a_caseworker(portal, browser, screen, office, rounds)
    an_adviser(portal, browser, screen, office, rounds)
    somebody_acts(portal, browser, screen, office, rounds)
    a_resident_after_the_end(portal, browser, screen, office, rounds)
    assert not rounds.missed()


def a_resident(portal: Portal, browser: Browser, screen: Screen, office: Office, rounds: Rounds) -> None:
    """Asks for stage 2 without a word, which needs none, and leaves nothing on the device."""
    resident = Resident(browser, screen, portal, "ids")
    rounds.of(resident)
    for path in ("../", "accessibility", "privacy", "danger"):
        resident.goes_to(path)
    for path in WITHOUT_A_VISIT:
        resident.goes_to(path)
        resident.presses_whatever_there_is()
    resident.goes_to("petition")
    resident.fills_in(asks="Mend the lift")
    resident.presses("Hand in the petition")
    resident.goes_to("make-it-easier")
    resident.fills_in(adjustment_words="Large print, please", email="one@example.org")
    resident.presses("Send")
    resident.reads("We have")
    resident.complains("The roof leaks")
    resident.presses("I have written them down: take this page off this device")
    resident.goes_to("lost-code")
    resident.fills_in(reference=resident.reference)
    resident.presses("Send me a way to a new code")
    resident.opens_the_link_of("resident.one@example.org")
    resident.presses("Make my new code")
    resident.code = resident.page.locator("code.portal-reference").all_inner_texts()[1]
    office.assign(resident.reference, MONDAY)
    office.acknowledge(resident.reference, MONDAY)
    office.answer(resident.reference, MONDAY)
    resident.follows_it()
    resident.reads_every_letter()
    resident.goes_to("my-complaint/what-you-told-us")
    resident.goes_to("stay")
    resident.presses("Stay for another hour")
    for path in ON_THEIR_OWN:
        resident.goes_to(f"my-complaint/{path}")
        resident.presses_whatever_there_is()
    resident.goes_to("my-complaint/files")
    resident.adds_a_file("calls.txt")
    resident.asks_for_stage_2()
    resident.goes_to("my-complaint/withdraw")
    resident.presses_whatever_there_is()
    resident.goes_to("my-complaint")
    resident.presses("Sign out")
    resident.leaves()
    somebody = Resident(browser, screen, portal, "ids")
    rounds.of(somebody)
    somebody.goes_to("complain/what-happened")
    somebody.fills_in(what_happened="The roof leaks")
    somebody.presses("Continue")
    somebody.goes_to("complain/files")
    somebody.adds_a_file("calls.txt")
    somebody.goes_to("complain/save")
    somebody.presses("Give me a code")
    somebody.presses("Email me a link")
    somebody.is_told_what_is_wrong()
    somebody.fills_in(email="resident.two@example.org")
    somebody.presses("Email me a link")
    somebody.opens_the_link_of("resident.two@example.org")
    somebody.presses("Go on")
    somebody.leaves()
    asks_for_service(portal, browser, screen, rounds)


def asks_for_service(portal: Portal, browser: Browser, screen: Screen, rounds: Rounds) -> None:
    """And is unhappy with it: one press makes it a complaint."""
    resident = Resident(browser, screen, portal, "ids")
    rounds.of(resident)
    resident.goes_to("request")
    resident.fills_in(words="The tap drips")
    resident.presses("Send my request")
    resident.presses("I am unhappy with how this was dealt with")
    resident.goes_to("request/mine")
    resident.presses("Take this page off this device")
    resident.goes_to(f"request/{'0' * 64}")
    resident.presses("Show my request")
    resident.goes_to("request")
    resident.fills_in(words="The door sticks")
    resident.presses("Send my request")
    resident.leaves()


def link_for(portal: Portal, purpose: LinkPurpose) -> str:
    """What is in the email to the resident, or to a new colleague."""
    with portal.database.session() as session:
        link = session.scalars(select(Link).where(Link.purpose == purpose)).one()
        return links.token_of(portal.app.extensions["settings"].secret_key, link.id)


def somebody_acts(portal: Portal, browser: Browser, screen: Screen, office: Office, rounds: Rounds) -> None:
    """A daughter complains for her mother, who says yes to all of it, reads on her own page who it is, and stops it."""
    daughter, mother = Resident(browser, screen, portal, "ids"), Resident(browser, screen, portal, "ids")
    for each in (daughter, mother):
        rounds.of(each)
    daughter.complains_for_somebody("The lift is broken")
    lead = Staff(browser, screen, portal, "ids")
    rounds.of(lead)
    lead.signs_in(office.lead)
    lead.goes_to(f"staff/cases/{daughter.reference}/confirm-contact")
    lead.sends_nothing()
    lead.fills_in(how="It is what our record of the tenancy has.")
    lead.presses("This is how they are reached")
    mother.goes_to(f"who-acts/{link_for(portal, LinkPurpose.AUTHORITY)}")
    mother.sends_nothing()
    daughter.goes_to(f"official-address/{'0' * 64}")
    daughter.presses_whatever_there_is()
    office.assign(daughter.reference, MONDAY)
    office.acknowledge(daughter.reference, MONDAY)
    office.answer(daughter.reference, MONDAY)
    mother.reference, mother.code = daughter.reference, office.issue_code(daughter.reference, MONDAY)
    mother.opens_it()
    mother.goes_to("my-complaint/who-acts")
    mother.follows("/who-acts/1")
    mother.sends_nothing()
    mother.chooses("answer", "yes")
    mother.page.locator('main [name="scopes"][value="decide"]').check()
    mother.presses("Send my answer")
    daughter.opens_it()
    daughter.follows("what-you-wrote")
    daughter.reads_every_letter("acting/")
    writes_and_adds(daughter, "acting")
    daughter.goes_to("acting/language")
    daughter.presses("Keep this language")
    daughter.goes_to("acting/")
    daughter.presses("Ask for stage 2")
    daughter.presses("Sign out")
    daughter.opens_it()
    daughter.presses("Stop acting for them")
    mother.goes_to("my-complaint/who-acts/1")
    mother.chooses("answer", "yes")
    mother.presses("Send my answer")
    stops_her_on_her_next_click(portal, office, daughter, mother)
    acts = ("add-representative", "record-authority", "ask-for-authority", "representative-code", "end-authority")
    for act in acts:
        mother.goes_to("my-complaint/who-acts/1")  # said again, so that there is somebody to end
        mother.chooses("answer", "yes")
        mother.presses("Send my answer")
        lead.goes_to(f"staff/cases/{daughter.reference}/{act}")
        lead.presses_whatever_there_is()
    for each in (daughter, mother, lead):
        each.leaves()


def stops_her_on_her_next_click(portal: Portal, office: Office, daughter: Resident, mother: Resident) -> None:
    """Two browsers at once: the mother presses once, and what the daughter presses next is open to her no more."""
    named = {"code": references.new_code(secrets.choice), "identity_check": "Called back.", "on": portal.clock.today()}
    office.do(issue_representative_code, office.lead, daughter.reference, 1, **named)
    daughter.code = named["code"]
    daughter.opens_it()
    daughter.reads("How far it has come")
    mother.presses_whatever_there_is()  # stop it now
    daughter.follows("what-you-wrote")
    assert daughter.heading == "Follow your complaint"
    daughter.fills_in(reference=daughter.reference, code=daughter.code)
    daughter.presses("Open my complaint")
    daughter.is_told_what_is_wrong()
    mother.goes_to("my-complaint")
    assert mother.heading != "Follow your complaint"


def writes_and_adds(person: Person, where: str) -> None:
    """Somebody who acts writes a message, and adds a file and takes it back."""
    person.goes_to(f"{where}/messages")
    person.sends_nothing()
    person.fills_in(words="She fell on the stairs.")
    person.presses("Send the message")
    person.goes_to(f"{where}/files")
    person.presses("Add this file")
    person.is_told_what_is_wrong()
    person.adds_a_file("stairs.txt")


def an_adviser(portal: Portal, browser: Browser, screen: Screen, office: Office, rounds: Rounds) -> None:
    """Somebody of an office that decides for a resident."""
    known = an_office(office, "Advice for Example Town", kind=Capacity.ADVICE_AGENCY, member="adviser")
    reference, adviser = hand_in(office, known), Caseworker(browser, screen, portal, "ids")
    allowed = by_call(AuthorityScope.DECIDE)
    office.do(record_authority, office.handler, reference, 1, allowed, on=MONDAY)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    office.answer(reference, MONDAY)
    rounds.of(adviser)
    adviser.signs_in(known.email)
    writes_and_adds(adviser, f"office/cases/{reference}")
    adviser.goes_to(f"office/cases/{reference}")
    adviser.presses("Ask for stage 2")
    adviser.reads("We have the request for stage 2")
    adviser.leaves()


def a_resident_after_the_end(portal: Portal, browser: Browser, screen: Screen, office: Office, rounds: Rounds) -> None:
    """What was promised should have been done, and then there is nothing more to be answered."""
    reference = office.answered(MONDAY, TUESDAY, remedies=(repair(WEDNESDAY, office.lead),))
    portal.it_is(THURSDAY)
    resident = Resident(browser, screen, portal, "ids")
    rounds.of(resident)
    resident.goes_to("policy")
    resident.page.goto(f"{portal.address}/policy-check")
    resident.looks()
    resident.presses("Check it")
    resident.is_told_what_is_wrong()
    resident.reference, resident.code = reference, office.issue_code(reference, TUESDAY)
    resident.follows_it()
    resident.goes_to("my-complaint/promises")
    resident.sends_nothing()
    office.close(reference, THURSDAY)
    resident.goes_to("my-complaint/feedback")
    resident.presses_whatever_there_is()
    resident.leaves()


def who_may_see_it(portal: Portal, browser: Browser, screen: Screen, rounds: Rounds) -> None:
    """Staff of a landlord with areas give a complaint one, show it to some alone, and to everybody again."""
    office = portal.office("hs")
    about = f"staff/cases/{office.submit(MONDAY)}"
    lead = Staff(browser, screen, portal, "hs")
    rounds.of(lead)
    lead.signs_in(office.lead)
    for act in ("area", "language"):
        lead.goes_to(f"{about}/{act}")
        lead.presses_whatever_there_is()
    lead.goes_to(f"{about}/restrict")
    lead.sends_nothing()
    lead.fills_in(reason="Somebody of the team lives next door.")
    lead.presses("Show it to them alone")
    lead.goes_to(f"{about}/lift-restriction")
    lead.sends_nothing()
    lead.goes_to("staff/access-log")
    watcher = Staff(browser, screen, portal, "hs")
    rounds.of(watcher)
    watcher.is_signed_in(office.oversight)
    watcher.goes_to("staff/oversight")
    watcher.goes_to(f"staff/oversight/{about.rpartition('/')[2]}")
    for each in (lead, watcher):
        each.leaves()


def minor_issues(portal: Portal, browser: Browser, screen: Screen, rounds: Rounds) -> None:
    """At a landlord whose policy has such a log; and the registers, which every landlord has."""
    lead = Staff(browser, screen, portal, "ih")
    rounds.of(lead)
    lead.is_signed_in(portal.office("ih").lead)
    lead.goes_to("staff/minor-issues")
    lead.sends_nothing()
    lead.goes_to("staff/registers")
    lead.leaves()


def a_day_is_added(administrator: Staff) -> None:
    """To the calendar, and taken out again."""
    administrator.goes_to("staff/working-days")
    administrator.follows("/working-days/add")
    administrator.sends_nothing()
    administrator.chooses("kind", "closure")
    day = {"day-day": "23", "day-month": "12", "day-year": "2026"}
    administrator.fills_in(name="Moving house", why="We move.", **day)
    administrator.presses("See what it moves")
    administrator.presses("Change it first")
    administrator.presses("See what it moves")
    administrator.presses("Add this day")
    administrator.follows("/working-days/2026-12-23/remove")
    administrator.sends_nothing()
    administrator.fills_in(why="We do not move.")
    administrator.presses("Take it out")


def who_works_here(portal: Portal, browser: Browser, screen: Screen, rounds: Rounds) -> None:
    """Somebody is invited, chooses a password, sets up the second step and looks after their account; another leaves,
    and their work is handed over.
    """
    office = portal.office("ivh")
    office.assign(office.submit(MONDAY), MONDAY)
    administrator, lead, new = (Staff(browser, screen, portal, "ivh") for _ in range(3))
    for each in (administrator, lead, new):
        rounds.of(each)
    administrator.is_signed_in(office.administrator)
    administrator.goes_to("staff/people")
    administrator.follows("/people/invite")
    administrator.sends_nothing()
    administrator.chooses("roles", "recorder")
    administrator.fills_in(name="New Colleague", email="new.colleague@example.org")
    administrator.presses("Send the invitation")
    invited = administrator.page.url.partition("/ivh/")[2]
    a_day_is_added(administrator)
    new.goes_to(f"staff/invitation/{link_for(portal, LinkPurpose.INVITATION)}")
    new.sends_nothing()
    new.fills_in(password=PASSWORD)
    new.presses("Keep this password")
    new.fills_in(email="new.colleague@example.org", password=PASSWORD)
    new.presses("Sign in")
    new.goes_to("staff/account")
    new.sends_nothing()
    new.presses("Sign out everywhere else")
    new.presses("Set up the second step")
    new.sends_nothing()
    phone = App.that_read(new.page.locator("main").text_content() or "")
    new.fills_in(code=phone.code())
    new.presses("Set it up")
    codes = new.page.locator(".portal-codes code").all_inner_texts()
    new.follows("/staff/account")
    for button in ("Make new recovery codes", "Set up another telephone"):
        new.presses(button)
        new.is_told_what_is_wrong()
    new.presses("Sign out")
    new.fills_in(email="new.colleague@example.org", password=PASSWORD)
    new.presses("Sign in")
    new.sends_nothing()
    new.fills_in(code=codes[0])
    new.presses("Sign in")
    assert new.heading == "Complaints"
    administrator.goes_to(invited)
    for button in ("Keep this", "Send a link to choose a password", "Sign them out everywhere"):
        administrator.presses(button)
    administrator.presses("Reset their second step")
    administrator.presses("Keep them out")
    administrator.presses("Let them in again")
    lead.signs_in(office.lead)
    lead.goes_to("staff/people")
    lead.goes_to(f"staff/people/{office.handler.user_id}/work")
    lead.sends_nothing()
    for each in (administrator, lead, new):
        each.leaves()


def a_caseworker(portal: Portal, browser: Browser, screen: Screen, office: Office, rounds: Rounds) -> None:
    """Staff add an office, a member of it signs in with the code of the email, and staff end their access."""
    lead, member = Staff(browser, screen, portal, "ids"), Caseworker(browser, screen, portal, "ids")
    rounds.of(lead)
    rounds.of(member)
    lead.signs_in(office.lead)
    lead.goes_to("staff/offices")
    lead.follows("/offices/new")
    lead.sends_nothing()
    lead.chooses("kind", "mp")
    lead.fills_in(name="Office of the MP for Example Town", email="office@example.org")
    lead.presses("Add the office")
    its_page = f"staff/offices/{lead.page.url.rpartition('/')[2]}"
    lead.sends_nothing()
    lead.fills_in(name="Case Worker", email="case.worker@example.org")
    lead.presses("Add the member")
    member.signs_in("case.worker@example.org")
    member.goes_to("office/about")
    member.presses("Sign out")
    member.signs_in("case.worker@example.org")
    member.follows("/office/complain")
    member.sends_nothing()
    member.fills_in(what_happened="The roof leaks", own_reference="MP/1", name="Resident One")
    member.chooses("asked_by", "resident")
    member.presses("Send the complaint")
    member.reads("We have received the complaint")
    member.page.locator('main a[href*="/letters/"]').first.click()
    member.looks()
    lead.goes_to("staff/offices")
    lead.follows("/offices/dissolution")
    lead.sends_nothing()
    lead.page.locator('main input[name="offices"]').first.check()
    lead.fills_in(reason="Parliament is dissolved")
    lead.presses("End their access")
    lead.reads("MP/1")
    member.goes_to("office/")
    assert member.heading == "Sign in for your office"
    lead.goes_to("staff/offices")
    lead.follows(its_page)
    lead.fills_in(name="Case Worker", email="case.worker@example.org")
    lead.presses("Add the member")
    member.signs_in("case.worker@example.org")
    lead.goes_to(its_page)
    lead.ends_access()
    member.goes_to("office/")
    assert member.heading == "Sign in for your office"
    member.signs_in("case.worker@example.org", known=False)
    for each in (lead, member):
        each.leaves()


def with_adjustments(office: Office, scope: AdjustmentScope = AdjustmentScope.THIS_COMPLAINT) -> str:
    """A complaint of the same person: large print is agreed, no calls are asked for."""
    reference = office.submit(MONDAY, adjustments=(Adjustment.LARGE_PRINT, Adjustment.NO_PHONE))
    office.assign(reference, MONDAY, to=office.lead)
    ruling = Ruling(outcome=Outcome.AGREED, adjustment=Adjustment.LARGE_PRINT, scope=scope, print_size=18)
    office.do(decide_adjustment, office.lead, reference, 1, ruling, on=MONDAY)
    return reference


def a_member_of_a_group(portal: Portal, browser: Browser, screen: Screen, office: Office, rounds: Rounds) -> None:
    """Is asked who they are, follows the complaint of the group, and leaves it."""
    invitation = references.new_code(lambda letters: letters[2])
    reference, (code,) = group(office, MONDAY, IFOR, invitation=invitation)
    somebody = Resident(browser, screen, portal, "ids")
    rounds.of(somebody)
    somebody.goes_to("group")
    somebody.fills_in(reference=reference, code=invitation)
    somebody.presses("Continue")
    somebody.presses("Join the group")
    somebody.is_told_what_is_wrong()
    somebody.goes_to("track")
    somebody.fills_in(reference=reference, code=code)
    somebody.presses("Open my complaint")
    (welcome,) = letters_to(office, reference, 1)
    somebody.follows(f"/my-group/letters/{welcome.id}")
    for path in ("my-group/contact", "my-group/make-it-easier"):
        somebody.goes_to(path)
        somebody.presses_whatever_there_is()
    somebody.goes_to("group/lost-code")
    somebody.sends_nothing()
    somebody.goes_to("my-group/lead")
    somebody.sends_nothing()
    the_lead_of_a_group(portal, browser, screen, office, rounds, reference)
    somebody.goes_to("my-group/lead")
    somebody.goes_to("my-group")
    somebody.presses("Leave the group")
    somebody.leaves()


def the_lead_of_a_group(
    portal: Portal, browser: Browser, screen: Screen, office: Office, rounds: Rounds, reference: str
) -> None:
    """Offers the lead, takes that back, and leaves."""
    lead = Resident(browser, screen, portal, "ids")
    rounds.of(lead)
    lead.goes_to("track")
    lead.fills_in(reference=reference, code=office.issue_code(reference, MONDAY))
    lead.presses("Open my complaint")
    lead.goes_to("my-complaint/group")
    lead.presses("Get a code for whoever leads next")
    lead.presses("Take this back")
    lead.presses("Leave the group")
    lead.leaves()


def letters_about_no_complaint(lead: Staff, office: Office, petition: str) -> None:
    """One to post, one to tell by phone, and one that is read by its link."""
    to_post = about_petition(office, petition)[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT]
    to_call = settled(office, asks(office, reply_by=ReplyBy.PHONE))
    for letter in (to_post, to_call):
        lead.goes_to(f"staff/letters/{letter.id}")
        lead.sends_nothing()
    discreet = settled(office, asks(office, safe_contact=(SafeContact.DISCREET,)))
    secret_key: str = lead.portal.app.extensions["settings"].secret_key
    lead.goes_to(f"letter/{links.letter_token(secret_key, discreet.id)}")
    lead.presses("Read it")


def without_a_complaint(portal: Portal) -> str:
    """A request for service that nobody has complained about."""
    with portal.database.session() as session:
        query = select(ServiceRequest.reference).where(ServiceRequest.complaint_reference.is_(None))
        return session.scalars(query).first() or ""


def two_as_one(portal: Portal, browser: Browser, screen: Screen, office: Office, rounds: Rounds, lead: Staff) -> None:
    """An MP's complaint is joined to the resident's own, who reads what was said in it, and that is undone."""
    own, mps = both(office, TUESDAY)
    lead.goes_to(f"staff/cases/{own}/join-complaints")
    lead.sends_nothing()
    lead.fills_in(other=mps)
    lead.presses("Show both")
    lead.fills_in(reason="The same roof.", identity_check="Called the resident.")
    lead.presses("Preview the letter")
    lead.presses("Send the letter")
    lead.reads("The two are one case now")
    resident = Resident(browser, screen, portal, "ids")
    rounds.of(resident)
    resident.reference, resident.code = own, office.issue_code(own, TUESDAY)
    resident.opens_it()
    resident.follows("/joined/1")
    resident.page.locator('main a[href*="/letters/"]').first.click()
    resident.looks()
    resident.leaves()
    lead.goes_to(f"staff/cases/{mps}/undo-joining")
    lead.sends_nothing()


def at_the_ombudsman(office: Office, lead: Staff) -> None:
    """They ask, are sent our evidence, tell us to take a complaint on, decide and order something, which is done."""
    reference = office.submit(TUESDAY)
    office.decline(reference, TUESDAY)
    about, today = f"staff/cases/{reference}/ombudsman", {"day": "3", "month": "11", "year": "2026"}

    def fills_in(day: str, **others: str) -> None:
        lead.fills_in(**{f"{day}__{part}": typed for part, typed in today.items()}, **others)

    lead.goes_to(f"{about}-enquiry")
    lead.sends_nothing()
    fills_in("received_on", own_reference="202600001")
    fills_in("evidence_due")
    lead.presses("Record what they ask")
    lead.goes_to(f"{about}-evidence")
    lead.sends_nothing()
    lead.goes_to(f"{about}-direction")
    lead.sends_nothing()
    lead.goes_to(f"{about}-determination")
    lead.sends_nothing()
    fills_in("determined_on")
    lead.chooses("determination", "service_failure")
    fills_in("orders__0__due", orders__0__kind="order", orders__0__words="Say sorry in writing.")
    lead.presses("Record what they decided")
    lead.goes_to(f"{about}-order")
    lead.sends_nothing()
    lead.goes_to("staff/ombudsman")
    lead.goes_to("staff/declined")


def two_that_stay_two(office: Office, lead: Staff) -> None:
    """The same person tells of it again: both say so, and that is undone."""
    first, again = office.submit(TUESDAY), office.submit(TUESDAY)
    lead.goes_to(f"staff/cases/{again}/link")
    lead.sends_nothing()
    lead.fills_in(other=first, reason="The same roof.")
    lead.chooses("kind", "same_matter")
    lead.presses("Link them")
    lead.goes_to(f"staff/cases/{first}/end-link")
    lead.sends_nothing()


def remedies_and_restrictions(lead: Staff, office: Office, reference: str) -> None:
    """What can be offered after the answer, and contact that is restricted: the forms that come one after another."""
    office.do(add_remedy, office.lead, reference, money(date(2026, 12, 1), office.lead), on=TUESDAY)
    somebody_else = replace(office.lead, user_id=office.second.user_id)
    office.do(restrict_contact, somebody_else, reference, restriction(), on=TUESDAY)
    office.do(record_appeal, office.lead, reference, 1, appealed_on=TUESDAY, on=TUESDAY)
    for act in ("add-remedy", "payment", "restrict-contact", "review-restriction", "record-appeal", "decide-appeal"):
        lead.opens(reference, act)
        lead.sends_nothing()


def a_complaints_officer(portal: Portal, browser: Browser, screen: Screen, office: Office, rounds: Rounds) -> None:
    new = office.submit(MONDAY, reply_by=ReplyBy.POST)
    before, under_way = with_adjustments(office, AdjustmentScope.ALL_CONTACT), with_adjustments(office)
    office.acknowledge(under_way, MONDAY)
    for said in (send_message, raise_issue):
        office.do(said, office.resident(under_way), under_way, words="The gutter is broken too.", on=MONDAY)
    phoned = office.submit(MONDAY, person=Somebody(name="Resident Two", phone="01632 960 001"), reply_by=ReplyBy.PHONE)
    office.assign(phoned, MONDAY, to=office.lead)
    office.acknowledge(phoned, MONDAY)
    answered = office.answered(MONDAY, TUESDAY, remedies=(repair(date(2026, 12, 1), office.lead),))
    refer(office, under_way, Route.ASB, MONDAY)
    portal.it_is(TUESDAY)
    lead = Staff(browser, screen, portal, "ids")
    rounds.of(lead)
    lead.signs_in(office.lead)
    lead.goes_to("staff/record")
    lead.sends_nothing()
    lead.chooses("channel", "phone")
    lead.chooses("reply_by", "phone")
    lead.fills_in(name="Resident Three", phone="01632 960 001", what_happened="The lift is broken.")
    lead.presses("Record the complaint")
    lead.reads("Secret code for the resident")
    lead.goes_to("staff/post")
    lead.presses("Record that they were posted")
    lead.is_told_what_is_wrong()
    for reference, acts in (
        (new, ("assign", "acknowledge", "new-code")),
        (under_way, ("extend", "respond", "ask-for-check", "decline", "withdraw")),
        (answered, ("escalate",)),
    ):
        for act in acts:
            lead.opens(reference, act)
            lead.sends_nothing()
    lead.opens(answered)
    lead.follows("/remedies/1")
    lead.sends_nothing()
    remedies_and_restrictions(lead, office, answered)
    for reference in (new, phoned):
        lead.goes_to(f"staff/cases/{reference}/letters/{office.letters(reference)[-1].id}")
        lead.sends_nothing()
    for act in ABOUT_THE_PERSON:
        lead.goes_to(f"staff/cases/{under_way}/{act}")
        lead.presses_whatever_there_is()
    lead.goes_to(f"staff/cases/{under_way}/files")
    lead.adds_a_file("inspection.txt")
    lead.goes_to(f"staff/cases/{under_way}/notes")
    lead.sends_nothing()
    for pack in ("pack", "own-data"):
        lead.goes_to(f"staff/cases/{under_way}/{pack}")
        lead.chooses("restricted", "conditions")  # without a reason: a form that is well filled in saves a file
        lead.presses("Save the pack")
        lead.is_told_what_is_wrong()
    lead.opens(under_way, "carry-adjustments")
    lead.reads(before)
    two_as_one(portal, browser, screen, office, rounds, lead)
    two_that_stay_two(office, lead)
    somebody_is_tied_to_it(office, lead)
    at_the_ombudsman(office, lead)
    nobodys = office.submit(MONDAY, person=Somebody(), reply_by=ReplyBy.NONE)
    lead.goes_to(f"staff/cases/{nobodys}/join-person")
    lead.presses_whatever_there_is()
    lead.goes_to("staff/workload")
    lead.goes_to("staff/policy")
    lead.goes_to("staff/assign")
    lead.sends_nothing()
    lead.goes_to("staff/assigned")
    lead.goes_to("staff/lists/keep?view=overdue")
    lead.sends_nothing()
    lead.fills_in(name="Late")
    lead.presses("Keep it")
    lead.goes_to("staff/lists")
    lead.follows("/lists/1")
    lead.presses("Save")
    lead.goes_to("staff/lists/1")
    lead.presses("Delete the list")
    lead.goes_to("staff/search")
    lead.sends_nothing()
    lead.fills_in(typed="Resident")
    lead.presses("Find")
    lead.goes_to("staff/petitions/record")
    lead.sends_nothing()
    petition = handed_in(office, organiser=Somebody(address="1 Example Street"))
    for path in ("petitions", f"petitions/{petition}"):
        lead.goes_to(f"staff/{path}")
    lead.sends_nothing()
    letters_about_no_complaint(lead, office, petition)
    unhappy, thanks, more = (came_in(office, words=words) for words in ("It leaks", "Thank you", "It goes on"))
    lead.goes_to("staff/mail")
    lead.goes_to(f"staff/mail/{unhappy.id}/complaint")
    lead.presses("Record the complaint")  # what it needs stands in the email
    lead.goes_to(f"staff/mail/{thanks.id}")
    lead.sends_nothing()
    lead.presses("Record that it is none")
    lead.fills_in(reason="A word of thanks")
    lead.presses("Record that it is none")
    lead.goes_to(f"staff/mail/{more.id}")
    lead.fills_in(reference=new)
    lead.chooses("whose", "somebody_else")
    lead.presses("Put it there")
    lead.goes_to(f"staff/cases/{new}/mail/{more.id}")
    lead.goes_to("staff/building-safety")
    lead.goes_to(f"staff/petitions/{petition}/group")
    lead.sends_nothing()
    grouped, _codes = group(office, MONDAY, IFOR)
    for act in ("add-member", "member-leaves", "member-code", "change-lead", "lead-leaves"):
        lead.goes_to(f"staff/cases/{grouped}/{act}")
        lead.sends_nothing()
    lead.goes_to(f"staff/cases/{under_way}/group")
    lead.sends_nothing()
    lead.goes_to("staff/easier")
    lead.page.locator("main th a").first.click()
    lead.sends_nothing()

    lead.goes_to("staff/requests/record")
    lead.sends_nothing()
    lead.goes_to("staff/requests")
    lead.follows(f"/staff/requests/{without_a_complaint(portal)}")
    lead.presses("Record what was done")
    lead.presses("Link to a complaint that is already there")
    lead.presses("They are unhappy: make it a complaint")
    lead.opens(new, "named-staff")
    lead.presses("Record these names")  # nobody is named, which may be so
    lead.opens(answered, "close")
    lead.presses("Preview the letter")  # nothing was learnt, which may be so
    lead.presses("Sign out")
    lead.leaves()


def somebody_is_tied_to_it(office: Office, lead: Staff) -> None:
    """The officer says so for themselves, asks for a colleague, and decides what another asked."""
    own, asked = office.submit(MONDAY), office.submit(MONDAY)
    office.assign(own, MONDAY, to=office.lead)
    office.assign(asked, MONDAY, declares=False)
    office.declare(asked, MONDAY, actor=office.handler, conflict=Conflict.KNOWS)
    for act in ("triage", "updates"):
        lead.opens(own, act)
        lead.sends_nothing()
    lead.opens(own, "interests")
    lead.sends_nothing()
    lead.opens(asked, "override")
    lead.sends_nothing()
    named = {"reason": "Nobody else speaks Somali.", "on": MONDAY}
    office.do(ask_for_override, office.colleague, asked, office.handler.user_id, **named)
    lead.opens(asked, "decide-override")
    lead.sends_nothing()
    shown = office.acknowledged(MONDAY)
    office.do(ask_for_check, office.handler, shown, response(), on=MONDAY)
    lead.opens(shown, "check")
    lead.sends_nothing()


def test_what_changes_without_a_new_page_is_told(portal: Portal, browser: Browser) -> None:
    office = portal.office("ids")
    reference = office.submit(MONDAY)
    lead = Staff(browser, Screen(320), portal, "ids")
    lead.signs_in(office.lead)

    lead.swaps_in(lead.page.get_by_role("link", name="Unassigned"))
    lead.hears("Unassigned: 1 complaint")
    expect(lead.page.get_by_role("heading", name="Unassigned")).to_be_focused()

    lead.opens(reference, "acknowledge")
    lead.fills_in(points__0="The roof leaks")
    lead.swaps_in(lead.page.locator('button[value="add-points"]'))
    expect(lead.page.locator('[name="points-3"]')).to_be_focused()
    assert lead.page.locator('[name="points-0"]').input_value() == "The roof leaks"
    lead.leaves()


@public
def fails(code: int) -> str:
    """A page that goes wrong as it is told to."""
    if code == 500:
        raise ArithmeticError
    abort(code)


def test_every_error(portal: Portal, browser: Browser) -> None:
    pages = {path.stem for path in (folder("templates") / "errors").glob("*.html")}
    assert pages == {*PAGES_OF_ERRORS.values(), "stale_form"}
    portal.app.add_url_rule("/<landlord>/fails/<int:code>", "fails", fails)
    somebody = Person(browser, Screen(320), portal, "ids")
    headings = set()
    for code in PAGES_OF_ERRORS:
        somebody.goes_to(f"fails/{code}")
        headings.add(somebody.heading)
    somebody.goes_to("staff/sign-in")
    somebody.page.context.clear_cookies()
    somebody.presses("Sign in")
    assert len(headings | {somebody.heading}) == len(pages)
    somebody.leaves()


@pytest.mark.parametrize("screen", [Screen(320), Screen(1280, scripts=False)], ids=str)
def test_what_comes_between_a_form_and_its_sending(portal: Portal, browser: Browser, screen: Screen) -> None:
    """A session that ended, somebody who was quicker, and what can no longer be done: no words are lost."""
    office = portal.office("ids")
    reference = office.submit(MONDAY)
    lead = Staff(browser, screen, portal, "ids")
    lead.signs_in(office.lead)
    lead.opens(reference, "withdraw")
    lead.fills_in(words="By phone: it is mended.")
    with pytest.MonkeyPatch.context() as an_hour_later:
        an_hour_later.setattr(security, "IDLE_SECONDS", -1)
        lead.presses("Preview the letter")
    assert lead.heading == "Sign in"
    lead.fills_in(email=f"{office.lead.name.lower()}@example.org", password=PASSWORD)
    lead.presses("Sign in")
    office.issue_code(reference, MONDAY)
    lead.presses("Go on with what I typed")
    lead.reads("This complaint has changed since you opened this page")
    assert lead.page.locator('main [name="words"]').input_value() == "By phone: it is mended."
    office.withdraw(reference, MONDAY)
    lead.presses("Preview the letter")
    lead.reads("This can no longer be done.")
    lead.goes_to(f"staff/cases/{reference}/acknowledge")
    lead.reads("This cannot be done now")
    lead.leaves()
