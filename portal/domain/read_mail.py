"""What an email says of itself. Nothing of it is believed: anybody can write anything into one.

It stands by itself, so that the process in which a message is opened has little to load.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.evidence import WhyRefused

MOST_FILES_OF_MAIL = 20
"""Files of one message that are taken out of it. The others stay in the message itself, which is kept."""

LARGEST_READ = 36_000_000
"""Bytes of a message that is opened: a file of 25 MB and what makes an email of it. A larger one is kept unopened."""

LONGEST_WORDS = 200_000
"""Characters of a message that are shown. The rest stays in the message itself."""

MORE = "\n\n[…]"


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file in a message: its name, its size in bytes, and why it was not kept by itself, if it was not."""

    name: str
    size: int
    why_not: WhyRefused | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMail:
    """What a message says, as far as it could be read. Nothing of it is believed: anybody can write anything into one.

    `words` is its text, `new_words` the same without what it quotes. `tokens` are what looks like a token of a letter,
    `references` what looks like the reference of a complaint. `is_automatic`: no person wrote it (RFC 3834); `bounced`:
    it says that something could not be delivered, for good (RFC 3464).
    """

    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    words: str = ""
    new_words: str = ""
    message_id: str = ""
    files: tuple[MailFile, ...] = ()
    tokens: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    is_automatic: bool = False
    bounced: bool = False
