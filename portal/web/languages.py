"""Which language a page is in: what the reader chose, else what their browser asks for, among those that are offered.

A link to the same page with `?language=cy` is the choice. It changes nothing but a cookie.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import Flask, current_app, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.settings import Settings
from portal.translation import name_in, own_name, read_in, tag_of
from portal.web.fragments import see_other
from portal.web.wording import language

CHOICE = "language"
"""What the cookie is called, and what a link calls it."""

A_YEAR = 365 * 24 * 60 * 60
FOR_STAFF = frozenset({"staff", "account"})


@dataclass(frozen=True, slots=True)
class Offer:
    """A language by its own name, and the page in it. The language that the page is in has no address."""

    code: str
    name: str
    tag: str
    direction: str
    address: str | None


def register(app: Flask) -> None:
    app.before_request(choose)
    app.context_processor(lambda: {"languages": languages, "several_languages": len(offered()) > 1})
    app.add_template_filter(own_name, "own_name")
    app.add_template_filter(tag_of, "language_tag")
    app.add_template_filter(lambda code: name_in(code, language()), "language_name")
    app.add_template_filter(written_in, "written_in")


def offered() -> tuple[str, ...]:
    settings: Settings = current_app.extensions["settings"]
    return settings.languages


def chosen() -> str:
    """The language of this page. Staff write letters in the installation's own, and read in it."""
    first, *others = offered()
    if not others or not request or request.blueprint in FOR_STAFF:
        return first
    kept = request.cookies.get(CHOICE, "")
    if kept in offered():
        return kept
    by_tag = {tag_of(each): each for each in offered()}
    return by_tag[request.accept_languages.best_match(by_tag, default=tag_of(first))]


def written_in(language: str) -> Markup:
    """The attributes of what may be in another language than its page: `<p {{ letter.language | written_in }}>`."""
    words = read_in(language)
    return Markup('lang="{page_language}" dir="{page_direction}"').format(**words)


def choose() -> Response | None:
    """Remember what was chosen, and show the page that it was chosen on."""
    wanted = request.args.get(CHOICE) if request.method == "GET" else None
    if request.endpoint is None or wanted is None or wanted not in offered():
        return None
    response = see_other(_here())
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(CHOICE, wanted, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def languages() -> Iterator[Offer]:
    """For the top of a page: nothing where there is no choice."""
    if len(offered()) < 2 or request.blueprint in FOR_STAFF:
        return
    here, present = _here(), language()
    for each in offered():
        address = f"{here}{'&' if '?' in here else '?'}{urlencode({CHOICE: each})}"
        words = read_in(each)
        yield Offer(
            code=each,
            name=own_name(each),
            tag=words["page_language"],
            direction=words["page_direction"],
            address=None if each == present else address,
        )


def _here() -> str:
    """The address of this page, or of the front door where nothing is at that address to be shown again."""
    path = request.root_path + request.path
    if not _has_a_page() or not path.isprintable() or path.startswith("//"):
        return url_for("about.front_door")
    others = [(name, value) for name, value in request.args.items(multi=True) if name != CHOICE]
    # Browsers drop a tab and read a backslash as a slash: as they stand, "/<tab>/there" would lead to another site.
    return f"{quote(path)}?{urlencode(others)}" if others else quote(path)


def _has_a_page() -> bool:
    """Not where nothing is found, nor where this is the answer to a form that has no page."""
    if request.endpoint is None:
        return False
    return request.method in {"GET", "HEAD"} or current_app.url_map.bind_to_environ(request.environ).test(method="GET")
