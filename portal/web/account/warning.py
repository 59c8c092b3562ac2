"""When somebody tries to get into an account, those who look after accounts are warned, once a day for each."""

from __future__ import annotations

from limits import RateLimitItem, RateLimitItemPerDay

from portal.clock import current_clock
from portal.domain.staff import Warned
from portal.records import staff
from portal.records.accounts import User
from portal.web.data import database
from portal.web.limits import counted, one_more
from portal.web.whose import current_landlord

ONCE = RateLimitItemPerDay(1)


def warn_once_a_day(user: User | None, warned: Warned, many: int, limit: RateLimitItem, *of: str) -> None:
    """Where `many` of what `limit` counts were counted today. Whether there is such an account does not show."""
    if counted(limit, *of) < many or not one_more(ONCE, "warned", warned, *of):
        return
    with database().unit_of_work() as session:
        staff.warn(session, current_landlord().key, user.id if user else None, warned, at=current_clock().now())
