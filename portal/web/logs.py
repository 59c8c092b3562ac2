"""One line of JSON for each request: which route, which answer, how long. No address, query or body."""

from __future__ import annotations

import logging

import structlog
from flask import Flask, Response, g, request

from portal.clock import stopwatch

log = structlog.get_logger("portal.web")


def register(app: Flask) -> None:
    """Time every request and say how it went."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    app.before_request(start)
    app.after_request(finish)


def start() -> None:
    g.elapsed = stopwatch()


def finish(response: Response) -> Response:
    """The route's pattern is logged and not the address: an address may hold a reference."""
    log.info(
        "request",
        method=request.method,
        route=request.url_rule.rule if request.url_rule else None,
        landlord=g.landlord.key if "landlord" in g else None,
        status=response.status_code,
        ms=round(g.elapsed(), 1) if "elapsed" in g else None,
        htmx=bool(request.headers.get("HX-Request")),
    )
    return response
