"""What was promised to put things right, and what became of it: open until it is done, whatever becomes of the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from portal.domain.events import RemedyCompleted, RemedyKind, RemedyTerms, ResponseSent, Stage
from portal.domain.feedback_events import RemedyReported
from portal.domain.refusal import Refused
from portal.domain.remedy_events import PaymentMoved, RemedyAdded, RemedyOverdue
from portal.domain.remedy_kinds import PaymentMethod, PaymentStep
from portal.domain.saying import say

AboutRemedies = RemedyAdded | RemedyCompleted | RemedyOverdue | RemedyReported | PaymentMoved


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """Something promised, open until it is done whatever becomes of the case (Code 6.6).

    `reopened_on`: the day on which the resident said that it was not done, after we had said that it was.
    `told_overdue`: whether its owner has been told that its date has passed.
    """

    number: int
    stage: Stage
    terms: RemedyTerms
    words: str
    offered_on: date
    impact: str = ""
    done_on: date | None = None
    evidence: str = ""
    evidence_id: str | None = None
    reported: RemedyReported | None = None
    reopened_on: date | None = None
    told_overdue: bool = False
    payments: tuple[PaymentMoved, ...] = ()

    @property
    def is_money(self) -> bool:
        return self.terms.kind is RemedyKind.MONEY

    @property
    def payment(self) -> PaymentStep | None:
        """What became of the money last; None while it is only offered."""
        return self.payments[-1].step if self.payments else None

    @property
    def is_open(self) -> bool:
        """Whether we still owe it. Money that the resident has refused we owe again once they accept it."""
        return self.done_on is None and self.payment is not PaymentStep.REFUSED

    def can_be_reported(self, on: date) -> bool:
        """Whether the resident can say if it was done: once its date has come, or we say that it is done."""
        return self.terms.due is not None and (self.terms.due <= on or self.done_on is not None)

    def overdue(self, on: date) -> bool:
        """Whether it should have been done before `on`."""
        return self.is_open and self.terms.due is not None and self.terms.due < on


Remedies = tuple[Remedy, ...]


def promised_in(remedies: Remedies, event: ResponseSent) -> Remedies:
    """With what an answer promises. Of one whose words were erased the terms are left."""
    nothing = ("",) * len(event.remedies)
    words, impacts = event.remedy_words or nothing, event.remedy_impacts or nothing
    promised = zip(event.remedies, words, impacts, strict=True)
    first = len(remedies) + 1
    return remedies + tuple(
        Remedy(
            number=number,
            stage=event.stage,
            terms=terms,
            words=text,
            impact=impact,
            offered_on=event.sent_on,
        )
        for number, (terms, text, impact) in enumerate(promised, start=first)
    )


def after(remedies: Remedies, event: AboutRemedies) -> Remedies:
    """The remedies once this has happened to one of them."""
    if isinstance(event, RemedyAdded):
        added = Remedy(
            number=event.number,
            stage=event.during,
            terms=event.terms,
            words=event.words,
            impact=event.impact,
            offered_on=event.offered_on,
        )
        return (*remedies, added)
    number = event.remedy if isinstance(event, RemedyReported) else event.number
    return tuple(_changed(each, event) if each.number == number else each for each in remedies)


def _changed(remedy: Remedy, event: RemedyCompleted | RemedyOverdue | RemedyReported | PaymentMoved) -> Remedy:
    if isinstance(event, RemedyCompleted):
        return replace(remedy, done_on=event.done_on, evidence=event.evidence, evidence_id=event.evidence_id)
    if isinstance(event, RemedyOverdue):
        return replace(remedy, told_overdue=True)
    if isinstance(event, RemedyReported):
        return _reported(remedy, event)
    paid = event.step is PaymentStep.PAID
    return replace(
        remedy,
        payments=(*remedy.payments, event),
        done_on=event.on if paid else None,
        evidence=event.words if paid else remedy.evidence,
    )


def _reported(remedy: Remedy, event: RemedyReported) -> Remedy:
    """A "no" opens again what we said was done, and whoever owns it is told again; a "yes" completes nothing."""
    said = replace(remedy, reported=event)
    if event.done or remedy.done_on is None:
        return said
    return replace(said, done_on=None, reopened_on=event.reported_on, told_overdue=False)


def to_tell(remedies: Iterable[Remedy], on: date) -> Remedies:
    """Those whose date has passed, and whose owner does not know that yet."""
    return tuple(each for each in remedies if each.overdue(on) and not each.told_overdue)


def next_due(remedies: Iterable[Remedy]) -> date | None:
    """The first date of what we still owe."""
    return min((each.terms.due for each in remedies if each.is_open and each.terms.due), default=None)


def next_to_tell(remedies: Iterable[Remedy]) -> date | None:
    """The first date after which an owner has to be told."""
    return next_due(each for each in remedies if not each.told_overdue)


def one(remedies: Iterable[Remedy], number: int) -> Remedy:
    """Raises `Refused` where there is no such remedy."""
    found = next((each for each in remedies if each.number == number), None)
    if found is None:
        raise Refused("There is no such remedy in this complaint", "which")
    return found


_BEFORE: dict[PaymentStep, frozenset[PaymentStep | None]] = {
    PaymentStep.ACCEPTED: frozenset({None, PaymentStep.REFUSED}),
    PaymentStep.REFUSED: frozenset({None, PaymentStep.ACCEPTED, PaymentStep.RETURNED}),
    PaymentStep.SENT: frozenset({None, PaymentStep.ACCEPTED, PaymentStep.RETURNED}),
    PaymentStep.RETURNED: frozenset({PaymentStep.SENT, PaymentStep.PAID}),
    PaymentStep.PAID: frozenset({None, PaymentStep.ACCEPTED, PaymentStep.SENT, PaymentStep.RETURNED}),
}
"""After which step each can come; None is the offer itself."""

NEEDS_METHOD = frozenset({PaymentStep.SENT, PaymentStep.PAID})


def check_payment(remedy: Remedy, event: PaymentMoved, today: date) -> None:
    """Raises `Refused` where this cannot be said of the money."""
    if not remedy.is_money:
        raise Refused("Only money is followed in this way", "which")
    again = remedy.reopened_on is not None and event.step in (PaymentStep.SENT, PaymentStep.PAID)
    if remedy.payment not in _BEFORE[event.step] and not (again and remedy.done_on is None):
        raise Refused(say("That cannot come next for remedy %(number)s", number=remedy.number), "step")
    if event.on > today:
        raise Refused("The day cannot be in the future", "on")
    _check_method(remedy, event)
    if event.step is PaymentStep.PAID and not event.words.strip():
        raise Refused("Say how you know that it was paid", "words")
    if event.step is PaymentStep.REFUSED and not event.words.strip():
        raise Refused("Write what the resident said", "words")


def _check_method(remedy: Remedy, event: PaymentMoved) -> None:
    if event.step in NEEDS_METHOD and event.method is None:
        raise Refused("Choose how it is paid", "method")
    to_rent = event.method is PaymentMethod.RENT_ACCOUNT
    if to_rent and not remedy.terms.set_off:
        raise Refused("The letter did not say that it would go to the rent account: pay it to the resident", "method")
    if remedy.terms.set_off and event.step in NEEDS_METHOD and not to_rent:
        raise Refused("The letter says that it goes against arrears of rent: choose the rent account", "method")
