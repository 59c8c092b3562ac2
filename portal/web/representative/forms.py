"""What members of an office fill in."""

from __future__ import annotations

from datetime import date

from wtforms import HiddenField
from wtforms.validators import DataRequired, Email, Optional, ValidationError

from portal.domain import references
from portal.domain.events import ReplyBy, SafeContact
from portal.domain.policy import Channel
from portal.domain.representation import ROWS, NewRepresentative
from portal.domain.representative_kinds import AskedBy, AuthorityScope, ReplyTo
from portal.domain.submission import Submission
from portal.records.offices import Office
from portal.web.easier_fields import AsksWhatIsEasierForThem, interpreting_in, kinds_chosen
from portal.web.fields import AnyOf, Line, OneOf
from portal.web.person_fields import Language, person_in
from portal.web.resident.forms import ResidentForm
from portal.web.staff.fields import line, words
from portal.web.wording import language
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices

REACHED_BY = {
    ReplyBy.EMAIL: ("email", SafeContact.NO_EMAIL),
    ReplyBy.POST: ("address", SafeContact.NO_POST),
    ReplyBy.PHONE: ("phone", None),
}
"""What a way to reach somebody needs, and what would rule it out."""


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


class ComplainForResident(AsksWhatIsEasierForThem, ResidentForm):
    """One page for somebody with many of them. Only what happened is needed (Code 1.2)."""

    once = HiddenField()
    asked_by = OneOf(
        _l("Did the resident ask you to act?"),
        [
            (AskedBy.RESIDENT.value, _l("Yes, the resident asked us")),
            (AskedBy.SOMEBODY_ELSE.value, _l("No, somebody else asked us")),
            (AskedBy.NOT_SAID.value, _l("I do not know")),
        ],
        description=_l("We receive the complaint either way. What we may tell you depends on it."),
        default=AskedBy.NOT_SAID.value,
    )
    wants = AnyOf(
        _l("What would you like to be told, or to do?"),
        choices((AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY, AuthorityScope.MEETINGS, AuthorityScope.DECIDE)),
        default=(AuthorityScope.PROGRESS.value, AuthorityScope.FULL_REPLY.value),
    )
    reply_to = OneOf(
        _l("Where should our letters go?"),
        [
            (ReplyTo.BOTH.value, _l("To the resident and to your office")),
            (ReplyTo.REPRESENTATIVE.value, _l("To your office")),
            (ReplyTo.RESIDENT.value, _l("To the resident")),
        ],
        default=ReplyTo.BOTH.value,
    )
    own_reference = line(_l("Your own reference"), hint=_l("It stands in your list and in our letters to you."))
    what_happened = words(
        _l("What happened?"),
        _l("Tell us what happened. A few words are enough"),
        hint=_l("In the resident’s words, or as you wrote it to us."),
    )
    hazard = AnyOf(
        _l("Could it hurt somebody?"),
        [("yes", _l("Yes, something is dangerous, or makes somebody ill"))],
        description=_l("If it is urgent, call for help first. Ticking it holds nothing up."),
    )
    outcome_wanted = words(_l("What would put it right?"))
    name = line(_l("The resident’s name"))
    address = words(_l("Their address"))
    postcode = line(_l("Postcode"), longest=20)
    email = line(
        _l("Their email address"),
        longest=254,
        checks=[Optional(), Email(_l("Enter an email address in the right form, like name@example.com"))],
    )
    phone = line(_l("Their phone number"), longest=100)
    reply_by = OneOf(
        _l("How should we write to the resident?"),
        choices(ReplyBy),
        description=_l("The resident hears from us too, unless you tell us that this is not safe."),
        default=ReplyBy.NONE.value,
    )
    language = Language(_l("In which language should we write to the resident?"))
    safe_contact = AnyOf(_l("Is there anything that we must not do, so that they are safe?"), choices(SafeContact))

    def offer(self, office: Office) -> None:
        """What somebody in their capacity can be given."""
        most = ROWS[office.kind].most
        self.wants.choices = [each for each in self.wants.choices if AuthorityScope(each.value) in most]

    def validate_reply_by(self, field: OneOf) -> None:
        """A way that was chosen must lead somewhere, and be safe."""
        needs, unsafe = REACHED_BY.get(field.data or "", ("", None))
        if needs and not self[needs].data:
            raise ValidationError(_l("To reach them in this way, give us the address or the number below"))
        if unsafe and unsafe in (self.safe_contact.data or ()):
            raise ValidationError(_l("You ticked that this way is not safe. Choose another one"))

    def submission(self, today: date) -> Submission:
        """What was filled in, as the domain takes it."""
        return Submission(
            what_happened=self.what_happened.data or "",
            channel=Channel.ONLINE.value,
            received_on=today,
            person=person_in(self),
            outcome_wanted=self.outcome_wanted.data or "",
            adjustments=kinds_chosen(self),
            adjustment_words=self.adjustment_words.data or "",
            interpreting=interpreting_in(self),
            reply_by=ReplyBy(self.reply_by.data or ReplyBy.NONE),
            safe_contact=tuple(SafeContact(each) for each in self.safe_contact.data or ()),
            hazard=bool(self.hazard.data),
        )

    def representative(self, office: Office, member: str) -> NewRepresentative:
        """What they say; which office it is follows from who signed in."""
        return NewRepresentative(
            capacity=office.kind,
            asked_by=AskedBy(self.asked_by.data or AskedBy.NOT_SAID),
            name=member,
            organisation=office.name,
            email=office.email,
            own_reference=self.own_reference.data or "",
            wants=tuple(AuthorityScope(each) for each in self.wants.data or ()),
            reply_to=ReplyTo(self.reply_to.data or ReplyTo.BOTH),
            language=language(),
        )
