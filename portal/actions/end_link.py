"""What linked two complaints was a mistake, or holds no more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import admit_lateness, open_both
from portal.domain.linking import link_to
from portal.domain.linking_events import LinkEnded, LinkKind
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, append


def end_link(
    session: Session,
    actor: Actor,
    reference: str,
    other_reference: str,
    *,
    kind: LinkKind,
    reason: str,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Each has its own dates again, whatever was late by then on record as late. That they were linked stays."""
    if not reason.strip():
        raise Refused("Say why they belong together no more", "reason")
    both = open_both(session, actor, Action.LINK_COMPLAINTS, reference, other_reference, version)
    link_to(both[0].case.links, other_reference, kind)
    for file, other in (both, both[::-1]):
        admit_lateness(session, file, now)
        ended = LinkEnded(link=kind, other_reference=other.row.reference, ended_on=now.date(), reason=reason)
        append(session, file, ended, by=actor, at=now)
    return both[0]
