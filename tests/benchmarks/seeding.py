"""Cases to measure with: those of `portal seed`.

All belong to one landlord, so that its queue has so many; a second landlord has those that are there to be answered.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal import landlords
from portal.clock import LONDON
from portal.demo import remedies
from portal.demo.many import seed_many
from portal.demo.office import Office, open_office
from portal.demo.people import a_person
from portal.demo.story import Story
from portal.demo.storylines import Days, Line, extended, opened
from portal.demo.topics import topics
from portal.paths import folder
from portal.records import drafts, schema
from portal.records.database import Database
from portal.records.files import Folder
from portal.records.models import LetterRow, LetterState, User
from tests.benchmarks.supply import ANSWERING, LANDLORD, NOW, Supply

NO_FILES = Folder(Path(os.devnull))
"""No story of these brings any."""

EVENTS = 20
"""How long the history of the case of W5 is."""

AT_ONCE = 200
"""Cases in one unit of work: a commit each would take longer than the cases."""

ANSWERS = {
    "what-happened": {"what_happened": "The bedroom wall is damp. I told you in March, and again in June. " * 8},
    "who-for": {"for_whom": "me"},
    "making-it-easier": {"adjustments": [], "adjustment_words": ""},
    "when": {"happened_on": "2026-03"},
    "what-you-want": {"outcome_wanted": "Repair it."},
    "about-you": {"name": "Resident One", "address": "1 Example Road", "postcode": "N1 0AA"},
    "how-to-reach-you": {"reply_by": "email", "email": "resident.one@example.org"},
}


@dataclass(frozen=True, slots=True)
class Told:
    """A case that was made, and the code that opens it."""

    reference: str
    code: str


def seed(path: Path, cases: int, password_hash: str, *, to_answer: int, to_submit: int) -> Supply:
    """A SQLite database at `path` with `cases` cases, about a fifth of them open, and with what the units use up."""
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database, folder("migrations"))
    dice = Random(cases)
    office = seed_many(database, LANDLORD, cases, 1, password_hash, NOW)
    with database.unit_of_work() as session:
        answering = _one_handler(_office(session, ANSWERING, password_hash, dice))
    longest = _tell(database, office, dice, [long_life])[0]
    waiting = _tell(database, answering, dice, [opened] * to_answer)
    with database.unit_of_work() as session:
        session.execute(update(LetterRow).values(state=LetterState.SENT, next_try_at=None))
        tokens = [_draft(session) for _ in range(to_submit)]
        supply = Supply(
            reference=longest.reference,
            code=longest.code,
            lead=_email(session, office.lead.user_id),
            handler=_email(session, answering.handlers[0].user_id),
            to_answer=tuple(each.reference for each in waiting),
            drafts=tuple(tokens),
        )
    database.close()
    return supply


def long_life(story: Story) -> Days:
    """Both stages, the first of them extended: `EVENTS` events or a few more."""
    yield from extended(story)
    yield story.before_due(3)
    story.respond()
    yield story.later(5)
    story.ask_for_stage_2(story.topic.still)
    yield story.later(1)
    story.assign()
    yield story.later(1)
    story.acknowledge()
    yield story.before_due(4)
    story.respond()
    remedies.carry_out(story)
    story.close()
    while story.file.version < EVENTS:
        story.issue_code()


def _office(session: Session, key: str, password_hash: str, dice: Random) -> Office:
    return open_office(session, landlords.landlord(key), landlords.calendar_for(key), password_hash, dice)


def _one_handler(office: Office) -> Office:
    """All complaints go to the same person, who is the one signed in."""
    return replace(office, handlers=office.handlers[:1])


def _tell(database: Database, office: Office, dice: Random, lines: Iterable[Line]) -> list[Told]:
    """Play one story after the other to its end, `AT_ONCE` in a unit of work."""
    return [told for some in _batches(lines) for told in _tell_some(database, office, dice, some)]


def _tell_some(database: Database, office: Office, dice: Random, lines: Sequence[tuple[int, Line]]) -> Iterator[Told]:
    with database.unit_of_work() as session:
        for number, line in lines:
            about = {"topic": dice.choice(topics()), "person": a_person(dice), "dice": dice}
            story = Story(office=office, store=NO_FILES, ended=[], **about)
            story.session, story.now = session, _at(_begins(line, number, office))
            for day in line(story):
                story.now = _at(day)
            yield Told(story.reference, story.code)


def _begins(line: Line, number: int, office: Office) -> date:
    """A day that leaves the story time enough to end before today."""
    day = NOW.date() - timedelta(days=2 + number % 9 if line is opened else 150)
    return office.calendar.after(day, 1) if not office.calendar.is_working_day(day) else day


def _batches(lines: Iterable[Line]) -> Iterator[list[tuple[int, Line]]]:
    numbered = iter(enumerate(lines))
    while some := list(islice(numbered, AT_ONCE)):
        yield some


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9, 5), LONDON)


def _draft(session: Session) -> str:
    token = drafts.new_token()
    for page, answers in ANSWERS.items():
        drafts.save_page(session, LANDLORD, token, page, answers, at=NOW)
    return token


def _email(session: Session, user_id: int | None) -> str:
    return session.get_one(User, user_id).email
