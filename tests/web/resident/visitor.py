"""A resident with a browser: opens pages, fills in forms, presses buttons. Checks the shape of every page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from sqlalchemy import event

COMPLAINT: Mapping[str, Mapping[str, Any]] = {
    "what-happened": {"what_happened": "The bedroom wall is damp. I told you in March."},
    "when": {"happened_on-month": "March", "happened_on-year": "2026"},
    "what-you-want": {"outcome_wanted": "Repair it."},
    "about-you": {"name": "Resident One", "address": "1 Example Road", "postcode": "N1 0AA"},
    "your-home": {"link": "tenant", "link_from-year": "2019"},
    "making-it-easier": {"adjustments": ["large_print"], "adjustment_words": "18 point"},
    "how-to-reach-you": {"reply_by": "email", "email": "resident.one@example.org"},
}


@dataclass
class Page:
    """One answer of the portal."""

    status: int
    location: str | None
    html: str
    path: str

    def __post_init__(self) -> None:
        self.tree = html5lib.parse(self.html, namespaceHTMLElements=False)

    @property
    def words(self) -> str:
        """What can be read, with single spaces."""
        return " ".join("".join(self.main.itertext()).split())

    @property
    def main(self) -> Element:
        found = self.tree.find(".//main")
        return self.tree if found is None else found

    @property
    def heading(self) -> str:
        return " ".join("".join(self.tree.find(".//h1").itertext()).split())

    @property
    def errors(self) -> dict[str, str]:
        """The lines of the summary: the id that each leads to, and its words."""
        links = self.tree.findall(".//*[@class='govuk-list govuk-error-summary__list']/li")
        return {(line.find("a").get("href") if line.find("a") is not None else ""): _text(line) for line in links}

    def value(self, name: str) -> str:
        """What a field shows."""
        for field in self.tree.iter("textarea"):
            if field.get("name") == name:
                return (field.text or "").removeprefix("\n")
        return next(each.get("value", "") for each in self.tree.iter("input") if each.get("name") == name)

    def checked(self, name: str) -> list[str]:
        """The values that are chosen among radios or checkboxes."""
        inputs = (each for each in self.tree.iter("input") if each.get("name") == name)
        return [each.get("value", "") for each in inputs if each.get("checked") is not None]

    def check_shape(self) -> None:
        """One h1, one main, a title, ids used once, every error tied to a field that exists."""
        ids = [each.get("id") for each in self.tree.iter() if each.get("id")]
        assert len(ids) == len(set(ids)), f"{self.path}: an id is used twice"
        assert len(self.tree.findall(".//h1")) == 1, f"{self.path}: not one h1"
        assert len(self.tree.findall(".//main")) == 1, f"{self.path}: not one main"
        title = _text(self.tree.find(".//title"))
        assert len(title) > 5, f"{self.path}: no title"
        assert title.startswith("Error:") == bool(self.errors), f"{self.path}: title and summary disagree"
        for target in filter(None, self.errors):
            assert target.removeprefix("#") in ids, f"{self.path}: an error leads to {target}, which is not there"
        for each in self.tree.iter():
            assert each.get("style") is None, f"{self.path}: inline style"
            for name in (each.get("aria-describedby") or "").split():
                assert name in ids, f"{self.path}: described by {name}, which is not there"


def _text(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


class Visitor:
    """One browser at one landlord's pages."""

    def __init__(self, app: Flask, landlord: str = "ids") -> None:
        self.app = app
        self.landlord = landlord
        self.client = app.test_client()
        self.addresses: list[str] = []
        self.credentials = ("", "")

    def get(self, path: str) -> Page:
        return self._page(path, self.client.get(self._address(path)))

    def post(self, path: str, fields: Mapping[str, Any] | None = None, *, token: str | None = None) -> Page:
        """Send a form with the token that the page gives, or with another."""
        data = {"csrf_token": self.token() if token is None else token, **(fields or {})}
        return self._page(path, self.client.post(self._address(path), data=data))

    def token(self) -> str:
        html = self.client.get(f"/{self.landlord}/track").text
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html)[1]  # type: ignore[index]

    def write(self, **changes: Mapping[str, Any]) -> None:
        """Answer every page of the form. A change is named after its page, with underscores."""
        for name, answers in COMPLAINT.items():
            page = self.post(f"complain/{name}", changes.get(name.replace("-", "_"), answers))
            assert page.status == 303, page.errors

    def complain(self, **changes: Mapping[str, Any]) -> tuple[str, str]:
        """Write and send a complaint. Its reference and its secret code."""
        self.write(**changes)
        assert self.post("complain/check").location == f"/{self.landlord}/complain/received"
        self.credentials = self.printed()
        return self.credentials

    def printed(self) -> tuple[str, str]:
        """The reference and the code as the confirmation shows them."""
        page = self.get("complain/received")
        shown = [_text(each) for each in page.tree.iter("code") if each.get("class") == "portal-reference"]
        return shown[0], shown[1]

    def open(self, reference: str, code: str) -> Page:
        return self.post("track", {"reference": reference, "code": code})

    def _address(self, path: str) -> str:
        return path if path.startswith("/") else f"/{self.landlord}/{path}"

    def _page(self, path: str, response: Any) -> Page:
        page = Page(response.status_code, response.headers.get("Location"), response.text, path)
        self.addresses += [self._address(path), page.location or ""]
        if response.mimetype == "text/html" and not 300 <= page.status < 400:
            page.check_shape()
        return page


@contextmanager
def statements(app: Flask) -> Any:
    """The SQL statements of what happens inside, without those that begin and end a transaction."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    engine = app.extensions["database"].engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
