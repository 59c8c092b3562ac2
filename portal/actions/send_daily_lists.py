"""The portal itself reminds staff of limits by email, once on each working day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.actors import ANSWERING, Role
from portal.domain.daily_list import LOOKS_AHEAD, Line, is_reminded_of, is_time
from portal.domain.days_off import amended
from portal.records import calendars, daily_lists, staff
from portal.records.accounts import User
from portal.records.daily_lists import Limit
from portal.records.queries import actor_of
from portal.records.sight import those_in_sight


def send_daily_lists(session: Session, landlord: str, *, secret_key: str, now: datetime) -> int | None:
    """How many lists of today were written, and None where it is not the time for them.

    What nobody handles who is here is the complaints officers', as is whatever is late. Whoever has had the list of
    this day gets no other, and nobody an empty one.
    """
    calendar = amended(landlords.calendar_for(landlord), calendars.days_of(session, landlord))
    if not is_time(now, calendar):
        return None
    today, people = now.date(), staff.holders(session, landlord, *ANSWERING)
    near = daily_lists.near(session, landlord, today, today + LOOKS_AHEAD)
    reminded = [each for each in near if is_reminded_of(each.due_on, today, calendar)]
    present = {each.id for each in people}
    nobodys = [each for each in reminded if each.handler_id not in present]
    sent = 0
    for user in people:
        lines = [_line(each) for each in reminded if each.handler_id == user.id]
        if Role.LEAD in user.all_roles:
            lines += _of_lead(session, user, nobodys, now)
        if lines:
            sent += daily_lists.write(session, secret_key, user, lines, at=now)
    return sent


def _of_lead(session: Session, user: User, nobodys: Sequence[Limit], now: datetime) -> list[Line]:
    """As far as a complaints officer may know of them."""
    actor = actor_of(user)
    seen = those_in_sight(session, actor, (each.reference for each in nobodys))
    late = daily_lists.passed(session, actor, now.date())
    return [_line(each) for each in nobodys if each.reference in seen] + [_line(each, late=True) for each in late]


def _line(limit: Limit, *, late: bool = False) -> Line:
    return Line(limit.reference, limit.stage, limit.due_on, late)
