"""What somebody fills in who comes back: to what they were writing, or to a complaint whose code they have lost."""

from __future__ import annotations

from wtforms.validators import DataRequired, Email, Optional, ValidationError

from portal.domain import references
from portal.domain.events import Person
from portal.web.fields import AnyOf, Line
from portal.web.resident.forms import ResidentForm
from portal.web.wording import lazy_gettext as _l

CODE_HINT = _l("It has 16 letters and numbers. Capitals, spaces and dashes do not matter.")


def _code(label: object, missing: object) -> Line:
    too_long = _l("A code has 16 letters and numbers, in four groups of four")
    return Line(label, 60, too_long, validators=[DataRequired(missing), _well_formed], description=CODE_HINT)


def _well_formed(_form: object, field: Line) -> None:
    if references.code_from(field.data) is None:
        raise ValidationError(_l("Check the code: one of its letters or numbers is missing or wrong"))


def _reference() -> Line:
    return Line(
        _l("Your reference"),
        60,
        _l("A reference has 8 letters and numbers, like H4KM-73QT"),
        validators=[DataRequired(_l("Enter your reference")), _is_reference],
        description=_l("It has 8 letters and numbers, like H4KM-73QT. It is on every letter."),
    )


def _is_reference(_form: object, field: Line) -> None:
    if references.reference_from(field.data) is None:
        raise ValidationError(_l("Check the reference: one of its letters or numbers is missing or wrong"))


class ComeBack(ResidentForm):
    code = _code(_l("Your code to come back"), _l("Enter the code that we gave you to come back"))


class EmailLink(ResidentForm):
    email = Line(
        _l("Email address"),
        254,
        _l("The email address must be 254 characters or fewer"),
        validators=[
            DataRequired(_l("Enter the email address that we should send the link to")),
            Email(_l("Enter an email address in the right form, like name@example.com")),
        ],
        description=_l("We use it for this one email and for nothing else."),
    )


class LostCode(ResidentForm):
    reference = _reference()
    acting = AnyOf(
        _l("Do you act for somebody else in this complaint?"),
        [("yes", _l("Yes, and I have lost the code of my own"))],
        description=_l("Then we send it to the address that we have for you, and not to theirs."),
    )


class Slip(ResidentForm):
    reference = _reference()
    code = _code(_l("The code in our letter"), _l("Enter the code that is printed in our letter"))


class LostMemberCode(ResidentForm):
    """Of a group. One of email, phone, or name and postcode is enough, as they were given on joining or since."""

    reference = Line(
        _l("Reference of the complaint"),
        60,
        _l("A reference has 8 letters and numbers, like H4KM-73QT"),
        validators=[DataRequired(_l("Enter the reference")), _is_reference],
        description=_l("It has 8 letters and numbers, like H4KM-73QT. It is on every letter."),
    )
    email = Line(
        _l("Email address"),
        254,
        _l("The email address must be 254 characters or fewer"),
        validators=[Optional(), Email(_l("Enter an email address in the right form, like name@example.com"))],
    )
    phone = Line(_l("Phone number"), 100, _l("The phone number must be 100 characters or fewer"))
    name = Line(_l("Your name"), 300, _l("Your name must be 300 characters or fewer"))
    postcode = Line(_l("Postcode"), 20, _l("Your postcode must be 20 characters or fewer"))

    def person(self) -> Person:
        given = ("email", "phone", "name", "postcode")
        return Person(**{each: self[each].data or "" for each in given})
