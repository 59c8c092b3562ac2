"""A letter is kept as it was printed, when somebody says that it was posted."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.post.pdf import CannotBeSet, pdf
from portal.records.models import EnquiryLetter, LetterRow
from portal.records.sent import keep
from portal.records.sent_tables import SentAs


def keep_print(session: Session, letter: LetterRow | EnquiryLetter, *, at: datetime) -> None:
    """Keep the PDF of a letter that went as it is printed here.

    Not the box with a code: that is on paper alone. Nor what a person made in another format, such as Braille.
    """
    if letter.by_hand:
        return
    with suppress(CannotBeSet):
        keep(session, letter, SentAs.PAPER, pdf(letter, landlords.landlord(letter.landlord)), at=at)
