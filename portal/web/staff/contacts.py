"""What staff record of a call, a visit, an email or a meeting, and of one that reached nobody."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from portal.actions.record_contact import record_contact
from portal.domain.contact_events import ContactBy, ContactRecorded, ContactWay
from portal.domain.permissions import Action
from portal.domain.representation import companions
from portal.web.staff.act import Act, route
from portal.web.staff.desk import Desk
from portal.web.staff.fields import Day, Line, OneOf, line, needed, words
from portal.web.staff.forms import StaffForm
from portal.web.staff.representatives import name_of
from portal.web.wording import gettext
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices

RESIDENT, MEMBER, REPRESENTATIVE, SOMEBODY = "resident", "member-", "representative-", "somebody"


class RecordContact(StaffForm):
    way = OneOf(_l("How were you in touch?"), choices(ContactWay), validators=[needed(_l("Choose how"))])
    by = OneOf(_l("Who got in touch?"), choices(ContactBy), validators=[needed(_l("Choose who got in touch"))])
    contact_on = Day(_l("On which day?"), _l("Enter the day of the contact"))
    whom = OneOf(_l("With whom?"), (), validators=[needed(_l("Choose with whom"))])
    somebody = line(_l("Who is it, if it is somebody else?"), hint=_l("For example: a neighbour, or the contractor."))
    reached = OneOf(
        _l("Did you speak to them?"),
        [("yes", _l("Yes")), ("no", _l("No, it was an attempt"))],
        validators=[needed(_l("Choose whether you spoke to them"))],
    )
    companions = line(
        _l("Who came along with them?"),
        hint=_l("Anybody may bring somebody to a meeting, or have them listen to a call (Code 3.6)."),
    )
    words = words(
        _l("What was said?"),
        _l("Say what was said, or that nobody was reached"),
        hint=_l("What they told us and what we told them. Leave no details on an answering machine."),
    )

    def validate_somebody(self, field: Line) -> None:
        if self.whom.data == SOMEBODY and not (field.data or "").strip():
            raise ValidationError(_l("Say who it was"))


def offer_people(form: RecordContact, desk: Desk) -> None:
    """Everybody who has to do with the complaint, by name; chosen is the resident."""
    case = desk.case
    form.whom.choices = [
        SelectChoice(RESIDENT, case.received.person.name or gettext("The resident")),
        *(
            SelectChoice(f"{MEMBER}{each.number}", each.name or gettext("A member of the group"))
            for each in case.members
        ),
        *(
            SelectChoice(f"{REPRESENTATIVE}{each.number}", name_of(each))
            for each in case.representatives
            if not each.ended
        ),
        SelectChoice(SOMEBODY, _l("Somebody else")),
    ]
    if not form.is_submitted():
        form.whom.data = RESIDENT


def record(session: Session, desk: Desk, form: RecordContact, when: dict[str, Any]) -> object:
    whom = form.whom.data
    contact = ContactRecorded(
        way=ContactWay(form.way.data),
        by=ContactBy(form.by.data),
        contact_on=form.contact_on.data,
        reached=form.reached.data == "yes",
        member=int(whom.removeprefix(MEMBER)) if whom.startswith(MEMBER) else None,
        representative=int(whom.removeprefix(REPRESENTATIVE)) if whom.startswith(REPRESENTATIVE) else None,
        somebody=(form.somebody.data or "").strip() if whom == SOMEBODY else "",
        companions=form.companions.data or "",
        words=form.words.data or "",
    )
    return record_contact(session, desk.actor, desk.case.reference, contact, **when)


CONTACT_ACTS = (
    Act(
        name="contact",
        action=Action.RECORD_CONTACT,
        title=_l("Record a call, visit, email or meeting"),
        button=_l("Record the contact"),
        done=_l("The contact is recorded."),
        form=RecordContact,
        perform=record,
        prepare=offer_people,
        facts=lambda desk, _form: {"companions": companions(desk.case.representatives, desk.today)},
    ),
)

for _act in CONTACT_ACTS:
    route(_act)
