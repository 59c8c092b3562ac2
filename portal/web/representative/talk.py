"""Messages and files of an office in one of its cases, and asking for stage 2 where it decides for the resident."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, flash, url_for

from portal.actions.request_escalation import request_escalation
from portal.clock import current_clock
from portal.domain.permissions import Action, Role
from portal.domain.refusal import Refused
from portal.records import queries
from portal.web import uploads
from portal.web.access import current_actor, public, requires
from portal.web.acting import correspondence
from portal.web.acting.correspondence import Correspondent
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.representative.case import open_for_office, page_of_case
from portal.web.representative.complain import SIGNED_OUT
from portal.web.resident.contact_forms import WriteMessage
from portal.web.resident.files import AddFileForSomebody, by_source
from portal.web.resident.forms import Submit
from portal.web.wording import lazy_gettext as _l

NOT_NOW = _l("Stage 2 cannot be asked for now.")


@requires(Action.SEE_OWN_OFFICE)
def messages(reference: str) -> Response:
    return correspondence.show_messages(_of_office(reference), WriteMessage(formdata=None))


@public
def send_message(reference: str) -> Response:
    """Open to everyone, so that what was written during a session that has ended is not lost."""
    form = WriteMessage()
    if current_actor().role is not Role.OFFICE_MEMBER:
        nothing = {"me": None, "case": None, "conversation": ()}
        return page("representative/messages.html", status=401, form=form, errors=[(SIGNED_OUT, None)], **nothing)
    return correspondence.write(_of_office(reference), form)


@requires(Action.SEE_OWN_OFFICE)
def files(reference: str) -> Response:
    return correspondence.show_files(_of_office(reference), AddFileForSomebody(formdata=None))


@by_source
@uploads.takes_files
@requires(Action.SEE_OWN_OFFICE)
def add_file(reference: str) -> Response:
    return correspondence.add(_of_office(reference), AddFileForSomebody())


@requires(Action.SEE_OWN_OFFICE)
def remove_file(reference: str, evidence_id: UUID) -> Response:
    return correspondence.remove(_of_office(reference), evidence_id)


@requires(Action.SEE_OWN_OFFICE)
def file(reference: str, evidence_id: UUID) -> Response:
    return correspondence.download(_of_office(reference), evidence_id)


@requires(Action.SEE_OWN_OFFICE)
def ask_for_stage_2(reference: str) -> Response:
    """For an office that decides for the resident."""
    form, me = Submit(), _of_office(reference)
    if not form.validate():
        return page_of_case(reference, form, form.problems, status=422)
    try:
        with database().unit_of_work() as session:
            request_escalation(session, me.actor, reference, now=current_clock().now())
    except queries.NotFound:
        abort(404)
    except Refused:
        return page_of_case(reference, form, [(str(NOT_NOW), None)], status=422)
    flash(str(_l("We have the request for stage 2.")), "done")
    return see_other(url_for("representative.case", reference=reference))


def _of_office(reference: str) -> Correspondent:
    """The office in its case, while it may do anything there at all."""
    with database().session() as session:
        actor = open_for_office(session, reference).actor
    if not actor.scopes:
        abort(404)
    return Correspondent(actor, "representative", reference)
