"""What somebody types to sign in."""

from __future__ import annotations

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput
from wtforms import HiddenField, PasswordField
from wtforms.validators import DataRequired, Length

from portal.web.fields import Line
from portal.web.wording import lazy_gettext as _l

LONGEST_PASSWORD = 1_000
TOO_LONG = _l("This is longer than any that we have")


class SignIn(FlaskForm):
    """`next` is where to go then; `kept` is what somebody had typed when their session ended, as JSON."""

    email = Line(
        _l("Email address"),
        255,
        TOO_LONG,
        validators=[DataRequired(_l("Enter your email address"))],
        render_kw={"autocomplete": "username", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        [DataRequired(_l("Enter your password")), Length(max=LONGEST_PASSWORD, message=TOO_LONG)],
        widget=GovPasswordInput(),
    )
    next = HiddenField()
    kept = HiddenField()
