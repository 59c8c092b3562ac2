"""A complaint about the safety of a tall building has all its stages, and the regulator in each letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from portal import landlords
from portal.actions.judge_safety import Judgement, judge_safety
from portal.domain.building_safety import Building, SafetyCategory, SafetyRisk
from portal.domain.events import Flag, Stage
from portal.domain.lifecycle import Status
from portal.domain.owed import deadlines_of
from portal.domain.refusal import Refused
from portal.records import queries
from portal.records.database import Database
from tests.actions.office import Office
from tests.builders import MONDAY

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
TOWER = Building(metres=31, floors=10, homes=48)


def judge(office: Office, reference: str, on: date = MONDAY, **changes: Any) -> None:
    said = {"building": TOWER, "category": SafetyCategory.STRUCTURE, "risk": SafetyRisk.HIGH, **changes}
    actor = said.pop("actor", office.lead)
    office.do(judge_safety, actor, reference, Judgement(**said), on=on)


@pytest.mark.parametrize("landlord", ["ids", "ivh", "hs", "ih", "ms"])
def test_each_letter_names_the_regulator_and_stage_2_is_there(sqlite_database: Database, landlord: str) -> None:
    """C11: one policy would stop at stage 1 and send people to the regulator."""
    office = Office(sqlite_database, landlord)
    reference, other = office.submit(MONDAY), office.acknowledged(MONDAY)
    dates = deadlines_of(office.case(reference).case, office.case(reference).rules)
    judge(office, reference)
    assert deadlines_of(office.case(reference).case, office.case(reference).rules) == dates
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    office.answer(reference, TUESDAY)
    assert "stage 2" in office.letters(reference)[-1].body.casefold()
    office.escalate(reference, WEDNESDAY)
    office.assign(reference, WEDNESDAY)
    office.acknowledge(reference, WEDNESDAY)
    office.answer(reference, WEDNESDAY)
    office.close(reference, WEDNESDAY)
    case = office.case(reference).case
    assert (case.stage, case.status) == (Stage.TWO, Status.CLOSED)
    receipt, *since = office.letters(reference)
    regulator = landlords.building_safety_regulator()
    assert len(since) == 6
    for letter in since:
        assert regulator.name in letter.body, letter.kind
        assert regulator.web in letter.body
        assert landlords.ombudsman(MONDAY).telephone in letter.body
    for letter in (receipt, *office.letters(other)):
        assert regulator.name not in letter.body


@pytest.mark.on_both
def test_the_queue_is_marked_and_the_most_urgent_stands_first(database: Database) -> None:
    office = Office(database, "ids")
    by_risk = [
        (SafetyRisk.LOWER, office.submit(MONDAY)),
        (SafetyRisk.HIGH, office.submit(TUESDAY)),
        (SafetyRisk.IMMEDIATE, office.submit(WEDNESDAY)),
        (SafetyRisk.HIGH, office.submit(MONDAY)),
    ]
    for risk, reference in by_risk:
        judge(office, reference, WEDNESDAY, risk=risk)
    office.submit(MONDAY)
    judge(Office(database, "ivh"), Office(database, "ivh").submit(MONDAY))
    with database.session() as session:
        rows = queries.safety_by_risk(session, office.lead)
        assert [row.reference for row in rows] == [by_risk[each][1] for each in (2, 3, 1, 0)]
        assert Flag.BUILDING_SAFETY_IMMEDIATE in rows[0].flags
    with database.session() as session, pytest.raises(Refused):
        queries.safety_by_risk(session, office.administrator)
    office.withdraw(by_risk[2][1], WEDNESDAY)
    with database.session() as session:
        assert by_risk[2][1] not in [row.reference for row in queries.safety_by_risk(session, office.lead)]


def test_another_look_takes_the_mark_away_and_the_record_is_kept_all_the_same(database: Database) -> None:
    office = Office(database, "ids")
    reference = office.submit(MONDAY)
    judge(office, reference)
    judge(office, reference, building=Building(metres=12, floors=4, homes=9))
    case = office.case(reference).case
    assert not case.is_relevant
    assert case.kept_for_safety
    assert not [flag for flag in case.flags if "building" in flag]
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    assert "Building Safety Regulator" not in office.letters(reference)[-1].body


def earlier(office: Office, reference: str) -> tuple[str, ...]:
    found = office.case(reference).case.safety
    assert found is not None
    return found.earlier


@pytest.mark.on_both
def test_a_complaint_about_the_same_building_again_is_noted_in_its_record(database: Database) -> None:
    """Domain 1.6: note recurrences. The name in any spelling is one building; another landlord's is another."""
    office, foreign = Office(database, "ids"), Office(database, "ivh")
    tower, other = replace(TOWER, name="Example  Tower"), replace(TOWER, name="Other House")
    first, second, third, of_other = (office.submit(MONDAY + timedelta(days=each)) for each in (0, 1, 2, 2))
    elsewhere, low = foreign.submit(MONDAY), office.submit(MONDAY)
    judge(foreign, elsewhere, building=tower)
    judge(office, low, building=replace(tower, metres=9, floors=3))
    judge(office, first, building=tower)
    judge(office, third, WEDNESDAY, building=replace(tower, name="example tower "))
    judge(office, second, WEDNESDAY, building=tower)
    judge(office, of_other, WEDNESDAY, building=other)
    assert (earlier(office, first), earlier(office, second), earlier(office, of_other)) == ((), (first,), ())
    assert earlier(office, third) == (first,), "of the second nobody had judged yet whether it is one"
    judge(office, third, WEDNESDAY, building=tower)
    assert earlier(office, third) == (first, second)
    with database.session() as session:
        about = queries.about_building(session, office.lead, ["example tower", "other house"])
        assert [each.reference for each in about] == [first, second, *sorted((third, of_other))]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"risk": None}, "risk"),
        ({"building": replace(TOWER, name="x" * 201)}, "building"),
        ({"building": Building(metres=-1, floors=9, homes=9)}, "metres"),
        ({"building": Building(floors=10_001, homes=9)}, "floors"),
    ],
)
def test_what_is_refused(database: Database, changes: dict[str, Any], field: str) -> None:
    office = Office(database, "ids")
    reference = office.submit(MONDAY)
    with pytest.raises(Refused) as no:
        judge(office, reference, **changes)
    assert no.value.field == field
    with pytest.raises(Refused):
        judge(office, reference, actor=office.auditor)
