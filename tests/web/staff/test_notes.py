"""Notes of staff: written and read on a page of their own, kept as they are, found and shown nowhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from portal.actions.write_note import write_note
from portal.records.models import ComplaintRow
from portal.records.note_tables import Note
from portal.records.notes import erase_notes
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.statements import statements
from tests.web.staff.browser import Browser

WORDS = "Quokka: ring the plumber first"


@pytest.fixture
def reference(office: Office) -> str:
    return office.acknowledged(MONDAY)


def test_a_note_is_kept_with_who_wrote_it_and_moves_nothing(lead: Browser, office: Office, reference: str) -> None:
    path, before = f"cases/{reference}/notes", lead.version(f"cases/{reference}")
    page = lead.get(path)
    assert (page.heading, "Nobody has written a note." in page.words) == ("Notes: only staff see this", True)
    assert lead.post(path, {"words": "  "}).errors == {"#words": "Write the note"}
    assert lead.post(path, {"words": WORDS}).status == 303
    page = lead.get(path)
    assert WORDS in page.words
    assert office.lead.name in page.words
    assert lead.version(f"cases/{reference}") == before, "a page that somebody has open is not overtaken"
    case = lead.get(f"cases/{reference}").words
    assert "1 note" in case
    assert WORDS not in case, "the page of the case is printed, and read over a shoulder"


def test_notes_come_a_page_at_a_time_in_as_many_statements(lead: Browser, office: Office, reference: str) -> None:
    path, counts = f"cases/{reference}/notes", []
    for begin, end in ((0, 2), (2, 28)):
        for number in range(begin, end):
            office.do(write_note, office.lead, reference, words=f"Note number {number}.", on=MONDAY)
        with statements(lead.app) as seen:
            page = lead.get(path)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert "Note number 27." in page.words
    assert "Note number 2." not in page.words
    following = next(each for each in page.tree.iter("a") if each.get("rel") == "next").get("href")
    assert "Note number 2." in lead.page(lead.client.get(following)).words
    assert lead.get(f"{path}?before=nonsense").status == 200


def test_no_search_finds_a_note(lead: Browser, reference: str) -> None:
    lead.post(f"cases/{reference}/notes", {"words": WORDS})
    asked = lead.client.post(lead.address("search"), data={"typed": "Quokka"}, follow_redirects=True)
    assert "Quokka" in asked.text, "the box still says what was typed"
    assert reference not in asked.text


@pytest.mark.parametrize("who", ["administrator", "oversight"])
def test_whoever_sees_no_complaint_sees_no_note(app: Flask, office: Office, reference: str, who: str) -> None:
    browser = Browser(app).sign_in(getattr(office, who))
    assert browser.get(f"cases/{reference}/notes").status == 404
    assert browser.post(f"cases/{reference}/notes", {"words": WORDS}).status == 404


def test_whoever_only_reads_writes_none(app: Flask, office: Office, reference: str) -> None:
    auditor = Browser(app).sign_in(office.auditor)
    assert "Keep the note" not in auditor.get(f"cases/{reference}/notes").words
    assert auditor.post(f"cases/{reference}/notes", {"words": WORDS}).status == 404


@pytest.mark.on_both
def test_the_database_keeps_a_note_and_lets_it_be_erased(lead: Browser, office: Office, reference: str) -> None:
    lead.post(f"cases/{reference}/notes", {"words": WORDS})
    changes = (
        update(Note).values(words="Another"),
        update(Note).values(words="", erased_at=None),
        update(Note).values(words="", erased_at=ten_oclock(MONDAY), by_id=office.handler.user_id),
        delete(Note),
        text(
            "INSERT INTO notes (id, complaint_id, at, by_id, words) SELECT id, complaint_id, at, by_id, '' FROM notes"
        ),
    )
    for change in changes:
        with pytest.raises(DBAPIError), office.database.unit_of_work() as session:
            session.execute(change)
    with office.database.unit_of_work() as session:
        number = session.scalars(select(ComplaintRow.id).where(ComplaintRow.reference == reference)).one()
        erase_notes(session, number, at=ten_oclock(MONDAY + timedelta(days=1)))
    page = lead.get(f"cases/{reference}/notes").words
    assert WORDS not in page
    assert "The words have been removed." in page
