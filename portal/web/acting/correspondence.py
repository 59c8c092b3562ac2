"""What somebody who acts for a resident writes to us and adds: alike for whoever has a code and for an office.

They see what is between them and us, and nothing that the resident wrote or added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, abort, flash, url_for
from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.add_evidence import add_evidence
from portal.actions.remove_evidence import remove_evidence
from portal.actions.send_message import send_message
from portal.clock import current_clock
from portal.domain.evidence import may_remove
from portal.domain.messages import conversation_with
from portal.domain.permissions import Actor
from portal.domain.refusal import Refused
from portal.records import queries
from portal.records.history import CaseFile
from portal.records.representing import TheirPart, parts_of
from portal.web import uploads
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.resident.contact_forms import WriteMessage
from portal.web.resident.files import AddFileForSomebody, needed, shows_authority
from portal.web.resident.forms import Submit
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said

SENT = _l("We have your message. It is below, with the time at which it reached us.")


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Whoever writes, as a representative in one complaint, with today's scopes.

    `pages` names both their blueprint and their folder of templates; `reference` stands in the addresses of an office.
    """

    actor: Actor
    pages: str
    reference: str | None = None

    @property
    def number(self) -> int:
        return self.actor.representative or 0

    def at(self, name: str, **more: Any) -> str:
        of_case = {"reference": self.reference} if self.reference else {}
        return url_for(f"{self.pages}.{name}", **of_case, **more)

    def opened(self, session: Session) -> CaseFile:
        try:
            return queries.open_case(session, self.actor.case_reference or "", self.actor, landlords.rules_for)
        except queries.NotFound:
            abort(404)

    def parts(self, session: Session, file: CaseFile) -> list[TheirPart]:
        """What they have of the case, and of the complaint with which they came to it."""
        return parts_of(session, file, self.number, landlords.rules_for)


def show_messages(me: Correspondent, form: WriteMessage, *, status: int = 200) -> Response:
    """What was written so far, newest first, and room for more."""
    with database().session() as session:
        file = me.opened(session)
        parts = me.parts(session, file)
    written = [each for part in parts for each in conversation_with(part.file.recorded, part.number)]
    return page(
        f"{me.pages}/messages.html",
        status=status,
        form=form,
        errors=form.problems,
        me=me,
        case=file.case,
        conversation=sorted(written, key=lambda each: each.at)[::-1],
    )


def write(me: Correspondent, form: WriteMessage) -> Response:
    """Receive it at any stage, whatever they may be told."""
    if not form.validate():
        return show_messages(me, form, status=422)
    actor, words, now = me.actor, form.words.data or "", current_clock().now()
    try:
        with database().unit_of_work() as session:
            send_message(session, actor, actor.case_reference or "", words=words, now=now)
    except queries.NotFound:
        abort(404)
    except Refused as refused:
        form.words.errors = [said(refused.message)]
        return show_messages(me, form, status=422)
    flash(str(SENT), "done")
    return see_other(me.at("messages"))


def show_files(me: Correspondent, form: AddFileForSomebody, *, status: int = 200) -> Response:
    """Their own files, and room for one more."""
    with database().session() as session:
        file = me.opened(session)
        parts = me.parts(session, file)
    theirs = [each for part in parts for each in part.file.case.files_of(part.number)]
    return page(
        f"{me.pages}/files.html",
        status=status,
        form=form,
        errors=form.problems,
        me=me,
        case=file.case,
        files=theirs,
        removable={
            each.id
            for each in file.case.files_of(me.number)
            if may_remove(me.actor, each) and str(each.id) not in file.case.relied_on
        },
        sizes=uploads.stated_sizes(),
    )


def add(me: Correspondent, form: AddFileForSomebody) -> Response:
    """Add one, as evidence or as what shows that they may act."""
    if not form.validate():
        return show_files(me, form, status=422)
    actor, now = me.actor, current_clock().now()
    try:
        evidence_id = uploads.kept(needed(form))
        shows = me.number if shows_authority(form) else None
        with database().unit_of_work() as session:
            add_evidence(session, actor, actor.case_reference or "", evidence_id, authority_of=shows, now=now)
    except queries.NotFound:
        abort(404)
    except Refused as refused:
        form.file.errors = [said(refused.message)]
        return show_files(me, form, status=422)
    return see_other(me.at("files"))


def remove(me: Correspondent, evidence_id: UUID) -> Response:
    """Take one of their own back. A second press finds that it is gone; another's is not found."""
    if Submit().validate():
        try:
            with database().unit_of_work() as session:
                remove_evidence(
                    session, me.actor, me.actor.case_reference or "", evidence_id, now=current_clock().now()
                )
        except queries.NotFound:
            abort(404)
        except Refused:
            _check_theirs(me, evidence_id)
    return see_other(me.at("files"))


def download(me: Correspondent, evidence_id: UUID) -> Response:
    """One of their own, to be saved."""
    with database().session() as session:
        parts = me.parts(session, me.opened(session))
        theirs = [(part.file, each) for part in parts for each in part.file.case.files_of(part.number)]
        held = next((each for each in theirs if each[1].id == evidence_id), (parts[0].file, None))
        return uploads.download(session, *held)


def _check_theirs(me: Correspondent, evidence_id: UUID) -> None:
    with database().session() as session:
        every = me.opened(session).case.evidence
    if evidence_id not in {each.id for each in every if each.representative == me.number}:
        abort(404)
