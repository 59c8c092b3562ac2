"""Every choice of the domain in the words that a page shows for it, marked for translation."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

from flask import Flask

from portal.domain.adjustment_kinds import (
    GROUPS,
    Adjustment,
    AdjustmentScope,
    Group,
    Outcome,
    RequestedBy,
    ReviewOutcome,
)
from portal.domain.events import (
    CallTime,
    ContactPart,
    ExtensionReason,
    Finding,
    Flag,
    IssueOutcome,
    Link,
    Rating,
    RemedyKind,
    ReplyBy,
    SafeContact,
    Stage,
)
from portal.domain.evidence import FileState, WhyRefused
from portal.domain.lifecycle import Status
from portal.domain.offices import OfficeKind
from portal.domain.permissions import Role
from portal.domain.policy import Channel, Key, LetterKind
from portal.web.wording import lazy_gettext as _l

# Pairs, not a dictionary: members of two kinds that share a value would be one key.
WORDS: tuple[tuple[Enum, Any], ...] = (
    (Stage.ONE, _l("Stage\u00a01")),
    (Stage.TWO, _l("Stage\u00a02")),
    (Status.RECEIVED, _l("Received, to be acknowledged")),
    (Status.ACKNOWLEDGED, _l("Acknowledged, to be answered")),
    (Status.RESPONDED, _l("Answered")),
    (Status.DECLINED, _l("Declined")),
    (Status.WITHDRAWN, _l("Withdrawn")),
    (Status.CLOSED, _l("Closed")),
    (Key.ACKNOWLEDGE_STAGE_1, _l("Acknowledge the complaint")),
    (Key.RESPOND_STAGE_1, _l("Answer at stage 1")),
    (Key.RESPOND_STAGE_1_EXTENDED, _l("Answer at stage 1, with the longest ordinary extension")),
    (Key.ASK_FOR_STAGE_2, _l("Resident may ask for stage 2")),
    (Key.ACKNOWLEDGE_STAGE_2, _l("Acknowledge stage 2")),
    (Key.RESPOND_STAGE_2, _l("Answer at stage 2")),
    (Key.RESPOND_STAGE_2_EXTENDED, _l("Answer at stage 2, with the longest ordinary extension")),
    (Finding.UPHELD, _l("Upheld")),
    (Finding.PARTLY_UPHELD, _l("Partly upheld")),
    (Finding.NOT_UPHELD, _l("Not upheld")),
    (RemedyKind.APOLOGY, _l("Apologise")),
    (RemedyKind.ADMIT_FAULT, _l("Acknowledge what went wrong")),
    (RemedyKind.EXPLANATION, _l("Explain or give reasons")),
    (RemedyKind.ACT_ON_DELAY, _l("Take action that was delayed")),
    (RemedyKind.CHANGE_DECISION, _l("Reconsider or change a decision")),
    (RemedyKind.CORRECT_RECORD, _l("Correct or add to a record")),
    (RemedyKind.MONEY, _l("Pay money")),
    (RemedyKind.CHANGE_POLICY, _l("Change a policy or a way of working")),
    (ExtensionReason.EVIDENCE_FROM_THIRD_PARTY, _l("We are waiting for evidence from somebody else")),
    (ExtensionReason.RESIDENT_ASKED, _l("The resident asked for more time")),
    (ExtensionReason.RESIDENT_UNAVAILABLE, _l("The resident is not available")),
    (ExtensionReason.ADJUSTMENT, _l("An adjustment for the resident needs more time")),
    (ExtensionReason.INSPECTION_BOOKED, _l("An inspection is booked")),
    (ExtensionReason.SAFETY_INVESTIGATION, _l("A safety investigation is under way")),
    (ExtensionReason.COMPLEX, _l("The complaint is complex")),
    (Adjustment.LARGE_PRINT, _l("Large print")),
    (Adjustment.PLAIN_TEXT, _l("Plain text emails")),
    (Adjustment.EASY_READ, _l("Easy read")),
    (Adjustment.BRAILLE_OR_AUDIO, _l("Braille or audio")),
    (Adjustment.COLOURED_PAPER, _l("Coloured paper or strong contrast")),
    (Adjustment.INTERPRETER, _l("An interpreter or a translation")),
    (Adjustment.BSL, _l("British Sign Language")),
    (Adjustment.PHONE_ONLY, _l("Phone calls, not letters")),
    (Adjustment.NO_PHONE, _l("No phone calls")),
    (Adjustment.ONE_CONTACT, _l("One named person to talk to")),
    (Adjustment.MORE_TIME, _l("More time to reply")),
    (Adjustment.CALL_TIMES, _l("Calls and meetings at agreed times, or shorter ones")),
    (Adjustment.HOME_VISIT, _l("A visit at home")),
    (Adjustment.VISITING, _l("Care when we visit, such as notice, waiting at the door, or who comes")),
    (Adjustment.ADVOCATE, _l("Someone to speak for the resident")),
    (Adjustment.READ_AND_WRITE, _l("Somebody to write things down or to read letters aloud")),
    (Adjustment.SUMMARY_FIRST, _l("A summary at the start of each letter")),
    (Adjustment.ONE_ISSUE, _l("One matter in each letter, in everyday words")),
    (Adjustment.OTHER, _l("Something else")),
    (Link.TENANT, _l("Tenant")),
    (Link.SHARED_OWNER, _l("Shared owner")),
    (Link.LEASEHOLDER, _l("Leaseholder")),
    (Link.LICENSEE, _l("Licensee")),
    (Link.FORMER_RESIDENT, _l("Former resident")),
    (Link.APPLICANT, _l("Applicant for a home")),
    (Link.NEIGHBOUR, _l("Neighbour of one of our homes")),
    (Link.OTHER, _l("Another link")),
    (Link.NOT_SAID, _l("Not said")),
    (SafeContact.NO_POST, _l("Do not write to their address")),
    (SafeContact.NO_EMAIL, _l("Do not send emails to their email address")),
    (SafeContact.DISCREET, _l("Nothing on emails or envelopes may show who we are or what it is about")),
    (ReplyBy.EMAIL, _l("Email")),
    (ReplyBy.POST, _l("Post")),
    (ReplyBy.PHONE, _l("Phone")),
    (ReplyBy.NONE, _l("No contact: they look at the tracking page")),
    (Channel.PHONE, _l("Phone")),
    (Channel.EMAIL, _l("Email")),
    (Channel.POST, _l("Post")),
    (Channel.ONLINE, _l("Online form")),
    (Channel.APP, _l("App")),
    (Channel.LIVE_CHAT, _l("Live chat")),
    (Channel.IN_PERSON, _l("In person")),
    (Channel.SOCIAL_MEDIA, _l("Social media")),
    (Flag.OVER_AGE_LIMIT, _l("Older than the policy's limit")),
    (Flag.ANONYMOUS, _l("Anonymous")),
    (Flag.LATE_ESCALATION, _l("Asked for stage 2 after the window")),
    (Flag.NO_REASONS, _l("Asked for stage 2 without reasons")),
    (Flag.STAGE_1_UNANSWERED, _l("Asked for stage 2 before the stage 1 answer")),
    (Flag.HAZARD, _l("Danger or hazard")),
    (LetterKind.RECEIPT, _l("Receipt")),
    (LetterKind.ACKNOWLEDGEMENT, _l("Acknowledgement")),
    (LetterKind.EXTENSION, _l("Extension")),
    (LetterKind.DECLINE, _l("Decision not to accept")),
    (LetterKind.RESPONSE_STAGE_1, _l("Stage 1 response")),
    (LetterKind.RECEIPT_STAGE_2, _l("Stage 2 receipt")),
    (LetterKind.ACKNOWLEDGEMENT_STAGE_2, _l("Stage 2 acknowledgement")),
    (LetterKind.RESPONSE_STAGE_2, _l("Stage 2 response")),
    (LetterKind.DECLINE_STAGE_2, _l("Decision not to go to stage 2")),
    (LetterKind.LIMIT_MISSED, _l("Limit missed")),
    (LetterKind.WITHDRAWAL, _l("Withdrawal")),
    (LetterKind.CLOSING, _l("Closing letter")),
    (LetterKind.CODE_SLIP, _l("Way to a new access code")),
    (LetterKind.CODE_CHANGED, _l("Access code changed")),
    (LetterKind.ADJUSTMENT, _l("Decision on an adjustment")),
    (LetterKind.MESSAGE, _l("Word that there is a message")),
    (LetterKind.CONTACT_CHANGED, _l("Contact details changed")),
    (LetterKind.PERSON_JOINED, _l("Complaint joined to a person")),
    (ContactPart.REPLY_BY, _l("How they want to hear from us")),
    (ContactPart.EMAIL, _l("Email")),
    (ContactPart.PHONE, _l("Phone")),
    (ContactPart.ADDRESS, _l("Address")),
    (ContactPart.SAFE_CONTACT, _l("Safe contact")),
    (Rating.YES, _l("Yes")),
    (Rating.PARTLY, _l("Partly")),
    (Rating.NO, _l("No")),
    (CallTime.MORNING, _l("In the morning")),
    (CallTime.MIDDAY, _l("Around midday")),
    (CallTime.AFTERNOON, _l("In the afternoon")),
    (CallTime.ANY_TIME, _l("At any time of the working day")),
    (IssueOutcome.ADDED, _l("A part of this complaint")),
    (IssueOutcome.SEPARATE, _l("A complaint of its own")),
    (Group.FORMAT, _l("How letters look")),
    (Group.LANGUAGE, _l("Language")),
    (Group.CHANNEL, _l("How we are in touch")),
    (Group.TIME, _l("Time")),
    (Group.VISITS, _l("Visits")),
    (Group.SUPPORT, _l("Support")),
    (Group.CONTENT, _l("What letters say")),
    (Group.OTHER, _l("Anything else")),
    (AdjustmentScope.THIS_COMPLAINT, _l("This complaint")),
    (AdjustmentScope.ALL_CONTACT, _l("All contact with us")),
    (RequestedBy.RESIDENT, _l("The resident")),
    (RequestedBy.HOUSEHOLD, _l("Somebody who lives with them")),
    (RequestedBy.ADVOCATE, _l("Somebody who speaks for them")),
    (RequestedBy.STAFF, _l("One of our staff")),
    (Outcome.AGREED, _l("Agreed")),
    (Outcome.ALTERNATIVE, _l("Agreed in another way")),
    (Outcome.DECLINED, _l("Declined")),
    (ReviewOutcome.KEPT, _l("It goes on")),
    (ReviewOutcome.ENDED, _l("It ends")),
    (FileState.CHECKING, _l("Being checked")),
    (FileState.CLEAN, _l("Checked")),
    (FileState.UNSCANNED, _l("Not scanned for viruses")),
    (FileState.REFUSED, _l("Not kept")),
    (WhyRefused.EMPTY, _l("There is nothing in it. If it opens on your device, add it again")),
    (WhyRefused.TOO_LARGE, _l("It is too large. The list above says how large a file can be")),
    (
        WhyRefused.UNKNOWN_KIND,
        _l("We cannot take this kind of file. Save it as a PDF or take a photo of it, and add that"),
    ),
    (WhyRefused.UNREADABLE, _l("It could not be opened, so it may be damaged. Save it again, or take a photo of it")),
    (WhyRefused.TOO_MANY_PIXELS, _l("The picture is too large to be opened. Make it smaller and add it again")),
    (WhyRefused.UNPACKS_TOO_LARGE, _l("It unpacks into more than we can take. Save it as a PDF and add that")),
    (WhyRefused.MACROS, _l("There is a program in it (a macro). Save it as a PDF and add that")),
    (
        WhyRefused.VIRUS,
        _l("The virus scanner found something harmful in it. It is best to check the device it is from"),
    ),
    (OfficeKind.MP, _l("Member of Parliament (MP)")),
    (OfficeKind.MSP, _l("Member of the Scottish Parliament (MSP)")),
    (OfficeKind.MEMBER_OF_SENEDD, _l("Member of the Senedd (MS)")),
    (OfficeKind.MLA, _l("Member of the Northern Ireland Assembly (MLA)")),
    (OfficeKind.COUNCILLOR, _l("Councillor")),
    (OfficeKind.MAYOR, _l("Elected mayor")),
    (OfficeKind.ADVICE_AGENCY, _l("Advice agency, such as Citizens Advice")),
    (OfficeKind.ADVOCATE, _l("Advocacy service")),
    (OfficeKind.SOLICITOR, _l("Solicitor or law centre")),
    (OfficeKind.SOCIAL_WORKER, _l("Social work or support service")),
    (OfficeKind.OTHER, _l("Another organisation that speaks for residents")),
    (Role.RESIDENT, _l("Resident")),
    (Role.OFFICE_MEMBER, _l("Representative's office")),
    (Role.ANYONE, _l("Resident")),
    (Role.SYSTEM, _l("The portal")),
    (Role.HANDLER, _l("Complaint handler")),
    (Role.LEAD, _l("Complaints officer")),
    (Role.ADMINISTRATOR, _l("Administrator")),
    (Role.OVERSIGHT, _l("Oversight")),
)

_BY_MEMBER = {(type(member), member.value): words for member, words in WORDS}


def register(app: Flask) -> None:
    """`{{ status | words }}` in every template."""
    app.add_template_filter(words, "words")
    app.add_template_filter(channel_words, "channel_words")


def words(choice: Enum) -> Any:
    """What a page shows for a choice. Raises KeyError for one that has no words yet."""
    return _BY_MEMBER[type(choice), choice.value]


def channel_words(channel: str) -> Any:
    """A channel as an event holds it. One that we no longer know is shown as it stands."""
    return words(Channel(channel)) if channel in list(Channel) else channel


def adjustment_groups() -> list[tuple[Any, tuple[str, ...]]]:
    """The headings under which adjustments are offered, and the values below each."""
    return [(words(group), tuple(kind.value for kind in kinds)) for group, kinds in GROUPS.items()]


def choices(members: Iterable[Enum]) -> list[tuple[str, Any]]:
    """Value and words of each, for a form."""
    return [(str(member.value), words(member)) for member in members]
