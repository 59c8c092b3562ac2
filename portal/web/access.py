"""Who may open which page. A route is refused until it is marked `@public` or `@requires(Action...)`.

A refusal looks like a page that does not exist, so that nobody learns from it what does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request

from portal.domain.permissions import Action, Actor, CaseLike, Role, may

View = TypeVar("View", bound=Callable[..., Any])

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


def current_actor() -> Actor:
    """Whoever is asking: nobody in particular until they have signed in or given a code."""
    return Actor(role=Role.ANYONE, landlord=g.landlord.key if "landlord" in g else None)


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


def gate() -> None:
    """Refuse whatever is not marked, and whoever may not do what the mark names."""
    if request.endpoint is None:
        return  # an address that leads nowhere: the usual 404
    mark = mark_of(request.endpoint)
    if mark == PUBLIC:
        return
    if not isinstance(mark, Action) or not may(current_actor(), mark):
        abort(404)
