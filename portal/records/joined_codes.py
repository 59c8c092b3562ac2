"""Secret codes, and the visits that they opened, while one complaint is joined to another.

The digest of a code holds the reference that its holder knows. So a code is not made anew: it opens the complaint that
goes on, with the number that its holder has there, and the reference and code that are typed stay the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from portal.records.access import REPRESENTATIVE, RESIDENT
from portal.records.models import AccessCode, AccessGrant, ComplaintRow


def move_representatives(
    session: Session, source: ComplaintRow, target: ComplaintRow, numbers: Mapping[int, int]
) -> None:
    """Let the codes of representatives open `target`; `numbers` says who each of them is there."""
    for there, here in numbers.items():
        theirs = (AccessCode.holder == REPRESENTATIVE, AccessCode.representative == there)
        _move(session, source, target, *theirs, representative=here)


def put_in_place(session: Session, source: ComplaintRow, target: ComplaintRow) -> None:
    """Let the resident's codes for `source` open `target`, and those for `target` nothing meanwhile.

    What opens nothing because another was joined to `source` before stays there, so that undoing that one wakes it.
    """
    of_target = (AccessCode.complaint_id == target.id, AccessCode.holder == RESIDENT)
    session.execute(
        update(AccessCode).where(*of_target, _NOT_SUSPENDED).values(suspended_for_id=source.id),
        execution_options=_AS_STORED,
    )
    _move(session, source, target, AccessCode.holder == RESIDENT, _NOT_SUSPENDED)


def put_back(session: Session, source: ComplaintRow, target: ComplaintRow) -> None:
    """The reverse: whatever opened `target` for that resident, a new code too, is for `source`; the suspended go on."""
    _move(session, target, source, AccessCode.holder == RESIDENT, _NOT_SUSPENDED)
    session.execute(
        update(AccessCode)
        .where(AccessCode.complaint_id == target.id, AccessCode.suspended_for_id == source.id)
        .values(suspended_for_id=None),
        execution_options=_AS_STORED,
    )


_NOT_SUSPENDED = AccessCode.suspended_for_id.is_(None)
_AS_STORED = {"synchronize_session": False}


def _move(
    session: Session, source: ComplaintRow, target: ComplaintRow, *whose: ColumnElement[bool], **changes: int
) -> None:
    moving = (AccessCode.complaint_id == source.id, *whose)
    visits = AccessGrant.access_code_id.in_(select(AccessCode.id).where(*moving))
    session.execute(update(AccessGrant).where(visits).values(complaint_id=target.id), execution_options=_AS_STORED)
    session.execute(
        update(AccessCode).where(*moving).values(complaint_id=target.id, **changes), execution_options=_AS_STORED
    )
