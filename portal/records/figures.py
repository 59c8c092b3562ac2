"""The stages of complaints that figures are made of, read some at a time: memory does not grow with the histories."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.figures import Period
from portal.domain.turns import Turn, turns_of
from portal.records.history import RulesFor, with_references
from portal.records.models import ComplaintRow

AT_ONCE = 200


def turns_in(session: Session, landlord: str, period: Period, rules_for: RulesFor, on: date) -> Iterator[Turn]:
    """Every stage of the complaints in which anything has happened since the period began, as it stood on a day.

    One in which nothing has belongs to no figure of the period. Whoever asks has seen to it that they may be read.
    """
    # A day earlier: the moment is kept in UTC, and London may be ahead of it.
    since = datetime.combine(period.first - timedelta(days=1), time(), UTC)
    ours = select(ComplaintRow.id, ComplaintRow.reference).where(
        ComplaintRow.landlord == landlord, ComplaintRow.changed_at >= since, ComplaintRow.received_on <= on
    )
    after = 0
    while rows := session.execute(ours.where(ComplaintRow.id > after).order_by(ComplaintRow.id).limit(AT_ONCE)).all():
        after = rows[-1].id
        for file in with_references(session, [each.reference for each in rows], rules_for):
            yield from turns_of(file.case, file.rules, on)
        session.expunge_all()
