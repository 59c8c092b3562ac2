"""The start page: what a complaint is, what will happen and by when, and every other way to complain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response

from portal import landlords
from portal.clock import current_clock
from portal.domain.deadlines import Deadline, Facts, all_deadlines, shown
from portal.domain.explanation import explain
from portal.domain.policy import Channel, Happening, Key, Unit
from portal.web.access import public
from portal.web.fragments import page
from portal.web.resident.words import CHANNELS
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import lazy_ngettext as _n


@dataclass(frozen=True, slots=True)
class Outlook:
    """What somebody who complains today may expect. Each date is the earlier of the landlord's and the Code's."""

    acknowledge: Deadline
    respond: Deadline
    ask_for_stage_2: Deadline | None
    acknowledge_stage_2: Deadline
    respond_stage_2: Deadline

    @classmethod
    def on(cls, landlord: str, today: date) -> Outlook:
        rules = landlords.rules_for(landlord, today)
        dates = shown(all_deadlines(rules.policy, rules.code, rules.calendar, Facts(received=today)))
        return cls(
            acknowledge=dates[Key.ACKNOWLEDGE_STAGE_1],
            respond=dates[Key.RESPOND_STAGE_1],
            ask_for_stage_2=dates.get(Key.ASK_FOR_STAGE_2),
            acknowledge_stage_2=dates[Key.ACKNOWLEDGE_STAGE_2],
            respond_stage_2=dates[Key.RESPOND_STAGE_2],
        )


@public
def start() -> Response:
    """Where everybody begins."""
    landlord, today = current_landlord(), current_clock().today()
    terms = landlords.terms_for(landlord.key, today)
    return page(
        "resident/start.html",
        outlook=Outlook.on(landlord.key, today),
        terms=terms,
        other_ways=[CHANNELS[each] for each in terms.channels if each is not Channel.ONLINE],
        ombudsman=landlords.ombudsman(today),
        explain=explain,
        span=span,
        counted_from=lambda deadline: COUNTED_FROM[deadline.counted_from],
    )


def span(deadline: Deadline) -> Any:
    """How long a limit is: "10 working days"."""
    match deadline.unit:
        case Unit.WORKING_DAYS:
            return _n("%(num)d working day", "%(num)d working days", deadline.amount)
        case Unit.CALENDAR_DAYS:
            return _n("%(num)d day", "%(num)d days", deadline.amount)
        case Unit.CALENDAR_MONTHS:
            return _n("%(num)d month", "%(num)d months", deadline.amount)


COUNTED_FROM = {
    Happening.RECEIVED: _l("of the day on which we receive your complaint"),
    Happening.ACKNOWLEDGED: _l("of the day on which we tell you how we have understood your complaint"),
    Happening.RESPONDED: _l("of the day on which we send our stage 1 answer"),
    Happening.RESPONSE_RECEIVED: _l("of the day on which our stage 1 answer reaches you"),
    Happening.ESCALATED: _l("of the day on which you ask"),
    Happening.STAGE_2_ACKNOWLEDGED: _l("of the day on which we tell you how we have understood your request"),
}
