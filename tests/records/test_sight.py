"""What the database lists is what the rule says exists for somebody, whoever it is and whatever the complaint."""

from __future__ import annotations

from itertools import product

from sqlalchemy import select

from portal.domain.permissions import Action, Actor, Role, may, may_see
from portal.domain.sight import in_sight
from portal.records.database import Database
from portal.records.models import ComplaintRow
from portal.records.sight import IN_SIGHT, sight_of, those_in_sight
from tests import builders


def test_rows_and_rule_agree(database: Database) -> None:
    with database.unit_of_work() as session:
        one, third = builders.staff(session).id, builders.staff(session).id
        other = builders.staff(session, id=int(f"{one}1")).id  # whose number holds that of the first
        for landlord in ("ids", "ivh"):
            for handler, area, let_in in product(
                (None, one, other), (None, "north", "northwest"), (None, (), (one,), (third, other))
            ):
                row = builders.begun(session, landlord).row
                row.handler_id, row.area, row.restricted_to = handler, area, let_in
    with database.session() as session:
        rows = session.scalars(select(ComplaintRow)).all()
        for role, also, areas, who in product(
            (Role.HANDLER, Role.LEAD, Role.AUDITOR),
            ((), (Role.LEAD,)),
            ((), ("north",), ("west", "northwest")),
            (None, one, other),
        ):
            actor = Actor(role=role, also=also, areas=areas, landlord="ids", user_id=who)
            listed = set(session.scalars(select(ComplaintRow.reference).where(IN_SIGHT), sight_of(actor)))
            ours = [each for each in rows if each.landlord == "ids"]
            assert listed == {each.reference for each in ours if in_sight(actor, each)}, actor
            assert listed == {each.reference for each in rows if may_see(actor, each)}, actor
            assert those_in_sight(session, actor, [each.reference for each in rows] + [None]) == listed


def test_nothing_can_be_done_to_a_complaint_that_does_not_exist_for_somebody() -> None:
    for role in (Role.HANDLER, Role.REVIEWER, Role.RECORDER, Role.ADJUSTMENTS_LEAD, Role.AUDITOR, Role.OVERSIGHT):
        actor = Actor(role=role, landlord="ids", user_id=1)
        hidden = ComplaintRow(landlord="ids", reference="H4KM-72QT", handler_id=None, restricted_to=(2,))
        elsewhere = ComplaintRow(landlord="ids", reference="H4KM-72QT", handler_id=None, area="south")
        limited = Actor(role=role, landlord="ids", user_id=1, areas=("north",))
        of_one_case = [action for action in Action if not may(actor, action, ComplaintRow(landlord="ivh"))]
        assert of_one_case
        assert not [action for action in of_one_case if may(actor, action, hidden)]
        assert not [action for action in of_one_case if may(limited, action, elsewhere)]
