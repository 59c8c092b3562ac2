"""A complaint at the Ombudsman: what is asked of us and by when, and when we can be told to take it on again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from portal.domain.events import Stage
from portal.domain.lifecycle import DIRECTED, Position
from portal.domain.ombudsman_events import (
    Direction,
    OmbudsmanDetermined,
    OmbudsmanDirected,
    OmbudsmanEnquired,
    OmbudsmanEvidenceSent,
    OmbudsmanOrderDone,
    OrderTerms,
)
from portal.domain.permissions import Decision
from portal.domain.refusal import Refused
from portal.domain.saying import say

AboutOmbudsman = (
    OmbudsmanEnquired | OmbudsmanEvidenceSent | OmbudsmanDirected | OmbudsmanDetermined | OmbudsmanOrderDone
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Something ordered or recommended, open until there is proof that it was done. `number` counts from 1."""

    number: int
    terms: OrderTerms
    words: str
    done: OmbudsmanOrderDone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OmbudsmanCase:
    """All that the Ombudsman asked and decided about one complaint. `enquired` and `determined` are the latest."""

    enquired: OmbudsmanEnquired | None = None
    evidence_sent: OmbudsmanEvidenceSent | None = None
    directed: tuple[OmbudsmanDirected, ...] = ()
    determined: OmbudsmanDetermined | None = None
    orders: tuple[Order, ...] = ()
    since: date | None = None
    """The day on which we heard from them first."""

    @property
    def evidence_due(self) -> date | None:
        """The last day for evidence that is still to be sent."""
        return self.enquired.evidence_due if self.enquired and not self.evidence_sent else None

    @property
    def to_do(self) -> tuple[Order, ...]:
        return tuple(each for each in self.orders if not each.done)

    @property
    def next_due(self) -> date | None:
        """The first day by which they want something of us."""
        days = [self.evidence_due, *(each.terms.due for each in self.to_do)]
        return min((day for day in days if day), default=None)

    @property
    def own_reference(self) -> str:
        """What they call it, as we were told last."""
        told = [each.own_reference for each in (*self.directed, self.enquired) if each]
        return next((each for each in reversed(told) if each), "")


def after(known: OmbudsmanCase | None, event: AboutOmbudsman) -> OmbudsmanCase:
    """The Ombudsman's case once one more thing has happened in it."""
    case = known or OmbudsmanCase(since=_heard_on(event))
    if isinstance(event, OmbudsmanEnquired):
        return replace(case, enquired=event, evidence_sent=None)
    if isinstance(event, OmbudsmanEvidenceSent):
        return replace(case, evidence_sent=event)
    if isinstance(event, OmbudsmanDirected):
        return replace(case, directed=(*case.directed, event))
    if isinstance(event, OmbudsmanDetermined):
        return replace(case, determined=event, orders=(*case.orders, *_ordered(case, event)))
    orders = tuple(replace(each, done=event) if each.number == event.number else each for each in case.orders)
    return replace(case, orders=orders)


def _heard_on(event: AboutOmbudsman) -> date | None:
    days = ("received_on", "directed_on", "determined_on")
    return next((getattr(event, each) for each in days if hasattr(event, each)), None)


def _ordered(case: OmbudsmanCase, event: OmbudsmanDetermined) -> Iterator[Order]:
    words = event.order_words or ("",) * len(event.orders)
    for number, (terms, text) in enumerate(zip(event.orders, words, strict=True), start=len(case.orders) + 1):
        yield Order(number=number, terms=terms, words=text)


def directions_for(position: Position) -> tuple[Direction, ...]:
    """What we can be told to do with a complaint that stands here."""
    return tuple(each for each in Direction if position in DIRECTED[each])


def can_be_directed(position: Position) -> Decision:
    return Decision(
        bool(directions_for(position)),
        "This complaint has had its final answer, or was withdrawn or joined to another.",
    )


def check_direction(position: Position, event: OmbudsmanDirected, received: date, on: date) -> None:
    """Raises `Refused` where they cannot have said so, or the day is not one on which they can have said it."""
    if event.direction not in directions_for(position):
        raise Refused("This cannot be done with the complaint where it stands", "direction")
    _check_day(event.directed_on, received, on, "directed_on")
    if event.direction is Direction.ANSWER and event.answer_by is None:
        raise Refused("Give the day by which they want the answer", "answer_by")
    if event.answer_by and event.answer_by < event.directed_on:
        raise Refused("The answer cannot be due before they told us", "answer_by")
    if not event.own_reference.strip():
        raise Refused("Give the Ombudsman’s reference", "own_reference")
    if not event.words.strip():
        raise Refused("Write what they told us to do", "words")


def check_enquiry(event: OmbudsmanEnquired, received: date, on: date) -> None:
    """Raises `Refused` where something of it is missing or cannot be so."""
    _check_day(event.received_on, received, on, "received_on")
    if event.evidence_due < event.received_on:
        raise Refused("The evidence cannot be due before they asked", "evidence_due")
    if not event.own_reference.strip():
        raise Refused("Give the Ombudsman’s reference", "own_reference")


def check_evidence(case: OmbudsmanCase | None, sent_on: date, on: date) -> None:
    """Raises `Refused` where nothing is asked for, or the day cannot be so."""
    if case is None or case.enquired is None or case.evidence_due is None:
        raise Refused("They wait for no evidence from us")
    _check_day(sent_on, case.enquired.received_on, on, "sent_on")


def check_determination(event: OmbudsmanDetermined, received: date, on: date) -> None:
    """Raises `Refused` where an order lacks its words or its day, or the day of it cannot be so."""
    _check_day(event.determined_on, received, on, "determined_on")
    for number, (terms, words) in enumerate(zip(event.orders, event.order_words, strict=True)):
        if not words.strip():
            raise Refused(say("Write what order %(number)s is", number=number + 1), f"orders-{number}-words")
        if terms.due < event.determined_on:
            raise Refused(
                say("Order %(number)s cannot be due before they decided", number=number + 1), f"orders-{number}-due"
            )


def order_to_do(case: OmbudsmanCase | None, number: int) -> Order:
    """Raises `Refused` where there is no such order, or it is done."""
    for each in case.to_do if case else ():
        if each.number == number:
            return each
    raise Refused("This order is done already, or does not exist", "which")


def check_done(case: OmbudsmanCase | None, event: OmbudsmanOrderDone, on: date) -> None:
    """Raises `Refused` where there is nothing to be done, no proof, or a day that cannot be so."""
    order_to_do(case, event.number)
    _check_day(event.done_on, date.min, on, "done_on")
    if not event.proof.strip():
        raise Refused("Write what shows that it was done", "proof")


def _check_day(day: date, not_before: date, on: date, field: str) -> None:
    if day > on:
        raise Refused("The day cannot be in the future", field)
    if day < not_before:
        raise Refused("The day cannot be before it reached us", field)


def stage_of(direction: Direction) -> Stage | None:
    """The stage that it opens again, if it opens one."""
    return {Direction.ACCEPT: Stage.ONE, Direction.STAGE_2: Stage.TWO}.get(direction)
