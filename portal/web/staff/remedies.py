"""Remedies outside an answer: one is offered, one is done, and money is followed until it is paid."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, url_for
from htmx_flask import request
from sqlalchemy.orm import Session
from wtforms import FormField
from wtforms.fields import SelectChoice

from portal.actions.add_remedy import add_remedy
from portal.actions.complete_remedy import complete_remedy
from portal.actions.follow_payment import follow_payment
from portal.clock import current_clock
from portal.domain.evidence import SERVED
from portal.domain.permissions import Action, Decision, may
from portal.domain.refusal import Refused
from portal.domain.remedies import Remedy
from portal.domain.remedy_kinds import PaymentMethod, PaymentStep
from portal.domain.saying import say
from portal.web.access import requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.act import Act, route
from portal.web.staff.acts import When, candidates, facts_of_offer
from portal.web.staff.blueprint import blueprint
from portal.web.staff.desk import Desk, open_desk
from portal.web.staff.fields import AnyOf, Day, OneOf, Pick, Rows, needed, problems, refuse, typed_in, words
from portal.web.staff.forms import StaffForm
from portal.web.staff.remedy_rows import RemedyRow, offer_owners
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said
from portal.web.words import choices


class AddRemedy(StaffForm):
    remedies = Rows(FormField(RemedyRow), min_entries=1, max_entries=1)

    def validate_remedies(self, field: Any) -> None:
        row = field[0].form
        if not row.kind.data and not row.kind.errors:
            row.kind.errors = [str(_l("Choose what kind of remedy this is"))]
            self.remedies.errors = row.kind.errors

    def validate(self, extra_validators: Any = None) -> bool:
        well_formed: bool = super().validate(extra_validators)
        return well_formed and not self.remedies[0].form.kind.errors


class FollowPayment(StaffForm):
    which = AnyOf(_l("Which money is it about?"), (), validators=[needed(_l("Choose which money it is about"))])
    step = OneOf(
        _l("What became of it?"), choices(PaymentStep), validators=[needed(_l("Choose what became of the money"))]
    )
    on = Day(_l("On which day?"), _l("Enter the day"))
    method = Pick(
        _l("How is it paid?"),
        [("", _l("It is not paid yet")), *choices(PaymentMethod)],
        description=_l("The details of an account stay where payments are made: never write them here."),
    )
    words = words(
        _l("What shows it?"),
        hint=_l("For example the number of the payment, or what the resident said. Nothing of a bank account."),
    )


class CompleteRemedy(StaffForm):
    done_on = Day(_l("When was it done?"), _l("Enter the day on which it was done"))
    evidence = words(_l("How do you know?"), hint=_l("For example a receipt, or that the resident said so."))
    evidence_id = Pick(_l("Which file shows it?"), description=_l("Add it to the complaint first, if it is not there."))


def offer_people(form: AddRemedy, desk: Desk) -> None:
    offer_owners(form.remedies, (each for each, _ in candidates(desk)))


def add(session: Session, desk: Desk, form: AddRemedy, when: When) -> object:
    return add_remedy(session, desk.actor, desk.case.reference, form.remedies[0].form.offer(), **when)


def offer_money(form: FollowPayment, desk: Desk) -> None:
    """Those that are not paid, and those that may come back."""
    form.which.choices = [SelectChoice(str(each.number), named(each)) for each in desk.case.remedies if each.is_money]
    if not form.is_submitted() and len(form.which.choices) == 1:
        form.which.data = [form.which.choices[0].value]


def named(remedy: Remedy) -> str:
    pounds = f"£{(remedy.terms.amount_pence or 0) / 100:,.2f}"
    return f"{pounds}, {remedy.words}" if remedy.words else pounds


def follow(session: Session, desk: Desk, form: FollowPayment, when: When) -> object:
    return follow_payment(
        session,
        desk.actor,
        desk.case.reference,
        [int(each) for each in form.which.data or ()],
        step=PaymentStep(form.step.data),
        happened_on=form.on.data,
        method=PaymentMethod(form.method.data) if form.method.data else None,
        words=form.words.data or "",
        **when,
    )


REMEDY_ACTS = (
    Act(
        name="add-remedy",
        action=Action.ADD_REMEDY,
        title=_l("Offer a remedy"),
        done=_l("The offer is on its way."),
        form=AddRemedy,
        perform=add,
        prepare=offer_people,
        facts=lambda desk, _form: facts_of_offer(desk),
        writes_letter=True,
        everyone=True,
    ),
    Act(
        name="payment",
        action=Action.FOLLOW_PAYMENT,
        title=_l("Record what became of a payment"),
        done=_l("It is recorded."),
        button=_l("Record it"),
        form=FollowPayment,
        perform=follow,
        prepare=offer_money,
        possible=lambda desk: Decision(
            any(each.is_money for each in desk.case.remedies), say("No money was offered in this complaint.")
        ),
    ),
)

for _act in REMEDY_ACTS:
    route(_act)


@blueprint.route("/cases/<reference>/remedies/<int:number>", methods=["GET", "POST"])
@requires(Action.COMPLETE_REMEDY)
def remedy(reference: str, number: int) -> Response:
    """The day and the evidence. No version is asked for: a remedy that somebody else completed says so itself."""
    desk, found = _open(reference, number)
    decision = may(desk.actor, Action.COMPLETE_REMEDY, desk.case)
    if not decision:
        wrote = typed_in(CompleteRemedy()) if request.method == "POST" else []
        return page("staff/not_now.html", status=403, desk=desk, act=None, reason=decision.reason, wrote=wrote)
    form = CompleteRemedy()
    _offer_files(form, desk)
    if request.method == "GET" or request.form.get("press") == "change":
        return _page(desk, found, form)
    if not form.validate():
        return _page(desk, found, form, status=422)
    try:
        _complete(desk, number, form)
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _page(desk, found, form, status=422)
    flash(str(_l("It is recorded as done.")), "done")
    return see_other(url_for("staff.case", reference=reference))


def _offer_files(form: CompleteRemedy, desk: Desk) -> None:
    kept = [each for each in desk.case.files if each.state in SERVED and not each.authority_of]
    form.evidence_id.choices = [
        SelectChoice("", _l("No file")),
        *(SelectChoice(str(each.id), each.name or str(_l("File"))) for each in kept),
    ]


def _complete(desk: Desk, number: int, form: CompleteRemedy) -> None:
    with database().unit_of_work() as session:
        complete_remedy(
            session,
            desk.actor,
            desk.case.reference,
            number,
            done_on=form.done_on.data,
            evidence=form.evidence.data or "",
            evidence_id=UUID(form.evidence_id.data) if form.evidence_id.data else None,
            now=current_clock().now(),
        )


def _open(reference: str, number: int) -> tuple[Desk, Remedy]:
    with database().session() as session:
        desk = open_desk(session, reference)
    found = next((each for each in desk.case.remedies if each.number == number), None)
    return (desk, found) if found else abort(404)


def _page(desk: Desk, found: Remedy, form: CompleteRemedy, *, status: int = 200) -> Response:
    return page("staff/remedy.html", status=status, desk=desk, remedy=found, form=form, errors=problems(form))
