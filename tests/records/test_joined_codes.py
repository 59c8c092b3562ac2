"""A code that sleeps while its complaint is joined wakes again, however many joinings there were since."""

from __future__ import annotations

from portal.records import joined_codes
from portal.records.access import code_opens, store_code
from portal.records.database import Database
from tests import builders
from tests.actions.office import ten_oclock

TEN = ten_oclock(builders.MONDAY)
CODES = tuple(sign * 16 for sign in "234")


def test_a_chain_of_joinings_leaves_no_code_asleep(database: Database) -> None:
    with database.unit_of_work() as session:
        first, second, third = rows = [builders.begun(session).row for _ in CODES]
        for row, code in zip(rows, CODES, strict=True):
            store_code(session, row, code, TEN)
        session.flush()

        names = {row.id: name for row, name in zip(rows, ("first", "second", "third"), strict=True)}

        def open_now() -> list[str | None]:
            """What each of the codes opens, in the order of the complaints that they were made for."""
            typed = [(row.reference, code) for row, code in zip(rows, CODES, strict=True)]
            found = [code_opens(session, "ids", *each, TEN.date()) for each in typed]
            return [names[each.complaint_id] if each else None for each in found]

        assert open_now() == ["first", "second", "third"]
        joined_codes.put_in_place(session, first, second)
        assert open_now() == ["second", None, "third"]
        joined_codes.put_in_place(session, second, third)
        assert open_now() == ["third", None, None]
        joined_codes.put_back(session, second, third)
        assert open_now() == ["second", None, "third"]
        joined_codes.put_back(session, first, second)
        assert open_now() == ["first", "second", "third"]
