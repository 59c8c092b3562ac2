"""The registers: a page of each with filters, and the same as a table for a spreadsheet, in which nobody is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, abort, request, url_for
from flask_wtf import FlaskForm
from wtforms.fields import SelectChoice

from portal.clock import current_clock
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.permissions import Action, may
from portal.domain.registers import STATES, Register, State
from portal.domain.remedy_kinds import CompensationHead
from portal.domain.restriction_kinds import ContactLimit
from portal.domain.routes import Route
from portal.records import queries
from portal.records import registers as records
from portal.records.access_log import Access
from portal.records.queries import Place
from portal.records.registers import Asked, Line, RegisterPage
from portal.web.access import current_actor, requires
from portal.web.access_log import note_access
from portal.web.data import database
from portal.web.fragments import page_or_fragment
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import Day, Pick, Tick, problems
from portal.web.tables import table
from portal.web.wording import lazy_gettext as _l
from portal.web.words import words

ABOUT = {
    Register.COMPENSATION: (_l("Compensation"), _l("What it is for"), _l("Pay by")),
    Register.RESTRICTIONS: (_l("Restrictions on contact"), _l("How contact is restricted"), _l("Look at it by")),
    Register.ADJUSTMENTS: (_l("Adjustments"), _l("What was asked for"), _l("Review by")),
    Register.REFERRALS: (_l("Passed on elsewhere"), _l("Where to"), _l("Date")),
}
"""The name of each, of what its lines are about, and of their date."""

KINDS = {
    Register.COMPENSATION: CompensationHead,
    Register.RESTRICTIONS: ContactLimit,
    Register.ADJUSTMENTS: Adjustment,
    Register.REFERRALS: Route,
}

DECLINED, OMBUDSMAN = "declined", "ombudsman"
"""The two that have a page of their own, because they are read from the complaints themselves."""

COLUMNS = (_l("Complaint"), _l("On"), _l("About"), _l("Amount in pounds"), _l("State"), _l("By"))


class RegisterFilter(FlaskForm):
    """Which lines to show. Sent with a GET, so that the address of a page is all that it takes to see it again."""

    class Meta:
        csrf = False

    state = Pick(_l("State"))
    since = Day(_l("From"))
    until = Day(_l("To"))
    overdue = Tick(_l("Only those whose date has passed"))

    def asked(self) -> Asked:
        """What the fields that are filled in well ask for."""
        return Asked(
            state=State(self.state.data) if self.state.data and not self.state.errors else None,
            since=None if self.since.errors else self.since.data,
            until=None if self.until.errors else self.until.data,
            overdue_on=current_clock().today() if self.overdue.data else None,
        )


@blueprint.get("/registers", defaults={"which": Register.COMPENSATION.value})
@blueprint.get("/registers/<which>")
@requires(Action.SEE_REGISTERS)
def register(which: str) -> Response:
    """Three statements, however long the register is."""
    chosen, form = _chosen(which), RegisterFilter(request.args)
    well = _valid(form, chosen)
    after = Place.from_text(request.args.get("after", ""))
    with database().session() as session:
        found = records.register(session, current_actor(), chosen, form.asked(), after=after)
        owners = queries.users_by_id(session, {each.entry.owner_id for each in found.lines if each.entry.owner_id})
    return page_or_fragment(
        "staff/register.html",
        "staff/_register.html",
        status=200 if well else 422,
        which=chosen,
        about=ABOUT[chosen],
        registers=registers(chosen.value),
        form=form,
        errors=problems(form),
        found=found,
        owners=owners,
        today=current_clock().today(),
        what=lambda line: what_of(chosen, line),
        later=_later(chosen, found),
        as_table=url_for("staff.register_as_table", which=chosen.value, **_kept()),
    )


@blueprint.get("/registers/<which>.csv")
@requires(Action.SEE_REGISTERS)
def register_as_table(which: str) -> Response:
    """All of it, as the filters have it: a line of the access log, and nobody's name, condition or words."""
    chosen, form = _chosen(which), RegisterFilter(request.args)
    _valid(form, chosen)
    with database().session() as session:
        found = records.register(session, current_actor(), chosen, form.asked(), limit=None)
    note_access(Access.EXPORTED)
    name = f"{chosen.value}-{current_clock().today().isoformat()}"
    return table(name, COLUMNS, (_cells(chosen, line) for line in found.lines))


def registers(here: str) -> list[tuple[object, str, bool]]:
    """Words and address of each register that whoever looks may open, and whether it is this one."""
    places = [(DECLINED, _l("Declined"), url_for("staff.declined"))]
    places += [(OMBUDSMAN, _l("Cases at the Ombudsman"), url_for("staff.ombudsman"))]
    if may(current_actor(), Action.SEE_REGISTERS):
        listed = [(each.value, ABOUT[each][0], url_for("staff.register", which=each.value)) for each in Register]
        places = listed + places
    return [(words, address, key == here) for key, words, address in places]


def _cells(which: Register, line: Line) -> Iterator[str]:
    entry = line.entry
    yield line.reference
    yield entry.on.isoformat()
    yield what_of(which, line)
    yield f"{entry.amount_pence / 100:.2f}" if entry.amount_pence is not None else ""
    yield str(words(entry.state))
    yield entry.due_on.isoformat() if entry.due_on else ""


def what_of(which: Register, line: Line) -> str:
    """What a line is about, in words."""
    return ", ".join(str(words(KINDS[which](each))) for each in line.entry.what.split())


def _chosen(which: str) -> Register:
    return Register(which) if which in list(Register) else abort(404)


def _valid(form: RegisterFilter, which: Register) -> bool:
    form.state.choices = [SelectChoice("", _l("Every state"))]
    form.state.choices += [SelectChoice(each.value, words(each)) for each in STATES[which]]
    well: bool = form.validate()
    return well


def _kept() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if name not in ("after", "which") and value}


def _later(which: Register, found: RegisterPage) -> str | None:
    """The address of the next page, with what was asked for."""
    if found.after is None:
        return None
    more: dict[str, Any] = {**_kept(), "after": str(found.after)}
    return url_for("staff.register", which=which.value, **more)
