"""Letters to representatives: a copy of what goes to the resident, for those whose authority covers it."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.domain.permissions import Actor
from portal.domain.policy import LetterKind
from portal.domain.representation import FULL_REPLY_LETTERS, Representative, copied_to
from portal.domain.representative_events import LetterCopied
from portal.post.wording import templates
from portal.records.history import CaseFile, append
from portal.records.letters import digest_of
from portal.records.models import Channel, LetterRow, LetterState

FIRST_STATE = {
    Channel.EMAIL: LetterState.PENDING,
    Channel.POST: LetterState.TO_POST,
    Channel.PAGE: LetterState.ON_PAGE,
}


def way_to_representative(one: Representative) -> tuple[Channel, str]:
    """How letters go to them, and the address: empty for their own page."""
    added = one.added
    if added.email.strip():
        return Channel.EMAIL, added.email.strip()
    lines = (added.name, added.organisation, added.address)
    postal = "\n".join(line.strip() for line in lines if line.strip()) if added.address.strip() else ""
    return (Channel.POST, postal) if postal else (Channel.PAGE, "")


def copy_letter(session: Session, file: CaseFile, letter: LetterRow, *, by: Actor, at: datetime) -> bool:
    """Seal a copy for each representative who is to have one. Whether any of them goes by itself."""
    if letter.kind not in FULL_REPLY_LETTERS:
        return False
    goes = False
    for one in copied_to(file.case.representatives, file.case.adjustments, at.date()):
        words = f"{_head(one)}\n\n{letter.body}"
        copy = seal_to_representative(session, file, one, letter.kind, letter.subject, words, letter, by=by, at=at)
        goes = goes or copy.state is LetterState.PENDING
    return goes


def seal_to_representative(
    session: Session,
    file: CaseFile,
    one: Representative,
    kind: LetterKind,
    subject: str,
    body: str,
    copy_of: LetterRow | None = None,
    *,
    by: Actor,
    at: datetime,
) -> LetterRow:
    """Seal a letter to a representative, and put on record that it was written."""
    channel, address = way_to_representative(one)
    state = FIRST_STATE[channel]
    letter = LetterRow(
        id=uuid4(),
        complaint=file.row,
        landlord=file.row.landlord,
        kind=kind,
        stage=file.case.stage,
        written_at=at,
        subject=subject,
        body=body,
        digest=digest_of(subject, body),
        channel=channel,
        to_address=address,
        representative=one.number,
        discreet=file.case.received.is_discreet,
        state=state,
        next_try_at=at if state is LetterState.PENDING else None,
    )
    session.add(letter)
    written = LetterCopied(
        number=one.number,
        letter_id=str(letter.id),
        letter=kind,
        digest=letter.digest,
        copy_of=str(copy_of.id) if copy_of else None,
    )
    append(session, file, written, by=by, at=at)
    return letter


def _head(one: Representative) -> str:
    """What stands above a copy."""
    return templates().get_template("letters/shared/copy.md").render(one=one).strip()
