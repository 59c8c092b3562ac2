"""Files on their way in and out of the pages. How they are kept and looked at is known elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote
from uuid import UUID

from flask import Flask, Response, abort, current_app, g, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException
from wtforms import FileField

from portal.clock import current_clock
from portal.domain.evidence import FORMATS, LARGEST_FILE, MEGABYTE, PICTURES, Evidence, FileKind, FileState, file_name
from portal.domain.refusal import Refused
from portal.evidence.arrival import take_in
from portal.evidence.verdict import Unfit
from portal.records import evidence
from portal.records.files import NotStored, Store, StoreAway, name_of
from portal.records.history import CaseFile
from portal.web.data import database
from portal.web.whose import current_landlord
from portal.web.wording import gettext
from portal.web.wording import lazy_gettext as _l
from portal.web.words import words

View = TypeVar("View", bound=Callable[..., Any])

LARGEST_REQUEST = LARGEST_FILE + MEGABYTE
MARK = "portal_takes_files"

ADDS_FROM_ONE_SOURCE = "120 per hour"
MEGABYTES_FROM_ONE_SOURCE = "3000 per hour"
"""Ten of the largest videos, and nobody's disk filled in a night."""

# A browser that opens the file all the same may run nothing in it and reach nothing from it.
ALONE = "default-src 'none'; sandbox"

SIZES = (
    (_l("photos (JPEG, PNG, WebP or HEIC)"), FileKind.JPEG),
    (_l("PDF and Word documents (docx)"), FileKind.PDF),
    (_l("plain text"), FileKind.TEXT),
    (_l("sound (MP3, M4A, WAV or OGG)"), FileKind.MP3),
    (_l("video (MP4, MOV or WebM)"), FileKind.MP4),
)


def takes_files(view: View) -> View:
    """Let this view be sent something as large as a file. Everything else stays as small as it is."""
    setattr(view, MARK, True)
    return view


def register(app: Flask) -> None:
    app.before_request(make_room)
    app.context_processor(lambda: {"largest_file": LARGEST_FILE})


def make_room() -> None:
    """Before anything of the request is read. What is announced as too large is not waited for."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method != "POST" or not getattr(view, MARK, False):
        return
    g.takes_files = True
    request.max_content_length = LARGEST_REQUEST
    if (request.content_length or 0) > LARGEST_REQUEST:
        abort(413)


def longest_body(app: Flask, environ: dict[str, Any]) -> int:
    """How much of a request is worth reading: no more than its page takes."""
    usual: int = app.config["MAX_CONTENT_LENGTH"]
    try:
        endpoint, _ = app.url_map.bind_to_environ(environ).match()
    except HTTPException:
        return usual
    return LARGEST_REQUEST if getattr(app.view_functions.get(endpoint), MARK, False) else usual


def megabytes_announced() -> int:
    """How large the request is. One that does not say so counts as the largest."""
    announced = request.content_length if request.content_length is not None else LARGEST_REQUEST
    return 1 + announced // MEGABYTE


def stated_sizes() -> list[tuple[Any, int]]:
    """What can be added and how large it may be, for the page to say."""
    return [(told, FORMATS[kind].largest) for told, kind in SIZES]


def chosen(field: FileField) -> FileStorage | None:
    """The file of a form. A browser sends one without a name where none was chosen."""
    sent = field.data
    return sent if isinstance(sent, FileStorage) and sent.filename else None


def kept(sent: FileStorage) -> UUID:
    """Store what was sent. Raises `Refused` with words for whoever sent it."""
    name = file_name(sent.filename or "")
    try:
        return take_in(database(), store(), current_landlord().key, name, sent.stream, now=current_clock().now())
    except Unfit as unfit:
        raise Refused(gettext("“%(name)s” was not added. %(why)s", name=name, why=words(unfit.why)), "file") from unfit
    except OSError as away:
        raise Refused(gettext("We could not keep “%(name)s” just now. Add it again", name=name), "file") from away


def download(
    session: Session, file: CaseFile, meant: Evidence | None, *, original: bool = False, marked: bool = False
) -> Response:
    """A file of an open case, to be saved and not shown. Photos go as their shared copy unless `original` is meant.

    `marked`: one that nothing has looked at for viruses says so in its name, wherever it is kept and sent on.
    """
    row = evidence.file_of_complaint(session, file.row, meant.id) if meant and meant.can_be_read else None
    if meant is None or row is None:
        abort(404)
    as_copy = meant.kind in PICTURES and not original
    digest = row.shared_digest if as_copy else row.digest
    try:
        pieces = store().read(name_of(meant.id, digest or ""))
    except NotStored:
        abort(404)
    except StoreAway:
        abort(503)
    shown = FORMATS[FileKind.JPEG if as_copy else meant.kind]
    response = Response(pieces, mimetype=None, content_type=shown.media_type, direct_passthrough=True)
    response.headers["Content-Security-Policy"] = ALONE
    name = meant.shared_name if as_copy else meant.original_name
    if marked and meant.state is FileState.UNSCANNED:
        name = gettext("NOT SCANNED %(name)s", name=name)
    response.headers.set("Content-Disposition", "attachment", **_named(name))
    return response


def _named(name: str) -> dict[str, str]:
    """The name twice: in plain letters for old browsers, and as it is."""
    plain = name.encode("ascii", "ignore").decode().replace('"', "").strip() or "file"
    return {"filename": plain} if plain == name else {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"}


def store() -> Store:
    found: Store = current_app.extensions["files"]
    return found
