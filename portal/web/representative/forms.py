"""What members of an office fill in."""

from __future__ import annotations

from wtforms.validators import DataRequired, Email, ValidationError

from portal.domain import references
from portal.web.fields import Line
from portal.web.resident.forms import ResidentForm
from portal.web.wording import lazy_gettext as _l


class AskForCode(ResidentForm):
    email = Line(
        _l("Your official email address"),
        254,
        _l("The email address must be 254 characters or fewer"),
        validators=[
            DataRequired(_l("Enter your official email address")),
            Email(_l("Enter an email address in the right form, like name@example.com")),
        ],
        description=_l("The one that your office gave us for you. We send a code there."),
    )


class SignInCode(ResidentForm):
    code = Line(
        _l("The code in the email"),
        60,
        _l("A code has 12 letters and numbers, in three groups of four"),
        validators=[DataRequired(_l("Enter the code that is in the email"))],
        description=_l("It has 12 letters and numbers. Capitals, spaces and dashes do not matter."),
    )

    def validate_code(self, field: Line) -> None:
        if references.sign_in_code_from(field.data) is None:
            raise ValidationError(_l("Check the code: one of its letters or numbers is missing or wrong"))
