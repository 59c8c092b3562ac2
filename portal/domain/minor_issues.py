"""A minor issue that was settled there and then, where the landlord's policy logs such things.

It says nothing of whom it was about: there is no field for that. It cannot be kept before they were offered the choice
to complain, because whoever is unhappy may have a complaint (Code 1.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.refusal import Refused
from portal.domain.saying import say

LONGEST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MinorIssue:
    """What happened and what was done. `wants_to_complain` is None until it was asked."""

    noticed_on: date
    issue: str
    cause: str
    done: str
    wants_to_complain: bool | None


def check_minor_issue(found: MinorIssue, today: date) -> None:
    """Raises `Refused` where it is not whole, or is a complaint."""
    if found.wants_to_complain is None:
        raise Refused("Ask whether they want to complain, and choose what they said", "offered")
    if found.wants_to_complain:
        raise Refused("Then record it as a complaint, and not here", "offered")
    if found.noticed_on > today:
        raise Refused("The day cannot be in the future", "noticed_on")
    for text, name, asked in (
        (found.issue, "issue", say("Write what the issue was")),
        (found.cause, "cause", say("Write what caused it, as far as you can tell")),
        (found.done, "done", say("Write what was done about it")),
    ):
        if not text.strip():
            raise Refused(asked, name)
        if len(text) > LONGEST:
            raise Refused(say("Use at most %(most)s characters", most=LONGEST), name)
