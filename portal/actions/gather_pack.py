"""A pack of a complaint is put together for somebody outside: nothing is changed by it, and nobody is kept waiting."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

from sqlalchemy.orm import Session

from portal.domain.pack_events import PackMade
from portal.domain.packing import MAKES, PackWish, Pages, check_wish
from portal.domain.permissions import Actor, may
from portal.domain.refusal import Forbidden
from portal.post.packs import write_pack
from portal.records.files import Store, digest_of
from portal.records.history import CaseFile


def gather_pack(
    session: Session,
    store: Store,
    actor: Actor,
    file: CaseFile,
    wish: PackWish,
    pages: Pages,
    into: BinaryIO,
    *,
    now: datetime,
) -> PackMade:
    """Write the ZIP file into `into`, and say what `record_pack` has to put on record before anybody gets it.

    Raises `Forbidden` for an actor who may not make it, and `Refused` where it cannot be made as they wish.
    """
    decision = may(actor, MAKES[wish.for_whom], file.case)
    if not decision:
        raise Forbidden(decision.reason)
    check_wish(actor, file.case, wish)
    pieces = write_pack(session, store, file, wish, pages, into, now)
    digest, _size = digest_of(into)
    return PackMade(
        for_whom=wish.for_whom,
        digest=digest,
        pieces=pieces,
        restricted=tuple(sorted(wish.restricted)),
        number=wish.number,
        why=wish.why.strip(),
    )
