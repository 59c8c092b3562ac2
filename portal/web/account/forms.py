"""What staff type to sign in, and to look after their own account."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput
from wtforms import HiddenField, PasswordField
from wtforms.validators import DataRequired, Length

from portal.domain.staff import LONGEST_PASSWORD, SHORTEST_PASSWORD
from portal.web.fields import Line
from portal.web.wording import lazy_gettext as _l

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


def secret(label: Any, asked: Any, *, hint: Any = "") -> PasswordField:
    """A box whose words are hidden until somebody asks to see them."""
    return PasswordField(
        label,
        [DataRequired(asked), Length(max=LONGEST_PASSWORD, message=TOO_LONG)],
        widget=GovPasswordInput(),
        description=hint,
    )


def a_code(label: Any, hint: Any) -> Line:
    """A code of an app, or one of those that somebody kept."""
    return Line(
        label,
        40,
        _l("This is longer than any code"),
        description=hint,
        validators=[DataRequired(_l("Enter the code"))],
        render_kw={"autocomplete": "one-time-code", "spellcheck": "false"},
    )


class GoOn(FlaskForm):
    """`next` and `kept` as when signing in, for whoever has signed in on another tab meanwhile."""

    class Meta:
        # The page is of the session that has ended, and what it sends is drawn again and done nowhere.
        csrf = False

    next = HiddenField()
    kept = HiddenField()


class SecondStep(FlaskForm):
    """`next` and `kept` as when signing in."""

    code = a_code(
        _l("Code"), _l("The 6 digits that your authenticator app shows now. Without it, one of your recovery codes.")
    )
    next = HiddenField()
    kept = HiddenField()


class SetUp(FlaskForm):
    code = a_code(_l("Code that the app shows now"), _l("6 digits."))
    next = HiddenField()
    kept = HiddenField()


class ChoosePassword(FlaskForm):
    password = secret(
        _l("New password"),
        _l("Enter a new password"),
        hint=_l("At least %(least)s characters. Three words that you can remember are good.", least=SHORTEST_PASSWORD),
    )


class ChangePassword(ChoosePassword):
    before = secret(_l("Your present password"), _l("Enter your present password"))


class Confirm(FlaskForm):
    """Who asks for something that would let a stranger in shows the code once more."""

    code = a_code(
        _l("Code"), _l("The 6 digits that your authenticator app shows now. Without it, one of your recovery codes.")
    )
