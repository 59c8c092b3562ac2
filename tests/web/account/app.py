"""The authenticator app on somebody's telephone."""

from __future__ import annotations

import re
from time import time

from passlib.totp import TOTP


class App:
    """Shows a code for every 30 seconds. `later`: of a step that lies so many ahead."""

    def __init__(self, key: str) -> None:
        self.made = TOTP(key.replace("-", ""))

    @classmethod
    def that_read(cls, words: str) -> App:
        """Given the key that a page shows, which is among these words."""
        found = re.search(r"\b([A-Z2-7]{4}(?:-[A-Z2-7]{4}){7})\b", words)
        assert found, "the page shows the key"
        return cls(found[1])

    def code(self, later: int = 0) -> str:
        return str(self.made.generate(time=time() + 30 * later).token)
