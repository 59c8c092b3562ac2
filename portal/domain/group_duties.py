"""What the groups that somebody is in make of them here, by the landlord's own table. A group without a line in it
gives nothing, so nobody gets a role that no administrator meant for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from portal.domain.actors import answers, go_together, in_order
from portal.domain.sign_in import FromGroup, NotLetIn, Provider
from portal.domain.staff import Duties


def duties_from_groups(
    provider: Provider, groups: Collection[str], ranks: Iterable[str], before: Duties
) -> Duties | NotLetIn:
    """What they are there for from now on. `ranks` are the landlord's, from junior to senior.

    Roles come from groups alone. A rank and areas do where the table names any; otherwise they stay `before`, as
    administrators set them.
    """
    theirs = [given for group, given in provider.groups.items() if group in groups]
    roles = in_order([role for given in theirs for role in given.roles])
    if not roles:
        return NotLetIn.NO_ROLE
    if not go_together(roles):
        return NotLetIn.ROLES_CLASH
    every = provider.groups.values()
    rank = _most_senior(theirs, ranks) if any(given.rank for given in every) else before.rank
    areas = _limited_to(theirs) if any(given.areas for given in every) else before.areas
    return replace(before, roles=roles, rank=rank if answers(roles) else None, areas=areas)


def _most_senior(theirs: Iterable[FromGroup], ranks: Iterable[str]) -> str | None:
    held = {given.rank for given in theirs}
    return next((each for each in reversed([*ranks]) if each in held), None)


def _limited_to(theirs: Iterable[FromGroup]) -> tuple[str, ...]:
    """The areas of all groups that name any: no further group widens by accident what one of them has limited."""
    return tuple(dict.fromkeys(area for given in theirs for area in given.areas))
