"""What staff do in the demonstration about one matter that was told twice, and about who may see a complaint."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from portal.actions.choose_area import choose_area
from portal.actions.join_complaints import join_complaints
from portal.actions.lift_restriction import lift_restriction
from portal.actions.restrict_complaint import restrict_complaint
from portal.actions.undo_joining import undo_joining
from portal.demo.story import Story
from portal.domain.submission import Submission


def told_twice(story: Story) -> Iterator[date]:
    """Somebody complains twice in two days: joined, undone by mistake, and joined for good."""
    story.receive()
    first = story.reference
    yield story.later(1)
    story.receive(change=_from_another_address)
    second = story.reference
    _join(story, first, second)
    undo_joining(
        story.session,
        story.office.lead,
        second,
        reason="I thought that it was about another flat.",
        secret_key=secrets.token_hex(),
        now=story.now,
    )
    yield story.later(1)
    _join(story, first, second)
    story.reference = first
    story.assign()
    story.acknowledge()


def seen_by_few(story: Story) -> Iterator[date]:
    """A complaint about somebody's neighbour on the team is kept among few for two days, and its area is put right."""
    story.receive()
    lead, landlord = story.office.lead, story.office.landlord
    let_in = [story.office.handlers[0].user_id or 0]
    why = "It is about somebody who works beside the team."
    story.file = restrict_complaint(story.session, lead, story.reference, let_in, reason=why, now=story.now)
    yield story.later(2)
    why = "They work elsewhere now."
    story.file = lift_restriction(story.session, lead, story.reference, reason=why, now=story.now)
    elsewhere = next((each.key for each in landlord.areas if each.key != story.case.area), None)
    if elsewhere:
        story.file = choose_area(story.session, lead, story.reference, elsewhere, now=story.now)
    story.assign()


def kept_among_few(story: Story) -> Iterator[date]:
    """One that stays so."""
    story.receive()
    yield story.later(1)
    let_in = [story.office.handlers[0].user_id or 0]
    why = "It names a member of the team."
    story.file = restrict_complaint(
        story.session, story.office.lead, story.reference, let_in, reason=why, now=story.now
    )


def _from_another_address(submission: Submission) -> Submission:
    return replace(submission, person=replace(submission.person, email="from.work@example.com"))


def _join(story: Story, first: str, second: str) -> None:
    story.file = join_complaints(
        story.session,
        story.office.lead,
        first,
        second,
        reason="Both are about the same repair.",
        identity_check="The same name, home and phone number; called them.",
        secret_key=secrets.token_hex(),
        now=story.now,
    )
