"""Letters of one moment stand in the order in which they were written."""

from __future__ import annotations

import pytest

from portal import landlords
from portal.domain.policy import LetterKind
from portal.records import queries
from portal.records.database import Database
from tests.actions.office import Office
from tests.builders import MONDAY


@pytest.mark.on_both
def test_letters_of_one_moment_keep_their_order(database: Database) -> None:
    office = Office(database, "ids")
    reference = office.acknowledged(MONDAY, MONDAY)
    with database.session() as session:
        file = queries.open_case(session, reference, office.lead, landlords.rules_for)
        kinds = [each.kind for each in queries.letters(session, file)]
        moments = {each.written_at for each in queries.letters(session, file)}
    assert len(moments) == 1
    assert kinds == [LetterKind.RECEIPT, LetterKind.ACKNOWLEDGEMENT]
