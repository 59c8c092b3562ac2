"""Somebody who opens every page that there is for people outside and presses every button: empty, wrongly and well.

Which pages there are is asked of the routes, so that a new one is walked without another line here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from portal.domain.events import ReplyBy
from portal.records.database import Database
from portal.web.limits import limiter
from portal.web.resident.pages import PAGES
from tests.actions.joining import both, join, undo
from tests.actions.office import Office, repair
from tests.builders import MONDAY
from tests.markup import tree_of
from tests.web.test_every_route import DAY, OURS, Known, Walk, resident_browser, walk_of

ENDINGS = ("complain/forget", "sign-out")
FOR_STAFF = ("staff", "account", "demo")
NO_PAGES = {"assets.brand", "about.health"}
ENDS = re.compile("sign-out|forget|remove")
"""What ends a visit or undoes something stands on many pages, and is pressed on its own."""

LAST = ("withdraw", "sign_out", "forget", "ask_for_stage_2", "new_code", "code")
"""What ends something comes after everything else: parts of names of endpoints."""

WORDS = "Typed by somebody"
NOTHING: Mapping[str, str] = {}
WELL: Mapping[str, str] = {
    "email": "resident.one@example.org",
    "phone": "020 7946 0000",
    "day": "1",
    "month": "2",
    "year": "2026",
    "postcode": "N1 0AA",
}
BADLY: Mapping[str, str] = {
    "email": "nobody",
    "phone": "12",
    "day": "40",
    "month": "2",
    "year": "2026",
}


@dataclass(frozen=True)
class Seen:
    """A page that was an answer."""

    where: str
    html: str


@dataclass
class Walker:
    """One browser on its way; `seen` grows."""

    client: FlaskClient
    who: str
    seen: list[Seen] = field(default_factory=list)
    pressed: set[str] = field(default_factory=set)
    refused: bool = False
    """Whether the latest answer gave a form back."""

    def opens(self, address: str) -> None:
        self.presses_all(address, self._ask("GET", address))

    def looks_at(self, address: str) -> None:
        self._ask("GET", address)

    def sends_nothing(self, address: str) -> None:
        self._ask("POST", address, filled(forms(self._ask("GET", f"/{OURS}/track"))[-1], NOTHING))

    def presses_all(self, address: str, html: str) -> None:
        for action in [each.get("action") or address for each in forms(html)]:
            if action in self.pressed or (ENDS.search(action) and action != address):
                continue
            self.pressed.add(action)
            for how in NOTHING, BADLY, WELL:
                form = form_to(action, address, html)
                if form is not None:
                    html = self._ask("POST", action, filled(form, how))
                    # A form that was refused comes back: there is no need to open its page again.
                    if not self.refused or form_to(action, address, html) is None or how is WELL:
                        html = self._ask("GET", address)

    def _ask(self, method: str, address: str, data: dict[str, Any] | None = None) -> str:
        limiter.reset()
        response = self.client.open(
            address,
            buffered=True,  # an answer is closed when it was read
            method=method,
            data=data,
            follow_redirects=True,
            content_type="multipart/form-data" if data else None,
        )
        assert response.status_code < 500, f"{self.who}: {method} {address} gives {response.status_code}"
        self.refused = response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        html = response.text if response.mimetype == "text/html" else ""
        if "<html" in html:
            self.seen.append(Seen(f"{self.who}: {method} {address} ({response.status_code})", html))
        return html


def forms(html: str) -> list[Element]:
    """The forms of a page that do something."""
    tree = tree_of(html) if html else None
    every = [] if tree is None else list(tree.iter("form"))
    return [each for each in every if each.get("method", "").lower() == "post"]


def form_to(action: str, address: str, html: str) -> Element | None:
    """The form of a page at that address which is sent to `action`."""
    return next((each for each in forms(html) if (each.get("action") or address) == action), None)


def filled(form: Element, how: Mapping[str, str]) -> dict[str, Any]:
    """What is sent: nothing but what is there already where `how` is empty."""
    sent: dict[str, Any] = {}
    for each in form.iter():
        name, value = each.get("name"), each.get("value", "")
        kind = each.get("type", "text") if each.tag == "input" else each.tag
        if name and kind in {"button", "hidden"}:
            sent.setdefault(name, value)
        elif name and not how and each.get("checked") is not None:
            sent[name] = value
        elif name and how and kind in ANSWERS:
            sent[name] = ANSWERS[kind](name, value, how, sent.get(name))
    return sent


ANSWERS: Mapping[str, Callable[[str, str, Mapping[str, str], Any], Any]] = {
    "radio": lambda _name, value, how, before: before or (value if how is WELL else "none of these"),
    "checkbox": lambda _name, value, how, before: [*(before or []), value] if how is WELL else [],
    "file": lambda _name, _value, how, _before: (io.BytesIO(b"Words" if how is WELL else b""), "notes.txt"),
    **dict.fromkeys(
        ("text", "email", "tel", "number", "search", "textarea"), lambda name, _value, how, _before: typed(name, how)
    ),
}


def typed(name: str, how: Mapping[str, str]) -> str:
    known = next((value for part, value in how.items() if re.search(rf"(^|[-_]){part}$", name)), None)
    return known or (WORDS if how is WELL else (WORDS + ". ") * 2_000)


def addresses(walk: Walk, known: Known, *, staff: bool = False) -> list[tuple[Rule, str]]:
    """The pages for people outside, or those for staff; what ends something comes last."""
    rules = [rule for rule in walk.rules("GET") if rule.endpoint not in NO_PAGES]
    rules = [rule for rule in rules if (rule.endpoint.split(".")[0] in FOR_STAFF) is staff]
    rules.sort(key=lambda rule: any(each in rule.endpoint for each in LAST))
    return [(rule, walk.address(rule, known, OURS)) for rule in rules]


OF_THEIR_OWN: Mapping[str, str] = {
    "representative": "acting",
    "office_member": "office",
    "group_member": "my-group",
}
"""Who has pages that the resident has not, and below which address. One press may end their access: they look first."""


def pages_for_people_outside(app: Flask, database: Database) -> list[Seen]:
    """Every page that a resident, or anybody who is not staff, can come to see."""
    walk = walk_of(app, database)
    seen: list[Seen] = []
    _those_with_pages_of_their_own(walk, seen)
    for who, client in walk.browsers.items():
        if who in {"anyone", "resident"}:
            walker = Walker(client, who, seen)
            for address in complaint_form():
                walker.opens(address)
            for _, address in addresses(walk, walk.mine):
                walker.opens(address)
            for address in ENDINGS:
                walker.sends_nothing(f"/{OURS}/{address}")
    office = Office(database, OURS)
    for state, reference in states(office):
        own = replace(walk.mine, reference=reference, letter=office.letters(reference)[0].id)
        walker = Walker(resident_browser(app, office, reference), state, seen)
        for rule, address in addresses(walk, own):
            if rule.endpoint.startswith("resident.") and "my-complaint" in address:
                walker.looks_at(address)
        for letter in office.letters(reference):
            walker.looks_at(f"/{OURS}/my-complaint/letters/{letter.id}")
    goes_on_elsewhere(app, office, seen)
    return seen


def goes_on_elsewhere(app: Flask, office: Office, seen: list[Seen]) -> None:
    """With a code for a complaint that was joined to another."""
    own, again = office.submit(DAY), office.submit(DAY)
    walker = Walker(resident_browser(app, office, again), "joined", seen)
    join(office, own, again, DAY)
    for address in ("my-complaint", "my-complaint/what-you-told-us", "my-complaint/who-acts", "my-complaint/contact"):
        walker.looks_at(f"/{OURS}/{address}")


def _those_with_pages_of_their_own(walk: Walk, seen: list[Seen]) -> None:
    for who, part in OF_THEIR_OWN.items():
        walker, every = Walker(walk.browsers[who], who, seen), [each for _, each in addresses(walk, walk.mine)]
        own = [address for address in every if address.startswith(f"/{OURS}/{part}")]
        for address in own:
            walker.looks_at(address)
        for address in own:
            walker.opens(address)
        shown = [page for page in seen if page.where.startswith(f"{who}: GET") and "(200)" in page.where]
        assert len(shown) > 2, f"{who} is known nowhere"


def pages_for_staff(app: Flask, database: Database) -> list[Seen]:
    """Every page that staff can come to see, as a handler without pressing anything, and as the complaints officer."""
    walk = walk_of(app, database)
    seen: list[Seen] = []
    handler = Walker(walk.browsers["handler"], "handler", seen)
    for _, address in addresses(walk, walk.mine, staff=True):
        handler.looks_at(address)
    lead = Walker(walk.browsers["lead"], "lead", seen)
    for state, reference in states(Office(database, OURS)):
        if state not in FOR_LEAD:
            continue
        for _, address in addresses(walk, replace(walk.mine, reference=reference), staff=True):
            lead.opens(address)
    two_as_one(lead, Office(database, OURS))
    return seen


def two_as_one(lead: Walker, office: Office) -> None:
    """Two complaints before they are joined, while they are one, and after."""
    kept, other = both(office, DAY)
    lead.opens(f"/{OURS}/staff/cases/{kept}/join-complaints?other={other}")
    join(office, kept, other, DAY)
    for address in (kept, other, f"{other}/undo-joining", f"{kept}/join-complaints?other={other}"):
        lead.opens(f"/{OURS}/staff/cases/{address}")
    undo(office, other, DAY)
    for address in (kept, other):
        lead.looks_at(f"/{OURS}/staff/cases/{address}")


FOR_LEAD = ("received", "acknowledged", "late", "answered", "stage 2")
"""States in which there is something to do."""


def complaint_form() -> list[str]:
    """The pages of a complaint in their order, to the one that sends it."""
    return [f"/{OURS}/complain/{name}" for name in (*PAGES, "files", "save", "check", "received")]


def states(office: Office) -> Iterator[tuple[str, str]]:
    """Complaints in every state that one can be in on DAY, by the name of the state."""
    before = DAY - timedelta(days=2)
    yield "received", office.submit(DAY, reply_by=ReplyBy.POST)
    yield "acknowledged", office.acknowledged(before)
    extended = office.acknowledged(before)
    office.extend(extended, DAY, date(2026, 11, 27))
    yield "extended", extended
    yield "late", office.acknowledged(date(2026, 9, 1), date(2026, 9, 2))
    declined = office.submit(before)
    office.assign(declined, before)
    office.decline(declined, DAY)
    yield "declined", declined
    withdrawn = office.submit(before)
    office.withdraw(withdrawn, DAY)
    yield "withdrawn", withdrawn
    answered = office.answered(before, DAY, remedies=(repair(DAY, office.handler),))
    yield "answered", answered
    closed = office.answered(before, DAY, remedies=(repair(date(2026, 12, 1), office.handler),))
    office.close(closed, DAY)
    yield "closed", closed
    asked = office.answered(date(2026, 9, 1), date(2026, 9, 3))
    office.escalate(asked, DAY, words="The ceiling is wet.")
    yield "stage 2", asked
    second = office.answered(date(2026, 9, 1), date(2026, 9, 3))
    office.escalate(second, before, words="")
    office.assign(second, before)
    office.acknowledge(second, before)
    yield "stage 2 acknowledged", second
    final = office.answered(MONDAY, MONDAY)
    office.escalate(final, before, words="")
    office.assign(final, before)
    office.acknowledge(final, before)
    office.answer(final, DAY)
    yield "stage 2 answered", final
    kept, other = both(office, before)
    join(office, kept, other, DAY)
    yield "joined to it", kept
