"""What staff do about adjustments: record, decide, review, apply, set aside with a reason, carry over."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal.actions.apply_adjustment import apply_adjustment
from portal.actions.call_resident import call_resident
from portal.actions.carry_adjustments import carry_adjustments
from portal.actions.decide_adjustment import decide_adjustment
from portal.actions.request_adjustment import request_adjustment
from portal.actions.review_adjustment import review_adjustment
from portal.actions.tell_condition import tell_condition
from portal.domain.adjustment_kinds import SIZES, Adjustment, AdjustmentScope, Outcome, RequestedBy, ReviewOutcome
from portal.domain.adjustments import Ruling, Wish, agreed, holding, to_decide
from portal.domain.permissions import Action, Decision
from portal.web.easier_fields import Languages, interpreting_in
from portal.web.staff.act import Act, route
from portal.web.staff.adjustments_asked import (
    LEAD,
    meant,
    member_in,
    not_to_be_called,
    offer,
    offer_people,
    offer_to_call,
    some,
)
from portal.web.staff.desk import Desk
from portal.web.staff.fields import AnyOf, Day, OneOf, Pick, line, needed, words
from portal.web.staff.forms import StaffForm
from portal.web.wording import lazy_gettext as _l
from portal.web.words import adjustment_groups, choices

When = dict[str, Any]
POINTS = [("", _l("No size")), *((str(size), _l("%(size)s point", size=size)) for size in SIZES)]


def size_of(form: Any) -> int | None:
    return int(form.print_size.data) if form.print_size.data else None


class RecordAdjustment(StaffForm):
    whose = OneOf(_l("For whom?"), (), default=LEAD)
    groups = adjustment_groups()
    adjustments = AnyOf(
        _l("What did they ask for?"), choices(Adjustment), description=_l("Do not ask why, and ask for no proof.")
    )
    print_size = Pick(_l("Which size of type?"), POINTS)
    interpreter = Languages(_l("Which language do they need?"))
    interpreter_words = line(_l("Another language, or more about it"), longest=200)
    words = words(_l("In their words"))
    scope = OneOf(_l("For what?"), choices(AdjustmentScope), default=AdjustmentScope.THIS_COMPLAINT.value)
    requested_by = OneOf(_l("Who asked?"), choices(RequestedBy), default=RequestedBy.RESIDENT.value)


class Which(StaffForm):
    """About one adjustment of the case, chosen by its number."""

    which = OneOf(_l("Which one?"), (), validators=[needed(_l("Choose which one"))])


class DecideAdjustment(Which):
    outcome = OneOf(_l("What do you decide?"), choices(Outcome), validators=[needed(_l("Choose what you decide"))])
    reason = words(_l("The reason, if it is not agreed as asked"), hint=_l("These words go into the letter."))
    alternative = words(_l("What you offer instead"), hint=_l("These words go into the letter."))
    adjustment = Pick(_l("What is agreed, if it is another kind"), [("", _l("As asked")), *choices(Adjustment)])
    print_size = Pick(_l("Size of type, for large print"), [("", _l("As asked")), *POINTS[1:]])
    scope = Pick(_l("For what?"), [("", _l("As asked")), *choices(AdjustmentScope)])
    starts_on = Day(_l("From when?"), description=_l("Leave it empty for today."))
    review_on = Day(_l("When is it reviewed?"), description=_l("Leave it empty for six months from today."))


class ReviewAdjustment(Which):
    outcome = OneOf(_l("Does it go on?"), choices(ReviewOutcome), validators=[needed(_l("Choose whether it goes on"))])
    words = words(_l("What did the resident say?"))
    review_on = Day(_l("When is it reviewed next?"), description=_l("Leave it empty for six months from today."))


class ApplyAdjustment(Which):
    applied_on = Day(_l("When was it done?"), _l("Enter the day on which it was done"))
    how = words(_l("What was done?"))


class CallAnyway(StaffForm):
    whose = OneOf(_l("Who is to be called?"), (), default=LEAD)
    reason = words(
        _l("Why does it have to be a call?"), hint=_l("The number is shown today, once the reason is on record.")
    )


class CarryAdjustments(StaffForm):
    earlier = OneOf(_l("From which complaint?"), (), validators=[needed(_l("Choose the earlier complaint"))])
    identity_check = words(
        _l("How did you make sure that it is the same person?"),
        _l("Say how you made sure that it is the same person"),
        hint=_l("For example: called the number that we held before, and asked what they complained of then."),
    )


class RecordCondition(StaffForm):
    condition = words(
        _l("What did they choose to tell about their health?"),
        hint=_l("Never ask. Only the handler and the complaints officer can see it."),
    )


class SettleEasier(FlaskForm):
    outcome = OneOf(_l("What was decided?"), choices(Outcome), validators=[needed(_l("Choose what was decided"))])
    decision = words(
        _l("What happens now?"),
        hint=_l("For example from when on. All that you write on this page goes to whoever asked."),
    )
    reason = words(_l("If it was not agreed as asked, why not?"))
    alternative = words(_l("What do you offer instead?"))


def record(session: Session, desk: Desk, form: RecordAdjustment, when: When) -> object:
    wish = Wish(
        adjustments=tuple(Adjustment(each) for each in form.adjustments.data or ()),
        words=form.words.data or "",
        print_size=size_of(form),
        interpreting=interpreting_in(form),
        scope=AdjustmentScope(form.scope.data),
        requested_by=RequestedBy(form.requested_by.data),
    )
    return request_adjustment(session, desk.actor, desk.case.reference, wish, member=member_in(form), **when)


def decide(session: Session, desk: Desk, form: DecideAdjustment, when: When) -> object:
    member, asked = meant(desk, form)
    ruling = Ruling(
        outcome=Outcome(form.outcome.data),
        adjustment=Adjustment(form.adjustment.data or asked.adjustment),
        scope=AdjustmentScope(form.scope.data or asked.scope),
        print_size=size_of(form) or asked.print_size,
        reason=form.reason.data or "",
        alternative=form.alternative.data or "",
        starts_on=form.starts_on.data,
        review_on=form.review_on.data,
    )
    whose = member.number if member else None
    return decide_adjustment(session, desk.actor, desk.case.reference, asked.number, ruling, member=whose, **when)


def review(session: Session, desk: Desk, form: ReviewAdjustment, when: When) -> object:
    said = {"outcome": ReviewOutcome(form.outcome.data), "words": form.words.data or ""}
    member, asked = meant(desk, form)
    said |= {"review_on": form.review_on.data, "member": member.number if member else None}
    return review_adjustment(session, desk.actor, desk.case.reference, asked.number, **said, **when)


def apply(session: Session, desk: Desk, form: ApplyAdjustment, when: When) -> object:
    member, asked = meant(desk, form)
    said = {
        "applied_on": form.applied_on.data,
        "how": form.how.data or "",
        "member": member.number if member else None,
    }
    return apply_adjustment(session, desk.actor, desk.case.reference, asked.number, **said, **when)


def call(session: Session, desk: Desk, form: CallAnyway, when: When) -> object:
    said = {"reason": form.reason.data or "", "member": member_in(form)}
    return call_resident(session, desk.actor, desk.case.reference, **said, **when)


def carry(session: Session, desk: Desk, form: CarryAdjustments, when: When) -> object:
    check = form.identity_check.data or ""
    return carry_adjustments(session, desk.actor, desk.case.reference, form.earlier.data, identity_check=check, **when)


def offer_earlier(form: CarryAdjustments, desk: Desk) -> None:
    form.earlier.choices = [SelectChoice(each, each) for each in desk.earlier]
    if len(desk.earlier) == 1 and not form.is_submitted():
        form.earlier.data = desk.earlier[0]


def tell(session: Session, desk: Desk, form: RecordCondition, when: When) -> object:
    return tell_condition(session, desk.actor, desk.case.reference, form.condition.data or "", **when)


ADJUSTMENT_ACTS = (
    Act(
        name="adjustment",
        action=Action.RECORD_ADJUSTMENT,
        title=_l("Record what they asked for"),
        button=_l("Record what they asked for"),
        done=_l("The request is recorded."),
        form=RecordAdjustment,
        perform=record,
        prepare=offer_people,
    ),
    Act(
        name="decide-adjustment",
        action=Action.DECIDE_ADJUSTMENT,
        title=_l("Decide about an adjustment"),
        done=_l("The decision is on its way."),
        form=DecideAdjustment,
        perform=decide,
        possible=some(to_decide, _l("Everything that was asked for is decided.")),
        prepare=offer(to_decide),
        writes_letter=True,
    ),
    Act(
        name="review-adjustment",
        action=Action.REVIEW_ADJUSTMENT,
        title=_l("Review an adjustment"),
        button=_l("Record the review"),
        done=_l("The review is recorded."),
        form=ReviewAdjustment,
        perform=review,
        possible=some(agreed, _l("No adjustment is agreed in this complaint.")),
        prepare=offer(agreed),
    ),
    Act(
        name="apply-adjustment",
        action=Action.APPLY_ADJUSTMENT,
        title=_l("Record that it was done"),
        button=_l("Record that it was done"),
        done=_l("It is recorded."),
        form=ApplyAdjustment,
        perform=apply,
        possible=some(holding, _l("No adjustment holds in this complaint.")),
        prepare=offer(holding),
    ),
    Act(
        name="call-anyway",
        action=Action.APPLY_ADJUSTMENT,
        title=_l("Call them all the same, with a reason"),
        button=_l("Record the reason and show the number"),
        done=_l("The reason is recorded. The number is shown for today."),
        form=CallAnyway,
        perform=call,
        possible=some(not_to_be_called, _l("The resident can be called.")),
        prepare=offer_to_call,
    ),
    Act(
        name="carry-adjustments",
        action=Action.DECIDE_ADJUSTMENT,
        title=_l("Use the adjustments of an earlier complaint"),
        done=_l("The adjustments hold in this complaint too. The resident is being told."),
        form=CarryAdjustments,
        perform=carry,
        possible=lambda desk: Decision(
            bool(desk.earlier), str(_l("No other complaint of this person has adjustments for all contact."))
        ),
        prepare=offer_earlier,
        writes_letter=True,
    ),
    Act(
        name="condition",
        action=Action.RECORD_CONDITION,
        title=_l("Record what they told about their health"),
        button=_l("Record it apart"),
        done=_l("It is recorded, apart from the adjustments."),
        form=RecordCondition,
        perform=tell,
    ),
)

for _act in ADJUSTMENT_ACTS:
    route(_act)
