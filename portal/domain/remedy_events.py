"""What can happen to a remedy beside being promised in an answer, reported on and done. None of it moves the case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.events import Event, RemedyTerms, Stage, content, event
from portal.domain.remedy_kinds import PaymentMethod, PaymentStep


@event("remedy_added")
@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyAdded(Event):
    """Something was offered outside an answer, at whatever time (Code 5.13), and the resident told in a letter."""

    number: int
    during: Stage
    offered_on: date
    terms: RemedyTerms
    words: str = content()
    impact: str = content()


@event("remedy_overdue")
@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyOverdue(Event):
    """The portal noticed that a remedy was not done by its date, and told whoever owns it."""

    number: int
    due: date


@event("payment_moved")
@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMoved(Event):
    """Money that was offered was accepted, refused, sent, came back or was paid."""

    number: int
    step: PaymentStep
    on: date
    method: PaymentMethod | None = None
    words: str = content()
