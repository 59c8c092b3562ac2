"""What staff fill in. A form says whether it is well formed; whether it is allowed, the action says."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Form, FormField, HiddenField
from wtforms.validators import Email, Optional, StopValidation, ValidationError

from portal.clock import current_clock
from portal.domain.anonymous import Known
from portal.domain.contact import Contact
from portal.domain.events import ExtensionReason, Finding, Link, Person, ReplyBy, SafeContact
from portal.domain.policy import Channel
from portal.domain.remedy_kinds import OwnDelay
from portal.domain.representation import NewRepresentative
from portal.domain.submission import Submission
from portal.web.acting_fields import AsksForWhom, AsksWhatYouMayDo, AsksWhoYouAre, representative_from
from portal.web.easier_fields import AsksWhatIsEasierForThem, interpreting_in, kinds_chosen
from portal.web.person_fields import Language, person_in
from portal.web.staff.fields import (
    MOST_ROWS,
    AnyOf,
    DateRemembered,
    Day,
    Lines,
    OneOf,
    Rows,
    Tick,
    line,
    needed,
    words,
)
from portal.web.staff.remedy_rows import RemedyRow
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices

CHANNELS = [each for each in Channel if each is not Channel.ONLINE]
"""How a complaint reaches staff; the online form is the resident's own."""


class StaffForm(FlaskForm):
    """A form about a case. `version` is that of the page which the person opened."""

    version = HiddenField()
    restored = False
    """Whether it is filled in with a draft, so that nothing else is put into its boxes."""

    def is_submitted(self) -> bool:
        return self.restored or super().is_submitted()

    @property
    def opened(self) -> int | None:
        """The version that the person answers, or None where the form does not say."""
        sent = self.version.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None

    @property
    def today(self) -> date:
        return current_clock().today()


class HowItCame(StaffForm):
    """The beginning of a complaint that staff type in."""

    once = HiddenField(_l("One sending of this form"))
    channel = OneOf(
        _l("How did it reach us?"), choices(CHANNELS), validators=[needed(_l("Choose how the complaint reached us"))]
    )
    received_on = Day(
        _l("The day it really reached us"),
        _l("Enter the day on which the complaint reached us"),
        description=_l(
            "The day of the call, or the day the letter arrived, even if nobody opened it. "
            "Every date is counted from this day."
        ),
    )
    name = line(_l("Name"), hint=_l("Leave it empty if they want to be anonymous."))


class HowReached(StaffForm):
    """How a resident is reached: what the way that is chosen needs has to be there, and it has to be safe."""

    address = words(_l("Address"), hint=_l("The home that this is about. Letters go there."))
    postcode = line(_l("Postcode"), longest=20)
    phone = line(_l("Phone number"), longest=100)
    email = line(
        _l("Email address"),
        longest=254,
        checks=[Optional(), Email(_l("Enter an email address like name@example.com"))],
    )
    reply_by = OneOf(
        _l("How do they want to hear from us?"), choices(ReplyBy), validators=[needed(_l("Choose how to reply"))]
    )
    language = Language(
        _l("In which language should we write to them?"),
        description=_l("What you and they write stays as it is written. You see each letter in English too."),
    )
    safe_contact = AnyOf(
        _l("Is there anything that we must not do, so that they are safe?"),
        choices(SafeContact),
        description=_l("Ask everybody: somebody else may read their post or their email. Nobody has to say why."),
    )

    NEEDED = {
        ReplyBy.EMAIL: ("email", _l("Enter the email address that we should write to")),
        ReplyBy.PHONE: ("phone", _l("Enter the phone number that we should call")),
        ReplyBy.POST: ("address", _l("Enter the address that we should write to")),
    }

    def validate(self, extra_validators: Any = None) -> bool:
        well_formed: bool = super().validate(extra_validators)
        return self._can_be_reached() and well_formed

    def _can_be_reached(self) -> bool:
        name, asked = self.NEEDED.get(self.reply_by.data or "", ("", ""))
        if not name or self[name].data:
            return True
        self[name].errors = [asked]
        return False

    UNSAFE = {ReplyBy.EMAIL: SafeContact.NO_EMAIL, ReplyBy.POST: SafeContact.NO_POST}

    def validate_safe_contact(self, field: Any) -> None:
        if self.UNSAFE.get(self.reply_by.data or "") in (field.data or ()):
            raise ValidationError(
                _l("This is the way that was chosen above. Choose another way, or take this tick away")
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


class RecordComplaint(AsksForWhom, AsksWhoYouAre, AsksWhatYouMayDo, AsksWhatIsEasierForThem, HowItCame, HowReached):
    """A complaint that came by phone, by post or in person: the resident's own questions on one page."""

    link = OneOf(_l("What is their link to us?"), choices(Link), default=Link.NOT_SAID.value)
    link_from = DateRemembered(_l("Since when?"), description=_l("The year alone is enough."))
    link_until = DateRemembered(_l("Until when, if that has ended?"))
    what_happened = words(
        _l("What happened?"),
        _l("Write down what happened, in the resident’s words"),
        hint=_l("In their words as far as you can. Read it back to them."),
    )
    hazard = AnyOf(
        _l("Could it hurt somebody?"),
        [("yes", _l("Yes, something is dangerous, or makes somebody ill"))],
        description=_l("If it is urgent, call for help first. Ticking it holds nothing up."),
    )
    happened_on = DateRemembered(_l("When did it happen?"), description=_l("The month and the year are enough."))
    aware_on = DateRemembered(_l("When did they find out, if that was later?"))
    outcome_wanted = words(_l("What would put it right for them?"))

    def person(self) -> Person:
        return person_in(self)

    def representative(self) -> NewRepresentative | None:
        """Who complains for the resident, if anybody does."""
        return representative_from({field.name: field.data for field in self if field.data})

    def submission(self, channel: str = "", received_on: date | None = None) -> Submission:
        """What was filled in, as the domain takes it; how and when it came, where the form does not ask for it."""
        return Submission(
            what_happened=self.what_happened.data or "",
            channel=channel or self.channel.data,
            received_on=received_on or self.received_on.data,
            person=self.person(),
            link=Link(self.link.data or Link.NOT_SAID),
            link_from=self.link_from.data,
            link_until=self.link_until.data,
            happened_on=self.happened_on.data,
            aware_on=self.aware_on.data,
            outcome_wanted=self.outcome_wanted.data or "",
            adjustments=kinds_chosen(self),
            adjustment_words=self.adjustment_words.data or "",
            interpreting=interpreting_in(self),
            reply_by=ReplyBy(self.reply_by.data),
            safe_contact=tuple(SafeContact(each) for each in self.safe_contact.data or ()),
            hazard=bool(self.hazard.data),
        )


class ComplainByMail(RecordComplaint):
    """A complaint that came by email: on which day is known, and what it says stands there to be completed."""

    channel = received_on = None
    what_happened = words(
        _l("What happened?"),
        _l("Write down what happened, in the resident’s words"),
        hint=_l("What they wrote. Leave their words as they are, and take out what is not about it."),
    )


class JoinPerson(RecordComplaint):
    """Who made an anonymous complaint: of the questions about a complaint, those about the person."""

    once = channel = received_on = None
    what_happened = happened_on = aware_on = outcome_wanted = None
    adjustments = adjustment_words = interpreter = interpreter_words = None

    identity_check = words(
        _l("How do you know that it is their complaint?"),
        _l("Say how you checked that it is their complaint"),
        hint=_l(
            "For example: they answered from the email address that was left, or told us about the home or the repair "
            "what only whoever lives there can know. The reference and the words of the complaint prove nothing: "
            "somebody else may have read them on the same device."
        ),
    )
    name = line(_l("Name"), _l("Enter the name of the person"))

    def known(self) -> Known:
        return Known(
            person=self.person(),
            reply_by=ReplyBy(self.reply_by.data),
            identity_check=self.identity_check.data or "",
            link=Link(self.link.data or Link.NOT_SAID),
            link_from=self.link_from.data,
            link_until=self.link_until.data,
            safe_contact=tuple(SafeContact(each) for each in self.safe_contact.data or ()),
        )


class ChooseLanguage(StaffForm):
    whose = OneOf(_l("To whom do we write?"), (), validators=[needed(_l("Choose to whom we write"))])
    language = Language(
        _l("In which language should we write to them?"), validators=[needed(_l("Choose the language of letters"))]
    )


class ConfirmContact(HowReached):
    """How a resident is reached, where somebody else told us."""

    how = words(
        _l("How do you know that this is how the resident is reached?"),
        _l("Say how you know that this is how the resident is reached"),
        hint=_l(
            "For example: it is what our record of the tenancy has, or you called the number there and asked. "
            "That whoever complained for them says so is not enough."
        ),
    )


class AssignHandler(StaffForm):
    handler_id = OneOf(_l("Who will handle this stage?"), (), validators=[needed(_l("Choose a person"))])
    no_conflict = Tick(_l("I have asked: this person has no conflict of interest in it, or an override was approved"))


class NameStaff(StaffForm):
    user_ids = AnyOf(
        _l("Who is the complaint about?"),
        (),
        description=_l("Whoever is named here can handle no stage of it. Leave all empty if nobody is named."),
    )


class Acknowledge(StaffForm):
    points = Lines(
        _l("The points of the complaint"),
        _l("Point"),
        boxes=3,
        hint=_l("What the complaint is about as you understand it, one matter in each box. Each will be answered."),
    )
    outcomes = Lines(
        _l("The outcomes that the resident is looking for"), _l("Outcome"), hint=_l("If it is unclear, ask them.")
    )
    responsible_for = Lines(_l("What we are responsible for"), _l("Responsible for"))
    not_responsible_for = Lines(
        _l("What we are not responsible for"),
        _l("Not responsible for"),
        hint=_l("And who is, if you know. Leave it empty if all of it is ours."),
    )
    why_still_dissatisfied = words(
        _l("Why the resident is still dissatisfied"),
        hint=_l("What you understand from what they have told us. They do not have to give reasons."),
    )


class Extend(StaffForm):
    new_due = Day(_l("The new date for our answer"), _l("Enter the new date"))
    reason = OneOf(_l("Why is more time needed?"), choices(ExtensionReason), validators=[needed(_l("Choose a reason"))])
    explanation = words(_l("Explain it to the resident"), hint=_l("These words go into the letter."))
    good_reason = words(_l("The good reason"), hint=_l("Only for a date after the longest ordinary extension."))
    update_every_working_days = line(
        _l("How often will you send an update, in working days?"),
        hint=_l("As agreed with the resident, for example 5. Only where a good reason is needed."),
        longest=20,
    )
    agreed = Tick(_l("The resident has agreed to the new date, and to how often they hear from us"))

    def validate_update_every_working_days(self, field: Any) -> None:
        few_digits = field.data.isascii() and field.data.isdigit() and len(field.data) < 4
        if field.data and not (few_digits and 0 < int(field.data) <= 60):
            raise ValidationError(_l("Enter a number of working days between 1 and 60"))


def decided(_form: Any, field: Any) -> None:
    """A decision on every point, asked for by the point's number: `answers-0-finding` is that of point 1."""
    if not field.data:
        number = int(field.name.split("-")[1]) + 1
        raise StopValidation(_l("Choose whether point %(number)s is upheld", number=number))


class AnswerRow(Form):
    """The answer to one point."""

    finding = OneOf(_l("Decision"), choices(Finding), validators=[decided])
    reasons = words(_l("Reasons"))
    law_and_policy = words(_l("Law, policy or good practice that you relied on"))


class Respond(StaffForm):
    answers = Rows(FormField(AnswerRow), max_entries=MOST_ROWS)
    remedies = Rows(FormField(RemedyRow), min_entries=2, max_entries=MOST_ROWS)
    own_delay = OneOf(_l("Do you offer a remedy for our own delay?"), choices(OwnDelay))
    own_delay_reason = words(
        _l("If you offer none, why not?"), hint=_l("These words go into the letter. Workload is no reason.")
    )
    changes_to_remedy = words(
        _l("What changes in the remedy offered at stage 1"), hint=_l("Say so too if nothing changes.")
    )


class Decline(StaffForm):
    ground = OneOf(_l("On which ground?"), (), validators=[needed(_l("Choose the ground"))])
    reasons = words(_l("Explain the decision to the resident"))
    evidence = words(_l("What evidence does the decision rest on?"))
    circumstances = words(
        _l("Which circumstances of this person did you consider?"),
        hint=_l(
            "Each complaint is looked at on its own merits. A rule alone is not a reason. For something that is long "
            "ago, say why there is no good reason to look at it all the same."
        ),
    )
    happened_on = DateRemembered(
        _l("When did it happen?"), description=_l("Only for something that is long ago, as closely as anybody knows.")
    )
    aware_on = DateRemembered(
        _l("When did the resident become aware of it?"),
        description=_l("It may be later than it happened: the time counts from then."),
    )
    claim_filed_on = Day(
        _l("When was the claim filed at court?"), description=_l("Only for a matter that is before a court.")
    )
    earlier_reference = line(
        _l("Reference of the complaint that was already answered"),
        hint=_l("Only where the same matter was answered before, like H4KM-73QT."),
        longest=20,
    )


class Withdraw(StaffForm):
    withdrawn_on = Day(_l("When did the resident tell us?"), _l("Enter the day on which the resident told us"))
    words = words(_l("How did they tell us, and what did they say?"))


class Close(StaffForm):
    learning = words(
        _l("What do we learn from this complaint?"), hint=_l("What will change, so that it does not happen again.")
    )


class RecordEscalation(StaffForm):
    channel = OneOf(
        _l("How did they ask?"), choices(CHANNELS), validators=[needed(_l("Choose how the resident asked"))]
    )
    requested_on = Day(_l("When did they ask?"), _l("Enter the day on which they asked"))
    words = words(
        _l("What did they say?"), hint=_l("They do not have to give a reason, and you do not have to ask for one.")
    )


class IssueCode(StaffForm):
    identity_check = words(
        _l("How did you check who is asking?"),
        hint=_l("For example: called back on the number that we hold, and asked for the address."),
    )


class RecordPosting(StaffForm):
    by_hand = OneOf(
        _l("How did it go?"), [("no", _l("By post")), ("yes", _l("It was handed over in person"))], default="no"
    )
    handed_to = line(
        _l("If it was handed over: to whom?"), hint=_l("For example: to the resident, at the door."), longest=200
    )
    posted_on = Day(_l("When was it posted or handed over?"), _l("Enter the day on which it went"))
    as_agreed = OneOf(
        _l("Was it in the format that the resident asked for?"), [("yes", _l("Yes")), ("no", _l("No"))], default="no"
    )
    reason = words(_l("If not, why not?"), hint=_l("It cannot go in another format without a reason."))

    def validate_handed_to(self, field: Any) -> None:
        if self.by_hand.data == "yes" and not (field.data or "").strip():
            raise ValidationError(_l("Say to whom it was handed"))


class RecordCall(StaffForm):
    called_on = Day(_l("When did you call?"), _l("Enter the day of the call"))
    reached = OneOf(
        _l("Did you reach them?"),
        [("yes", _l("Yes, and I told them what the letter says")), ("no", _l("No"))],
        validators=[needed(_l("Choose whether you reached them"))],
    )
    words = words(
        _l("What was said?"),
        _l("Say what was said, or that nobody answered"),
        hint=_l("Offer to read the letter out. Leave no details on an answering machine."),
    )
