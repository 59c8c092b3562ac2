"""The offices of representatives: a list, a new one, and who of it can sign in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, abort, flash, url_for
from flask_wtf import FlaskForm
from wtforms.validators import Email

from portal.actions.add_member import add_member
from portal.actions.create_office import create_office
from portal.actions.end_member import end_member
from portal.clock import current_clock
from portal.domain.offices import KINDS, LONGEST_EMAIL, LONGEST_NAME, NewOffice
from portal.domain.permissions import Action, may
from portal.domain.refusal import Refused
from portal.domain.representative_kinds import Capacity
from portal.records import offices as records
from portal.records.queries import NotFound
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import OneOf, line, needed, problems, refuse
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said
from portal.web.words import choices

IN_FORM = Email(_l("Enter an email address in the right form, like name@example.com"))


class CreateOffice(FlaskForm):
    kind = OneOf(_l("Whose office is it?"), choices(KINDS), validators=[needed(_l("Choose whose office it is"))])
    name = line(
        _l("Name of the office"),
        _l("Enter the name of the office"),
        hint=_l("As it should stand in the record of a complaint, such as Office of the MP for Example Town."),
        longest=LONGEST_NAME,
    )
    email = line(
        _l("Official email address of the office"),
        _l("Enter the official email address"),
        hint=_l("Find it in an official list, such as that of the parliament, the council or the agency."),
        longest=LONGEST_EMAIL,
        checks=[IN_FORM],
    )
    domain = line(
        _l("What members' addresses end in, if it is something else"),
        hint=_l("Leave it empty where they end like the official address. Otherwise, for example: example.org"),
        longest=LONGEST_EMAIL,
    )


class AddMember(FlaskForm):
    name = line(_l("Name"), _l("Enter the member's name"), longest=LONGEST_NAME)
    email = line(
        _l("Official email address"),
        _l("Enter the member's official email address"),
        hint=_l("Codes to sign in go there."),
        longest=LONGEST_EMAIL,
        checks=[IN_FORM],
    )


@blueprint.get("/offices")
@requires(Action.KEEP_OFFICES)
def offices() -> Response:
    with database().session() as session:
        found = records.offices(session, current_actor(), at=_now())
        past = records.dissolutions(session, current_actor()) if may(current_actor(), Action.END_AT_DISSOLUTION) else ()
    return page("staff/offices.html", rows=found, dissolutions=past)


@blueprint.get("/offices/new")
@requires(Action.KEEP_OFFICES)
def new_office() -> Response:
    return _show_new(CreateOffice(formdata=None))


@blueprint.post("/offices/new")
@requires(Action.KEEP_OFFICES)
def add_office() -> Response:
    """Then on to its members."""
    form = CreateOffice()
    if not form.validate():
        return _show_new(form, status=422)
    wanted = NewOffice(
        kind=Capacity(form.kind.data), name=form.name.data, email=form.email.data, domain=form.domain.data
    )
    try:
        with database().unit_of_work() as session:
            made = create_office(session, current_actor(), wanted, now=_now())
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _show_new(form, status=422)
    flash(str(_l("The office is added. Now name who can sign in.")), "done")
    return see_other(url_for("staff.office", office_id=made.id))


@blueprint.get("/offices/<int:office_id>")
@requires(Action.KEEP_OFFICES)
def office(office_id: int) -> Response:
    return _show_office(office_id, AddMember(formdata=None))


@blueprint.post("/offices/<int:office_id>")
@requires(Action.KEEP_OFFICES)
def add_office_member(office_id: int) -> Response:
    """One more who can sign in."""
    form = AddMember()
    if not form.validate():
        return _show_office(office_id, form, status=422)
    try:
        with database().unit_of_work() as session:
            add_member(session, current_actor(), office_id, name=form.name.data, email=form.email.data, now=_now())
    except NotFound:
        abort(404)
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _show_office(office_id, form, status=422)
    flash(str(_l("The member is added, and can sign in from now on.")), "done")
    return see_other(url_for("staff.office", office_id=office_id))


@blueprint.post("/offices/<int:office_id>/members/<int:member_id>/end")
@requires(Action.KEEP_OFFICES)
def end_office_member(office_id: int, member_id: int) -> Response:
    """In one press; a second one changes nothing."""
    try:
        with database().unit_of_work() as session:
            end_member(session, current_actor(), office_id, member_id, why="", now=_now())
    except NotFound:
        abort(404)
    flash(str(_l("The member's access has ended.")), "done")
    return see_other(url_for("staff.office", office_id=office_id))


def _show_new(form: CreateOffice, *, status: int = 200) -> Response:
    return page("staff/office_new.html", status=status, form=form, errors=problems(form))


def _show_office(office_id: int, form: AddMember, *, status: int = 200, **more: Any) -> Response:
    now = _now()
    with database().session() as session:
        found = records.office(session, current_actor(), office_id)
    if found is None:
        abort(404)
    return page(
        "staff/office.html",
        status=status,
        office=found,
        members=[each for each in found.members if records.has_access(each, now)],
        ended=[each for each in found.members if not records.has_access(each, now)],
        form=form,
        errors=problems(form),
        **more,
    )


def _now() -> datetime:
    return current_clock().now()
