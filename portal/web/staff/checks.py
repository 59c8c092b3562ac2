"""A second pair of eyes: an answer is shown to somebody else, who approves it or sends it back with words."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from portal.actions.ask_for_check import ask_for_check
from portal.actions.decide_check import decide_check
from portal.domain.checked import latest
from portal.domain.lifecycle import Status
from portal.domain.permissions import Action, Decision
from portal.domain.second_look import may_check
from portal.domain.too_late import NO_ANSWER_TO_CHECK
from portal.web.staff import forms
from portal.web.staff.act import Act, route
from portal.web.staff.acts import When, answer_of, facts_of_answer, lay_out_answers, row_of_remedy
from portal.web.staff.desk import Desk
from portal.web.staff.fields import OneOf, needed, words
from portal.web.staff.forms import StaffForm
from portal.web.wording import lazy_gettext as _l

APPROVED, SENT_BACK = "approved", "sent_back"


class Check(StaffForm):
    decision = OneOf(
        _l("Can it go as it is?"),
        [(APPROVED, _l("Yes, as it is")), (SENT_BACK, _l("No, something has to change"))],
        validators=[needed(_l("Choose whether it can go as it is"))],
    )
    words = words(_l("What do you say to the writer?"), hint=_l("Needed where something has to change."))


def to_ask(desk: Desk) -> Decision:
    return Decision(desk.case.status is Status.ACKNOWLEDGED, NO_ANSWER_TO_CHECK)


def ask(session: Session, desk: Desk, form: forms.Respond, when: When) -> object:
    return ask_for_check(session, desk.actor, desk.case.reference, answer_of(desk, form), **when)


def to_check(desk: Desk) -> Decision:
    return may_check(desk.actor, desk.case, desk.rules, desk.landlord)


def check(session: Session, desk: Desk, form: Check, when: When) -> object:
    said = {"approved": form.decision.data == APPROVED, "words": form.words.data or ""}
    return decide_check(session, desk.actor, desk.case.reference, **said, **when)


def shown_last(desk: Desk) -> Any:
    return latest(desk.case.checks, desk.case.stage)


CHECK_ACTS = (
    Act(
        name="check",
        action=Action.CHECK_RESPONSE,
        title=_l("Check the answer"),
        button=_l("Record this"),
        done=_l("The writer sees what you decided."),
        form=Check,
        perform=check,
        possible=to_check,
        facts=lambda desk, _form: {"asked": shown_last(desk).asked if shown_last(desk) else None},
    ),
)

ASKING_ACTS = (
    Act(
        name="ask-for-check",
        action=Action.ASK_FOR_CHECK,
        title=_l("Have the answer checked by somebody else"),
        button=_l("Ask for a check"),
        done=_l("The answer waits for somebody else to check it. Its date goes on."),
        form=forms.Respond,
        perform=ask,
        possible=to_ask,
        prepare=lay_out_answers,
        facts=lambda desk, form: {**facts_of_answer(desk, form), "shown": shown_last(desk)},
        everyone=True,
        place=row_of_remedy,
        rows={"remedies": "staff/_remedies.html"},
    ),
)

for _act in (*CHECK_ACTS, *ASKING_ACTS):
    route(_act)
