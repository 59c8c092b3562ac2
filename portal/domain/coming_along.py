"""What comes along from a complaint that is joined to another, and what goes back with it when that is undone.

A representative has the same rights as before: nothing more and nothing less. Nobody whom the resident stopped comes
back, and what was taken from somebody meanwhile is not given back by undoing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from portal.domain.adjustment_events import AdjustmentRequested, AdjustmentReviewed
from portal.domain.adjustment_kinds import Outcome, ReviewOutcome
from portal.domain.adjustments import AdjustmentRecord, next_number
from portal.domain.case import RESPOND, Case, Rules
from portal.domain.deadlines import shown
from portal.domain.events import Event, Flag, Person
from portal.domain.joined import LISTS
from portal.domain.joining import stopped_as, takes_contact
from portal.domain.joining_events import ComplaintTakenIn
from portal.domain.owed import deadlines_of
from portal.domain.representation import Representative, in_order, whole, with_number
from portal.domain.representative_events import AuthorityEnded, AuthorityRecorded, RepresentativeCodeIssued
from portal.domain.representative_kinds import WhyEnded

STAYS_THERE = (Flag.ANONYMOUS, Flag.ANSWER_TO_CHECK, Flag.EARLY_ANSWER)
"""What is no matter of the complaint in which it goes on."""


def taken_in(kept: Case, other: Case, rules: Rules, on: date, points: Sequence[str]) -> ComplaintTakenIn:
    """What is recorded of the other, which is judged by `rules`, but for why and how it is known to be one person."""
    acknowledged, received = other.now.acknowledged, other.received
    lists = lists_along(kept, other, points)
    takes = takes_contact(kept, other)
    return ComplaintTakenIn(
        other_reference=other.reference,
        other_received_on=received.received_on,
        joined_on=on,
        acknowledged_on=acknowledged.acknowledged_on if acknowledged else None,
        answer_due=other.kept_to(
            RESPOND[other.stage], other.now.answer_due(shown(deadlines_of(other, rules))[RESPOND[other.stage]].due)
        ),
        flags=tuple(each for each in other.flags if each not in (*kept.flags, *STAYS_THERE)),
        tied_staff=tuple(sorted(other.tied_staff)),
        named_staff=tuple(each for each in other.named_staff if each not in kept.named_staff),
        representatives=numbers_here(kept, other),
        stopped=stopped_here(kept, other),
        adjustments=tuple(each.number for each in adjustments_along(kept, other)),
        into_definition=kept.now.acknowledged is not None,
        contact_taken=takes,
        reply_by=received.reply_by if takes else None,
        person=received.person if takes else Person(),
        safe_contact=received.safe_contact,
        points=lists["points"],
        outcomes=lists["outcomes"],
        responsible_for=lists["responsible_for"],
        not_responsible_for=lists["not_responsible_for"],
    )


def numbers_here(kept: Case, other: Case) -> tuple[int, ...]:
    """The numbers that the other's representatives get, in their order there."""
    first = len(kept.representatives) + 1
    return tuple(range(first, first + len(other.representatives)))


def stopped_here(kept: Case, other: Case) -> tuple[int, ...]:
    """Those of them who act there, and whom the resident stopped here: here they stay stopped."""
    return tuple(
        number
        for number, one in zip(numbers_here(kept, other), other.representatives, strict=True)
        if not one.ended and stopped_as(one, kept.representatives)
    )


def representatives_along(kept: Case, other: Case, on: date) -> Iterator[Event]:
    """What is recorded here of each of them: who they are, what they may do, whether they have a code, their end."""
    for number, one in zip(numbers_here(kept, other), other.representatives, strict=True):
        yield replace(one.added, number=number, joined_from=other.reference)
        if one.authority:
            yield replace(one.authority, number=number)
        stopped = stopped_as(one, kept.representatives)
        if one.ended:
            yield replace(one.ended, number=number)
        elif stopped and stopped.ended:
            yield replace(stopped.ended, number=number, ended_on=on)
        elif one.has_code:
            yield RepresentativeCodeIssued(number=number, identity_check="")


def back_here(joining: ComplaintTakenIn, on: date, reason: str) -> Iterator[Event]:
    """What is recorded where they came along, once that is undone: nobody of them was ever of this complaint."""
    for number in joining.representatives:
        yield AuthorityEnded(number=number, ended_on=on, why=WhyEnded.JOINING_UNDONE, words=reason)


def back_there(kept: Case, other: Case, joining: ComplaintTakenIn) -> Iterator[AuthorityEnded | AuthorityRecorded]:
    """What is recorded where they came from: what ended or was narrowed meanwhile. Nothing is given more widely."""
    for one, number in zip(other.representatives, joining.representatives, strict=True):
        meanwhile = with_number(kept.representatives, number)
        if one.ended or number in joining.stopped:
            continue
        if meanwhile.ended:
            yield replace(meanwhile.ended, number=one.number)
        elif narrower := _narrowed(one, meanwhile):
            yield narrower


def _narrowed(before: Representative, meanwhile: Representative) -> AuthorityRecorded | None:
    had, has = before.authority, meanwhile.authority
    if had is None or has is None:
        return None
    ends = [each.expires_on for each in (had, has) if each.expires_on]
    left = whole(had.scopes) & whole(has.scopes)
    scopes = had.scopes if left == whole(had.scopes) else in_order(left)
    narrower = replace(had, scopes=scopes, expires_on=min(ends, default=None))
    return None if narrower == had else narrower


def adjustments_along(kept: Case, other: Case) -> tuple[AdjustmentRecord, ...]:
    """What was asked for or agreed there, and is not here already, with the numbers that it gets here."""
    here = {_kind(each) for each in kept.adjustments if not each.has_ended and not _was_declined(each)}
    wanted = [
        each for each in other.adjustments if not each.has_ended and not _was_declined(each) and _kind(each) not in here
    ]
    first = next_number(kept.adjustments)
    return tuple(replace(each, number=number) for number, each in enumerate(wanted, start=first))


def recorded_of(record: AdjustmentRecord, other: Case) -> Iterator[Event]:
    """What is recorded here of one of them. It keeps the day on which it was asked for, and that of its review."""
    yield AdjustmentRequested(
        number=record.number,
        requested_on=record.requested_on,
        requested_by=record.requested_by,
        scope=record.scope,
        carried_from=other.reference,
        adjustment=record.adjustment,
        print_size=record.print_size,
        detail=record.detail,
        interpreting=record.interpreting,
    )
    if record.decided:
        yield replace(
            record.decided,
            number=record.number,
            adjustment=record.adjustment,
            print_size=record.print_size,
            review_on=record.review_on,
        )


def adjustments_back(kept: Case, joining: ComplaintTakenIn, on: date, reason: str) -> Iterator[AdjustmentReviewed]:
    """They end here: there they are as they were."""
    for each in kept.adjustments:
        if each.number in joining.adjustments and not each.has_ended:
            yield AdjustmentReviewed(number=each.number, outcome=ReviewOutcome.ENDED, reviewed_on=on, words=reason)


def _kind(record: AdjustmentRecord) -> tuple[object, ...]:
    return record.adjustment, record.print_size, record.interpreting, " ".join(record.detail.split()).casefold()


def _was_declined(record: AdjustmentRecord) -> bool:
    return record.decided is not None and record.decided.outcome is Outcome.DECLINED


def lists_along(kept: Case, other: Case, points: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What the definition of the kept one lacks of the other's, with the `points` that somebody read in its words."""
    here, there = kept.now.acknowledged, other.now.acknowledged
    found = {}
    for name in LISTS:
        said = (*(getattr(there, name) if there else ()), *(points if name == "points" else ()))
        known = {_plain(each) for each in (getattr(here, name) if here else ())}
        found[name] = tuple(
            {_plain(each): each for each in said if each.strip() and _plain(each) not in known}.values()
        )
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
