"""What lists and search show is a copy of the events. Where the kind of copy has changed it is made anew.

A migration knows tables and no rules, so it only leaves room. This follows it, some complaints in a unit of work, and
goes on where it was stopped.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.domain.registers import entries_of
from portal.records import registers, representatives, search
from portal.records.database import Database
from portal.records.history import COPIED_AS, RulesFor, columns_of, opened
from portal.records.models import ComplaintRow, SearchEntry

AT_ONCE = 200


def is_done(database: Database, landlords: Collection[str]) -> bool:
    """Whether every copy is of the present kind."""
    with database.session() as session:
        return session.scalar(_older(landlords).with_only_columns(ComplaintRow.id).limit(1)) is None


def copy_anew(database: Database, landlords: Collection[str], rules_for: RulesFor) -> int:
    """Make the copies of these landlords' complaints what the events say now; returns how many were older."""
    done = 0
    while True:
        with database.unit_of_work() as session:
            rows = session.scalars(_older(landlords).order_by(ComplaintRow.id).limit(AT_ONCE).with_for_update()).all()
            for row in rows:
                _copy(session, row, rules_for)
        if not rows:
            return done
        done += len(rows)


def _older(landlords: Collection[str]) -> Select[ComplaintRow]:
    return select(ComplaintRow).where(ComplaintRow.copied_as < COPIED_AS, ComplaintRow.landlord.in_(landlords))


def _copy(session: Session, row: ComplaintRow, rules_for: RulesFor) -> None:
    file = opened(session, row, rules_for)
    for name, value in columns_of(file.case, file.rules).items():
        setattr(row, name, value)
    row.changed_at = file.recorded[-1].at
    representatives.copy(session, row, file.case.representatives)
    registers.copy(session, row, entries_of(file.case))
    if session.get(SearchEntry, row.id) is None:
        session.add(search.first_entry(row, file.recorded[0].event))
        session.flush()
    search.copy(session, row, (each.event for each in file.recorded))
