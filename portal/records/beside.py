"""The complaints that may have to do with one: of the same person, the same home, or the same block.

Found by the copies that search is asked, so that it is as quick among many, and within what the actor may know of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, bindparam, false, literal, select, union_all
from sqlalchemy.orm import Session

from portal.domain.case import Case
from portal.domain.permissions import Actor
from portal.domain.same_person import names_agree
from portal.records.history import columns_of_person
from portal.records.models import ComplaintRow
from portal.records.search import plan_for_what_is_typed, with_contact, with_postcode
from portal.records.sight import IN_SIGHT, sight_of
from portal.records.spelling import plain, squeezed

LOOKED_AT = 25
"""The newest of each way: somebody who wants more searches."""

SHOWN = 6
"""Suggestions on a page."""


class Alike(StrEnum):
    """Why a complaint may belong to another, the strongest first."""

    PERSON = "person"
    CONTACT = "contact"
    HOME = "home"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Beside:
    """Another complaint that exists for the actor. `alike` is None where nothing but a link says so."""

    row: ComplaintRow
    alike: Alike | None


def beside(session: Session, actor: Actor, case: Case) -> Sequence[Beside]:
    """Every complaint that this one is linked to, and the likeliest others, in one statement, and on
    PostgreSQL one that says how to plan it.

    Of the others open ones stand before ended ones, and among those the strongest first, then the newest.
    """
    linked = {each.other_reference for each in case.links}
    by_contact = with_contact(session, case.received.person, LOOKED_AT)
    by_place = with_postcode(session, case.received.person.postcode, LOOKED_AT)
    found = _found(session, actor, case.reference, linked, by_contact, by_place)
    there = [Beside(row, _alike(case, row, contact)) for row, contact in found.items()]
    others = [each for each in there if each.alike and each.row.reference not in linked]
    return [each for each in there if each.row.reference in linked] + sorted(others, key=_likeliest)[:SHOWN]


def _found(
    session: Session,
    actor: Actor,
    reference: str,
    linked: Iterable[str],
    by_contact: Sequence[Select[int]],
    by_place: Sequence[Select[int]],
) -> dict[ComplaintRow, bool]:
    """Each with whether it was found by how the person is reached."""
    ways = [
        *(_way(each, contact=True) for each in by_contact),
        *(_way(each, contact=False) for each in by_place),
        select(ComplaintRow.id, literal(value=False).label("contact")).where(_among(linked), IN_SIGHT),
    ]
    every = union_all(*ways).subquery()
    query = select(ComplaintRow, every.c.contact).join(every, every.c.id == ComplaintRow.id)
    asked = {**sight_of(actor), "linked": sorted(linked)}
    plan_for_what_is_typed(session)
    found: dict[ComplaintRow, bool] = {}
    for row, contact in session.execute(query.where(ComplaintRow.reference != reference), asked):
        found[row] = found.get(row, False) or contact
    return found


def _way(newest: Select[int], *, contact: bool) -> Select[int, bool]:
    return select(newest.subquery().c.id, literal(value=contact).label("contact"))


def _among(linked: Iterable[str]) -> ColumnElement[bool]:
    return ComplaintRow.reference.in_(bindparam("linked", expanding=True)) if linked else false()


def _alike(case: Case, row: ComplaintRow, contact: bool) -> Alike | None:
    here = columns_of_person(case.received.person)["home"]
    postcode = squeezed(case.received.person.postcode)
    near = bool(postcode) and squeezed(row.home).endswith(postcode)
    if (contact or near) and names_agree(row.resident_name, case.received.person.name):
        return Alike.PERSON
    if contact:
        return Alike.CONTACT
    if near and plain(row.home) == plain(here):
        return Alike.HOME
    return Alike.BLOCK if near else None


def _likeliest(each: Beside) -> tuple[bool, int, int]:
    return not each.row.is_open, list(Alike).index(each.alike or Alike.BLOCK), -each.row.id
