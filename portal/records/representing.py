"""What a representative may read of a case: their part in it, and in the complaint with which they came to it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.domain.joined import one_of
from portal.domain.representation import with_number
from portal.domain.representative_events import RepresentativeAdded
from portal.records.history import CaseFile, RulesFor, joined_to


@dataclass(frozen=True, slots=True)
class TheirPart:
    """One complaint with the number that they have in it. Of what happened up to `since` they were told nothing."""

    file: CaseFile
    number: int
    since: int


def parts_of(session: Session, file: CaseFile, number: int, rules_for: RulesFor) -> list[TheirPart]:
    """Their part in the case, and where they came with a complaint that was joined to it, in that, and so on.

    The last is the complaint that they handed in, where they handed one in.
    """
    joined = {each.row.reference: each for each in joined_to(session, file.case, rules_for)}
    parts = [_part(file, number)]
    while came_from := with_number(parts[-1].file.case.representatives, parts[-1].number).added.joined_from:
        if came_from not in joined:  # that is undone, and they act here no more
            break
        joining = one_of(parts[-1].file.case.taken_in, came_from)
        parts.append(_part(joined[came_from], joining.representatives.index(parts[-1].number) + 1))
    return parts


def _part(file: CaseFile, number: int) -> TheirPart:
    came = (each for each in file.recorded if isinstance(each.event, RepresentativeAdded) and each.event.joined_from)
    return TheirPart(file, number, next((each.number for each in came if each.event.number == number), 0))  # type: ignore[attr-defined]
