"""Where the letters of a journey arrive: a mail server that wakes whoever waits for one."""

from __future__ import annotations

from email.message import EmailMessage
from threading import Condition
from typing import Any

from portal.domain import references
from tests.post.conftest import Postbox

CODE_SUBJECT = "Your code to sign in"
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

    def latest(self, to: str) -> EmailMessage:
        """The latest email with a link to this address, which may still be on its way."""

        def found() -> list[EmailMessage]:
            return [each for each in self._found("The link that you asked for") if each["To"] == to]

        with self._arrival:
            self._arrival.wait_for(found, LONGEST_WAIT_SECONDS)
        assert found(), f"nobody wrote to {to}"
        return found()[-1]

    def sign_in_code(self) -> str:
        """The code of the latest email with one."""
        self.letter(CODE_SUBJECT)
        words = self._found(CODE_SUBJECT)[-1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
        return next(line for line in words.splitlines() if references.sign_in_code_from(line))

    def _found(self, subject: str) -> list[EmailMessage]:
        return [each for each in self.letters if subject in each["Subject"]]
