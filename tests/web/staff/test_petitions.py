"""Staff record petitions, post their letters and say what came of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from portal.domain.enquiries import EnquiryLetterKind
from portal.domain.events import Person
from tests.actions.office import Office
from tests.actions.test_petitions import found, handed_in, letters
from tests.builders import MONDAY
from tests.web.staff.browser import Browser
from tests.web.staff.test_acts import day

FRIDAY = MONDAY - timedelta(days=3)
TOLD = {
    "channel": "post",
    **day("received_on", FRIDAY),
    "asks": "Mend the lift.",
    "signatures": "12",
    "name": "Resident Three",
    "address": "1 Example Street",
    "once": "token",
}


def test_one_that_came_by_post_is_recorded_on_its_day_and_once(lead: Browser, office: Office) -> None:
    first, second = (lead.post("petitions/record", TOLD) for _ in range(2))
    assert (first.status, second.location) == (303, first.location)
    reference = first.location.rpartition("/")[2]
    one = found(office, reference)
    assert one is not None
    assert (one.received_on, one.signatures) == (FRIDAY, 12)
    page = lead.get(f"petitions/{reference}")
    for words in ("Mend the lift.", "To print and post", "To the chief executive", "Resident Three"):
        assert words in page.words
    assert reference in lead.get("petitions").words
    queue = lead.get().words
    assert "1 letter is to be printed and posted" in queue
    assert "All open (0)" in queue, "it is no complaint in the queue"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"asks": ""}, "#asks"),
        ({"channel": ""}, "#channel"),
        ({"signatures": "some"}, "#signatures"),
        (day("received_on", MONDAY + timedelta(days=1)), "#received_on-day"),
    ],
)
def test_what_is_not_right_is_said(lead: Browser, changes: dict[str, str], field: str) -> None:
    page = lead.post("petitions/record", {**TOLD, **changes})
    assert page.status == 422
    assert list(page.errors) == [field]
    assert page.value("name") == "Resident Three"


def test_a_letter_is_printed_and_posted(lead: Browser, office: Office) -> None:
    reference = handed_in(office, organiser=Person(name="Resident Three", address="1 Example Street"))
    letter = letters(office, reference)[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT]
    printed = lead.client.get(lead.address(f"letters/{letter.id}.pdf"))
    assert printed.data.startswith(b"%PDF")
    address, posted = f"letters/{letter.id}/posted", {**day("posted_on", MONDAY), "as_agreed": "yes"}
    assert lead.post(address, posted).status == 303
    assert "Posted" in lead.get(f"petitions/{reference}").words
    assert lead.post(address, posted).status == 422


def test_what_came_of_it(lead: Browser, office: Office) -> None:
    reference = handed_in(office)
    assert lead.post(f"petitions/{reference}", {"outcome": ""}).errors.keys() == {"#outcome"}
    assert lead.post(f"petitions/{reference}", {"outcome": "The lift is mended."}).status == 303
    assert "The lift is mended." in lead.get(f"petitions/{reference}").words


def test_another_landlords_is_not_there(app: Flask, lead: Browser, office: Office) -> None:
    theirs = handed_in(Office(office.database, "ms"))
    assert lead.get(f"petitions/{theirs}").status == 404
    assert lead.post(f"petitions/{theirs}", {"outcome": "Nothing."}).status == 404
    assert theirs not in lead.get("petitions").words
    auditor = Browser(app).sign_in(office.auditor)
    assert auditor.get("petitions").status == 200
    assert "Record a petition" not in auditor.get("petitions").words
    assert auditor.get("petitions/record").status == 404
