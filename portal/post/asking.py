"""Asking whether somebody may act: the resident by a link, an elected person at the official address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.domain.permissions import Actor
from portal.domain.policy import SentBy
from portal.domain.representation import Representative, can_be_asked_at_address
from portal.domain.representative_events import AuthorityAsked
from portal.domain.representative_kinds import AuthorityEvidence
from portal.post.letters import committed
from portal.post.ways import way_to
from portal.records import links
from portal.records.database import after_commit
from portal.records.history import CaseFile, append
from portal.records.models import Channel, LinkPurpose


def can_ask_resident(file: CaseFile) -> bool:
    """Whether there is an email address that is the resident's, and to which it is safe to write."""
    return way_to(file.case)[0] is Channel.EMAIL


def ask_resident(
    session: Session, file: CaseFile, one: Representative, *, secret_key: str, by: Actor, at: datetime
) -> None:
    """Send the resident a link with which to say yes or no."""
    _, address = way_to(file.case)
    how = {"discreet": file.case.received.is_discreet, "language": file.case.received.person.language}
    _ask(session, file, one, LinkPurpose.AUTHORITY, AuthorityEvidence.LINK, address, how, secret_key, by, at)


def ask_at_official_address(
    session: Session, file: CaseFile, one: Representative, *, secret_key: str, by: Actor, at: datetime
) -> None:
    """Send an elected person's official address a link: whoever presses its button has that address."""
    evidence, address = AuthorityEvidence.OFFICIAL_ADDRESS, one.added.email.strip()
    how = {"discreet": False, "language": one.added.language}
    _ask(session, file, one, LinkPurpose.OFFICIAL_ADDRESS, evidence, address, how, secret_key, by, at)


def ask_whoever_can_be(
    session: Session, file: CaseFile, one: Representative, *, secret_key: str, by: Actor, at: datetime
) -> bool:
    """Ask at the official address where that is enough, else the resident. Whether anybody could be asked."""
    if can_be_asked_at_address(one):
        ask_at_official_address(session, file, one, secret_key=secret_key, by=by, at=at)
    elif can_ask_resident(file):
        ask_resident(session, file, one, secret_key=secret_key, by=by, at=at)
    else:
        return False
    return True


def _ask(
    session: Session,
    file: CaseFile,
    one: Representative,
    purpose: LinkPurpose,
    evidence: AuthorityEvidence,
    address: str,
    how: dict[str, Any],
    secret_key: str,
    by: Actor,
    at: datetime,
) -> None:
    asked = AuthorityAsked(number=one.number, asked_on=at.date(), evidence=evidence, sent_by=SentBy.EMAIL)
    append(session, file, asked, by=by, at=at)
    links.for_authority(session, secret_key, file.row, purpose, one.number, address, at=at, **how)
    after_commit(session, committed.send)
