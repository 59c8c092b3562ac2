"""What ties a handler to a complaint, and how a second person lets somebody handle it all the same."""

from __future__ import annotations

from typing import Any

from flask import flash, url_for
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from portal.actions.ask_for_override import ask_for_override
from portal.actions.decide_override import decide_override
from portal.actions.declare_interests import declare_interests
from portal.domain.independence import Candidate, bars_of, can_be_overridden, may_decide_override
from portal.domain.interest_events import Conflict
from portal.domain.lifecycle import AWAITING_US
from portal.domain.permissions import Action, Decision, may_see
from portal.domain.saying import together
from portal.domain.too_late import STAGE_HAS_ENDED
from portal.records.accounts import User
from portal.web.fragments import see_other
from portal.web.staff.act import Act, route
from portal.web.staff.acts import When, candidates
from portal.web.staff.desk import Desk
from portal.web.staff.fields import OneOf, needed, words
from portal.web.staff.forms import StaffForm
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices

NO_CONFLICT = "none"
APPROVED, REFUSED = "approved", "refused"


class Declare(StaffForm):
    conflict = OneOf(
        _l("Does anything tie you to it?"),
        [(NO_CONFLICT, _l("No, nothing ties me to it")), *choices(Conflict)],
        validators=[needed(_l("Choose what ties you to it, or that nothing does"))],
    )
    words = words(_l("Anything to say about it?"), hint=_l("Needed only for “Something else”. Staff read it."))


class AskOverride(StaffForm):
    user_id = OneOf(_l("Who should handle it all the same?"), [], validators=[needed(_l("Choose a person"))])
    reason = words(_l("Why does it have to be this person?"), _l("Write why it has to be this person"))


class DecideOverride(StaffForm):
    decision = OneOf(
        _l("May they handle this stage?"),
        [(APPROVED, _l("Yes, they may handle it all the same")), (REFUSED, _l("No, somebody else has to"))],
        validators=[needed(_l("Choose whether they may handle it"))],
    )
    reason = words(_l("Why do you decide so?"), _l("Write why you decide so"))


def to_declare(desk: Desk) -> Decision:
    return Decision(desk.case.status in AWAITING_US, STAGE_HAS_ENDED)


def declare(session: Session, desk: Desk, form: Declare, when: When) -> Any:
    conflict = None if form.conflict.data == NO_CONFLICT else Conflict(form.conflict.data)
    file = declare_interests(session, desk.actor, desk.case.reference, conflict, words=form.words.data or "", **when)
    if conflict is None:
        return file
    flash(str(_l("The complaint is handed back. A complaints officer gives it to somebody else.")), "done")
    if may_see(desk.actor, file.case):
        return see_other(url_for("staff.case", reference=desk.case.reference))
    return see_other(url_for("staff.queue"))


def barred(desk: Desk) -> list[tuple[User, str, bool]]:
    """Who cannot handle the stage, why, and whether a second person could override that."""
    return [(each, *_why(desk, each)) for each, decision in candidates(desk) if not decision]


def _why(desk: Desk, user: User) -> tuple[str, bool]:
    bars = bars_of(Candidate(user.id, user.rank, user.all_roles), desk.case, desk.rules, desk.landlord)
    overridden = desk.case.interests.overridden(user.id, desk.case.stage)
    left = together((why for bar, why in bars.items() if bar not in overridden), between=" ")
    return left, can_be_overridden(bars, overridden)


def offer_barred(form: AskOverride, desk: Desk) -> None:
    """One who is sent all the same is taken in, so that the action says why not."""
    form.user_id.choices = [
        SelectChoice(str(each.id), each.name)
        for each, _, possible in barred(desk)
        if possible or str(each.id) == form.user_id.data
    ]


def ask(session: Session, desk: Desk, form: AskOverride, when: When) -> Any:
    chosen, reason = int(form.user_id.data), form.reason.data or ""
    return ask_for_override(session, desk.actor, desk.case.reference, chosen, reason=reason, **when)


def can_ask(desk: Desk) -> Decision:
    if desk.case.status not in AWAITING_US:
        return Decision(False, STAGE_HAS_ENDED)
    waiting = desk.case.interests.to_decide(desk.case.stage)
    return Decision(waiting is None, "Something was asked already that nobody has decided. Decide it first.")


def facts_of_asking(desk: Desk, form: AskOverride) -> dict[str, Any]:
    everybody = barred(desk)
    offered = {each.value for each in form.user_id.choices}
    return {
        "barred": [(each, why) for each, why, _ in everybody if str(each.id) in offered],
        "others": [(each, why) for each, why, possible in everybody if not possible],
    }


def can_decide(desk: Desk) -> Decision:
    if desk.case.status not in AWAITING_US:
        return Decision(False, STAGE_HAS_ENDED)
    return may_decide_override(desk.actor, desk.case)


def facts_of_deciding(desk: Desk, _form: DecideOverride) -> dict[str, Any]:
    asked = desk.case.interests.to_decide(desk.case.stage)
    whom = next((each for each, *_ in barred(desk) if asked and each.id == asked.user_id), None)
    return {"asked": asked, "bars": [_why(desk, whom)[0]] if whom else []}


def decide(session: Session, desk: Desk, form: DecideOverride, when: When) -> Any:
    said = {"approved": form.decision.data == APPROVED, "reason": form.reason.data or ""}
    return decide_override(session, desk.actor, desk.case.reference, **said, **when)


INDEPENDENCE_ACTS = (
    Act(
        name="interests",
        action=Action.DECLARE_INTERESTS,
        title=_l("Say whether you have a conflict of interest"),
        button=_l("Record this"),
        done=_l("It is recorded that nothing ties you to it."),
        form=Declare,
        perform=declare,
        possible=to_declare,
    ),
    Act(
        name="decide-override",
        action=Action.DECIDE_OVERRIDE,
        title=_l("Decide whether somebody may handle it all the same"),
        button=_l("Record the decision"),
        done=_l("The decision is recorded."),
        form=DecideOverride,
        perform=decide,
        possible=can_decide,
        facts=facts_of_deciding,
        everyone=True,
    ),
)

OVERRIDE_ACTS = (
    Act(
        name="override",
        action=Action.ASK_FOR_OVERRIDE,
        title=_l("Ask that somebody may handle it all the same"),
        button=_l("Ask a complaints officer"),
        done=_l("It is asked. A complaints officer decides."),
        form=AskOverride,
        perform=ask,
        possible=can_ask,
        prepare=offer_barred,
        facts=facts_of_asking,
        everyone=True,
    ),
)

for _act in (*INDEPENDENCE_ACTS, *OVERRIDE_ACTS):
    route(_act)
