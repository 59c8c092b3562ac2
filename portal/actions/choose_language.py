"""A resident, or somebody else whom we write to, tells us in which language they read."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.group import with_number as member_of
from portal.domain.group_events import MemberLanguageChosen
from portal.domain.permissions import Action, Actor, Role
from portal.domain.reach_events import LanguageChosen
from portal.domain.refusal import Forbidden, Refused
from portal.domain.representation import with_number as representative_of
from portal.domain.representative_events import RepresentativeLanguageChosen
from portal.domain.saying import say
from portal.records.history import CaseFile, append

Chosen = LanguageChosen | RepresentativeLanguageChosen | MemberLanguageChosen


def choose_language(
    session: Session,
    actor: Actor,
    reference: str,
    language: str,
    *,
    representative: int | None = None,
    member: int | None = None,
    now: datetime,
    version: int | None = None,
) -> CaseFile:
    """Letters to the resident are written in it from now on. What is sealed stays as it is.

    `representative` or `member`: to the one with this number, which staff alone can say for them; those choose for
    themselves with `choose_own_language`. Raises `Refused` where there is none, or they have left.
    """
    file = open_for(session, actor, Action.CHOOSE_LANGUAGE, reference, version)
    if (representative or member) and actor.role is Role.RESIDENT:
        raise Forbidden(say("You may not choose for somebody else."))
    known, event = _choice(file, language, representative, member, now.date())
    if language != known:
        append(session, file, event, by=actor, at=now)
    return file


def _choice(
    file: CaseFile, language: str, representative: int | None, member: int | None, on: date
) -> tuple[str, Chosen]:
    """The language that they are written to in now, and what happens when it is another."""
    if representative:
        acting = representative_of(file.case.representatives, representative)
        if acting.ended:
            raise Refused("They act no more for the resident", "whose")
        return acting.added.language, RepresentativeLanguageChosen(
            number=representative, chosen_on=on, language=language
        )
    if member:
        one = member_of(file.case.group, member)
        if one.left:
            raise Refused("They have left the group", "whose")
        return one.joined.person.language, MemberLanguageChosen(number=member, chosen_on=on, language=language)
    return file.case.received.person.language, LanguageChosen(chosen_on=on, language=language)
