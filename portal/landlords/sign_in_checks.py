"""What a landlord's file must satisfy about how its staff sign in, beyond the shape of each value."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from portal.domain.policy import Landlord
from portal.domain.refusal import Refused
from portal.domain.sign_in import FromGroup, Provider
from portal.domain.staff import Duties, check_duties

THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


def sign_in_problems(landlord: Landlord) -> Iterator[str]:
    """Each problem is "path: what is wrong"."""
    provider = landlord.sign_in.provider
    if provider is None:
        if not landlord.sign_in.password:
            yield "sign_in.password: false is not allowed without sign_in.provider; nobody could sign in"
        return
    yield from _address_problems(provider.issuer)
    yield from _needed(provider)
    for group, given in provider.groups.items():
        yield from (f"sign_in.provider.groups.{group!r}: {problem}" for problem in _group_problems(landlord, given))


def _address_problems(issuer: str) -> Iterator[str]:
    url = urlsplit(issuer)
    if url.scheme != "https" and not (url.scheme == "http" and url.hostname in THIS_MACHINE):
        yield f"sign_in.provider.issuer: {issuer!r} is not allowed; an address that begins with https://"
    if url.query or url.fragment:
        yield f"sign_in.provider.issuer: {issuer!r} is not allowed; nothing after ? or #"


def _needed(provider: Provider) -> Iterator[str]:
    if not provider.client_id:
        yield "sign_in.provider.client_id: is empty; the provider gave one when the portal was registered there"
    if "openid" not in provider.scopes:
        yield "sign_in.provider.scopes: 'openid' is missing; without it the provider says nothing of who somebody is"
    if not provider.groups:
        yield "sign_in.provider.groups: at least one group is needed; else nobody gets a role"


def _group_problems(landlord: Landlord, given: FromGroup) -> Iterator[str]:
    try:
        check_duties(Duties(roles=given.roles, rank=given.rank, areas=given.areas), landlord)
    except Refused as no:
        yield str(no.message)
