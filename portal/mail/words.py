"""The words of an email: of all its parts the one to be read, as plain text, with and without what it quotes."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

import turbohtml
from mailparser_reply import EmailReplyParser

from portal.domain.read_mail import LONGEST_WORDS, MORE

LONGEST_LINE = 300
LONGEST_ADDRESS = 254
LONGEST_HEADER = 20_000

# Nothing that a database refuses, that turns the order of letters round, or that begins a new header.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_NOT_LINE = re.compile(r"[\n\t\u2028\u2029]+")
_WIDE = ("utf-16", "utf16", "utf-32", "utf32")
"""Alphabets in which every space and end of line has a zero byte: text without one is in another, whatever it says."""

_WELSH_QUOTE = re.compile(r"^Ar [^\n]{5,200}(?:\n[^\n]{1,100})?ysgrifennodd:\s*(?:\n>[^\n]*|\n[ \t]*)*\Z", re.MULTILINE)
_QUOTED_TO_THE_END = re.compile(r"(?:\n>[^\n]*|\n[ \t]*)+\Z")


def text(said: str) -> str:
    """What can be kept and shown of it: line ends of one kind, no control characters, and no more than fits."""
    clean = _NOT_TEXT.sub("", said.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return clean if len(clean) <= LONGEST_WORDS else clean[: LONGEST_WORDS - len(MORE)] + MORE


def line(said: str, longest: int = LONGEST_LINE) -> str:
    """The same on one line."""
    return " ".join(_NOT_LINE.sub(" ", text(said)).split())[:longest]


def headers(message: EmailMessage, name: str) -> list[str]:
    """Each header of this name in letters, on one line: broken ones as they were written."""
    return [_readable(message, name, raw) for key, raw in message.raw_items() if key.lower() == name.lower()]


def header(message: EmailMessage, name: str) -> str:
    """The first of them, or nothing."""
    return next(iter(headers(message, name)), "")[:LONGEST_LINE]


def _readable(message: EmailMessage, name: str, raw: Any) -> str:
    try:
        return line(str(message.policy.header_fetch_parse(name, raw)), LONGEST_HEADER)
    except (ValueError, LookupError, AttributeError, TypeError):  # what the parser meets in headers that are none
        return line(str(raw), LONGEST_HEADER)


def sender_of(message: EmailMessage) -> tuple[str, str]:
    """Name and address of whoever a message says it is from."""
    name, address = parseaddr(header(message, "From"))
    return line(name), line(address, LONGEST_ADDRESS)


def words_of(message: EmailMessage) -> str:
    """What a message says: its plain text, or its HTML made into some."""
    part = message.get_body(("plain", "html"))
    if not isinstance(part, EmailMessage):
        return ""
    said = decoded(part)
    if part.get_content_subtype() == "html":
        said = turbohtml.parse(said).to_text()
    return text(said)


def decoded(part: EmailMessage) -> str:
    """The letters of a part, whatever it says of its alphabet."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    told = part.get_content_charset("utf-8")
    if told.startswith(_WIDE) and b"\0" not in raw:
        return _guessed(raw)
    try:
        return raw.decode(told)
    except (LookupError, UnicodeError, ValueError):
        return _guessed(raw)


def _guessed(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("windows-1252", "replace")


def without_quotes(words: str) -> str:
    """What was newly written. Answers between the lines of a quotation stay with it, so that they can be understood."""
    newly = EmailReplyParser(languages=["en"]).parse_reply(words) or ""
    newly = _WELSH_QUOTE.sub("", newly)
    return _QUOTED_TO_THE_END.sub("", newly).strip()
