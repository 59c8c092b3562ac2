"""What is recorded of the files of a complaint."""

from __future__ import annotations

from dataclasses import dataclass

from portal.domain.events import Event, content, event
from portal.domain.evidence import FileKind, FileState, WhyRefused


@event("evidence_added")
@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAdded(Event):
    """A file was added. It is looked at before it is shown.

    By the resident, by the member of staff `by_staff`, or by the representative with that number. `authority_of` is
    the number of the representative for whom it is meant to show that they may act: a form, a letter, a power, a grant.
    """

    evidence_id: str
    file_kind: FileKind
    size: int
    digest: str
    by_staff: int | None = None
    representative: int | None = None
    authority_of: int | None = None
    name: str = content()


@event("evidence_checked")
@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceChecked(Event):
    """A file was looked at: it is kept, or refused and deleted."""

    evidence_id: str
    state: FileState
    why_refused: WhyRefused | None = None


@event("evidence_removed")
@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRemoved(Event):
    """Whoever added a file took it back. What was in it is deleted; that it was there stays on record."""

    evidence_id: str
