"""The resident says, or tells staff, in which language they read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal.actions.opening import open_for
from portal.domain.events import LanguageChosen
from portal.domain.permissions import Action, Actor
from portal.records.history import CaseFile, append


def choose_language(
    session: Session, actor: Actor, reference: str, language: str, *, now: datetime, version: int | None = None
) -> CaseFile:
    """Letters to the resident are written in it from now on. What is sealed stays as it is."""
    file = open_for(session, actor, Action.CHOOSE_LANGUAGE, reference, version)
    if language != file.case.received.person.language:
        append(session, file, LanguageChosen(chosen_on=now.date(), language=language), by=actor, at=now)
    return file
