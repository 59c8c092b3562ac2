"""Residents and staff in front of a browser, so that a journey reads as sentences.

Whatever they see is looked at: its structure, its accessibility with axe, and that nothing is
wider than the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask_security import hash_password
from playwright.sync_api import Browser, BrowserContext, Page

from portal.clock import StoppedClock
from portal.domain.permissions import Actor
from portal.records.database import Database
from portal.records.models import User
from tests import page as shape
from tests.actions.office import Office, ten_oclock

# GOV.UK Frontend marks the choices that open a field with aria-expanded. The ARIA rules do not foresee it on a radio
# button; screen readers announce it, and the library keeps it on purpose.
PASSWORD = "correct horse battery staple"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def targets(violation: dict[str, Any]) -> list[str]:
    """The elements that axe found something about."""
    return [node["html"][:160] for node in violation["nodes"]]


def is_known(violation: dict[str, Any]) -> bool:
    """Whether axe found nothing but what the component library does on purpose."""
    on_purpose = all("govuk-radios__input" in html and "aria-expanded" in html for html in targets(violation))
    return violation["id"] == "aria-allowed-attr" and on_purpose


@dataclass
class Portal:
    """A running portal."""

    app: Flask
    database: Database
    clock: StoppedClock
    address: str

    def office(self, landlord: str) -> Office:
        """The landlord's people, each with the same password."""
        office = Office(self.database, landlord)
        with self.app.app_context(), self.database.unit_of_work() as session:
            for actor in (office.lead, office.handler, office.second):
                session.get_one(User, actor.user_id).password = hash_password(PASSWORD)
        return office

    def it_is(self, day: date) -> None:
        self.clock.move_to(ten_oclock(day))


@dataclass(frozen=True)
class Screen:
    """How somebody uses the portal."""

    width: int = 1280
    scripts: bool = True
    keyboard: bool = False

    def __str__(self) -> str:
        how = "keyboard" if self.keyboard else "scripts" if self.scripts else "no scripts"
        return f"{self.width} px, {how}"

    def opened(self, browser: Browser) -> BrowserContext:
        return browser.new_context(
            viewport={"width": self.width, "height": 900}, java_script_enabled=self.scripts, locale="en-GB"
        )


class Person:
    """Somebody with a browser window of their own."""

    def __init__(self, browser: Browser, screen: Screen, portal: Portal, landlord: str) -> None:
        self.screen, self.portal, self.landlord = screen, portal, landlord
        self.context = screen.opened(browser)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.broken: list[str] = []
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.broken.append(message.text)

    def goes_to(self, path: str) -> None:
        self.page.goto(f"{self.portal.address}/{self.landlord}/{path}")
        self.looks()

    def fills_in(self, **fields: str) -> None:
        """By the name of each field; two underscores stand for a hyphen. What a page does not ask is left out."""
        for name, value in fields.items():
            field = self.page.locator(f'main [name="{name.replace("__", "-")}"]')
            if field.count():
                field.select_option(value) if field.evaluate("e => e.tagName") == "SELECT" else field.fill(value)

    def chooses(self, name: str, value: str) -> None:
        choice = self.page.locator(f'main input[name="{name}"][value="{value}"]')
        if self.screen.keyboard:
            choice.focus()
            self.page.keyboard.press("Space")
        else:
            choice.check()

    def presses(self, words: str) -> None:
        button = self.page.get_by_role("button", name=words, exact=True).first
        if self.screen.keyboard:
            self._tabs_to(button)
            self.page.keyboard.press("Enter")
        else:
            button.click()
        self.page.wait_for_load_state("load")
        self.looks()

    def _tabs_to(self, wanted: Any) -> None:
        """From where they are, with the tabulator key alone."""
        for _ in range(150):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {wanted} on {self.page.url}")

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def reads(self, words: str) -> None:
        assert words in self.page.locator("main").inner_text(), f"{self.page.url} does not say {words!r}"

    def is_told_what_is_wrong(self) -> None:
        assert self.page.locator(".govuk-error-summary").count() == 1

    def looks(self) -> None:
        """Everything that is asked of every page."""
        where = f"{self.page.url} ({self.screen})"
        shape.check(self.page.content(), where, from_browser=True)
        assert not self.broken, f"{where}: {self.broken}"
        if self.screen.scripts:
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{where} is {wide} px wider than the screen"
            found = Axe().run(self.page, options=RULES).response["violations"]
            wrong = [each for each in found if not is_known(each)]
            assert not wrong, f"{where}\n" + "\n".join(f"{each['help']}: {targets(each)}" for each in wrong)

    def leaves(self) -> None:
        self.context.close()


class Resident(Person):
    """Somebody who complains."""

    reference = ""
    code = ""

    def complains(self, words: str) -> None:
        self.goes_to("")
        self.goes_to("complain/what-happened")
        self.presses("Continue")
        self.is_told_what_is_wrong()
        self.fills_in(what_happened=words)
        self.presses("Continue")
        self.fills_in(happened_on__month="March", happened_on__year="2026")
        self.presses("Continue")
        self.fills_in(outcome_wanted="Repair the roof")
        self.presses("Continue")
        self.fills_in(name="Resident One", address="1 Example Street", postcode="N1 0AA")
        self.presses("Continue")
        self.chooses("link", "tenant")
        self.presses("Continue")
        self.presses("Continue")  # nothing would make it easier
        self.chooses("reply_by", "email")
        self.fills_in(email="resident.one@example.org")
        self.presses("Continue")
        self.reads(words)
        self.presses("Send my complaint")
        self.reference, self.code = self.page.locator("code.portal-reference").all_inner_texts()[:2]

    def follows_it(self) -> None:
        self.goes_to("track")
        self.fills_in(reference=self.reference.lower(), code="wrong")
        self.presses("Open my complaint")
        self.is_told_what_is_wrong()
        self.fills_in(reference=self.reference.lower(), code=self.code.lower())
        self.presses("Open my complaint")
        assert self.page.url.endswith("/my-complaint")

    def reads_every_letter(self) -> None:
        self.goes_to("my-complaint")
        links = self.page.locator('main a[href*="/my-complaint/letters/"]')
        addresses = {link.get_attribute("href") or "" for link in links.all()}
        assert addresses
        for each in sorted(addresses):
            self.page.goto(f"{self.portal.address}{each}")
            self.looks()

    def asks_for_stage_2(self) -> None:
        self.goes_to("my-complaint/stage-2")
        self.presses("Ask for stage 2")


class Staff(Person):
    """A member of staff."""

    def signs_in(self, actor: Actor) -> None:
        self.goes_to("staff/sign-in")
        email = f"{actor.name.lower()}@example.org"
        self.fills_in(email=email, password="wrong")
        self.presses("Sign in")
        self.is_told_what_is_wrong()
        self.fills_in(email=email, password=PASSWORD)
        self.presses("Sign in")
        assert self.page.url.endswith("/staff/")

    def opens(self, reference: str, page: str = "") -> None:
        self.goes_to(f"staff/cases/{reference}{page and '/'}{page}")

    def assigns(self, reference: str, handler: Actor) -> None:
        self.opens(reference, "assign")
        self.presses("Save")
        self.is_told_what_is_wrong()
        self.chooses("handler_id", str(handler.user_id))
        self.chooses("no_conflict", "y")
        self.presses("Save")

    def acknowledges(self, reference: str) -> None:
        self.opens(reference, "acknowledge")
        self.presses("Preview the letter")
        self.is_told_what_is_wrong()
        self.fills_in(
            points__0="The roof leaks",
            outcomes__0="A dry ceiling",
            responsible_for__0="The roof",
            why_still_dissatisfied="The ceiling is still wet.",
        )
        self._sends_it()

    def answers(self, reference: str) -> None:
        self.opens(reference, "respond")
        self.presses("Preview the letter")
        self.is_told_what_is_wrong()
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
