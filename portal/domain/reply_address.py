"""The unguessable part of an address to reply to, by which an answer finds the letter that it answers.

It holds the number of the letter and a proof that we made it. The number alone proves nothing: it stands in the
addresses of pages, and so in histories of browsers.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32decode, b32encode
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

PROOF = 10
"""Bytes of it: 80 bits, which nobody tries through by email."""

LENGTH = 42
"""Letters and digits of one. Mail servers may change the case of an address, so it has none."""

LONGEST_LOCAL_PART = 64 - 1 - LENGTH
"""Of a mailbox's own address before the @: with a plus and a token it is still an address (RFC 5321, 4.5.3.1.1)."""

_TOKEN = re.compile(r"(?<![a-z2-7])[a-z2-7]{42}(?![a-z2-7])")


def token_for(secret_key: str, letter_id: UUID) -> str:
    """The token of a letter."""
    return b32encode(letter_id.bytes + _proof(secret_key, letter_id)).decode().lower().rstrip("=")


def letter_of(secret_key: str, token: str) -> UUID | None:
    """The letter whose token this is; None for a text that we never made one of."""
    if not _TOKEN.fullmatch(token.lower()):
        return None
    made = b32decode(token.upper() + "=" * (-LENGTH % 8))
    letter_id = UUID(bytes=made[:16])
    return letter_id if hmac.compare_digest(made[16:], _proof(secret_key, letter_id)) else None


def address_with(address: str, token: str) -> str:
    """`replies@example.org` as `replies+TOKEN@example.org`."""
    local, _, host = address.partition("@")
    return f"{local}+{token}@{host}"


def tokens_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Whatever looks like a token in addresses and message ids, each once, in their order."""
    return tuple(dict.fromkeys(found for text in texts for found in _TOKEN.findall(text.lower())))


def _proof(secret_key: str, letter_id: UUID) -> bytes:
    return hmac.new(secret_key.encode(), f"reply to {letter_id}".encode(), sha256).digest()[:PROOF]
