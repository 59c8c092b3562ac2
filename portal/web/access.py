"""Who may open which page. A route is refused until it is marked `@public` or `@requires(Action...)`.

A refusal looks like a page that does not exist, so that nobody learns from it what does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, g, request, url_for

from portal.domain.permissions import Action, Actor, CaseLike, Role, may

View = TypeVar("View", bound=Callable[..., Any])
Recogniser = Callable[[], Actor | None]
Entrance = str | Callable[[], Response]
"""Where somebody unknown makes themselves known: an endpoint, or what to answer."""

PUBLIC = "public"
MARK = "portal_access"


def public(view: View) -> View:
    """Open to everyone, signed in or not."""
    setattr(view, MARK, PUBLIC)
    return view


def requires(action: Action) -> Callable[[View], View]:
    """Open to whoever may do `action`. A view that loads a case asks `permit(action, case)` as well."""

    def mark(view: View) -> View:
        setattr(view, MARK, action)
        return view

    return mark


def recognise(app: Flask, blueprint: str, who: Recogniser, sign_in: Entrance) -> None:
    """On the pages of `blueprint`, `who()` says who is asking; nobody known is led to `sign_in`.

    One browser may hold both a resident's visit and a session of staff; whose page it is decides which is meant.
    """
    app.extensions.setdefault("recognisers", {})[blueprint] = (who, sign_in)


def current_actor() -> Actor:
    """Whoever is asking: nobody in particular until they have signed in or given a code."""
    if "actor" not in g:
        who, _sign_in = _recogniser()
        g.actor = (who and who()) or Actor(Role.ANYONE, landlord=g.landlord.key if "landlord" in g else None)
    return g.actor  # type: ignore[no-any-return]


def _recogniser() -> tuple[Recogniser | None, Entrance | None]:
    """How somebody is known on the page that is asked for, and where they make themselves known."""
    known: Mapping[str, tuple[Recogniser, Entrance]] = current_app.extensions.get("recognisers", {})
    return known.get(request.blueprint or "", (None, None))


def permit(action: Action, case: CaseLike) -> None:
    """Go on only if the person asking may do `action` to `case`."""
    if not may(current_actor(), action, case):
        abort(404)


def register(app: Flask) -> None:
    """Put the gate in front of every route, and the question "may I?" into every template."""
    app.before_request(gate)
    app.context_processor(lambda: {"may": actor_may})


def actor_may(action: str, case: CaseLike | None = None) -> bool:
    """For templates: `{% if may("SEND_RESPONSE", case) %}`."""
    return bool(may(current_actor(), Action[action], case))


def mark_of(endpoint: str) -> str | Action | None:
    """How an endpoint is marked: PUBLIC, an Action, or None, which is refused."""
    return getattr(current_app.view_functions[endpoint], MARK, None)


def gate() -> Response | None:
    """Refuse whatever is not marked, and whoever may not do what the mark names."""
    if request.endpoint is None:
        return None  # an address that leads nowhere: the usual 404
    mark = mark_of(request.endpoint)
    if mark == PUBLIC:
        return None
    if isinstance(mark, Action) and may(current_actor(), mark):
        return None
    return sign_in_first() if mark else abort(404)


def sign_in_first() -> Response:
    """Somebody whom we do not know may make themselves known; to everybody else the page does not exist.

    With htmx the whole page goes there, for a form to sign in with is no part of another page.
    """
    _who, sign_in = _recogniser()
    if sign_in is None or current_actor().role is not Role.ANYONE:
        abort(404)
    if not isinstance(sign_in, str):
        return sign_in()
    address = url_for(sign_in)
    if request.headers.get("HX-Request"):
        return Response(status=204, headers={"HX-Redirect": address})
    return Response(status=303, headers={"Location": address})
