"""The Ombudsman's case about a complaint: what they ask, tell us to do, decide and order, and the register of all."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from htmx_flask import request
from sqlalchemy.orm import Session
from wtforms import Form, FormField, ValidationError
from wtforms.fields import SelectChoice

from portal.actions.complete_order import complete_order
from portal.actions.record_determination import record_determination
from portal.actions.record_direction import record_direction
from portal.actions.record_enquiry import record_enquiry
from portal.actions.record_evidence_sent import record_evidence_sent
from portal.clock import current_clock
from portal.domain.ombudsman import can_be_directed, directions_for
from portal.domain.ombudsman_events import (
    Determination,
    Direction,
    OmbudsmanDetermined,
    OmbudsmanDirected,
    OrderKind,
    OrderTerms,
)
from portal.domain.permissions import Action, Decision
from portal.records import queries
from portal.records.queries import OmbudsmanPage, Owed
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page_or_fragment
from portal.web.staff.act import Act, route
from portal.web.staff.acts import When
from portal.web.staff.blueprint import blueprint
from portal.web.staff.desk import Desk
from portal.web.staff.fields import MOST_ROWS, Day, OneOf, Pick, Rows, line, needed, words
from portal.web.staff.forms import StaffForm
from portal.web.staff.registers import OMBUDSMAN, registers
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices
from portal.web.words import words as in_words

OWN_REFERENCE = {
    "label": _l("The Ombudsman’s reference"),
    "asked": _l("Enter the Ombudsman’s reference"),
    "longest": 60,
}


class RecordEnquiry(StaffForm):
    own_reference = line(**OWN_REFERENCE)
    received_on = Day(_l("When did they ask?"), _l("Enter the day on which they asked"))
    evidence_due = Day(_l("By when do they want our evidence?"), _l("Enter the day by which they want our evidence"))
    words = words(_l("What do they ask for?"))


class RecordEvidenceSent(StaffForm):
    sent_on = Day(_l("When was it sent?"), _l("Enter the day on which it was sent"))
    words = words(_l("What was sent?"))


class RecordDirection(StaffForm):
    own_reference = line(**OWN_REFERENCE)
    directed_on = Day(
        _l("When did they tell us?"),
        _l("Enter the day on which they told us"),
        description=_l("A stage that is opened again counts from this day."),
    )
    direction = OneOf(_l("What did they tell us to do?"), (), validators=[needed(_l("Choose what they told us to do"))])
    answer_by = Day(_l("By which day do they want the answer, if they said so?"))
    words = words(
        _l("What did they say?"), _l("Write what they told us to do"), hint=_l("The resident reads these words.")
    )


class OrderRow(Form):
    """One thing that was ordered or recommended. A row in which nothing is filled in is left out."""

    kind = Pick(_l("Order or recommendation?"), [("", _l("Nothing in this row")), *choices(OrderKind)])
    words = words(_l("What is to be done?"))
    due = Day(_l("By when?"))

    @property
    def is_empty(self) -> bool:
        return not (self.words.data or self.kind.data)

    def validate_kind(self, field: Any) -> None:
        if not field.data and self.words.data:
            raise ValidationError(_l("Choose whether it is an order or a recommendation"))

    def validate_due(self, field: Any) -> None:
        if field.data is None and not self.is_empty:
            field.id = f"{field.name}-day"
            raise ValidationError(_l("Enter the day by which it is due"))


class RecordDetermination(StaffForm):
    determined_on = Day(_l("When did they decide?"), _l("Enter the day on which they decided"))
    determination = OneOf(
        _l("What did they decide?"), choices(Determination), validators=[needed(_l("Choose what they decided"))]
    )
    words = words(_l("What do they say of it?"))
    orders = Rows(FormField(OrderRow), _l("Orders and recommendations"), min_entries=1, max_entries=MOST_ROWS)


class CompleteOrder(StaffForm):
    which = OneOf(_l("Which one was done?"), (), validators=[needed(_l("Choose which one was done"))])
    done_on = Day(_l("When was it done?"), _l("Enter the day on which it was done"))
    proof = words(
        _l("What shows that it was done?"),
        _l("Write what shows that it was done"),
        hint=_l("For example: the letter of 3 May to the Ombudsman, with the receipt of the payment."),
    )


def enquire(session: Session, desk: Desk, form: RecordEnquiry, when: When) -> object:
    said = {
        "own_reference": form.own_reference.data or "",
        "received_on": form.received_on.data,
        "evidence_due": form.evidence_due.data,
        "words": form.words.data or "",
    }
    return record_enquiry(session, desk.actor, desk.case.reference, **said, **when)


def send_evidence(session: Session, desk: Desk, form: RecordEvidenceSent, when: When) -> object:
    said = {"sent_on": form.sent_on.data, "words": form.words.data or ""}
    return record_evidence_sent(session, desk.actor, desk.case.reference, **said, **when)


def offer_directions(form: RecordDirection, desk: Desk) -> None:
    form.direction.choices = [SelectChoice(each.value, in_words(each)) for each in directions_for(desk.case.position)]


def direct(session: Session, desk: Desk, form: RecordDirection, when: When) -> object:
    direction = OmbudsmanDirected(
        directed_on=form.directed_on.data,
        direction=Direction(form.direction.data),
        answer_by=form.answer_by.data,
        own_reference=form.own_reference.data or "",
        words=form.words.data or "",
    )
    return record_direction(session, desk.actor, desk.case.reference, direction, **when)


def determine(session: Session, desk: Desk, form: RecordDetermination, when: When) -> object:
    ordered = [row.form for row in form.orders if not row.form.is_empty]
    decided = OmbudsmanDetermined(
        determined_on=form.determined_on.data,
        determination=Determination(form.determination.data),
        orders=tuple(OrderTerms(kind=OrderKind(row.kind.data), due=row.due.data) for row in ordered),
        order_words=tuple(row.words.data or "" for row in ordered),
        words=form.words.data or "",
    )
    return record_determination(session, desk.actor, desk.case.reference, decided, **when)


def row_of_order(form: RecordDetermination, name: str) -> str:
    """An order that is refused is counted among those that are filled in; on the page empty rows may come before it."""
    kind, _, rest = name.partition("-")
    number, _, field = rest.partition("-")
    if kind != "orders" or not number.isdigit():
        return name
    filled = [index for index, row in enumerate(form.orders) if not row.form.is_empty]
    return f"orders-{filled[int(number)]}-{field}"


def offer_orders(form: CompleteOrder, desk: Desk) -> None:
    to_do = desk.case.ombudsman.to_do if desk.case.ombudsman else ()
    form.which.choices = [SelectChoice(str(each.number), f"{each.number}. {each.words}") for each in to_do]
    if len(form.which.choices) == 1 and not form.is_submitted():
        form.which.data = form.which.choices[0].value


def complete(session: Session, desk: Desk, form: CompleteOrder, when: When) -> object:
    said = {"done_on": form.done_on.data, "proof": form.proof.data or ""}
    return complete_order(session, desk.actor, desk.case.reference, int(form.which.data), **said, **when)


def evidence_wanted(desk: Desk) -> Decision:
    waits = desk.case.ombudsman is not None and desk.case.ombudsman.evidence_due is not None
    return Decision(waits, str(_l("The Ombudsman waits for no evidence from us.")))


def something_ordered(desk: Desk) -> Decision:
    ordered = desk.case.ombudsman is not None and bool(desk.case.ombudsman.to_do)
    return Decision(ordered, str(_l("Nothing that the Ombudsman ordered is still to be done.")))


OMBUDSMAN_ACTS = (
    Act(
        name="ombudsman-enquiry",
        action=Action.RECORD_OMBUDSMAN,
        title=_l("Record that the Ombudsman asks about it"),
        button=_l("Record what they ask"),
        done=_l("It is recorded. What they want stands in the queue until it is sent."),
        form=RecordEnquiry,
        perform=enquire,
    ),
    Act(
        name="ombudsman-evidence",
        action=Action.RECORD_OMBUDSMAN,
        title=_l("Record that our evidence was sent to the Ombudsman"),
        button=_l("Record that it was sent"),
        done=_l("It is recorded."),
        form=RecordEvidenceSent,
        perform=send_evidence,
        possible=evidence_wanted,
    ),
    Act(
        name="ombudsman-direction",
        action=Action.RECORD_OMBUDSMAN,
        title=_l("The Ombudsman directs: take it on, or answer it"),
        done=_l("It is recorded, and the resident is being told."),
        form=RecordDirection,
        perform=direct,
        possible=lambda desk: can_be_directed(desk.case.position),
        prepare=offer_directions,
        writes_letter=True,
    ),
    Act(
        name="ombudsman-determination",
        action=Action.RECORD_OMBUDSMAN,
        title=_l("Record what the Ombudsman decided and ordered"),
        button=_l("Record what they decided"),
        done=_l("It is recorded. What they ordered stands in the queue until it is done."),
        form=RecordDetermination,
        perform=determine,
        place=row_of_order,
        rows={"orders": "staff/_orders.html"},
    ),
    Act(
        name="ombudsman-order",
        action=Action.RECORD_OMBUDSMAN,
        title=_l("Record that something the Ombudsman ordered was done"),
        button=_l("Record that it was done"),
        done=_l("It is recorded."),
        form=CompleteOrder,
        perform=complete,
        possible=something_ordered,
        prepare=offer_orders,
    ),
)

for _act in OMBUDSMAN_ACTS:
    route(_act)

SHOWN = {
    Owed.ALL: _l("All"),
    Owed.OWED: _l("We owe something"),
    Owed.LATE: _l("Late"),
}
LARGEST_ID = 2**63 - 1


@blueprint.get("/ombudsman")
@requires(Action.SEE_QUEUE)
def ombudsman() -> Response:
    """Two statements, with that which finds out who asks."""
    owed, today = _owed(request.args.get("owed", "")), current_clock().today()
    after = _after(request.args.get("after", ""))
    with database().session() as session:
        found = queries.ombudsman_cases(session, current_actor(), owed, today, after=after)
    return page_or_fragment(
        "staff/ombudsman.html",
        "staff/_ombudsman.html",
        found=found,
        today=today,
        filters=[(words, url_for("staff.ombudsman", owed=each.value), each is owed) for each, words in SHOWN.items()],
        later=_later(found, owed),
        registers=registers(OMBUDSMAN),
    )


def _owed(name: str) -> Owed:
    return Owed(name) if name in set(Owed) else Owed.ALL


def _after(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text[:20]) <= LARGEST_ID else None


def _later(found: OmbudsmanPage, owed: Owed) -> str | None:
    return url_for("staff.ombudsman", owed=owed.value, after=str(found.after)) if found.after else None
