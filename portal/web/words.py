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
from portal.domain.building_safety import SafetyCategory, SafetyRisk
from portal.domain.contact_events import ContactBy, ContactWay
from portal.domain.enquiries import EnquiryLetterKind
from portal.domain.events import ExtensionReason, Finding, Flag, Link, RemedyKind, ReplyBy, SafeContact, Stage
from portal.domain.evidence import FileState, WhyRefused
from portal.domain.feedback_events import Rating
from portal.domain.interpreting import Interpreting, name_of
from portal.domain.law import HazardKind, LawKey
from portal.domain.lifecycle import Status
from portal.domain.message_events import CallTime, IssueOutcome
from portal.domain.permissions import Role
from portal.domain.policy import Channel, Key, LetterKind, Nation
from portal.domain.reach_events import ContactPart
from portal.domain.referral_events import ReferralStep
from portal.domain.referrals import ReferralStatus
from portal.domain.registers import State
from portal.domain.remedy_kinds import CompensationHead, OwnDelay, PaymentMethod, PaymentStep
from portal.domain.representative_kinds import (
    AskedBy,
    AuthorityBasis,
    AuthorityEvidence,
    AuthorityScope,
    Capacity,
    Ground,
    ReplyTo,
    Standing,
    WhyEnded,
)
from portal.domain.restriction_kinds import ContactLimit, Disability, RestrictionOutcome
from portal.domain.routes import Route
from portal.records.access_log import Access
from portal.records.easier_requests import EasierRequest, interpreting_of
from portal.translation import list_in
from portal.web.staff.account_words import ACCOUNT_WORDS
from portal.web.staff.calendar_words import CALENDAR_WORDS
from portal.web.staff.decision_words import DECISION_WORDS
from portal.web.staff.mail_words import MAIL_WORDS
from portal.web.staff.pack_words import PACK_WORDS
from portal.web.wording import language, said
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
    (Status.JOINED, _l("Joined to another")),
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
    (CompensationHead.DELAY, _l("Delay")),
    (CompensationHead.DISTRESS, _l("Distress and inconvenience")),
    (CompensationHead.TIME_AND_TROUBLE, _l("Time and trouble")),
    (CompensationHead.HANDLING, _l("How the complaint was handled")),
    (CompensationHead.LOSS, _l("A loss that can be counted")),
    (CompensationHead.STATUTORY, _l("A payment that the law sets")),
    (State.OFFERED, _l("Offered")),
    (State.ACCEPTED, _l("Accepted")),
    (State.REFUSED, _l("Refused")),
    (State.SENT, _l("Sent")),
    (State.RETURNED, _l("Came back")),
    (State.PAID, _l("Paid")),
    (State.HOLDS, _l("Holds")),
    (State.APPEALED, _l("Appeal waits")),
    (State.ENDED, _l("Ended")),
    (State.ASKED, _l("Asked for")),
    (State.AGREED, _l("Agreed")),
    (State.ALTERNATIVE, _l("Agreed in another way")),
    (State.DECLINED, _l("Declined")),
    (State.PASSED_ON, _l("Passed on")),
    (State.TAKEN_ON, _l("Taken on")),
    (State.COMPLETED, _l("Completed")),
    (ContactLimit.IN_WRITING, _l("In writing only")),
    (ContactLimit.ONE_PERSON, _l("Through one named person")),
    (ContactLimit.CALLS_AT_SET_TIMES, _l("Calls at set times only")),
    (ContactLimit.VISITS_BY_TWO, _l("Two of us come to every visit")),
    (ContactLimit.MATTER_ANSWERED, _l("No more answers about one matter that had its final answer")),
    (Disability.MAY_BE, _l("It may be")),
    (Disability.NO_SIGN, _l("There is no sign of it, and we have asked")),
    (RestrictionOutcome.KEPT, _l("The restriction goes on")),
    (RestrictionOutcome.ENDED, _l("The restriction ends")),
    (OwnDelay.REMEDY, _l("Yes: one of the remedies is marked as one for our own delay")),
    (OwnDelay.NO_REMEDY, _l("No")),
    (PaymentStep.ACCEPTED, _l("The resident accepted it")),
    (PaymentStep.REFUSED, _l("The resident refused it")),
    (PaymentStep.SENT, _l("It was sent")),
    (PaymentStep.RETURNED, _l("It came back")),
    (PaymentStep.PAID, _l("It is paid")),
    (PaymentMethod.BANK_TRANSFER, _l("Bank transfer")),
    (PaymentMethod.CHEQUE, _l("Cheque")),
    (PaymentMethod.VOUCHER, _l("Voucher")),
    (PaymentMethod.RENT_ACCOUNT, _l("To the rent account")),
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
    (Flag.GROUP_WITHOUT_LEAD, _l("Nobody leads the group")),
    (Flag.LAW_DATE_MISSED, _l("Date of the law missed")),
    (Flag.BUILDING_SAFETY_IMMEDIATE, _l("Building safety: at once")),
    (Flag.BUILDING_SAFETY_HIGH, _l("Building safety: high risk")),
    (Flag.BUILDING_SAFETY_LOWER, _l("Building safety: lower risk")),
    (SafetyCategory.FIRE_SPREAD, _l("The spread of fire")),
    (SafetyCategory.STRUCTURE, _l("The structure: parts may fall or fail")),
    (SafetyCategory.ACCOUNTABLE_PERSON, _l("How an accountable person does their duty")),
    (SafetyRisk.IMMEDIATE, _l("At once: somebody may be hurt at any moment")),
    (SafetyRisk.HIGH, _l("High")),
    (SafetyRisk.LOWER, _l("Lower")),
    (EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT, _l("Acknowledgement, with the offer of a group complaint")),
    (EnquiryLetterKind.CHIEF_EXECUTIVE, _l("To the chief executive")),
    (EnquiryLetterKind.PETITION_OUTCOME, _l("What came of a petition")),
    (EnquiryLetterKind.SERVICE_ACKNOWLEDGEMENT, _l("Acknowledgement of a request")),
    (EnquiryLetterKind.SERVICE_OUTCOME, _l("What was done about a request")),
    (EnquiryLetterKind.EASIER_DECISION, _l("Decision on what somebody asked for")),
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
    (LetterKind.REPRESENTATIVE_RECEIPT, _l("Receipt for a representative")),
    (LetterKind.REPRESENTATIVE_ENDED, _l("Word to a representative that they act no more")),
    (LetterKind.WHO_ACTS, _l("Who may act for the resident")),
    (LetterKind.MEMBER_JOINED, _l("Welcome to a member of the group")),
    (LetterKind.PERSON_JOINED, _l("Complaint joined to a person")),
    (LetterKind.COMPLAINTS_JOINED, _l("Word that two complaints are one")),
    (LetterKind.MOVED_BY_JOINING, _l("Last letter to the address of a joined complaint")),
    (LetterKind.JOINING_UNDONE, _l("Word that a joining is undone")),
    (ContactPart.REPLY_BY, _l("How they want to hear from us")),
    (ContactPart.EMAIL, _l("Email")),
    (ContactPart.PHONE, _l("Phone")),
    (ContactPart.ADDRESS, _l("Address")),
    (ContactPart.SAFE_CONTACT, _l("Safe contact")),
    (Rating.YES, _l("Yes")),
    (Rating.PARTLY, _l("Partly")),
    (Rating.NO, _l("No")),
    (ContactWay.CALL, _l("Phone call")),
    (ContactWay.VISIT, _l("Visit")),
    (ContactWay.EMAIL, _l("Email from a mailbox of our own")),
    (ContactWay.MEETING, _l("Meeting")),
    (ContactBy.US, _l("We got in touch")),
    (ContactBy.THEM, _l("They got in touch")),
    (CallTime.MORNING, _l("In the morning")),
    (CallTime.MIDDAY, _l("Around midday")),
    (CallTime.AFTERNOON, _l("In the afternoon")),
    (CallTime.ANY_TIME, _l("At any time of the working day")),
    (LetterKind.DIRECTED, _l("What the Ombudsman told us")),
    (IssueOutcome.ADDED, _l("A part of this complaint")),
    (IssueOutcome.SEPARATE, _l("A complaint of its own")),
    (LetterKind.REFERRAL, _l("What was passed on")),
    (LetterKind.CONTACT_RESTRICTED, _l("Contact restricted")),
    (LetterKind.RESTRICTION_DECIDED, _l("Restriction on contact: what was decided")),
    (LetterKind.REMEDY, _l("A remedy that we offer")),
    (LetterKind.LEAD_CHANGED, _l("Somebody else leads the group")),
    (LetterKind.LAW_LIMIT_MISSED, _l("Date of the law missed")),
    (Route.HAZARD, _l("A hazard or danger")),
    (Route.SERVICE_REQUEST, _l("A request for service")),
    (Route.ASB, _l("Anti-social behaviour")),
    (Route.SAFEGUARDING, _l("Safeguarding")),
    (Route.BUILDING_SAFETY, _l("Building safety")),
    (Route.DATA_PROTECTION_COMPLAINT, _l("A complaint about personal data")),
    (Route.INSURANCE, _l("An insurance claim")),
    (Route.COURT_PROCEEDINGS, _l("Court proceedings")),
    (Route.APPEAL, _l("An appeal against a decision")),
    (Route.POLICY_FEEDBACK, _l("Comments on a policy")),
    (Route.PETITION, _l("A petition")),
    (Route.STAFF_GRIEVANCE, _l("A grievance of a member of staff")),
    (Route.CHAIR, _l("The Chair, for a matter about a director")),
    (Route.WHISTLEBLOWING, _l("Whistleblowing")),
    (Route.EXTERNAL_BODY, _l("Another organisation, such as the council")),
    (HazardKind.EMERGENCY, _l("An emergency: it may hurt somebody at any moment")),
    (HazardKind.SIGNIFICANT, _l("Significant: it may harm somebody’s health or safety")),
    (LawKey.INVESTIGATE, _l("We look into the danger by")),
    (LawKey.TELL_FINDINGS, _l("We tell you in writing what we found by")),
    (LawKey.MAKE_SAFE, _l("We make it safe by")),
    (LawKey.ACKNOWLEDGE_DATA, _l("You are told that it was received by")),
    (ReferralStep.TAKEN_ON, _l("Somebody has it now, or somebody else")),
    (ReferralStep.INVESTIGATED, _l("The hazard: the investigation ended")),
    (ReferralStep.FINDINGS_TOLD, _l("The hazard: the findings go to the resident in writing")),
    (ReferralStep.MADE_SAFE, _l("The hazard: it is safe")),
    (ReferralStep.NOT_A_HAZARD, _l("The hazard: it was found not to be one")),
    (ReferralStep.COMPLETED, _l("Completed")),
    (ReferralStatus.PASSED_ON, _l("Passed on")),
    (ReferralStatus.TAKEN_ON, _l("Being dealt with")),
    (ReferralStatus.COMPLETED, _l("Completed")),
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
    (Nation.ENGLAND, _l("England")),
    (Nation.WALES, _l("Wales")),
    (Nation.SCOTLAND, _l("Scotland")),
    (Nation.NORTHERN_IRELAND, _l("Northern Ireland")),
    (Capacity.MP, _l("MP (UK Parliament)")),
    (Capacity.MSP, _l("MSP (Scottish Parliament)")),
    (Capacity.MEMBER_OF_SENEDD, _l("MS (Senedd)")),
    (Capacity.MLA, _l("MLA (Northern Ireland Assembly)")),
    (Capacity.COUNCILLOR, _l("Councillor")),
    (Capacity.MAYOR, _l("Elected mayor")),
    (Capacity.ADVOCATE, _l("Advocate")),
    (Capacity.ADVICE_AGENCY, _l("Citizens Advice or another advice agency")),
    (Capacity.SOCIAL_WORKER, _l("Social worker or support worker")),
    (Capacity.FAMILY, _l("Family")),
    (Capacity.FRIEND, _l("Friend or neighbour")),
    (Capacity.SOLICITOR, _l("Solicitor")),
    (Capacity.ATTORNEY, _l("Attorney (power of attorney)")),
    (Capacity.DEPUTY, _l("Deputy (Court of Protection)")),
    (Capacity.APPOINTEE, _l("Appointee (benefits)")),
    (Capacity.EXECUTOR, _l("Executor of somebody who has died")),
    (Capacity.NEXT_OF_KIN, _l("Next of kin of somebody who has died")),
    (Capacity.TENANT_PANEL, _l("Tenant panel")),
    (Capacity.OTHER, _l("Somebody else")),
    (AskedBy.RESIDENT, _l("The resident asked them")),
    (AskedBy.SOMEBODY_ELSE, _l("Somebody else asked them")),
    (AskedBy.NOT_SAID, _l("Not said who asked them")),
    (AuthorityScope.SUBMIT, _l("Hand in the complaint and be told that it was received")),
    (AuthorityScope.PROGRESS, _l("See how far it has come, with dates")),
    (AuthorityScope.FULL_REPLY, _l("Get our letters and answers")),
    (AuthorityScope.MEETINGS, _l("Come to meetings")),
    (AuthorityScope.DECIDE, _l("Decide for the resident")),
    (AuthorityEvidence.OFFICIAL_ADDRESS, _l("An official address that was checked")),
    (AuthorityEvidence.SIGNED, _l("A signed paper")),
    (AuthorityEvidence.EMAILED, _l("An email from the resident")),
    (AuthorityEvidence.VOICE, _l("A recording of the resident’s voice")),
    (AuthorityEvidence.LINK, _l("The resident pressed the button of our link")),
    (AuthorityEvidence.CALL, _l("The resident said so in a call")),
    (AuthorityEvidence.OWN_PAGE, _l("The resident said so on their own page")),
    (AuthorityEvidence.LETTER_OF_AUTHORITY, _l("A letter of authority")),
    (AuthorityEvidence.POWER, _l("A copy of the registered power")),
    (AuthorityEvidence.GRANT, _l("A grant of probate or of administration")),
    (AuthorityEvidence.DECLARATION, _l("A declaration of the next of kin")),
    (AuthorityEvidence.GROUND, _l("A ground on which the resident need not be asked")),
    (AuthorityBasis.ELECTED, _l("Elected, and asked by the resident (Data Protection Act 2018, Schedule 1)")),
    (AuthorityBasis.ELECTED_GROUND, _l("Elected, and a ground recorded (Data Protection Act 2018, Schedule 1)")),
    (AuthorityBasis.CONSENT, _l("The resident agreed")),
    (AuthorityBasis.POWER, _l("A legal power to act")),
    (AuthorityBasis.ESTATE, _l("They act for somebody who has died")),
    (Ground.CANNOT_CONSENT, _l("The resident cannot say yes or no")),
    (Ground.CANNOT_BE_EXPECTED, _l("We cannot be expected to get the resident’s yes")),
    (Ground.WOULD_PREJUDICE, _l("To ask would get in the way of what is done for the resident")),
    (
        Ground.WITHHELD_UNREASONABLY,
        _l("It is in the interests of somebody else, and the resident said no without good reason"),
    ),
    (ReplyTo.RESIDENT, _l("To the resident")),
    (ReplyTo.REPRESENTATIVE, _l("To the representative")),
    (ReplyTo.BOTH, _l("To both")),
    (WhyEnded.RESIDENT_STOPPED, _l("The resident stopped it")),
    (WhyEnded.RESIDENT_DENIED, _l("The resident did not ask them")),
    (WhyEnded.REPRESENTATIVE_LEFT, _l("They stopped")),
    (WhyEnded.OUT_OF_OFFICE, _l("They are no longer in office")),
    (WhyEnded.POWER_ENDED, _l("Their power has ended")),
    (WhyEnded.MISTAKE, _l("It was recorded by mistake")),
    (WhyEnded.JOINING_UNDONE, _l("The joining that brought them here is undone")),
    (Standing.WAITING, _l("Waits for an authority")),
    (Standing.IN_FORCE, _l("In force")),
    (Standing.NOT_YET, _l("Not begun yet")),
    (Standing.EXPIRED, _l("Over: its last day has passed")),
    (Standing.ENDED, _l("Ended")),
    (Access.READ, _l("Looked at it")),
    (Access.DOWNLOADED, _l("Downloaded it")),
    (Access.SEARCHED, _l("Searched")),
    (Access.EXPORTED, _l("Exported")),
    (Access.REFUSED, _l("Was refused")),
    (Role.REPRESENTATIVE, _l("Representative")),
    (Role.RESIDENT, _l("Resident")),
    (Role.OFFICE_MEMBER, _l("Representative's office")),
    (Role.ANYONE, _l("Resident")),
    (Role.GROUP_MEMBER, _l("Member of the group")),
    (Role.SYSTEM, _l("The portal")),
    (Role.RECORDER, _l("Recorder")),
    (Role.HANDLER, _l("Complaint handler")),
    (Role.REVIEWER, _l("Stage 2 reviewer")),
    (Role.LEAD, _l("Complaints officer")),
    (Role.ADMINISTRATOR, _l("Administrator")),
    (Role.OVERSIGHT, _l("Oversight")),
    (Role.ADJUSTMENTS_LEAD, _l("Adjustments lead")),
    (Role.AUDITOR, _l("Auditor")),
)

_EVERY = (*WORDS, *ACCOUNT_WORDS, *CALENDAR_WORDS, *MAIL_WORDS, *PACK_WORDS, *DECISION_WORDS)
_BY_MEMBER = {(type(member), member.value): words for member, words in _EVERY}


def register(app: Flask) -> None:
    """`{{ status | words }}` in every template."""
    app.add_template_filter(words, "words")
    app.add_template_filter(channel_words, "channel_words")
    app.add_template_filter(language_asked, "language_asked")
    app.add_template_filter(easier_kinds, "easier_kinds")


def words(choice: Enum) -> Any:
    """What a page shows for a choice. Raises KeyError for one that has no words yet."""
    return _BY_MEMBER[type(choice), choice.value]


def channel_words(channel: str) -> Any:
    """A channel as an event holds it. One that we no longer know is shown as it stands."""
    return words(Channel(channel)) if channel in list(Channel) else channel


def language_asked(asked: Interpreting) -> Any:
    """The language of an interpreter, as a page names it or as it was typed."""
    return said(name_of(asked))


def easier_kinds(asked: EasierRequest) -> str:
    """What somebody asked for, with the size of type and the language that belong to it."""
    more = {Adjustment.LARGE_PRINT: _points(asked.print_size), Adjustment.INTERPRETER: language_of(asked)}
    kinds = [Adjustment(each) for each in asked.adjustments]
    return list_in(language(), (f"{words(each)} ({more[each]})" if more.get(each) else words(each) for each in kinds))


def _points(size: int | None) -> Any:
    return _l("%(size)s point", size=size) if size else ""


def language_of(asked: EasierRequest) -> Any:
    """The language of the interpreter in what was asked for without a complaint."""
    return language_asked(interpreting_of(asked))


def adjustment_groups() -> list[tuple[Any, tuple[str, ...]]]:
    """The headings under which adjustments are offered, and the values below each."""
    return [(words(group), tuple(kind.value for kind in kinds)) for group, kinds in GROUPS.items()]


def choices(members: Iterable[Enum]) -> list[tuple[str, Any]]:
    """Value and words of each, for a form."""
    return [(str(member.value), words(member)) for member in members]
