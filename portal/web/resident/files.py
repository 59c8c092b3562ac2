"""Photos and other files that a resident adds: one at a time, before a complaint is sent and after."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, request, url_for
from wtforms import FileField

from portal.actions.add_evidence import add_evidence
from portal.actions.remove_evidence import remove_evidence
from portal.clock import current_clock
from portal.domain.evidence import MOST_FILES_OF_DRAFT
from portal.domain.permissions import Action
from portal.domain.refusal import Refused
from portal.records import drafts, evidence
from portal.web import uploads
from portal.web.access import current_actor, public, requires
from portal.web.data import database
from portal.web.fields import AnyOf
from portal.web.fragments import page, see_other
from portal.web.limits import View, limiter, source
from portal.web.resident.complain import COOKIE, address_of, files_of_draft, load_draft
from portal.web.resident.forms import ResidentForm, Submit
from portal.web.resident.my_complaint import open_own
from portal.web.resident.pages import CHECK, FILES, FIRST, is_complete, is_for_somebody_else, place_of
from portal.web.whose import current_landlord
from portal.web.wording import gettext, said
from portal.web.wording import lazy_gettext as _l


def by_source(view: View) -> View:
    """Count what comes from one source: how many files, and how much in all of them together."""
    adds = limiter.limit(uploads.ADDS_FROM_ONE_SOURCE, key_func=source)
    much = limiter.shared_limit(
        uploads.MEGABYTES_FROM_ONE_SOURCE, scope="megabytes", key_func=source, cost=uploads.megabytes_announced
    )
    return adds(much(view))  # type: ignore[no-any-return]


class AddFile(ResidentForm):
    file = FileField(_l("Choose a file"))


class AddFileForSomebody(AddFile):
    """For whoever acts for somebody else."""

    shows = AnyOf(
        _l("Does it show that you may act for them?"),
        [("authority", _l("Yes: a signed form, a letter, a power or a grant"))],
        description=_l(
            "Only our staff and you see such a file. Others can also be seen by the person for whom you act."
        ),
    )


@public
def of_draft() -> Response:
    """The files so far, and room for one more. None is needed."""
    elsewhere = _not_writing()
    return see_other(elsewhere) if elsewhere else _show_draft(_form_of_draft()(formdata=None))


@by_source
@uploads.takes_files
@public
def add_to_draft() -> Response:
    """Keep one file with what was written. "Continue" takes along what was chosen and not yet added."""
    form = _form_of_draft()()
    if elsewhere := _not_writing():
        return see_other(elsewhere)
    if not form.validate():
        return _show_draft(form, status=422)
    sent, goes_on = uploads.chosen(form.file), request.form.get("press") == "continue"
    if sent is None and goes_on:
        return see_other(address_of(CHECK))
    try:
        _keep_with_draft(form)
    except Refused as refused:
        form.file.errors = [said(refused.message)]
        return _show_draft(form, status=422)
    return see_other(address_of(CHECK if goes_on else FILES))


@public
def remove_from_draft(evidence_id: UUID) -> Response:
    """Forget one file of this browser's own draft."""
    form = Submit()
    if form.validate():
        landlord, token, now = current_landlord().key, request.cookies.get(COOKIE, ""), current_clock().now()
        with database().unit_of_work() as session:
            for row in evidence.files_of_draft(session, landlord, token):
                if row.id == evidence_id:
                    evidence.give_up(row, at=now)
    return see_other(address_of(FILES))


@requires(Action.TRACK_COMPLAINT)
def of_complaint() -> Response:
    """The resident's own files, and room for one more."""
    return _show_complaint(AddFile(formdata=None))


@by_source
@uploads.takes_files
@requires(Action.ADD_EVIDENCE)
def add_to_complaint() -> Response:
    """Add one file to the complaint, whatever has become of it."""
    form = AddFile()
    if not form.validate():
        return _show_complaint(form, status=422)
    actor = current_actor()
    try:
        evidence_id = uploads.kept(needed(form))
        with database().unit_of_work() as session:
            add_evidence(session, actor, actor.case_reference or "", evidence_id, now=current_clock().now())
    except Refused as refused:
        form.file.errors = [said(refused.message)]
        return _show_complaint(form, status=422)
    return see_other(url_for("resident.my_files"))


@requires(Action.REMOVE_EVIDENCE)
def remove_from_complaint(evidence_id: UUID) -> Response:
    """Take one file back. A second press finds that it is gone, which is what was wanted; another's is not found."""
    form, actor = Submit(), current_actor()
    if not form.validate():
        return see_other(url_for("resident.my_files"))
    try:
        with database().unit_of_work() as session:
            remove_evidence(session, actor, actor.case_reference or "", evidence_id, now=current_clock().now())
    except Refused:
        with database().session() as session:
            every = open_own(session).case.evidence
            theirs = {each.id for each in every if each.by_staff is None and each.representative is None}
        if evidence_id not in theirs:
            abort(404)
    return see_other(url_for("resident.my_files"))


@requires(Action.SEE_EVIDENCE)
def one(evidence_id: UUID) -> Response:
    """One of their own files, to be saved."""
    with database().session() as session:
        file = open_own(session)
        found = next((each for each in file.case.residents_files if each.id == evidence_id), None)
        return uploads.download(session, file, found)


def _form_of_draft() -> type[AddFile]:
    written = load_draft()
    return AddFileForSomebody if written and is_for_somebody_else(written.pages) else AddFile


def shows_authority(form: AddFile) -> bool:
    """Whether they say that it shows that they may act."""
    return isinstance(form, AddFileForSomebody) and bool(form.shows.data)


def _not_writing() -> str | None:
    """Where somebody goes who has nothing to add files to."""
    written = load_draft()
    if written is None or not (written.submitted_reference or is_complete(written.pages)):
        return address_of(FIRST)
    return url_for("resident.received") if written.submitted_reference else None


def _keep_with_draft(form: AddFile) -> None:
    if len(files_of_draft()) >= MOST_FILES_OF_DRAFT:
        raise _full()
    evidence_id = uploads.kept(needed(form))
    landlord, token, now = current_landlord().key, request.cookies.get(COOKIE, ""), current_clock().now()
    with database().unit_of_work() as session:
        written = drafts.draft_to_submit(session, landlord, token, at=now)
        row = evidence.file_row(session, landlord, evidence_id)
        # A draft that was sent or deleted meanwhile takes nothing more, and the file is swept away.
        if written is None or written.submitted_reference or row is None:
            return
        # Counted again: others may have come while this one did, from another device or in another window.
        if evidence.count_of_draft(session, written) >= MOST_FILES_OF_DRAFT:
            raise _full()
        evidence.give_to_draft(row, written, shows_authority=shows_authority(form))


def _full() -> Refused:
    words = gettext(
        "You have added %(most)d files, which is as many as fit here. Send your complaint, and add more then",
        most=MOST_FILES_OF_DRAFT,
    )
    return Refused(words, "file")


def needed(form: AddFile) -> uploads.FileStorage:
    sent = uploads.chosen(form.file)
    if sent is None:
        raise Refused(gettext("Choose a file to add"), "file")
    return sent


def _show_draft(form: AddFile, *, status: int = 200) -> Response:
    written = load_draft()
    return page(
        "resident/complain/files.html",
        status=status,
        form=form,
        errors=form.problems,
        files=files_of_draft(),
        place=place_of(FILES, written.pages if written else {}),
        sizes=uploads.stated_sizes(),
    )


def _show_complaint(form: AddFile, *, status: int = 200) -> Response:
    with database().session() as session:
        file = open_own(session)
    return page(
        "resident/my_files.html",
        status=status,
        form=form,
        errors=form.problems,
        case=file.case,
        files=file.case.residents_files,
        sizes=uploads.stated_sizes(),
    )
