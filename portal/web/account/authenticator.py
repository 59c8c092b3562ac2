"""The second step of signing in: codes of an authenticator app, and recovery codes for whoever has lost theirs.

The shared secret is stored encrypted, with a key that is derived from the installation's.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import Any

import segno
from flask import Flask, current_app
from flask_security import Totp
from markupsafe import Markup
from passlib.exc import TokenError

from portal.domain.references import new_code

STEP_SECONDS = 30
"""How long an app shows a code. One step early or late is taken, for clocks that are a little wrong."""

RECOVERY_CODES = 10
DIGITS = 6


class Authenticators(Totp):
    """What apps show, of this installation."""

    def __init__(self, secret_key: str) -> None:
        key = hmac.new(secret_key.encode(), b"secrets of authenticators", sha256).hexdigest()
        super().__init__({"1": key}, issuer="Complaints")

    def moment_of(self, code: str, secret: str, last: int | None, *, at: float | None = None) -> int | None:
        """The moment whose code this is: the number of its step since 1970. None for any other code.

        That of `last` and of any earlier moment is no code any more. `at` is the time in seconds, for tests.
        """
        try:
            found: Any = self._totp.verify(code, secret, time=at, window=STEP_SECONDS, last_counter=last)
        except (TokenError, ValueError):  # ValueError: encrypted with another key
            return None
        return int(found.counter)

    def picture(self, secret: str, email: str, landlord: str) -> Markup:
        """What the app's camera reads, as SVG that stands in the page."""
        address = self._totp.from_source(secret).to_uri(email, issuer=landlord)
        drawn = segno.make(address, error="m", micro=False)
        return Markup(drawn.svg_inline(scale=5, border=4, svgclass="portal-qr", lineclass=None))  # noqa: S704

    def key(self, secret: str) -> str:
        """The same to be typed, in groups of four."""
        return self.get_totp_pretty_key(secret)


def register(app: Flask) -> None:
    app.extensions["authenticators"] = Authenticators(app.extensions["settings"].secret_key)


def authenticators() -> Authenticators:
    """Of the application that is answering."""
    found: Authenticators = current_app.extensions["authenticators"]
    return found


def is_needed() -> bool:
    """Whether everybody who signs in with a password needs the second step."""
    return bool(current_app.extensions["settings"].second_step)


def new_codes() -> list[str]:
    """Recovery codes, as they are shown once."""
    return [new_code(secrets.choice) for _ in range(RECOVERY_CODES)]
