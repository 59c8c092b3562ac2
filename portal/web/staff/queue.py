"""The queue: what is due next, in views and pages that htmx swaps and that are also pages of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Response, url_for
from htmx_flask import request

from portal import landlords
from portal.clock import current_clock
from portal.domain.days_off import amended
from portal.domain.permissions import Action
from portal.domain.working_days import Calendar, OutsideCalendar
from portal.records import calendars, enquiries, own_lists, queries
from portal.records.queries import CAP, LetterState, View
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page_or_fragment, see_other
from portal.web.limits import MANY_WRONG_CODES_IN_ALL, wrong_codes_in_all
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import problems
from portal.web.staff.lists import this_list
from portal.web.staff.own_lists import address_of
from portal.web.staff.queue_filter import TO_SEE_TO, VIEWS, WHERE_IT_STANDS, list_in_address
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
    """Six statements, and one more where letters about no complaint wait, however many complaints there are."""
    now, actor = current_clock().now(), current_actor()
    today = now.date()
    with database().session() as session:
        kept = own_lists.lists_of(session, actor.user_id or 0)
        if begins := next((each for each in kept if each.begins and not request.args), None):
            return see_other(address_of(begins))
        asked = list_in_address(session)
        view, form = asked.view, asked.form
        only, order, after = form.only(), form.in_order(), form.place()
        found = queries.queue(session, actor, view, today, only=only, order=order, after=after)
        counts, shown, waiting = queries.counts_and_waiting(session, actor, now, view, only)
        letters = queries.letters_needing_a_person(session, actor)
        others = enquiries.letters_needing_a_person(session, actor) if waiting.others else ()
    # The days that administrators have added come with each row.
    added = calendars.days_in(found.rows[0].days_off) if found.rows else ()
    calendar = amended(landlords.calendar_for(current_landlord().key), added)
    return page_or_fragment(
        "staff/queue.html",
        "staff/_queue.html",
        status=422 if form.errors else 200,
        view=view,
        views=VIEWS,
        filters=[_tab(each, counts[each], view) for each in WHERE_IT_STANDS],
        to_see_to=[_tab(each, counts[each], view) for each in TO_SEE_TO if counts[each] or each is view],
        form=form,
        errors=problems(form),
        said=form.in_words(),
        everything=_address(view),
        own=[(each.name, address_of(each), each.asked == asked.as_text) for each in kept],
        keep=url_for("staff.new_list", **asked.list_address),
        how_many=_how_many(shown),
        rows=found.rows,
        today=today,
        whens={row.id: when_due(row.due_on, today, calendar) for row in found.rows if row.due_on},
        by_law={row.id: when_due(row.law_due_on, today, calendar) for row in found.rows if row.law_due_on},
        to_ombudsman={
            row.id: when_due(row.ombudsman_due_on, today, calendar) for row in found.rows if row.ombudsman_due_on
        },
        later=url_for("staff.queue", **asked.list_address, after=str(found.after)) if found.after else None,
        first=url_for("staff.queue", **asked.list_address) if after else None,
        assign=url_for("staff.assign_several", **asked.page_address),
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


def _tab(view: View, count: int, here: View) -> tuple[str, str, bool]:
    words, _nothing = VIEWS[view]
    return f"{words} ({_capped(count)})", _address(view), view is here


def _capped(count: int) -> str:
    return str(count) if count < CAP else f"{CAP - 1}+"


def _how_many(count: int) -> str:
    if count < CAP:
        return ngettext("%(num)d complaint", "%(num)d complaints", count)
    return _("More than %(number)d complaints", number=CAP - 1)


def _address(view: View) -> str:
    return url_for("staff.queue", view=view.value)


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
