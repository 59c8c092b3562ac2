"""Whatever is refused is refused whole: nothing of it is stored, and the words say what to put right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from portal import landlords
from portal.actions.acknowledge_complaint import acknowledge_complaint
from portal.domain.events import RemedyKind
from portal.domain.offers import RemedyOffer
from portal.domain.permissions import Actor, Role
from portal.domain.refusal import Refused, StaleVersion
from portal.records.history import CaseFile, NotFound, open_case
from tests.actions.office import DEFINITION, RANKS, Office, repair, response, rows

MONDAY = date(2026, 11, 2)
WEDNESDAY = date(2026, 11, 4)
TOO_LATE = date(2026, 11, 19)  # the answer was due on the 18th
NEXT_MONDAY = date(2026, 11, 9)

Make = Callable[[Office], str]
Try = Callable[[Office, str], object]


def received(office: Office) -> str:
    reference = office.submit(MONDAY)
    office.assign(reference, MONDAY)
    return reference


def acknowledged(office: Office) -> str:
    return office.acknowledged(MONDAY, WEDNESDAY)


def answered(office: Office) -> str:
    return office.answered(MONDAY, WEDNESDAY, remedies=(repair(date(2026, 12, 1), office.handler),))


def closed(office: Office) -> str:
    reference = answered(office)
    office.close(reference, WEDNESDAY)
    return reference


def at_stage_2(office: Office) -> str:
    reference = answered(office)
    office.escalate(reference, WEDNESDAY)
    return reference


@dataclass(frozen=True)
class Wrong:
    """Something that may not be done to a case in some state, the field it is wrong in, and words of the refusal."""

    make: Make
    attempt: Try
    says: str
    field: str | None = None


REFUSED = {
    # Submitting
    "nothing said": Wrong(
        received, lambda o, _: o.submit(MONDAY, what_happened="  "), "what happened", "what_happened"
    ),
    "received tomorrow": Wrong(
        received, lambda o, _: o.submit(MONDAY, received_on=WEDNESDAY), "in the future", "received_on"
    ),
    "submitted by an administrator": Wrong(
        received, lambda o, _: o.submit(MONDAY, actor=o.administrator), "You may not record a complaint"
    ),
    # Assigning
    "assigned by a handler": Wrong(
        received, lambda o, r: o.assign(r, WEDNESDAY, actor=o.handler), "You may not choose who handles"
    ),
    "assigned to nobody": Wrong(
        received,
        lambda o, r: o.assign(r, WEDNESDAY, to=Actor(role=Role.HANDLER, user_id=0)),
        "from the list",
        "handler_id",
    ),
    "assigned to an administrator": Wrong(
        received, lambda o, r: o.assign(r, WEDNESDAY, to=o.administrator), "from the list", "handler_id"
    ),
    "assigned without ruling out a conflict": Wrong(
        received, lambda o, r: o.assign(r, WEDNESDAY, no_conflict=False), "no conflict of interest", "no_conflict"
    ),
    "assigned to the wrong rank": Wrong(
        at_stage_2, lambda o, r: o.assign(r, WEDNESDAY, to=o.colleague), "Senior Management", "handler_id"
    ),
    "assigned to the stage 1 handler": Wrong(
        at_stage_2, lambda o, r: o.assign(r, WEDNESDAY, to=o.handler), "handled stage 1", "handler_id"
    ),
    "assigned once answered": Wrong(answered, lambda o, r: o.assign(r, WEDNESDAY), "stage has ended"),
    # Naming staff
    "naming nobody there is": Wrong(received, lambda o, r: o.name(r, WEDNESDAY, 0), "from the list", "user_ids"),
    "naming the handler": Wrong(
        received, lambda o, r: o.name(r, WEDNESDAY, o.handler.user_id), "handles the complaint now", "user_ids"
    ),
    # Acknowledging
    "no points": Wrong(received, lambda o, r: o.acknowledge(r, WEDNESDAY, points=()), "Code 5.6", "points"),
    "a blank point": Wrong(received, lambda o, r: o.acknowledge(r, WEDNESDAY, points=("A", " ")), "Code 5.6", "points"),
    "no outcomes": Wrong(received, lambda o, r: o.acknowledge(r, WEDNESDAY, outcomes=()), "outcomes", "outcomes"),
    "nobody responsible": Wrong(
        received,
        lambda o, r: o.acknowledge(r, WEDNESDAY, responsible_for=(), not_responsible_for=()),
        "Code 5.7",
        "responsible_for",
    ),
    "acknowledged twice": Wrong(acknowledged, lambda o, r: o.acknowledge(r, WEDNESDAY), "already been acknowledged"),
    "acknowledged by another handler": Wrong(
        received, lambda o, r: o.acknowledge(r, WEDNESDAY, actor=o.second), "Only the person who handles"
    ),
    "stage 2 acknowledged without why": Wrong(
        at_stage_2,
        lambda o, r: o.acknowledge(r, WEDNESDAY, why_still_dissatisfied=" "),
        "still dissatisfied",
        "why_still_dissatisfied",
    ),
    # Extending
    "extended before the acknowledgement": Wrong(
        received, lambda o, r: o.extend(r, WEDNESDAY, date(2026, 11, 25)), "between the acknowledgement"
    ),
    "extended too late": Wrong(
        acknowledged,
        lambda o, r: o.extend(r, TOO_LATE, date(2026, 11, 25)),
        "The limit passed on Wednesday 18 November 2026",
    ),
    "extended to a Saturday": Wrong(
        acknowledged, lambda o, r: o.extend(r, WEDNESDAY, date(2026, 11, 28)), "a working day", "new_due"
    ),
    "extended too far": Wrong(
        acknowledged, lambda o, r: o.extend(r, WEDNESDAY, date(2026, 12, 3)), "good reason", "good_reason"
    ),
    # Answering
    "answered before the acknowledgement": Wrong(
        received, lambda o, r: o.answer(r, WEDNESDAY), "Answer every point", "answers"
    ),
    "answered twice": Wrong(answered, lambda o, r: o.answer(r, WEDNESDAY), "answer each stage once"),
    "answered by the lead, who does not handle it": Wrong(
        acknowledged, lambda o, r: o.answer(r, WEDNESDAY, actor=o.lead), "Only the person who handles"
    ),
    "a point left out": Wrong(
        acknowledged,
        lambda o, r: o.answer(r, WEDNESDAY, answers=response().answers[:1]),
        "Answer every point",
        "answers",
    ),
    "upheld and nothing put right": Wrong(
        acknowledged, lambda o, r: o.answer(r, WEDNESDAY, remedies=()), "how we will put things right"
    ),
    "money without an amount": Wrong(
        acknowledged,
        lambda o, r: o.answer(
            r, WEDNESDAY, remedies=(RemedyOffer(kind=RemedyKind.MONEY, words="Pay", owner_id=1, due=NEXT_MONDAY),)
        ),
        "the amount",
        "remedies-0-amount",
    ),
    # Asking for stage 2
    "stage 2 before the answer": Wrong(
        acknowledged, lambda o, r: o.escalate(r, WEDNESDAY), "when you have our stage 1 answer"
    ),
    "stage 2 a second time": Wrong(at_stage_2, lambda o, r: o.escalate(r, WEDNESDAY), "the last stage"),
    "stage 2 tomorrow": Wrong(
        answered,
        lambda o, r: o.escalate(r, WEDNESDAY, actor=o.lead, requested_on=NEXT_MONDAY),
        "in the future",
        "requested_on",
    ),
    "stage 2 before it was answered": Wrong(
        answered,
        lambda o, r: o.escalate(r, WEDNESDAY, actor=o.lead, requested_on=MONDAY),
        "before the stage 1 answer",
        "requested_on",
    ),
    # Declining, withdrawing, closing
    "declined without circumstances": Wrong(
        received, lambda o, r: o.decline(r, WEDNESDAY, circumstances=""), "Code 2.5", "circumstances"
    ),
    "declined for a complaint that goes on": Wrong(
        received,
        lambda o, r: o.decline(r, WEDNESDAY, ground="already_considered", earlier_reference=o.submit(MONDAY)),
        "has ended",
        "earlier_reference",
    ),
    "declined for itself": Wrong(
        received,
        lambda o, r: o.decline(r, WEDNESDAY, ground="already_considered", earlier_reference=r),
        "another complaint",
        "earlier_reference",
    ),
    "declined once answered": Wrong(answered, lambda o, r: o.decline(r, WEDNESDAY), "not been answered"),
    "withdrawn tomorrow": Wrong(
        received, lambda o, r: o.withdraw(r, WEDNESDAY, withdrawn_on=NEXT_MONDAY), "in the future", "withdrawn_on"
    ),
    "withdrawn before it came": Wrong(
        received,
        lambda o, r: o.withdraw(r, WEDNESDAY, withdrawn_on=date(2026, 11, 1)),
        "before it was received",
        "withdrawn_on",
    ),
    "withdrawn without a word": Wrong(received, lambda o, r: o.withdraw(r, WEDNESDAY, words=" "), "how the", "words"),
    "withdrawn once closed": Wrong(closed, lambda o, r: o.withdraw(r, WEDNESDAY), "already ended"),
    "closed before it is answered": Wrong(acknowledged, lambda o, r: o.close(r, WEDNESDAY), "been answered"),
    "closed by an auditor": Wrong(answered, lambda o, r: o.close(r, WEDNESDAY, actor=o.auditor), "You may not close"),
    # Remedies and codes
    "a remedy that was not promised": Wrong(answered, lambda o, r: o.complete(r, WEDNESDAY, 2), "does not exist"),
    "a remedy done tomorrow": Wrong(
        answered, lambda o, r: o.complete(r, WEDNESDAY, done_on=NEXT_MONDAY), "in the future", "done_on"
    ),
    "a remedy done without evidence": Wrong(
        answered, lambda o, r: o.complete(r, WEDNESDAY, evidence=""), "how you know", "evidence"
    ),
    "a code for whoever asks": Wrong(
        received, lambda o, r: o.issue_code(r, WEDNESDAY, identity_check=""), "how you checked", "identity_check"
    ),
}


@pytest.mark.parametrize("wrong", REFUSED.values(), ids=REFUSED)
def test_a_refusal_stores_nothing_and_says_why(office: Office, wrong: Wrong) -> None:
    reference = wrong.make(office)
    if "has ended" in wrong.says:
        other = office.submit(MONDAY)
        office.submit = lambda _: other  # type: ignore[method-assign]
    before, version = rows(office.database), office.case(reference).version
    with pytest.raises(Refused) as refused:
        wrong.attempt(office, reference)
    assert wrong.says in refused.value.message
    assert refused.value.field == wrong.field
    assert rows(office.database) == before
    assert office.case(reference).version == version


def test_a_letter_that_may_not_go_takes_the_event_back_with_it(office: Office) -> None:
    # IDS 6.2.1: the acknowledgement names the handler. Nobody has been assigned.
    reference = office.submit(MONDAY)
    before = rows(office.database)
    with pytest.raises(Refused, match="who is handling the complaint"):
        office.acknowledge(reference, WEDNESDAY)
    assert rows(office.database) == before
    assert office.case(reference).case.status.value == "received"


def test_the_second_writer_is_told_that_something_changed(office: Office) -> None:
    reference = received(office)
    opened = office.case(reference).version
    office.name(reference, WEDNESDAY, office.second.user_id)
    before = rows(office.database)
    with pytest.raises(StaleVersion, match="changed since you opened it"):
        office.acknowledge(reference, WEDNESDAY, version=opened)
    assert rows(office.database) == before


def test_a_signer_who_was_named_meanwhile_may_not_sign(office: Office) -> None:
    reference = answered(office)
    office.escalate(reference, WEDNESDAY)
    office.assign(reference, WEDNESDAY)
    office.acknowledge(reference, WEDNESDAY)
    with pytest.raises(Refused, match="handles the complaint now"):
        office.name(reference, WEDNESDAY, office.second.user_id)


@pytest.mark.parametrize("landlord", [key for key in RANKS if key != "ids"])
def test_another_landlords_case_is_not_there(office: Office, landlord: str) -> None:
    reference, other = received(office), Office(office.database, landlord)
    before = rows(office.database)
    for actor in (other.lead, other.handler, other.auditor, other.administrator, other.resident(reference)):
        with pytest.raises(NotFound):
            other.do(acknowledge_complaint, actor, reference, DEFINITION, on=WEDNESDAY)
    assert rows(office.database) == before


def test_a_code_of_another_complaint_opens_nothing(office: Office) -> None:
    one, other = answered(office), answered(office)
    with pytest.raises(NotFound):
        office.escalate(one, WEDNESDAY, actor=office.resident(other))
    with pytest.raises(NotFound), office.database.session() as session:
        open_case(session, one, office.anyone(), landlords.rules_for)


def test_nothing_is_stored_when_something_breaks_after_the_event(office: Office) -> None:
    reference = received(office)
    before = rows(office.database)

    def breaks(*arguments: Any, **named: Any) -> CaseFile:
        acknowledge_complaint(*arguments, **named)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        office.do(breaks, office.lead, reference, DEFINITION, on=WEDNESDAY)
    assert rows(office.database) == before
