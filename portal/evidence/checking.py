"""Looks at the files that have come in, one after the other, away from anybody who waits for a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import structlog

from portal.actions.check_evidence import check_evidence
from portal.domain.evidence import FileKind, FileState, WhyRefused
from portal.domain.refusal import Refused
from portal.evidence.scanner import Scan, Scanner, ScannerAway
from portal.evidence.verdict import Unfit, Verdict
from portal.evidence.workbench import examine
from portal.records import evidence
from portal.records.database import Database
from portal.records.files import NotStored, Store, StoreAway, digest_of, name_of

TRY_AGAIN = timedelta(minutes=2)

log = structlog.get_logger("portal.evidence")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that nobody has looked at."""

    id: UUID
    landlord: str
    kind: FileKind
    digest: str


def check_waiting(
    database: Database,
    store: Store,
    scanner: Scanner | None,
    now: datetime,
    after_each: Callable[[], object] = lambda: None,
) -> int:
    """Look at the files whose time has come. How many were decided; the others are tried again later.

    One file can take minutes, and somebody can send many: `after_each` is when other work gets its turn.
    """
    with database.session() as session:
        rows = evidence.to_check(session, now)
        waiting = [Waiting(row.id, row.landlord, row.kind, row.digest) for row in rows]
    decided = 0
    for each in waiting:
        decided += _check_one(database, store, scanner, each, now)
        after_each()
    return decided


def _check_one(database: Database, store: Store, scanner: Scanner | None, file: Waiting, now: datetime) -> bool:
    try:
        verdict = verdict_on(store, scanner, file)
        with database.unit_of_work() as session:
            return check_evidence(
                session, file.landlord, file.id, verdict.state, verdict.why, verdict.shared_digest, now=now
            )
    except (NotStored, StoreAway, ScannerAway, Refused) as later:
        log.warning("file_not_checked", file=str(file.id), error=type(later).__name__)
    except Exception as unforeseen:  # noqa: BLE001  a full disk, a file that nobody thought of: the others go on
        log.error("file_not_checked", file=str(file.id), error=type(unforeseen).__name__)
    with database.unit_of_work() as session:
        evidence.put_off(session, file.id, now + TRY_AGAIN)
    return False


def verdict_on(store: Store, scanner: Scanner | None, file: Waiting) -> Verdict:
    """Look for viruses first, then open the file. Raises what the store and the scanner raise when they are away."""
    with TemporaryDirectory(prefix="portal-file-") as folder:
        original, copy = Path(folder, "original"), Path(folder, "copy.jpg")
        _fetch(store, file, original)
        scan = scanner.scan(original) if scanner else Scan.NOT_SCANNED
        if scan is Scan.FOUND:
            return Verdict(FileState.REFUSED, WhyRefused.VIRUS)
        try:
            examine(original, file.kind, copy)
        except Unfit as unfit:
            return Verdict(FileState.REFUSED, unfit.why)
        state = FileState.CLEAN if scan is Scan.CLEAN else FileState.UNSCANNED
        return Verdict(state, shared_digest=_keep_copy(store, file, copy))


def _fetch(store: Store, file: Waiting, place: Path) -> None:
    """Bring it here. What is not what was sent has not arrived whole."""
    digest = sha256()
    with place.open("wb") as target:
        for piece in store.read(name_of(file.id, file.digest)):
            digest.update(piece)
            target.write(piece)
    if digest.hexdigest() != file.digest:
        raise NotStored("not what was sent")


def _keep_copy(store: Store, file: Waiting, copy: Path) -> str | None:
    if not copy.exists():
        return None
    with copy.open("rb") as source:
        digest, _length = digest_of(source)
        store.put(name_of(file.id, digest), source)
    return digest


def delete_unwanted(database: Database, store: Store, now: datetime) -> int:
    """Delete what was in refused files, and in those that belong to nothing any more."""
    with database.session() as session:
        rows = evidence.to_delete(session, now)
        unwanted = [(row.id, [each for each in (row.digest, row.shared_digest) if each]) for row in rows]
    for evidence_id, digests in unwanted:
        for digest in digests:
            store.delete(name_of(evidence_id, digest))
        with database.unit_of_work() as session:
            evidence.content_deleted(session, evidence_id)
    return len(unwanted)
