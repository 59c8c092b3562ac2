"""The queue: what is due next, in views and pages that htmx swaps and that are also pages of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, url_for
from htmx_flask import request
from sqlalchemy.orm import Session

from portal import landlords
from portal.clock import current_clock
from portal.domain.days_off import amended
from portal.domain.permissions import Action
from portal.domain.working_days import Calendar, OutsideCalendar
from portal.records import calendars, enquiries, queries
from portal.records.accounts import User
from portal.records.queries import CAP, LetterState, View
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page_or_fragment
from portal.web.limits import MANY_WRONG_CODES_IN_ALL, wrong_codes_in_all
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import problems
from portal.web.staff.lists import this_list
from portal.web.staff.queue_filter import TO_SEE_TO, VIEWS, WHERE_IT_STANDS, QueueFilter
from portal.web.whose import current_landlord
from portal.web.wording import gettext as _
from portal.web.wording import ngettext


@dataclass(frozen=True, slots=True)
class When:
    """A due date in words that need no colour. `tone` only repeats them."""

    words: str
    tone: str | None = None


@blueprint.get("/")
@requires(Action.SEE_QUEUE)
def queue() -> Response:
    """Five statements, and one more where letters about no complaint wait, however many complaints there are."""
    now, actor, landlord = current_clock().now(), current_actor(), current_landlord()
    today = now.date()
    view, form = view_in(request.args), QueueFilter(request.args)
    with database().session() as session:
        form.offer(landlord, handlers_to_choose(session, landlord.key))
        well = form.validate()
        only, order, after = form.only(), form.in_order(), form.place()
        found = queries.queue(session, actor, view, today, only=only, order=order, after=after)
        counts, shown, waiting = queries.counts_and_waiting(session, actor, now, view, only)
        letters = queries.letters_needing_a_person(session, actor)
        others = enquiries.letters_needing_a_person(session, actor) if waiting.others else ()
    # The days that administrators have added come with each row.
    added = calendars.days_in(found.rows[0].days_off) if found.rows else ()
    calendar = amended(landlords.calendar_for(landlord.key), added)
    asked = form.address()
    return page_or_fragment(
        "staff/queue.html",
        "staff/_queue.html",
        status=200 if well else 422,
        view=view,
        views=VIEWS,
        filters=[_tab(each, counts[each], view) for each in WHERE_IT_STANDS],
        to_see_to=[_tab(each, counts[each], view) for each in TO_SEE_TO if counts[each] or each is view],
        form=form,
        errors=problems(form),
        said=form.in_words(),
        everything=_address(view),
        how_many=_how_many(shown),
        rows=found.rows,
        today=today,
        whens={row.id: when_due(row.due_on, today, calendar) for row in found.rows if row.due_on},
        by_law={row.id: when_due(row.law_due_on, today, calendar) for row in found.rows if row.law_due_on},
        to_ombudsman={
            row.id: when_due(row.ombudsman_due_on, today, calendar) for row in found.rows if row.ombudsman_due_on
        },
        later=_address(view, **asked, after=str(found.after)) if found.after else None,
        first=_address(view, **asked) if after else None,
        assign=url_for("staff.assign_several", view=view.value, **asked, after=str(after) if after else None),
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


def view_in(asked: Mapping[str, str]) -> View:
    """The list that an address names; what is none is all that are open."""
    try:
        return View(asked.get("view", ""))
    except ValueError:
        return View.ALL_OPEN


def handlers_to_choose(session: Session, landlord: str) -> list[User]:
    """Those who can be given a complaint, and whom the address names: somebody who left has their list still."""
    number = request.args.get("handler", "")
    named = [int(number)] if number.isascii() and number.isdigit() and len(number) < 10 else []
    return [each for each in queries.staff_of(session, landlord, named) if each.landlord == landlord]


def _tab(view: View, count: int, here: View) -> tuple[str, str, bool]:
    words, _nothing = VIEWS[view]
    return f"{words} ({_capped(count)})", _address(view), view is here


def _capped(count: int) -> str:
    return str(count) if count < CAP else f"{CAP - 1}+"


def _how_many(count: int) -> str:
    if count < CAP:
        return ngettext("%(num)d complaint", "%(num)d complaints", count)
    return _("More than %(number)d complaints", number=CAP - 1)


def _address(view: View, **asked: Any) -> str:
    return url_for("staff.queue", view=view.value, **asked)


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
