"""An average 11-year-old can read it: every page for people outside, and every letter.

Measured by textstat's Automated Readability Index, of letters in a word and words in a sentence: a number is a school
year of the United States, and children are 11 in the sixth. Left out are what people wrote, names and addresses, what
a policy or the law is called, dates, and what is no sentence, such as a label: that would make a page look easier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4
from xml.etree.ElementTree import Element

import textstat

from portal import landlords
from portal.actions.settle_petition import settle_petition
from portal.actions.settle_service import settle_service
from portal.domain.adjustment_kinds import Adjustment, Outcome
from portal.domain.enquiries import EnquiryLetterKind
from portal.domain.policy import LetterKind
from portal.post.formats import html
from portal.post.notes import link_email
from portal.records.database import Database
from portal.records.models import Link, LinkPurpose
from tests.actions.office import Office, ten_oclock
from tests.actions.test_enquiries import ADA, asks, petitions, settled, wants
from tests.actions.test_petitions import handed_in
from tests.actions.test_petitions import letters as letters_about
from tests.builders import MONDAY
from tests.markup import tree_of
from tests.post.cases import RECEIVED, UP_TO, story_for
from tests.web.test_languages import data, portal_in
from tests.web.walking import WORDS, Seen, pages_for_people_outside

SIXTH_YEAR = 6.0
"""Of school in the United States: children who are 11 or turn 11 in it."""

FEWEST_WORDS = 40
"""A shorter text is measured by chance."""

SENTENCES = {"p", "li", "dd", "h1", "h2", "h3", "legend", "label"}
NOT_OURS = re.compile("portal-words|portal-reference|govuk-summary-list__value|portal-footer|govuk-error-message")
DATE = re.compile(r"((Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day )?\d{1,2} [A-Z][a-z]+( \d{4})?")


def test_every_page_can_be_read_by_an_average_11_year_old(sqlite_database: Database, tmp_path: Path) -> None:
    app = portal_in(("en_GB",), tmp_path, sqlite_database, tmp_path / "files")
    seen = pages_for_people_outside(app, sqlite_database)
    _all_easy((name_of(page), " ".join(sentences(page.html))) for page in seen)


def test_every_letter_can_be_read_by_an_average_11_year_old() -> None:
    _all_easy((f"{kind} of {landlord}", letter(landlord, kind)) for kind in UP_TO for landlord in landlords.keys())


def test_every_short_email_can_be_read_by_an_average_11_year_old(sqlite_database: Database) -> None:
    """With a link or a code, discreet or not; and that a petition is recorded."""
    on, office = ten_oclock(MONDAY), Office(sqlite_database)
    same = {"id": uuid4(), "landlord": "ids", "to_address": "one@example.org", "about": "H4KM-73QT", "language": ""}
    notes = {
        f"{purpose}{', discreet' * discreet}": link_email(
            Link(**same, purpose=purpose, discreet=discreet, written_at=on, expires_at=on),
            landlords.landlord("ids"),
            sender="complaints@example.org",
            base_url="https://example.org",
            secret_key="x",
        ).body
        for purpose in LinkPurpose
        for discreet in (False, True)
    }
    petition = letters_about(office, handed_in(office))[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT]
    paragraphs = {name: re.split(r"\n\n+", words or "") for name, words in notes.items()}
    texts = {name: "".join(f"<p>{each}</p>" for each in said) for name, said in paragraphs.items()}
    texts["petition"] = html(petition.body)
    _all_easy(((name, " ".join(sentences(f"<main>{text}</main>"))) for name, text in texts.items()), fewest=12)


def test_every_letter_about_no_complaint_can_be_read_by_an_average_11_year_old(sqlite_database: Database) -> None:
    """But for that to the chief executive."""
    office = Office(sqlite_database)
    declined = {"reason": "Nobody can come.", "alternative": "We call you each week."}
    decision = settled(office, asks(office, Adjustment.HOME_VISIT), Outcome.DECLINED, **declined)
    petition, request = petitions(office, ADA), wants(office, replace(ADA, email=""))
    office.do(settle_petition, office.lead, petition, outcome="We mend the lift in May.", on=MONDAY)
    office.do(settle_service, office.lead, request, outcome="We put in a new tap.", on=MONDAY)
    told = [decision, *letters_about(office, petition).values(), *letters_about(office, request).values()]
    theirs = {each.kind: html(each.body) for each in told if each.kind is not EnquiryLetterKind.CHIEF_EXECUTIVE}
    assert len(theirs) == len(EnquiryLetterKind) - 1
    _all_easy((kind, " ".join(sentences(f"<main>{text}</main>"))) for kind, text in theirs.items())


def letter(landlord: str, kind: LetterKind) -> str:
    on = date(2027, 1, 20) if kind is LetterKind.LIMIT_MISSED else RECEIVED
    return " ".join(sentences(f"<main>{html(story_for(landlord, kind).letter(kind, on).body)}</main>"))


def _all_easy(texts: Iterable[tuple[str, str]], fewest: int = FEWEST_WORDS) -> None:
    measured: dict[str, tuple[float, str]] = {}
    for name, text in texts:
        if len(text.split()) >= fewest:
            grade = textstat.automated_readability_index(text)
            measured[name] = max(measured.get(name, (0.0, "")), (grade, text))
    assert measured
    worst = sorted(((grade, name, text) for name, (grade, text) in measured.items()), reverse=True)
    for grade, name, _ in worst[:5]:
        print(f"{grade:4.1f} {name}")  # noqa: T201  what to write better first
    too_hard = [f"{grade:.1f} {name}\n    {hardest(text)}" for grade, name, text in worst if grade > SIXTH_YEAR]
    assert not too_hard, "write shorter words and shorter sentences:\n" + "\n".join(too_hard)


def name_of(page: Seen) -> str:
    """The heading and the address without what differs from complaint to complaint."""
    address = re.sub(r"[0-9a-f-]{36}|[0-9a-f]{64}", "…", page.where.split(" ")[-2])
    heading = tree_of(page.html).find(".//h1")
    return f"{address}: {' '.join(''.join(heading.itertext()).split())}"


def sentences(page: str) -> Iterator[str]:
    main = tree_of(page).find(".//main")
    for text in _blocks(main):
        plain = DATE.sub("Monday", " ".join(text.replace(WORDS, "").split()))
        for each in names():
            plain = plain.replace(each, "Ann")
        plain = re.sub(r"\([^)]*\d[^)]*\)|https?://\S+", "", plain)
        if re.search(r"[.?!:]$", plain) and len(plain.split()) > 3:
            yield re.sub(r":$", ".", plain)


def names() -> tuple[str, ...]:
    return tuple(each for each in data() if each[0].isupper() and len(each) > 5)


def _blocks(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str) or NOT_OURS.search(element.get("class", "")):
        return
    if element.tag == "blockquote":
        return
    if element.tag in SENTENCES and not any(child.tag in SENTENCES for child in element.iter() if child is not element):
        yield "".join(element.itertext())
        return
    for child in element:
        yield from _blocks(child)


def hardest(text: str) -> str:
    """Three sentences that make it hard."""
    each = re.split(r"(?<=[.?!])\s+", text)
    return "\n    ".join(sorted(each, key=textstat.automated_readability_index, reverse=True)[:3])
