"""What staff do in the demonstration about somebody who is tied to a complaint, and about a second pair of eyes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.actions.ask_for_check import ask_for_check
from portal.actions.ask_for_override import ask_for_override
from portal.actions.assign_handler import assign_handler
from portal.actions.decide_check import decide_check
from portal.actions.decide_override import decide_override
from portal.demo.story import Story
from portal.domain.interest_events import Conflict
from portal.domain.permissions import Actor


def overridden(story: Story) -> Iterator[date]:
    """Two hand it back. That one of them may handle it all the same is refused once and then approved."""
    story.receive()
    yield story.later(1)
    tied = _handed_back(story, Conflict.OWN_WORK, "I ordered the first repair.")
    _asked(story, tied, "They know the home best.", approved=False, why="Somebody else can be told what they know.")
    yield story.later(1)
    known = _handed_back(story, Conflict.KNOWS, "Our children are at the same school.")
    why = "They have seen each other twice in all. The resident was asked, and does not mind."
    _asked(story, known, "Everybody else with the rank is named or away.", approved=True, why=why)
    story.file = assign_handler(
        story.session, story.office.lead, story.reference, known.user_id or 0, no_conflict=True, now=story.now
    )
    yield story.later(1)
    story.acknowledge()


def seen_by_another(story: Story) -> Iterator[date]:
    """An answer is read by somebody else, sent back once, shown again, approved some days later, and sent."""
    story.receive()
    yield story.later(1)
    story.assign()
    story.acknowledge()
    yield story.later(2)
    _shown(story)
    back = "Say in point 1 when we knew of it, and which part of the repairs policy you went by."
    _looked_at(story, approved=False, words=back)
    yield story.later(1)
    _shown(story)
    yield story.later(4)
    _looked_at(story, approved=True, words="Clear and fair.")
    story.respond()


def _shown(story: Story) -> None:
    handler = next(each for each in story.office.handlers if each.user_id == story.case.handler_id)
    story.file = ask_for_check(story.session, handler, story.reference, story.answer(), now=story.now)


def _looked_at(story: Story, *, approved: bool, words: str) -> None:
    reader = next(each for each in story.office.handlers if each.user_id != story.case.handler_id)
    said = {"approved": approved, "words": words, "now": story.now}
    story.file = decide_check(story.session, reader, story.reference, **said)


def _handed_back(story: Story, conflict: Conflict, words: str) -> Actor:
    """Somebody is given it, says nothing ties them to it, and finds out that something does."""
    while True:
        story.assign()
        handler = next(each for each in story.office.handlers if each.user_id == story.case.handler_id)
        if handler is not story.office.lead:
            break
    story.declare(conflict, words)
    return handler


def _asked(story: Story, whom: Actor, reason: str, *, approved: bool, why: str) -> None:
    asks = next(each for each in story.office.handlers if each not in (whom, story.office.lead))
    story.file = ask_for_override(story.session, asks, story.reference, whom.user_id or 0, reason=reason, now=story.now)
    story.file = decide_override(
        story.session, story.office.lead, story.reference, approved=approved, reason=why, now=story.now
    )
