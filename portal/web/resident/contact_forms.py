"""What residents fill in to reach us about a complaint that is under way."""

from __future__ import annotations

from wtforms.validators import DataRequired

from portal.domain.contact import Contact
from portal.domain.events import ReplyBy, SafeContact
from portal.domain.feedback_events import Rating
from portal.domain.message_events import CallTime
from portal.domain.messages import LONGEST
from portal.web.fields import AnyOf, Line, OneOf, Words
from portal.web.person_fields import Language
from portal.web.resident.forms import SHORTER, ReplyTo, ResidentForm
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices

YES_OR_NO = [("yes", _l("Yes")), ("no", _l("No"))]


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


class ChangeContact(ReplyTo):
    """The questions of a new complaint, with what we have filled in."""

    postcode = Line(_l("Postcode"), 20, _l("Your postcode must be 20 characters or fewer"))

    language = Language(
        _l("In which language should we write to you?"),
        description=_l("What you and our staff write themselves stays as it is written."),
    )

    PARTS = ("reply_by", "email", "phone", "address", "postcode", "safe_contact")

    def contact(self) -> Contact:
        return Contact(
            reply_by=ReplyBy(self.reply_by.data),
            email=self.email.data or "",
            phone=self.phone.data or "",
            address=self.address.data or "",
            postcode=self.postcode.data or "",
            safe_contact=tuple(SafeContact(each) for each in self.safe_contact.data or ()),
        )


class WithdrawOwn(ResidentForm):
    words = Words(
        _l("Is there anything that you want to tell us?"),
        SHORTER,
        description=_l("You do not have to say why. You can leave it empty."),
    )


class ReportRemedy(ResidentForm):
    which = OneOf(_l("What is it about?"), (), validators=[DataRequired(_l("Choose what it is about"))])
    done = OneOf(_l("Was it done?"), YES_OR_NO, validators=[DataRequired(_l("Choose whether it was done"))])
    words = Words(
        _l("Anything that you want to tell us about it"),
        SHORTER,
        description=_l("For example what is still missing. You can leave it empty."),
    )


class GiveFeedback(ResidentForm):
    easy = OneOf(_l("Was it easy to complain to us?"), choices(Rating))
    listened = OneOf(_l("Did we listen to you?"), choices(Rating))
    words = Words(_l("Anything that we could do better"), SHORTER, description=_l("You can leave it empty."))
