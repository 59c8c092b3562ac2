"""Complaints about the safety of tall buildings: judging one, and all that are open in the order of their risk."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Response
from sqlalchemy.orm import Session
from wtforms import ValidationError

from portal.actions.judge_safety import Judgement, judge_safety
from portal.domain.building_safety import Building, SafetyCategory, SafetyRisk, building_at
from portal.domain.permissions import Action
from portal.records import queries
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page
from portal.web.staff.act import Act, route
from portal.web.staff.blueprint import blueprint
from portal.web.staff.desk import Desk
from portal.web.staff.fields import OneOf, line, words
from portal.web.staff.forms import StaffForm
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices

NO_CATEGORY = "none"


class JudgeSafety(StaffForm):
    building = line(
        _l("Which building is it?"),
        hint=_l("Its name or its address. Write it the same each time: complaints about it are found by this."),
        longest=200,
    )
    metres = line(_l("How high is the building, in metres?"), hint=_l("Leave it empty if you do not know."), longest=6)
    floors = line(_l("How many floors has it?"), hint=_l("With the ground floor."), longest=6)
    homes = line(_l("How many homes are in it?"), longest=6)
    category = OneOf(_l("What is the complaint about?"), [*choices(SafetyCategory), (NO_CATEGORY, _l("None of these"))])
    risk = OneOf(_l("How urgent is it?"), choices(SafetyRisk))
    words = words(_l("What do you know of the risk?"))

    def validate_metres(self, field: Any) -> None:
        if field.data and not (field.data.isascii() and field.data.isdigit()):
            raise ValidationError(_l("Enter a whole number, such as 18"))

    validate_floors = validate_homes = validate_metres

    @property
    def judgement(self) -> Judgement:
        sizes = {name: int(self[name].data) if self[name].data else None for name in ("metres", "floors", "homes")}
        category = self.category.data or NO_CATEGORY
        return Judgement(
            building=Building(name=self.building.data or "", **sizes),
            category=None if category == NO_CATEGORY else SafetyCategory(category),
            risk=SafetyRisk(self.risk.data) if self.risk.data else None,
            words=self.words.data or "",
        )


def building_of(desk: Desk) -> Building | None:
    """The tall building of the landlord's own list in which the home is."""
    found = building_at(desk.landlord.buildings, desk.case.received.person.postcode)
    return found if found and found.is_higher_risk else None


def fill_in(form: JudgeSafety, desk: Desk) -> None:
    """What is on record already, or in the landlord's list."""
    known: Any = desk.case.safety or building_of(desk)
    if form.is_submitted() or known is None:
        return
    for name in ("metres", "floors", "homes"):
        size = getattr(known, name)
        form[name].data = "" if size is None else str(size)
    form.building.data = known.building if desk.case.safety else known.name
    if desk.case.safety:
        form.category.data = desk.case.safety.category or NO_CATEGORY
        form.risk.data = desk.case.safety.risk


def judge(session: Session, desk: Desk, form: JudgeSafety, when: dict[str, Any]) -> object:
    return judge_safety(session, desk.actor, desk.case.reference, form.judgement, **when)


SAFETY_ACTS = (
    Act(
        name="building-safety",
        action=Action.JUDGE_BUILDING_SAFETY,
        title=_l("Judge the safety of the building"),
        button=_l("Record what you found"),
        done=_l("It is recorded."),
        form=JudgeSafety,
        perform=judge,
        prepare=fill_in,
    ),
)

for _act in SAFETY_ACTS:
    route(_act)


@blueprint.get("/building-safety")
@requires(Action.SEE_QUEUE)
def buildings_by_risk() -> Response:
    """The most urgent first, whatever their dates, each with how often the building was complained of."""
    actor = current_actor()
    with database().session() as session:
        found = queries.safety_by_risk(session, actor)
        about = {row.safety_building for row in found if row.safety_building}
        known = queries.about_building(session, actor, about) if about else ()
    return page("staff/buildings.html", rows=found, times=Counter(each.building for each in known))
