"""What staff do about messages: answer, record that they were read, decide about a new issue."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal.actions.answer_message import answer_message
from portal.actions.decide_issue import decide_issue
from portal.actions.read_messages import read_messages
from portal.domain.events import IssueOutcome, IssueRaised
from portal.domain.messages import issues_to_decide, waiting
from portal.domain.new_issue import can_be_added
from portal.domain.permissions import Action, Decision
from portal.web.staff.act import Act, route
from portal.web.staff.desk import Desk
from portal.web.staff.fields import OneOf, line, needed, words
from portal.web.staff.forms import StaffForm
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices

When = dict[str, Any]


class AnswerMessage(StaffForm):
    words = words(
        _l("Your message"), hint=_l("The resident reads it on their page. An email only says that it is there.")
    )


class ReadMessages(StaffForm):
    words = words(_l("What was done?"), hint=_l("For example: called on Tuesday, and agreed a day for the visit."))


class DecideIssue(StaffForm):
    which = OneOf(_l("Which issue?"), (), validators=[needed(_l("Choose which issue"))])
    outcome = OneOf(
        _l("What becomes of it?"), choices(IssueOutcome), validators=[needed(_l("Choose what becomes of it"))]
    )
    new_reference = line(
        _l("Reference of the new complaint"),
        hint=_l("Only for a complaint of its own: record it first, as received on the day of this message."),
        longest=20,
    )
    reason = words(_l("Why?"), hint=_l("The resident reads these words."))


def unread(desk: Desk) -> Decision:
    some = any(not each.is_issue for each in waiting(desk.case.messages))
    return Decision(some, str(_l("No message is waiting to be read.")))


def undecided(desk: Desk) -> Decision:
    return Decision(bool(issues_to_decide(desk.case.messages)), str(_l("There is no new issue to decide about.")))


def offer_issues(form: DecideIssue, desk: Desk) -> None:
    form.which.choices = [
        SelectChoice(
            str(each.number), _l("%(number)s, of %(day)s", number=each.number, day=f"{each.event.raised_on:%-d %B %Y}")
        )
        for each in issues_to_decide(desk.case.messages)
        if isinstance(each.event, IssueRaised)
    ]
    if len(form.which.choices) == 1 and not form.is_submitted():
        form.which.data = form.which.choices[0].value


def issue_facts(desk: Desk, _form: Any) -> dict[str, Any]:
    return {"issues": issues_to_decide(desk.case.messages), "addable": can_be_added(desk.case)}


def answer(session: Session, desk: Desk, form: AnswerMessage, when: When) -> object:
    return answer_message(session, desk.actor, desk.case.reference, words=form.words.data or "", **when)


def read(session: Session, desk: Desk, form: ReadMessages, when: When) -> object:
    return read_messages(session, desk.actor, desk.case.reference, words=form.words.data or "", **when)


def decide(session: Session, desk: Desk, form: DecideIssue, when: When) -> object:
    return decide_issue(
        session,
        desk.actor,
        desk.case.reference,
        int(form.which.data),
        outcome=IssueOutcome(form.outcome.data),
        reason=form.reason.data or "",
        new_reference=form.new_reference.data or "",
        **when,
    )


MESSAGE_ACTS = (
    Act(
        name="write-message",
        action=Action.ANSWER_MESSAGE,
        title=_l("Write to the resident"),
        button=_l("Send the message"),
        done=_l("The message is on the resident’s page."),
        form=AnswerMessage,
        perform=answer,
    ),
    Act(
        name="read-messages",
        action=Action.READ_MESSAGES,
        title=_l("Record that messages were read"),
        button=_l("Record that they were read"),
        done=_l("It is recorded."),
        form=ReadMessages,
        perform=read,
        possible=unread,
    ),
    Act(
        name="decide-issue",
        action=Action.DECIDE_ISSUE,
        title=_l("Decide about a new issue"),
        button=_l("Decide and tell the resident"),
        done=_l("The decision is recorded, and the resident is being told."),
        form=DecideIssue,
        perform=decide,
        possible=undecided,
        prepare=offer_issues,
        facts=issue_facts,
    ),
)

for _act in MESSAGE_ACTS:
    route(_act)
