"""An email becomes a complaint, which was received on the day on which it reached the mailbox."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, current_app, url_for

from portal import landlords
from portal.actions.file_mail import file_mail
from portal.actions.submit_complaint import submit_complaint
from portal.clock import current_clock
from portal.domain.events import ReplyBy
from portal.domain.mail import day_received
from portal.domain.mail_kinds import MailKind, MailOutcome
from portal.domain.owed import next_due
from portal.domain.permissions import Action
from portal.domain.policy import Channel
from portal.domain.refusal import Refused
from portal.mail.unpacking import unpack
from portal.records import access, drafts, mail
from portal.records.files import NotStored, StoreAway
from portal.records.history import CaseFile
from portal.records.mail import IncomingMail
from portal.records.queries import open_case
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import problems, refuse
from portal.web.staff.forms import ComplainByMail
from portal.web.staff.mail import FILES_AWAY, add_files, desk_for_mail, found
from portal.web.whose import current_landlord
from portal.web.wording import said

ANSWERED_BY_NOBODY = frozenset({MailKind.AUTOMATIC, MailKind.BOUNCE})
"""What a machine sent: a receipt would go to it by itself (RFC 3834). Whom it is from, staff find out."""

GONE = "Somebody has seen to this email meanwhile"


@blueprint.get("/mail/<uuid:mail_id>/complaint")
@requires(Action.RECORD_COMPLAINT)
def mail_complaint(mail_id: UUID) -> Response:
    """What the message says, to be completed."""
    row = found(mail_id)
    if row.outcome:
        return see_other(url_for("staff.one_mail", mail_id=mail_id))
    form = ComplainByMail(formdata=None)
    form.once.data = drafts.new_token()
    form.what_happened.data = row.new_words or row.words or row.subject
    if row.kind not in ANSWERED_BY_NOBODY:
        form.name.data, form.email.data = row.sender_name, row.sender
        form.reply_by.data = ReplyBy.EMAIL.value if row.sender else None
    return _page(row, form)


@blueprint.post("/mail/<uuid:mail_id>/complaint")
@requires(Action.RECORD_COMPLAINT)
def save_mail_complaint(mail_id: UUID) -> Response:
    """Store it with the files that came, once, and show the secret code on this answer alone."""
    row, form = found(mail_id), ComplainByMail()
    if not form.validate():
        return _page(row, form, status=422)
    try:
        file, code = _stored(row, form)
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _page(row, form, status=409 if row.outcome or no.message == GONE else 422)
    except (NotStored, StoreAway):
        refuse(form, str(FILES_AWAY), None)
        return _page(row, form, status=422)
    due = next_due(file.case, file.rules)
    return page(
        "staff/recorded.html",
        case=file.case,
        code=code if file.case.representatives or file.case.received.person.can_be_known else None,
        due=due if due and not due.missed(current_clock().today()) else None,
        invitation=None,
    )


def _stored(row: IncomingMail, form: ComplainByMail) -> tuple[CaseFile, str]:
    """One complaint, however often the same form with the same words is sent."""
    landlord, now, actor = current_landlord().key, current_clock().now(), current_actor()
    told = form.submission(Channel.EMAIL.value, day_received(row.received_at))
    acting, key = form.representative(), current_app.extensions["settings"].secret_key
    token = f"{form.once.data}:{row.id}:{told}:{acting}"
    code = access.code_for(key, token)
    kept, listed = unpack(desk_for_mail(), row, now) if row.outcome is None else ((), ())
    with database().unit_of_work() as session:
        claimed = drafts.claimed(session, landlord, token, at=now)
        if claimed.submitted_reference:
            return open_case(session, claimed.submitted_reference, actor, landlords.rules_for), code
        mine = mail.with_id(session, actor, row.id, for_update=True)
        if mine is None:
            abort(404)
        if mine.outcome is not None:
            raise Refused(GONE)
        file = submit_complaint(
            session, actor, landlord, told, code=code, now=now, representative=acting, secret_key=key
        )
        reference = file.case.reference
        add_files(session, row.id, reference, kept, listed, now)
        file_mail(session, actor, reference, mine, outcome=MailOutcome.COMPLAINT, now=now)
        drafts.mark_submitted(claimed, reference)
        return open_case(session, reference, actor, landlords.rules_for), code


def _page(row: IncomingMail, form: ComplainByMail, *, status: int = 200) -> Response:
    return page(
        "staff/mail_complaint.html",
        status=status,
        form=form,
        mail=row,
        received_on=day_received(row.received_at),
        cancel=url_for("staff.one_mail", mail_id=row.id),
        errors=problems(form),
    )
