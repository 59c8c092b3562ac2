"""An answer that counts from receipt can be late although nobody has acknowledged the complaint."""

from __future__ import annotations

from datetime import date

import pytest

from portal import landlords
from portal.domain.policy import Basis, Key, LetterKind
from portal.records import queries
from portal.records.database import Database
from tests.actions.office import Office


@pytest.mark.on_both
def test_both_dates_are_put_on_record_and_told_each_on_the_day_after_it(database: Database) -> None:
    # Inspiring Housing: 2 working days to acknowledge and 14 days to answer, both from Sunday 22 November 2026.
    office = Office(database, "ih")
    reference = office.submit(date(2026, 11, 22))
    noticed = [office.notice_missed(date(2026, 11, day)) for day in (24, 25)]
    noticed += [office.notice_missed(date(2026, 12, day)) for day in (6, 7, 8)]
    with database.session() as session:
        file = queries.open_case(session, reference, office.lead, landlords.rules_for)
        told = [each.body for each in queries.letters(session, file) if each.kind is LetterKind.LIMIT_MISSED]
    assert noticed[:2] == [0, 1]
    assert file.case.missed[Key.ACKNOWLEDGE_STAGE_1, Basis.POLICY] == date(2026, 11, 24)
    assert file.case.missed[Key.RESPOND_STAGE_1, Basis.POLICY] == date(2026, 12, 6)
    assert len(told) == 2
    assert "24 November 2026 to acknowledge your complaint" in " ".join(told[0].split())
    assert "6 December 2026 to answer your complaint" in " ".join(told[1].split())
