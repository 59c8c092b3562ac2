"""Reaching us about one's own complaint: messages, a call back, a new issue."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.actions.raise_issue import raise_issue
from portal.actions.request_call_back import request_call_back
from portal.actions.send_message import send_message
from portal.domain.adjustments import against_a_call, holding
from portal.domain.events import CallTime
from portal.domain.messages import conversation
from portal.domain.permissions import Action, Actor
from portal.records.history import CaseFile
from portal.web.resident import contact_forms
from portal.web.resident.own_acts import OwnAct
from portal.web.wording import lazy_gettext as _l


def write(session: Session, actor: Actor, form: contact_forms.WriteMessage, now: datetime) -> object:
    return send_message(session, actor, actor.case_reference or "", words=form.words.data or "", now=now)


def the_conversation(file: CaseFile, _today: date) -> dict[str, Any]:
    """Newest first. A new issue is shown with what was decided about it."""
    return {
        "conversation": tuple(reversed(conversation(file.recorded))),
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
)
