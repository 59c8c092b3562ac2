"""What the registers list of a case: money, restrictions on contact, adjustments and what was passed on.

A line says what, when and how far it has come, and nothing that anybody wrote: no condition, no impact, no reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.adjustments import AdjustmentRecord
from portal.domain.case import Case
from portal.domain.remedies import Remedy
from portal.domain.remedy_kinds import PaymentStep
from portal.domain.restrictions import Restriction


class Register(StrEnum):
    """Each is a page and a table of its own."""

    COMPENSATION = "compensation"
    RESTRICTIONS = "restrictions"
    ADJUSTMENTS = "adjustments"
    REFERRALS = "referrals"


class State(StrEnum):
    """How far a line has come."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    SENT = "sent"
    RETURNED = "returned"
    PAID = "paid"
    HOLDS = "holds"
    APPEALED = "appealed"
    ENDED = "ended"
    ASKED = "asked"
    AGREED = "agreed"
    ALTERNATIVE = "alternative"
    DECLINED = "declined"
    PASSED_ON = "passed_on"
    TAKEN_ON = "taken_on"
    COMPLETED = "completed"


STATES = {
    Register.COMPENSATION: (
        State.OFFERED,
        State.ACCEPTED,
        State.REFUSED,
        State.SENT,
        State.RETURNED,
        State.PAID,
    ),
    Register.RESTRICTIONS: (State.HOLDS, State.APPEALED, State.ENDED),
    Register.ADJUSTMENTS: (State.ASKED, State.AGREED, State.ALTERNATIVE, State.DECLINED, State.ENDED),
    Register.REFERRALS: (State.PASSED_ON, State.TAKEN_ON, State.COMPLETED),
}
"""The states that a line of each register can be in, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line. `what` is a value of the enumeration that the register is about, or several with spaces between.

    `number` counts within the case, or for a `member` of its group. `hidden_from`: staff whom the complaint names.
    """

    register: Register
    number: int
    member: int = 0
    on: date
    state: State
    what: str
    due_on: date | None = None
    amount_pence: int | None = None
    owner_id: int | None = None
    confidential: bool = False
    hidden_from: tuple[int, ...] = ()


def entries_of(case: Case) -> tuple[Entry, ...]:
    """Everything of the case that a register lists. What goes on in another complaint is listed there."""
    return (*_money(case), *_restrictions(case), *_adjustments(case), *_referrals(case))


def _money(case: Case) -> Iterator[Entry]:
    for each in case.remedies:
        if each.is_money:
            yield Entry(
                register=Register.COMPENSATION,
                number=each.number,
                on=each.offered_on,
                state=_state_of_money(each),
                what=each.terms.head or "",
                due_on=each.terms.due if each.is_open else None,
                amount_pence=each.terms.amount_pence,
                owner_id=each.terms.owner_id,
            )


def _state_of_money(remedy: Remedy) -> State:
    """Money of which the resident says that it never came is on its way again."""
    if remedy.payment is PaymentStep.PAID and remedy.is_open:
        return State.RETURNED
    if remedy.payment is None:
        return State.PAID if remedy.done_on else State.OFFERED
    return State(remedy.payment.value)


def _restrictions(case: Case) -> Iterator[Entry]:
    for each in case.contact_restrictions:
        yield Entry(
            register=Register.RESTRICTIONS,
            number=each.number,
            on=each.event.decided_on,
            state=_state_of_restriction(each),
            what=" ".join(each.event.limits),
            due_on=each.see_to_on,
        )


def _state_of_restriction(restriction: Restriction) -> State:
    if restriction.ended_on is not None:
        return State.ENDED
    return State.APPEALED if restriction.appeal_waits else State.HOLDS


def _adjustments(case: Case) -> Iterator[Entry]:
    if case.joined_into:
        return
    whose = [(0, case.adjustments), *((each.number, each.adjustments) for each in case.members)]
    for member, records in whose:
        for each in records:
            yield Entry(
                register=Register.ADJUSTMENTS,
                number=each.number,
                member=member,
                on=each.requested_on,
                state=_state_of_adjustment(each),
                what=each.adjustment,
                due_on=each.review_on,
            )


def _state_of_adjustment(record: AdjustmentRecord) -> State:
    if record.has_ended:
        return State.ENDED
    return State(record.decided.outcome.value) if record.decided else State.ASKED


def _referrals(case: Case) -> Iterator[Entry]:
    for each in case.referrals:
        yield Entry(
            register=Register.REFERRALS,
            number=each.number,
            on=each.event.referred_on,
            state=State(each.status.value),
            what=each.route,
            confidential=each.confidential or each.held_back,
            hidden_from=case.named_staff,
        )
