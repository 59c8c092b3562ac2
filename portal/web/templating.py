"""Where templates are found, and how: compiled once, and never looked at again while the server runs."""

from collections import ChainMap
from collections.abc import KeysView, Mapping, MutableMapping
from types import FunctionType
from typing import Any

from flask import Flask, current_app
from flask.templating import Environment as FlaskEnvironment
from govuk_frontend_wtf.gov_form_base import GovFormBase
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from portal.paths import folder
from portal.translation import read_in
from portal.web.wording import gettext, language, said

LIBRARIES = ("govuk_frontend_jinja", "govuk_frontend_wtf")


class QuickGlobals(ChainMap[str, Any]):
    """What every template knows. Jinja asks for the names at each import of a macro, dozens of times a page."""

    def keys(self) -> KeysView[str]:
        return {**self.maps[1], **self.maps[0]}.keys()


class QuickContext(Context):
    """Jinja's, which looks long at each macro and function to find out whether it wants to know of the context."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        kind = type(called)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind is not FunctionType or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(*args, **kwargs)


class Environment(FlaskEnvironment):
    """Flask's, with globals whose names are quickly told: a seventh of the time of a form page."""

    context_class = QuickContext

    def make_globals(self, own: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return QuickGlobals({} if own is None else own, self.globals)


def render_field(widget: GovFormBase, params: Mapping[str, Any]) -> Markup:
    """A field of a form from its parameters alone: the library fills in what every whole page knows, for each field."""
    if "errorMessage" in params:
        wrong = params["errorMessage"]
        told = {**wrong, "text": said(wrong["text"]), "visuallyHiddenText": gettext("Error")}
        params = {**params, "errorMessage": told}
    template = current_app.jinja_env.get_template(widget.template)
    return Markup(template.render(params=params))  # noqa: S704  the library's own templates, which escape


def register(app: Flask) -> None:
    """Our templates first, then the component library's under its own name."""
    assert "jinja_env" not in vars(app), "a filter was added before this: templates were made without what follows"
    app.jinja_environment = Environment
    GovFormBase.render = render_field
    libraries = PrefixLoader({name: PackageLoader(name) for name in LIBRARIES})
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder("templates")), libraries])
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True, "cache_size": -1}
    app.context_processor(lambda: read_in(language()))
