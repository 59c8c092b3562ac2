"""The history of a case: every kind in its place, a page at a time, as quick for a long one as for a short one."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, inspect, select, update

from portal.actions.send_message import send_message
from portal.domain.events import EVENTS
from portal.records.models import ComplaintRow, EventContent, EventRow, LetterRow
from portal.web.staff.history import KINDS, PAGE, Show
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.statements import statements
from tests.web.staff.browser import HTMX, Browser


def test_every_kind_of_event_is_shown_under_one_of_them() -> None:
    placed = [kind for kinds in KINDS.values() for kind in kinds]
    assert sorted(placed) == sorted(EVENTS)
    assert set(KINDS) == set(Show) - {Show.ALL}


def test_one_kind_alone_is_a_page_and_a_part_of_one(lead: Browser, office: Office) -> None:
    path = f"cases/{office.answered(MONDAY, MONDAY)}/history"
    letters, decisions = lead.get(f"{path}?show=letters"), lead.get(f"{path}?show=decisions")
    assert "Letter written: Stage 1 response" in letters.words
    assert "Stage 1 answered" not in letters.words
    assert "Stage 1 answered" in decisions.words
    assert "Letter written" not in decisions.words
    assert "Nothing of this kind has happened." in lead.get(f"{path}?show=files").words
    part = lead.get(f"{path}?show=letters", headers=HTMX)
    assert "<html" not in part.html
    assert "Letter written: Stage 1 response" in part.html
    everything = lead.get(f"{path}?show=nonsense&before=nonsense")
    assert "Stage 1 answered" in everything.words


def test_the_pages_follow_each_other_without_a_gap(lead: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    for number in range(PAGE + 5):
        office.do(send_message, office.resident(reference), reference, words=f"Message {number}.", on=MONDAY)
    path, seen = f"cases/{reference}/history?show=contacts", ""
    page = lead.get(path)
    for _ in range(2):
        seen += page.words
        later = [each.get("href") for each in page.tree.iter("a") if each.get("rel") == "next"]
        page = lead.page(lead.client.get(later[0])) if later else page
    assert [seen.count(f"Message {number}.") for number in range(PAGE + 5)] == [1] * (PAGE + 5)


def test_a_long_history_opens_like_a_short_one(lead: Browser, office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    office.do(send_message, office.resident(reference), reference, words="Nobody came.", on=MONDAY)
    paths = ("", "/history", "/history?show=letters", "/write-message")
    asked, sizes = [], []
    for entries in (150, 3_000):
        _lengthen(office, reference, entries)
        with statements(lead.app) as seen:
            sizes.append([len(lead.get(f"cases/{reference}{path}").html) for path in paths])
        asked.append(len(seen))
    assert asked[0] == asked[1]
    for path, short, long in zip(paths, *sizes, strict=True):
        assert long < short * 1.02, path


def _lengthen(office: Office, reference: str, entries: int) -> None:
    """Half of them more of its last message, half more of its last letter, past the chain: nobody verifies it here."""
    with office.database.unit_of_work() as session:
        complaint = session.scalars(select(ComplaintRow).where(ComplaintRow.reference == reference)).one()
        last = {
            kind: session.scalars(
                select(EventRow)
                .where(EventRow.complaint_id == complaint.id, EventRow.kind == kind)
                .order_by(EventRow.number.desc())
                .limit(1)
            ).one()
            for kind in ("message_received", "letter_written")
        }
        message, letter = last.values()
        sealed = session.get_one(LetterRow, UUID(letter.payload["letter_id"]))
        first_id = session.scalars(select(func.max(EventRow.id))).one() + 1
        sequence = session.scalars(select(func.max(EventRow.sequence))).one() + 1
        events, letters = [], []
        for each in range(entries):
            of = (message, letter)[each % 2]
            event = _columns(of) | {"id": first_id + each, "sequence": sequence + each}
            event["number"] = complaint.version + 1 + each
            if of is letter:
                letters.append(_columns(sealed) | {"id": uuid4()})
                event["payload"] = letter.payload | {"letter_id": str(letters[-1]["id"])}
            events.append(event)
        session.execute(insert(EventRow), events)
        session.execute(insert(LetterRow), letters)
        contents = _columns(message.content)
        session.execute(
            insert(EventContent),
            [contents | {"event_id": each["id"]} for each in events if each["kind"] == "message_received"],
        )
        told = update(ComplaintRow).where(ComplaintRow.id == complaint.id)
        session.execute(told.values(version=complaint.version + entries))


def _columns(row: Any) -> dict[str, Any]:
    return {each.key: getattr(row, each.key) for each in inspect(type(row)).column_attrs}
