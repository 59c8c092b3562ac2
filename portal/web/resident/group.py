"""Joining a group that complains: alone, with what the lead hands round, and with a code of one's own."""

from __future__ import annotations

from flask import Response, current_app
from wtforms import HiddenField
from wtforms.validators import DataRequired

from portal import landlords
from portal.actions.join_group import join_group
from portal.clock import current_clock
from portal.domain import references
from portal.domain.events import ReplyBy, SafeContact
from portal.domain.group import NewMember
from portal.domain.permissions import Actor, Role
from portal.domain.refusal import Refused
from portal.records import access, drafts, queries
from portal.records.history import CaseFile
from portal.web.access import public
from portal.web.data import database
from portal.web.easier_fields import AsksWhatIsEasier, interpreting_in, kinds_chosen
from portal.web.fields import AnyOf, Line
from portal.web.fragments import page
from portal.web.limits import count_wrong_code, limiter, slow_down_guesses, source
from portal.web.person_fields import person_in
from portal.web.resident import forms
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l

JOINED_FROM_ONE_SOURCE = "60 per hour"
"""Each writes to an address that was typed. A whole house may join from one connection; whoever waits can call."""

NOT_FOUND = _l("We cannot find a group with this reference and this invitation code. Check both of them")


class Invitation(forms.ResidentForm):
    reference = Line(
        _l("Reference of the complaint"),
        60,
        _l("A reference has 8 letters and numbers, like H4KM-73QT"),
        validators=[DataRequired(_l("Enter the reference"))],
    )
    code = Line(
        _l("Invitation code"),
        60,
        _l("A code has 16 letters and numbers, in four groups of four"),
        validators=[DataRequired(_l("Enter the invitation code"))],
        description=_l("Whoever leads the group gives you both. Capitals, spaces and dashes do not matter."),
    )


class JoinGroup(AsksWhatIsEasier, forms.ReplyTo):
    """The person's own answers. The invitation goes along unseen, and is checked again."""

    reference = HiddenField()
    code = HiddenField()
    once = HiddenField()
    name = Line(
        _l("Your name"),
        300,
        _l("Your name must be 300 characters or fewer"),
        validators=[DataRequired(_l("Enter your name"))],
        description=_l("We need it so that nobody can join for somebody else. The others of the group do not see it."),
    )
    postcode = Line(_l("Postcode"), 20, _l("Your postcode must be 20 characters or fewer"))
    consent = AnyOf(
        _l("Do you want to be of this group?"),
        [("yes", _l("Yes. I want this complaint to be mine too, and whoever leads the group may speak for it"))],
        description=_l("You can leave at any time, with one press."),
        validators=[DataRequired(_l("Tick the box if you want to be of this group"))],
    )

    def member(self) -> NewMember:
        return NewMember(
            person=person_in(self),
            reply_by=ReplyBy(self.reply_by.data),
            consent="Ticked on the page to join." if self.consent.data else "",
            adjustments=kinds_chosen(self),
            adjustment_words=self.adjustment_words.data or "",
            interpreting=interpreting_in(self),
            safe_contact=tuple(SafeContact(each) for each in self.safe_contact.data or ()),
        )


@public
def show_invitation() -> Response:
    return _invited(Invitation(formdata=None))


def invited() -> Response:
    """What the group complains of, and the person's own answers, for whoever has the invitation."""
    form = Invitation()
    if not form.validate():
        return _invited(form, status=422)
    file = _group_of(form.reference.data, form.code.data)
    if file is None:
        return _invited(form, status=422, not_found=True)
    joining = JoinGroup(formdata=None)
    joining.reference.data, joining.code.data = form.reference.data, form.code.data
    joining.once.data = drafts.new_token()
    return _joining(file, joining)


def join() -> Response:
    """Join, once, and show the code of one's own on this answer alone."""
    form = JoinGroup()
    file = _group_of(form.reference.data or "", form.code.data or "")
    if file is None:
        return _invited(Invitation(formdata=None), status=422, not_found=True)
    if not form.validate():
        return _joining(file, form, status=422)
    landlord, now, reference = current_landlord().key, current_clock().now(), file.case.reference
    token = f"member {reference}:{form.once.data}:{form.member()}"
    code = access.code_for(current_app.extensions["settings"].secret_key, token)
    actor = Actor(Role.GROUP_MEMBER, landlord=landlord, case_reference=reference)
    try:
        with database().unit_of_work() as session:
            kept = drafts.claimed(session, landlord, token, at=now)
            if kept.submitted_reference is None:
                join_group(session, actor, reference, form.member(), code=code, now=now)
                drafts.mark_submitted(kept, reference)
    except Refused as no:
        return _joining(file, form, no, status=422)
    return page("resident/group/joined.html", reference=reference, code=code)


def _group_of(reference: str, code: str) -> CaseFile | None:
    """The group to which an invitation belongs. A wrong one counts, whatever is wrong with it."""
    landlord, today = current_landlord().key, current_clock().today()
    plain = references.reference_from(reference), references.code_from(code)
    with database().session() as session:
        opens = access.code_opens(session, landlord, plain[0] or "", plain[1] or "", today)
        if opens is not None and opens.holder == access.INVITATION:
            actor = Actor(Role.GROUP_MEMBER, landlord=landlord, case_reference=opens.complaint.reference)
            return queries.open_case(session, opens.complaint.reference, actor, landlords.rules_for)
    count_wrong_code(landlord, reference)
    return None


def _invited(form: Invitation, *, status: int = 200, not_found: bool = False) -> Response:
    problems = form.problems + ([(NOT_FOUND, "reference")] if not_found else [])
    return page("resident/group/invitation.html", status=status, form=form, errors=problems)


def _joining(file: CaseFile, form: JoinGroup, refused: Refused | None = None, *, status: int = 200) -> Response:
    assert file.case.group is not None, "an invitation is made with the group"
    return page(
        "resident/group/join.html",
        status=status,
        form=form,
        errors=[(refused.message, refused.field)] if refused else form.problems,
        matter=file.case.group.formed.matter,
    )


invited = public(slow_down_guesses(invited))
join = public(slow_down_guesses(limiter.limit(JOINED_FROM_ONE_SOURCE, key_func=source, methods=["POST"])(join)))
