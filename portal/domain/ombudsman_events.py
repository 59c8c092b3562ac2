"""What is recorded of a complaint that the Housing Ombudsman looks into, or tells the landlord to take on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.events import Event, content, event


class Direction(StrEnum):
    """What the Ombudsman tells us to do (Code 2.4): take it on, take it to stage 2, or answer it by a day."""

    ACCEPT = "accept"
    STAGE_2 = "stage_2"
    ANSWER = "answer"


class Determination(StrEnum):
    """How the Ombudsman's case ended."""

    SEVERE_MALADMINISTRATION = "severe_maladministration"
    MALADMINISTRATION = "maladministration"
    SERVICE_FAILURE = "service_failure"
    REASONABLE_REDRESS = "reasonable_redress"
    NO_MALADMINISTRATION = "no_maladministration"
    RESOLVED = "resolved"
    OUTSIDE = "outside"
    WITHDRAWN = "withdrawn"


class OrderKind(StrEnum):
    """An order has to be carried out; a recommendation is followed, or there is a reason why not."""

    ORDER = "order"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTerms:
    """What is ordered or recommended, without its words, and its last day."""

    kind: OrderKind
    due: date


@event("ombudsman_enquired")
@dataclass(frozen=True, slots=True, kw_only=True)
class OmbudsmanEnquired(Event):
    """The Ombudsman asked about the complaint, and wants our evidence by a day. `own_reference` is theirs."""

    received_on: date
    evidence_due: date
    own_reference: str = content()
    words: str = content()


@event("ombudsman_evidence_sent")
@dataclass(frozen=True, slots=True, kw_only=True)
class OmbudsmanEvidenceSent(Event):
    """What they asked for last went to them."""

    sent_on: date
    words: str = content()


@event("ombudsman_directed")
@dataclass(frozen=True, slots=True, kw_only=True)
class OmbudsmanDirected(Event):
    """They told us what to do with it. Where that opens a stage again, `directed_on` is its day 0."""

    directed_on: date
    direction: Direction
    answer_by: date | None = None
    own_reference: str = content()
    words: str = content()


@event("ombudsman_determined")
@dataclass(frozen=True, slots=True, kw_only=True)
class OmbudsmanDetermined(Event):
    """They decided. `order_words` are in the order of `orders`."""

    determined_on: date
    determination: Determination
    orders: tuple[OrderTerms, ...] = ()
    order_words: tuple[str, ...] = content(())
    words: str = content()


@event("ombudsman_order_done")
@dataclass(frozen=True, slots=True, kw_only=True)
class OmbudsmanOrderDone(Event):
    """An order was carried out. `number` counts over the whole case from 1; `proof` is what shows it."""

    number: int
    done_on: date
    proof: str = content()
