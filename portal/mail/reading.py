"""One message, read: who says they wrote it, what it says, and the files in it. Nothing in it is believed."""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator
from email import message_from_binary_file
from email.message import EmailMessage
from pathlib import Path

from portal.domain.evidence import file_name
from portal.domain.read_mail import MOST_FILES_OF_MAIL, MailFile, ReadMail
from portal.domain.references import ALPHABET, reference_from
from portal.domain.reply_address import tokens_in
from portal.mail.automatic import bounced, is_automatic
from portal.mail.words import decoded, header, headers, line, sender_of, without_quotes, words_of

ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "In-Reply-To", "References")
"""Where the token of a letter comes back."""

MOST_PARTS = 500
LONGEST_RETURNED = 100_000
_REFERENCE = re.compile(rf"(?<![A-Za-z0-9])[{ALPHABET}]{{4}}[- ]?[{ALPHABET}]{{4}}(?![A-Za-z0-9])")
MOST_REFERENCES = 5


def read(path: Path, folder: Path) -> ReadMail:
    """What the message in the file says. Its files are put into the folder, each under its number.

    Raises whatever the libraries raise at one that is broken: it runs where that does no harm.
    """
    with path.open("rb") as source:
        message = message_from_binary_file(source, _class=EmailMessage, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    parts = _parts(message)
    name, address = sender_of(message)
    words, subject = words_of(message), header(message, "Subject")
    return ReadMail(
        sender=address,
        sender_name=name,
        subject=subject,
        words=words,
        new_words=without_quotes(words),
        message_id=header(message, "Message-ID"),
        files=tuple(_files(message, parts, folder)),
        tokens=tokens_in(_where_tokens_are(message, parts)),
        references=_references(f"{subject}\n{words}"),
        is_automatic=is_automatic(message),
        bounced=bounced(message),
    )


def _parts(message: EmailMessage) -> list[EmailMessage]:
    parts = [each for each in message.walk() if isinstance(each, EmailMessage)]
    if len(parts) > MOST_PARTS:
        raise ValueError("more parts than anybody sends")
    return parts


def _where_tokens_are(message: EmailMessage, parts: list[EmailMessage]) -> Iterator[str]:
    for name in ADDRESSED:
        yield from headers(message, name)
    if is_automatic(message):
        for part in parts:
            yield from _returned(part)


def _returned(part: EmailMessage) -> Iterator[str]:
    """What a report of delivery gives back of our letter: its headers, as a message or as text."""
    kind = part.get_content_type()
    if kind in {"text/rfc822-headers", "text/plain"}:
        yield decoded(part)[:LONGEST_RETURNED]
    elif kind == "message/rfc822":
        for inner in part.iter_parts():
            assert isinstance(inner, EmailMessage)
            yield from headers(inner, "Message-ID")


def _references(said: str) -> tuple[str, ...]:
    found = (reference_from(each) for each in _REFERENCE.findall(said.upper()))
    return tuple(dict.fromkeys(each for each in found if each))[:MOST_REFERENCES]


def _files(message: EmailMessage, parts: list[EmailMessage], folder: Path) -> Iterator[MailFile]:
    """Whatever is in it beside the words that are shown."""
    shown = {id(each) for each in (message.get_body(("plain", "html")), message.get_body(("html",))) if each}
    within: set[int] = set()
    number = 0
    for part in parts:
        if part.get_content_type() == "message/rfc822":
            within.update(id(each) for each in part.walk() if each is not part)
        if id(part) in shown or id(part) in within or not _is_file(part) or number >= MOST_FILES_OF_MAIL:
            continue
        content = _content(part)
        Path(folder, str(number)).write_bytes(content)
        yield MailFile(_name(part, number), len(content))
        number += 1


def _is_file(part: EmailMessage) -> bool:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        return True
    if part.is_multipart() or kind == "message/delivery-status":
        return False
    return bool(part.get_filename()) or not kind.startswith("text/")


def _content(part: EmailMessage) -> bytes:
    if part.is_multipart():
        return b"\n".join(each.as_bytes() for each in part.iter_parts())
    raw = part.get_payload(decode=True)
    return raw if isinstance(raw, bytes) else b""


def _name(part: EmailMessage, number: int) -> str:
    told = line(part.get_filename() or "")
    return file_name(told) or f"file {number + 1}"
