"""Who sees what: pages for residents, representatives' offices and staff. Flask lives here.

It may import `domain`, `landlords`, `records.queries`, `records.database.unit_of_work`, `evidence` and `actions`;
it must not know SQL, how a deadline is reckoned, how letters are made (`post`), or the tables (`records.models`).
Every route is refused until it says who may use it (`access.py`).
"""

from flask import Flask
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from htmx_flask import Htmx

from portal.web import (
    about,
    access,
    access_log,
    assets,
    errors,
    filters,
    headers,
    languages,
    limits,
    logs,
    templating,
    uploads,
    whose,
    wording,
    words,
)
from portal.web.account import authenticator, provider_sign_in, security
from portal.web.account.routes import blueprint as account
from portal.web.account.routes import sign_in_first
from portal.web.acting.routes import blueprint as acting
from portal.web.demo.routes import blueprint as demo
from portal.web.representative import presence
from portal.web.representative.routes import blueprint as representative
from portal.web.resident import visit
from portal.web.resident.routes import blueprint as resident
from portal.web.staff.routes import blueprint as staff

BLUEPRINTS = (about.blueprint, account, acting, representative, resident, staff)


def register(app: Flask) -> None:
    """Give the application its pages, and what every page has in common.

    The order matters: the request is timed first, then its landlord is known, then access is decided.
    """
    templating.register(app)
    Babel(app, locale_selector=languages.chosen)
    wording.register(app)
    Htmx(app)
    WTFormsHelpers(app)
    logs.register(app)
    whose.register(app)
    languages.register(app)
    authenticator.register(app)
    security.register(app)
    provider_sign_in.register(app)
    access.register(app)
    access_log.register(app)
    for pages in ("staff", "account"):
        access.recognise(app, pages, who=security.signed_in, sign_in=sign_in_first)
    access.recognise(app, "resident", who=visit.visitor, sign_in="resident.track")
    access.recognise(app, "acting", who=visit.representative, sign_in="resident.track")
    access.recognise(app, "representative", who=presence.member, sign_in="representative.sign_in")
    uploads.register(app)  # before a form is read to look for its token
    CSRFProtect(app)
    for each in (limits, assets, errors, filters, headers, words):
        each.register(app)
    _register_blueprints(app)


def _register_blueprints(app: Flask) -> None:
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if app.extensions["settings"].demo:
        app.register_blueprint(demo)
