"""Finding a complaint by whatever somebody has of it.

What is typed is often a name, and a name stands in no address: it is kept in the browser's own session, under a number
that the address has. The page of that number shows the same again, also after a look at one of the complaints.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from flask import Response, session, url_for
from flask_wtf import FlaskForm
from htmx_flask import request

from portal.domain.permissions import Action
from portal.domain.references import reference_from
from portal.records import search
from portal.records.access_log import Access
from portal.records.search import LONGEST, Where
from portal.web.access import current_actor, requires
from portal.web.access_log import note_access
from portal.web.data import database
from portal.web.fragments import page_or_fragment, see_other
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import line, problems
from portal.web.staff.lists import this_list
from portal.web.wording import lazy_gettext as _l

KEPT = "searches"
MOST_KEPT = 250
"""Characters of all searches that a session keeps: it is a cookie, and there is no room for many."""

PLACES: Mapping[Where, object] = {
    Where.EVERYWHERE: _l("Everywhere"),
    Where.WHO: _l("Names, addresses and numbers alone"),
}


class Search(FlaskForm):
    """One line, for anything."""

    typed = line(
        _l("Name, address, phone number, reference or words"),
        _l("Type a name, an address, a number or a word"),
        hint=_l("A part of a name will do, and it need not be spelt right."),
        longest=LONGEST,
    )


@blueprint.get("/search")
@requires(Action.SEARCH_COMPLAINTS)
def search_form() -> Response:
    return _page(Search(formdata=None))


@blueprint.post("/search")
@requires(Action.SEARCH_COMPLAINTS)
def start_search() -> Response:
    """A reference opens what it is of at once. Everything else leads to the page of what is found."""
    form = Search()
    if not form.validate():
        return _page(form, status=422)
    typed = form.typed.data or ""
    return see_other(_opened(typed) or url_for("staff.found", token=_keep(typed)))


@blueprint.get("/search/<token>")
@requires(Action.SEARCH_COMPLAINTS)
def found(token: str) -> Response:
    """What was found, newest first, in three statements at most, and one that writes down who looked."""
    typed = dict(_kept()).get(token)
    if typed is None:
        return _page(Search(formdata=None), forgotten=True)
    note_access(Access.SEARCHED)
    where, after = _where(request.args.get("where", "")), request.args.get("after", type=int)
    with database().session() as reading:
        results = search.find(reading, current_actor(), typed, where, after=after)
    return _page(
        Search(formdata=None, typed=typed),
        results=results,
        where=where,
        filters=[(words, _address(token, each), each is where) for each, words in PLACES.items()],
        later=_address(token, where, results.after) if results.after else None,
        first=_address(token, where) if after else None,
        here=this_list(),
    )


def _page(form: Search, *, status: int = 200, **context: object) -> Response:
    context = {"results": None, "forgotten": False, **context}
    return page_or_fragment(
        "staff/search.html", "staff/_found.html", status=status, form=form, errors=problems(form), **context
    )


def _where(name: str) -> Where:
    return Where(name) if name in set(Where) else Where.EVERYWHERE


def _address(token: str, where: Where, after: int | None = None) -> str:
    return url_for("staff.found", token=token, where=where.value, after=after)


def _kept() -> list[tuple[str, str]]:
    """Numbers and what was typed, the latest last. A cookie keeps the order of a list, and of nothing else."""
    return [(token, typed) for token, typed in session.get(KEPT, ())]


def _keep(typed: str) -> str:
    """Remember what was typed under a number of its own; the oldest are forgotten."""
    before = _kept()
    token = next((known for known, words in before if words == typed), None) or secrets.token_hex(4)
    kept = [*(each for each in before if each[0] != token), (token, typed)]
    while sum(len(words) for _, words in kept) > MOST_KEPT:
        kept.pop(0)
    session[KEPT] = kept
    return token


def _opened(typed: str) -> str | None:
    """The page of what has this reference: a complaint, a request for service or a petition of this landlord."""
    reference = reference_from(typed)
    if reference is None:
        return None
    with database().session() as reading:
        kind = search.kind_of(reading, current_actor(), reference)
    return url_for(PAGES[kind], reference=reference) if kind else None


PAGES = {"complaint": "staff.case", "request": "staff.request_for_service", "petition": "staff.petition"}
