"""Complaints that belong together and stay two: linking them, and what may belong to one."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal import landlords
from portal.actions.end_link import end_link
from portal.actions.link_complaints import link_complaints
from portal.domain import references
from portal.domain.linking import CHOSEN
from portal.domain.linking_events import ComplaintLinked, LinkKind
from portal.domain.permissions import Action, Decision
from portal.domain.refusal import Refused
from portal.records import queries
from portal.web.access import current_actor
from portal.web.access_log import note_also
from portal.web.data import database
from portal.web.staff.act import Act, route
from portal.web.staff.acts import When
from portal.web.staff.desk import Desk
from portal.web.staff.fields import OneOf, line, needed, words
from portal.web.staff.forms import StaffForm
from portal.web.wording import gettext
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices
from portal.web.words import words as in_words


class LinkComplaints(StaffForm):
    other = line(_l("Reference of the other complaint"), _l("Enter the reference of the other complaint"), longest=20)
    kind = OneOf(_l("How do they belong together?"), choices(CHOSEN), validators=[needed(_l("Choose how"))])
    reason = words(_l("Why?"), _l("Say why they belong together"), hint=_l("For staff. The resident does not read it."))


class EndLink(StaffForm):
    which = OneOf(_l("Which one?"), (), validators=[needed(_l("Choose which one"))])
    reason = words(_l("Why no more?"), _l("Say why they belong together no more"))


def the_other(desk: Desk, form: LinkComplaints) -> dict[str, Any]:
    """What the page shows of the other, once it has been named."""
    meant = references.reference_from(form.other.data or "")
    if meant is None or meant == desk.case.reference:
        return {"other": None}
    with database().session() as session:
        try:
            found = queries.open_case(session, meant, current_actor(), landlords.rules_for)
        except queries.NotFound:
            return {"other": None}
    note_also([meant])
    return {"other": found.case}


def link(session: Session, desk: Desk, form: LinkComplaints, when: When) -> object:
    other = references.reference_from(form.other.data or "")
    if other is None:
        raise Refused("There is no complaint with this reference", "other")
    said = {"kind": LinkKind(form.kind.data), "reason": form.reason.data or ""}
    return link_complaints(session, desk.actor, desk.case.reference, other, **said, **when)


def offer_links(form: EndLink, desk: Desk) -> None:
    form.which.choices = [SelectChoice(_value(each), _label(each)) for each in desk.links]
    if len(form.which.choices) == 1 and not form.is_submitted():
        form.which.data = form.which.choices[0].value


def _value(one: ComplaintLinked) -> str:
    return f"{one.link.value}.{one.other_reference}"


def _label(one: ComplaintLinked) -> str:
    return gettext("%(reference)s: %(how)s", reference=one.other_reference, how=in_words(one.link))


def end(session: Session, desk: Desk, form: EndLink, when: When) -> object:
    kind, _, other = (form.which.data or "").partition(".")
    said = {"kind": LinkKind(kind), "reason": form.reason.data or ""}
    return end_link(session, desk.actor, desk.case.reference, other, **said, **when)


def is_linked(desk: Desk) -> Decision:
    return Decision(bool(desk.links), str(_l("It is linked to no other complaint.")))


LINK_ACTS = (
    Act(
        name="link",
        action=Action.LINK_COMPLAINTS,
        title=_l("Link with another complaint"),
        button=_l("Link them"),
        done=_l("Both complaints say so now, and both go on."),
        form=LinkComplaints,
        perform=link,
        facts=the_other,
    ),
    Act(
        name="end-link",
        action=Action.LINK_COMPLAINTS,
        title=_l("Undo a link"),
        button=_l("Undo the link"),
        done=_l("They are linked no more. Each has its own dates."),
        form=EndLink,
        perform=end,
        prepare=offer_links,
        possible=is_linked,
    ),
)

for _act in LINK_ACTS:
    route(_act)
