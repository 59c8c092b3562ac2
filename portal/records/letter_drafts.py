"""Letters that a member of staff is writing: kept for them alone, until they are sent or thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.records.database import INSERTS
from portal.records.history import CaseFile
from portal.records.staff_tables import LetterDraft

KEPT_FOR = timedelta(days=60)

Boxes = Sequence[tuple[str, str]]
"""What stands in the boxes of a form: name and value, in order."""


def drafts_of(session: Session, file: CaseFile, by_id: int) -> Sequence[LetterDraft]:
    """Everything that this person has begun to write about the case, the latest first."""
    own = select(LetterDraft).where(LetterDraft.complaint_id == file.row.id, LetterDraft.by_id == by_id)
    return session.scalars(own.order_by(LetterDraft.saved_at.desc())).all()


def draft_of(session: Session, file: CaseFile, act: str, by_id: int) -> LetterDraft | None:
    """What this person has written of the letter of one act."""
    return next((each for each in drafts_of(session, file, by_id) if each.act == act), None)


def keep_draft(
    session: Session, file: CaseFile, act: str, by_id: int, boxes: Boxes, *, version: int, at: datetime
) -> None:
    """Keep what stands in the form now, in place of what was kept. `version`: of the case that its writer has read."""
    values = {"boxes": [list(each) for each in boxes], "version": version, "saved_at": at}
    insert = INSERTS[session.get_bind().dialect.name](LetterDraft)
    whose = {"complaint_id": file.row.id, "act": act, "by_id": by_id}
    keys = list(whose)
    session.execute(insert.values(**whose, **values).on_conflict_do_update(index_elements=keys, set_=values))


def forget_draft(session: Session, file: CaseFile, act: str, by_id: int) -> None:
    """It was sent, or its writer has thrown it away."""
    session.execute(
        delete(LetterDraft).where(
            LetterDraft.complaint_id == file.row.id, LetterDraft.act == act, LetterDraft.by_id == by_id
        )
    )


def forget_old_letter_drafts(session: Session, *, at: datetime) -> None:
    """What nobody has gone on with for `KEPT_FOR`."""
    session.execute(delete(LetterDraft).where(LetterDraft.saved_at < at - KEPT_FOR))
