"""Signing in through the landlord's provider of identities, and out of it again.

All that begins here are links: a form that led to another address would be stopped by the browser (`form-action`).
"""

from __future__ import annotations

import hmac
from urllib.parse import urlencode

import structlog
from flask import Flask, Response, abort, current_app, session, url_for
from flask.blueprints import BlueprintSetupState
from flask_login import current_user
from htmx_flask import request
from itsdangerous import BadSignature, SignatureExpired, TimestampSigner

from portal.actions.sign_in_through_provider import sign_in_through_provider
from portal.clock import current_clock
from portal.domain.sign_in import Identity, NotLetIn, Provider, second_step_taken
from portal.records.queries import actor_of
from portal.web.access import public
from portal.web.account import second_step
from portal.web.account.blueprint import blueprint
from portal.web.account.forms import GoOn, SignIn
from portal.web.account.going_on import begin_at, go_on, local
from portal.web.account.provider import Attempt, NotSignedIn, Providers
from portal.web.account.security import read_anew, sign_in, signed_in
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.limits import limiter, source
from portal.web.whose import current_landlord

log = structlog.get_logger("portal.web")

TRY = "provider_try"
SECONDS = 10 * 60
"""How long somebody may take at the provider."""

FROM_ONE_SOURCE = limiter.shared_limit("60 per 15 minutes", scope="provider", key_func=source)
"""Each try costs a request to the provider."""

STATUS = {
    NotLetIn.DOWN: 503,
    NotLetIn.WRONG_STATE: 400,
    NotLetIn.EXPIRED: 400,
}
"""Of the page that says why not; 403 for all others."""


WORTH_ANOTHER_TRY = frozenset({*STATUS, NotLetIn.DENIED, NotLetIn.NOT_BELIEVED})


def register(app: Flask) -> None:
    app.extensions["providers"] = Providers()


def came_through() -> bool:
    """Whether whoever is signed in now is known by the provider that their landlord has."""
    provider = current_landlord().sign_in.provider
    if provider is None or not current_user.is_authenticated:
        return False
    return bool(current_user.provider_issuer == provider.issuer and current_user.provider_subject)


@blueprint.get("/sign-in/provider")
@public
@FROM_ONE_SOURCE
def begin_at_provider() -> Response:
    """On to the provider. What the browser keeps meanwhile shows that it was the same that comes back."""
    provider, attempt = _provider(), Attempt.new()
    try:
        address = _providers().way_in(provider, attempt, _back(), now=current_clock().now())
    except NotSignedIn as no:
        return _not_let_in(no.why)
    session[TRY] = {
        "state": _signer().sign(attempt.state).decode(),
        "nonce": attempt.nonce,
        "verifier": attempt.verifier,
        "next": local(request.args.get("next", "")),
    }
    return see_other(address)


@blueprint.get("/sign-in/provider/back")
@public
@FROM_ONE_SOURCE
def back_from_provider() -> Response:
    """With a code, which works once, and only for the browser that began."""
    provider, kept = _provider(), session.pop(TRY, {})
    try:
        attempt = _attempt(provider, kept)
        identity = _providers().identity(
            provider,
            attempt,
            request.args.get("code", ""),
            secret=current_app.extensions["settings"].provider_secret(current_landlord().key),
            back_to=_back(),
            now=current_clock().now(),
        )
    except NotSignedIn as no:
        return _not_let_in(no.why)
    return _let_in(provider, identity, kept["next"])


def _attempt(provider: Provider, kept: dict[str, str]) -> Attempt:
    """The try that this is the end of. Raises NotSignedIn where it is none of this browser, or nobody agreed to it."""
    try:
        state = _signer().unsign(kept.get("state", ""), max_age=SECONDS).decode()
    except SignatureExpired:
        raise NotSignedIn(NotLetIn.EXPIRED) from None
    except BadSignature:
        raise NotSignedIn(NotLetIn.WRONG_STATE) from None
    told = request.args
    issuer = told.get("iss", provider.issuer)  # RFC 9207: of a provider that says which it is
    if not hmac.compare_digest(state.encode(), told.get("state", "").encode()) or issuer != provider.issuer:
        raise NotSignedIn(NotLetIn.WRONG_STATE)
    if not told.get("code"):
        raise NotSignedIn(NotLetIn.DENIED if told.get("error") == "access_denied" else NotLetIn.DOWN)
    return Attempt(state, kept["nonce"], kept["verifier"])


def _let_in(provider: Provider, identity: Identity, target: str) -> Response:
    landlord = current_landlord().key
    key, now = current_app.extensions["settings"].secret_key, current_clock().now()
    with database().unit_of_work() as unit:
        found = sign_in_through_provider(unit, landlord, provider, identity, secret_key=key, now=now)
        user_id = None if isinstance(found, NotLetIn) else found.id
    if isinstance(found, NotLetIn):
        return _not_let_in(found)
    user = read_anew(user_id or 0) or abort(404)
    taken = second_step_taken(provider, identity)
    if not taken and second_step.needs_it(user):
        return second_step.ask(user, target, "")
    sign_in(user, second=taken)
    return see_other(begin_at(actor_of(user), target))


@blueprint.get("/signed-out")
@public
def signed_out() -> Response:
    """Signed out here; the provider still knows them, which matters on a computer that others use."""
    provider = _provider()
    try:
        address = _providers().way_out(provider, now=current_clock().now())
    except NotSignedIn as no:
        log.warning("provider", why=no.why.value)
        address = None
    return page("account/signed_out.html", provider=provider, address=address and _with_return(address, provider))


def _with_return(address: str, provider: Provider) -> str:
    """Without the ID token as a hint: it says who somebody is, and an address is kept by everything it passes."""
    told = {"client_id": provider.client_id, "post_logout_redirect_uri": _here("account.sign_in_page")}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(told)}"


@blueprint.post("/sign-in/go-on")
@public
def go_on_with_words() -> Response:
    """For whoever was writing when their session ended, and has signed in on another tab. Nothing is done by it."""
    form, actor = GoOn(), signed_in()
    if actor is not None:
        return go_on(form, actor)
    again = SignIn(formdata=None)
    again.next.data, again.kept.data = form.next.data, form.kept.data
    return page("account/sign_in.html", form=again, ended=True, status=401)


def _on_setup(state: BlueprintSetupState) -> None:
    state.app.extensions["csrf"].exempt(f"{go_on_with_words.__module__}.{go_on_with_words.__name__}")


blueprint.record_once(_on_setup)


def _not_let_in(why: NotLetIn) -> Response:
    """A plain page. In the log stands the category, and nothing that the provider has said."""
    log.warning("provider", why=why.value)
    status, provider = STATUS.get(why, 403), current_landlord().sign_in.provider
    return page("account/not_let_in.html", status=status, why=why, again=why in WORTH_ANOTHER_TRY, provider=provider)


def _provider() -> Provider:
    return current_landlord().sign_in.provider or abort(404)


def _providers() -> Providers:
    found: Providers = current_app.extensions["providers"]
    return found


def _back() -> str:
    return _here("account.back_from_provider")


def _here(endpoint: str) -> str:
    """The address as the provider has it written down."""
    base: str = current_app.extensions["settings"].base_url
    return base + url_for(endpoint)


def _signer() -> TimestampSigner:
    return TimestampSigner(current_app.secret_key or "", salt="provider-sign-in")
