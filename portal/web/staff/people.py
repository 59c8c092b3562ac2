"""Who works here: a list, an invitation, what somebody is there for, and keeping somebody out who has left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, abort, current_app, flash, url_for
from flask_wtf import FlaskForm
from wtforms import SelectChoice
from wtforms.validators import Email

from portal.actions.change_duties import change_duties
from portal.actions.disable_staff import disable_staff
from portal.actions.end_staff_sessions import end_staff_sessions
from portal.actions.invite_again import invite_again
from portal.actions.invite_staff import invite_staff
from portal.actions.let_in_again import let_in_again
from portal.actions.reset_second_step import reset_second_step
from portal.clock import current_clock
from portal.domain.actors import STAFF, Role, in_order
from portal.domain.permissions import ROLE_LABELS, Action
from portal.domain.refusal import Refused
from portal.domain.sign_in import NotLetIn
from portal.domain.staff import LONGEST_EMAIL, LONGEST_NAME, Duties
from portal.records import queries, staff
from portal.records.queries import NotFound
from portal.records.staff import User
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import AnyOf, Pick, line, needed, problems, refuse
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said
from portal.web.words import words


class DutiesForm(FlaskForm):
    name = line(
        _l("Name"),
        _l("Enter the name"),
        hint=_l("As letters to residents give it."),
        longest=LONGEST_NAME,
    )
    roles = AnyOf(_l("What are they there for?"), [], validators=[needed(_l("Choose at least one role"))])
    rank = Pick(_l("Rank, for those who answer complaints"))
    areas = AnyOf(
        _l("Are they limited to areas?"), [], description=_l("Choose none if they work with the complaints of all.")
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        landlord = current_landlord()
        self.roles.choices = [SelectChoice(role.value, said(ROLE_LABELS[role])) for role in STAFF]
        self.rank.choices = [SelectChoice("", _l("No rank"))]
        self.rank.choices += [SelectChoice(each.key, each.label) for each in landlord.ranks]
        if landlord.areas:
            self.areas.choices = [SelectChoice(each.key, each.label) for each in landlord.areas]
        else:
            del self.areas

    def duties(self) -> Duties:
        roles = in_order([Role(each) for each in self.roles.data or ()])
        areas = tuple(self.areas.data or ()) if self.areas else ()
        return Duties(roles=roles, rank=self.rank.data or None, areas=areas)


class Invite(DutiesForm):
    email = line(
        _l("Email address"),
        _l("Enter the email address"),
        hint=_l("They sign in with it, and the link to choose a password goes there."),
        longest=LONGEST_EMAIL,
        checks=[Email(_l("Enter an email address in the right form, like name@example.com"))],
    )


@blueprint.get("/people")
@requires(Action.SEE_STAFF)
def people() -> Response:
    """Three statements, however many there are."""
    landlord, now = current_landlord().key, current_clock().now()
    with database().session() as session:
        found = staff.members(session, landlord)
        warnings = staff.warnings(session, landlord, at=now)
    names = {each.user.id: each.user.name for each in found}
    return page("staff/people.html", members=found, warnings=warnings, names=names)


@blueprint.get("/people/invite")
@requires(Action.KEEP_STAFF)
def invite() -> Response:
    return _invite_page(Invite(formdata=None))


@blueprint.post("/people/invite")
@requires(Action.KEEP_STAFF)
def send_invitation() -> Response:
    form = Invite()
    if not form.validate():
        return _invite_page(form, status=422)
    try:
        with database().unit_of_work() as session:
            user = invite_staff(session, current_actor(), form.name.data, form.email.data, form.duties(), **_told())
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _invite_page(form, status=422)
    flash(str(_l("The invitation is on its way.")), "done")
    return see_other(url_for("staff.person", user_id=user.id))


@blueprint.get("/people/<int:user_id>")
@requires(Action.SEE_STAFF)
def person(user_id: int) -> Response:
    return _person_page(user_id)


@blueprint.post("/people/<int:user_id>")
@requires(Action.KEEP_STAFF)
def give_duties(user_id: int) -> Response:
    form = DutiesForm()
    if not form.validate():
        return _person_page(user_id, form, status=422)
    duties, now = form.duties(), current_clock().now()
    return _do(
        user_id,
        lambda session: change_duties(session, current_actor(), user_id, form.name.data, duties, now=now),
        _l("What they are there for is recorded."),
        form,
    )


@blueprint.post("/people/<int:user_id>/invite-again")
@requires(Action.KEEP_STAFF)
def send_another_invitation(user_id: int) -> Response:
    return _do(
        user_id,
        lambda session: invite_again(session, current_actor(), user_id, **_told()),
        _l("Another invitation is on its way. Earlier links do not work any more."),
    )


@blueprint.post("/people/<int:user_id>/disable")
@requires(Action.KEEP_STAFF)
def disable(user_id: int) -> Response:
    return _do(
        user_id,
        lambda session: disable_staff(session, current_actor(), user_id, **_told()),
        _l("They cannot sign in any more."),
    )


@blueprint.post("/people/<int:user_id>/let-in")
@requires(Action.KEEP_STAFF)
def let_in(user_id: int) -> Response:
    now = current_clock().now()
    return _do(
        user_id,
        lambda session: let_in_again(session, current_actor(), user_id, now=now),
        _l("They can sign in again."),
    )


@blueprint.post("/people/<int:user_id>/sign-out")
@requires(Action.KEEP_STAFF)
def sign_out_everywhere(user_id: int) -> Response:
    now = current_clock().now()
    return _do(
        user_id,
        lambda session: end_staff_sessions(session, current_actor(), user_id, now=now),
        _l("They are signed out everywhere."),
    )


@blueprint.post("/people/<int:user_id>/reset-second-step")
@requires(Action.KEEP_STAFF)
def reset_second_step_of(user_id: int) -> Response:
    return _do(
        user_id,
        lambda session: reset_second_step(session, current_actor(), user_id, **_told()),
        _l("Their second step is reset, and they are told. They set it up anew when they sign in."),
    )


def _do(user_id: int, act: Callable[[Any], object], done: Any, form: DutiesForm | None = None) -> Response:
    try:
        with database().unit_of_work() as session:
            act(session)
    except NotFound:
        abort(404)
    except Refused as no:
        shown = form or _filled(_found(user_id))
        refuse(shown, said(no.message), no.field)
        return _person_page(user_id, shown, status=422)
    flash(str(done), "done")
    return see_other(url_for("staff.person", user_id=user_id))


def _told() -> dict[str, Any]:
    return {"secret_key": current_app.extensions["settings"].secret_key, "now": current_clock().now()}


def _found(user_id: int) -> User:
    with database().session() as session:
        return staff.member(session, current_landlord().key, user_id) or abort(404)


def _filled(user: User) -> DutiesForm:
    form = DutiesForm(formdata=None)
    form.name.data, form.rank.data = user.name, user.rank or ""
    form.roles.data = list(user.all_roles)
    if form.areas:
        form.areas.data = list(user.areas)
    return form


def _invite_page(form: Invite, *, status: int = 200) -> Response:
    return page("staff/invite.html", status=status, form=form, errors=problems(form))


def _person_page(user_id: int, form: DutiesForm | None = None, *, status: int = 200) -> Response:
    with database().session() as session:
        user = staff.member(session, current_landlord().key, user_id) or abort(404)
        entries = staff.history(session, user)
        names = queries.users_by_id(session, {each.by_id for each in entries if each.by_id})
        open_cases = staff.open_cases(session, user)
    form = form or _filled(user)
    return page(
        "staff/person.html",
        status=status,
        user=user,
        form=form,
        errors=problems(form),
        entries=entries,
        names=names,
        open_cases=open_cases,
        in_words=_in_words,
    )


def _in_words(details: str) -> str:
    """Keys of roles, of a rank and of areas, before and after, as they are called."""
    landlord = current_landlord()
    called = {role.value: str(words(role)) for role in STAFF}
    called |= {each.key: each.label for each in (*landlord.ranks, *landlord.areas)}
    called |= {why.value: str(words(why)) for why in NotLetIn}
    return " → ".join(", ".join(called.get(key, key) for key in part.split()) for part in details.split(">"))
