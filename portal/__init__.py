"""A complaints portal for residents of social landlords.

`create_app` is the one place where every room meets: rules (`domain`), policies (`landlords`), what is
remembered (`records`), what people do (`actions`), letters (`post`) and pages (`web`). Each room's own first
lines say what it must not know.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from portal.clock import Clock
    from portal.settings import MailServer, Settings

# Several fields of 100,000 characters of four bytes, each written as three: told kindly, not cut off.
LARGEST_REQUEST = 4 * 1024 * 1024


def create_app(settings: Settings, clock: Clock | None = None) -> Flask:
    """The application for one installation. `clock` replaces the wall clock in tests."""
    from werkzeug.middleware.proxy_fix import ProxyFix

    from portal import landlords, letterbox, web
    from portal.clock import Clock
    from portal.records.database import Database
    from portal.records.files import store_at
    from portal.web.errors import DiscreetFlask

    app = DiscreetFlask("portal", static_folder=None, template_folder=None)
    app.config.update(_flask_config(settings))
    app.extensions["settings"] = settings
    app.extensions["clock"] = clock or Clock(settings.clock)
    app.extensions["database"] = Database(settings.database_url)
    app.extensions["files"] = store_at(settings.files_place)
    landlords.load(settings.landlord_files, settings.landlords)
    web.register(app)
    letterbox.register(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    return app


def _flask_config(settings: Settings) -> dict[str, object]:
    https = settings.base_url.startswith("https://")
    return {
        "SECRET_KEY": settings.secret_key,
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_REQUEST,
        "TEMPLATES_AUTO_RELOAD": False,
        "SESSION_COOKIE_NAME": "__Host-portal" if https else "portal",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        # Over https the library wants a Referer too, which our pages ask browsers not to send. The token and the
        # cookie's SameSite stand against forged forms without it.
        "WTF_CSRF_SSL_STRICT": False,
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: nobody is told that a form is too old
        "PREFERRED_URL_SCHEME": "https" if https else "http",
        "RATELIMIT_STORAGE_URI": settings.redis_url or "memory://",
        "BABEL_DEFAULT_LOCALE": "en_GB",
        "BABEL_DEFAULT_TIMEZONE": "Europe/London",
        **_mail_config(settings.mail, settings.mail_from),
    }


def _mail_config(server: MailServer | None, sender: str) -> dict[str, object]:
    """Flask-Mail's own names. Without a server it keeps letters to itself."""
    if server is None:
        return {"MAIL_DEFAULT_SENDER": sender, "MAIL_SUPPRESS_SEND": True}
    return {
        "MAIL_DEFAULT_SENDER": sender,
        "MAIL_SERVER": server.host,
        "MAIL_PORT": server.port,
        "MAIL_USE_TLS": server.tls == "starttls",
        "MAIL_USE_SSL": server.tls == "tls",
        "MAIL_USERNAME": server.user,
        "MAIL_PASSWORD": server.password,
    }
