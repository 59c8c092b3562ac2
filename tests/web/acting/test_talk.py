"""Somebody who acts writes to us and adds files: theirs alone to see, and the resident's; what shows it, staff's."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from flask import Flask

from portal.actions.answer_message import answer_message
from portal.actions.end_authority import end_authority
from portal.actions.record_authority import record_authority
from portal.actions.remove_evidence import remove_evidence
from portal.actions.send_message import send_message
from portal.domain.evidence import FileKind
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.domain.representation import NewAuthority
from portal.domain.representative_kinds import AuthorityEvidence, AuthorityScope, WhyEnded
from portal.evidence.checking import check_waiting
from tests.actions.office import Office
from tests.evidence.samples import GOOD, a_file
from tests.web.acting.conftest import MONDAY
from tests.web.acting.test_acting import DAY, FAMILY, complain_for, letters
from tests.web.resident.visitor import Visitor

TEXT = GOOD[FileKind.TEXT]
OF_THE_RESIDENT = "The resident told us this alone"
EVERYTHING = (AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY, AuthorityScope.MEETINGS, AuthorityScope.DECIDE)


def file_of(name: str, *, shows: bool = False) -> dict[str, object]:
    return {"press": "add", "file": (BytesIO(TEXT), name), "shows": ["authority"] if shows else []}


def allow(office: Office, reference: str, *scopes: AuthorityScope, paper: UUID | None = None) -> None:
    wanted = NewAuthority(
        evidence=AuthorityEvidence.SIGNED,
        scopes=scopes,
        expires_on=DAY + timedelta(days=91),
        evidence_id=str(paper) if paper else None,
        words="Compared with the signature of the tenancy.",
    )
    office.do(record_authority, office.handler, reference, 1, wanted, on=DAY)


def looked_at(app: Flask) -> None:
    check_waiting(app.extensions["database"], app.extensions["files"], None, app.extensions["clock"].now())


def named(office: Office, reference: str, name: str) -> UUID:
    return next(each.id for each in office.case(reference).case.evidence if each.name == name)


@pytest.mark.parametrize("scopes", [(), EVERYTHING], ids=["waiting", "everything"])
def test_messages_are_between_them_and_us_and_the_resident_reads_along(
    daughter: Visitor, resident: Visitor, office: Office, scopes: tuple[AuthorityScope, ...]
) -> None:
    reference, code = complain_for(daughter, FAMILY)
    own = office.issue_code(reference, DAY)
    if scopes:
        allow(office, reference, *scopes)
    office.do(send_message, office.resident(reference), reference, words=OF_THE_RESIDENT, on=DAY)
    daughter.open(reference, code)
    assert daughter.post("acting/messages", {"words": " "}).status == 422
    assert daughter.post("acting/messages", {"words": "She fell on the stairs."}).location == "/ids/acting/messages"
    waiting = [each for each in office.case(reference).case.messages if not each.seen_to]
    assert [each.representative for each in waiting] == [None, 1]
    office.do(answer_message, office.lead, reference, words="When did she fall?", to=1, on=DAY)
    unseen = [each for each in office.case(reference).case.messages if not each.seen_to]
    assert [each.representative for each in unseen] == [None], "an answer to her answers nothing of the resident's"
    assert "There is a message from us" in daughter.get("acting/").words
    shown = daughter.get("acting/messages").words
    assert "She fell on the stairs." in shown
    assert "When did she fall?" in shown
    assert OF_THE_RESIDENT not in shown
    resident.open(reference, own)
    read = resident.get("my-complaint/messages").words
    for words in ("Message of Daughter One, who acts for you", "She fell on the stairs.", "When did she fall?"):
        assert words in read
    assert "There is a message from us" not in resident.get("my-complaint").words, "it was not to them"


def test_an_email_says_that_there_is_a_message_and_not_what_is_in_it(
    daughter: Visitor, office: Office, app: Flask
) -> None:
    reference, _ = complain_for(daughter, FAMILY)
    office.do(answer_message, office.lead, reference, words="When did she fall?", to=1, on=DAY)
    letter = letters(app, reference)[-1]
    assert (letter.kind, letter.representative, letter.to_address) == (
        LetterKind.MESSAGE,
        1,
        "daughter.one@example.org",
    )
    assert "When did she fall?" not in letter.body
    office.do(end_authority, office.resident(reference), reference, 1, why=WhyEnded.RESIDENT_STOPPED, on=DAY)
    with pytest.raises(Refused, match="no more"):
        office.do(answer_message, office.lead, reference, words="And then?", to=1, on=DAY)


def test_words_of_a_visit_that_ended_are_there_again_once_it_is_open(
    app: Flask, daughter: Visitor, office: Office
) -> None:
    reference, code = complain_for(daughter, FAMILY)
    over = daughter.post("acting/messages", {"words": "She fell on the stairs."})
    assert (over.status, over.value("words")) == (403, "She fell on the stairs.")
    carried = {"reference": reference, "code": code, "words": over.value("words"), "to": over.value("to")}
    assert daughter.post("track", carried).value("words") == "She fell on the stairs."
    assert not office.case(reference).case.messages


def test_files_are_theirs_and_the_resident_sees_them(
    app: Flask, daughter: Visitor, resident: Visitor, office: Office
) -> None:
    reference, code = complain_for(daughter, FAMILY)
    allow(office, reference, *EVERYTHING)
    own = office.issue_code(reference, DAY)
    of_resident = a_file(office, reference, DAY, app.extensions["files"])
    daughter.open(reference, code)
    assert daughter.post("acting/files", file_of("stairs.txt")).location == "/ids/acting/files"
    looked_at(app)
    added = named(office, reference, "stairs.txt")
    assert daughter.client.get(f"/ids/acting/files/{added}").data == TEXT
    assert "calls.txt" not in daughter.get("acting/files").words
    assert daughter.get(f"acting/files/{of_resident}").status == 404
    assert daughter.post(f"acting/files/{of_resident}/remove").status == 404
    resident.open(reference, own)
    assert "Added by Daughter One, who acts for you" in resident.get("my-complaint/files").words
    assert resident.client.get(f"/ids/my-complaint/files/{added}").data == TEXT
    assert resident.post(f"my-complaint/files/{added}/remove").status == 404
    for _ in range(2):
        assert daughter.post(f"acting/files/{added}/remove").location == "/ids/acting/files"
    assert [each.name for each in office.case(reference).case.files] == ["calls.txt"]


def test_what_came_with_the_complaint_is_whoevers_sent_it(app: Flask, daughter: Visitor, office: Office) -> None:
    for name, answers in (FAMILY | {"what-happened": {"what_happened": "The stairs are broken."}}).items():
        daughter.post(f"complain/{name}", answers)
    page = daughter.get("complain/files")
    assert "Does it show that you may act for them?" in page.words
    daughter.post("complain/files", file_of("signed.txt", shows=True))
    daughter.post("complain/files", file_of("stairs.txt"))
    daughter.post("complain/check")
    reference, _ = daughter.printed()
    added = {each.name: (each.representative, each.authority_of) for each in office.case(reference).case.files}
    assert added == {"signed.txt": (1, 1), "stairs.txt": (1, None)}
    assert "stairs.txt" in daughter.get("complain/received").words


def test_what_shows_an_authority_is_for_staff_and_whoever_added_it_alone(
    app: Flask, daughter: Visitor, resident: Visitor, office: Office
) -> None:
    reference, code = complain_for(daughter, FAMILY)
    own = office.issue_code(reference, DAY)
    daughter.open(reference, code)
    daughter.post("acting/files", file_of("signed.txt", shows=True))
    looked_at(app)
    paper = named(office, reference, "signed.txt")
    assert "Shows that you may act" in daughter.get("acting/files").words
    resident.open(reference, own)
    assert "signed.txt" not in resident.get("my-complaint/files").words
    assert "signed.txt" not in resident.get("my-complaint").words
    assert resident.get(f"my-complaint/files/{paper}").status == 404
    allow(office, reference, AuthorityScope.PROGRESS, paper=paper)
    recorded = office.case(reference).case
    assert recorded.representatives[0].authority.evidence_id == str(paper)  # type: ignore[union-attr]
    assert "Remove signed.txt" not in daughter.get("acting/files").words
    daughter.post(f"acting/files/{paper}/remove")
    assert [each.name for each in office.case(reference).case.files] == ["signed.txt"], "an authority rests on it"
    with pytest.raises(Refused):
        office.do(remove_evidence, office.lead, reference, paper, on=DAY)


def test_an_authority_rests_on_nothing_but_a_paper_for_that_person(
    app: Flask, daughter: Visitor, office: Office
) -> None:
    reference, code = complain_for(daughter, FAMILY)
    of_resident = a_file(office, reference, DAY, app.extensions["files"])
    daughter.open(reference, code)
    daughter.post("acting/files", file_of("stairs.txt"))
    for each in (of_resident, named(office, reference, "stairs.txt")):
        with pytest.raises(Refused) as refused:
            allow(office, reference, AuthorityScope.PROGRESS, paper=each)
        assert refused.value.field == "paper"


def test_one_who_comes_to_meetings_reads_so(daughter: Visitor, office: Office) -> None:
    reference, code = complain_for(daughter, FAMILY)
    allow(office, reference, AuthorityScope.MEETINGS)
    daughter.open(reference, code)
    assert "You may come with them to every meeting" in daughter.get("acting/").words


def test_nothing_is_open_after_the_resident_stopped_it(daughter: Visitor, office: Office) -> None:
    reference, code = complain_for(daughter, FAMILY)
    daughter.open(reference, code)
    office.do(end_authority, office.resident(reference), reference, 1, why=WhyEnded.RESIDENT_STOPPED, on=MONDAY.date())
    for page in ("acting/messages", "acting/files"):
        assert daughter.get(page).location == "/ids/track"
    assert daughter.post("acting/messages", {"words": "Let me in"}).status == 403
    assert not office.case(reference).case.messages
