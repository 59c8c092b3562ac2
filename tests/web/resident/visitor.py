"""A resident with a browser: opens pages, fills in forms, presses buttons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask

from tests.web.answer import Answer, text_of

COMPLAINT: Mapping[str, Mapping[str, Any]] = {
    "what-happened": {"what_happened": "The bedroom wall is damp. I told you in March."},
    "who-for": {"for_whom": "me"},
    "making-it-easier": {"adjustments": ["large_print"], "adjustment_words": "18 point"},
    "when": {"happened_on-month": "March", "happened_on-year": "2026"},
    "what-you-want": {"outcome_wanted": "Repair it."},
    "about-you": {"name": "Resident One", "address": "1 Example Road", "postcode": "N1 0AA"},
    "your-home": {"link": "tenant", "link_from-year": "2019"},
    "how-to-reach-you": {"reply_by": "email", "email": "resident.one@example.org"},
}


class Visitor:
    """One browser at one landlord's pages."""

    def __init__(self, app: Flask, landlord: str = "ids") -> None:
        self.app = app
        self.landlord = landlord
        self.client = app.test_client()
        self.addresses: list[str] = []
        self.credentials = ("", "")
        self._token: tuple[str | None, str] | None = None

    def get(self, path: str) -> Answer:
        return self._page(path, self.client.get(self._address(path)))

    def post(self, path: str, fields: Mapping[str, Any] | None = None, *, token: str | None = None) -> Answer:
        """Send a form with the token that the page gives, or with another."""
        data = {"csrf_token": self.token() if token is None else token, **(fields or {})}
        return self._page(path, self.client.post(self._address(path), data=data))

    def token(self) -> str:
        """What a form sends along. It is the same on all pages until the session ends."""
        if self._token is None or self._secret() != self._token[0]:
            html = self.client.get(f"/{self.landlord}/track").text
            found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html)
            assert found
            self._token = self._secret(), found[1]
        return self._token[1]

    def _secret(self) -> str | None:
        """What the session holds, which tokens are signed with."""
        with self.client.session_transaction() as session:
            return session.get("csrf_token")

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
        return self.printed_on("complain/received")

    def printed_on(self, path: str) -> tuple[str, str]:
        page = self.get(path)
        shown = [text_of(each) for each in page.tree.iter("code") if each.get("class") == "portal-reference"]
        return shown[0], shown[1]

    def open(self, reference: str, code: str) -> Answer:
        return self.post("track", {"reference": reference, "code": code})

    def _address(self, path: str) -> str:
        return path if path.startswith("/") else f"/{self.landlord}/{path}"

    def _page(self, path: str, response: Any) -> Answer:
        answer = Answer(response.status_code, response.headers.get("Location"), response.text, path)
        self.addresses += [self._address(path), answer.location or ""]
        return answer
