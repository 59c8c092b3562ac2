"""What staff do in the demonstration about complaints that belong together and stay two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from portal.actions.end_link import end_link
from portal.actions.link_complaints import link_complaints
from portal.demo.story import Story
from portal.domain.linking_events import LinkKind
from portal.domain.new_issue import Answers
from portal.domain.submission import Submission


def split_off(story: Story) -> Iterator[date]:
    """The resident tells of something else, which becomes a complaint of its own that is linked to the first."""
    story.receive()
    story.assign()
    yield story.later(1)
    story.acknowledge()
    story.raise_issue()
    yield story.later(1)
    story.decide_issue(
        Answers(
            related=False,
            why_related="Another team looks after the lights.",
            reason="The lights are looked after by another team, so this is answered by itself and in its own time.",
        )
    )


def told_again(story: Story) -> Iterator[date]:
    """The same person tells of it again: linked by mistake as related, undone, and marked as the same matter."""
    story.receive()
    first = story.reference
    story.assign()
    yield story.later(1)
    story.acknowledge()
    yield story.later(2)
    story.receive(change=_still)
    again = story.reference
    _link(story, again, first, LinkKind.RELATED)
    story.file = end_link(
        story.session,
        story.office.lead,
        again,
        first,
        kind=LinkKind.RELATED,
        reason="It is more than related: it is the same leak.",
        now=story.now,
    )
    _link(story, again, first, LinkKind.SAME_MATTER)


def _still(submission: Submission) -> Submission:
    return replace(submission, what_happened=f"It is still not put right. {submission.what_happened}")


def _link(story: Story, one: str, other: str, kind: LinkKind) -> None:
    story.file = link_complaints(
        story.session,
        story.office.lead,
        one,
        other,
        kind=kind,
        reason="Both are about the same repair.",
        now=story.now,
    )
