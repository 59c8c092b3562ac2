"""The page of the receipt shows what was sent from this browser, and nothing that came to it later."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask

from portal.clock import StoppedClock
from portal.domain.events import Person
from tests.actions.joining import handed_in, join
from tests.actions.office import Office
from tests.web.resident.conftest import THURSDAY
from tests.web.resident.test_files import TEXT, send
from tests.web.resident.visitor import Visitor

BEFORE = date(2026, 12, 14)
"""When somebody else had complained for the same resident, with another address of theirs."""
AS_GIVEN = Person(name="Resident One", email="somewhere.else@example.org", postcode="N1 0AA")


def test_once_it_goes_on_in_another_complaint_it_leads_to_where_the_code_is_typed(
    app: Flask, visitor: Visitor, office: Office
) -> None:
    """The code opens the other one now, and what somebody else said there is not shown without it."""
    earlier = handed_in(office, BEFORE, person=AS_GIVEN, what_happened="Her ceiling came down on the cot.")
    reference, code = visitor.complain()
    assert visitor.get("complain/received").status == 200
    join(office, earlier, reference, THURSDAY.date())
    receipt = visitor.get("complain/received")
    assert (receipt.status, receipt.location) == (303, "/ids/track")
    assert "cot" not in receipt.html
    assert visitor.open(reference, code).location == "/ids/my-complaint"


def test_it_names_the_files_that_came_with_the_complaint_and_none_that_came_later(
    visitor: Visitor, clock: StoppedClock
) -> None:
    visitor.write()
    send(visitor, "complain/files", TEXT, "with-it.txt")
    visitor.post("complain/check")
    visitor.open(*visitor.printed())
    clock.move_to(THURSDAY + timedelta(minutes=5))
    send(visitor, "my-complaint/files", TEXT, "later.txt")
    assert "later.txt" in visitor.get("my-complaint/files").words
    receipt = visitor.get("complain/received")
    assert "with-it.txt" in receipt.words
    assert "later.txt" not in receipt.words
