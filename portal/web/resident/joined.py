"""A complaint that was joined to the resident's own: what was said and sent in it, to be read beside."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import Response, abort, current_app
from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.messages import conversation
from portal.domain.permissions import Action
from portal.records import queries
from portal.records.history import CaseFile, joined_to
from portal.web import uploads
from portal.web.access import requires
from portal.web.data import database
from portal.web.fragments import page
from portal.web.resident import progress
from portal.web.resident.my_complaint import open_own


@requires(Action.TRACK_COMPLAINT)
def joined(number: int) -> Response:
    """All of it, in the order in which complaints were joined: no address holds a reference."""
    with database().session() as session:
        own = open_own(session)
        found = joined_to(session, own.case, landlords.rules_for)
    file = _one(found, number)
    to_it = {each.other_reference for each in file.case.taken_in}
    return page(
        "resident/joined/beside.html",
        number=number,
        goes_on=own.case,
        case=file.case,
        to_it=[(place, each.case) for place, each in enumerate(found, start=1) if each.row.reference in to_it],
        letters=progress.letters_of(file.recorded, None),
        conversation=conversation(file.recorded)[::-1],
        decided={each.number: each.decided for each in file.case.messages},
    )


@requires(Action.SEE_LETTER)
def joined_letter(number: int, letter_id: UUID) -> Response:
    with database().session() as session:
        found = _letter(session, number, letter_id)
    return page("resident/joined/letter.html", number=number, letter=found, title=progress.LETTERS[found.kind])


@requires(Action.SEE_LETTER)
def joined_letter_pdf(number: int, letter_id: UUID) -> Response:
    with database().session() as session:
        found = _letter(session, number, letter_id)
    return Response(current_app.extensions["letter_pdf"](found), mimetype="application/pdf")


@requires(Action.SEE_EVIDENCE)
def joined_file(number: int, evidence_id: UUID) -> Response:
    """A file that was added to it, to be saved."""
    with database().session() as session:
        file = _joined(session, number)
        found = next((each for each in file.case.residents_files if each.id == evidence_id), None)
        return uploads.download(session, file, found)


def _letter(session: Session, number: int, letter_id: UUID) -> queries.LetterRow:
    """A letter to the resident, and none to somebody who acts for them."""
    file = _joined(session, number)
    if str(letter_id) not in {each.letter_id for each in file.case.letters}:
        abort(404)
    return queries.letter(session, file, letter_id)


def _joined(session: Session, number: int) -> CaseFile:
    return _one(joined_to(session, open_own(session).case, landlords.rules_for), number)


def _one(found: Sequence[CaseFile], number: int) -> CaseFile:
    if not 0 < number <= len(found):
        abort(404)
    return found[number - 1]
