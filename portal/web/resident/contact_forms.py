"""What residents fill in to reach us about a complaint that is under way."""

from __future__ import annotations

from wtforms.validators import DataRequired

from portal.domain.events import CallTime
from portal.domain.messages import LONGEST
from portal.web.fields import AnyOf, Line, OneOf, Words
from portal.web.resident.forms import SHORTER, ResidentForm
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices


class WriteMessage(ResidentForm):
    words = Words(
        _l("Your message"),
        LONGEST,
        description=_l("Ask us something, tell us more, or correct us. It goes to whoever handles your complaint."),
        validators=[DataRequired(_l("Write your message"))],
    )


class AskForCall(ResidentForm):
    phone = Line(
        _l("Which number should we call?"),
        100,
        _l("The phone number must be 100 characters or fewer"),
        description=_l("We use it for this call."),
        validators=[DataRequired(_l("Enter the phone number that we should call, like 01632 960 001"))],
    )
    times = AnyOf(
        _l("When is a call good?"),
        choices(CallTime),
        description=_l("Choose as many as you like. We call on working days."),
        validators=[DataRequired(_l("Choose when a call is good"))],
    )
    voicemail = OneOf(
        _l("If you do not answer, may we leave a message?"),
        [("yes", _l("Yes")), ("no", _l("No, and do not tell anybody else who is calling"))],
        default="no",
    )
    words = Words(
        _l("Is there anything that we should know before we call?"),
        SHORTER,
        description=_l(
            "For example which day is best, what it is about, or let it ring for long. You can leave it empty."
        ),
    )


class NewIssue(ResidentForm):
    words = Words(
        _l("What else is wrong?"),
        LONGEST,
        description=_l("Tell us in your own words what happened and what would put it right."),
        validators=[DataRequired(_l("Tell us what is wrong. A few words are enough"))],
    )
