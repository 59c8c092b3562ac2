"""The queue: what is due next, in views and pages that htmx swaps and that are also pages of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, url_for
from htmx_flask import request

from portal import landlords
from portal.clock import current_clock
from portal.domain.days_off import amended
from portal.domain.permissions import Action
from portal.domain.working_days import Calendar, OutsideCalendar
from portal.records import calendars, enquiries, queries
from portal.records.queries import CAP, LetterState, Place, View
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page_or_fragment
from portal.web.limits import MANY_WRONG_CODES_IN_ALL, wrong_codes_in_all
from portal.web.staff.blueprint import blueprint
from portal.web.staff.lists import this_list
from portal.web.whose import current_landlord
from portal.web.wording import gettext as _
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import ngettext

VIEWS = {
    View.ALL_OPEN: (_l("All open"), _l("There are no open complaints.")),
    View.MINE: (_l("Mine"), _l("You are not handling any complaint.")),
    View.UNASSIGNED: (_l("Unassigned"), _l("Every open complaint has a handler.")),
    View.DUE_SOON: (_l("Due soon"), _l("Nothing is due in the next few days.")),
    View.OVERDUE: (_l("Overdue"), _l("Nothing is overdue.")),
    View.LAW: (_l("Dates of the law"), _l("No date of the law is due in the next few days.")),
    View.UPDATES: (_l("Updates due"), _l("No resident waits for an update.")),
    View.MESSAGES: (_l("Unread messages"), _l("No message is waiting to be read.")),
    View.AUTHORITY: (_l("Authority to check"), _l("Nobody who acts for a resident waits to be checked.")),
    View.REMEDIES: (_l("Remedies overdue"), _l("Everything that was promised by now is done.")),
    View.RESTRICTIONS: (_l("Restrictions to review"), _l("No restriction on contact waits to be looked at.")),
    View.OMBUDSMAN: (_l("Due to the Ombudsman"), _l("Nothing is due to the Ombudsman in the next few days.")),
    View.ENDED: (_l("Ended"), _l("No complaint has ended yet.")),
}


@dataclass(frozen=True, slots=True)
class When:
    """A due date in words that need no colour. `tone` only repeats them."""

    words: str
    tone: str | None = None


@blueprint.get("/")
@requires(Action.SEE_QUEUE)
def queue() -> Response:
    """Four statements, and one more where letters about no complaint wait, however many complaints there are."""
    now, actor = current_clock().now(), current_actor()
    today = now.date()
    view, handler = _view(request.args.get("view", "")), _handler(request.args.get("handler", ""))
    after = Place.from_text(request.args.get("after", ""))
    with database().session() as session:
        found = queries.queue(session, actor, view, today, handler=handler, after=after)
        counts, waiting = queries.counts_and_waiting(session, actor, now)
        letters = queries.letters_needing_a_person(session, actor)
        others = enquiries.letters_needing_a_person(session, actor) if waiting.others else ()
    # The days that administrators have added come with each row.
    added = calendars.days_in(found.rows[0].days_off) if found.rows else ()
    calendar = amended(landlords.calendar_for(current_landlord().key), added)
    return page_or_fragment(
        "staff/queue.html",
        "staff/_queue.html",
        view=view,
        views=VIEWS,
        filters=[(_label(each, counts[each]), _address(each, handler), each is view) for each in VIEWS],
        rows=found.rows,
        today=today,
        whens={row.id: when_due(row.due_on, today, calendar) for row in found.rows if row.due_on},
        by_law={row.id: when_due(row.law_due_on, today, calendar) for row in found.rows if row.law_due_on},
        to_ombudsman={
            row.id: when_due(row.ombudsman_due_on, today, calendar) for row in found.rows if row.ombudsman_due_on
        },
        later=_address(view, handler, found.after) if found.after else None,
        first=_address(view, handler) if after else None,
        of_one=handler is not None,
        everybodys=_address(view),
        here=this_list(),
        waiting=[each for each in letters if each.state is LetterState.TO_POST],
        to_call=[each for each in letters if each.state is LetterState.TO_CALL],
        failed=[each for each in letters if each.state is LetterState.FAILED],
        others={
            state: [each for each in others if each.state is state]
            for state in (LetterState.FAILED, LetterState.TO_POST, LetterState.TO_CALL)
        },
        marked={each.complaint_id for each in letters if each.state is not LetterState.TO_CALL},
        calls={each.complaint_id for each in letters if each.state is LetterState.TO_CALL},
        unsent_since=waiting.unsent_since,
        mail_waiting=waiting.mail,
        mail_since=waiting.mail_since,
        wrong_codes=wrong_codes_in_all(),
        many_wrong_codes=MANY_WRONG_CODES_IN_ALL,
    )


def _view(name: str) -> View:
    try:
        return View(name)
    except ValueError:
        return View.ALL_OPEN


def _handler(number: str) -> int | None:
    """Of whom alone: the id of somebody, as far as it can be one."""
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None


def _label(view: View, count: int) -> str:
    words, _nothing = VIEWS[view]
    return f"{words} ({count if count < CAP else f'{CAP - 1}+'})"


def _address(view: View, handler: int | None = None, after: Place | None = None) -> str:
    more: dict[str, Any] = {"after": str(after)} if after else {}
    return url_for("staff.queue", view=view.value, handler=handler, **more)


def when_due(due: date, today: date, calendar: Calendar) -> When:
    """How far off a date is, in working days; a weekend or bank holiday is not a day to work on it."""
    if due == today:
        return When(_("due today"), "wait")
    try:
        days = calendar.between(today, due)
    except OutsideCalendar:
        return When(_("late"), "late") if due < today else When("")
    if due < today:
        # A limit that passed on Friday is late on Saturday, though no working day has gone by.
        return When(ngettext("%(num)d working day late", "%(num)d working days late", max(-days, 1)), "late")
    if days <= 1:
        return When(_("due on the next working day"), "wait")
    return When(ngettext("in %(num)d working day", "in %(num)d working days", days), "wait" if days <= 3 else None)
