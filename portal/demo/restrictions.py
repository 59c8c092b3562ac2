"""Contact that is restricted in the demonstration: decided, appealed against, looked at again and ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from portal.actions.decide_appeal import decide_appeal
from portal.actions.record_appeal import record_appeal
from portal.actions.restrict_contact import restrict_contact
from portal.actions.review_restriction import review_restriction
from portal.demo.story import Story
from portal.domain.restriction_kinds import ContactLimit, Disability, RestrictionOutcome
from portal.domain.restrictions import RestrictionWish


def restricted(story: Story) -> Iterator[date]:
    """Shouting on the telephone: calls at set times, an appeal that keeps it, and the end at the first review."""
    story.receive()
    yield story.later(1)
    story.assign()
    yield story.later(1)
    story.acknowledge()
    _restrict(story)
    yield story.later(2)
    record_appeal(
        story.session, story.office.lead, story.reference, 1, appealed_on=story.now.date(), words="", now=story.now
    )
    yield story.later(2)
    _decide(story)
    yield story.later(5)
    _end(story)


def _restrict(story: Story) -> None:
    wish = RestrictionWish(
        limits=(ContactLimit.CALLS_AT_SET_TIMES,),
        terms="We call you on Tuesdays and Fridays at ten. Please do not call about this complaint meanwhile.",
        reason="In three calls our staff were shouted at and called names, and could not answer your questions.",
        evidence="Calls of the last two weeks, with the notes of both people who took them.",
        equality="Asked whether anything would make calls easier: nothing was wanted. Letters and visits stay.",
        disability=Disability.NO_SIGN,
        review_on=story.now.date() + timedelta(days=60),
        ends_on=None,
    )
    story.file = restrict_contact(story.session, story.office.lead, story.reference, wish, now=story.now)


def _decide(story: Story) -> None:
    story.file = decide_appeal(
        story.session,
        story.office.reviewer,
        story.reference,
        1,
        outcome=RestrictionOutcome.KEPT,
        words="The notes of the calls bear it out. Two calls a week are enough for what is still to be said.",
        review_on=story.now.date() + timedelta(days=7),
        now=story.now,
    )


def _end(story: Story) -> None:
    story.file = review_restriction(
        story.session,
        story.office.lead,
        story.reference,
        1,
        outcome=RestrictionOutcome.ENDED,
        words="The last calls went well. Thank you for that.",
        now=story.now,
    )
