"""A member of staff with a browser: signs in, opens pages, fills in forms."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from portal.domain.permissions import Actor
from portal.records.models import ComplaintRow, User
from portal.web.account.security import SEEN, _signer
from tests.web.answer import Answer

HTMX = {"HX-Request": "true"}


class Browser:
    """One browser at one landlord's pages."""

    def __init__(self, app: Flask, landlord: str = "ids") -> None:
        self.app, self.landlord = app, landlord
        self.client = app.test_client()

    def sign_in(self, actor: Actor) -> Browser:
        """As if they had signed in just now; the sign-in page has tests of its own."""
        with self.app.app_context(), self.app.extensions["database"].session() as session:
            uniquifier = session.get_one(User, actor.user_id).fs_uniquifier
            seen = _signer().sign(b"seen").decode()
        with self.client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"], cookie[SEEN] = uniquifier, True, seen
        return self

    def address(self, path: str) -> str:
        return f"/{self.landlord}/staff/{path}"

    def get(self, path: str = "", **options: Any) -> Answer:
        return self.page(self.client.get(self.address(path), **options))

    def post(self, path: str, fields: dict[str, Any] | None = None, **options: Any) -> Answer:
        """Send a form with the version of the case as it is now, unless the fields say another."""
        fields = {"version": self.version(path), **(fields or {})}
        return self.page(self.client.post(self.address(path), data=fields, **options))

    def version(self, path: str) -> str:
        reference = path.removeprefix("cases/").partition("/")[0] if path.startswith("cases/") else ""
        with self.app.extensions["database"].session() as session:
            row = session.query(ComplaintRow).filter_by(reference=reference).one_or_none()
        return str(row.version) if row else ""

    def page(self, response: TestResponse) -> Answer:
        return Answer(response.status_code, response.location, response.text, response.request.path)
