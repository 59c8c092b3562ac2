"""The pack of a complaint: what is in it and what is not, that its digests hold, and whose data lie apart.

Each thing that is kept back has a word of its own, which is looked for in every file of the ZIP, letters included.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from portal import landlords
from portal.actions.add_evidence import add_evidence
from portal.actions.add_representative import add_representative
from portal.actions.answer_message import answer_message
from portal.actions.gather_pack import gather_pack
from portal.actions.give_feedback import give_feedback
from portal.actions.send_message import send_message
from portal.actions.tell_condition import tell_condition
from portal.actions.triage_complaint import triage_complaint
from portal.actions.write_note import write_note
from portal.clock import StoppedClock
from portal.domain.evidence import FileKind
from portal.domain.feedback_events import Rating
from portal.domain.interest_events import Conflict
from portal.domain.pack_events import ForWhom, PackMade, Restricted
from portal.domain.packing import PackWish
from portal.domain.representation import NewRepresentative
from portal.domain.representative_kinds import AskedBy, AuthorityScope, Capacity
from portal.domain.routes import Route
from portal.evidence.arrival import take_in
from portal.evidence.checking import check_waiting
from portal.records import sent
from portal.records.history import open_case
from portal.records.models import AccessEntry, LetterRow
from portal.records.sent_tables import SentAs
from portal.records.staff_tables import Access
from tests.actions.joining import both, join
from tests.actions.neighbours import IFOR, MONA, group
from tests.actions.office import SUBMISSION, Office, reading, repair, ten_oclock
from tests.actions.test_leading import handed_over
from tests.actions.test_referrals import refer
from tests.actions.test_representatives import acting
from tests.builders import MONDAY
from tests.evidence import samples
from tests.markup import tree_of
from tests.web.staff.browser import Browser

TUESDAY = MONDAY + timedelta(days=1)
WHY = "They asked for it in their letter of Monday."

KEPT_BACK = {
    Restricted.CONDITIONS: "conditionofhealth",
    Restricted.VULNERABILITY: "livesquitealone",
    Restricted.IN_CONFIDENCE: "officetakesmoney",
    Restricted.STAFF_TIES: "Conflict of interest declared",
    Restricted.NOTES: "forcolleaguesalone",
    Restricted.FEEDBACK: "itwentbadlyforme",
}
"""What is found in a pack only where it was decided, and is in this complaint. Of photos the bytes are looked at."""

OWN, NEIGHBOURS, STAFFS, FRIENDS = "thewallofbathroom", "whatafriendwrote", "internalfile.txt", "wewrotetofriend"


@pytest.fixture
def complaint(app: Flask, office: Office, clock: StoppedClock) -> str:
    """A complaint with something of every kind, answered and withdrawn on Tuesday."""
    person = replace(SUBMISSION.person, name="Aurelia Quillfeather")
    reference = office.submit(MONDAY, what_happened=OWN, person=person)
    office.do(tell_condition, office.resident(reference), reference, KEPT_BACK[Restricted.CONDITIONS], on=MONDAY)
    friend = NewRepresentative(capacity=Capacity.FRIEND, asked_by=AskedBy.RESIDENT, name="Friend One")
    office.do(add_representative, office.lead, reference, friend, on=MONDAY)
    office.do(send_message, acting(reference, AuthorityScope.SUBMIT), reference, words=NEIGHBOURS, on=MONDAY)
    office.do(answer_message, office.lead, reference, words=FRIENDS, to=1, on=MONDAY)
    office.assign(reference, MONDAY, to=office.colleague, declares=False)
    office.declare(reference, MONDAY, actor=office.colleague, conflict=Conflict.KNOWS)
    office.assign(reference, MONDAY)
    seen = reading(vulnerability=KEPT_BACK[Restricted.VULNERABILITY])
    office.do(triage_complaint, office.handler, reference, seen, on=MONDAY)
    office.do(write_note, office.lead, reference, words=KEPT_BACK[Restricted.NOTES], on=MONDAY)
    refer(office, reference, Route.SAFEGUARDING, MONDAY, part=KEPT_BACK[Restricted.IN_CONFIDENCE])
    added(app, office, reference, "damp wall.jpg", FileKind.JPEG)
    added(app, office, reference, "broken.jpg", FileKind.JPEG, content=samples.GOOD[FileKind.JPEG][:200])
    added(app, office, reference, STAFFS, FileKind.TEXT, by=office.lead)
    check_waiting(office.database, app.extensions["files"], None, ten_oclock(MONDAY))
    office.acknowledge(reference, MONDAY)
    office.answer(reference, TUESDAY, remedies=(repair(TUESDAY, office.handler),))
    office.withdraw(reference, TUESDAY)
    told = {"easy": Rating.NO, "listened": None, "words": KEPT_BACK[Restricted.FEEDBACK]}
    office.do(give_feedback, office.resident(reference), reference, on=TUESDAY, **told)
    clock.move_to(ten_oclock(TUESDAY))
    return reference


def added(app: Flask, office: Office, reference: str, name: str, kind: FileKind, **changes: Any) -> None:
    content = BytesIO(changes.get("content", samples.GOOD[kind]))
    now, actor = ten_oclock(MONDAY), changes.get("by", office.resident(reference))
    with office.database.session():
        evidence_id = take_in(office.database, app.extensions["files"], "ids", name, content, now=now)
    office.do(add_evidence, actor, reference, evidence_id, on=MONDAY)


def asked(browser: Browser, reference: str, *ticked: Restricted, page: str = "pack", **fields: Any) -> bytes:
    form = {"restricted": [each.value for each in ticked], "why": WHY if ticked else "", **fields}
    response = browser.client.post(browser.address(f"cases/{reference}/{page}"), data=form, buffered=True)
    assert (response.status_code, response.mimetype) == (200, "application/zip"), response.text
    return response.data


def read(content: bytes) -> Mapping[str, bytes]:
    with ZipFile(BytesIO(content)) as pack:
        assert pack.testzip() is None
        return {name: pack.read(name) for name in pack.namelist()}


def words_of(files: Mapping[str, bytes], within: str = "") -> str:
    """All that can be read in the files of a folder, their names too."""
    return "\n".join(f"{name}\n{_words(name, content)}" for name, content in files.items() if name.startswith(within))


def _words(name: str, content: bytes) -> str:
    if name.endswith(".pdf"):
        return "\n".join(each.extract_text() for each in PdfReader(BytesIO(content)).pages)
    if name.endswith((".html", ".txt", ".csv", ".toml")):
        return content.decode()
    return ""


def pack_of(browser: Browser, reference: str, *ticked: Restricted) -> Mapping[str, bytes]:
    return read(asked(browser, reference, *ticked))


def test_what_is_restricted_is_in_no_pack_unless_its_own_box_is_ticked(lead: Browser, complaint: str) -> None:
    plain = words_of(pack_of(lead, complaint))
    assert OWN in plain
    assert {each for each, word in KEPT_BACK.items() if word in plain} == set()
    for ticked in KEPT_BACK:
        given = words_of(pack_of(lead, complaint, ticked))
        assert {each for each, word in KEPT_BACK.items() if word in given} == {ticked}


def test_a_photo_goes_without_place_and_device_unless_it_is_asked_for_as_it_was_sent(
    lead: Browser, complaint: str
) -> None:
    original = samples.GOOD[FileKind.JPEG]
    assert original not in pack_of(lead, complaint).values()
    assert original in pack_of(lead, complaint, Restricted.ORIGINALS).values()


def test_the_first_page_counts_what_was_left_out_by_its_kind(lead: Browser, complaint: str) -> None:
    page = tree_of(pack_of(lead, complaint)["0 Read first.html"].decode())
    rows = next(each for each in page.iter("table") if "Left out" in "".join(each.find("caption").itertext()))
    told = [("".join(row.find("th").itertext()), "".join(row.find("td").itertext())) for row in rows.find("tbody")]
    counted = dict(told)
    assert counted["What somebody told us about their health"] == "1"
    assert counted["What makes somebody vulnerable"] == "1"
    assert counted["How it went, as the resident told us afterwards"] == "1"
    assert counted["Photos as they were sent, with place and device"] == "1"
    assert counted["Files that were refused when they came, and are not kept"] == "1"


def test_every_digest_holds_and_every_link_leads_to_a_file_of_the_pack(lead: Browser, complaint: str) -> None:
    files = pack_of(lead, complaint)
    sums = dict(reversed(line.split("  ", 1)) for line in files["SHA256SUMS.txt"].decode().splitlines())
    assert sums == {name: sha256(content).hexdigest() for name, content in files.items() if name != "SHA256SUMS.txt"}
    page = files["0 Read first.html"].decode()
    links = [each.get("href") or "" for each in tree_of(page).iter("a") if each.get("href")]
    letters = [name for name in files if name.startswith("letters/")]
    assert len(letters) > 3
    assert {name for name in files if name.split("/")[0] in ("letters", "evidence", "policy")} <= {
        link.replace("%20", " ") for link in links
    }
    for name, content in files.items():
        if name.endswith(".html"):
            assert "<form" not in content.decode()
            assert "/staff/" not in content.decode()


def test_the_record_holds_the_digest_of_what_went_out_and_the_access_log_that_it_did(
    lead: Browser, office: Office, complaint: str
) -> None:
    first = asked(lead, complaint, Restricted.FEEDBACK)
    made = office.case(complaint).recorded[-1].event
    assert isinstance(made, PackMade)
    assert made.digest == sha256(first).hexdigest()
    assert made.pieces == len(read(first))
    assert (made.for_whom, made.restricted, made.why) == (ForWhom.OMBUDSMAN, (Restricted.FEEDBACK,), WHY)
    with lead.app.app_context(), office.database.session() as session:
        lines = session.scalars(select(AccessEntry).where(AccessEntry.reference == complaint)).all()
    assert [each.access for each in lines if each.action == "MAKE_PACK"] == [Access.EXPORTED]


def test_the_same_complaint_and_moment_make_the_same_file(app: Flask, office: Office, complaint: str) -> None:
    wish = PackWish(for_whom=ForWhom.OMBUDSMAN)
    made = []
    for into in (BytesIO(), BytesIO()):
        with office.database.session() as session:
            file = open_case(session, complaint, office.lead, landlords.rules_for)
            given = (app.extensions["files"], office.lead, file, wish, lambda _contents: (), into)
            gather_pack(session, *given, now=ten_oclock(TUESDAY))
        made.append(into.getvalue())
    assert made[0] == made[1]


def test_the_audit_extract_is_the_whole_chain_of_the_complaint(lead: Browser, office: Office, complaint: str) -> None:
    before = office.case(complaint).recorded
    files = pack_of(lead, complaint)
    lines = list(csv.DictReader(StringIO(files["audit/A001 record.csv"].decode().lstrip("\ufeff"))))
    assert [int(each["number"]) for each in lines] == [each.number for each in before]
    told = {int(each["number"]): each["what"] for each in lines}
    shown = {each.number: each.event.kind for each in before}
    left_out = {number for number, what in told.items() if what == "left out"}
    assert {shown[number] for number in left_out} >= {"condition_told", "vulnerability_told", "interests_declared"}
    assert all(told[number] == shown[number] for number in told if number not in left_out)
    assert all(each["hash"] and each["previous"] for each in lines)


def test_what_went_is_in_it_byte_for_byte(lead: Browser, office: Office, complaint: str) -> None:
    went = b"Subject: as the mail server was handed it\r\n\r\nHello"
    with office.database.unit_of_work() as session:
        letter = session.get_one(LetterRow, office.letters(complaint)[0].id)
        sent.keep(session, letter, SentAs.EMAIL, went, at=ten_oclock(MONDAY))
    files = pack_of(lead, complaint)
    assert [name for name, content in files.items() if content == went] == [
        "letters/L001 2026-11-02 receipt as sent 1.eml"
    ]


def test_without_a_reason_nothing_restricted_goes_out(lead: Browser, office: Office, complaint: str) -> None:
    before = office.case(complaint).row.version
    page = lead.post(f"cases/{complaint}/pack", {"restricted": ["conditions"], "why": " "})
    assert page.status == 422
    assert page.errors == {"#why": "Write why it is needed in this pack"}
    assert office.case(complaint).row.version == before


def test_nobody_gives_away_what_they_may_not_see(app: Flask, office: Office, complaint: str) -> None:
    handler = Browser(app).sign_in(office.handler)
    page = handler.get(f"cases/{complaint}/pack")
    offered = {each.get("value") for each in page.tree.iter("input") if each.get("name") == "restricted"}
    assert offered == {"conditions", "vulnerability", "in_confidence", "staff_ties", "notes"}
    refused = handler.post(f"cases/{complaint}/pack", {"restricted": ["originals"], "why": WHY})
    assert refused.status == 422
    assert Browser(app).sign_in(office.colleague).get(f"cases/{complaint}/pack").status == 404
    assert handler.get(f"cases/{complaint}/own-data").status == 404


def test_what_somebody_gets_about_themselves_lies_apart_from_what_holds_others(
    lead: Browser, office: Office, complaint: str
) -> None:
    files = read(asked(lead, complaint, page="own-data", whose="resident"))
    theirs, rest = words_of(files, "theirs/"), words_of(files, "check first/")
    assert OWN in theirs
    assert "damp wall.jpg" in theirs
    for word in (NEIGHBOURS, FRIENDS, STAFFS):
        assert word not in theirs
        assert word in rest
    staff = (office.handler, office.lead, office.colleague)
    timeline = files["theirs/chronology.html"].decode()
    assert not [each.name for each in staff if each.name in timeline]
    assert not [name for name in files if name.startswith(("audit/", "policy/"))]


def test_a_representative_gets_what_is_between_them_and_us(lead: Browser, complaint: str) -> None:
    files = read(asked(lead, complaint, page="own-data", whose="representative-1"))
    theirs = words_of(files, "theirs/")
    assert NEIGHBOURS in theirs
    assert FRIENDS in theirs
    assert OWN not in theirs
    assert "Aurelia Quillfeather" not in re.sub(r"(?s)<title>.*?</title>", "", files["theirs/chronology.html"].decode())


def test_somebody_who_is_not_in_the_complaint_is_no_choice(lead: Browser, complaint: str) -> None:
    page = lead.post(f"cases/{complaint}/own-data", {"whose": "representative-7"})
    assert page.status == 422
    assert list(page.errors) == ["#whose"]


def test_whoever_leads_a_group_now_is_given_nothing_of_whoever_led_it_before(lead: Browser, office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR, MONA)
    handed_over(office, reference)
    office.assign(reference, TUESDAY)
    office.acknowledge(reference, TUESDAY)
    theirs = words_of(read(asked(lead, reference, page="own-data", whose="resident")), "theirs/")
    assert "Ifor Innis" in theirs
    assert "acknowledgement" in theirs
    assert "Leda" not in theirs
    former = words_of(read(asked(lead, reference, page="own-data", whose="member-3")), "theirs/")
    assert "Leda Leadwell" in former
    assert "Ifor" not in former


def test_a_complaint_that_was_joined_to_another_has_a_pack_of_its_own(lead: Browser, office: Office) -> None:
    own, mps = both(office, MONDAY)
    join(office, own, mps, MONDAY)
    assert f"have packs of their own: {mps}." in words_of(pack_of(lead, own))
    assert OWN not in words_of(pack_of(lead, mps))
    assert office.case(mps).recorded[-1].event.kind == "pack_made"
