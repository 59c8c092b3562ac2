"""Two complaints of one person about the same matter become one case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import admit_lateness, open_both
from portal.domain.adjustments import lasting
from portal.domain.case import Case
from portal.domain.coming_along import adjustments_along, recorded_of, representatives_along, taken_in
from portal.domain.events import Event
from portal.domain.joining import acting, check_joining, check_words
from portal.domain.joining_events import ComplaintJoined, ComplaintTakenIn
from portal.domain.permissions import Action, Actor
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.domain.representative_kinds import Standing
from portal.post.asking import ask_whoever_can_be
from portal.post.letters import moved, release_held_back, write_letter, write_to_representative
from portal.post.ways import way_to
from portal.records import joined_codes, links
from portal.records.adjustments import remember
from portal.records.history import CaseFile, append
from portal.records.models import Channel


def join_complaints(
    session: Session,
    actor: Actor,
    reference: str,
    other_reference: str,
    *,
    reason: str,
    identity_check: str,
    points: Sequence[str] = (),
    secret_key: str,
    now: datetime,
    version: int | None = None,
    other_version: int | None = None,
) -> CaseFile:
    """The case that goes on: of the two, the one that was received first, whichever is given as the other.

    Every date counts from that receipt, and the answer from the first acknowledgement of the two. The other complaint
    stays as it is, readable, and leads here; its files, messages and letters stay with it. `points` are those that
    somebody reads in its words and that the definition of this one lacks.
    """
    check_words(reason, identity_check)
    if reference == other_reference:
        raise Refused("Give the reference of the other complaint", "other")
    both = open_both(session, actor, Action.JOIN_COMPLAINTS, reference, other_reference, version, other_version)
    kept, other = sorted(both, key=lambda each: (each.case.received.received_on, each.row.id))
    check_joining(kept.case, other.case)
    for each in both:
        admit_lateness(session, each, now)
    before, on = kept.case, now.date()
    event = taken_in(before, other.case, other.rules, on, points)
    event = replace(event, reason=reason, identity_check=identity_check)
    joined = ComplaintJoined(into_reference=kept.row.reference, joined_on=on, reason=reason)
    for happened in (event, *_along(before, other.case, on)):
        append(session, kept, happened, by=actor, at=now)
    append(session, other, joined, by=actor, at=now)
    _lead_here(session, kept, other, event, now)
    _tell(session, kept, other, by=actor, at=now)
    _ask(session, before, kept, secret_key, by=actor, at=now)
    return kept


def _along(kept: Case, other: Case, on: date) -> list[Event]:
    """What comes along as events of its own, so that whatever acts on them needs to know of no joining."""
    adjustments = [each for record in adjustments_along(kept, other) for each in recorded_of(record, other)]
    safety = [other.safety] if other.safety and not kept.safety else []
    return [*representatives_along(kept, other, on), *adjustments, *safety]


def _lead_here(session: Session, kept: CaseFile, other: CaseFile, event: ComplaintTakenIn, now: datetime) -> None:
    """Codes of representatives open this case. The resident's do so only where how they are reached came with them:
    elsewhere the resident has a code for this one, and whoever has one for the other goes on reading the other.
    """
    numbers = dict(enumerate(event.representatives, start=1))
    joined_codes.move_representatives(session, other.row, kept.row, numbers)
    links.end_all_links(session, other.row, now)
    if event.contact_taken:
        joined_codes.put_in_place(session, other.row, kept.row)
        links.end_links(session, kept.row, now)
    for file in (kept, other):
        goes_on = file is kept and bool(lasting(file.case.adjustments))
        remember(session, file.row, file.case.received.person, lasting=goes_on)


def _tell(session: Session, kept: CaseFile, other: CaseFile, *, by: Actor, at: datetime) -> None:
    """Everybody who is told of either: at an address that the resident gave for the other, for the last time."""
    if not kept.case.contact_to_check:
        release_held_back(session, kept, by=by, at=at)
    for one in acting(kept.case.representatives):
        if one.standing(at.date()) is not Standing.EXPIRED:
            write_to_representative(session, kept, LetterKind.COMPLAINTS_JOINED, one.number, by=by, at=at)
    safe = replace(other.case.received, safe_contact=kept.case.received.safe_contact)
    there = replace(other.case, received=safe)
    given = replace(kept.case, contact_to_check=False)  # what waits to be checked has not moved
    if moved(there, given) and way_to(there)[0] is not Channel.PAGE:
        write_letter(session, kept, LetterKind.MOVED_BY_JOINING, by=by, at=at, reached_as=there)
    write_letter(session, kept, LetterKind.COMPLAINTS_JOINED, by=by, at=at)


def _ask(session: Session, before: Case, kept: CaseFile, secret_key: str, *, by: Actor, at: datetime) -> None:
    """Whoever waits to be allowed to act: links that were sent led to the other complaint, or to another address."""
    contact_taken = kept.case.taken_in[-1].contact_taken
    for one in kept.case.representatives:
        came_along = one.number > len(before.representatives)
        if (came_along or contact_taken) and one.standing(at.date()) is Standing.WAITING:
            ask_whoever_can_be(session, kept, one, secret_key=secret_key, by=by, at=at)
