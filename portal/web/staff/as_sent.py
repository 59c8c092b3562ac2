"""What went to somebody, byte for byte, to be saved by staff."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask import Response, abort

from portal.domain.permissions import Action
from portal.records import sent
from portal.records.enquiries import EnquiryLetter
from portal.records.queries import LetterRow
from portal.records.sent import SentAs
from portal.web.access import requires
from portal.web.data import database
from portal.web.staff import enquiry_letters, letters
from portal.web.staff.blueprint import blueprint

ENDINGS: Mapping[SentAs, str] = {SentAs.EMAIL: "eml", SentAs.PAPER: "pdf"}


@blueprint.get("/cases/<reference>/letters/<uuid:letter_id>/sent/<int:number>")
@requires(Action.SEE_LETTER)
def letter_as_sent(reference: str, letter_id: UUID, number: int) -> Response:
    """One of the copies of a letter about a complaint."""
    _desk, found = letters.open_letter(reference, letter_id)
    return _file(found, number)


@blueprint.get("/letters/<uuid:letter_id>/sent/<int:number>")
@requires(Action.SEE_ENQUIRY_LETTER)
def enquiry_letter_as_sent(letter_id: UUID, number: int) -> Response:
    """One of the copies of a letter that belongs to no complaint."""
    return _file(enquiry_letters.open_letter(letter_id).letter, number)


def _file(letter: LetterRow | EnquiryLetter, number: int) -> Response:
    """To be saved and not shown: it is what went, and nobody may add to it or take from it on the way."""
    with database().session() as session:
        copy = sent.copy_with_content(session, letter, number) or abort(404)
        response = Response(copy.content, content_type="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=f"as sent {number}.{ENDINGS[copy.sent_as]}")
    return response
