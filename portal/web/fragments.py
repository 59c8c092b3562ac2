"""One page, one fragment, one helper: htmx gets the part, everyone else the page with that part in it."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template
from htmx_flask import request


def page_or_fragment(page: str, fragment: str, *, status: int = 200, **context: Any) -> Response:
    """Answer with `fragment` if htmx asked for it, else with `page`, which includes the same fragment.

    A boosted link or a page restored from history needs the whole page. `status` is 422 for an invalid form.
    """
    response = make_response(render_template(fragment if wants_fragment() else page, **context), status)
    response.vary.add("HX-Request")
    return response


def wants_fragment() -> bool:
    """Whether htmx asks for a part of a page."""
    htmx = request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page(template: str, *, status: int = 200, **context: Any) -> Response:
    """A whole page. `status` is 422 for a form that was not well filled in."""
    return make_response(render_template(template, **context), status)


def see_other(url: str) -> Response:
    """After a POST: look there, with a GET (303)."""
    return make_response(redirect(url, code=303))
