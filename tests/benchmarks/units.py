"""The units of work, as the portal does them and as the floor does them, and what we aim at."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.benchmarks.browser import Answer, Browser
from tests.benchmarks.supply import ANSWERING, LANDLORD, PASSWORD, Supply

Work = Callable[[Browser], None]


class UsedUp(Exception):
    """There is nothing left to do this unit with."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of work with our aims: a share of the floor, SQL statements, kB of HTML. None: no aim."""

    key: str
    what: str
    share: float
    statements: int
    kilobytes: int | None = None


UNITS = (
    Unit("W1", "form page", 0.5, 1),
    Unit("W2", "submit: check, POST, confirmation", 0.6, 10),
    Unit("W3", "tracking page", 0.5, 3),
    Unit("W4", "staff queue, first page", 0.5, 6, 15),
    Unit("W5", "case with 20 events", 0.5, 5, 20),
    Unit("W7", "answer: form, POST, case", 0.6, 14),
)

ROW = re.compile(rb'name="(answers-\d+)-reasons"')


class Portal:
    """The portal's pages. `ready` brings a browser to where the unit begins, and is not measured."""

    def __init__(self, supply: Supply) -> None:
        self._supply = supply
        self._drafts = deque(supply.drafts)
        self._to_answer = deque(supply.to_answer)
        self.units: Mapping[str, Work] = {
            "W1": self._form,
            "W2": self._submit,
            "W3": self._track,
            "W4": self._queue,
            "W5": self._case,
            "W7": self._answer,
        }
        self._ready: Mapping[str, Work] = {
            "W3": self._open,
            "W4": lambda browser: self._sign_in(browser, LANDLORD, supply.lead),
            "W5": lambda browser: self._sign_in(browser, LANDLORD, supply.lead),
            "W7": lambda browser: self._sign_in(browser, ANSWERING, supply.handler),
        }

    def ready(self, unit: str, browser: Browser) -> None:
        if unit in self._ready:
            self._ready[unit](browser)

    def _open(self, browser: Browser) -> None:
        address, supply = f"/{LANDLORD}/track", self._supply
        fields = {"csrf_token": browser.get(address).token, "reference": supply.reference, "code": supply.code}
        browser.post(address, fields).leads_to("/my-complaint")

    def _sign_in(self, browser: Browser, landlord: str, email: str) -> None:
        address = f"/{landlord}/staff/sign-in"
        fields = {"csrf_token": browser.get(address).token, "email": email, "password": PASSWORD}
        browser.post(address, fields).leads_to("/staff/")

    def _form(self, browser: Browser) -> None:
        browser.get(f"/{LANDLORD}/complain/what-happened").expect(200, "What happened?")

    def _submit(self, browser: Browser) -> None:
        browser.cookies["draft"] = _next(self._drafts)
        check = f"/{LANDLORD}/complain/check"
        page = browser.get(check).expect(200)
        browser.post(check, {"csrf_token": page.token}).leads_to("/complain/received")
        browser.get(f"/{LANDLORD}/complain/received").expect(200, "We have received your complaint")

    def _track(self, browser: Browser) -> None:
        browser.get(f"/{LANDLORD}/my-complaint").expect(200, self._supply.reference)

    def _queue(self, browser: Browser) -> None:
        browser.get(f"/{LANDLORD}/staff/").expect(200, "<table")

    def _case(self, browser: Browser) -> None:
        browser.get(f"/{LANDLORD}/staff/cases/{self._supply.reference}").expect(200, self._supply.reference)

    def _answer(self, browser: Browser) -> None:
        case = f"/{ANSWERING}/staff/cases/{_next(self._to_answer)}"
        form = browser.get(f"{case}/respond").expect(200)
        browser.post(f"{case}/respond", _answers(form)).leads_to(case)
        browser.get(case).expect(200)


class Floor:
    """The floor's pages."""

    def __init__(self, supply: Supply) -> None:
        self._supply = supply
        self._to_answer = deque(supply.to_answer)
        self.units: Mapping[str, Work] = {
            "W1": lambda browser: _done(browser.get("/complain").expect(200, "What happened?")),
            "W2": self._submit,
            "W3": self._track,
            "W4": lambda browser: _done(browser.get("/queue").expect(200, "<table")),
            "W5": self._case,
            "W7": self._answer,
        }

    def ready(self, unit: str, browser: Browser) -> None:
        if unit in {"W4", "W5", "W7"}:
            browser.post("/sign-in", {"email": self._supply.lead}).leads_to("/queue")

    def _submit(self, browser: Browser) -> None:
        browser.get("/complain").expect(200)
        fields = {"name": "Resident One", "email": "resident.one@example.org", "address": "1 Example Road"}
        words = {"what_happened": "The bedroom wall is damp. " * 20, "outcome": "Repair it."}
        browser.post("/complain", {**fields, **words}).leads_to("/received")
        browser.get("/received").expect(200, "We have received your complaint")

    def _track(self, browser: Browser) -> None:
        reference, code = self._supply.reference, self._supply.code
        browser.get(f"/track?reference={reference}&code={code}").expect(200, reference)

    def _case(self, browser: Browser) -> None:
        browser.get(f"/cases/{self._supply.reference}").expect(200, self._supply.reference)

    def _answer(self, browser: Browser) -> None:
        self._to_answer.rotate()
        case = f"/cases/{self._to_answer[0]}"
        browser.get(f"{case}/respond").expect(200)
        rows = {f"{name}-{number}": "Because we were slow. " * 5 for name in ("reasons", "law") for number in (1, 2)}
        browser.post(f"{case}/respond", {**rows, "finding-1": "upheld", "finding-2": "upheld"}).leads_to(case)
        browser.get(case).expect(200)


def _done(_answer: Answer) -> None:
    pass


def _next(supply: deque[str]) -> str:
    try:
        return supply.popleft()
    except IndexError:
        raise UsedUp from None


def _answers(form: Answer) -> dict[str, str]:
    """The form filled in: every point upheld, and an apology."""
    version = re.search(rb'name="version"[^>]*value="(\d+)"', form.body)
    assert version, "a form about a case says which version of it was opened"
    fields = {"csrf_token": form.token, "version": version[1].decode(), "press": "send"}
    for row in ROW.findall(form.body):
        name = row.decode()
        fields |= {
            f"{name}-finding": "upheld",
            f"{name}-reasons": "We were slow.",
            f"{name}-law_and_policy": "Repairs policy 4",
        }
    return {**fields, "remedies-0-kind": "apology", "remedies-0-words": "We are sorry that we were slow."}
