"""Many made-up complaints of one landlord, to try and to measure with: the demonstration's stories, told again.

Some hundreds are really played, in a database of their own. All others have the same histories, of other people and in
other words. The same number on the same day makes the same complaints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from portal import landlords
from portal.demo import details, representing, storylines
from portal.demo.office import Office, open_office
from portal.demo.people import a_person
from portal.demo.retelling import Pattern, Teller, read, retell
from portal.demo.seed import Begun, Play, live_through, working_days_before
from portal.demo.storylines import Line
from portal.demo.topics import topics
from portal.domain.policy import Needs
from portal.paths import folder
from portal.records import schema
from portal.records.database import Database
from portal.records.files import Folder
from portal.records.models import ComplaintRow, User

PLAYED = 600
"""How many go through the real actions: half a minute."""

RECENT_EVERY = 5
"""One in so many is still open, or has only just ended."""

FIRST_BEGAN = 400
"""Working days ago, and the last of those that have ended `LAST_ENDED` ago: until then any story is over."""
LAST_ENDED = 90

DETAIL = "There is more that I can say by phone."
"""A sentence of every complaint that is played. Each complaint that is told has something else in its place."""


@dataclass(frozen=True, slots=True)
class Told:
    """A story, how often it is told beside the others, and at most how many working days ago it began."""

    line: Line
    often: int
    ago: int = FIRST_BEGAN


RECENT = (
    Told(storylines.unassigned, 4, 3),
    Told(partial(storylines.unassigned, channel="social_media"), 1, 3),
    Told(partial(storylines.unassigned, channel="in_person"), 1, 9),  # not even acknowledged
    Told(partial(storylines.unassigned, change=storylines.long_ago), 1, 4),
    Told(partial(storylines.unassigned, change=storylines.dangerous), 1, 2),
    Told(partial(storylines.unassigned, change=storylines.anonymous), 1, 4),
    Told(storylines.opened, 12, 11),
    Told(storylines.opened, 2, 18),  # the answer is late
    Told(partial(storylines.opened, change=storylines.with_adjustments), 1, 9),
    Told(partial(storylines.opened, change=storylines.unreachable), 1, 9),
    Told(storylines.adjusted, 1, 12),
    Told(storylines.extended, 3, 18),
    Told(partial(storylines.extended, beyond=6), 1, 15),
    Told(storylines.reassigned, 1, 13),
    Told(storylines.about_staff, 1, 6),
    Told(storylines.by_post, 1, 8),
    Told(storylines.told_by_phone, 1, 10),
    Told(storylines.in_touch, 2, 10),
    Told(storylines.made_safe, 1, 9),
    Told(storylines.hazard_forgotten, 1, 20),
    Told(representing.by_family, 1, 7),
    Told(representing.by_councillor, 1, 8),
    Told(storylines.stage_1_late, 1, 24),
    Told(storylines.escalated, 2, 28),
    Told(storylines.at_stage_2, 4, 40),
    Told(storylines.extended_at_stage_2, 1, 44),
)

PAST = (
    Told(storylines.whole, 12),
    Told(partial(storylines.closed, done=9), 30),
    Told(partial(storylines.closed, done=1), 4),  # the rest is long overdue
    Told(storylines.told_how_it_went, 4),
    Told(storylines.answered, 8),
    Told(storylines.answered_late, 8),
    Told(storylines.answered_twice, 5),
    Told(storylines.withdrawn, 5),
    Told(storylines.withdrawn_at_stage_2, 2),
    Told(partial(storylines.declined, needs=Needs.DATES), 3),
    Told(partial(storylines.declined, needs=Needs.COURT_FILING_DATE), 2),
)


def seed_many(
    database: Database,
    landlord: str,
    cases: int,
    number: int,
    password_hash: str,
    now: datetime,
    *,
    played: int = PLAYED,
) -> Office:
    """Staff and `cases` complaints of a landlord that has none; the stories end on the day before `now`.

    At most `played` of them go through the real actions.
    """
    dice = Random(f"{landlord} {number}")  # noqa: S311  complaints that are the same each time
    with database.unit_of_work() as session:
        calendar = landlords.calendar_for(landlord)
        office = open_office(session, landlords.landlord(landlord), calendar, password_hash, dice)
        staff = session.scalars(select(User).where(User.landlord == landlord)).all()
        accounts = [_columns(each) for each in staff]
    patterns = _played(office, accounts, min(cases, played), dice, now)
    often = [patterns[place * len(patterns) // cases] for place in range(cases)]
    retell(database, landlord, often, lambda pattern: _teller(pattern, dice), dice)
    return office


def _columns(user: User) -> dict[str, object]:
    return {each.key: getattr(user, each.key) for each in inspect(User).column_attrs}


def _played(
    office: Office, accounts: Sequence[dict[str, object]], wanted: int, dice: Random, now: datetime
) -> list[Pattern]:
    """What really happens to so many complaints, as they come in."""
    with _database_of_its_own() as (database, store):
        with database.unit_of_work() as session:
            session.add_all(User(**each) for each in accounts)  # events name them by their ids
        stories = [_begun(told, office, store, dice, now.date()) for told in _chosen(wanted, dice)]
        live_through(database, [Play(office.landlord.key, stories)], now)
        with database.session() as session:
            return [read(session, reference, [DETAIL]) for reference in _as_they_came(session)]


@contextmanager
def _database_of_its_own() -> Iterator[tuple[Database, Folder]]:
    with TemporaryDirectory(prefix="portal-seed-") as temporary:
        database = Database(f"sqlite:///{temporary}/played.db")
        schema.upgrade(database, folder("migrations"))
        yield database, Folder(Path(temporary))
        database.close()


def _chosen(wanted: int, dice: Random) -> Iterator[Told]:
    for number in range(wanted):
        stories = PAST if number % RECENT_EVERY else RECENT
        yield dice.choices(stories, [each.often for each in stories])[0]


def _begun(told: Told, office: Office, store: Folder, dice: Random, today: date) -> Begun:
    ago = dice.randint(1, told.ago) if told.ago < FIRST_BEGAN else dice.randint(LAST_ENDED, told.ago)
    begins = max(working_days_before(office.calendar, today, ago), _first_day(office))
    topic = dice.choice(topics())
    story = Begun(
        office=office,
        store=store,
        topic=replace(topic, said=f"{topic.said} {DETAIL}"),
        person=a_person(dice),
        dice=dice,
        ended=[],
        begins=begins,
    )
    story.days = told.line(story)
    return story


def _first_day(office: Office) -> date:
    """Before that no policy of theirs was in force."""
    return office.calendar.after(min(each.in_force_from for each in office.landlord.policies), 1)


def _as_they_came(session: Session) -> Sequence[str]:
    return session.scalars(select(ComplaintRow.reference).order_by(ComplaintRow.received_on, ComplaintRow.id)).all()


def _teller(pattern: Pattern, dice: Random) -> Teller:
    """Somebody who has what the one had of whom it was played: who left no email leaves none here."""
    somebody, played = details.somebody(dice), pattern.person
    person = replace(
        somebody,
        **{name: "" for name in ("name", "email", "phone", "address", "postcode") if not getattr(played, name)},
    )
    if played.email == storylines.UNREACHABLE:
        person = replace(person, email=played.email)
    own = {each["own_reference"]: details.a_file_number(dice) for each in pattern.representatives}
    return Teller(person, {DETAIL: details.a_detail(dice), **own})
