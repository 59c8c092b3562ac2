"""Styles, script and typeface: hashed names, kept by browsers for ever, compressed, from this host alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from wsgiref.headers import Headers

from flask import Blueprint, Flask, Response, url_for
from whitenoise import WhiteNoise

from portal.domain.policy import Landlord
from portal.paths import folder
from portal.web.access import public
from portal.web.whose import current_landlord

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

blueprint = Blueprint("assets", __name__, url_prefix="/assets")

HASHED = r"-[0-9A-Z]{8}\.\w+$"
FOR_EVER = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    """Serve what was built, and let templates ask for it by its plain name."""
    built = folder("static") / "built"
    manifest = read_manifest(built)
    app.jinja_env.globals["asset"] = lambda name: f"/assets/{manifest[name]}"
    app.jinja_env.globals["brand_stylesheet"] = brand_stylesheet
    app.register_blueprint(blueprint)
    app.wsgi_app = BuiltFiles(  # type: ignore[method-assign]
        app.wsgi_app,
        root=built,
        prefix="assets/",
        immutable_file_test=HASHED,
        allow_all_origins=False,
        add_headers_function=never_guess_the_type,
    )


class BuiltFiles(WhiteNoise):
    """Files by the names that they had when the server started. One that was built anew since then is gone."""

    def serve(self, file: Any, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return WhiteNoise.serve(file, environ, start_response)
        except FileNotFoundError:
            return self.application(environ, start_response)  # which has no such page either, and says so


def never_guess_the_type(headers: Headers, _path: str, _url: str) -> None:
    """A browser takes a stylesheet for a stylesheet alone."""
    headers["X-Content-Type-Options"] = "nosniff"


def read_manifest(built: Path) -> dict[str, str]:
    """Plain name to hashed name. Raises FileNotFoundError, with what to do, where nothing was built."""
    try:
        names: dict[str, str] = json.loads((built / "manifest.json").read_text())
    except FileNotFoundError:
        raise FileNotFoundError(
            f"Styles and script have not been built in {built}: install the portal with `pip install -e .`"
        ) from None
    return names


def brand_styles(landlord: Landlord) -> str:
    """The landlord's colour, and two made from it, as custom properties: no style may stand in a page."""
    colour = landlord.brand.colour
    dark, tint = mixed(colour, "#000000", share=0.25), mixed(colour, "#ffffff", share=0.92)
    return f":root{{--portal-brand:{colour};--portal-brand-dark:{dark};--portal-brand-tint:{tint}}}"


def mixed(colour: str, other: str, *, share: float) -> str:
    """`colour` with that share of `other` in it, both as #rrggbb."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(mine * (1 - share) + theirs * share) for mine, theirs in pairs).hex()


def brand_stylesheet(landlord: Landlord) -> str:
    """The address of the landlord's stylesheet, which changes when the colour does."""
    version = sha256(brand_styles(landlord).encode()).hexdigest()[:8]
    return url_for("assets.brand", landlord=landlord.key, v=version)


@blueprint.get("/brand/<landlord>.css")
@public
def brand() -> Response:
    """One landlord's colours."""
    response = Response(brand_styles(current_landlord()), mimetype="text/css")
    response.headers["Cache-Control"] = FOR_EVER
    return response
