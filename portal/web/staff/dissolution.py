"""At a dissolution: the access of elected offices ends in one act, and staff see whom to tell."""

from __future__ import annotations

from flask import Response, abort, flash, url_for
from flask_wtf import FlaskForm
from wtforms.fields import SelectChoice

from portal.actions.end_at_dissolution import end_at_dissolution
from portal.clock import current_clock
from portal.domain.permissions import Action
from portal.domain.refusal import Refused
from portal.domain.representation import ELECTED
from portal.records import office_cases
from portal.records import offices as records
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import AnyOf, Day, line, needed, problems, refuse
from portal.web.wording import gettext as _
from portal.web.wording import lazy_gettext as _l


class EndAtDissolution(FlaskForm):
    offices = AnyOf(_l("Whose access ends?"), (), validators=[needed(_l("Choose at least one office"))])
    ends_on = Day(
        _l("From which day on?"),
        _l("Enter the day"),
        description=_l("Today or earlier: at once. A later day: their access lasts until the day before it."),
    )
    reason = line(_l("Why?"), _l("Say why their access ends"), hint=_l("For example: Parliament is dissolved."))


@blueprint.get("/offices/dissolution")
@requires(Action.END_AT_DISSOLUTION)
def dissolution() -> Response:
    form = EndAtDissolution(formdata=None)
    form.ends_on.typed = {part: str(getattr(current_clock().today(), part)) for part in ("day", "month", "year")}
    return _show(form)


@blueprint.post("/offices/dissolution")
@requires(Action.END_AT_DISSOLUTION)
def dissolve() -> Response:
    """All of them, or none."""
    form = EndAtDissolution()
    if not _offer(form):
        return see_other(url_for("staff.offices"))  # a second press: the first one is in the list there
    if not form.validate():
        return _show(form, status=422)
    try:
        with database().unit_of_work() as session:
            act = end_at_dissolution(
                session,
                current_actor(),
                [int(each) for each in form.offices.data],
                ends_on=form.ends_on.data,
                reason=form.reason.data,
                now=current_clock().now(),
            )
    except Refused as no:
        refuse(form, no.message, no.field)
        return _show(form, status=422)
    flash(str(_l("Their access is ended. Below is who must be told.")), "done")
    return see_other(url_for("staff.dissolved", dissolution_id=act.id))


@blueprint.get("/offices/dissolution/<int:dissolution_id>")
@requires(Action.END_AT_DISSOLUTION)
def dissolved(dissolution_id: int) -> Response:
    """Whose access ended, and the cases that are still open, each with the resident and who tells them."""
    actor = current_actor()
    with database().session() as session:
        act = records.dissolution(session, actor, dissolution_id)
        if act is None:
            abort(404)
        members = records.members_ended(session, act)
        cases, unseen = office_cases.to_tell(session, actor, act.office_ids, act.done_at.date())
    return page("staff/dissolved.html", act=act, members=members, cases=cases, unseen=unseen)


def _offer(form: EndAtDissolution) -> bool:
    """The elected offices, each with what there is to end. Whether there is any."""
    actor = current_actor()
    with database().session() as session:
        rows = records.offices(session, actor, at=current_clock().now())
        open_cases = office_cases.open_cases_of(session, actor)
    form.offices.choices = [
        SelectChoice(
            str(row.office.id),
            _(
                "%(office)s: can sign in: %(members)s, open cases: %(cases)s",
                office=row.office.name,
                members=row.members,
                cases=open_cases.get(row.office.id, 0),
            ),
        )
        for row in rows
        if row.office.kind in ELECTED and (row.members or open_cases.get(row.office.id))
    ]
    return bool(form.offices.choices)


def _show(form: EndAtDissolution, *, status: int = 200) -> Response:
    any_office = _offer(form)
    return page("staff/dissolution.html", status=status, form=form, any_office=any_office, errors=problems(form))
