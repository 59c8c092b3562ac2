"""Who of the staff may know of a complaint: its area, and a restriction to some people."""

from __future__ import annotations

from typing import Any

from flask import flash, url_for
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from portal.actions.choose_area import choose_area
from portal.actions.lift_restriction import NOT_RESTRICTED, lift_restriction
from portal.actions.restrict_complaint import restrict_complaint
from portal.domain.permissions import Action, Decision, may_see
from portal.records import queries
from portal.web.data import database
from portal.web.fragments import see_other
from portal.web.staff.act import Act, route
from portal.web.staff.acts import When
from portal.web.staff.desk import Desk
from portal.web.staff.fields import AnyOf, OneOf, needed, words
from portal.web.staff.forms import StaffForm
from portal.web.wording import lazy_gettext as _l

NO_AREA = "none"


class ChooseArea(StaffForm):
    area = OneOf(_l("To which area does it belong?"), [], validators=[needed(_l("Choose an area"))])


class Restrict(StaffForm):
    user_ids = AnyOf(_l("Who else may see it?"), [])
    reason = words(_l("Why may only some people see it?"), _l("Write why only some people may see it"))


class Lift(StaffForm):
    reason = words(_l("Why may everybody see it again?"), _l("Write why everybody may see it again"))


def offer_areas(form: ChooseArea, desk: Desk) -> None:
    offered = [SelectChoice(each.key, each.label) for each in desk.landlord.areas]
    form.area.choices = [*offered, SelectChoice(NO_AREA, _l("To no area"))]
    if not form.is_submitted():
        form.area.data = desk.case.area or NO_AREA


def offer_people(form: Restrict, desk: Desk) -> None:
    with database().session() as session:
        found = queries.who_sees_cases(session, desk.landlord.key)
    form.user_ids.choices = [SelectChoice(str(each.id), each.name) for each in found]
    if not form.is_submitted():
        form.user_ids.data = [str(each) for each in desk.case.restricted_to or ()]


def choose(session: Session, desk: Desk, form: ChooseArea, when: When) -> Any:
    area = None if form.area.data == NO_AREA else form.area.data
    file = choose_area(session, desk.actor, desk.case.reference, area, **when)
    if may_see(desk.actor, file.case):
        return file
    flash(str(_l("The area is recorded. You do not see that complaint any more.")), "done")
    return see_other(url_for("staff.queue"))


def restrict(session: Session, desk: Desk, form: Restrict, when: When) -> Any:
    chosen = [int(each) for each in form.user_ids.data or ()]
    return restrict_complaint(session, desk.actor, desk.case.reference, chosen, reason=form.reason.data or "", **when)


def lift(session: Session, desk: Desk, form: Lift, when: When) -> Any:
    return lift_restriction(session, desk.actor, desk.case.reference, reason=form.reason.data or "", **when)


SIGHT_ACTS = (
    Act(
        name="area",
        action=Action.CHOOSE_AREA,
        title=_l("Say to which area it belongs"),
        done=_l("The area is recorded."),
        button=_l("Record the area"),
        form=ChooseArea,
        perform=choose,
        prepare=offer_areas,
        possible=lambda desk: Decision(bool(desk.landlord.areas), "The landlord’s file names no areas."),
    ),
    Act(
        name="restrict",
        action=Action.RESTRICT_COMPLAINT,
        title=_l("Show it to some people alone"),
        done=_l("From now on only these people see it."),
        button=_l("Show it to them alone"),
        form=Restrict,
        perform=restrict,
        prepare=offer_people,
    ),
    Act(
        name="lift-restriction",
        action=Action.RESTRICT_COMPLAINT,
        title=_l("Show it to everybody again"),
        done=_l("Everybody who sees complaints sees it again."),
        button=_l("Show it to everybody again"),
        form=Lift,
        perform=lift,
        possible=lambda desk: Decision(desk.case.restricted_to is not None, NOT_RESTRICTED),
    ),
)

for _act in SIGHT_ACTS:
    route(_act)
