"""Letters, notes and forms in another language: nothing of ours is left in English, and each reader has their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from sqlalchemy import select

from portal import landlords, translation
from portal.actions.add_representative import add_representative
from portal.actions.choose_language import choose_language
from portal.actions.choose_own_language import choose_own_language
from portal.actions.record_authority import record_authority
from portal.actions.settle_petition import settle_petition
from portal.actions.settle_service import settle_service
from portal.domain import representation
from portal.domain.adjustment_kinds import Adjustment, Outcome
from portal.domain.enquiries import EnquiryLetterKind
from portal.domain.events import Person
from portal.domain.permissions import Actor, Role
from portal.domain.policy import Landlord, LetterKind, Part
from portal.domain.refusal import Forbidden
from portal.domain.representation import NewAuthority, NewRepresentative
from portal.domain.representative_events import RepresentativeLanguageChosen
from portal.domain.representative_kinds import AskedBy, AuthorityEvidence, AuthorityScope, Capacity
from portal.domain.routes import CONFIDENTIAL, Route
from portal.post.adjustments import ADJUSTMENTS
from portal.post.formats import email, html, plain_text
from portal.post.mailer import message_for
from portal.post.pdf import pdf
from portal.post.referrals import ROUTES
from portal.post.wording import templates
from portal.records.chain import verify
from portal.records.database import Database
from portal.records.models import Channel, LetterRow, Link, LinkPurpose
from portal.settings import Settings
from portal.translation import day_in, say_in
from tests import made_up
from tests.actions.neighbours import IFOR, MONA, group, member_of
from tests.actions.office import Office
from tests.actions.test_enquiries import asks, petitions, settled, wants
from tests.actions.test_petitions import handed_in
from tests.actions.test_petitions import letters as petition_letters
from tests.actions.test_representatives import acting, represented
from tests.builders import MONDAY
from tests.made_up import CLOSE, LEFT_TO_RIGHT, OPEN, RIGHT_TO_LEFT
from tests.post.cases import ELSEWHERE, RECEIVED, REFERENCE, TO_REPRESENTATIVES, UP_TO, Story, story_for
from tests.post.test_agreed_formats import NOW, POINTS_IN_A_MM
from tests.post.test_delivery import settings_for
from tests.web.test_languages import untranslated

IDS = "ids"
SETTINGS = replace(settings_for(None), base_url="https://example.org", mail_from="post@example.org")
RESIDENT = Person(
    name="Resident One",
    email="resident.one@example.org",
    address="1 Example Street",
    postcode="N1 0AA",
    language=LEFT_TO_RIGHT,
)


NOT_WORDS = re.compile(r"</?strong>|[*]{2}|https://[^\s<\"]+|([A-Z0-9]{4}-){2}[A-Z0-9]{4}")
"""Bold type, which stands within one message, so that no bracket ends before it; addresses; codes."""


@pytest.fixture(scope="module", autouse=True)
def _made_up_languages(tmp_path_factory: pytest.TempPathFactory) -> None:
    """An installation that offers one from the left and one from the right."""
    folder = tmp_path_factory.mktemp("languages")
    for code in LEFT_TO_RIGHT, RIGHT_TO_LEFT:
        made_up.catalogue(folder, code)
    translation.offer(Settings(secret_key="", languages=(LEFT_TO_RIGHT, RIGHT_TO_LEFT), language_folder=folder))


def ours() -> Landlord:
    return landlords.landlord(IDS)


def all_letters(database: Database) -> Sequence[LetterRow]:
    """To whomever they went."""
    with database.session() as session:
        return session.scalars(select(LetterRow)).all()


def all_translated(**said: str) -> None:
    """`said`: pieces of HTML, by where they are from."""
    wrong: dict[str, str] = {}
    for where, words in said.items():
        ours_alone = NOT_WORDS.sub("", words)
        for each in untranslated(f'<html lang="{LEFT_TO_RIGHT}"><body>{ours_alone}'):
            wrong.setdefault(each, where)
    lines = (f"{each}\n    {where}" for each, where in wrong.items())
    assert not wrong, "mark these for translation:\n" + "\n".join(lines)


def test_nothing_of_a_letter_is_left_in_english() -> None:
    said = {}
    for landlord in landlords.keys():
        moments = [(kind, story_for(landlord, kind)) for kind in UP_TO]
        for kind, go in ELSEWHERE:
            story = Story(landlord)
            go(story)
            moments.append((kind, story))
        for number, (kind, story) in enumerate(moments):
            for on in RECEIVED, date(2027, 1, 20):
                letter = story.letter(kind, on, language=LEFT_TO_RIGHT)
                said[f"{landlord} {kind} {number} {on}"] = f"<p>{letter.subject}</p>{html(letter.body)}"
    all_translated(**said)


def test_what_a_letter_names_is_in_its_language() -> None:
    said = [*ADJUSTMENTS.values(), *ROUTES.values()]
    all_translated(names="".join(f"<p>{say_in(LEFT_TO_RIGHT, each)}</p>" for each in said))
    assert len(said) > len(set(Route) - CONFIDENTIAL)


@pytest.mark.parametrize("purpose", LinkPurpose)
@pytest.mark.parametrize("discreet", [False, True])
def test_nothing_of_a_short_email_is_left_in_english(purpose: LinkPurpose, discreet: bool) -> None:
    link = Link(
        id=uuid4(),
        landlord=IDS,
        purpose=purpose,
        about="H4KM-72Q",
        to_address="ada@example.org",
        discreet=discreet,
        language=LEFT_TO_RIGHT,
        written_at=NOW,
        expires_at=NOW + timedelta(days=1),
    )
    _in_our_language(message_for(link, SETTINGS))


def test_nothing_of_a_daily_list_is_left_in_english() -> None:
    line = {"reference": "H4KM-72Q", "stage": 1, "due": "2026-11-09", "late": False}
    link = Link(
        id=uuid4(),
        landlord=IDS,
        purpose=LinkPurpose.STAFF_NOTE,
        lines=[line, {**line, "late": True}] * 50,
        to_address="ada@example.org",
        discreet=False,
        language=LEFT_TO_RIGHT,
        written_at=NOW,
        expires_at=NOW + timedelta(days=1),
    )
    _in_our_language(message_for(link, SETTINGS))


@pytest.mark.parametrize("discreet", [False, True])
def test_nothing_of_the_email_around_a_letter_is_left_in_english(discreet: bool) -> None:
    letter = LetterRow(
        id=uuid4(),
        landlord=IDS,
        kind=LetterKind.CLOSING,
        language=LEFT_TO_RIGHT,
        subject=f"{OPEN}x{CLOSE}",
        body=f"{OPEN}x{CLOSE}",
        to_address="ada@example.org",
        discreet=discreet,
        written_at=NOW,
    )
    _in_our_language(message_for(letter, SETTINGS))


def _in_our_language(message) -> None:  # type: ignore[no-untyped-def]
    assert f'<html lang="{LEFT_TO_RIGHT}" dir="ltr">' in message.html
    all_translated(page=message.html, text=f"<p>{message.body}</p>", subject=f"<p>{message.subject}</p>")


def test_what_is_printed_beside_a_letter_and_above_a_copy_is_in_its_language() -> None:
    story = story_for(IDS, LetterKind.WHO_ACTS)
    head = templates(LEFT_TO_RIGHT).get_template("letters/shared/copy.md").render(one=story.case.representatives[0])
    slip = templates(LEFT_TO_RIGHT).get_template("letters/shared/slip.md")
    printed = slip.render(address="https://example.org/new-code", reference="H4KM-72Q", code="AB12-CD34")
    all_translated(head=html(head), slip=html(printed))


def test_dates_counts_and_lists_are_those_of_the_language() -> None:
    letter = story_for(IDS, LetterKind.RECEIPT).letter(LetterKind.RECEIPT, language=LEFT_TO_RIGHT)
    assert day_in(LEFT_TO_RIGHT, RECEIVED) in letter.body
    assert "Monday" not in letter.body
    extension = story_for(IDS, LetterKind.EXTENSION).letter(LetterKind.EXTENSION, language=LEFT_TO_RIGHT)
    assert "5" in extension.said[Part.UPDATE_INTERVAL]
    assert OPEN in extension.said[Part.UPDATE_INTERVAL]


def test_what_people_wrote_stays_as_they_wrote_it() -> None:
    letter = story_for(IDS, LetterKind.RESPONSE_STAGE_1).letter(LetterKind.RESPONSE_STAGE_1, language=LEFT_TO_RIGHT)
    for words in ("It took us 31 days.", "We are sorry for the cold.", "The boiler was left broken"):
        assert words in letter.body


@pytest.mark.parametrize("kind", UP_TO)
def test_the_same_parts_are_there_in_every_language(kind: LetterKind) -> None:
    """So that a part without words stops a letter in whatever language."""
    story = story_for(IDS, kind)
    english, other = (story.letter(kind, language=each).said for each in ("en_GB", LEFT_TO_RIGHT))
    assert [each for each in english if english[each]] == [each for each in other if other[each]]


def test_a_language_that_is_not_offered_is_written_in_english(sqlite_database: Database) -> None:
    office = Office(sqlite_database, IDS)
    for language in ("", "tlh", "../up"):
        reference = office.submit(MONDAY, person=replace(RESIDENT, language=language))
        letter = office.letters(reference)[0]
        assert (letter.language, letter.english) == ("en_GB", "")
        assert "Thank you for telling us" in letter.body


def test_each_reader_has_letters_in_their_own_language(sqlite_database: Database) -> None:
    office = Office(sqlite_database, IDS)
    reference = office.submit(MONDAY, person=RESIDENT)
    new = NewRepresentative(
        capacity=Capacity.FAMILY, asked_by=AskedBy.RESIDENT, name="Daughter One", language=RIGHT_TO_LEFT
    )
    office.do(add_representative, office.lead, reference, new, on=MONDAY)
    may = NewAuthority(
        evidence=AuthorityEvidence.CALL,
        scopes=(AuthorityScope.FULL_REPLY,),
        expires_on=date(2027, 5, 1),
        words="Told us by phone.",
    )
    office.do(record_authority, office.lead, reference, 1, may, on=MONDAY)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    written = [each for each in all_letters(sqlite_database) if each.kind is LetterKind.ACKNOWLEDGEMENT]
    assert {(each.representative, each.language) for each in written} == {(None, LEFT_TO_RIGHT), (1, RIGHT_TO_LEFT)}
    for each in written:
        assert OPEN in each.body
        assert "We are looking into the complaint that we received from you on Monday" in each.english
        assert each.english.startswith(f"## Reference {reference}")
    assert "Copy for Daughter One" in next(each.english for each in written if each.representative)
    with sqlite_database.session() as session:
        assert verify(session, IDS) is None


def test_members_of_a_group_each_have_their_own(sqlite_database: Database) -> None:
    office = Office(sqlite_database, IDS)
    ifor = replace(IFOR, person=replace(IFOR.person, language=LEFT_TO_RIGHT))
    group(office, MONDAY, ifor, MONA)
    joined = {each.member: each.language for each in all_letters(sqlite_database) if each.member}
    assert joined == {1: LEFT_TO_RIGHT, 2: "en_GB"}


def test_a_petition_is_acknowledged_in_the_language_of_its_organiser(sqlite_database: Database) -> None:
    office = Office(sqlite_database, IDS)
    reference = handed_in(office, organiser=RESIDENT)
    told = petition_letters(office, reference)
    assert told[EnquiryLetterKind.CHIEF_EXECUTIVE].language == "en_GB"
    letter = told[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT]
    assert letter.language == LEFT_TO_RIGHT
    all_translated(letter=f"<p>{letter.subject}</p>{html(letter.body)}")


def test_whoever_asks_without_a_complaint_is_answered_in_their_language_and_staff_read_it_in_english(
    sqlite_database: Database,
) -> None:
    office = Office(sqlite_database, IDS)
    declined = asks(office, Adjustment.SUMMARY_FIRST, Adjustment.HOME_VISIT, person=RESIDENT)
    decision = settled(office, declined, Outcome.DECLINED, reason="1", alternative="2")
    petition, request = petitions(office, RESIDENT), wants(office, replace(RESIDENT, email=""))
    office.do(settle_petition, office.lead, petition, outcome="3", on=MONDAY)
    office.do(settle_service, office.lead, request, outcome="4", on=MONDAY)
    told = [decision, *petition_letters(office, petition).values(), *petition_letters(office, request).values()]
    theirs = [each for each in told if each.kind is not EnquiryLetterKind.CHIEF_EXECUTIVE]
    assert {each.kind for each in theirs} == {*EnquiryLetterKind} - {EnquiryLetterKind.CHIEF_EXECUTIVE}
    for letter in theirs:
        assert letter.language == LEFT_TO_RIGHT
        all_translated(letter=f"<p>{letter.subject}</p>{html(letter.body)}")
        assert "Yours sincerely" in letter.english


def test_a_language_that_is_chosen_later_holds_for_the_next_letter(sqlite_database: Database) -> None:
    office = Office(sqlite_database, IDS)
    reference = office.submit(MONDAY)
    resident = Actor(Role.RESIDENT, landlord=IDS, case_reference=reference)
    for actor, language in ((resident, LEFT_TO_RIGHT), (resident, LEFT_TO_RIGHT), (office.lead, RIGHT_TO_LEFT)):
        office.do(choose_language, actor, reference, language, on=MONDAY)
    chosen = [each.event.language for each in office.case(reference).recorded if each.event.kind == "language_chosen"]
    assert chosen == [LEFT_TO_RIGHT, RIGHT_TO_LEFT]
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    assert [each.language for each in office.letters(reference)] == ["en_GB", RIGHT_TO_LEFT]


def test_whoever_acts_reads_the_next_letter_in_the_language_that_they_choose_and_nobody_else_does(
    sqlite_database: Database,
) -> None:
    office = Office(sqlite_database, IDS)
    reference = represented(office, AuthorityScope.FULL_REPLY)
    daughter = acting(reference, AuthorityScope.FULL_REPLY)
    for _pressed_twice in range(2):
        office.do(choose_own_language, daughter, reference, LEFT_TO_RIGHT, on=MONDAY)
    assert [each.event.kind for each in office.case(reference).recorded].count("representative_language_chosen") == 1
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    written = [each for each in all_letters(sqlite_database) if each.kind is LetterKind.ACKNOWLEDGEMENT]
    assert {(each.representative, each.language) for each in written} == {(None, "en_GB"), (1, LEFT_TO_RIGHT)}


def test_a_member_of_a_group_reads_the_next_letter_in_the_language_that_they_choose(sqlite_database: Database) -> None:
    office = Office(sqlite_database, IDS)
    reference, _codes = group(office, MONDAY, IFOR, MONA)
    office.do(choose_own_language, member_of(office, reference, 2), reference, LEFT_TO_RIGHT, on=MONDAY)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    written = [each for each in all_letters(sqlite_database) if each.kind is LetterKind.ACKNOWLEDGEMENT]
    assert {each.member: each.language for each in written} == {None: "en_GB", 1: "en_GB", 2: LEFT_TO_RIGHT}


def test_staff_are_told_in_which_language_somebody_reads_who_does_not_say_it_here(sqlite_database: Database) -> None:
    office = Office(sqlite_database, IDS)
    represented_one, (grouped, _codes) = represented(office, AuthorityScope.FULL_REPLY), group(office, MONDAY, IFOR)
    for reference, whose in ((represented_one, {"representative": 1}), (grouped, {"member": 1})):
        office.do(choose_language, office.lead, reference, LEFT_TO_RIGHT, on=MONDAY, **whose)
        with pytest.raises(Forbidden):
            office.do(choose_language, office.resident(reference), reference, LEFT_TO_RIGHT, on=MONDAY, **whose)
        office.assign(reference, MONDAY)
        office.acknowledge(reference, MONDAY)
    written = [each for each in all_letters(sqlite_database) if each.kind is LetterKind.ACKNOWLEDGEMENT]
    of_others = {each.language for each in written if each.representative or each.member}
    assert (of_others, {each.language for each in written} - of_others) == ({LEFT_TO_RIGHT}, {"en_GB"})


def test_a_language_that_was_chosen_and_erased_leaves_the_one_before(sqlite_database: Database) -> None:
    office = Office(sqlite_database, IDS)
    reference = represented(office, AuthorityScope.FULL_REPLY)
    case = office.case(reference).case
    erased = RepresentativeLanguageChosen(number=1, chosen_on=MONDAY)
    assert representation.after(case.representatives, erased) == case.representatives


def test_what_staff_read_of_a_letter_is_sealed_with_it(sqlite_database: Database) -> None:
    office = Office(sqlite_database, IDS)
    reference = office.submit(MONDAY, person=RESIDENT)
    with sqlite_database.unit_of_work() as session:
        letter = session.get_one(LetterRow, office.letters(reference)[0].id)
        letter.english = letter.english.replace("We will look into it", "We will not look into it")
    with sqlite_database.session() as session:
        broken = verify(session, IDS)
    assert broken
    assert broken.problem == "its letter was altered"


@pytest.mark.parametrize(("language", "tag", "direction"), [("br", "br", "ltr"), ("ar", "ar", "rtl")])
def test_a_printed_letter_says_its_language_and_runs_its_way(
    language: str, tag: str, direction: str, tmp_path: Path
) -> None:
    composed = story_for(IDS, LetterKind.RESPONSE_STAGE_1).letter(LetterKind.RESPONSE_STAGE_1, language=language)
    letter = LetterRow(
        id=uuid4(),
        landlord=IDS,
        kind=LetterKind.RESPONSE_STAGE_1,
        channel=Channel.POST,
        to_address="Ada Resident\n1 Example Row",
        language=language,
        subject=composed.subject,
        body=composed.body,
        written_at=NOW,
    )
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf(letter, ours()))
    read = pypdf.PdfReader(path)
    assert read.trailer["/Root"]["/Lang"] == tag
    sent = email(letter, ours(), sender="post@example.org", base_url="https://example.org")
    assert f'<html lang="{tag}" dir="{direction}">' in sent.html
    head = "".join(read.pages[0].extract_text().split(REFERENCE)[:2])
    assert head.count(ours().name) == 2, "the head says it, and its address; the letter does not say it again"


def test_words_that_run_the_other_way_keep_to_themselves() -> None:
    """Else a telephone number in a sentence from right to left would be read in pieces from the wrong end."""
    letter = story_for(IDS, LetterKind.RECEIPT).letter(LetterKind.RECEIPT, language=RIGHT_TO_LEFT)
    assert f"\u2068{ours().contact.phone}\u2069" in letter.body
    assert f"\u2068{ours().contact.phone}\u2069" in plain_text(letter.body, 10_000)
    assert not {LetterKind.REPRESENTATIVE_RECEIPT, LetterKind.REPRESENTATIVE_ENDED} ^ TO_REPRESENTATIVES
    points = story_for(IDS, LetterKind.ACKNOWLEDGEMENT).letter(LetterKind.ACKNOWLEDGEMENT, language=RIGHT_TO_LEFT)
    assert html(points.body).count("<ol>") == 1, "numbers of a list are no words"


@pytest.mark.parametrize("language", [LEFT_TO_RIGHT, RIGHT_TO_LEFT])
def test_the_address_stands_at_the_left_where_envelopes_have_their_window(language: str) -> None:
    lines: dict[str, float] = {}
    letter = LetterRow(
        landlord=IDS,
        channel=Channel.POST,
        to_address="Ada Resident\n1 Example Row",
        language=language,
        subject="x",
        body="x",
        written_at=NOW,
    )

    def look(text: str, page: Any, matrix: Any, _font: Any, _size: float) -> None:
        lines.setdefault(text.strip(), (page[0] * matrix[4] + page[4]) / POINTS_IN_A_MM)

    pypdf.PdfReader(BytesIO(pdf(letter, ours()))).pages[0].extract_text(visitor_text=look)
    assert 22 < lines["Ada Resident"] < 24
    assert 22 < lines["1 Example Row"] < 24
