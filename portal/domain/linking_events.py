"""What is recorded in both of two complaints that have to do with each other, and when that is undone.

Both go on as complaints of their own. Where two complaints become one case, that is joining.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.events import Event, content, event


class LinkKind(StrEnum):
    """How two complaints have to do with each other.

    RELATED: a note, and nothing else changes. NEW_ISSUE: one began as a new issue of the other (Code 6.8). SAME_MATTER:
    the later one tells of the same matter, and stands as background of the earlier.
    """

    RELATED = "related"
    NEW_ISSUE = "new_issue"
    SAME_MATTER = "same_matter"


@event("complaint_linked")
@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintLinked(Event):
    """This complaint has to do with another one, which says the same of this.

    `held_to` is the last day for the answer that holds here too, because it does there: never a later one than before.
    """

    link: LinkKind
    other_reference: str
    other_received_on: date
    linked_on: date
    held_to: date | None = None
    reason: str = content()


@event("link_ended")
@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEnded(Event):
    """What was linked was a mistake, or holds no more. That it stood stays on record."""

    link: LinkKind
    other_reference: str
    ended_on: date
    reason: str = content()
