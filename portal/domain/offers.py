"""What a remedy needs before it may be offered, and what is asked where the complaint itself was handled late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from portal.domain.case import Case, Rules
from portal.domain.events import RemedyKind, RemedyTerms, Stage
from portal.domain.owed import missed_limits
from portal.domain.policy import Compensation, Key
from portal.domain.refusal import Refused
from portal.domain.remedy_kinds import CompensationHead, OwnDelay
from portal.domain.saying import say

WITHOUT_ACTION = frozenset({RemedyKind.APOLOGY, RemedyKind.ADMIT_FAULT, RemedyKind.EXPLANATION})
"""Remedies that the letter itself carries out: they need no owner and no date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyOffer:
    """One thing that is offered. `owner_id` is a member of staff, `amount_pence` money for one `head`.

    `impact`: what the failing meant for this resident, which the remedy has to reflect (Code 7.2).
    """

    kind: RemedyKind
    words: str
    owner_id: int | None = None
    due: date | None = None
    amount_pence: int | None = None
    head: CompensationHead | None = None
    impact: str = ""
    agreed: bool | None = None
    own_delay: bool = False
    set_off: bool = False

    @property
    def terms(self) -> RemedyTerms:
        """What is promised, without the words."""
        return RemedyTerms(
            kind=self.kind,
            owner_id=self.owner_id,
            due=self.due,
            amount_pence=self.amount_pence,
            head=self.head,
            agreed=self.agreed,
            own_delay=self.own_delay,
            set_off=self.set_off,
        )


def check_offer(remedy: RemedyOffer, on: date, compensation: Compensation | None, number: int = 0) -> None:
    """Raises `Refused` where it is not whole (Code 7.2, 7.3), of the field `remedies-NUMBER-…`."""
    place, name = number + 1, f"remedies-{number}"
    if not remedy.words.strip():
        raise Refused(say("Say what remedy %(number)s is (Code 7.2)", number=place), f"{name}-words")
    if remedy.kind is RemedyKind.MONEY:
        _check_money(remedy, compensation, place, name)
    elif remedy.set_off:
        raise Refused(say("Only money can go against arrears of rent: remedy %(number)s", number=place), f"{name}-kind")
    if remedy.kind in WITHOUT_ACTION:
        return
    if remedy.owner_id is None:
        raise Refused(say("Choose who will carry out remedy %(number)s (Code 7.3)", number=place), f"{name}-owner")
    if remedy.due is None:
        raise Refused(
            say("Give the date by which remedy %(number)s will be done (Code 7.3)", number=place), f"{name}-due"
        )
    if remedy.due < on:
        raise Refused(say("The date of remedy %(number)s has already passed", number=place), f"{name}-due")


def _check_money(remedy: RemedyOffer, compensation: Compensation | None, place: int, name: str) -> None:
    if not remedy.amount_pence:
        raise Refused(say("Give the amount of remedy %(number)s", number=place), f"{name}-amount")
    if remedy.head is None:
        raise Refused(say("Choose what the money of remedy %(number)s is for", number=place), f"{name}-head")
    if not remedy.impact.strip():
        raise Refused(
            say("Say what this meant for the resident: remedy %(number)s has to reflect it (Code 7.2)", number=place),
            f"{name}-impact",
        )
    if remedy.set_off and not (compensation and compensation.set_off):
        raise Refused(
            "The policy does not allow compensation to go against arrears of rent: pay it to the resident",
            f"{name}-set_off",
        )
    most = compensation.most if compensation else None
    if most and remedy.amount_pence > most.pence:
        pounds = f"£{most.pence // 100:,}.{most.pence % 100:02}"
        raise Refused(
            say("The policy allows at most %(most)s (%(rule)s)", most=pounds, rule=most.rule), f"{name}-amount"
        )


def late_and_unanswered(case: Case) -> tuple[Key, ...]:
    """The limits of the complaint's own handling that were missed, and for which no answer has accounted yet."""
    accounted = [stage for stage, record in case.stages.items() if record.response and record.response.own_delay]
    missed = dict.fromkeys(key for key, _ in case.missed)
    return tuple(each for each in missed if _stage_of(each) not in accounted)


def to_account_for(case: Case, rules: Rules, on: date) -> tuple[Key, ...]:
    """The same, with those that have passed by `on` and that nobody has put on record yet."""
    passed = {(each.key, each.basis): each.due for each in missed_limits(case, rules, on)}
    return late_and_unanswered(replace(case, missed={**case.missed, **passed}))


def _stage_of(key: Key) -> Stage:
    return Stage.TWO if key in (Key.ACKNOWLEDGE_STAGE_2, Key.RESPOND_STAGE_2) else Stage.ONE


def check_own_delay(case: Case, remedies: Iterable[RemedyOffer], answer: OwnDelay | None, reason: str) -> None:
    """Raises `Refused` where the complaint was handled late, and nobody says whether anything is offered for that.

    That the handling itself was not put right is among what the Ombudsman finds most (Citizen 202431874).
    """
    offered = any(each.own_delay for each in remedies)
    if answer is None and late_and_unanswered(case):
        raise Refused("The complaint was handled late. Say whether you offer a remedy for that (Code 7.2)", "own_delay")
    if answer is OwnDelay.REMEDY and not offered:
        raise Refused("Mark which of the remedies is for our own delay, or say that none is", "own_delay")
    if answer is OwnDelay.NO_REMEDY and offered:
        raise Refused("One of the remedies is marked as one for our own delay", "own_delay")
    if answer is OwnDelay.NO_REMEDY and not reason.strip():
        raise Refused("Say why no remedy is offered for our own delay", "own_delay_reason")
