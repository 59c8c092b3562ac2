"""What happened to a case: read it, begin it, add to it.

The only writer of events, and of the columns that the queue shows.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from portal.domain import folding, remedies, restrictions
from portal.domain.acting_tasks import check_on
from portal.domain.adjustment_events import ConditionTold
from portal.domain.adjustments import all_have_ended, next_review, to_decide
from portal.domain.case import Case, Rules
from portal.domain.days_off import with_days
from portal.domain.events import ComplaintReceived, Event, Person, Recorded, moved_on
from portal.domain.messages import waiting
from portal.domain.owed import next_owed
from portal.domain.permissions import Actor, Role, may_see
from portal.domain.referrals import owed, to_notice
from portal.domain.refusal import StaleVersion
from portal.domain.registers import entries_of
from portal.domain.updates import update_due
from portal.domain.whose_turn import answer_is_known, waits_for_resident
from portal.records import chain, codec, registers, representatives, search
from portal.records.calendars import days_in
from portal.records.database import CHANGED_MEANWHILE, INSERTS
from portal.records.models import ChainHead, ComplaintRow, EventContent, EventRow

RulesFor = Callable[[str, date], Rules]
"""The rules of a landlord for a complaint received on a day."""

COPIED_AS = 6
"""Raised with every change of `columns_of` or of what search finds: `portal migrate` then makes older copies anew."""

_HEADS = "chain heads of this unit of work"


class NotFound(LookupError):
    """No such complaint, as far as this actor may know."""


@dataclass(slots=True)
class CaseFile:
    """An open case. `version` is the number of its last event; `append` keeps everything here fresh."""

    row: ComplaintRow
    case: Case
    rules: Rules
    recorded: tuple[Recorded, ...]

    @property
    def version(self) -> int:
        return self.recorded[-1].number


def open_case(
    session: Session,
    reference: str,
    actor: Actor,
    rules_for: RulesFor,
    *,
    for_update: bool = False,
    version: int | None = None,
) -> CaseFile:
    """The case with its history, in two statements.

    `version` is that of the page which the actor is answering. Raises `NotFound` where the actor
    may not see the case, exactly as where there is none, and `StaleVersion` where it has moved on.
    """
    if not reference.isprintable():
        raise NotFound("not a reference")  # PostgreSQL cannot even be asked for a text with a NUL in it
    query = _OF_REFERENCE if actor.role is Role.SYSTEM else _OURS
    asked = {"reference": reference, "ours": actor.landlord or ""}
    row = session.scalar(query.with_for_update() if for_update else query, asked)
    if row is None or not may_see(actor, row):
        raise NotFound(reference)
    file = opened(session, row, rules_for)
    if version is not None and moved_on(file.recorded, version):
        raise StaleVersion(CHANGED_MEANWHILE)
    return file


def opened(session: Session, row: ComplaintRow, rules_for: RulesFor) -> CaseFile:
    """The case of a row that has been found and may be seen."""
    recorded = _history(session, row)
    case = folding.fold(row.reference, row.landlord, recorded)
    return CaseFile(row, case, _rules(row, rules_for), recorded)


def _rules(row: ComplaintRow, rules_for: RulesFor) -> Rules:
    """With the days that administrators have added to the calendar, which come with the row."""
    return with_days(rules_for(row.landlord, row.received_on), days_in(row.days_off))


def begin_case(
    session: Session,
    landlord: str,
    reference: str,
    event: ComplaintReceived,
    *,
    by: Actor,
    at: datetime,
    rules_for: RulesFor,
) -> CaseFile:
    """A new case whose first event is that the complaint was received."""
    recorded = Recorded(number=1, at=at, by_role=by.role, by_id=by.user_id, event=event)
    case = folding.begin(reference, landlord, recorded)
    head = _locked_head(session, landlord)
    rules = with_days(rules_for(landlord, event.received_on), days_in(head.days_off))
    row = ComplaintRow(reference=reference, landlord=landlord, version=1, changed_at=at, **columns_of(case, rules))
    session.add_all([row, search.first_entry(row, event)])
    _store(session, row, recorded, head)
    if entries := entries_of(case):
        registers.copy(session, row, entries)
    return CaseFile(row, case, rules, (recorded,))


def append(session: Session, file: CaseFile, event: Event, *, by: Actor, at: datetime) -> None:
    """Add an event to a case. Raises `Refused` where it is unlawful there; nothing is stored then."""
    recorded = Recorded(number=file.version + 1, at=at, by_role=by.role, by_id=by.user_id, event=event)
    before, case = file.case, folding.after(file.case, recorded)
    head = _locked_head(session, file.row.landlord)
    file.case, file.recorded = case, (*file.recorded, recorded)
    file.row.version, file.row.changed_at = recorded.number, at
    for name, value in columns_of(file.case, file.rules).items():
        setattr(file.row, name, value)
    _store(session, file.row, recorded, head)
    if (entries := entries_of(case)) != entries_of(before):
        registers.copy(session, file.row, entries)
    if case.representatives is not before.representatives:
        representatives.copy(session, file.row, case.representatives)
    if search.can_be_found_by(event):
        search.copy(session, file.row, (each.event for each in file.recorded))


def erase(session: Session, file: CaseFile, kind: type[Event], *, at: datetime) -> None:
    """Forget what was written in the case's events of this kind. That they happened stays, and the chain verifies."""
    _erase(session, file.row.id, kind, at)
    file.recorded = _history(session, file.row)
    file.case = folding.fold(file.row.reference, file.row.landlord, file.recorded)
    search.copy(session, file.row, (each.event for each in file.recorded))
    registers.copy(session, file.row, entries_of(file.case))


def _erase(session: Session, complaint_id: int, kind: type[Event], at: datetime) -> None:
    of_case = select(EventRow.id).where(EventRow.complaint_id == complaint_id, EventRow.kind == kind.kind)
    session.execute(
        update(EventContent)
        .where(EventContent.event_id.in_(of_case), EventContent.erased_at.is_(None))
        .values(key=None, body=None, erased_at=at),
        execution_options={"synchronize_session": "fetch"},
    )


def forget_conditions(session: Session, file: CaseFile, *, at: datetime) -> None:
    """Once no adjustment is kept to and none waits: what was told about somebody's health explains nothing any more.

    In complaints that were joined to this one neither. UK GDPR, Article 5(1)(e).
    """
    if not all_have_ended(file.case.adjustments):
        return
    if file.case.conditions:
        erase(session, file, ConditionTold, at=at)
    for row, _, _ in _joined_to(session, file.case):
        _erase(session, row.id, ConditionTold, at)


def joined_to(session: Session, case: Case, rules_for: RulesFor) -> list[CaseFile]:
    """The complaints that go on in this one, those first that were joined to it and then those that were to them.

    Two statements for each such generation, none where nothing was joined.
    """
    return [
        CaseFile(row, other, _rules(row, rules_for), recorded) for row, other, recorded in _joined_to(session, case)
    ]


def with_references(
    session: Session, references: Sequence[str], rules_for: RulesFor, *, for_update: bool = False
) -> list[CaseFile]:
    """These complaints in this order, in two statements; whoever asks has seen to it that they may be read."""
    read = _with_references(session, references, for_update=for_update)
    return [CaseFile(row, case, _rules(row, rules_for), recorded) for row, case, recorded in read]


def where_it_goes_on(session: Session, case: Case) -> Case:
    """The case itself, or that in which it goes on since it was joined to another."""
    while case.joined_into:
        ((_, case, _),) = _with_references(session, [case.joined_into.into_reference])
    return case


def _joined_to(session: Session, case: Case) -> list[_Read]:
    references, found = [each.other_reference for each in case.taken_in], []
    while references:
        generation = _with_references(session, references)
        found += generation
        references = [each.other_reference for _, other, _ in generation for each in other.taken_in]
    return found


_Read = tuple[ComplaintRow, Case, tuple[Recorded, ...]]


def _with_references(session: Session, references: Sequence[str], *, for_update: bool = False) -> list[_Read]:
    """These complaints in this order."""
    query = _OF_REFERENCES.order_by(ComplaintRow.id).with_for_update() if for_update else _OF_REFERENCES
    rows = {row.reference: row for row in session.scalars(query, {"references": references})}
    read: dict[int, list[Recorded]] = {row.id: [] for row in rows.values()}
    for complaint_id, *columns in session.execute(_HISTORIES, {"complaints": list(read)}):
        read[complaint_id].append(_recorded(*columns))
    return [
        (row, folding.fold(row.reference, row.landlord, read[row.id]), tuple(read[row.id]))
        for row in (rows[each] for each in references)
    ]


def columns_of(case: Case, rules: Rules) -> dict[str, Any]:
    """What the queue shows of a case: always a copy of the fold."""
    due = next_owed(case, rules)
    by_law = [each for referral in case.referrals for each in owed(referral, rules.calendar)]
    undecided, review_on = _undecided(case), _review_on(case)
    unnoticed = [each for referral in case.referrals for each in to_notice(referral, rules.calendar)]
    return {
        "copied_as": COPIED_AS,
        "stage": case.stage,
        "status": case.status,
        "is_open": case.is_open,
        "received_on": case.received.received_on,
        "channel": case.received.channel,
        "policy_in_force_from": rules.policy.in_force_from,
        "due_on": due.on if due else None,
        "due_key": due.key if due else None,
        "handler_id": case.handler_id,
        "area": case.area,
        "restricted_to": case.restricted_to,
        **columns_of_person(case.received.person),
        "flags": case.flags,
        "adjustments_asked": bool(case.everybodys_adjustments) or case.received.adjustments_asked,
        "messages_waiting": bool(waiting(case.messages)),
        "adjustments_to_decide": undecided,
        "adjustments_review_on": review_on,
        "adjustment_due_on": case.received.received_on if undecided else review_on,
        "waits_for_resident": waits_for_resident(case),
        "answer_is_known": answer_is_known(case),
        "safety_building": case.safety_building,
        "law_due_on": min((each.due for each in by_law), default=None),
        "law_notice_at": min((each.passes_at for each in unnoticed), default=None),
        "authority_check_on": check_on(case),
        "restriction_due_on": restrictions.next_to_see_to(case.contact_restrictions),
        "remedy_due_on": remedies.next_due(case.remedies),
        "remedy_notice_on": remedies.next_to_tell(case.remedies),
        "update_due_on": update_due(case, rules),
        "ombudsman_since": case.ombudsman.since if case.ombudsman else None,
        "ombudsman_due_on": case.ombudsman.next_due if case.ombudsman else None,
    }


def _undecided(case: Case) -> bool:
    """Whether an adjustment waits for a decision; of a complaint that was joined to another it waits there."""
    return bool(to_decide(case.everybodys_adjustments)) and not case.joined_into


def _review_on(case: Case) -> date | None:
    """Adjustments of a complaint that was joined to another are reviewed there."""
    if case.joined_into:
        return None
    return next_review(case.everybodys_adjustments, case.escalation.requested_on if case.escalation else None)


def columns_of_person(person: Person) -> dict[str, Any]:
    """Those of them that say who it is from."""
    home = (" ".join(each.split()) for each in (person.address, person.postcode))
    return {"resident_name": person.name, "home": ", ".join(filter(None, home))}


# Made once: to make a query takes as long as to ask it. Of events their columns are enough, as none is changed.
_OF_REFERENCE = select(ComplaintRow).where(ComplaintRow.reference == bindparam("reference"))
_OURS = _OF_REFERENCE.where(ComplaintRow.landlord == bindparam("ours"))
_OF_REFERENCES = select(ComplaintRow).where(ComplaintRow.reference.in_(bindparam("references", expanding=True)))
_EVENTS = (
    select(
        EventRow.number,
        EventRow.at,
        EventRow.by_role,
        EventRow.by_id,
        EventRow.kind,
        EventRow.payload,
        EventContent.body,
    )
    .outerjoin(EventRow.content)
    .order_by(EventRow.number)
)
_HISTORY = _EVENTS.where(EventRow.complaint_id == bindparam("complaint"))
_HISTORIES = _EVENTS.with_only_columns(EventRow.complaint_id, *_EVENTS.selected_columns).where(
    EventRow.complaint_id.in_(bindparam("complaints", expanding=True))
)


def _history(session: Session, row: ComplaintRow) -> tuple[Recorded, ...]:
    return tuple(_recorded(*each) for each in session.execute(_HISTORY, {"complaint": row.id}))


def _recorded(
    number: int, at: datetime, by_role: Role, by_id: int | None, kind: str, payload: Any, body: Any
) -> Recorded:
    return Recorded(number=number, at=at, by_role=by_role, by_id=by_id, event=codec.from_json(kind, payload, body))


def _store(session: Session, complaint: ComplaintRow, recorded: Recorded, head: ChainHead) -> None:
    payload, content = codec.to_json(recorded.event)
    key = secrets.token_bytes(chain.KEY_BYTES)
    row = EventRow(
        landlord=complaint.landlord,
        sequence=head.sequence + 1,
        complaint=complaint,
        number=recorded.number,
        at=recorded.at,
        by_role=recorded.by_role,
        by_id=recorded.by_id,
        kind=recorded.event.kind,
        payload=payload,
        content_digest=chain.digest_of(key, content) if content else None,
        previous_hash=head.hash,
    )
    row.hash = chain.hash_of(row, complaint.reference)
    row.content = EventContent(key=key, body=content) if content else None
    head.sequence, head.hash = row.sequence, row.hash
    session.add(row)


def _locked_head(session: Session, landlord: str) -> ChainHead:
    """The end of the landlord's chain, held against other writers until this unit of work ends.

    Asked for before the case's row is touched: to look for it would write a row that changes again at once.
    """
    heads: dict[str, ChainHead] = session.info.setdefault(_HEADS, {})
    if landlord not in heads:
        found = session.get(ChainHead, landlord, with_for_update=True)
        heads[landlord] = found or _first_head(session, landlord)
    return heads[landlord]


def _first_head(session: Session, landlord: str) -> ChainHead:
    # Two writers may both find no head; the second waits here and then reads the first one's.
    insert = INSERTS[session.get_bind().dialect.name]
    session.execute(insert(ChainHead).values(landlord=landlord, sequence=0, hash=chain.START).on_conflict_do_nothing())
    return session.get_one(ChainHead, landlord, with_for_update=True)
