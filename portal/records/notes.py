"""Notes of staff about a complaint: how many there are, a page of them, and forgetting them with the complaint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from portal.records.accounts import User
from portal.records.history import CaseFile
from portal.records.note_tables import Note

PAGE = 25


class NotesInShort(NamedTuple):
    """How many notes a complaint has, and when the last one was written."""

    how_many: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class NotesPage:
    """Some notes with who wrote each, the latest first. `before`: the id before which the next page begins, or None."""

    rows: Sequence[tuple[Note, User]]
    before: int | None


def notes_in_short(session: Session, file: CaseFile) -> NotesInShort:
    return NotesInShort(*session.execute(_IN_SHORT, {"complaint": file.row.id}).one())


def notes_page(session: Session, file: CaseFile, *, before: int | None = None) -> NotesPage:
    """In one statement."""
    found = select(Note, User).join(User, User.id == Note.by_id).where(Note.complaint_id == file.row.id)
    if before is not None:
        found = found.where(Note.id < before)
    rows = [(note, user) for note, user in session.execute(found.order_by(Note.id.desc()).limit(PAGE + 1))]
    return NotesPage(rows[:PAGE], rows[PAGE - 1][0].id if len(rows) > PAGE else None)


def every_note(session: Session, file: CaseFile) -> Sequence[tuple[Note, User]]:
    """All of them with who wrote each, the first one first."""
    found = select(Note, User).join(User, User.id == Note.by_id).where(Note.complaint_id == file.row.id)
    return [(note, user) for note, user in session.execute(found.order_by(Note.id))]


def erase_notes(session: Session, complaint_id: int, *, at: datetime) -> None:
    """Forget what they say, when the words of the complaint are forgotten. That there were notes stays."""
    of_case = update(Note).where(Note.complaint_id == complaint_id, Note.erased_at.is_(None))
    session.execute(of_case.values(words="", erased_at=at))


# Made once: to make a query takes as long as to ask it.
_IN_SHORT = select(func.count(Note.id), func.max(Note.at)).where(Note.complaint_id == bindparam("complaint"))
