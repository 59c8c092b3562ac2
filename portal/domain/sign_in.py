"""How a landlord's staff sign in: with a password, through a provider of identities (OpenID Connect), or either.

What the provider says of somebody is an `Identity`; what that makes them here is decided by the landlord's own table
of groups, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.domain.actors import Role


class NotLetIn(StrEnum):
    """Why nobody was signed in. This and nothing else is written into the log of the server."""

    DOWN = "down"
    DENIED = "denied"
    WRONG_STATE = "wrong_state"
    EXPIRED = "expired"
    NOT_BELIEVED = "not_believed"
    UNKNOWN = "unknown"
    EMAIL_NOT_CHECKED = "email_not_checked"
    SOMEBODY_ELSE = "somebody_else"
    DISABLED = "disabled"
    NO_ROLE = "no_role"
    ROLES_CLASH = "roles_clash"


@dataclass(frozen=True, slots=True)
class FromGroup:
    """What members of one group are there for. `rank` and `areas` may be left to administrators."""

    roles: tuple[Role, ...]
    rank: str | None = None
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """Who knows the landlord's staff. `issuer` is its address, exactly as its discovery document gives it.

    `groups` says what each of its groups gives; a group that is not in it gives nothing. `second_step`: it asks
    everybody for more than a password, always. Else it is believed that it did where it says so with one of `acr`
    or of `amr`, and whoever comes without takes our own second step.
    """

    name: str
    issuer: str
    client_id: str
    groups: Mapping[str, FromGroup]
    groups_claim: str = "groups"
    scopes: tuple[str, ...] = ("openid", "email", "profile")
    second_step: bool = False
    acr: tuple[str, ...] = ()
    amr: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffSignIn:
    """`password`: whether anybody may sign in with one. Without, the provider is the only way in."""

    password: bool = True
    provider: Provider | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a provider says of somebody, after all of it was checked. `email` is empty where it says none."""

    issuer: str
    subject: str
    email: str = field(default="", repr=False)
    email_checked: bool = False
    groups: tuple[str, ...] = ()
    acr: str = ""
    amr: tuple[str, ...] = ()


def second_step_taken(provider: Provider, identity: Identity) -> bool:
    """Whether the provider has seen to more than a password. What it does not say has not happened."""
    said = identity.acr in provider.acr or bool(set(identity.amr) & set(provider.amr))
    return provider.second_step or said
