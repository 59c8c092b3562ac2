"""The log of minor issues, where the landlord's policy has one. Nothing in it says whom an issue was about."""

from __future__ import annotations

from flask import Response, abort, flash, request, url_for
from flask_wtf import FlaskForm

from portal.actions.log_minor_issue import log_minor_issue
from portal.clock import current_clock
from portal.domain.minor_issues import MinorIssue
from portal.domain.permissions import Action
from portal.domain.policy import Policy, Sourced
from portal.domain.refusal import Refused
from portal.records.access_log import Access
from portal.records.minor_issues import minor_issues_page
from portal.web.access import current_actor, requires
from portal.web.access_log import note_access
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.paging import id_in
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import Day, OneOf, needed, problems, refuse
from portal.web.staff.fields import words as several_lines
from portal.web.tables import table
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said

COLUMNS = (_l("Noticed on"), _l("The issue"), _l("Its cause"), _l("What was done"))
OFFERED = [("no", _l("Yes, and they do not want to")), ("yes", _l("Yes, and they want to complain"))]


class LogMinorIssue(FlaskForm):
    noticed_on = Day(_l("On which day was it?"), _l("Enter the day"))
    issue = several_lines(
        _l("What was the issue?"), _l("Write what the issue was"), hint=_l("No name, address or number of anybody.")
    )
    cause = several_lines(_l("What caused it?"), _l("Write what caused it, as far as you can tell"))
    done = several_lines(_l("What was done about it?"), _l("Write what was done about it"))
    offered = OneOf(
        _l("Were they offered the choice to complain?"),
        OFFERED,
        description=_l("Ask everybody who sounds unhappy. They need not say the word “complaint”."),
        validators=[needed(_l("Ask whether they want to complain, and choose what they said"))],
    )

    def found(self) -> MinorIssue:
        return MinorIssue(
            noticed_on=self.noticed_on.data,
            issue=self.issue.data or "",
            cause=self.cause.data or "",
            done=self.done.data or "",
            wants_to_complain=self.offered.data == "yes" if self.offered.data else None,
        )


def policy_of_issues() -> Sourced:
    """What the policy says of such a log; a landlord that has none has no such page."""
    return _policy().minor_issues or abort(404)


def _policy() -> Policy:
    return current_landlord().policy_on(current_clock().today())


@blueprint.get("/minor-issues")
@requires(Action.LOG_MINOR_ISSUE)
def minor_issues() -> Response:
    policy_of_issues()
    return _page(LogMinorIssue(formdata=None))


@blueprint.post("/minor-issues")
@requires(Action.LOG_MINOR_ISSUE)
def save_minor_issue() -> Response:
    policy_of_issues()
    form = LogMinorIssue()
    if not form.validate():
        return _page(form, status=422)
    try:
        with database().unit_of_work() as session:
            log_minor_issue(session, current_actor(), current_landlord().key, form.found(), now=current_clock().now())
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _page(form, status=422)
    flash(str(_l("The issue is logged.")), "done")
    return see_other(url_for("staff.minor_issues"))


@blueprint.get("/minor-issues.csv")
@requires(Action.SEE_REGISTERS)
def minor_issues_as_table() -> Response:
    """All of them: a line of the access log."""
    policy_of_issues()
    with database().session() as session:
        found = minor_issues_page(session, current_landlord().key, limit=None)
    note_access(Access.EXPORTED)
    rows = ([each.noticed_on.isoformat(), each.issue, each.cause, each.done] for each in found.rows)
    return table("minor-issues", COLUMNS, rows)


def _page(form: LogMinorIssue, *, status: int = 200) -> Response:
    with database().session() as session:
        found = minor_issues_page(session, current_landlord().key, after=id_in(request.args.get("after", "")))
    return page(
        "staff/minor_issues.html",
        status=status,
        form=form,
        errors=problems(form),
        found=found,
        policy=policy_of_issues(),
        rule=_policy().cited(policy_of_issues().rule),
        later=url_for("staff.minor_issues", after=found.after) if found.after else None,
    )
