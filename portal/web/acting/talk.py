"""Messages and files of somebody who acts for a resident, with a code of their own."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort

from portal.domain.permissions import Action, Role
from portal.web import uploads
from portal.web.access import current_actor, public, requires
from portal.web.acting import correspondence
from portal.web.acting.correspondence import Correspondent
from portal.web.fragments import page
from portal.web.resident import forms, visit
from portal.web.resident.contact_forms import WriteMessage
from portal.web.resident.files import AddFileForSomebody, by_source

TO = "acting"
"""Where words go that were written when the visit ended, once it is open again."""


@requires(Action.SEND_MESSAGE)
def messages() -> Response:
    return correspondence.show_messages(_me(), WriteMessage(formdata=None))


@public
def send_message() -> Response:
    """Open to everyone, so that what was written during a visit that has ended is not lost."""
    form = WriteMessage()
    if current_actor().role is not Role.REPRESENTATIVE:
        again = forms.Track(formdata=None, data={"words": form.words.data, "to": TO})
        return page("resident/track.html", status=403, form=again, visit_over=True)
    return correspondence.write(_me(), form)


@requires(Action.ADD_EVIDENCE)
def files() -> Response:
    return correspondence.show_files(_me(), AddFileForSomebody(formdata=None))


@by_source
@uploads.takes_files
@requires(Action.ADD_EVIDENCE)
def add_file() -> Response:
    return correspondence.add(_me(), AddFileForSomebody())


@requires(Action.REMOVE_EVIDENCE)
def remove_file(evidence_id: UUID) -> Response:
    return correspondence.remove(_me(), evidence_id)


@requires(Action.SEE_EVIDENCE)
def file(evidence_id: UUID) -> Response:
    return correspondence.download(_me(), evidence_id)


def show_again(words: str) -> Response:
    """The page of messages with what somebody had written when their visit ended, now that it is open again."""
    actor = visit.representative()
    if actor is None:
        abort(404)
    form = WriteMessage(formdata=None, data={"words": words})
    return correspondence.show_messages(Correspondent(actor, "acting"), form)


def _me() -> Correspondent:
    return Correspondent(current_actor(), "acting")
