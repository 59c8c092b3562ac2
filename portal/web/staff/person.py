"""Whom an anonymous complaint is from, once they have made themselves known; and how a resident is really reached."""

from __future__ import annotations

import secrets
from dataclasses import replace

from flask import Response, current_app
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal.actions.choose_language import choose_language
from portal.actions.confirm_contact import confirm_contact
from portal.actions.join_person import join_person
from portal.domain import references
from portal.domain.anonymous import can_be_joined
from portal.domain.contact import can_be_confirmed, contact_of
from portal.domain.permissions import Action, Decision
from portal.web.fragments import page
from portal.web.languages import offered
from portal.web.staff.act import Act, route
from portal.web.staff.acts import When
from portal.web.staff.desk import Desk
from portal.web.staff.forms import ChooseLanguage, ConfirmContact, JoinPerson
from portal.web.staff.representatives import name_of
from portal.web.wording import lazy_gettext as _l

RESIDENT = "resident"


def join(session: Session, desk: Desk, form: JoinPerson, when: When) -> Response:
    """The code is on the answer to this one press and nowhere else."""
    code = references.new_code(secrets.choice)
    known = form.known()
    if desk.phone_is_held_back and not known.person.phone:  # it was not on the page, so it was not taken away
        known = replace(known, person=replace(known.person, phone=desk.case.received.person.phone))
    join_person(session, desk.actor, desk.case.reference, known, code=code, **when)
    return page("staff/code_issued.html", desk=desk, code=code)


def fill_in(form: JoinPerson, desk: Desk) -> None:
    """What was left with the complaint: nothing is lost because nobody typed it again."""
    if form.is_submitted():
        return
    received, known = desk.case.received, contact_of(desk.case.received)
    form.email.data, form.address.data, form.postcode.data = known.email, known.address, known.postcode
    form.phone.data = "" if desk.phone_is_held_back else known.phone
    form.reply_by.data = known.reply_by.value
    form.language.data = received.person.language or form.language.data
    form.safe_contact.data = [each.value for each in known.safe_contact]
    form.link.data = received.link.value
    for field, remembered in ((form.link_from, received.link_from), (form.link_until, received.link_until)):
        field.process(None, remembered.isoformat() if remembered else None)


def confirm(session: Session, desk: Desk, form: ConfirmContact, when: When) -> object:
    contact, key = form.contact(), current_app.extensions["settings"].secret_key
    if desk.phone_is_held_back and not contact.phone:  # it was not on the page, so it was not taken away
        contact = replace(contact, phone=desk.case.received.person.phone)
    reference, how = desk.case.reference, form.how.data or ""
    return confirm_contact(session, desk.actor, reference, contact, how=how, secret_key=key, **when)


def fill_in_told(form: ConfirmContact, desk: Desk) -> None:
    """What somebody else told us, to be compared with what we know."""
    if form.is_submitted():
        return
    known = contact_of(desk.case.received)
    for part in form.PARTS:
        form[part].data = getattr(known, part)
    if desk.phone_is_held_back:
        form.phone.data = ""


def choose(session: Session, desk: Desk, form: ChooseLanguage, when: When) -> object:
    kind, _, number = (form.whose.data or "").partition("-")
    whose = {kind: int(number)} if number else {}
    return choose_language(session, desk.actor, desk.case.reference, form.language.data, **whose, **when)


def fill_in_language(form: ChooseLanguage, desk: Desk) -> None:
    """Whoever gets letters of their own; the resident's language is the one that is shown."""
    case = desk.case
    acting = [each for each in case.residents_representatives if not each.ended]
    form.whose.choices = [
        SelectChoice(RESIDENT, _l("The resident")),
        *(SelectChoice(f"representative-{each.number}", name_of(each)) for each in acting),
        *(SelectChoice(f"member-{each.number}", each.name or _l("A member of the group")) for each in case.members),
    ]
    if form.whose.raw_data is None and len(form.whose.choices) == 1:
        form.whose.data = RESIDENT
    if form.language.raw_data is None:
        form.language.data = desk.case.received.person.language or form.language.data


PERSON_ACTS = (
    Act(
        name="confirm-contact",
        action=Action.CONFIRM_CONTACT,
        title=_l("Check how the resident is reached"),
        done=_l("It is recorded. Letters that waited for it are on their way."),
        button=_l("This is how they are reached"),
        form=ConfirmContact,
        perform=confirm,
        prepare=fill_in_told,
        possible=lambda desk: can_be_confirmed(desk.case.contact_to_check),
    ),
    Act(
        name="language",
        action=Action.CHOOSE_LANGUAGE,
        title=_l("Choose the language of letters"),
        done=_l("Letters to them are in this language from now on."),
        button=_l("Write to them in this language"),
        form=ChooseLanguage,
        perform=choose,
        prepare=fill_in_language,
        possible=lambda _desk: Decision(len(offered()) > 1, str(_l("Pages and letters are offered in one language."))),
    ),
    Act(
        name="join-person",
        action=Action.JOIN_PERSON,
        title=_l("Record whom this complaint is from"),
        done="",
        button=_l("Record whom it is from"),
        form=JoinPerson,
        perform=join,
        prepare=fill_in,
        possible=lambda desk: can_be_joined(desk.case),
    ),
)

for _act in PERSON_ACTS:
    route(_act)
