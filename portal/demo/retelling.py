"""What really happened to some complaints, told again of others: many lawful histories in little time.

The real actions take some 50 ms for each complaint, and a hundred thousand of them longer than anybody waits. A history
that they made is therefore told again with another person's name and words in everything that was written, its letters
sealed anew and its events chained as `records.history` does it: `portal verify` finds it whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.orm import Session

from portal.domain.events import Person
from portal.domain.references import new_code, new_reference
from portal.post.wording import inline
from portal.records import chain
from portal.records.access import code_digest
from portal.records.adjustments import known_by
from portal.records.codec import from_json
from portal.records.database import Database
from portal.records.history import columns_of_person
from portal.records.letters import digest_of
from portal.records.models import (
    AccessCode,
    AdjustmentPerson,
    Base,
    ChainHead,
    ComplaintRow,
    EventContent,
    EventRow,
    LetterRow,
    RepresentativeRow,
    SearchEntry,
)
from portal.records.searchable import entry_of, finds

AT_ONCE = 1_000
"""Complaints that are held in memory, and committed together."""

Row = dict[str, Any]
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is stored of one complaint, by table; contents and payloads are JSON as the chain spells it.

    `words`: finds everything in it that another complaint says otherwise.
    """

    person: Person
    complaint: Row
    events: Sequence[Row]
    letters: Sequence[Row]
    codes: Sequence[Row]
    representatives: Sequence[Row]
    known_again: bool
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Teller:
    """Whom a history is told of, and what else is said otherwise: the words of the pattern, and those instead."""

    person: Person
    instead: Words


@dataclass(slots=True)
class _Entry:
    """An event before it is stored, as the chain needs it."""

    landlord: str
    sequence: int
    number: int
    at: datetime
    by_role: str
    by_id: int | None
    kind: str
    payload: Row
    content_digest: str | None
    previous_hash: str


def read(session: Session, reference: str, also: Iterable[str] = ()) -> Pattern:
    """The history of this complaint, to be told again. `also`: more words that tellers say otherwise."""
    complaint = _one(session, select(ComplaintRow.__table__).where(ComplaintRow.reference == reference))
    mine = complaint["id"]
    letters = _all(session, select(LetterRow.__table__).where(LetterRow.complaint_id == mine))
    events = _all(
        session,
        select(EventRow.__table__, EventContent.body)
        .outerjoin(EventContent, EventContent.event_id == EventRow.id)
        .where(EventRow.complaint_id == mine)
        .order_by(EventRow.number),
    )
    for each in events:
        each["payload"] = _spelt(each["payload"])
        each["body"] = _spelt(each["body"]) if each["body"] else None
    representatives = _all(session, select(RepresentativeRow.__table__).where(RepresentativeRow.complaint_id == mine))
    person = Person(**json.loads(events[0]["body"])["person"])
    words = [*filter(None, _of(person)), reference, *also]
    words += [str(each["id"]) for each in letters] + [each["digest"] for each in letters]
    words += [each["own_reference"] for each in representatives if each["own_reference"]]
    known_again = select(AdjustmentPerson.id).where(AdjustmentPerson.complaint_id == mine).limit(1)
    return Pattern(
        person=person,
        complaint=complaint,
        events=events,
        letters=letters,
        codes=_all(session, select(AccessCode.__table__).where(AccessCode.complaint_id == mine)),
        representatives=representatives,
        known_again=session.scalar(known_again) is not None,
        # The longest first: a name may begin with another.
        words=re.compile("|".join(re.escape(each) for each in sorted(words, key=len, reverse=True))),
    )


def retell(
    database: Database, landlord: str, patterns: Sequence[Pattern], tellers: Callable[[Pattern], Teller], dice: Random
) -> list[str]:
    """Add a complaint to the landlord for each of the patterns, in their order, and return the references.

    A pattern may stand there any number of times.
    """
    with database.session() as session:
        taken = set(session.scalars(select(ComplaintRow.reference)))
    references = []
    for start in range(0, len(patterns), AT_ONCE):
        with database.unit_of_work() as session:
            telling = _Telling(session, landlord, dice, taken)
            references += [telling.add(each, tellers(each)) for each in patterns[start : start + AT_ONCE]]
            telling.store()
    return references


class _Telling:
    """Some complaints in one unit of work. `taken`: references that are somebody's already."""

    def __init__(self, session: Session, landlord: str, dice: Random, taken: set[str]) -> None:
        self._session, self._landlord, self._dice, self._taken = session, landlord, dice, taken
        _nobody_else(session)
        self._head = session.get(ChainHead, landlord, with_for_update=True) or ChainHead(
            landlord=landlord, sequence=0, hash=chain.START
        )
        session.add(self._head)
        self._complaint, self._event = _last(session, ComplaintRow), _last(session, EventRow)
        self._rows: dict[Table, list[Row]] = {
            table: [] for table in Base.metadata.sorted_tables if table.name in _TOLD_TABLES
        }

    def add(self, pattern: Pattern, teller: Teller) -> str:
        """The reference of one more complaint."""
        reference = self._reference()
        self._complaint += 1
        marks = self._marks(pattern, reference)
        said = _words(pattern, teller)
        escaped = {**{word: str(inline(other)) for word, other in said.items()}, **marks}
        complaint = {"complaint_id": self._complaint}
        columns = {"id": self._complaint, "reference": reference, **columns_of_person(teller.person)}
        self._put(ComplaintRow, {**pattern.complaint, **columns})
        for each in pattern.letters:
            letter = _letter(each, pattern.words, {**said, **marks}, escaped)
            marks[each["digest"]] = letter["digest"]
            self._put(LetterRow, {**letter, **complaint})
        spelt = {**{word: _json(other) for word, other in said.items()}, **marks}
        events = [
            self._chain(each, reference, lambda text: _said(text, pattern.words, spelt)) for each in pattern.events
        ]
        entry = entry_of(reference, (from_json(kind, payload, body) for kind, payload, body in events if finds(kind)))
        self._put(SearchEntry, {**complaint, **asdict(entry)})
        for each in pattern.codes:
            digest = code_digest(reference, new_code(self._dice.choice))
            self._put(AccessCode, {**_without_id(each), **complaint, "code_hash": digest})
        for each in pattern.representatives:
            own = said.get(each["own_reference"], each["own_reference"])
            self._put(RepresentativeRow, {**_without_id(each), **complaint, "own_reference": own})
        for mark in known_by(teller.person) if pattern.known_again else ():
            self._put(AdjustmentPerson, {"landlord": self._landlord, "known_by": mark, **complaint})
        return reference

    def store(self) -> None:
        for table, rows in self._rows.items():
            if rows:
                self._session.execute(insert(table), rows)
        _count_on(self._session)

    def _put(self, table: type[Base], row: Row) -> None:
        self._rows[Base.metadata.tables[table.__tablename__]].append(row)

    def _reference(self) -> str:
        """Among a hundred thousand that are drawn by lot one or two come twice."""
        while (drawn := new_reference(self._dice.choice)) in self._taken:
            continue
        self._taken.add(drawn)
        return drawn

    def _marks(self, pattern: Pattern, reference: str) -> dict[str, str]:
        """The reference, and the numbers of its letters: the same in every kind of text."""
        letters = {str(each["id"]): str(UUID(int=self._dice.getrandbits(128), version=4)) for each in pattern.letters}
        return {pattern.complaint["reference"]: reference, **letters}

    def _chain(self, event: Row, reference: str, say: Callable[[str], str]) -> tuple[str, Row, Row | None]:
        """Kind, payload and content of the event, which is one more of the chain."""
        self._event += 1
        body = say(event["body"]) if event["body"] else None
        key = self._dice.randbytes(chain.KEY_BYTES) if body else None
        entry = _Entry(
            landlord=self._landlord,
            sequence=self._head.sequence + 1,
            number=event["number"],
            at=event["at"],
            by_role=event["by_role"],
            by_id=event["by_id"],
            kind=event["kind"],
            payload=json.loads(say(event["payload"])),
            content_digest=chain.digest_of_spelt(key, body.encode()) if key and body else None,
            previous_hash=self._head.hash,
        )
        self._head.sequence, self._head.hash = entry.sequence, chain.hash_of(entry, reference)
        columns = {name: getattr(entry, name) for name in _Entry.__slots__}
        self._put(EventRow, {**columns, "id": self._event, "complaint_id": self._complaint, "hash": self._head.hash})
        content = json.loads(body) if body else None
        if content:
            self._put(EventContent, {"event_id": self._event, "key": key, "body": content, "erased_at": None})
        return entry.kind, entry.payload, content


_TOLD_TABLES = frozenset(
    each.__tablename__
    for each in (
        ComplaintRow,
        EventRow,
        EventContent,
        LetterRow,
        AccessCode,
        RepresentativeRow,
        AdjustmentPerson,
        SearchEntry,
    )
)


def _words(pattern: Pattern, teller: Teller) -> dict[str, str]:
    """What the pattern says of its person, and what is said of somebody else."""
    person = zip(_of(pattern.person), _of(teller.person), strict=True)
    return {word: other for word, other in (*teller.instead.items(), *person) if word}


def _letter(letter: Row, words: re.Pattern[str], instead: Words, escaped: Words) -> Row:
    """The same letter about another complaint, sealed anew."""
    subject, body = (_said(letter[part], words, escaped) for part in ("subject", "body"))
    return {
        **letter,
        "id": UUID(instead[str(letter["id"])]),
        "subject": subject,
        "body": body,
        "digest": digest_of(subject, body),
        "to_address": _said(letter["to_address"], words, instead),
    }


def _said(text: str, words: re.Pattern[str], instead: Words) -> str:
    return words.sub(lambda found: instead.get(found[0], found[0]), text)


def _of(person: Person) -> tuple[str, ...]:
    """What a person is written as, in one order."""
    return (person.name, person.email, person.phone, person.address, person.postcode)


def _spelt(value: Any) -> str:
    return chain.canonical(value).decode()


def _json(text: str) -> str:
    """A text as it stands inside a string of JSON."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _without_id(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}


def _all(session: Session, query: Any) -> list[Row]:
    return [dict(row) for row in session.execute(query).mappings()]


def _one(session: Session, query: Any) -> Row:
    return dict(session.execute(query).mappings().one())


def _nobody_else(session: Session) -> None:
    """On PostgreSQL nobody may take a number while they are given out here. On SQLite nobody else writes anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE complaints, events IN SHARE ROW EXCLUSIVE MODE"))


def _last(session: Session, table: type[ComplaintRow | EventRow]) -> int:
    return session.scalar(select(func.max(table.id))) or 0


def _count_on(session: Session) -> None:
    """PostgreSQL counts ids by itself, and has to be told of those that it did not give out."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in (ComplaintRow, EventRow):
        sequence = func.pg_get_serial_sequence(table.__tablename__, "id")
        session.execute(select(func.setval(sequence, select(func.max(table.id)).scalar_subquery())))
