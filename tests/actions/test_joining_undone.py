"""Whatever two complaints were before they were joined, undoing it leaves every date and everybody's rights as before.

Each example makes two complaints and what happened to them, joins them, undoes it, and compares.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.actions.end_authority import end_authority
from portal.actions.record_authority import record_authority
from portal.actions.request_adjustment import request_adjustment
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.adjustments import Wish
from portal.domain.events import SafeContact
from portal.domain.owed import deadlines_of, next_due
from portal.domain.permissions import Actor, Role
from portal.domain.representation import NewAuthority, NewRepresentative
from portal.domain.representative_kinds import AuthorityEvidence, AuthorityScope, WhyEnded
from portal.records import office_cases
from portal.records.database import Database
from portal.records.office_cases import Show
from tests.actions.joining import DAUGHTER, GIVEN, MP, RESIDENT, an_office, handed_in, join, opened, undo
from tests.actions.office import Office

MONDAY = date(2026, 11, 2)
JOINED_ON = date(2026, 11, 12)  # limits to acknowledge have passed, and those to answer have not
MPS_OFFICE = replace(MP, name="Caseworker One")
"""Somebody of an office, whose members sign in."""

SCOPES = [(), (AuthorityScope.PROGRESS,), (AuthorityScope.FULL_REPLY,), (AuthorityScope.DECIDE,)]


@dataclass(frozen=True)
class Side:
    """What one of the two complaints was, before. `stopped`: the resident stopped whoever handed it in."""

    day: int
    by: NewRepresentative | None
    scopes: tuple[AuthorityScope, ...]
    lasts: int | None
    stopped: bool
    acknowledged: bool
    extended: bool
    named: bool
    safe: tuple[SafeContact, ...]
    asked: tuple[Adjustment, ...]
    has_code: bool


sides = st.builds(
    Side,
    day=st.integers(0, 3),
    by=st.sampled_from([None, None, DAUGHTER, MPS_OFFICE]),
    scopes=st.sampled_from(SCOPES),
    lasts=st.sampled_from([3, 200]),
    stopped=st.sampled_from([False, False, True]),
    acknowledged=st.booleans(),
    extended=st.booleans(),
    named=st.booleans(),
    safe=st.sampled_from([(), (), (SafeContact.NO_POST,), (SafeContact.DISCREET,)]),
    asked=st.sampled_from([(), (Adjustment.LARGE_PRINT,), (Adjustment.NO_PHONE, Adjustment.HOME_VISIT)]),
    has_code=st.booleans(),
)


def made(office: Office, side: Side, number: int, office_id: int) -> tuple[str, list[tuple[str, str]]]:
    """The complaint, and each reference and code that opens something."""
    day, code = MONDAY + timedelta(days=side.day), f"{number:016}"
    told: dict[str, Any] = {"safe_contact": side.safe, "received_on": day}
    if side.by is None:
        reference, codes = office.submit(day, **told, person=RESIDENT), []
    else:
        by = replace(side.by, office_id=office_id) if side.by is MPS_OFFICE else side.by
        reference = handed_in(office, day, by, code=code, person=replace(GIVEN, email=""), **told)
        codes = [(reference, code)]
        authorise(office, reference, side, day)
    if side.has_code:
        codes.append((reference, office.issue_code(reference, day)))
    for kind in side.asked:
        office.do(request_adjustment, office.resident(reference), reference, Wish(adjustments=(kind,)), on=day)
    if side.named:
        office.name(reference, day, office.colleague.user_id)
    if side.acknowledged:
        office.assign(reference, day)
        office.acknowledge(reference, day)
        if side.extended:
            office.extend(reference, day, date(2026, 11, 26))
    return reference, codes


def authorise(office: Office, reference: str, side: Side, day: date) -> None:
    if side.scopes and side.by is DAUGHTER:
        until = day + timedelta(days=side.lasts or 0)
        told = NewAuthority(evidence=AuthorityEvidence.CALL, scopes=side.scopes, expires_on=until, words="By phone.")
        office.do(record_authority, office.lead, reference, 1, told, on=day)
    if side.stopped:
        office.do(end_authority, office.resident(reference), reference, 1, why=WhyEnded.RESIDENT_STOPPED, on=day)


def seen(office: Office, reference: str, codes: list[tuple[str, str]], on: date, office_id: int) -> dict[str, Any]:
    """Every date, and everybody's rights."""
    file = office.case(reference)
    case, due = file.case, next_due(file.case, file.rules)
    return {
        "position": case.position,
        "dates": deadlines_of(case, file.rules),
        "due": due and due.on,
        "row": (file.row.due_on, file.row.due_key, file.row.is_open, file.row.status),
        "missed": dict(case.missed),
        "reached": (case.received.person, case.received.reply_by, set(case.received.safe_contact)),
        "definition": case.now.acknowledged,
        "named": case.named_staff,
        "adjustments": [(each.number, each.adjustment, each.holds) for each in case.adjustments if not each.has_ended],
        "acting": [
            (each.number, each.added, each.standing(on), each.scopes(on), each.expires_on)
            for each in case.representatives
            if not (each.ended and each.ended.why is WhyEnded.JOINING_UNDONE)
        ],
        "opened": [opened(office, *each, on) for each in codes],
        "office": office_sees(office, reference, on, office_id),
    }


def office_sees(office: Office, reference: str, on: date, office_id: int) -> list[tuple[Any, ...]]:
    member = Actor(Role.OFFICE_MEMBER, landlord="ids", office_id=office_id, member_id=1)
    with office.database.session() as session:
        rows = office_cases.own_cases(session, member, Show.ALL, on, limit=None).rows
    return [(each.number, each.scopes(on), each.due_on) for each in rows if each.reference == reference]


numbers = iter(range(10**6))


@settings(
    max_examples=int(os.environ.get("PORTAL_TEST_MOVES", "6")),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink one would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
    derandomize=True,
)
@given(one=sides, two=sides, from_the_other=st.booleans())
def test_undoing_leaves_every_date_and_everybodys_rights_as_they_were(
    one_database: Database, one: Side, two: Side, from_the_other: bool
) -> None:
    office = Office(one_database, "ids")
    if one.by is two.by and one.stopped != two.stopped:
        one = replace(one, stopped=two.stopped)  # the resident has to be asked first: see test_joining.py
    mps = an_office(office, MONDAY)
    (first, codes), (second, more) = made(office, one, next(numbers), mps), made(office, two, next(numbers), mps)

    def everything() -> list[dict[str, Any]]:
        return [seen(office, each, theirs, JOINED_ON, mps) for each, theirs in ((first, codes), (second, more))]

    office.notice_missed(JOINED_ON)
    before = everything()
    kept = join(office, *((second, first) if from_the_other else (first, second)), JOINED_ON).row.reference
    check_while_joined(office, kept, [*codes, *more], before)
    assert office_sees(office, second if kept == first else first, JOINED_ON, mps) == []
    undo(office, second if kept == first else first, JOINED_ON)
    assert everything() == before


def check_while_joined(office: Office, kept: str, codes: list[tuple[str, str]], before: list[dict[str, Any]]) -> None:
    """Nobody may do more than before, and the next date is no later than either had."""
    file = office.case(kept)
    due = next_due(file.case, file.rules)
    assert due is not None
    if file.case.now.acknowledged:
        assert due.on <= min(each["due"] for each in before if each["position"].status == "acknowledged")
    had = [visit for each in before for visit in each["opened"]]
    for code, visit in zip(codes, had, strict=True):
        now = opened(office, *code, JOINED_ON)
        if visit is not None and now is not None:
            assert now.scopes <= visit.scopes or now.scopes == visit.scopes
            assert now.holder == visit.holder
        assert (now is None) or (visit is not None)
