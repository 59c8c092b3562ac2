"""Complaints given to somebody, each by itself: what may not be given to that person stays, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.actions.assign_handler import assign_handler
from portal.clock import current_clock
from portal.domain.refusal import Forbidden, Refused, StaleVersion
from portal.records import queries
from portal.records.access_log import Access
from portal.records.queries import NotFound
from portal.web.access import current_actor
from portal.web.access_log import note_access
from portal.web.data import database
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said


@dataclass(frozen=True, slots=True)
class NotAssigned:
    """A complaint that stays where it is, and why."""

    reference: str
    why: str


@dataclass(slots=True)
class Outcome:
    """What became of each."""

    assigned: list[str] = field(default_factory=list)
    refused: list[NotAssigned] = field(default_factory=list)


def assign_each(chosen: Iterable[str], handler_id: int) -> Outcome:
    """Assign what was ticked, each a reference and the version that was looked at with a full stop between.

    Whoever gives them has said that this person has no conflict of interest in any.
    """
    outcome = Outcome()
    for each in chosen:
        reference, _, version = each.partition(".")
        if why := _assigned(reference, int(version), handler_id):
            outcome.refused.append(NotAssigned(reference, why))
        else:
            outcome.assigned.append(reference)
    return outcome


def _assigned(reference: str, version: int, handler_id: int) -> str | None:
    """Assign one, or say why not."""
    given = {"no_conflict": True, "now": current_clock().now(), "version": version}
    try:
        with database().unit_of_work() as session:
            assign_handler(session, current_actor(), reference, handler_id, **given)
    except NotFound:
        return str(_l("It is not there any more."))
    except Refused as no:
        if isinstance(no, StaleVersion) and _has_it(reference, handler_id):
            return None  # the same form was sent twice
        if isinstance(no, Forbidden):
            note_access(Access.REFUSED)
        return said(no.message)
    return None


def _has_it(reference: str, handler_id: int) -> bool:
    with database().session() as session:
        return queries.is_handled_by(session, current_actor(), reference, handler_id)
