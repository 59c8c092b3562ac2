"""What staff do about messages: answer, record that they were read, decide about a new issue."""

from __future__ import annotations

from typing import Any

from flask import flash, url_for
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal.actions.answer_message import answer_message
from portal.actions.decide_issue import decide_issue
from portal.actions.read_messages import read_messages
from portal.domain.message_events import IssueRaised
from portal.domain.messages import issues_to_decide, waiting
from portal.domain.new_issue import Answers, can_be_added
from portal.domain.permissions import Action, Decision
from portal.domain.representation import NOTHING_BACK, Representative, in_order
from portal.web.fragments import see_other
from portal.web.staff.act import Act, route
from portal.web.staff.desk import Desk
from portal.web.staff.fields import OneOf, line, needed, words
from portal.web.staff.forms import StaffForm
from portal.web.staff.representatives import name_of
from portal.web.wording import gettext
from portal.web.wording import lazy_gettext as _l
from portal.web.words import words as in_words

When = dict[str, Any]


class AnswerMessage(StaffForm):
    to = OneOf(
        _l("To whom?"),
        (),
        description=_l(
            "The resident reads everything that is written about their complaint. Tell nobody more than they may know."
        ),
    )
    words = words(_l("Your message"), hint=_l("It is read on a page of ours. An email only says that it is there."))


class ReadMessages(StaffForm):
    words = words(_l("What was done?"), hint=_l("For example: called on Tuesday, and agreed a day for the visit."))


YES_OR_NO = (("yes", _l("Yes")), ("no", _l("No")))


class DecideIssue(StaffForm):
    which = OneOf(_l("Which issue?"), (), validators=[needed(_l("Choose which issue"))])
    related = OneOf(
        _l("Is it related to this complaint?"),
        YES_OR_NO,
        validators=[needed(_l("Say whether it is related to this complaint"))],
    )
    why_related = words(_l("Why, or why not?"), _l("Say why it is related, or why not"), hint=_l("For staff."))
    delays = OneOf(_l("Would adding it unreasonably delay the answer?"), YES_OR_NO)
    why_delays = words(_l("Why would it delay the answer, or why not?"), hint=_l("For staff."))
    recorded_as = line(
        _l("Reference of the complaint that was recorded"),
        hint=_l("Only for a complaint of its own that somebody recorded already, as received on the same day."),
        longest=20,
    )
    reason = words(
        _l("Why, in words for the resident"),
        _l("Write what the resident is told of why"),
        hint=_l("The resident reads these words."),
    )

    @property
    def answers(self) -> Answers:
        return Answers(
            related=_yes(self.related.data),
            why_related=self.why_related.data or "",
            delays=_yes(self.delays.data),
            why_delays=self.why_delays.data or "",
            reason=self.reason.data or "",
        )


def _yes(said: str | None) -> bool | None:
    return None if not said else said == "yes"


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


def offer_readers(form: AnswerMessage, desk: Desk) -> None:
    """The resident, and whoever acts for them, each with what they may be told. Chosen is who wrote last."""
    acting = [each for each in desk.case.representatives if each.scopes(desk.today)]
    form.to.choices = [
        SelectChoice("", _l("The resident")),
        *(SelectChoice(str(each.number), _reader(each, desk)) for each in acting),
    ]
    if not form.is_submitted():
        wrote = [each.representative for each in waiting(desk.case.messages)]
        last = str(wrote[-1]) if wrote and wrote[-1] else ""
        form.to.data = last if last in {each.value for each in form.to.choices} else ""


def _reader(one: Representative, desk: Desk) -> object:
    told = [str(in_words(each)) for each in in_order(one.scopes(desk.today) - NOTHING_BACK)]
    may = "; ".join(told) if told else gettext("be told that we have the complaint, and no more")
    return _l("%(name)s. They may: %(told)s", name=name_of(one), told=may)


def answer(session: Session, desk: Desk, form: AnswerMessage, when: When) -> object:
    to = int(form.to.data) if form.to.data else None
    return answer_message(session, desk.actor, desk.case.reference, words=form.words.data or "", to=to, **when)


def read(session: Session, desk: Desk, form: ReadMessages, when: When) -> object:
    return read_messages(session, desk.actor, desk.case.reference, words=form.words.data or "", **when)


def decide(session: Session, desk: Desk, form: DecideIssue, when: When) -> Any:
    """What came of it is said at once: nobody should have to look for the new complaint."""
    recorded = form.recorded_as.data or ""
    which = int(form.which.data)
    file = decide_issue(session, desk.actor, desk.case.reference, which, form.answers, recorded_as=recorded, **when)
    decided = file.case.messages[which - 1].decided
    if decided is None or decided.new_reference is None:
        return file
    told = _l("It is a complaint of its own now: %(reference)s. The resident is told.", reference=decided.new_reference)
    flash(str(told), "done")
    return see_other(url_for("staff.case", reference=desk.case.reference))


MESSAGE_ACTS = (
    Act(
        name="write-message",
        action=Action.ANSWER_MESSAGE,
        title=_l("Write a message"),
        button=_l("Send the message"),
        done=_l("The message is on their page."),
        form=AnswerMessage,
        perform=answer,
        prepare=offer_readers,
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
        done=_l("It is a part of this complaint now, and the resident is being told."),
        form=DecideIssue,
        perform=decide,
        possible=undecided,
        prepare=offer_issues,
        facts=issue_facts,
    ),
)

for _act in MESSAGE_ACTS:
    route(_act)
