"""The catalogue of what can happen: stored names stay, and personal words are all marked."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from typing import get_type_hints

import pytest

from portal.domain.events import EVENTS, Event, Person, PointAnswer, content_fields
from portal.domain.partial_date import PartialDate
from tests.domain import cases

# Names under which events are stored for ever. One may be added here; none may be changed.
STORED_NAMES = {
    "complaint_received",
    "complaint_acknowledged",
    "handler_assigned",
    "staff_named",
    "deadline_extended",
    "response_sent",
    "escalation_requested",
    "complaint_declined",
    "complaint_withdrawn",
    "complaint_closed",
    "remedy_completed",
    "limit_missed",
    "letter_written",
    "code_issued",
    "code_requested",
    "adjustment_requested",
    "adjustment_decided",
    "adjustment_applied",
    "adjustment_set_aside",
    "adjustment_reviewed",
    "condition_told",
    "evidence_added",
    "evidence_checked",
    "evidence_removed",
    "message_received",
    "call_back_requested",
    "issue_raised",
    "issue_decided",
    "message_sent",
    "messages_read",
    "contact_changed",
    "contact_confirmed",
    "language_chosen",
    "group_formed",
    "member_joined",
    "member_left",
    "lead_offered",
    "lead_changed",
    "lead_left",
    "member_code_requested",
    "member_contact_changed",
    "member_language_chosen",
    "member_letter",
    "member_code_issued",
    "person_joined",
    "complaint_taken_in",
    "complaint_joined",
    "taking_in_undone",
    "joining_undone",
    "remedy_reported",
    "feedback_given",
    "resident_called",
    "contact_recorded",
    "letter_handed_over",
    "representative_added",
    "authority_asked",
    "authority_recorded",
    "authority_ended",
    "representative_code_issued",
    "representative_language_chosen",
    "letter_copied",
    "part_referred",
    "referral_moved",
    "law_limit_missed",
    "building_safety_judged",
    "request_linked",
    "area_chosen",
    "complaint_restricted",
    "restriction_lifted",
    "complaint_linked",
    "link_ended",
    "remedy_added",
    "remedy_overdue",
    "payment_moved",
    "contact_restricted",
    "contact_restriction_reviewed",
    "contact_restriction_appealed",
    "contact_appeal_decided",
    "mail_filed",
    "interests_declared",
    "override_asked",
    "override_decided",
    "complaint_triaged",
    "vulnerability_told",
    "updates_agreed",
    "check_asked",
    "check_decided",
    "bank_holiday_added",
    "bank_holiday_removed",
    "ombudsman_enquired",
    "ombudsman_evidence_sent",
    "pack_made",
    "ombudsman_directed",
    "ombudsman_determined",
    "ombudsman_order_done",
}

# Free text that holds a key of ours, a digest, or another complaint's reference, and no words of a person.
KEYS = {
    "area",
    "channel",
    "ground",
    "letter_id",
    "digest",
    "rank",
    "earlier_reference",
    "carried_from",
    "evidence_id",
    "new_reference",
    "petition",
    "from_request",
    "service_reference",
    "copy_of",
    "earlier",
    "other_reference",
    "into_reference",
    "joined_from",
    "mail_id",
    "holiday",
}

EVERY = pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)


def test_stored_names_stay() -> None:
    assert set(EVENTS) == STORED_NAMES


@EVERY
def test_whatever_a_person_wrote_stands_outside_the_chain(event: type[Event]) -> None:
    outside = {each.name for each in content_fields(event)}
    for name, kind in get_type_hints(event).items():
        words = kind in (str, str | None, tuple[str, ...], Person, tuple[PointAnswer, ...])
        if words and name not in KEYS and name != "kind":
            assert name in outside, f"mark {event.__name__}.{name} with content()"


@EVERY
def test_content_has_a_default_so_that_a_case_folds_after_erasure(event: type[Event]) -> None:
    assert all(each.default is not MISSING for each in content_fields(event))


@EVERY
def test_an_event_cannot_be_changed(event: type[Event]) -> None:
    assert event.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert fields(event) is not None


def test_two_events_may_not_share_a_name() -> None:
    from portal.domain.events import event

    with pytest.raises(AssertionError, match="two events are called code_issued"):
        event("code_issued")(Event)


def test_a_case_still_folds_when_every_word_is_gone() -> None:
    whole = cases.case_of(
        cases.received(date(2026, 6, 10), happened_on=PartialDate(2026)),
        cases.acknowledged(date(2026, 6, 15)),
        cases.answered(date(2026, 6, 29)),
    )
    told = (whole.received, whole.now.acknowledged, whole.now.response)
    erased = cases.case_of(*(without_content(each) for each in told if each))
    assert erased.position == whole.position
    assert erased.received.received_on == whole.received.received_on
    assert erased.received.what_happened == ""


def without_content(event: Event) -> Event:
    outside = {each.name for each in content_fields(type(event))}
    kept = {each.name: getattr(event, each.name) for each in fields(event) if each.name not in outside}
    return type(event)(**kept)
