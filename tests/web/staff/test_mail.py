"""Staff see to email: put it on a complaint, make it one that counts from its own day, or say why it is none."""

from __future__ import annotations

from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select

from portal.actions.restrict_complaint import restrict_complaint
from portal.domain.events import ComplaintReceived
from portal.domain.evidence import FileKind, WhyRefused
from portal.domain.mail_kinds import MailKind, MailOutcome
from portal.domain.message_events import MessageReceived
from portal.domain.read_mail import MailFile
from portal.records.access_log import Access, AccessEntry
from portal.records.database import Database
from portal.records.mail import IncomingMail, files_of
from portal.records.models import ComplaintRow
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.evidence.samples import GOOD
from tests.mail.kept import came_in
from tests.web.staff.browser import Browser

FRIDAY = MONDAY - timedelta(days=3)
EVIL = "<script>alert(1)</script> & <img src=x onerror=alert(1)>"


def now_of(database: Database, mail: IncomingMail) -> IncomingMail:
    with database.session() as session:
        return session.get_one(IncomingMail, mail.id)


def with_files() -> bytes:
    """A message with a file that is taken and one that is not."""
    made = EmailMessage()
    made["From"], made["Subject"] = "stranger@example.org", "The lift"
    made.set_content("The lift is broken again.")
    made.add_attachment(GOOD[FileKind.PDF], maintype="application", subtype="pdf", filename="bill.pdf")
    made.add_attachment(b"MZ\x90\x00" + bytes(99), maintype="application", subtype="exe", filename="run.exe")
    return made.as_bytes()


BOTH = (MailFile("bill.pdf", 1000), MailFile("run.exe", 103))


def test_what_waits_is_a_task_in_the_queue_until_somebody_has_seen_to_it(lead: Browser, office: Office) -> None:
    assert "email waits" not in lead.get().words
    mail = came_in(office, at=ten_oclock(FRIDAY))
    page = lead.get().words
    assert "1 email waits for somebody to look at it" in page
    assert "30 October 2026" in page
    assert lead.post(f"mail/{mail.id}/no-complaint", {"reason": "It is advertising."}).status == 303
    assert "email waits" not in lead.get().words


def test_nothing_of_an_email_is_shown_as_html(lead: Browser, office: Office) -> None:
    mail = came_in(office, words=EVIL, subject=EVIL, sender_name=EVIL, sender=EVIL)
    for path in ("mail", f"mail/{mail.id}", f"mail/{mail.id}/complaint"):
        page = lead.get(path)
        assert EVIL in page.words or EVIL in page.html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        assert "<script>alert" not in page.html
        assert "<img" not in page.html


def test_it_becomes_a_complaint_of_the_day_on_which_it_reached_us(
    lead: Browser, office: Office, app: Flask, database: Database
) -> None:
    mail = came_in(office, app.extensions["files"], raw=with_files(), files=BOTH, at=ten_oclock(FRIDAY))
    form = lead.get(f"mail/{mail.id}/complaint")
    assert form.value("email") == "stranger@example.org"
    sent = {"once": "token", "what_happened": "The lift is broken again.", "email": "stranger@example.org"}
    sent |= {"reply_by": "email", "name": "Stella Stranger"}
    first, second = (lead.post(f"mail/{mail.id}/complaint", sent) for _ in range(2))
    assert (first.status, second.status) == (200, 200)
    with database.session() as session:
        reference = session.scalars(select(ComplaintRow.reference)).one()
    case = office.case(reference).case
    assert isinstance(case.received, ComplaintReceived)
    assert (case.received.received_on, case.received.channel) == (FRIDAY, "email")
    assert [(each.name, each.kind) for each in case.files] == [("bill.pdf", FileKind.PDF)]
    kept = now_of(database, mail)
    assert (kept.outcome, kept.complaint_id) == (MailOutcome.COMPLAINT, office.case(reference).row.id)
    assert [each.why_not for each in files_of(kept)] == [None, WhyRefused.UNKNOWN_KIND]
    assert "Not taken out of the email" in lead.get(f"cases/{reference}/mail/{mail.id}").words
    assert "Read the email" in lead.get(f"cases/{reference}").words


def test_it_is_put_on_a_complaint_as_the_words_of_whom_staff_say(
    lead: Browser, office: Office, database: Database
) -> None:
    reference = office.submit(MONDAY)
    theirs, anothers = (came_in(office, references=(reference,), words=words) for words in ("It is worse.", "Help him"))
    assert lead.get(f"mail/{theirs.id}").value("reference") == reference
    for mail, whose in ((theirs, "resident"), (anothers, "somebody_else")):
        placed = lead.post(f"mail/{mail.id}/place", {"reference": reference, "whose": whose, "note": "Rang them."})
        assert placed.status == 303
    messages = [each.event for each in office.case(reference).case.messages]
    assert [each.words for each in messages if isinstance(each, MessageReceived)] == ["It is worse."]
    assert now_of(database, anothers).outcome is MailOutcome.PLACED
    assert "Help him" in lead.get(f"cases/{reference}/mail/{anothers.id}").words
    assert "Sender not verified" in lead.get(f"cases/{reference}").words


@pytest.mark.parametrize(
    ("path", "fields", "errors"),
    [
        ("place", {}, {"#reference", "#whose"}),
        ("place", {"reference": "H4KM-72QT", "whose": "resident", "note": "kept words"}, {"#reference"}),
        ("place", {"reference": "nonsense", "whose": "resident", "note": "kept words"}, {"#reference"}),
        ("place", {"reference": "its own", "whose": "representative", "note": "kept words"}, {"#whose"}),
        ("no-complaint", {"reason": " "}, {"#reason"}),
    ],
)
def test_what_is_not_right_is_said_and_nothing_typed_is_lost(
    lead: Browser, office: Office, database: Database, path: str, fields: dict[str, str], errors: set[str]
) -> None:
    reference, mail = office.submit(MONDAY), came_in(office)
    fields = {**fields, **({"reference": reference} if fields.get("reference") == "its own" else {})}
    page = lead.post(f"mail/{mail.id}/{path}", fields)
    assert (page.status, set(page.errors)) == (422, errors)
    assert fields.get("note", "") in page.html
    assert now_of(database, mail).outcome is None


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("no-complaint", {"reason": "Words that were typed"}),
        ("place", {"whose": "resident", "note": "Words that were typed"}),
        ("complaint", {"what_happened": "Words that were typed", "reply_by": "none", "once": "token"}),
    ],
)
def test_whoever_comes_second_is_told_and_keeps_their_words(
    lead: Browser, office: Office, path: str, fields: dict[str, str]
) -> None:
    reference, mail = office.submit(MONDAY), came_in(office)
    assert lead.post(f"mail/{mail.id}/no-complaint", {"reason": "It is thanks."}).status == 303
    page = lead.post(f"mail/{mail.id}/{path}", {**fields, **({"reference": reference} if path == "place" else {})})
    assert page.status == 409
    assert "Somebody has seen to this email meanwhile" in page.words
    assert "Words that were typed" in page.html
    assert office.case(reference).case.messages == ()


def test_a_machine_is_offered_no_receipt(lead: Browser, office: Office) -> None:
    """Staff may find a complaint in what a machine sent; nothing then goes to the machine by itself (RFC 3834)."""
    for mail in (came_in(office, is_automatic=True), came_in(office, bounced=True, is_automatic=True)):
        assert mail.kind in (MailKind.AUTOMATIC, MailKind.BOUNCE)
        assert lead.get(f"mail/{mail.id}/complaint").value("email") == ""


def test_who_looked_is_written_down_with_the_complaint_that_it_may_be_about(
    lead: Browser, office: Office, app: Flask, database: Database
) -> None:
    reference = office.submit(MONDAY)
    mail = came_in(office, app.extensions["files"], references=(reference,))
    lead.get(f"mail/{mail.id}")
    assert lead.client.get(lead.address(f"mail/{mail.id}/original")).data.startswith(b"From: stranger@")
    with database.session() as session:
        lines = [(each.access, each.reference) for each in session.scalars(select(AccessEntry))]
    assert (Access.READ, reference) in lines
    assert (Access.DOWNLOADED, reference) in lines


def test_the_original_is_saved_and_never_shown(lead: Browser, handler: Browser, office: Office, app: Flask) -> None:
    mail = came_in(office, app.extensions["files"])
    saved = lead.client.get(lead.address(f"mail/{mail.id}/original"), buffered=True)
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert saved.mimetype == "application/octet-stream"
    assert saved.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert handler.client.get(handler.address(f"mail/{mail.id}/original")).status_code == 404


def test_what_may_be_about_a_restricted_complaint_is_not_there_for_others(
    lead: Browser, handler: Browser, office: Office
) -> None:
    reference = office.submit(MONDAY)
    mail = came_in(office, references=(reference,), subject="A telling subject")
    office.do(restrict_complaint, office.lead, reference, (), reason="Works here.", on=MONDAY)
    assert lead.get(f"mail/{mail.id}").status == 200
    assert handler.get(f"mail/{mail.id}").status == 404
    assert handler.post(f"mail/{mail.id}/no-complaint", {"reason": "No."}).status == 404
    assert "A telling subject" not in handler.get("mail").words
    assert "email waits" not in handler.get().words


def test_files_that_fit_no_more_do_not_hold_the_words_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from uuid import uuid4

    from portal.domain.mail import files_that_fit

    monkeypatch.setattr("portal.domain.mail.MOST_FILES", 2)
    wanted = [uuid4() for _ in range(3)]
    assert files_that_fit(office.case(office.submit(date(2026, 11, 2))).case, wanted) == tuple(wanted[:2])
