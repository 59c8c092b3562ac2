"""The lists of complaints that somebody keeps under names of their own, as links above every list."""

from __future__ import annotations

from flask import Response, abort, flash, url_for
from flask_wtf import FlaskForm

from portal.actions.change_list import change_list
from portal.actions.forget_list import forget_list
from portal.actions.keep_list import keep_list
from portal.domain.own_lists import LONGEST_NAME
from portal.domain.permissions import Action
from portal.domain.refusal import Refused
from portal.records import own_lists
from portal.records.own_lists import OwnList
from portal.records.queries import NotFound
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import Tick, line, problems, refuse
from portal.web.staff.queue_filter import VIEWS, Asked, list_in_address
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said


class NameList(FlaskForm):
    """What it is called, and whether whoever keeps it sees it first."""

    name = line(_l("Name of the list"), _l("Write a name for the list"), longest=LONGEST_NAME)
    begins = Tick(_l("Show it first when I open “Complaints”"))


def address_of(kept: OwnList) -> str:
    """The page of the queue that shows it."""
    return f"{url_for('staff.queue')}?{kept.asked}"


@blueprint.get("/lists")
@requires(Action.SEE_QUEUE)
def own() -> Response:
    with database().session() as session:
        kept = own_lists.lists_of(session, current_actor().user_id or 0)
    return page("staff/own_lists.html", lists=[(each, address_of(each)) for each in kept])


@blueprint.get("/lists/keep")
@requires(Action.SEE_QUEUE)
def new_list() -> Response:
    return _new(NameList(formdata=None))


@blueprint.post("/lists/keep")
@requires(Action.SEE_QUEUE)
def save_list() -> Response:
    """The list of the address, by the name in the form."""
    form, asked = NameList(), _asked()
    if not form.validate():
        return _new(form, status=422)
    try:
        with database().unit_of_work() as session:
            keep_list(session, current_actor(), form.name.data or "", asked.as_text, begins=form.begins.data)
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _new(form, status=422)
    return see_other(url_for("staff.queue", **asked.list_address))


@blueprint.get("/lists/<int:number>")
@requires(Action.SEE_QUEUE)
def own_list(number: int) -> Response:
    kept = _found(number)
    return _change(kept, NameList(formdata=None, name=kept.name, begins=kept.begins))


@blueprint.post("/lists/<int:number>")
@requires(Action.SEE_QUEUE)
def save_own_list(number: int) -> Response:
    kept, form = _found(number), NameList()
    if not form.validate():
        return _change(kept, form, status=422)
    try:
        with database().unit_of_work() as session:
            change_list(session, current_actor(), number, form.name.data or "", begins=form.begins.data)
    except NotFound:
        abort(404)
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _change(kept, form, status=422)
    flash(str(_l("The list is changed.")), "done")
    return see_other(url_for("staff.own"))


@blueprint.post("/lists/<int:number>/delete")
@requires(Action.SEE_QUEUE)
def delete_list(number: int) -> Response:
    try:
        with database().unit_of_work() as session:
            forget_list(session, current_actor(), number)
    except NotFound:
        abort(404)
    flash(str(_l("The list is deleted. Its complaints are as they were.")), "done")
    return see_other(url_for("staff.own"))


def _found(number: int) -> OwnList:
    with database().session() as session:
        return own_lists.one(session, current_actor().user_id or 0, number) or abort(404)


def _asked() -> Asked:
    with database().session() as session:
        return list_in_address(session)


def _new(form: NameList, *, status: int = 200) -> Response:
    asked = _asked()
    return page(
        "staff/keep_list.html",
        status=status,
        form=form,
        errors=problems(form),
        list_name=VIEWS[asked.view][0],
        said=asked.form.in_words(),
        send=url_for("staff.save_list", **asked.list_address),
        back=url_for("staff.queue", **asked.list_address),
    )


def _change(kept: OwnList, form: NameList, *, status: int = 200) -> Response:
    return page("staff/own_list.html", status=status, kept=kept, form=form, errors=problems(form))
