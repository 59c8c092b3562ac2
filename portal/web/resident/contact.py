"""Reaching us about one's own complaint: messages, a call back, a new issue, and what else residents can do to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import request
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal.actions.change_contact import change_contact
from portal.actions.choose_language import choose_language
from portal.actions.give_feedback import give_feedback
from portal.actions.raise_issue import raise_issue
from portal.actions.report_remedy import report_remedy
from portal.actions.request_call_back import request_call_back
from portal.actions.send_message import send_message
from portal.actions.withdraw_complaint import withdraw_complaint
from portal.domain.adjustments import against_a_call, holding
from portal.domain.contact import contact_of
from portal.domain.events import ComplaintWithdrawn
from portal.domain.feedback_events import Rating
from portal.domain.lifecycle import MOVES, Status
from portal.domain.message_events import CallTime
from portal.domain.messages import conversation
from portal.domain.permissions import Action, Actor, Decision
from portal.domain.remedies import Remedy
from portal.records.history import CaseFile
from portal.web.filters import day
from portal.web.resident import contact_forms
from portal.web.resident.own_acts import OwnAct
from portal.web.wording import gettext as _
from portal.web.wording import lazy_gettext as _l
from portal.web.words import words


def write(session: Session, actor: Actor, form: contact_forms.WriteMessage, now: datetime) -> object:
    return send_message(session, actor, actor.case_reference or "", words=form.words.data or "", now=now)


def the_conversation(file: CaseFile, _today: date) -> dict[str, Any]:
    """Newest first. A new issue is shown with what was decided about it."""
    own = (each for each in file.recorded if each.number > file.case.led_since)
    return {
        "conversation": tuple(reversed(conversation(own))),
        "decided": {each.number: each.decided for each in file.case.messages},
    }


def ask_for_call(session: Session, actor: Actor, form: contact_forms.AskForCall, now: datetime) -> object:
    return request_call_back(
        session,
        actor,
        actor.case_reference or "",
        phone=form.phone.data or "",
        times=tuple(CallTime(each) for each in form.times.data or ()),
        voicemail=form.voicemail.data == "yes",
        words=form.words.data or "",
        now=now,
    )


def offer_number(form: contact_forms.AskForCall, file: CaseFile, _today: date) -> None:
    """The number that we have, unless another one was typed."""
    if form.phone.raw_data is None:
        form.phone.data = file.case.received.person.phone


def about_calls(file: CaseFile, _today: date) -> dict[str, Any]:
    return {
        "no_calls": against_a_call(file.case.adjustments) is not None,
        "agreed": [each for each in holding(file.case.adjustments) if each.is_agreed],
        "discreet": file.case.received.is_discreet,
    }


def add_issue(session: Session, actor: Actor, form: contact_forms.NewIssue, now: datetime) -> object:
    return raise_issue(session, actor, actor.case_reference or "", words=form.words.data or "", now=now)


def change(session: Session, actor: Actor, form: contact_forms.ChangeContact, now: datetime) -> object:
    file = change_contact(session, actor, actor.case_reference or "", form.contact(), now=now)
    if form.language.data:
        choose_language(session, actor, actor.case_reference or "", form.language.data, now=now)
    return file


def fill_in_contact(form: contact_forms.ChangeContact, file: CaseFile, _today: date) -> None:
    """What we have, for somebody who opens the page."""
    if form.reply_by.raw_data is None:
        now = contact_of(file.case.received)
        for part in form.PARTS:
            form[part].data = getattr(now, part)
        form.language.data = file.case.received.person.language or form.language.data


def withdraw(session: Session, actor: Actor, form: contact_forms.WithdrawOwn, now: datetime) -> object:
    reference, said = actor.case_reference or "", form.words.data or ""
    return withdraw_complaint(session, actor, reference, withdrawn_on=now.date(), words=said, now=now)


def withdrawable(file: CaseFile, _today: date) -> Decision:
    move = MOVES[ComplaintWithdrawn]
    return Decision(file.case.status in move.before, move.otherwise)


def reportable(file: CaseFile, today: date) -> list[Remedy]:
    return [each for each in file.case.remedies if each.can_be_reported(today)]


def can_report(file: CaseFile, today: date) -> Decision:
    return Decision(
        bool(reportable(file, today)),
        str(_l("The date of what we promised has not come yet, or nothing was promised.")),
    )


def told_apart(remedy: Remedy) -> str:
    """A promise with its date: what was promised at stage 1 may be promised again, in the same words, at stage 2."""
    promised = remedy.words or words(remedy.terms.kind)
    return f"{promised} · {_('By %(day)s', day=day(remedy.terms.due))}"


def offer_remedies(form: contact_forms.ReportRemedy, file: CaseFile, today: date) -> None:
    """All whose date has come; the one from beside which somebody came is chosen."""
    found = reportable(file, today)
    form.which.choices = [SelectChoice(str(each.number), told_apart(each)) for each in found]
    if form.which.raw_data is None:
        form.which.data = request.args.get("which") or (str(found[0].number) if len(found) == 1 else None)


def report(session: Session, actor: Actor, form: contact_forms.ReportRemedy, now: datetime) -> object:
    number, done, said = int(form.which.data), form.done.data == "yes", form.words.data or ""
    return report_remedy(session, actor, actor.case_reference or "", number, done=done, words=said, now=now)


def over(file: CaseFile, _today: date) -> Decision:
    if file.case.feedback:
        return Decision(False, str(_l("You have told us. Thank you.")))
    return Decision(file.case.has_ended, str(_l("You can tell us how it went once your complaint has ended.")))


def tell_how_it_went(session: Session, actor: Actor, form: contact_forms.GiveFeedback, now: datetime) -> object:
    easy, listened = (Rating(each.data) if each.data else None for each in (form.easy, form.listened))
    said = form.words.data or ""
    return give_feedback(session, actor, actor.case_reference or "", easy=easy, listened=listened, words=said, now=now)


CONTACT_ACTS = (
    OwnAct(
        name="messages",
        action=Action.SEND_MESSAGE,
        title=_l("Messages"),
        done=_l("We have your message. It is below, with the time at which it reached us."),
        form=contact_forms.WriteMessage,
        perform=write,
        facts=the_conversation,
    ),
    OwnAct(
        name="call-back",
        action=Action.REQUEST_CALL_BACK,
        title=_l("Ask us to call you"),
        done=_l("We have your request for a call. It is below."),
        form=contact_forms.AskForCall,
        perform=ask_for_call,
        prepare=offer_number,
        facts=about_calls,
    ),
    OwnAct(
        name="new-issue",
        action=Action.RAISE_ISSUE,
        title=_l("Tell us of something else that is wrong"),
        done=_l("We have what you told us. It is below. We tell you what becomes of it."),
        form=contact_forms.NewIssue,
        perform=add_issue,
    ),
    OwnAct(
        name="contact",
        action=Action.CHANGE_CONTACT,
        title=_l("How we reach you"),
        done=_l("We reach you in this way from now on."),
        form=contact_forms.ChangeContact,
        perform=change,
        prepare=fill_in_contact,
        then="resident.my_complaint",
    ),
    OwnAct(
        name="withdraw",
        action=Action.WITHDRAW_OWN_COMPLAINT,
        title=_l("Withdraw your complaint"),
        done=_l("Your complaint is withdrawn. We send you a letter that says so."),
        form=contact_forms.WithdrawOwn,
        perform=withdraw,
        possible=withdrawable,
        already=lambda file: file.case.status is Status.WITHDRAWN,
        then="resident.my_complaint",
    ),
    OwnAct(
        name="promises",
        action=Action.REPORT_REMEDY,
        title=_l("Was it done?"),
        done=_l("Thank you. Whoever handles your complaint can see what you told us."),
        form=contact_forms.ReportRemedy,
        perform=report,
        possible=can_report,
        prepare=offer_remedies,
        then="resident.my_complaint",
    ),
    OwnAct(
        name="feedback",
        action=Action.GIVE_FEEDBACK,
        title=_l("Tell us how it went"),
        done=_l(
            "Thank you for telling us how it went. It is not a complaint. If you are unhappy with something, you can "
            "make one on the start page, or tell any of our staff."
        ),
        form=contact_forms.GiveFeedback,
        perform=tell_how_it_went,
        possible=over,
        already=lambda file: file.case.feedback is not None,
        then="resident.my_complaint",
    ),
)
