"""What staff do about parts of a complaint that belong elsewhere: pass them on, and record what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy.orm import Session
from wtforms import ValidationError
from wtforms.fields import SelectChoice

from portal import landlords
from portal.actions.move_referral import move_referral
from portal.actions.refer_part import refer_part
from portal.clock import LONDON
from portal.domain.law import HazardKind, LawLimit
from portal.domain.permissions import Action, Decision
from portal.domain.referral_events import ReferralStep
from portal.domain.referrals import Referral, Wish, law_limits, may_know_of, may_look_inside
from portal.domain.routes import Route
from portal.web.staff.act import Act, route
from portal.web.staff.desk import Desk
from portal.web.staff.fields import Day, OneOf, Tick, line, needed, words
from portal.web.staff.forms import StaffForm
from portal.web.wording import gettext
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices
from portal.web.words import words as in_words

When = dict[str, Any]


class ReferPart(StaffForm):
    route = OneOf(_l("Where does it belong?"), (), validators=[needed(_l("Choose where it belongs"))])
    part = words(
        _l("Which part of the complaint is it?"),
        _l("Write which part of the complaint is passed on"),
        hint=_l("These words go into the letter, but for what is confidential."),
    )
    owner = line(
        _l("Who has it now?"),
        _l("Write who has it now"),
        hint=_l("A team, a role or an organisation. It goes into the letter, but for what is confidential."),
    )
    reached_by = line(_l("How can the resident reach them?"), hint=_l("A phone number or an email address."))
    hazard = OneOf(_l("For a hazard: how soon may it hurt somebody?"), choices(HazardKind))
    aware_on = Day(
        _l("For a hazard: on which day were we told of it?"),
        description=_l("By anybody, in any way. The dates of the law count from then."),
    )
    aware_time = line(
        _l("For an emergency: at what time?"),
        hint=_l("For example 14:30. Left empty, the day begins at midnight, which is the safe reading."),
        longest=5,
    )
    raised_on = Day(
        _l("For a complaint about personal data: on which day was this part raised?"),
        description=_l("It may be later than the complaint. The law counts from then."),
    )
    held_back = Tick(_l("For a worry for somebody’s safety: write nothing to the resident about it"))
    why_not_told = words(
        _l("Why is nothing written to them?"),
        hint=_l("For example: whoever may be the danger reads their letters. The resident does not see this."),
    )
    note = words(_l("A note for staff"), hint=_l("The resident does not see it."))

    def validate_aware_time(self, field: Any) -> None:
        if field.data and moment(field.data) is None:
            raise ValidationError(_l("Enter a time like 14:30"))

    @property
    def aware_at(self) -> datetime | None:
        if self.aware_on.data is None:
            return None
        return datetime.combine(self.aware_on.data, moment(self.aware_time.data or "") or time(), LONDON)


def moment(typed: str) -> time | None:
    """A time of the day as people write it, or None."""
    try:
        return time.fromisoformat(typed.replace(".", ":").rjust(5, "0"))
    except ValueError:
        return None


class MoveReferral(StaffForm):
    which = OneOf(_l("Which one?"), (), validators=[needed(_l("Choose which one"))])
    step = OneOf(_l("What has happened?"), choices(ReferralStep), validators=[needed(_l("Choose what has happened"))])
    on = Day(_l("On which day?"), _l("Enter the day on which it happened"))
    at_time = line(
        _l("For an emergency that was looked into or made safe: at what time?"),
        hint=_l("For example 14:30. The law counts the hours: without the time nobody can say that it was kept."),
        longest=5,
    )
    owner = line(_l("Who has it now, if that has changed?"))
    words = words(
        _l("What was found, or what came of it?"),
        hint=_l(
            "Findings, and what came of it, go to the resident in a letter with these words. Of what is confidential "
            "nothing is told. Where it was found not to be a hazard, write why."
        ),
    )

    def validate_at_time(self, field: Any) -> None:
        if field.data and moment(field.data) is None:
            raise ValidationError(_l("Enter a time like 14:30"))

    @property
    def at(self) -> datetime | None:
        at = moment(self.at_time.data or "") if self.at_time.data else None
        return datetime.combine(self.on.data, at, LONDON) if at and self.on.data else None


@dataclass(frozen=True, slots=True)
class Shown:
    """A referral as a page for staff shows it; `open_to_you` is false where it is confidential to others."""

    referral: Referral
    open_to_you: bool
    rule: str
    limits: tuple[tuple[LawLimit, bool], ...]


def shown(desk: Desk, now: datetime) -> list[Shown]:
    """What was passed on, each with the dates of the law and whether they were missed."""
    terms = landlords.terms_for(desk.case.landlord, desk.case.received.received_on)
    rules = {each.route: terms.cited(each.rule) for each in terms.routes}
    return [
        Shown(
            each,
            may_look_inside(desk.actor, each, desk.case),
            rules.get(each.route, ""),
            tuple((limit, limit.missed(now)) for limit in law_limits(each, desk.rules.calendar)),
        )
        for each in desk.case.referrals
        if may_know_of(desk.actor, each, desk.case)
    ]


def to_move(desk: Desk) -> list[Referral]:
    return [each for each in desk.case.referrals if each.is_open and may_look_inside(desk.actor, each, desk.case)]


def offer_routes(form: ReferPart, desk: Desk) -> None:
    """Those of the landlord's text first, then those that the Code and the law give everybody."""
    terms = landlords.terms_for(desk.case.landlord, desk.case.received.received_on)
    form.route.choices = [
        SelectChoice(each.route.value, f"{in_words(each.route)} ({terms.cited(each.rule)})") for each in terms.routes
    ]


def offer_referrals(form: MoveReferral, desk: Desk) -> None:
    form.which.choices = [SelectChoice(str(each.number), label(each)) for each in to_move(desk)]
    if len(form.which.choices) == 1 and not form.is_submitted():
        form.which.data = form.which.choices[0].value


def label(referral: Referral) -> str:
    return gettext("%(number)s. %(route)s", number=referral.number, route=in_words(referral.route))


def something_open(desk: Desk) -> Decision:
    return Decision(bool(to_move(desk)), str(_l("Nothing that was passed on is still open.")))


def refer(session: Session, desk: Desk, form: ReferPart, when: When) -> object:
    wish = Wish(
        route=Route(form.route.data),
        part=form.part.data or "",
        owner=form.owner.data or "",
        reached_by=form.reached_by.data or "",
        note=form.note.data or "",
        hazard=HazardKind(form.hazard.data) if form.hazard.data else None,
        aware_at=form.aware_at,
        raised_on=form.raised_on.data,
        held_back=bool(form.held_back.data),
        why_not_told=form.why_not_told.data or "",
    )
    return refer_part(session, desk.actor, desk.case.reference, wish, **when)


def move(session: Session, desk: Desk, form: MoveReferral, when: When) -> object:
    return move_referral(
        session,
        desk.actor,
        desk.case.reference,
        int(form.which.data),
        step=ReferralStep(form.step.data),
        on=form.on.data,
        at=form.at,
        words=form.words.data or "",
        owner=form.owner.data or "",
        **when,
    )


REFERRAL_ACTS = (
    Act(
        name="refer",
        action=Action.REFER_PART,
        title=_l("Refer a part of it elsewhere"),
        done=_l("It is passed on. The complaint goes on."),
        form=ReferPart,
        perform=refer,
        prepare=offer_routes,
        writes_letter=True,
    ),
    Act(
        name="referral",
        action=Action.MOVE_REFERRAL,
        title=_l("Record what became of what was passed on"),
        button=_l("Record what became of it"),
        done=_l("It is recorded."),
        form=MoveReferral,
        perform=move,
        possible=something_open,
        prepare=offer_referrals,
    ),
)

for _act in REFERRAL_ACTS:
    route(_act)
