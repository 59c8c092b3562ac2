"""Letters to representatives: a copy of what goes to the resident, for those whose authority covers it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from portal.domain.permissions import Actor
from portal.domain.policy import LetterKind
from portal.domain.representation import FULL_REPLY_LETTERS, Representative, copied_to
from portal.domain.representative_events import LetterCopied
from portal.post.composed import Composed, Tell, english_of
from portal.post.wording import templates
from portal.records.history import CaseFile, append
from portal.records.letters import digest_of
from portal.records.models import Channel, LetterRow, LetterState
from portal.translation import spoken

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


def copy_letter(session: Session, file: CaseFile, letter: LetterRow, tell: Tell, *, by: Actor, at: datetime) -> bool:
    """Seal a copy for each representative who is to have one. Whether any of them goes by itself."""
    if letter.kind not in FULL_REPLY_LETTERS:
        return False
    goes = False
    for one in copied_to(file.case.representatives, file.case.adjustments, at.date()):
        copy = seal_to_representative(session, file, one, letter.kind, _under_head(one, tell), letter, by=by, at=at)
        goes = goes or copy.state is LetterState.PENDING
    return goes


def seal_to_representative(
    session: Session,
    file: CaseFile,
    one: Representative,
    kind: LetterKind,
    tell: Tell,
    copy_of: LetterRow | None = None,
    *,
    by: Actor,
    at: datetime,
) -> LetterRow:
    """Seal a letter to a representative in the language that they read, and put on record that it was written."""
    language = spoken(one.added.language)
    composed, english = tell(language), english_of(tell, language)
    channel, address = way_to_representative(one)
    state = FIRST_STATE[channel]
    letter = LetterRow(
        id=uuid4(),
        complaint=file.row,
        landlord=file.row.landlord,
        kind=kind,
        stage=file.case.stage,
        written_at=at,
        subject=composed.subject,
        body=composed.body,
        digest=digest_of(composed.subject, composed.body, english),
        language=language,
        english=english,
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


def _under_head(one: Representative, tell: Tell) -> Tell:
    """A letter to the resident with what stands above a copy."""

    def copy(language: str) -> Composed:
        head = templates(language).get_template("letters/shared/copy.md").render(one=one).strip()
        composed = tell(language)
        return replace(composed, body=f"{head}\n\n{composed.body}")

    return copy
