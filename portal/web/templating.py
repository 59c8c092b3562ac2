"""Where templates are found, and how: compiled once, and never looked at again while the server runs."""

from babel import Locale
from flask import Flask
from flask_babel import get_locale
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader

from portal.paths import folder

DEFAULT_LOCALE = Locale("en", "GB")
LIBRARIES = ("govuk_frontend_jinja", "govuk_frontend_wtf")


def register(app: Flask) -> None:
    """Our templates first, then the component library's under its own name."""
    libraries = PrefixLoader({name: PackageLoader(name) for name in LIBRARIES})
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder("templates")), libraries])
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, "cache_size": -1}
    app.context_processor(language)


def language() -> dict[str, str]:
    """The language of the page and the direction that it is read in."""
    locale = get_locale() or DEFAULT_LOCALE
    return {"page_language": str(locale).replace("_", "-"), "page_direction": locale.text_direction}
