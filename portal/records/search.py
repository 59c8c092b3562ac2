"""Finding a complaint by whatever somebody has of it: a part of a name, how it sounds, a number, a word.

The entries are ordinary rows, written in the transaction of the event that they copy; each database indexes them in its
own way (SQLite with FTS5, PostgreSQL with pg_trgm and tsvector). What is found comes newest first and is not ranked, so
that a common word costs no more than a rare one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    bindparam,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    text,
    union,
    union_all,
)
from sqlalchemy.orm import Session, joinedload, make_transient_to_detached
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.util import identity_key

from portal.domain.events import Event, Person
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Refused
from portal.records.models import ComplaintRow, Petition, SearchEntry, ServiceRequest
from portal.records.searchable import can_be_found_by, entry_of
from portal.records.sight import IN_SIGHT, sight_of
from portal.records.spelling import plain, sounds, squeezed, telephone

PAGE = 25

LONGEST = 100
"""Characters of what is typed."""

MOST_NAMES = 4
"""Words beyond so many are no name."""

SHORTEST = 3
"""Of a part of a word. What is shorter is looked for as a whole word."""

WHOLE_NUMBER = 10
"""Digits of a telephone number that is not a part of one."""


class Where(StrEnum):
    """What is looked in: all of it, or who it is about, where they live and under which numbers it goes."""

    EVERYWHERE = "everywhere"
    WHO = "who"


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page. `after` is the id after which the next one begins, None on the last."""

    rows: Sequence[ComplaintRow]
    after: int | None


def find(
    session: Session, actor: Actor, typed: str, where: Where, *, after: int | None = None, limit: int = PAGE
) -> FoundPage:
    """The complaints in the actor's sight that have all of what was typed, each with its handler, in one statement.

    Raises `Refused` for an actor who may not search.
    """
    decision = may(actor, Action.SEARCH_COMPLAINTS)
    if not decision:
        raise Refused(decision.reason)
    ways = list(_ways(session, typed[:LONGEST], where))
    if not ways:
        return FoundPage((), None)
    plan_for_what_is_typed(session)
    newest = [_newest(way, after, limit + 1) for way in ways]
    ids = union(*(select(each.subquery().c.id) for each in newest)).subquery()
    query = (
        select(ComplaintRow)
        .join(ids, ids.c.id == ComplaintRow.id)
        .options(joinedload(ComplaintRow.handler))
        .order_by(ComplaintRow.id.desc())
        .limit(limit + 1)
    )
    found = session.scalars(query, sight_of(actor)).all()
    rows = found[:limit]
    return FoundPage(rows, rows[-1].id if len(found) > limit else None)


def with_contact(session: Session, person: Person, limit: int) -> list[Select[int]]:
    """The newest complaints in sight that name this email address or this telephone number."""
    on = _ON[session.get_bind().dialect.name]
    email, phone = plain(person.email), telephone(person.phone)
    ways = [on.with_parts((email,))] if len(email) >= SHORTEST else []
    ways += [on.with_words((phone,), Where.WHO)] if len(phone) >= WHOLE_NUMBER else []
    return [_newest(each, None, limit) for each in ways]


def with_postcode(session: Session, postcode: str, limit: int) -> list[Select[int]]:
    """The newest complaints in sight that name this postcode."""
    on, wanted = _ON[session.get_bind().dialect.name], squeezed(postcode)
    return [_newest(on.with_parts((wanted,)), None, limit)] if len(wanted) >= SHORTEST else []


def kind_of(session: Session, actor: Actor, reference: str) -> str | None:
    """Whether there is a "complaint", a "request" or a "petition" with this reference for the actor, or nothing."""
    decision = may(actor, Action.SEARCH_COMPLAINTS)
    if not decision:
        raise Refused(decision.reason)
    return session.scalar(_KIND, {**sight_of(actor), "reference": reference})


_REFERENCE: BindParameter[str] = bindparam("reference")
_KIND = union_all(
    select(literal("complaint")).where(ComplaintRow.reference == _REFERENCE, IN_SIGHT),
    *(
        select(literal(kind)).where(each.reference == _REFERENCE, each.landlord == bindparam("ours"))
        for kind, each in (("request", ServiceRequest), ("petition", Petition))
    ),
)


def first_entry(complaint: ComplaintRow, event: Event) -> SearchEntry:
    """The entry of a complaint that has just been received. Only `history` calls this."""
    entry = entry_of(complaint.reference, [event])
    return SearchEntry(complaint=complaint, **asdict(entry))


def copy(session: Session, complaint: ComplaintRow, events: Iterable[Event]) -> None:
    """Make the entry what the events say. Only `history` calls this."""
    stored, entry = _stored(session, complaint), entry_of(complaint.reference, events)
    stored.parts, stored.who, stored.words = entry.parts, entry.who, entry.words
    for each in ("parts", "who", "words"):
        flag_modified(stored, each)  # what it was before is not known, and it may be empty now


def _stored(session: Session, complaint: ComplaintRow) -> SearchEntry:
    """The row to be written over. It is not read: what it says now is of no interest."""
    if complaint in session.new:
        pending = (each for each in session.new if isinstance(each, SearchEntry))
        return next(each for each in pending if each.complaint is complaint)
    known = session.identity_map.get(identity_key(SearchEntry, complaint.id))
    if isinstance(known, SearchEntry):
        return known
    unread = SearchEntry(complaint_id=complaint.id, parts="", who="", words="")
    make_transient_to_detached(unread)
    session.add(unread)
    return unread


__all__ = [
    "FoundPage",
    "SearchEntry",
    "Where",
    "can_be_found_by",
    "copy",
    "find",
    "first_entry",
    "kind_of",
    "plan_for_what_is_typed",
    "with_contact",
    "with_postcode",
]


# What is typed, as ways to look for it.


def parts_of(typed: str) -> tuple[str, ...]:
    """What may be a part of something: all of it as it stands, without its gaps, and as a telephone number.

    A whole telephone number is a word: as a part it would be looked for in everybody's.
    """
    digits = telephone(typed) if squeezed(typed).isdigit() else ""
    if len(digits) >= WHOLE_NUMBER:
        return ()
    return tuple(
        each for each in dict.fromkeys((_ended(plain(typed)), squeezed(typed), digits)) if len(each) >= SHORTEST
    )


def _ended(text: str) -> str:
    """A word at either end that is too short to look for has to be a whole one: "flat 1" is not "flat 12"."""
    words = text.split()
    begins, ends = (" " if words and len(words[end]) < SHORTEST else "" for end in (0, -1))
    return f"{begins}{text}{ends}"


def words_of(typed: str) -> tuple[str, ...]:
    """The words that must all be there."""
    if squeezed(typed).isdigit() and len(telephone(typed)) >= WHOLE_NUMBER:
        return (telephone(typed),)
    return tuple(plain(typed).split())


def sounds_of(typed: str) -> tuple[tuple[str, ...], ...]:
    """What each word sounds like, or nothing where it cannot be a name."""
    words = plain(typed).split()
    heard = tuple(sounds(typed))
    return heard if len(heard) == len(words) <= MOST_NAMES else ()


def _ways(session: Session, typed: str, where: Where) -> Iterator[Select[int]]:
    on = _ON[session.get_bind().dialect.name]
    if parts := parts_of(typed):
        yield on.with_parts(parts)
    if heard := sounds_of(typed):
        yield on.sounding(heard)
    if words := words_of(typed):
        yield on.with_words(words, where)


def _newest(way: Select[int], after: int | None, limit: int) -> Select[int]:
    (number,) = way.selected_columns
    if after is not None:
        way = way.where(number < after)
    return way.where(IN_SIGHT).order_by(number.desc()).limit(limit)


def plan_for_what_is_typed(session: Session) -> None:
    """PostgreSQL would soon plan a search once for all, and walk every complaint for a name that nobody has."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))


class _Sqlite:
    """Two FTS5 tables over the entries, whose row numbers are those of the complaints."""

    def with_parts(self, parts: Sequence[str]) -> Select[int]:
        return self._matching("search_parts", " OR ".join(map(_quoted, parts)))

    def sounding(self, heard: Sequence[Sequence[str]]) -> Select[int]:
        every = " AND ".join(f"({' OR '.join(map(_quoted, each))})" for each in heard)
        return self._matching("search_words", f"who : ({every})")

    def with_words(self, words: Sequence[str], where: Where) -> Select[int]:
        every = " AND ".join(map(_quoted, words))
        return self._matching("search_words", f"who : ({every})" if where is Where.WHO else every)

    def _matching(self, name: str, expression: str) -> Select[int]:
        index = table(name, column("rowid"), column(name))
        matches: ColumnElement[bool] = index.c[name].op("MATCH", is_comparison=True)(expression)
        entries = index.join(ComplaintRow, ComplaintRow.id == index.c.rowid)
        return select(index.c.rowid.label("id")).select_from(entries).where(matches)


def _quoted(part: str) -> str:
    """What FTS5 looks for as it stands. It has letters, digits and spaces alone."""
    return f'"{part}"'


class _Postgresql:
    """A trigram index over parts, and two over words."""

    def with_parts(self, parts: Sequence[str]) -> Select[int]:
        return _entries(or_(*(SearchEntry.parts.like(f"%{each}%") for each in parts)))

    def sounding(self, heard: Sequence[Sequence[str]]) -> Select[int]:
        # Made of letters and digits alone, so that nothing in it is taken for a sign of the query's own.
        query = " & ".join(f"({' | '.join(each)})" for each in heard)
        return _entries(_matches(Where.WHO, func.to_tsquery("simple", query)))

    def with_words(self, words: Sequence[str], where: Where) -> Select[int]:
        return _entries(_matches(where, func.plainto_tsquery("english", " ".join(words))))


def _entries(condition: ColumnElement[bool]) -> Select[int]:
    return select(SearchEntry.complaint_id.label("id")).join(SearchEntry.complaint).where(condition)


def _matches(where: Where, query: ColumnElement[str]) -> ColumnElement[bool]:
    index: ColumnElement[str] = literal_column(f"search_entries.{_INDEX[where]}")
    return index.op("@@", is_comparison=True)(query)


_INDEX = {Where.WHO: "who_index", Where.EVERYWHERE: "words_index"}
_ON: dict[str, _Sqlite | _Postgresql] = {"sqlite": _Sqlite(), "postgresql": _Postgresql()}
