"""The complaints that somebody may know of, as a condition: every list of complaints for staff is asked with it.

It says of rows what `domain/sight.py` says of a case, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Boolean, String, and_, bindparam, literal, or_, select, type_coerce
from sqlalchemy.orm import Session

from portal.domain.actors import Actor, Role
from portal.records.models import ComplaintRow

_LET_IN = type_coerce(ComplaintRow.restricted_to, String)
_AREA = literal(" ").concat(ComplaintRow.area).concat(" ")

IN_SIGHT = and_(
    ComplaintRow.landlord == bindparam("ours"),
    or_(
        and_(
            or_(ComplaintRow.restricted_to.is_(None), bindparam("is_officer", type_=Boolean())),
            or_(
                bindparam("every_area", type_=Boolean()),
                bindparam("areas", type_=String()).contains(_AREA),
                and_(ComplaintRow.area.is_(None), bindparam("is_officer", type_=Boolean())),
            ),
        ),
        ComplaintRow.handler_id == bindparam("me"),
        _LET_IN.contains(bindparam("let_in", type_=String())),
    ),
)
"""Complaints of the actor's landlord that exist for them. To be asked with what `sight_of` gives."""


def sight_of(actor: Actor) -> Mapping[str, object]:
    """What `IN_SIGHT` needs to know of somebody."""
    return {
        "ours": actor.landlord or "",
        "me": actor.user_id,
        "let_in": f" {actor.user_id} ",
        "is_officer": Role.LEAD in actor.roles,
        "every_area": not actor.areas,
        "areas": f" {' '.join(actor.areas)} ",
    }


def those_in_sight(session: Session, actor: Actor, references: Iterable[str | None]) -> frozenset[str]:
    """Those of these references whose complaints exist for the actor. In one statement, and none for no reference."""
    wanted = sorted({each for each in references if each})
    if not wanted:
        return frozenset()
    return frozenset(session.scalars(_THOSE, {"wanted": wanted, **sight_of(actor)}))


_THOSE = select(ComplaintRow.reference).where(ComplaintRow.reference.in_(bindparam("wanted", expanding=True)), IN_SIGHT)
