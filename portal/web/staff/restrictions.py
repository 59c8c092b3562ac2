"""Contact that is restricted: decided, looked at again, appealed against."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal.actions.decide_appeal import decide_appeal
from portal.actions.record_appeal import record_appeal
from portal.actions.restrict_contact import restrict_contact
from portal.actions.review_restriction import review_restriction
from portal.domain.adjustments import agreed
from portal.domain.permissions import Action, Decision
from portal.domain.restriction_kinds import ContactLimit, Disability, RestrictionOutcome
from portal.domain.restrictions import Restriction, RestrictionWish, longest_review, may_decide_appeal
from portal.domain.saying import say
from portal.web.staff.act import Act, route
from portal.web.staff.acts import When
from portal.web.staff.desk import Desk
from portal.web.staff.fields import AnyOf, Day, OneOf, needed
from portal.web.staff.fields import words as several_lines
from portal.web.staff.forms import StaffForm
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices, words

RESIDENT = "resident"
NONE_HOLDS = say("Contact is not restricted in this complaint.")
NO_APPEAL = say("Nobody has appealed against a restriction in this complaint.")


class RestrictContact(StaffForm):
    whose = OneOf(_l("Contact with whom?"), (), validators=[needed(_l("Choose whom it is about"))])
    limits = AnyOf(
        _l("How is contact restricted?"),
        choices(ContactLimit),
        description=_l("As little as protects staff. Nobody is kept from complaining by any of these."),
        validators=[needed(_l("Choose how contact is restricted"))],
    )
    terms = several_lines(
        _l("What they can and cannot do from now on"),
        _l("Write what they can and cannot do from now on, as the letter will say it"),
        hint=_l("These words go into the letter. Name the person, the times or the address."),
    )
    reason = several_lines(
        _l("Why?"),
        _l("Give the reason, as the letter will say it (Code 5.14)"),
        hint=_l("These words go into the letter: what was done, and not what sort of person does it."),
    )
    evidence = several_lines(
        _l("What is the evidence?"),
        _l("Say what the evidence is: what happened, and on which days (Code 5.14)"),
        hint=_l("Days, calls and messages. Only staff read this."),
    )
    disability = OneOf(
        _l("May a disability be behind it?"),
        choices(Disability),
        validators=[needed(_l("Say whether a disability may be behind it (Code 5.15)"))],
    )
    equality = several_lines(
        _l("What did you consider about disability and adjustments?"),
        _l("Write what you considered about disability and adjustments (Code 5.15)"),
        hint=_l("Whether a milder way would do, and how each adjustment is kept to. No condition."),
    )
    review_on = Day(_l("By when is it looked at again?"), _l("Give the day by which it is looked at again (Code 5.14)"))
    ends_on = Day(_l("On which day does it end?"), description=_l("Leave it empty if a review is to decide."))

    def wish(self) -> RestrictionWish:
        """What was filled in, as the domain takes it."""
        return RestrictionWish(
            limits=tuple(ContactLimit(each) for each in self.limits.data or ()),
            reason=self.reason.data or "",
            evidence=self.evidence.data or "",
            terms=self.terms.data or "",
            review_on=self.review_on.data,
            ends_on=self.ends_on.data,
            disability=Disability(self.disability.data) if self.disability.data else None,
            equality=self.equality.data or "",
            representative=None if self.whose.data == RESIDENT else int(self.whose.data),
        )


class AboutOneRestriction(StaffForm):
    which = OneOf(_l("Which restriction?"), (), validators=[needed(_l("Choose which restriction"))])


class DecideAgain(AboutOneRestriction):
    outcome = OneOf(
        _l("What comes of it?"), choices(RestrictionOutcome), validators=[needed(_l("Choose what comes of it"))]
    )
    words = several_lines(
        _l("Why?"), _l("Write why, as the letter will say it"), hint=_l("These words go into the letter.")
    )
    review_on = Day(_l("If it goes on: by when is it looked at again?"))


class RecordAppeal(AboutOneRestriction):
    appealed_on = Day(_l("On which day did they tell us?"), _l("Enter the day on which they told us"))
    words = several_lines(_l("What did they say?"), hint=_l("They do not have to give a reason."))


def offer_people(form: RestrictContact, desk: Desk) -> None:
    acting = [each for each in desk.case.residents_representatives if not each.ended]
    form.whose.choices = [
        SelectChoice(RESIDENT, _l("The resident")),
        *(SelectChoice(str(each.number), each.added.name or str(_l("A representative"))) for each in acting),
    ]
    if not form.is_submitted() and not acting:
        form.whose.data = RESIDENT


def facts(desk: Desk, _form: Any) -> dict[str, Any]:
    """What the policy says, which adjustments have to be kept to, and when it has to be looked at again."""
    return {
        "behaviour": desk.rules.policy.behaviour or desk.rules.code.behaviour,
        "kept_to": agreed(desk.case.adjustments),
        "last_review": longest_review(desk.rules.policy, desk.rules.code, desk.today),
    }


def open_ones(desk: Desk) -> tuple[Restriction, ...]:
    return tuple(each for each in desk.case.contact_restrictions if each.ended_on is None)


def appealed_ones(desk: Desk) -> tuple[Restriction, ...]:
    return tuple(each for each in open_ones(desk) if each.appeal_waits)


def offer_open(form: AboutOneRestriction, desk: Desk) -> None:
    _offer(form, open_ones(desk))


def offer_appealed(form: AboutOneRestriction, desk: Desk) -> None:
    _offer(form, appealed_ones(desk))


def _offer(form: AboutOneRestriction, offered: tuple[Restriction, ...]) -> None:
    form.which.choices = [SelectChoice(str(each.number), named(each)) for each in offered]
    if not form.is_submitted() and len(offered) == 1:
        form.which.data = str(offered[0].number)


def named(restriction: Restriction) -> str:
    """Its number and kinds."""
    limits = ", ".join(str(words(each)) for each in restriction.event.limits)
    return str(_l("Number %(number)s: %(limits)s", number=restriction.number, limits=limits))


def restrict(session: Session, desk: Desk, form: RestrictContact, when: When) -> object:
    return restrict_contact(session, desk.actor, desk.case.reference, form.wish(), **when)


def review(session: Session, desk: Desk, form: DecideAgain, when: When) -> object:
    return review_restriction(session, desk.actor, desk.case.reference, int(form.which.data), **_decided(form), **when)


def decide(session: Session, desk: Desk, form: DecideAgain, when: When) -> object:
    return decide_appeal(session, desk.actor, desk.case.reference, int(form.which.data), **_decided(form), **when)


def _decided(form: DecideAgain) -> dict[str, Any]:
    outcome = RestrictionOutcome(form.outcome.data)
    return {"outcome": outcome, "words": form.words.data or "", "review_on": form.review_on.data}


def appeal(session: Session, desk: Desk, form: RecordAppeal, when: When) -> object:
    said = {"appealed_on": form.appealed_on.data, "words": form.words.data or ""}
    return record_appeal(session, desk.actor, desk.case.reference, int(form.which.data), **said, **when)


def decidable(desk: Desk) -> Decision:
    waiting = appealed_ones(desk)
    if not waiting:
        return Decision(False, NO_APPEAL)
    decisions = [may_decide_appeal(each, desk.actor.user_id) for each in waiting]
    return next((each for each in decisions if each), decisions[0])


RESTRICTION_ACTS = (
    Act(
        name="restrict-contact",
        action=Action.RESTRICT_CONTACT,
        title=_l("Restrict contact with somebody"),
        done=_l("They are being told."),
        form=RestrictContact,
        perform=restrict,
        prepare=offer_people,
        facts=facts,
        writes_letter=True,
    ),
    Act(
        name="review-restriction",
        action=Action.REVIEW_RESTRICTION,
        title=_l("Look again at a restriction on contact"),
        done=_l("They are being told."),
        form=DecideAgain,
        perform=review,
        prepare=offer_open,
        facts=facts,
        possible=lambda desk: Decision(bool(open_ones(desk)), NONE_HOLDS),
        writes_letter=True,
    ),
    Act(
        name="record-appeal",
        action=Action.RECORD_APPEAL,
        title=_l("Record that somebody does not agree with a restriction"),
        done=_l("It is recorded, and waits for somebody else to decide."),
        button=_l("Record it"),
        form=RecordAppeal,
        perform=appeal,
        prepare=offer_open,
        possible=lambda desk: Decision(bool(open_ones(desk)), NONE_HOLDS),
    ),
    Act(
        name="decide-appeal",
        action=Action.DECIDE_APPEAL,
        title=_l("Decide about an appeal against a restriction"),
        done=_l("They are being told."),
        form=DecideAgain,
        perform=decide,
        prepare=offer_appealed,
        facts=facts,
        possible=decidable,
        writes_letter=True,
    ),
)

for _act in RESTRICTION_ACTS:
    route(_act)
