"""Where the letters of a journey arrive: a mail server that wakes whoever waits for one."""

from __future__ import annotations

from email.message import EmailMessage
from threading import Condition
from typing import Any

from tests.post.conftest import Postbox

LONGEST_WAIT_SECONDS = 20


class Doormat(Postbox):
    def __init__(self) -> None:
        super().__init__()
        self._arrival = Condition()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        with self._arrival:
            self._arrival.notify_all()
        return answer

    def letter(self, subject: str) -> EmailMessage:
        """The letter with these words in its subject, which may still be on its way."""
        with self._arrival:
            self._arrival.wait_for(lambda: self._found(subject), LONGEST_WAIT_SECONDS)
        found = self._found(subject)
        assert found, f"no letter is called {subject!r}, only {[each['Subject'] for each in self.letters]}"
        return found[0]

    def _found(self, subject: str) -> list[EmailMessage]:
        return [each for each in self.letters if subject in each["Subject"]]
