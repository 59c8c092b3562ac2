"""A member of a group, or whoever acts for a resident, says in which language they read."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.case import Case
from portal.domain.group import with_number as member_of
from portal.domain.group_events import MemberLanguageChosen
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.representation import with_number as representative_of
from portal.domain.representative_events import RepresentativeLanguageChosen
from portal.records.history import CaseFile, append


def choose_own_language(session: Session, actor: Actor, reference: str, language: str, *, now: datetime) -> CaseFile:
    """Letters to them, and to nobody else, are written in it from now on. What is sealed stays as it is."""
    file = open_for(session, actor, Action.CHOOSE_OWN_LANGUAGE, reference)
    if language != read_by(actor, file.case):
        append(session, file, _chosen(actor, file.case, language, now.date()), by=actor, at=now)
    return file


def read_by(actor: Actor, case: Case) -> str:
    """The language in which they are written to now. Raises `Refused` for anybody who has none of their own."""
    if actor.representative is not None:
        return representative_of(case.representatives, actor.representative).added.language
    return member_of(case.group, actor.member).joined.person.language


def _chosen(actor: Actor, case: Case, language: str, on: date) -> RepresentativeLanguageChosen | MemberLanguageChosen:
    if actor.representative is not None:
        return RepresentativeLanguageChosen(number=actor.representative, chosen_on=on, language=language)
    member = member_of(case.group, actor.member)
    if member.left:
        raise Refused("You have left this group.")
    return MemberLanguageChosen(number=member.number, chosen_on=on, language=language)
