"""Plays every story of every landlord, day by day up to yesterday."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from random import Random

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal import landlords
from portal.clock import LONDON
from portal.demo.mail import bring_mail
from portal.demo.minor_issues import log_issues
from portal.demo.morning import notice_news, notice_overdue
from portal.demo.office import Office, open_office
from portal.demo.offices import open_mps_office
from portal.demo.people import a_person
from portal.demo.petitions import ask_without_complaints, hand_in_petitions
from portal.demo.story import Story
from portal.demo.storylines import PLANS, UNREACHABLE, Days, Plan
from portal.demo.topics import Topic, topics
from portal.domain.working_days import Calendar
from portal.records.database import Database
from portal.records.files import Store
from portal.records.models import EnquiryLetter, LetterRow, LetterState

ONE_DAY = timedelta(days=1)
BEFORE_WORK = time(6, 30)
FIRST_STEP = time(9, 5)
AFTERNOON = time(15, 30)
BETWEEN_STEPS = timedelta(minutes=7)
NEXT_TRY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Seeded:
    """A complaint of the demonstration: the code that opens it, and what it shows, if it is one to look at."""

    landlord: str
    reference: str
    code: str
    shown: str


def seed(database: Database, store: Store, password_hash: str, now: datetime) -> list[Seeded]:
    """Staff, complaints and letters of every landlord, the same stories for every run that starts on the same day.

    `now` is the present moment in Europe/London: the stories end on the day before.
    """
    with database.unit_of_work() as session:
        plays = [Play(key, list(_prepared(session, store, key, password_hash, now.date()))) for key in landlords.keys()]
    live_through(database, plays, now, mail_into=store)
    return [shown for play in plays for shown in play.seeded()]


def live_through(database: Database, plays: Sequence[Play], now: datetime, mail_into: Store | None = None) -> None:
    """Play everything up to the day before `now`, each day by itself. With a store, email comes in at the end."""
    day = min(play.begins for play in plays)
    while day < now.date():
        with database.unit_of_work() as session:
            for play in plays:
                play.live(session, day)
        day += ONE_DAY
    with database.unit_of_work() as session:
        for play in plays:
            if mail_into:
                bring_mail(session, mail_into, play.landlord, _at(now.date() - ONE_DAY, AFTERNOON))
            notice_overdue(session, play.landlord, now)
        _deliver(session, now)


@dataclass(slots=True)
class Begun(Story):
    """A story with the rest of what is to happen in it."""

    days: Days | None = None
    begins: date = date.min
    shown: str = ""


def _prepared(session: Session, store: Store, key: str, password_hash: str, today: date) -> Iterator[Begun]:
    dice = Random(key)  # noqa: S311  a demonstration that is the same each time
    office = open_office(session, landlords.landlord(key), landlords.calendar_for(key), password_hash, dice)
    opened = working_days_before(office.calendar, today, max(plan.ago for plan in PLANS))
    # Dice of its own: the stories stay as they were.
    hand_in_petitions(session, office, _at(working_days_before(office.calendar, today, 4), FIRST_STEP))
    log_issues(session, office, _at(working_days_before(office.calendar, today, 3), FIRST_STEP))
    ask_without_complaints(session, office, _at(working_days_before(office.calendar, today, 3), FIRST_STEP))
    represented = open_mps_office(session, office.lead, Random(f"{key} office"), at=_at(opened, FIRST_STEP))  # noqa: S311
    office = replace(office, mps_office=represented)
    subjects = _shuffled_for_ever(dice)
    ended: list[str] = []
    for plan in PLANS:
        yield _begun(plan, office, store, next(subjects), dice, ended, today)


def _begun(
    plan: Plan, office: Office, store: Store, topic: Topic, dice: Random, ended: list[str], today: date
) -> Begun:
    story = Begun(
        office=office,
        store=store,
        topic=topic,
        person=a_person(dice, plan.name),
        dice=dice,
        ended=ended,
        begins=working_days_before(office.calendar, today, plan.ago),
        shown=plan.shown,
    )
    story.days = plan.line(story)
    return story


def _shuffled_for_ever(dice: Random) -> Iterator[Topic]:
    while True:
        yield from dice.sample(topics(), len(topics()))


def working_days_before(calendar: Calendar, today: date, count: int) -> date:
    day = today
    for _ in range(count):
        day = calendar.previous(day)
    return day


class Play:
    """The days of one landlord: limits that passed overnight first, then what people do."""

    def __init__(self, landlord: str, stories: list[Begun]) -> None:
        self.landlord = landlord
        self.begins = min(story.begins for story in stories)
        self._stories = stories
        self._overdue: frozenset[str] = frozenset()
        self._agenda = [(story.begins, number) for number, story in enumerate(stories)]
        heapify(self._agenda)

    def live(self, session: Session, day: date) -> None:
        self._overdue = notice_news(session, self.landlord, _at(day, BEFORE_WORK), self._overdue)
        moment = _at(day, FIRST_STEP)
        while self._agenda and self._agenda[0][0] <= day:
            _, number = heappop(self._agenda)
            story = self._stories[number]
            story.session, story.now = session, moment
            if next_day := next(story.days or iter(()), None):
                heappush(self._agenda, (next_day, number))
            moment += BETWEEN_STEPS

    def seeded(self) -> Iterator[Seeded]:
        return (Seeded(self.landlord, each.reference, each.code, each.shown) for each in self._stories)


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
            last_error="SMTPDataError 452",
        )
    )
    session.execute(
        waiting.values(state=LetterState.SENT, attempts=1, next_try_at=None, delivered_at=LetterRow.written_at)
    )
    session.execute(
        update(EnquiryLetter)
        .where(EnquiryLetter.state == LetterState.PENDING)
        .values(state=LetterState.SENT, attempts=1, next_try_at=None, delivered_at=EnquiryLetter.written_at)
    )
