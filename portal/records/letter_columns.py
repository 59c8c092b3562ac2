"""What the tables of letters have in common: how a letter goes, how far it has come, and its indexes."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Index, text

TO_DELIVER = "state IN ('pending', 'failed')"
NEEDS_A_PERSON = "state IN ('failed', 'to_post', 'to_call')"


def partial_index(name: str, rows: str, *columns: str) -> Index:
    """An index over some rows of a table alone, so that ended cases cost the queue nothing.

    SQLite has no booleans and uses such an index only where a query says exactly the same.
    """
    on_sqlite = {
        "is_open": "is_open = 1",
        "NOT is_open": "is_open = 0",
        "messages_waiting": "messages_waiting = 1",
        "waits_for_resident": "waits_for_resident = 1",
        "answer_is_known": "answer_is_known = 1",
    }.get(rows, rows)
    return Index(name, *columns, sqlite_where=text(on_sqlite), postgresql_where=text(rows))


class Channel(StrEnum):
    """How a letter goes to the resident. PAGE: it waits on the tracking page and nowhere else."""

    EMAIL = "email"
    POST = "post"
    PAGE = "page"


class LetterState(StrEnum):
    """How far a letter has come. HELD: nobody has checked yet that what it would go to is the resident's."""

    HELD = "held"
    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    TO_POST = "to_post"
    POSTED = "posted"
    ON_PAGE = "on_page"
    TO_CALL = "to_call"
    TOLD = "told"
