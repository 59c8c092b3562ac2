"""Where the next page of a list begins, as its address says it."""

from __future__ import annotations

LARGEST_ID = 2**63 - 1
"""A number beyond it is no id, and SQLite refuses to be asked about one."""


def id_in(text: str) -> int | None:
    """The id after which a page begins, or None where the text is not one: the first page then."""
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        return None
    return int(text) if int(text) <= LARGEST_ID else None
