"""Bank holidays and closures that were added, and what a new one would move before it is added."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from flask import Response, abort, flash, url_for
from flask_wtf import FlaskForm
from htmx_flask import request
from sqlalchemy.orm import Session
from wtforms import HiddenField

from portal import landlords
from portal.actions.add_day_off import add_day_off
from portal.actions.remove_day_off import remove_day_off
from portal.clock import current_clock
from portal.domain.days_off import LONGEST_NAME, DayKind, DayOff, Moved, amended, check_added, check_why, one_of
from portal.domain.explanation import day_off
from portal.domain.permissions import Action
from portal.domain.refusal import Refused, StaleVersion
from portal.records import calendars, queries, recounting, sight
from portal.records.access_log import Access
from portal.web.access import current_actor, requires
from portal.web.access_log import note_access, note_also
from portal.web.data import database
from portal.web.fields import OneOf, readable
from portal.web.fragments import page, see_other
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import Day, line, needed, problems, refuse
from portal.web.staff.fields import words as box
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said

SHOWN = 100
"""Complaints that a preview lists. How many there are in all it always says."""

COMING = 12
NOT_CARRIED = frozenset({"csrf_token", "press", "version"})


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do: the complaints that the reader may know of, the first of them in full."""

    moved: list[Moved]
    shown: list[Moved]


class Why(FlaskForm):
    """`version`: of the calendar as it was when the page was opened."""

    why = box(_l("Why, and where was it announced?"), _l("Say why, and where it was announced"))
    version = HiddenField()

    def of_page(self) -> int | None:
        typed = self.version.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


class AddDay(Why):
    kind = OneOf(
        _l("What kind of day is it?"),
        [
            (DayKind.BANK_HOLIDAY.value, _l("A bank holiday: it counts for no limit")),
            (DayKind.CLOSURE.value, _l("Our office is closed: limits run on, and staff are warned sooner")),
        ],
        validators=[needed(_l("Choose what kind of day it is"))],
    )
    day = Day(_l("Which day?"), _l("Enter the day"))
    name = line(_l("What is it called?"), _l("Enter what the day is called"), longest=LONGEST_NAME)

    def day_off(self) -> DayOff:
        return DayOff(self.day.data, DayKind(self.kind.data), self.name.data.strip())


@blueprint.get("/working-days")
@requires(Action.SEE_WORKING_DAYS)
def working_days() -> Response:
    landlord, today = current_landlord().key, current_clock().today()
    with database().session() as session:
        days = calendars.days_of(session, landlord)
        changes = calendars.changes(session, landlord)
        names = queries.users_by_id(session, {each.by_id for each in changes if each.by_id})
    calendar = amended(landlords.calendar_for(landlord), days)
    coming = sorted((day, day_off(name)) for day, name in calendar.holidays.items() if day >= today)[:COMING]
    return page("staff/working_days.html", days=days, coming=coming, changes=changes, names=names)


@blueprint.get("/working-days/add")
@requires(Action.KEEP_WORKING_DAYS)
def add_day() -> Response:
    return _add_page(AddDay(formdata=None))


@blueprint.post("/working-days/add")
@requires(Action.KEEP_WORKING_DAYS)
def preview_day() -> Response:
    """What it would move. Nothing is written."""
    form = AddDay()
    return _preview_of(form) if form.validate() else _add_page(form, status=422)


@blueprint.post("/working-days")
@requires(Action.KEEP_WORKING_DAYS)
def save_day() -> Response:
    """From the page that shows what it moves; or back to the form, with what was typed."""
    form = AddDay()
    if request.form.get("press") == "change":
        return _add_page(form)
    if not form.validate():
        return _add_page(form, status=422)
    if form.of_page() is None:  # nobody has seen yet what it moves
        return _preview_of(form)
    now = current_clock().now()
    try:
        with database().unit_of_work() as session:
            add_day_off(session, current_actor(), form.day_off(), form.why.data, now=now, version=form.of_page())
    except StaleVersion:
        return _preview_of(form, stale=True)
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _add_page(form, status=422)
    flash(str(_l("The day is added. Every date is counted with it, and what residents were told is kept to.")), "done")
    return see_other(url_for("staff.working_days"))


@blueprint.get("/working-days/<day>/remove")
@requires(Action.KEEP_WORKING_DAYS)
def remove_day(day: str) -> Response:
    return _remove_page(_date(day), Why(formdata=None))


@blueprint.post("/working-days/<day>/remove")
@requires(Action.KEEP_WORKING_DAYS)
def take_day_out(day: str) -> Response:
    form, now = Why(), current_clock().now()
    if not form.validate():
        return _remove_page(_date(day), form, status=422)
    if form.of_page() is None:
        return _remove_page(_date(day), form)
    try:
        with database().unit_of_work() as session:
            remove_day_off(session, current_actor(), _date(day), form.why.data, now=now, version=form.of_page())
    except StaleVersion:
        return _remove_page(_date(day), form, stale=True)
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _remove_page(_date(day), form, status=422)
    flash(str(_l("The day is taken out. Every date is counted as before it was added.")), "done")
    return see_other(url_for("staff.working_days"))


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(404)


def _add_page(form: AddDay, *, status: int = 200) -> Response:
    return page("staff/working_days_add.html", status=status, form=form, errors=problems(form))


def _preview_of(form: AddDay, *, stale: bool = False) -> Response:
    """What would move if the day were added now; the page carries the version that this was counted with."""
    landlord, day = current_landlord().key, form.day_off()
    with database().session() as session:
        days, form.version.data = calendars.days_of(session, landlord), str(calendars.version_of(session, landlord))
        try:
            check_added(amended(landlords.calendar_for(landlord), days), day)
            check_why(form.why.data)
        except Refused as no:
            refuse(form, said(no.message), no.field)
            return _add_page(form, status=422)
        preview = _effects(session, days, (*days, day))
    return page(
        "staff/working_days_preview.html",
        status=409 if stale else 200,
        form=form,
        day=day,
        typed=[(name, readable(value)) for name, value in request.form.items() if name not in NOT_CARRIED],
        preview=preview,
        stale=stale,
    )


def _remove_page(day: date, form: Why, *, status: int = 200, stale: bool = False) -> Response:
    landlord = current_landlord().key
    with database().session() as session:
        days, form.version.data = calendars.days_of(session, landlord), str(calendars.version_of(session, landlord))
        try:
            gone = one_of(days, day)
        except Refused:
            abort(404)
        preview = _effects(session, days, tuple(each for each in days if each != gone))
    return page(
        "staff/working_days_remove.html",
        status=409 if stale else status,
        form=form,
        day=gone,
        preview=preview,
        stale=stale,
        errors=problems(form),
    )


def _effects(session: Session, before: Collection[DayOff], after: Collection[DayOff]) -> Preview:
    """References and dates alone: an administrator sees no complaint. What is kept among few is in no list."""
    counted = (recounting.counted_with(landlords.rules_for, days) for days in (before, after))
    found = recounting.effects(session, current_landlord().key, *counted)
    known = sight.those_in_sight(session, current_actor(), [each.reference for each in found])
    moved = [each for each in found if each.reference in known]
    if moved:
        note_access(Access.READ)
        note_also(each.reference for each in moved[:SHOWN])
    return Preview(moved, moved[:SHOWN])
