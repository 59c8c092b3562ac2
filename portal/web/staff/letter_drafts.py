"""What somebody writes of a letter is kept while they write it: a press without scripts, by itself with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, flash, url_for
from htmx_flask import request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.clock import current_clock
from portal.records import letter_drafts
from portal.records.letter_drafts import LetterDraft
from portal.web.data import database
from portal.web.fragments import page, see_other, wants_fragment
from portal.web.staff.desk import Desk
from portal.web.staff.fields import readable
from portal.web.wording import lazy_gettext as _l

NOT_CARRIED = frozenset({"csrf_token", "press", "version"})
"""What a page sets afresh when it carries a form on."""


def carried() -> Iterator[tuple[str, str]]:
    """What was sent, to be sent or kept again."""
    return ((name, readable(value)) for name, value in request.form.items(multi=True) if name not in NOT_CARRIED)


def kept(desk: Desk, act: str) -> LetterDraft | None:
    """What whoever is at the desk has written of the letter of this act."""
    with database().session() as session:
        return letter_drafts.draft_of(session, desk.file, act, _writer(desk))


def boxes_of(draft: LetterDraft) -> MultiDict[str, str]:
    """It as a form takes it in."""
    return MultiDict((name, value) for name, value in draft.boxes)


def keep(desk: Desk, act: str, version: int) -> Response:
    """Keep it as it stands, well filled in or not. With scripts only the word of it comes back."""
    now = current_clock().now()
    with database().unit_of_work() as session:
        letter_drafts.keep_draft(session, desk.file, act, _writer(desk), list(carried()), version=version, at=now)
    if wants_fragment():
        return page("staff/_draft_kept.html", saved_at=now)
    flash(str(_l("The draft is kept. You find it on the page of the complaint.")), "done")
    return see_other(url_for("staff.case", reference=desk.case.reference))


def throw_away(desk: Desk, act: str) -> Response:
    with database().unit_of_work() as session:
        forget(session, desk, act)
    flash(str(_l("The draft is thrown away.")), "done")
    return see_other(url_for("staff.case", reference=desk.case.reference))


def forget(session: Session, desk: Desk, act: str) -> None:
    letter_drafts.forget_draft(session, desk.file, act, _writer(desk))


def begun(session: Session, desk: Desk) -> Mapping[str, Any]:
    """When each act that they have begun to write was kept, by its name. One statement."""
    return {each.act: each.saved_at for each in letter_drafts.drafts_of(session, desk.file, _writer(desk))}


def _writer(desk: Desk) -> int:
    assert desk.actor.user_id is not None, "only staff come to a desk"
    return desk.actor.user_id
