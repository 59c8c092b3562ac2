"""Representatives in a table of their own: copied from the case, so that lists and codes need not fold it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.representation import Representative, Representatives, in_order
from portal.records.models import ComplaintRow, RepresentativeRow


def copy(session: Session, complaint: ComplaintRow, all_of_them: Representatives) -> None:
    """Make the rows what the fold says. Only `history` calls this."""
    if complaint in session.new:
        session.flush()  # it has only just been received, and has no number yet
    of_case = select(RepresentativeRow).where(RepresentativeRow.complaint_id == complaint.id)
    rows = {each.number: each for each in session.scalars(of_case)}
    for one in all_of_them:
        row = rows.get(one.number)
        if row is None:
            row = RepresentativeRow(complaint=complaint, landlord=complaint.landlord, number=one.number)
            session.add(row)
        for name, value in columns_of(one).items():
            setattr(row, name, value)


def columns_of(one: Representative) -> dict[str, Any]:
    """What a row holds: always a copy of the fold. A complaint that an office came to see by mistake is not its own."""
    authority = one.authority
    return {
        "capacity": one.added.capacity,
        "office_id": None if one.came_by_mistake else one.added.office_id,
        "own_reference": one.added.own_reference,
        "submitted": one.added.submitted,
        "scopes": in_order(authority.scopes) if authority else (),
        "starts_on": authority.starts_on if authority else None,
        "expires_on": authority.expires_on if authority else None,
        "ended_on": one.ended.ended_on if one.ended else None,
    }
