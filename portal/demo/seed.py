"""Plays every story of every landlord, day by day up to yesterday."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from random import Random

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.notice_missed_limits import notice_missed_limits
from portal.clock import LONDON
from portal.demo.office import Office, open_office
from portal.demo.people import a_person
from portal.demo.story import Story
from portal.demo.storylines import PLANS, UNREACHABLE, Days, Plan
from portal.demo.topics import Topic, topics
from portal.domain.working_days import Calendar
from portal.records.database import Database
from portal.records.models import LetterRow, LetterState
from portal.records.queries import overdue_references

ONE_DAY = timedelta(days=1)
BEFORE_WORK = time(6, 30)
FIRST_STEP = time(9, 5)
BETWEEN_STEPS = timedelta(minutes=7)
NEXT_TRY = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Seeded:
    """A complaint that the demonstration shows: its reference and the code that opens it."""

    landlord: str
    reference: str
    code: str


def seed(
    database: Database, password_hash: str, now: datetime, progress: Callable[[str], object] = print
) -> list[Seeded]:
    """Staff, complaints and letters of every landlord, the same for every run that starts on the same day.

    `now` is the present moment in Europe/London: the stories end on the day before.
    """
    seeded: list[Seeded] = []
    for key in landlords.keys():
        stories = list(_prepared(database, key, password_hash, now.date()))
        _Play(database, key, stories, now).run()
        seeded += [Seeded(key, story.reference, story.code) for story in stories]
        progress(f"  {landlords.landlord(key).name}: {len(stories)} complaints")
    with database.unit_of_work() as session:
        _deliver(session, now)
    return seeded


@dataclass(slots=True)
class _Begun(Story):
    """A story with the rest of what is to happen in it."""

    days: Days | None = None
    begins: date = date.min


def _prepared(database: Database, key: str, password_hash: str, today: date) -> Iterator[_Begun]:
    dice = Random(key)  # noqa: S311  a demonstration that is the same each time
    with database.unit_of_work() as session:
        office = open_office(session, landlords.landlord(key), landlords.calendar_for(key), password_hash, dice)
    subjects = _shuffled_for_ever(dice)
    ended: list[str] = []
    for plan in PLANS:
        yield _begun(plan, office, next(subjects), dice, ended, today)


def _begun(plan: Plan, office: Office, topic: Topic, dice: Random, ended: list[str], today: date) -> _Begun:
    story = _Begun(
        office=office,
        topic=topic,
        person=a_person(dice, plan.name),
        dice=dice,
        ended=ended,
        begins=_working_days_before(office.calendar, today, plan.ago),
    )
    story.days = plan.line(story)
    return story


def _shuffled_for_ever(dice: Random) -> Iterator[Topic]:
    while True:
        yield from dice.sample(topics(), len(topics()))


def _working_days_before(calendar: Calendar, today: date, count: int) -> date:
    day = today
    for _ in range(count):
        day = calendar.previous(day)
    return day


class _Play:
    """The days of one landlord, each one unit of work: limits that passed overnight first, then people's work."""

    def __init__(self, database: Database, key: str, stories: Iterable[_Begun], now: datetime) -> None:
        self._database = database
        self._key = key
        self._now = now
        self._stories = list(stories)
        self._overdue: frozenset[str] = frozenset()
        self._agenda = [(story.begins, number) for number, story in enumerate(self._stories)]
        heapify(self._agenda)

    def run(self) -> None:
        day = self._agenda[0][0]
        while day < self._now.date():
            with self._database.unit_of_work() as session:
                self._live(session, day)
            day += ONE_DAY
        with self._database.unit_of_work() as session:
            notice_missed_limits(session, self._key, now=self._now)

    def _live(self, session: Session, day: date) -> None:
        self._notice(session, day)
        moment = _at(day, FIRST_STEP)
        while self._agenda and self._agenda[0][0] <= day:
            _, number = heappop(self._agenda)
            story = self._stories[number]
            story.session, story.now = session, moment
            if next_day := next(story.days or iter(()), None):
                heappush(self._agenda, (next_day, number))
            moment += BETWEEN_STEPS

    def _notice(self, session: Session, day: date) -> None:
        """What the worker does each morning; skipped when nothing is late that was not late the day before."""
        overdue = frozenset(overdue_references(session, self._key, day))
        if overdue - self._overdue:
            notice_missed_limits(session, self._key, now=_at(day, BEFORE_WORK))
        self._overdue = overdue


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, LONDON)


def _deliver(session: Session, now: datetime) -> None:
    """Mark the past's letters as delivered in their time, but for those to an address that never takes any."""
    waiting = update(LetterRow).where(LetterRow.state == LetterState.PENDING)
    session.execute(
        waiting.where(LetterRow.to_address == UNREACHABLE).values(
            state=LetterState.FAILED,
            attempts=6,
            next_try_at=now + NEXT_TRY,
            last_error="The mail server refused it: this mailbox is full.",
        )
    )
    session.execute(
        waiting.values(state=LetterState.SENT, attempts=1, next_try_at=None, delivered_at=LetterRow.written_at)
    )
