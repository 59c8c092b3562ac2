"""What a change of the calendar or of a policy does to the complaints of a landlord: looked at before, and done."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.domain.actors import Actor
from portal.domain.case import Rules
from portal.domain.days_off import DayOff, Moved, event_of, moved, with_days
from portal.records.history import CaseFile, RulesFor, append, columns_of, with_references
from portal.records.models import ComplaintRow

AT_ONCE = 200


def counted_with(rules_for: RulesFor, days: Collection[DayOff]) -> RulesFor:
    """The same rules with these days in the calendar."""

    def counted(landlord: str, received_on: date) -> Rules:
        return with_days(rules_for(landlord, received_on), days)

    return counted


def effects(session: Session, landlord: str, before: RulesFor, after: RulesFor) -> list[Moved]:
    """What would become of each complaint whose dates change, by reference. Nothing is written."""
    found = (_moved(file, before, after) for file in _counting(session, landlord, before))
    return [each for each in found if each]


def recount(
    session: Session,
    landlord: str,
    before: RulesFor,
    after: RulesFor,
    day: DayOff,
    *,
    removed: bool,
    by: Actor,
    at: datetime,
) -> int:
    """Count anew what is owed in each complaint, with both dates on its record. Returns in how many one moved.

    All are held before the first is written to: nobody waits for a case while holding the end of the chain.
    """
    count = 0
    for file in list(_counting(session, landlord, before, for_update=True)):
        change = _moved(file, before, after)
        file.rules = after(file.row.landlord, file.row.received_on)
        event = event_of(change, day, removed=removed) if change else None
        if event:
            append(session, file, event, by=by, at=at)
        else:
            _copy(file)
        count += change is not None
    return count


def _moved(file: CaseFile, before: RulesFor, after: RulesFor) -> Moved | None:
    received = (file.row.landlord, file.row.received_on)
    return moved(file.case, before(*received), after(*received))


def _copy(file: CaseFile) -> None:
    """Dates of the law may move where nothing that is owed does."""
    for name, value in columns_of(file.case, file.rules).items():
        setattr(file.row, name, value)


def _counting(session: Session, landlord: str, rules_for: RulesFor, *, for_update: bool = False) -> Iterator[CaseFile]:
    """Every complaint in which something is still counted, some at a time."""
    counting = or_(ComplaintRow.is_open, ComplaintRow.law_due_on.is_not(None), ComplaintRow.law_notice_at.is_not(None))
    ours = select(ComplaintRow.reference).where(ComplaintRow.landlord == landlord, counting).order_by(ComplaintRow.id)
    references = session.scalars(ours).all()
    for start in range(0, len(references), AT_ONCE):
        yield from with_references(session, references[start : start + AT_ONCE], rules_for, for_update=for_update)
