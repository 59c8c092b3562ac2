"""Email that came in: what somebody has to look at, and each message with what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from flask import Response, abort, current_app, flash, url_for
from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.add_evidence import add_evidence
from portal.actions.dismiss_mail import dismiss_mail
from portal.actions.place_mail import place_mail
from portal.clock import current_clock
from portal.domain.mail import day_received, files_that_fit
from portal.domain.mail_kinds import WhoseWords
from portal.domain.permissions import Action
from portal.domain.read_mail import MailFile
from portal.domain.references import reference_from
from portal.domain.refusal import Refused
from portal.mail.arrival import Desk
from portal.mail.unpacking import original, unpack
from portal.records import mail
from portal.records.access_log import Access
from portal.records.files import NotStored, StoreAway
from portal.records.mail import IncomingMail
from portal.records.queries import NotFound, open_case
from portal.web.access import current_actor, permit, requires
from portal.web.access_log import note_access, note_also
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.blueprint import blueprint
from portal.web.staff.desk import open_desk
from portal.web.staff.fields import OneOf, line, needed, problems, refuse, words
from portal.web.staff.forms import StaffForm
from portal.web.uploads import ALONE
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said
from portal.web.words import choices

NO_COMPLAINT = _l("There is no complaint with this reference")
FILES_AWAY = _l("The files in it cannot be reached just now. Try again in some minutes")


class PlaceMail(StaffForm):
    reference = line(
        _l("Reference of the complaint"), _l("Enter the reference of the complaint that it is about"), longest=20
    )
    whose = OneOf(
        _l("Whose words are they?"), choices(WhoseWords), validators=[needed(_l("Choose whose words they are"))]
    )
    note = words(_l("Note"), hint=_l("How you know, or what else somebody should know of it. Only staff read it."))


class DismissMail(StaffForm):
    reason = words(
        _l("Why is it not a complaint?"),
        _l("Write why it is not a complaint"),
        hint=_l("For example: it is advertising, or thanks. If somebody is unhappy with us, it is a complaint."),
    )


Forms = Mapping[str, StaffForm]


def empty_forms() -> dict[str, StaffForm]:
    return {"place": PlaceMail(formdata=None), "dismiss": DismissMail(formdata=None)}


def desk_for_mail() -> Desk:
    """Where messages are kept."""
    return Desk(database(), current_app.extensions["files"], current_app.extensions["settings"].secret_key)


@blueprint.get("/mail")
@requires(Action.SEE_MAIL)
def all_mail() -> Response:
    """What waits first, longest on top; then the latest that somebody has seen to."""
    with database().session() as session:
        waiting, settled = mail.waiting(session, current_actor()), mail.settled(session, current_actor())
    return page("staff/mail_list.html", waiting=waiting, settled=settled)


@blueprint.get("/mail/<uuid:mail_id>")
@requires(Action.SEE_MAIL)
def one_mail(mail_id: UUID) -> Response:
    return _page(found(mail_id), empty_forms())


@blueprint.post("/mail/<uuid:mail_id>/place")
@requires(Action.PLACE_MAIL)
def place(mail_id: UUID) -> Response:
    """Put it on a complaint, with its files."""
    row, form = found(mail_id), PlaceMail()
    if not form.validate():
        return _page(row, {**empty_forms(), "place": form}, status=422)
    reference = reference_from(form.reference.data or "") or ""
    try:
        _placed(row, reference, form)
    except Refused as no:
        refuse(form, said(no.message), no.field)
    except (NotStored, StoreAway):
        refuse(form, str(FILES_AWAY), None)
    except NotFound:
        refuse(form, str(NO_COMPLAINT), "reference")
    else:
        flash(str(_l("The email is on this complaint.")), "done")
        return see_other(url_for("staff.case", reference=reference))
    return _given_back(mail_id, {**empty_forms(), "place": form})


def _placed(row: IncomingMail, reference: str, form: PlaceMail) -> None:
    actor, now = current_actor(), current_clock().now()
    with database().session() as session:
        permit(Action.PLACE_MAIL, open_case(session, reference, actor, landlords.rules_for).case)
    kept, told = unpack(desk_for_mail(), row, now)
    with database().unit_of_work() as session:
        whose, note = WhoseWords(form.whose.data), form.note.data or ""
        place_mail(session, actor, row.id, reference, whose=whose, note=note, now=now)
        add_files(session, row.id, reference, kept, told, now)


def add_files(
    session: Session, mail_id: UUID, reference: str, kept: Sequence[UUID], told: Sequence[MailFile], now: datetime
) -> None:
    """The files of a message, to the complaint that it is on now, as many as it can hold."""
    if told:
        mail.tell_of_files(session, mail_id, told)
    fit = files_that_fit(open_case(session, reference, current_actor(), landlords.rules_for).case, kept)
    for each in fit:
        add_evidence(session, current_actor(), reference, each, now=now)


@blueprint.post("/mail/<uuid:mail_id>/no-complaint")
@requires(Action.DISMISS_MAIL)
def no_complaint(mail_id: UUID) -> Response:
    """It is kept, with the reason."""
    row, form = found(mail_id), DismissMail()
    if not form.validate():
        return _page(row, {**empty_forms(), "dismiss": form}, status=422)
    try:
        with database().unit_of_work() as session:
            reason, now = form.reason.data or "", current_clock().now()
            dismiss_mail(session, current_actor(), mail_id, reason=reason, now=now)
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _given_back(mail_id, {**empty_forms(), "dismiss": form})
    flash(str(_l("It is recorded that this is no complaint.")), "done")
    return see_other(url_for("staff.all_mail"))


@blueprint.get("/mail/<uuid:mail_id>/original")
@requires(Action.SEE_ORIGINAL_MAIL)
def original_mail(mail_id: UUID) -> Response:
    """The message as it came, to be saved: nothing has looked for viruses in it, and nothing of it is shown."""
    row = found(mail_id, Access.DOWNLOADED)
    try:
        pieces = original(desk_for_mail(), row)
    except NotStored:
        abort(404)
    except StoreAway:
        abort(503)
    response = Response(pieces, content_type="application/octet-stream", direct_passthrough=True)
    response.headers["Content-Security-Policy"] = ALONE
    name = f"NOT SCANNED email {day_received(row.received_at).isoformat()}.eml"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@blueprint.get("/cases/<reference>/mail/<uuid:mail_id>")
@requires(Action.SEE_CASE)
def case_mail(reference: str, mail_id: UUID) -> Response:
    """An email that is on a complaint, for whoever sees that."""
    with database().session() as session:
        desk = open_desk(session, reference)
        row = mail.of_complaint(session, desk.file.row, mail_id)
    if row is None:
        abort(404)
    return page("staff/case_mail.html", desk=desk, mail=row, files=mail.files_of(row))


def found(mail_id: UUID, access: Access = Access.READ) -> IncomingMail:
    """A message that exists for whoever asks; that they looked is written down, with the complaint it may be about."""
    with database().session() as session:
        row = mail.with_id(session, current_actor(), mail_id)
        about = mail.complaint_of(session, row) if row else None
    if row is None:
        abort(404)
    note_access(access)
    note_also([about.reference] if about else [])
    return row


def _given_back(mail_id: UUID, forms: Forms) -> Response:
    """The page as it is now, with what was typed: 409 where somebody else was quicker."""
    row = found(mail_id)
    return _page(row, forms, status=409 if row.outcome else 422)


def _page(row: IncomingMail, forms: Forms, *, status: int = 200) -> Response:
    with database().session() as session:
        about = mail.complaint_of(session, row)
        by = mail.settled_by(session, row)
    place_form = forms["place"]
    if about and not row.outcome and not place_form.is_submitted():
        place_form.reference.data = about.reference
    return page(
        "staff/mail.html",
        status=status,
        mail=row,
        about=about.reference if about else None,
        by=by,
        files=mail.files_of(row),
        received_on=day_received(row.received_at),
        place=place_form,
        dismiss=forms["dismiss"],
        errors=[each for form in forms.values() for each in problems(form)],
        typed=status in {409, 422},
    )
