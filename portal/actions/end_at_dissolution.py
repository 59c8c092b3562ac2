"""A parliament is dissolved or a council elected anew: elected offices act no more, all in one act.

What elected people may be told rests on the office that they hold (Data Protection Act 2018, schedule 1, paragraph 23).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.offices import check_dissolution, ends_at
from portal.domain.permissions import Action, Actor, Role, may
from portal.domain.refusal import Refused
from portal.domain.representation import ELECTED, with_number
from portal.domain.representative_events import AuthorityEnded
from portal.domain.representative_kinds import WhyEnded
from portal.records import office_cases, offices
from portal.records.access import revoke_representative_codes
from portal.records.history import append, open_case
from portal.records.models import Dissolution, Office, RepresentativeRow


def end_at_dissolution(
    session: Session, actor: Actor, office_ids: Collection[int], *, ends_on: date, reason: str, now: datetime
) -> Dissolution:
    """End the access of every member from that day on, and every authority of the offices with it.

    Where the day is still to come, authorities last until the day before it. Residents are told by staff, who get
    the list of them. That holds for the cases too that whoever does it may not see: an office ends everywhere.
    """
    decision = may(actor, Action.END_AT_DISSOLUTION)
    if not decision or actor.landlord is None:
        raise Refused(decision.reason)
    check_dissolution(office_ids, reason)
    chosen = offices.chosen(session, actor, office_ids)
    if {each.id for each in chosen} != set(office_ids) or any(each.kind not in ELECTED for each in chosen):
        raise Refused("Choose from the elected offices", "offices")
    act = Dissolution(
        landlord=actor.landlord,
        ends_on=ends_on,
        reason=reason,
        office_ids=sorted(office_ids),
        done_at=now,
        done_by_id=actor.user_id,
    )
    session.add(act)
    session.flush()
    for office in chosen:
        _end_members(session, actor, office, act, now)
    for row in office_cases.represented_by(session, actor, office_ids):
        _end_authority(session, actor, row, act, now)
    return act


def _end_members(session: Session, actor: Actor, office: Office, act: Dissolution, now: datetime) -> None:
    until = ends_at(act.ends_on, now)
    ending = [each for each in office.members if each.ends_at is None or each.ends_at > until]
    for member in ending:
        member.ends_at, member.ended_by_id, member.why_ended = until, actor.user_id, act.reason
        member.dissolution_id = act.id
    if until <= now:
        offices.end_sessions(session, ending)


def _end_authority(session: Session, actor: Actor, row: RepresentativeRow, act: Dissolution, now: datetime) -> None:
    """At once, or with the day before the dissolution: an authority lasts to the end of its last day."""
    number, today = row.number, now.date()
    portal = Actor(Role.SYSTEM, landlord=row.landlord)
    file = open_case(session, row.complaint.reference, portal, landlords.rules_for, for_update=True)
    if act.ends_on <= today:
        over = AuthorityEnded(number=number, ended_on=today, why=WhyEnded.OUT_OF_OFFICE, words=act.reason)
        append(session, file, over, by=actor, at=now)
        revoke_representative_codes(session, file.row, number, now)
        return
    authority, last_day = with_number(file.case.representatives, number).authority, act.ends_on - timedelta(days=1)
    if authority and (authority.expires_on is None or authority.expires_on > last_day):
        append(session, file, replace(authority, expires_on=last_day), by=actor, at=now)
