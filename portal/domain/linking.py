"""Two complaints that have to do with each other: what may be linked, and what a link changes.

A link destroys nothing and ends nothing: each of the two is still to be answered. It only ever brings a date forward.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from portal.domain.case import RESPOND, Case, Rules
from portal.domain.deadlines import shown
from portal.domain.linking_events import ComplaintLinked, LinkKind
from portal.domain.owed import deadlines_of
from portal.domain.refusal import Refused
from portal.domain.same_person import may_be_same
from portal.domain.saying import say

CHOSEN = (LinkKind.RELATED, LinkKind.SAME_MATTER)
"""The kinds that a person chooses. The others come of an act of their own."""


@dataclass(frozen=True, slots=True)
class Linking:
    """What is recorded in each of the two."""

    earlier: ComplaintLinked
    later: ComplaintLinked


def in_order(one: Case, other: Case) -> tuple[Case, Case]:
    """The one that reached us first, and the later one. Of the same day: the one that is given first."""
    return (other, one) if other.received.received_on < one.received.received_on else (one, other)


def linked(earlier: Case, later: Case, rules: Rules, kind: LinkKind, on: date, reason: str) -> Linking:
    """The link as both record it; `rules` are those of the earlier.

    The later report of the same matter is held to the answer of the earlier, whose receipt is day 0 of the matter.
    """
    due = answer_due(earlier, rules) if kind is LinkKind.SAME_MATTER and earlier.is_open else None
    there = ComplaintLinked(
        link=kind,
        other_reference=later.reference,
        other_received_on=later.received.received_on,
        linked_on=on,
        reason=reason,
    )
    here = replace(
        there, other_reference=earlier.reference, other_received_on=earlier.received.received_on, held_to=due
    )
    return Linking(earlier=there, later=here)


def answer_due(case: Case, rules: Rules) -> date:
    """The last day for the answer to the present stage, or what it will be at the latest."""
    key = RESPOND[case.stage]
    return case.kept_to(key, case.now.answer_due(shown(deadlines_of(case, rules))[key].due))


def check_linking(one: Case, other: Case, kind: LinkKind, reason: str) -> None:
    """Raises `Refused` without a reason, where they are linked so already, or where it would say what is not so."""
    if not reason.strip():
        raise Refused("Say why they belong together", "reason")
    if any(each.other_reference == other.reference and each.link is kind for each in one.links):
        raise Refused("They are linked in this way already", "other")
    if kind is LinkKind.SAME_MATTER:
        _check_same_matter(one, other)


def _check_same_matter(one: Case, other: Case) -> None:
    if not may_be_same(one.received.person, other.received.person):
        raise Refused(
            "They are from two people by their names and addresses. Link them instead, so that each has its own dates",
            "other",
        )
    if one.restricted_to != other.restricted_to:
        raise Refused(
            "Not the same people may see both. Show both to the same people first: a date that comes from the other "
            "would tell that it is there",
            "other",
        )
    _, later = in_order(one, other)
    if any(each.link is LinkKind.SAME_MATTER and each.held_to for each in later.links):
        raise Refused(say("%(reference)s is background of another already", reference=later.reference), "other")


def link_to(links: Iterable[ComplaintLinked], reference: str, kind: LinkKind) -> ComplaintLinked:
    """The link of this kind to that complaint. Raises `Refused` where there is none."""
    for each in links:
        if (each.other_reference, each.link) == (reference, kind):
            return each
    raise Refused("They are not linked in this way")
