"""How often one source may try. Counted in memory, or in Redis; while that is away, in memory again.

What keeps a stranger out is the length of the codes: `chance_of_a_hit`. The limits keep the load of a machine that
tries all day away, and are by source alone: nobody can lock somebody else out by trying their reference. Whoever sits
behind the same connection as the machine has another way in: an emailed link is counted apart, and opens the complaint.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Any, TypeVar

import structlog
from flask import Flask, Response, g, request
from flask_limiter import Limiter
from limits import RateLimitItem, RateLimitItemPerDay
from limits.errors import StorageError

from portal.domain import references
from portal.web.fields import readable
from portal.web.whose import current_landlord

View = TypeVar("View", bound=Callable[..., Any])

ONE_CONNECTION = 64
"""Bits of an IPv6 address that name a connection. One visitor has all the addresses that begin with them."""

ONE_CUSTOMER = 48
"""Bits of an IPv6 address that a provider gives to one customer at most: 65,536 connections."""


def source(bits: int = ONE_CONNECTION) -> str:
    """Whoever asks: the address, and of an IPv6 address the part that a visitor cannot choose anew for each try."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return request.remote_addr or "127.0.0.1"
    if isinstance(address, IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or IPv6Network((address.packed, bits), strict=False))


def network() -> str:
    """As `source`, with all the connections that one customer may have for the asking counted together."""
    return source(ONE_CUSTOMER)


limiter = Limiter(key_func=source, headers_enabled=False)

log = structlog.get_logger("portal.web")

STORE_SECONDS = 1.0
"""How long a page waits for Redis before it counts by itself."""

GUESSES_FROM_ONE_SOURCE = "30 per 15 minutes"
"""Only wrong ones count, so that nobody who knows a code is kept out by using it often."""

POSSIBLE_CODES = len(references.ALPHABET) ** (references.CODE_LENGTH - 1)
"""Every code that has the right check character."""

WRONG_CODES = RateLimitItemPerDay(1_000)
"""How far the wrong codes of one reference are counted in a day. The count refuses nobody."""

MANY_WRONG_CODES = 10
"""From so many in a day on, staff are told."""

WRONG_CODES_IN_ALL = RateLimitItemPerDay(10_000)
"""The same for everything that opens with a code or a link at one landlord, however the tries are spread."""

MANY_WRONG_CODES_IN_ALL = 100


def register(app: Flask) -> None:
    """Nobody is kept from complaining because the store of counts is away: each process then counts for itself."""
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = True
    app.config["RATELIMIT_STORAGE_OPTIONS"] = {"wrap_exceptions": True, **_patience(app.config)}
    limiter.init_app(app)


def _patience(config: Mapping[str, Any]) -> dict[str, float]:
    if not str(config["RATELIMIT_STORAGE_URI"]).startswith("redis"):
        return {}
    return {"socket_timeout": STORE_SECONDS, "socket_connect_timeout": STORE_SECONDS}


def chance_of_a_hit(tries: int, codes: int = 1) -> float:
    """How likely it is that one of `tries` random codes is one of the `codes` that open something."""
    return tries * codes / POSSIBLE_CODES


def guessed(_response: Response) -> bool:
    """Whether this request was a wrong guess."""
    return bool(g.get("guessed"))


def remember_guess() -> None:
    """This request was a wrong guess."""
    g.guessed = True
    one_more(WRONG_CODES_IN_ALL, *_tried_in_all())


def slow_down_guesses(view: View) -> View:
    """Count wrong guesses by source, over every page that takes a code. Everything else is free."""
    limit = limiter.shared_limit(GUESSES_FROM_ONE_SOURCE, scope="guesses", key_func=source, deduct_when=guessed)
    return limit(view)  # type: ignore[no-any-return]


def slow_down_links(view: View) -> View:
    """The same for emailed links, counted apart: their secrets are too long to be guessed at all."""
    limit = limiter.shared_limit(GUESSES_FROM_ONE_SOURCE, scope="links", key_func=source, deduct_when=guessed)
    return limit(view)  # type: ignore[no-any-return]


def count_wrong_code(landlord: str, reference: str) -> None:
    """Remember a wrong code for a reference, whether there is such a complaint or not: the work is the same."""
    remember_guess()
    one_more(WRONG_CODES, *_tried(landlord, reference))


def wrong_codes(landlord: str, reference: str) -> int:
    """How many wrong codes were tried for a reference in the day that runs."""
    return counted(WRONG_CODES, *_tried(landlord, reference))


def wrong_codes_in_all() -> int:
    """How many wrong codes and links were tried at this landlord in the day that runs."""
    return counted(WRONG_CODES_IN_ALL, *_tried_in_all())


def counted(limit: RateLimitItem, *of: str) -> int:
    """How many of these were counted. None while the store is away: a page that shows it is opened all the same."""
    try:
        return limit.amount - limiter.limiter.get_window_stats(limit, *of).remaining
    except StorageError:
        return 0


def accepted(response: Response) -> bool:
    """Whether a form was taken: one that somebody else's page sends, or that has a mistake, uses nothing up."""
    return response.status_code == HTTPStatus.SEE_OTHER


def one_more(limit: RateLimitItem, *of: str) -> bool:
    """Count one of these, and say whether it is within the limit. What cannot be counted now is within it."""
    try:
        return limiter.limiter.hit(limit, *of)
    except StorageError as away:
        log.error("not_counted", error=type(away.__cause__ or away).__name__)
        return True


def address_typed() -> str:
    """As a form reads the address, so that no spelling of it is counted apart; in no store in clear."""
    email = " ".join(readable(request.form.get("email", "")).split())
    return unreadable(f"{current_landlord().key} {email[:255]}")


def address_and_source() -> str:
    """One address as one source types it."""
    return f"{address_typed()} {source()}"


def unreadable(text: str) -> str:
    """A key for what must not stand in the store of counts, such as an address."""
    return sha256(text.strip().lower().encode()).hexdigest()


def _tried(landlord: str, reference: str) -> tuple[str, str, str]:
    return ("wrong codes", landlord, references.plain(reference))


def _tried_in_all() -> tuple[str, str]:
    return ("wrong codes in all", current_landlord().key)
