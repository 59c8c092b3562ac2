"""Who looked at what: the access log, for those who watch over it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flask import Response, url_for
from flask_wtf import FlaskForm
from htmx_flask import request
from wtforms import SelectChoice, ValidationError

from portal.clock import LONDON
from portal.domain.permissions import Action
from portal.domain.references import reference_from
from portal.records import access_log as records
from portal.records.access_log import Access, Asked, LogPage
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page_or_fragment
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import Day, Pick, line, problems
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices

LARGEST_ID = 2**63 - 1


def _a_reference(_form: FlaskForm, field: line) -> None:
    if field.data and not reference_from(field.data):
        raise ValidationError(_l("Enter the whole reference, like H4KM-72QT"))


class LogFilter(FlaskForm):
    """Which lines to show. Sent with a GET, so that the address of a page is all that it takes to see it again."""

    class Meta:
        csrf = False

    by = Pick(_l("Who"))
    access = Pick(_l("What"), [("", _l("Everything")), *choices(Access)])
    reference = line(_l("Reference of a complaint"), longest=20, checks=[_a_reference])
    since = Day(_l("From"))
    until = Day(_l("To"))

    def asked(self) -> Asked:
        """What the fields that are filled in well ask for."""
        return Asked(
            by_id=int(self.by.data) if self.by.data and not self.by.errors else None,
            access=Access(self.access.data) if self.access.data and not self.access.errors else None,
            reference=reference_from(self.reference.data or ""),
            since=_midnight(self.since),
            until=_midnight(self.until, timedelta(days=1)),
        )


def _midnight(day: Day, later: timedelta = timedelta(0)) -> datetime | None:
    return datetime.combine(day.data + later, time(), LONDON) if day.data and not day.errors else None


@blueprint.get("/access-log")
@requires(Action.SEE_ACCESS_LOG)
def access_log() -> Response:
    """Four statements, however long the log is."""
    actor, form = current_actor(), LogFilter(request.args)
    with database().session() as session:
        everybody = records.staff(session, actor)
        form.by.choices = [SelectChoice("", _l("Everybody"))]
        form.by.choices += [SelectChoice(str(each.id), each.name) for each in everybody]
        well = form.validate()
        found = records.access_log(session, actor, form.asked(), after=_after(request.args.get("after", "")))
    return page_or_fragment(
        "staff/access_log.html",
        "staff/_access_log.html",
        status=200 if well else 422,
        form=form,
        errors=problems(form),
        log=found,
        words_of=_words_of,
        later=_later(found),
    )


def _after(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text[:20]) <= LARGEST_ID else None


def _later(found: LogPage) -> str | None:
    """The address of the next page, with what was asked for."""
    if found.after is None:
        return None
    asked = {name: value for name, value in request.args.items() if name != "after" and value}
    return url_for("staff.access_log", **asked, after=str(found.after))


def _words_of(action: str) -> str:
    """What a page is for. One that is no longer there is shown by the name that it had."""
    return Action[action].value if action in Action.__members__ else action
