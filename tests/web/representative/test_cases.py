"""An office's cases: a list, a table to save and each case, of its own alone and as far as its authority goes."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from flask import Flask

from portal.actions.end_authority import end_authority
from portal.actions.record_authority import record_authority
from portal.clock import StoppedClock
from portal.domain.office_cases import initials
from portal.domain.representation import NewAuthority
from portal.domain.representative_kinds import AskedBy, AuthorityEvidence, AuthorityScope, Capacity, WhyEnded
from portal.records.office_cases import PAGE, Show
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.statements import statements
from tests.web.answer import Answer, text_of
from tests.web.representative.member import Known, Member, an_office, hand_in

pytestmark = pytest.mark.on_both

TUESDAY = MONDAY + timedelta(days=1)
WORDS = "The roof leaks and nobody called back."


@pytest.fixture
def here(member: Member, known: Known) -> Member:
    """The caseworker of the MP, signed in."""
    return member.sign_in(known)


def listed(page: Answer) -> list[dict[str, str]]:
    """The rows of a list, each by the headings of its columns."""
    rows = page.tree.findall(".//table/tbody/tr")
    return [{cell.get("data-label", ""): text_of(cell) for cell in row} for row in rows]


def references(member: Member, show: Show = Show.ALL) -> set[str]:
    return {row["Our reference"] for row in listed(member.get(f"office/?show={show.value}"))}


def table(member: Member, show: Show = Show.ALL) -> list[dict[str, str]]:
    answer = member.client.get(f"/ids/office/cases.csv?show={show.value}")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="cases-2026-11-02.csv"'
    return list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))


def end(office: Office, reference: str) -> None:
    with office.database.unit_of_work() as session:
        why = WhyEnded.RESIDENT_STOPPED
        end_authority(session, office.resident(reference), reference, 1, why=why, now=ten_oclock(MONDAY))


def test_the_list_has_what_the_authority_allows(here: Member, office: Office, known: Known) -> None:
    mine = hand_in(office, known, own_reference="MP/1")
    waiting = hand_in(office, known, own_reference="MP/2", name="Second Resident", asked_by=AskedBy.SOMEBODY_ELSE)
    ended = hand_in(office, known, own_reference="MP/3")
    end(office, ended)
    rows = {row["Our reference"]: row for row in listed(here.get("office/"))}
    assert set(rows) == {mine, waiting, ended}
    assert rows[mine] == {
        "Our reference": mine,
        "Your reference": "MP/1",
        "Resident": "R.O.",
        "Stage": "Stage 1: Received, to be acknowledged",
        "Next date": "Mon 9 Nov",
        "Waiting on you": "",
    }
    assert rows[waiting]["Stage"] == "Received on Monday 2 November 2026"
    assert (rows[waiting]["Next date"], rows[waiting]["Resident"]) == ("", "S.R.")
    assert rows[waiting]["Waiting on you"] == "Show us that the resident agrees"
    assert rows[ended]["Stage"] == "Access ended Monday 2 November 2026"
    assert "Resident One" not in here.get("office/").html


def test_each_view_has_its_cases(here: Member, office: Office, known: Known, clock: StoppedClock) -> None:
    answered = hand_in(office, known)
    office.assign(answered, MONDAY)
    office.acknowledge(answered, MONDAY)
    office.answer(answered, MONDAY)
    needs = hand_in(office, known, asked_by=AskedBy.NOT_SAID)
    ended = hand_in(office, known)
    end(office, ended)
    late = hand_in(office, known)
    assert references(here, Show.OVERDUE) == set()
    clock.move_to(ten_oclock(date(2026, 11, 10)))
    here.sign_in(known)
    assert references(here, Show.OVERDUE) == {late}
    assert references(here, Show.ANSWERED) == {answered}
    assert references(here, Show.NEEDS_AUTHORITY) == references(here, Show.WAITING) == {needs}
    assert references(here, Show.ENDED) == {ended}
    assert references(here) == {answered, needs, ended, late}
    words = here.get("office/?show=overdue").words
    for label in ("All (4)", "Waiting on us (1)", "Overdue (1)", "Answered (1)", "Needs authority (1)"):
        assert label in words
    assert references(here, Show.ALL) == {row["Our reference"] for row in listed(here.get("office/?show=nonsense"))}


def authority(office: Office, reference: str, expires: date, *scopes: AuthorityScope) -> None:
    wanted = NewAuthority(
        evidence=AuthorityEvidence.SIGNED, scopes=scopes, expires_on=expires, words="A signed letter, checked by phone."
    )
    with office.database.unit_of_work() as session:
        record_authority(session, office.lead, reference, 1, wanted, now=ten_oclock(MONDAY))


def test_an_authority_that_ends_soon_or_a_decision_waits_for_the_office(
    app: Flask, office: Office, clock: StoppedClock
) -> None:
    agency = an_office(office, "Advice for Example Town", kind=Capacity.ADVICE_AGENCY, member="adviser")
    here = Member(app).sign_in(agency)
    soon, decides = hand_in(office, agency), hand_in(office, agency)
    assert references(here, Show.NEEDS_AUTHORITY) == {soon, decides}
    authority(office, soon, MONDAY + timedelta(days=14), AuthorityScope.PROGRESS)
    authority(office, decides, MONDAY + timedelta(days=200), AuthorityScope.DECIDE)
    assert references(here, Show.WAITING) == {soon}
    assert "Your authority ends soon" in here.get(f"office/cases/{soon}").words
    office.assign(decides, MONDAY)
    office.acknowledge(decides, MONDAY)
    office.answer(decides, MONDAY)
    assert references(here, Show.WAITING) == {soon, decides}
    assert "you can ask for stage 2" in here.get(f"office/cases/{decides}").words
    clock.move_to(ten_oclock(MONDAY + timedelta(days=15)))
    here.sign_in(agency)
    assert references(here, Show.ENDED) == {soon}
    assert "It ended on Monday 16 November 2026" in here.get(f"office/cases/{soon}").words


def test_a_case_shows_what_the_authority_allows_and_no_more(here: Member, office: Office, known: Known) -> None:
    told = hand_in(office, known)
    waiting = hand_in(office, known, asked_by=AskedBy.SOMEBODY_ELSE)
    progress_only = hand_in(office, known, wants=(AuthorityScope.PROGRESS,))
    for each in (told, waiting, progress_only):
        office.assign(each, MONDAY)
        office.acknowledge(each, MONDAY)
    page = here.get(f"office/cases/{told}")
    assert page.heading == "Stage 1: Acknowledged, to be answered"
    assert WORDS in page.words
    assert "How we have understood your complaint" in page.words
    [receipt, acknowledgement] = [each.id for each in office.letters(told)]
    assert "The roof leaks" in here.get(f"office/cases/{told}/letters/{acknowledgement}").words

    page = here.get(f"office/cases/{waiting}")
    assert page.heading == "We have received this complaint"
    assert "Acknowledged" not in page.words
    assert "Show us that the resident agrees" in page.words
    for each in office.letters(waiting):
        assert here.get(f"office/cases/{waiting}/letters/{each.id}").status == 404
        assert here.get(f"office/cases/{told}/letters/{each.id}").status == 404

    page = here.get(f"office/cases/{progress_only}")
    assert page.heading == "Stage 1: Acknowledged, to be answered"
    assert "How we have understood your complaint" not in page.words
    for each in office.letters(progress_only):
        assert here.get(f"office/cases/{progress_only}/letters/{each.id}").status == 404
    assert here.get(f"office/cases/{told}/letters/{receipt}").status == 404  # it is the resident's own


def test_letters_about_the_residents_own_access_are_not_the_offices(here: Member, office: Office, known: Known) -> None:
    reference = hand_in(office, known)
    before = {each.id for each in office.letters(reference)}
    office.issue_code(reference, MONDAY)
    [about_the_code] = [each.id for each in office.letters(reference) if each.id not in before] or [None]
    if about_the_code:
        assert here.get(f"office/cases/{reference}/letters/{about_the_code}").status == 404


def test_access_to_a_case_ends_with_its_authority_and_the_offices_words_stay(
    here: Member, office: Office, known: Known
) -> None:
    reference = hand_in(office, known, own_reference="MP/7")
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    letter = office.letters(reference)[-1].id
    assert here.get(f"office/cases/{reference}/letters/{letter}").status == 200
    end(office, reference)
    page = here.get(f"office/cases/{reference}")
    assert page.heading == "Your access to this case has ended"
    for words in (WORDS, reference, "MP/7", "It ended on Monday 2 November 2026"):
        assert words in page.words
    assert "Acknowledged, to be answered" not in page.words
    assert here.get(f"office/cases/{reference}/letters/{letter}").status == 404


def test_one_office_sees_nothing_of_another(app: Flask, here: Member, office: Office, known: Known) -> None:
    other = an_office(office, "Advice for Example Town", kind=Capacity.ADVICE_AGENCY, member="adviser")
    mine, theirs = hand_in(office, known, own_reference="ours"), hand_in(office, other, own_reference="theirs")
    nobodys = office.submit(MONDAY)
    adviser = Member(app).sign_in(other)
    for who, own, foreign in ((here, mine, theirs), (adviser, theirs, mine)):
        assert references(who) == {own}
        assert {row["Our reference"] for row in table(who)} == {own}
        assert who.get(f"office/cases/{own}").status == 200
        for reference in (foreign, nobodys, "H4KM-72QT", "H4KM 72QT", "x" * 300, "\x00"):
            assert who.get(f"office/cases/{reference}").status == 404
        for reference in (own, foreign, nobodys):
            for letter in office.letters(foreign):
                assert who.get(f"office/cases/{reference}/letters/{letter.id}").status == 404
        for show in Show:
            assert foreign not in who.get(f"office/?show={show.value}").html


def test_the_table_has_no_more_of_a_resident_than_initials_and_reckons_nothing(
    here: Member, office: Office, known: Known
) -> None:
    formulas = ("=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", " =1", "\uff1d1", 'MP/1, "quoted"\n=2')
    for each in formulas:
        hand_in(office, known, own_reference=each, name="Éva =Brown")
    rows = table(here)
    assert len(rows) == len(formulas)
    assert {row["Your reference"] for row in rows} >= {"'=HYPERLINK(1)", "'+1", "'-1", "'@SUM(A1)"}
    assert not [
        cell for row in rows for cell in row.values() if cell.strip().startswith(("=", "+", "-", "@", "\uff1d"))
    ]
    assert {row["Resident"] for row in rows} == {"É.B."}
    first = rows[0]
    assert (first["Received on"], first["Stage"], first["Next date"]) == ("2026-11-02", "Stage 1", "2026-11-09")
    whole = here.client.get("/ids/office/cases.csv").text
    for personal in ("Brown", "resident.one@example.org", "1 Example Street", "N1 0AA", WORDS):
        assert personal not in whole


def test_pages_follow_one_another_and_no_place_breaks_them(here: Member, office: Office, known: Known) -> None:
    all_of_them = {hand_in(office, known) for _ in range(PAGE + 1)}
    first = here.get("office/")
    later = first.tree.find(".//a[@rel='next']").get("href")
    second = here.get(later)
    shown = [row["Our reference"] for page in (first, second) for row in listed(page)]
    assert len(shown) == len(all_of_them)
    assert set(shown) == all_of_them
    for place in ("0", "99999999999", "9" * 40, "-1", "x", "\u0663"):
        assert here.get(f"office/?after={place}").status == 200


def test_forty_cases_take_as_many_statements_as_three(app: Flask, here: Member, office: Office, known: Known) -> None:
    work = []
    for more in (3, 37):
        for number in range(more):
            hand_in(office, known, own_reference=f"MP/{number}")
        counted = []
        for path in ("", "?show=overdue", "cases.csv"):
            with statements(app) as seen:
                assert here.client.get(f"/ids/office/{path}").status_code == 200
            counted.append(len(seen))
        work.append(counted)
    assert work[0] == work[1]
    assert max(work[0]) <= 3


def test_htmx_gets_the_list_alone(here: Member, office: Office, known: Known) -> None:
    reference = hand_in(office, known)
    part = here.client.get("/ids/office/?show=all", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert reference in part.text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Resident One", "R.O."),
        ("", ""),
        ("  ", ""),
        ("ana-maría  o'neill", "A.O."),
        ("🌻 Sun", "S."),
        ("(x) y", "X.Y."),
    ],
)
def test_initials(name: str, said: str) -> None:
    assert initials(name) == said
