"""Pages for what goes wrong: in the usual layout, in plain words, saying what to do next."""

from __future__ import annotations

import secrets
import traceback

import structlog
from flask import Flask, Response
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from portal.web.fragments import page

log = structlog.get_logger("portal.web")

PAGES = {400, 403, 404, 413, 429}


class DiscreetFlask(Flask):
    """Flask, which would log an exception's own words and the address asked for; `failed` logs what is safe."""

    def log_exception(self, exc_info: object) -> None:
        pass


def register(app: Flask) -> None:
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, answered)
    app.register_error_handler(InternalServerError, failed)


def stale_form(_error: CSRFError) -> Response:
    """The session that the form belonged to is over. What was typed is still in the browser's page before."""
    return page("errors/stale_form.html", status=400)


def answered(error: HTTPException) -> Response:
    """An error with a page of its own; a redirect and the like pass through as they are."""
    code = error.code or 500
    if code not in PAGES:
        response = error.get_response()
        return response if code < 400 else page("errors/other.html", status=code)  # type: ignore[return-value]
    return page(f"errors/{code}.html", status=code)


def failed(error: InternalServerError) -> Response:
    """Our own mistake. The person gets a reference to quote; the log gets where it happened, and no data.

    An exception's words can hold what somebody typed: only its kind and its place in the code are logged.
    """
    reference = secrets.token_hex(4).upper()
    original = error.original_exception
    log.error("failed", reference=reference, kind=type(original or error).__name__, where=where(original))
    return page("errors/500.html", status=500, reference=reference)


def where(error: BaseException | None) -> list[str]:
    """File, line and function of each frame, the innermost last."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames][-12:]
