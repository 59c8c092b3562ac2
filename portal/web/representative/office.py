"""What members see of their own office."""

from __future__ import annotations

from flask import Response, abort

from portal.clock import current_clock
from portal.domain.permissions import Action
from portal.records import offices
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page


@requires(Action.SEE_OWN_OFFICE)
def about_office() -> Response:
    """The office as the landlord has it, and who of it can sign in."""
    actor, now = current_actor(), current_clock().now()
    with database().session() as session:
        found = offices.office(session, actor, actor.office_id or 0)
    if found is None:
        abort(404)
    members = [each for each in found.members if offices.has_access(each, now)]
    return page("representative/office.html", office=found, members=members)
