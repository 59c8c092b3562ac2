"""In which language somebody who acts for a resident is written to."""

from __future__ import annotations

from flask import Response, abort, flash, url_for

from portal.actions.choose_own_language import choose_own_language, read_by
from portal.clock import current_clock
from portal.domain.permissions import Action
from portal.records import queries
from portal.web.access import current_actor, requires
from portal.web.acting.case import open_represented
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.person_fields import Language
from portal.web.resident.forms import ResidentForm
from portal.web.wording import lazy_gettext as _l


class ChooseLanguage(ResidentForm):
    language = Language(
        _l("In which language should we write to you?"),
        description=_l("What you and our staff write themselves stays as it is written."),
    )


@requires(Action.CHOOSE_OWN_LANGUAGE)
def language() -> Response:
    """What they chose when they came, to be changed. It is linked to where there are several."""
    form = ChooseLanguage(formdata=None)
    with database().session() as session:
        now = read_by(current_actor(), open_represented(session).case)
    form.language.data = now or form.language.data
    return _page(form)


@requires(Action.CHOOSE_OWN_LANGUAGE)
def choose_language() -> Response:
    """Keep it. A second press finds nothing new and is answered like the first."""
    form, actor = ChooseLanguage(), current_actor()
    if not form.validate():
        return _page(form, status=422)
    try:
        with database().unit_of_work() as session:
            reference, now = actor.case_reference or "", current_clock().now()
            choose_own_language(session, actor, reference, form.language.data or "", now=now)
    except queries.NotFound:
        abort(404)
    flash(str(_l("We write to you in this language from now on.")), "done")
    return see_other(url_for("acting.case"))


def _page(form: ChooseLanguage, *, status: int = 200) -> Response:
    return page("acting/language.html", status=status, form=form, errors=form.problems)
