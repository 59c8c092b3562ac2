"""The register of what was declined, by ground and by who decided (Code 2.1, 2.5, 8.1)."""

from __future__ import annotations

from flask import Response, url_for
from flask_wtf import FlaskForm
from htmx_flask import request
from wtforms import SelectChoice

from portal import landlords
from portal.clock import current_clock
from portal.domain.decline import grounds_of
from portal.domain.events import Stage
from portal.domain.permissions import Action
from portal.domain.policy import Ground
from portal.records import queries
from portal.records.queries import DeclinesPage, Wanted
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page_or_fragment
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import Pick, problems
from portal.web.staff.registers import DECLINED, registers
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices

LARGEST_ID = 2**63 - 1


class DeclinesFilter(FlaskForm):
    """Which decisions to show. Sent with a GET, so that the address of a page is all that it takes to see it again."""

    class Meta:
        csrf = False

    ground = Pick(_l("Ground"))
    by = Pick(_l("Decided by"))
    stage = Pick(_l("At which stage"), [("", _l("Both")), *choices(Stage)])

    def wanted(self) -> Wanted:
        """What the fields that are filled in well ask for."""
        return Wanted(
            ground=self.ground.data if self.ground.data and not self.ground.errors else None,
            by_id=int(self.by.data) if self.by.data and not self.by.errors else None,
            stage=Stage(int(self.stage.data)) if self.stage.data and not self.stage.errors else None,
        )


@blueprint.get("/declined")
@requires(Action.SEE_QUEUE)
def declined() -> Response:
    """Four statements, however many were declined."""
    actor, form, grounds = current_actor(), DeclinesFilter(request.args), _grounds()
    with database().session() as session:
        names = queries.deciders(session, actor)
        form.by.choices = [SelectChoice("", _l("Everybody")), *(SelectChoice(str(key), names[key]) for key in names)]
        form.ground.choices = [SelectChoice("", _l("Every ground"))]
        form.ground.choices += [SelectChoice(key, ground.label) for key, ground in grounds.items()]
        well = form.validate()
        found = queries.declines(session, actor, form.wanted(), after=_after(request.args.get("after", "")))
    return page_or_fragment(
        "staff/declined.html",
        "staff/_declined.html",
        status=200 if well else 422,
        form=form,
        errors=problems(form),
        found=found,
        names=names,
        grounds=grounds,
        later=_later(found),
        registers=registers(DECLINED),
    )


def _grounds() -> dict[str, Ground]:
    """Of the policy in force today. A decision on a ground of an older one is shown by its key."""
    rules = landlords.rules_for(current_landlord().key, current_clock().today())
    return {each.key: each for each in grounds_of(rules)}


def _after(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text[:20]) <= LARGEST_ID else None


def _later(found: DeclinesPage) -> str | None:
    """The address of the next page, with what was asked for."""
    if found.after is None:
        return None
    asked = {name: value for name, value in request.args.items() if name != "after" and value}
    return url_for("staff.declined", **asked, after=str(found.after))
