"""A new issue by the three questions of Code 6.8: a part of the complaint, or one of its own that is opened at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest

from portal.actions.confirm_contact import confirm_contact
from portal.actions.decide_adjustment import decide_adjustment
from portal.actions.decide_issue import decide_issue
from portal.actions.raise_issue import raise_issue
from portal.actions.restrict_complaint import restrict_complaint
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome
from portal.domain.adjustments import Ruling, holding
from portal.domain.contact import contact_of
from portal.domain.events import ReplyBy
from portal.domain.linking_events import LinkKind
from portal.domain.message_events import IssueOutcome
from portal.domain.new_issue import Answers
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.records.history import CaseFile
from tests.actions.joining import SECRET, handed_in
from tests.actions.office import Office
from tests.actions.test_messages import acknowledged, answered, closed, declined, received, withdrawn
from tests.actions.test_representatives import chain_holds

WEDNESDAY, THURSDAY, FRIDAY = date(2026, 11, 4), date(2026, 11, 5), date(2026, 11, 6)
LIFT = "The lift is broken too."

Stand = Callable[[Office], str]


def answers(**changes: Any) -> Answers:
    said = {
        "related": True,
        "why_related": "It is the same landing.",
        "delays": False,
        "why_delays": "The same visit shows both.",
        "reason": "It is the same landing.",
    }
    return Answers(**{**said, **changes})


SEPARATE = answers(related=False, why_related="Another building.", reason="Another building.")


def raised(office: Office, reference: str) -> None:
    office.do(raise_issue, office.resident(reference), reference, words=LIFT, on=WEDNESDAY)


def decide(office: Office, reference: str, said: Answers = SEPARATE, on: date = THURSDAY, **more: Any) -> CaseFile:
    return office.do(decide_issue, office.lead, reference, 1, said, on=on, **more)


def opened(office: Office, reference: str) -> CaseFile:
    """The complaint that the issue of this one became."""
    (message,) = office.case(reference).case.messages
    assert message.decided is not None
    assert message.decided.new_reference is not None
    return office.case(message.decided.new_reference)


@pytest.mark.parametrize(("related", "delays"), list(product((True, False), repeat=2)))
@pytest.mark.parametrize("stand", [received, acknowledged, answered, closed, withdrawn, declined])
def test_three_times_yes_adds_it_and_anything_else_makes_it_a_complaint_of_its_own(
    office: Office, stand: Stand, related: bool, delays: bool
) -> None:
    reference = stand(office)
    raised(office, reference)
    file = decide(office, reference, answers(related=related, delays=delays))
    (message,) = file.case.messages
    assert message.decided is not None
    still_open = stand in (received, acknowledged)
    added = still_open and related and not delays
    assert message.decided.outcome is (IssueOutcome.ADDED if added else IssueOutcome.SEPARATE)
    assert message.decided.answered is not still_open
    assert message.decided.delays == (delays if still_open and related else None)
    assert bool(file.case.links) is not added
    assert not file.row.messages_waiting


def test_a_complaint_of_its_own_counts_from_the_day_we_were_told_and_is_linked_both_ways(office: Office) -> None:
    reference = acknowledged(office)
    raised(office, reference)
    decide(office, reference, on=FRIDAY)
    old, new = office.case(reference), opened(office, reference)
    assert (new.case.received.received_on, new.case.received.what_happened) == (WEDNESDAY, LIFT)
    assert new.case.received.person == old.case.received.person
    assert new.row.due_on == date(2026, 11, 11)  # IDS 6.2.1: five working days from Wednesday the 4th
    assert [each.kind for each in office.letters(new.row.reference)] == [LetterKind.RECEIPT]
    assert office.letters(reference)[-1].kind is LetterKind.MESSAGE
    for one, other in ((old, new), (new, old)):
        (link,) = one.case.links
        assert (link.link, link.other_reference) == (LinkKind.NEW_ISSUE, other.row.reference)
    assert chain_holds(office)


def test_the_resident_reads_the_reference_and_why_but_not_what_staff_wrote_for_themselves(office: Office) -> None:
    reference = office.submit(date(2026, 11, 2), reply_by=ReplyBy.POST)
    raised(office, reference)
    decide(office, reference, answers(related=False, why_related="Ourselves alone.", reason="Another building."))
    body = office.letters(reference)[-1].body
    assert opened(office, reference).row.reference in body
    assert "Another building." in body
    assert "Ourselves alone." not in body


def test_what_makes_it_easier_and_who_may_see_it_come_along(office: Office) -> None:
    reference = office.submit(date(2026, 11, 2), adjustments=(Adjustment.LARGE_PRINT,))
    scope = AdjustmentScope.THIS_COMPLAINT
    ruling = Ruling(outcome=Outcome.AGREED, adjustment=Adjustment.LARGE_PRINT, scope=scope, print_size=20)
    office.do(decide_adjustment, office.lead, reference, 1, ruling, on=WEDNESDAY)
    let_in = [office.colleague.user_id]
    office.do(restrict_complaint, office.lead, reference, let_in, reason="A colleague.", on=WEDNESDAY)
    raised(office, reference)
    decide(office, reference)
    new = opened(office, reference)
    assert [each.adjustment for each in holding(new.case.adjustments)] == [Adjustment.LARGE_PRINT]
    assert new.case.restricted_to == (office.colleague.user_id,)
    assert office.letters(new.row.reference)[0].type_size == 20


def test_one_that_was_recorded_already_is_linked_if_it_has_the_day_on_which_we_were_told(office: Office) -> None:
    reference = acknowledged(office)
    raised(office, reference)
    too_late = office.submit(THURSDAY, actor=office.lead)
    for wrong in (reference, "H4KM-73QT", "nothing", too_late):
        with pytest.raises(Refused) as refused:
            decide(office, reference, recorded_as=wrong)
        assert refused.value.field == "recorded_as"
    there = office.submit(THURSDAY, actor=office.lead, received_on=WEDNESDAY)
    decide(office, reference, recorded_as=there.lower())
    assert opened(office, reference).row.reference == there


@pytest.mark.parametrize(
    "lacks", [{"related": None}, {"why_related": " "}, {"delays": None}, {"why_delays": ""}, {"reason": " "}]
)
def test_each_question_is_answered_with_its_reason(office: Office, lacks: dict[str, Any]) -> None:
    reference = acknowledged(office)
    raised(office, reference)
    with pytest.raises(Refused) as refused:
        decide(office, reference, answers(**lacks))
    assert refused.value.field == next(iter(lacks))


def test_nothing_is_decided_twice(office: Office) -> None:
    reference = acknowledged(office)
    raised(office, reference)
    decide(office, reference)
    with pytest.raises(Refused, match="already been decided"):
        decide(office, reference)


def test_no_receipt_goes_where_nobody_knows_that_it_reaches_the_resident(office: Office) -> None:
    reference = handed_in(office, date(2026, 11, 2))
    raised(office, reference)
    with pytest.raises(Refused, match="how the resident is reached"):
        decide(office, reference)
    contact = contact_of(office.case(reference).case.received)
    office.do(confirm_contact, office.lead, reference, contact, how="Called them.", secret_key=SECRET, on=WEDNESDAY)
    decide(office, reference)
    assert opened(office, reference).case.received.received_on == WEDNESDAY
