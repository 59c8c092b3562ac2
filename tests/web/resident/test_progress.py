"""The dates that a resident is shown, where a stage was left without its answer."""

from __future__ import annotations

from datetime import date

from portal import landlords
from portal.domain.policy import Key
from portal.records.database import Database
from portal.web.resident import progress
from tests.actions.office import Office

# Received on Friday 18 September 2026: answered by Friday 2 October, 14 days later (IH L99).
RECEIVED = date(2026, 9, 18)
ANSWER_BY = date(2026, 10, 2)
ASKED = date(2026, 10, 5)


def test_an_answer_that_never_came_stays_among_the_dates_and_is_owed_no_more(database: Database) -> None:
    office = Office(database, "ih")
    reference = office.acknowledged(RECEIVED)
    office.escalate(reference, ASKED)
    case = office.case(reference).case
    steps = {
        each.key: each
        for each in progress.steps(case, landlords.rules_for("ih", RECEIVED), landlords.landlord("ih"), ASKED)
    }
    never_came = steps[Key.RESPOND_STAGE_1]
    assert (never_came.due, never_came.done_on, never_came.late) == (ANSWER_BY, None, True)
    assert not never_came.to_come
    assert steps[Key.ACKNOWLEDGE_STAGE_2].to_come
