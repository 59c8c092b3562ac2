"""Residents and staff in front of a browser, so that a journey reads as sentences.

Whatever they see is looked at, and whatever the portal says is wrong must be easy to find.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_security import hash_password
from playwright.sync_api import Browser, Locator, Page, expect

from portal.clock import StoppedClock
from portal.domain.permissions import Actor
from portal.records.database import Database
from portal.records.models import User
from portal.worker import Worker
from tests.actions.office import Office, ten_oclock
from tests.journeys.doormat import Doormat
from tests.journeys.looking import Inspector, Screen
from tests.web.test_every_route import staff_browser

PASSWORD = "correct horse battery staple"
MOST_TABS = 150
HERE = "element => element === document.activeElement"
# What a press does, once it is known that the finger would meet this and nothing that lies over it.
PRESS = """element => {
  element.scrollIntoView({ block: "center" });
  const box = element.getClientRects()[0];
  const met = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  if (!met || !element.contains(met)) return `${element.outerHTML} lies under ${met && met.outerHTML.slice(0, 200)}`;
  element.click();
}"""
FILL = """([name, value]) => {
  const fields = document.querySelectorAll(`main [name="${name}"]`), field = fields[0];
  if (!field) return;
  if (fields.length > 1 || !field.checkVisibility() || field.disabled || field.readOnly)
    return `nobody can write into ${field.outerHTML}`;
  field.focus();
  field.value = value;
  for (const each of ["input", "change"]) field.dispatchEvent(new Event(each, { bubbles: true }));
  if (field.value !== value) return `${field.outerHTML} does not take ${value}`;
}"""
TOLD = """() => {
  const all = document.querySelectorAll(".govuk-error-summary"), link = all[0] && all[0].querySelector("a");
  return { summaries: all.length, focused: document.activeElement === all[0], title: document.title,
           target: link && link.getAttribute("href").replace(/^#/, "") };
}"""


@dataclass
class Portal:
    """A running portal."""

    app: Flask
    database: Database
    clock: StoppedClock
    address: str
    doormat: Doormat
    latest_page: str = ""
    """As it was sent; scripts may have changed it since."""

    def __post_init__(self) -> None:
        self.app.after_request(self._remember)

    def _remember(self, response: Response) -> Response:
        if response.mimetype == "text/html" and not response.location and not request.headers.get("HX-Request"):
            self.latest_page = response.get_data(as_text=True)
        return response

    def office(self, landlord: str) -> Office:
        """The landlord's people, each with the same password."""
        office = Office(self.database, landlord)
        with self.app.app_context(), self.database.unit_of_work() as session:
            for actor in (office.lead, office.handler, office.second):
                session.get_one(User, actor.user_id).password = hash_password(PASSWORD)
        return office

    def the_worker_comes_round(self) -> None:
        """What no request has done, as when a browser drops the connection before the server is done."""
        Worker(self.app).turn()

    def it_is(self, day: date) -> None:
        self.clock.move_to(ten_oclock(day))


class Person:
    """Somebody with a browser window of their own."""

    def __init__(self, browser: Browser, screen: Screen, portal: Portal, landlord: str) -> None:
        self.screen, self.portal, self.landlord = screen, portal, landlord
        self.inspector = Inspector(browser, screen)
        self.page: Page = screen.opened(browser, scripts=screen.scripts).new_page()
        self.page.set_default_timeout(30_000)
        self.broken: list[str] = []
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.broken.append(message.text)

    def goes_to(self, path: str) -> None:
        self.page.goto(f"{self.portal.address}/{self.landlord}/{path}")
        self.looks()

    def follows(self, address: str) -> None:
        """A link of this page, by the end of its address; what it is folded away in is opened first."""
        wanted = self.page.locator(f'main a[href$="{address}"]').first
        if not wanted.is_visible():
            self._unfolds(self.page.locator(f'main details:not([open]):has(a[href$="{address}"]) > summary').first)
        self._presses(wanted)

    def _unfolds(self, summary: Locator) -> None:
        if self.screen.keyboard:
            self._tabs_to(summary)
            self.page.keyboard.press("Enter")
        else:
            self._touches(summary)

    def presses(self, words: str) -> None:
        self._presses(self.page.get_by_role("button", name=words, exact=True).first)

    def _presses(self, wanted: Locator) -> None:
        with self.page.expect_navigation(wait_until="load"):
            if self.screen.keyboard:
                self._tabs_to(wanted)
                self.page.keyboard.press("Enter")
            else:
                self._touches(wanted)
        self.looks()

    def _touches(self, wanted: Locator) -> None:
        if self.screen.mouse:
            wanted.click()
        else:
            covered = wanted.evaluate(PRESS)
            assert not covered, f"{self.page.url} ({self.screen}): {covered}"

    def swaps_in(self, wanted: Locator) -> None:
        """Presses what has htmx change a part of this page."""
        with self.page.expect_response(lambda answer: "hx-request" in answer.request.headers):
            wanted.click()
        expect(self.page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
        self.looks()

    def fills_in(self, **fields: str) -> None:
        """By the name of each field; two underscores stand for a hyphen. What a page does not ask is left out."""
        for name, value in fields.items():
            named = name.replace("__", "-")
            if self.screen.keyboard or self.screen.mouse:
                field = self.page.locator(f'main [name="{named}"]')
                if field.count():
                    self._types(field, value)
            else:
                wrong = self.page.evaluate(FILL, [named, value])
                assert not wrong, f"{self.page.url} ({self.screen}): {wrong}"

    def _types(self, field: Locator, value: str) -> None:
        is_list = field.evaluate("element => element.tagName") == "SELECT"
        if self.screen.keyboard:
            self._tabs_to(field)
            words = field.locator(f'option[value="{value}"]').inner_text() if is_list else value
            if not is_list:
                self.page.keyboard.press("Control+A")
                self.page.keyboard.press("Delete")
            self.page.keyboard.type(words)
        elif is_list:
            field.select_option(value)
        else:
            field.fill(value)
        assert field.input_value() == value

    def chooses(self, name: str, value: str) -> None:
        choice = self.page.locator(f'main input[name="{name}"][value="{value}"]')
        if self.screen.keyboard:
            self._steps_to(choice)
            if not choice.is_checked():
                self.page.keyboard.press("Space")
        elif not choice.is_checked():
            self._touches(choice)
        assert choice.is_checked()

    def _steps_to(self, choice: Locator) -> None:
        """Into the group with the tabulator key, and within it with the arrows."""
        self._tabs_to(choice, "element => element.name === document.activeElement.name")
        for _ in range(MOST_TABS):
            if choice.evaluate(HERE):
                return
            self.page.keyboard.press("ArrowDown" if choice.get_attribute("type") == "radio" else "Tab")
        raise AssertionError(f"the keyboard does not reach {choice} on {self.page.url}")

    def _tabs_to(self, wanted: Locator, reached: str = HERE) -> None:
        """From where they are, with the tabulator key alone."""
        for _ in range(MOST_TABS):
            if wanted.evaluate(reached):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {wanted} on {self.page.url}")

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def reads(self, words: str) -> None:
        assert words in self.page.locator("main").inner_text(), f"{self.page.url} does not say {words!r}"

    def is_told_what_is_wrong(self) -> None:
        """In the title, in a summary that has the focus, and by a way from there to the field."""
        told = self.page.evaluate(TOLD)
        assert told["title"].startswith("Error: "), f"{self.page.url} is called {told['title']!r}"
        assert told["summaries"] == 1, f"{self.page.url}: {self.page.locator('main').inner_text()[:300]}"
        summary = self.page.locator(".govuk-error-summary")
        if self.screen.scripts and not told["focused"]:
            expect(summary).to_be_focused()
        if told["target"]:  # wrong words for signing in belong to no one field
            self._goes_from(summary.locator("a").first, told["target"])

    def _goes_from(self, link: Locator, target: str) -> None:
        if self.screen.keyboard:
            self._tabs_to(link)
            self.page.keyboard.press("Enter")
        else:
            self._touches(link)
        here = self.page.evaluate("document.activeElement.id")
        assert here == target, f"{self.page.url}: {link.inner_text()!r} leads to {here!r} and not into its field"

    def sends_nothing(self) -> None:
        """Presses a form's own button with the form as it comes, and is told what it needs."""
        self._presses(self.page.locator("main .govuk-button-group button").first)
        self.is_told_what_is_wrong()

    def presses_whatever_there_is(self) -> None:
        """The button of a page's own form, if it has one now; what comes then is looked at, whatever it is."""
        button = self.page.locator("main .govuk-button-group button, main form .govuk-button")
        if button.count():
            self._presses(button.first)

    def adds_a_file(self, name: str) -> None:
        """And takes it back."""
        self.page.locator('main input[type="file"]').set_input_files(
            {"name": name, "mimeType": "text/plain", "buffer": b"I called on Monday."}
        )
        self.presses("Add this file")
        self.presses(f"Remove {name}")

    def opens_the_link_of(self, to: str) -> None:
        """The link in the latest email to this address, which leads to a page with a button."""
        self.portal.the_worker_comes_round()
        words = self.portal.doormat.latest(to).get_body(("plain",)).get_content()  # type: ignore[union-attr]
        path = urlsplit(re.findall(r"https?://\S+", words)[-1]).path
        self.page.goto(f"{self.portal.address}{path}")
        self.looks()

    def hears(self, words: str) -> None:
        """What a screen reader is given to say after a part of the page has changed."""
        expect(self.page.locator("#announcements")).to_contain_text(words)

    def looks(self) -> None:
        """Everything that is asked of every page."""
        assert not self.broken, f"{self.page.url} ({self.screen}): {self.broken}"
        self.inspector.check(self.page)
        if self.screen.scripts:
            self.inspector.check_as_sent(self.portal.latest_page, self.page.url)

    def leaves(self) -> None:
        self.page.context.close()


class Resident(Person):
    """Somebody who complains."""

    reference = ""
    code = ""

    def complains(self, words: str) -> None:
        self.goes_to("")
        self.follows("complain/what-happened")
        self.sends_nothing()
        self.fills_in(what_happened=words)
        self.presses("Continue")
        self.chooses("for_whom", "me")
        self.presses("Continue")
        self.presses("Continue")  # nothing would make it easier
        self.fills_in(happened_on__day="31", happened_on__month="February", happened_on__year="2026")
        self.presses("Continue")
        self.is_told_what_is_wrong()
        self.fills_in(happened_on__day="", happened_on__month="March", happened_on__year="2026")
        self.presses("Continue")
        self.fills_in(outcome_wanted="Repair the roof")
        self.presses("Continue")
        self.fills_in(name="Resident One", address="1 Example Street", postcode="N1 0AA")
        self.presses("Continue")
        self.chooses("link", "tenant")
        self.presses("Continue")
        self.sends_nothing()
        self.chooses("reply_by", "email")
        self.fills_in(email="resident.one@example.org")
        self.presses("Continue")
        self.presses("Continue")  # no photos
        self.reads(words)
        self.presses("Send my complaint")
        self.reference, self.code = self.page.locator("code.portal-reference").all_inner_texts()[:2]

    def complains_for_somebody(self, words: str) -> None:
        """The way of somebody who acts for another person."""
        self.goes_to("complain/what-happened")
        self.fills_in(what_happened=words)
        self.presses("Continue")
        self.chooses("for_whom", "somebody_else")
        self.presses("Continue")
        self.sends_nothing()
        self.chooses("capacity", "family")
        self.fills_in(representative_name="Daughter One", representative_email="daughter.one@example.org")
        self.presses("Continue")
        self.sends_nothing()
        self.chooses("asked_by", "resident")
        self.chooses("wants", "full_reply")
        self.presses("Continue")
        self.presses("Continue")  # nothing would make it easier
        self.presses("Continue")  # when
        self.presses("Continue")  # what would put it right
        self.fills_in(name="Resident One", address="1 Example Street", postcode="N1 0AA")
        self.presses("Continue")
        self.presses("Continue")  # their link to us
        self.chooses("reply_by", "email")
        self.fills_in(email="resident.one@example.org")
        self.presses("Continue")
        self.presses("Continue")  # no photos
        self.reads("Daughter One")
        self.presses("Send my complaint")
        self.reference, self.code = self.page.locator("code.portal-reference").all_inner_texts()[:2]

    def opens_it(self) -> None:
        self.goes_to("track")
        self.fills_in(reference=self.reference, code=self.code)
        self.presses("Open my complaint")

    def follows_it(self) -> None:
        self.goes_to("track")
        self.sends_nothing()
        self.fills_in(reference=self.reference.lower(), code="wrong")
        self.presses("Open my complaint")
        self.is_told_what_is_wrong()
        self.fills_in(reference=self.reference.lower(), code=self.code.lower())
        self.presses("Open my complaint")
        assert self.page.url.endswith("/my-complaint")

    def reads_every_letter(self, where: str = "my-complaint") -> None:
        self.goes_to(where)
        links = self.page.locator('main a[href*="/letters/"]')
        addresses = {link.get_attribute("href") or "" for link in links.all()}
        assert addresses
        for each in sorted(addresses):
            self.page.goto(f"{self.portal.address}{each}")
            self.looks()

    def finds_on_the_doormat(self, subject: str) -> None:
        """A letter that a mail server has taken: for this complaint, and without its secret code."""
        self.portal.the_worker_comes_round()
        letter = self.portal.doormat.letter(subject)
        words = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        assert letter["To"] == "resident.one@example.org"
        assert self.reference in words
        assert self.code not in words

    def stops(self, number: int) -> None:
        """Whoever acts for them, on the page that says who does."""
        self._presses(self.page.locator(f'main form[action$="/who-acts/{number}/stop"] button'))

    def asks_for_stage_2(self) -> None:
        self.goes_to("my-complaint")
        self.follows("/my-complaint/stage-2")
        self.presses("Ask for stage 2")


class Staff(Person):
    """A member of staff."""

    def signs_in(self, actor: Actor) -> None:
        self.goes_to("staff/sign-in")
        self.sends_nothing()
        email = f"{actor.name.lower()}@example.org"
        self.fills_in(email=email, password="wrong")
        self.presses("Sign in")
        self.is_told_what_is_wrong()
        self.fills_in(email=email, password=PASSWORD)
        self.presses("Sign in")
        assert self.page.url.endswith("/staff/")

    def is_signed_in(self, actor: Actor) -> None:
        """Already: other journeys come past the page on which one does it."""
        cookie = staff_browser(self.portal.app, actor).get_cookie("portal")
        assert cookie
        self.page.context.add_cookies([{"name": "portal", "value": cookie.value, "url": self.portal.address}])

    def opens(self, reference: str, page: str = "") -> None:
        """A case, and then one of the things to do there."""
        self.goes_to(f"staff/cases/{reference}")
        if page:
            self.follows(f"/{reference}/{page}")

    def ends_access(self) -> None:
        """Of the first member on an office's page."""
        self._presses(self.page.locator('form[action$="/end"] button').first)

    def assigns(self, reference: str, handler: Actor) -> None:
        self.opens(reference, "assign")
        self.sends_nothing()
        self.chooses("handler_id", str(handler.user_id))
        self.chooses("no_conflict", "y")
        self.presses("Give them this stage")

    def declares_no_conflict(self, reference: str) -> None:
        self.opens(reference, "interests")
        self.sends_nothing()
        self.chooses("conflict", "none")
        self.presses("Record this")

    def acknowledges(self, reference: str) -> None:
        self.opens(reference, "acknowledge")
        self.sends_nothing()
        self.fills_in(
            points__0="The roof leaks",
            outcomes__0="A dry ceiling",
            responsible_for__0="The roof",
            why_still_dissatisfied="The ceiling is still wet.",
        )
        self._sends_it()

    def answers(self, reference: str) -> None:
        self.opens(reference, "respond")
        self.sends_nothing()
        self.chooses("answers-0-finding", "upheld")
        self.fills_in(
            answers__0__reasons="The gutter was broken.",
            answers__0__law_and_policy="Repairs policy 4",
            remedies__0__kind="apology",
            remedies__0__words="We are sorry that we were slow.",
            changes_to_remedy="Nothing changes.",
        )
        self._sends_it()

    def _sends_it(self) -> None:
        self.presses("Preview the letter")
        assert self.heading == "Check the letter", self.page.locator("main").inner_text()[:500]
        self.presses("Send the letter")


class Caseworker(Person):
    """Somebody of an office that represents residents."""

    def signs_in(self, email: str, *, known: bool = True) -> None:
        """With the code of the email; somebody whose access has ended gets none."""
        self.goes_to("office/sign-in")
        self.sends_nothing()
        self.fills_in(email=email)
        self.presses("Send me a code")
        self.sends_nothing()
        self.portal.the_worker_comes_round()
        code = self.portal.doormat.sign_in_code()
        self.fills_in(code=code.lower())
        self.presses("Sign in")
        if known:
            assert self.page.url.endswith("/office/"), self.page.locator("main").inner_text()
        else:
            self.is_told_what_is_wrong()
