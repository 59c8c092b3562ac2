"""What is said between us and a provider of identities: OpenID Connect, authorization code with PKCE, state and nonce.

It knows no page and no account. Every answer of the provider is checked here, and what is not right is refused with a
category alone: nothing that it said about anybody gets into an exception or a log.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from portal.domain.sign_in import Identity, NotLetIn, Provider

SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Keys of which the provider alone has the private half. "none" and a shared secret are no proof of who signed."""

WAITS_SECONDS = 10
KNOWN_FOR = timedelta(hours=1)
"""How long its addresses and keys are believed. A key that is not among them is asked for at once."""

CLOCKS_DIFFER_SECONDS = 60
LONGEST_SUBJECT = 255
"""Characters (Core 2)."""

DOCUMENT = "/.well-known/openid-configuration"


class NotSignedIn(Exception):
    """The provider did not say who somebody is, or not so that we believe it. `why` is all that is told of it."""

    def __init__(self, why: NotLetIn) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one try to sign in is known by. It is kept by the browser that began, and never shown to the provider
    before its time: `verifier` proves that whoever brings the code is whoever asked for it."""

    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)

    @classmethod
    def new(cls) -> Attempt:
        return cls(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(64))


@dataclass(slots=True)
class _Known:
    """What one provider has told about itself, and when."""

    addresses: Mapping[str, Any]
    at: datetime
    keys: KeySet | None = None

    def is_fresh(self, now: datetime) -> bool:
        return timedelta(0) <= now - self.at < KNOWN_FOR


class Providers:
    """The providers of this process, and what they have told about themselves."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def way_in(self, provider: Provider, attempt: Attempt, back_to: str, *, now: datetime) -> str:
        """The address at which somebody says who they are. Raises NotSignedIn."""
        known = self._about(provider, now)
        with _session(provider, known, secret="", back_to=back_to) as session:
            address, _state = session.create_authorization_url(
                known.addresses["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
                **_asked_of(provider, known),
            )
        return str(address)

    def way_out(self, provider: Provider, *, now: datetime) -> str | None:
        """The address at which somebody signs out of the provider too, if it has one. Raises NotSignedIn."""
        found = self._about(provider, now).addresses.get("end_session_endpoint")
        return str(found) if found else None

    def identity(
        self, provider: Provider, attempt: Attempt, code: str, *, secret: str, back_to: str, now: datetime
    ) -> Identity:
        """Who it is that has come back with this code. Raises NotSignedIn."""
        known = self._about(provider, now)
        with _session(provider, known, secret=secret, back_to=back_to) as session:
            token = _exchange(session, known, code, attempt)
            claims = self._claims(provider, known, token, attempt, now)
            told = _completed(session, provider, known, claims)
        return identity_of(provider, told)

    def _about(self, provider: Provider, now: datetime) -> _Known:
        known = self._known.get(provider.issuer)
        if known is None or not known.is_fresh(now):
            known = _Known(_discover(provider), now)
            self._known[provider.issuer] = known
        return known

    def _claims(
        self, provider: Provider, known: _Known, token: Mapping[str, Any], attempt: Attempt, now: datetime
    ) -> Mapping[str, Any]:
        """What the ID token says, once it was seen to be for us, from it, of now and of this try (Core 3.1.3.7)."""
        try:
            signed = _read(str(token["id_token"]), self._keys(known)) or _read(
                str(token["id_token"]), self._keys(known, anew=True)
            )
            if signed is None:
                raise NotSignedIn(NotLetIn.NOT_BELIEVED)
            claims = CodeIDToken(
                signed.claims,
                signed.header,
                {
                    "iss": {"essential": True, "value": provider.issuer},
                    "aud": {"essential": True, "value": provider.client_id},
                    "nonce": {"essential": True, "value": attempt.nonce},
                },
                {"client_id": provider.client_id, "nonce": attempt.nonce, "access_token": token.get("access_token")},
            )
            claims.validate(now=int(now.timestamp()), leeway=CLOCKS_DIFFER_SECONDS)
        except (JoseError, KeyError, TypeError, ValueError):
            raise NotSignedIn(NotLetIn.NOT_BELIEVED) from None
        return claims

    def _keys(self, known: _Known, *, anew: bool = False) -> KeySet:
        if known.keys is None or anew:
            with OAuth2Session(default_timeout=WAITS_SECONDS) as session:
                known.keys = KeySet.import_key_set(_get(session, str(known.addresses["jwks_uri"])))
        return known.keys


def _session(provider: Provider, known: _Known, *, secret: str, back_to: str) -> OAuth2Session:
    offered = known.addresses.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return OAuth2Session(
        provider.client_id,
        secret,
        token_endpoint_auth_method="client_secret_basic" if "client_secret_basic" in offered else "client_secret_post",
        scope=" ".join(provider.scopes),
        redirect_uri=back_to,
        code_challenge_method="S256",
        default_timeout=WAITS_SECONDS,
    )


def _asked_of(provider: Provider, known: _Known) -> dict[str, str]:
    """That it should see to the second step, where it can be told what we take for one, and say so (Core 5.5.1)."""
    asked = {"acr_values": " ".join(provider.acr)} if provider.acr else {}
    if known.addresses.get("claims_parameter_supported") is True:
        asked["claims"] = json.dumps({"id_token": {"acr": None, "amr": None}})
    return asked


def _discover(provider: Provider) -> Mapping[str, Any]:
    """The provider's own description, if it is its own and every address in it is safe."""
    with OAuth2Session(default_timeout=WAITS_SECONDS) as session:
        told = _get(session, provider.issuer.rstrip("/") + DOCUMENT)
    safe = urlsplit(provider.issuer).scheme
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    offered = [*needed, *(name for name in ("userinfo_endpoint", "end_session_endpoint") if name in told)]
    if told.get("issuer") != provider.issuer or any(urlsplit(str(told.get(each))).scheme != safe for each in offered):
        raise NotSignedIn(NotLetIn.NOT_BELIEVED)
    return told


def _get(session: OAuth2Session, address: str, **headers: str) -> Mapping[str, Any]:
    """An object that the provider gives. Redirects are not followed: what it says of itself stands where it said."""
    try:
        answer = session.get(address, withhold_token=True, allow_redirects=False, headers=headers)
        answer.raise_for_status()
        told = answer.json()
    except RequestException:
        raise NotSignedIn(NotLetIn.DOWN) from None
    if not isinstance(told, dict):
        raise NotSignedIn(NotLetIn.NOT_BELIEVED)
    return told


def _exchange(session: OAuth2Session, known: _Known, code: str, attempt: Attempt) -> Mapping[str, Any]:
    """The tokens for a code, which works once and for a short while."""
    try:
        token: Mapping[str, Any] = session.fetch_token(
            known.addresses["token_endpoint"],
            grant_type="authorization_code",
            code=code,
            code_verifier=attempt.verifier,
            allow_redirects=False,
        )
    except OAuthError as error:
        raise NotSignedIn(NotLetIn.EXPIRED if error.error == "invalid_grant" else NotLetIn.DOWN) from None
    except (RequestException, ValueError):
        raise NotSignedIn(NotLetIn.DOWN) from None
    return token


def _read(text: str, keys: KeySet) -> jwt.Token | None:
    """The token, if one of these keys signed it."""
    try:
        return jwt.decode(text, keys, algorithms=list(SIGNED_WITH))
    except (JoseError, ValueError):
        return None


def _completed(
    session: OAuth2Session, provider: Provider, known: _Known, claims: Mapping[str, Any]
) -> Mapping[str, Any]:
    """With what the provider says of the same person at its other address, where the ID token has not all of it."""
    address = known.addresses.get("userinfo_endpoint")
    if not address or ("email" in claims and provider.groups_claim in claims):
        return claims
    more = _get(session, str(address), Authorization=f"Bearer {session.token['access_token']}")
    if more.get("sub") != claims["sub"]:
        raise NotSignedIn(NotLetIn.NOT_BELIEVED)
    # Who it is and how they showed it is said in what was signed, and nowhere else.
    return {**more, **claims}


def identity_of(provider: Provider, told: Mapping[str, Any]) -> Identity:
    """What claims say of somebody; whatever has another shape than it should says nothing. Raises NotSignedIn where
    they do not say who it is."""
    email, subject = told.get("email"), told.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise NotSignedIn(NotLetIn.NOT_BELIEVED)
    acr = told.get("acr")
    return Identity(
        issuer=provider.issuer,
        subject=subject,
        email=email if isinstance(email, str) else "",
        email_checked=told.get("email_verified") is True and isinstance(email, str) and "@" in email,
        groups=_texts(told.get(provider.groups_claim)),
        acr=acr if isinstance(acr, str) else "",
        amr=_texts(told.get("amr")),
    )


def _texts(value: Any) -> tuple[str, ...]:
    """Some providers give one group as a text instead of a list of one."""
    if isinstance(value, str):
        return (value,)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()
