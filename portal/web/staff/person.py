"""Whom an anonymous complaint is from, once they have made themselves known."""

from __future__ import annotations

import secrets

from flask import Response
from sqlalchemy.orm import Session

from portal.actions.join_person import join_person
from portal.domain import references
from portal.domain.anonymous import can_be_joined
from portal.domain.permissions import Action
from portal.web.fragments import page
from portal.web.staff.act import Act, route
from portal.web.staff.acts import When
from portal.web.staff.desk import Desk
from portal.web.staff.forms import JoinPerson
from portal.web.wording import lazy_gettext as _l


def join(session: Session, desk: Desk, form: JoinPerson, when: When) -> Response:
    """The code is on the answer to this one press and nowhere else."""
    code = references.new_code(secrets.choice)
    join_person(session, desk.actor, desk.case.reference, form.known(), code=code, **when)
    return page("staff/code_issued.html", desk=desk, code=code)


PERSON_ACTS = (
    Act(
        name="join-person",
        action=Action.JOIN_PERSON,
        title=_l("Record whom this complaint is from"),
        done="",
        button=_l("Record whom it is from"),
        form=JoinPerson,
        perform=join,
        possible=lambda desk: can_be_joined(desk.case),
    ),
)

for _act in PERSON_ACTS:
    route(_act)
