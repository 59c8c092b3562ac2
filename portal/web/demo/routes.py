"""Where to begin, moving the clock, and reading the letters."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from markupsafe import Markup

from portal import landlords
from portal.clock import current_clock
from portal.web.access import public
from portal.web.fragments import page, see_other

blueprint = Blueprint("demo", __name__, url_prefix="/demo")


@blueprint.app_context_processor
def bar() -> dict[str, object]:
    """The layout shows the bar on every page where there is one."""
    return {"demo_bar": demo_bar}


def demo_bar() -> Markup:
    """A POST's own page cannot be opened again, so from there the bar leads to the start of the demonstration."""
    back = request.full_path.rstrip("?") if request.method == "GET" else url_for("demo.start")
    return Markup(render_template("demo/_bar.html", now=current_clock().now(), back=back))  # noqa: S704  a template


@blueprint.get("")
@public
def start() -> Response:
    return page("demo/start.html", guide=_desk().guide)


@blueprint.post("/clock")
@public
def move_clock() -> Response:
    """Forward only."""
    step = request.form.get("by", "")
    if step not in _desk().steps:
        abort(400)
    _desk().move_on(step)
    return see_other(_local(request.form.get("back", "")))


@blueprint.get("/letters")
@public
def all_letters() -> Response:
    """Newest first, of one landlord or of all."""
    key = request.args.get("landlord")
    if key and key not in landlords.keys():
        abort(404)
    try:
        found = _desk().letters(key, request.args.get("after"))
    except ValueError:
        abort(404)
    chosen = {"landlord": key} if key else {}
    return page(
        "demo/letters.html",
        letters=found.letters,
        asked_for=_desk().asked_for(key),
        choices=_choices(key),
        names=_names(),
        newest=url_for("demo.all_letters", **chosen) if "after" in request.args else None,
        older=url_for("demo.all_letters", after=found.rest, **chosen) if found.rest else None,
        mail_server=_desk().guide.mail_server,
    )


@blueprint.get("/letters/<uuid:letter_id>")
@public
def one_letter(letter_id: UUID) -> Response:
    """As it was sealed, in both of its forms."""
    letter = _desk().letter(letter_id)
    if letter is None:
        abort(404)
    return page("demo/letter.html", letter=letter, text=_desk().as_text(letter), names=_names())


def _desk() -> Any:
    """The demonstration that runs: a `portal.demo.desk.Desk`, which pages use and do not import."""
    return current_app.extensions["demo"]


def _names() -> dict[str, str]:
    return {key: landlords.landlord(key).short_name for key in landlords.keys()}


def _choices(chosen: str | None) -> list[tuple[str, str, bool]]:
    one_each = [(name, url_for("demo.all_letters", landlord=key), key == chosen) for key, name in _names().items()]
    return [("All", url_for("demo.all_letters"), chosen is None), *one_each]


def _local(target: str) -> str:
    """The address if it is one of this website, else the start of the demonstration."""
    odd = "\\" in target or target.startswith("//") or not target.isprintable()
    return target if target.startswith("/") and not odd else url_for("demo.start")
