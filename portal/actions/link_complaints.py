"""Two complaints have to do with each other: both say so, and both go on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_both
from portal.domain.linking import check_linking, in_order, linked
from portal.domain.linking_events import LinkKind
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, append


def link_complaints(
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
    """A note in both, or the later one as background of the earlier, whose date then holds for both.

    Whichever is given as the other, the one that reached us first is the earlier. Nobody is written to: each is still
    answered, and no date moves away.
    """
    if reference == other_reference:
        raise Refused("Give the reference of the other complaint", "other")
    file, other = open_both(session, actor, Action.LINK_COMPLAINTS, reference, other_reference, version)
    check_linking(file.case, other.case, kind, reason)
    files = {each.row.reference: each for each in (file, other)}
    earlier, later = (files[each.reference] for each in in_order(file.case, other.case))
    link = linked(earlier.case, later.case, earlier.rules, kind, now.date(), reason)
    append(session, earlier, link.earlier, by=actor, at=now)
    append(session, later, link.later, by=actor, at=now)
    return file
