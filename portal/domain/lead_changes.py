"""What becomes of a case when another member leads the group, or nobody does: nobody takes over what another told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from portal.domain import group as group_of
from portal.domain.events import ComplaintReceived, Link, Person, ReplyBy
from portal.domain.group_events import LeadChanged, LeadLeft, MemberJoined
from portal.domain.interpreting import NOT_SAID

if TYPE_CHECKING:  # the case is folded with what is here
    from portal.domain.case import Case


def changed(case: Case, event: LeadChanged) -> Case:
    """Whoever led is a member like others, and whoever leads now sees nothing that the other told."""
    former = None if event.former is None else _as_former(case, event.former, event.changed_on)
    group = group_of.led_by(case.group, event, former)
    joined = group_of.with_number(group, event.number).joined
    told = replace(
        _nobodys(case.received, group),
        person=joined.person,
        reply_by=joined.reply_by,
        safe_contact=joined.safe_contact,
    )
    asked = group_of.with_number(group, event.number).adjustments
    return replace(
        _left_behind(case, event.former or group_of.FIRST_LEAD),
        received=told,
        adjustments=asked,
        group=group,
        lead_changed=event,
    )


def left(case: Case, event: LeadLeft) -> Case:
    group = group_of.led_by(case.group, event, None)
    gone = replace(_nobodys(case.received, group), reply_by=ReplyBy.NONE, safe_contact=())
    return replace(
        _left_behind(case, group_of.FIRST_LEAD), received=gone, adjustments=(), group=group, lead_changed=event
    )


def _nobodys(received: ComplaintReceived, group: group_of.Group) -> ComplaintReceived:
    """What was received with what the group was told of it, and nothing of whoever told it."""
    return replace(
        received,
        person=Person(),
        what_happened=group.formed.matter,
        outcome_wanted="",
        link=Link.NOT_SAID,
        link_from=None,
        link_until=None,
        adjustments=(),
        adjustment_words="",
        interpreting=NOT_SAID,
    )


def _left_behind(case: Case, former: int) -> Case:
    """The case without what is the former lead's alone. Staff still find it in the record."""
    return replace(
        case,
        conditions=(),
        evidence=tuple(replace(each, of_former_lead=each.by_staff is None) for each in case.evidence),
        referrals=tuple(each if each.told_to is not None else replace(each, told_to=former) for each in case.referrals),
        representatives=tuple(replace(each, of_former_lead=True) for each in case.representatives),
        last_from_us=None,
        contact_changed=None,
        contact_to_check=False,
        joined=None,
        moved_by_joining=False,
    )


def _as_former(case: Case, number: int, on: date) -> group_of.Member:
    """Whoever led until now, as a member of the group with this number."""
    received = case.received
    before = next((each for each in (case.group.members if case.group else ()) if each.number == number), None)
    joined = MemberJoined(
        number=number,
        joined_on=before.joined.joined_on if before else on,
        channel=before.joined.channel if before else received.channel,
        reply_by=received.reply_by,
        person=received.person,
        safe_contact=received.safe_contact,
    )
    letters = before.letters if before else ()
    return group_of.Member(joined=joined, adjustments=case.adjustments, letters=letters)
