"""Who may do what: one table, asked by every route, template, query and action.

Naming rule: an `Action` is the verb of the thing done, and its value is what a person reads
when it is refused ("You may not ...").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from portal.domain.actors import ROLE_LABELS, STAFF, Actor, Role
from portal.domain.representative_kinds import AuthorityScope
from portal.domain.saying import say
from portal.domain.sight import Seen, in_sight

__all__ = [
    "NEEDS",
    "ROLE_LABELS",
    "RULES",
    "SEEING",
    "Action",
    "Actor",
    "CaseLike",
    "Decision",
    "Role",
    "Scope",
    "may",
    "may_see",
]


class Action(StrEnum):
    """Everything that can be done to or with a complaint."""

    SUBMIT_COMPLAINT = "submit a complaint"
    TRACK_COMPLAINT = "follow this complaint"
    REQUEST_ESCALATION = "ask for stage 2"
    SEE_QUEUE = "see the queue"
    SEARCH_COMPLAINTS = "search complaints"
    SEE_CASE = "see this complaint"
    SEE_LETTER = "read this letter"
    SEE_NOTES = "read the notes of staff about this complaint"
    WRITE_NOTE = "write a note about this complaint"
    RECORD_COMPLAINT = "record a complaint for a resident"
    RECORD_ESCALATION = "record that a resident asked for stage 2"
    CHOOSE_AREA = "say to which area a complaint belongs"
    RESTRICT_COMPLAINT = "say who may see a complaint"
    ASSIGN_HANDLER = "choose who handles a complaint"
    TRIAGE_COMPLAINT = "record the first reading of a complaint"
    SEE_VULNERABILITY = "see what makes somebody vulnerable"
    AGREE_UPDATES = "record how often a resident hears from us"
    NAME_STAFF = "record who is named in a complaint"
    DECLARE_INTERESTS = "say what ties you to a complaint"
    ASK_FOR_OVERRIDE = "ask that somebody may handle a complaint all the same"
    DECIDE_OVERRIDE = "decide whether somebody may handle a complaint all the same"
    ACKNOWLEDGE_COMPLAINT = "acknowledge a complaint"
    EXTEND_DEADLINE = "extend a deadline"
    SEND_RESPONSE = "answer a complaint"
    ASK_FOR_CHECK = "ask somebody else to check an answer"
    CHECK_RESPONSE = "check the answer of somebody else"
    DECLINE_COMPLAINT = "decline a complaint"
    WITHDRAW_COMPLAINT = "record that a complaint is withdrawn"
    CLOSE_COMPLAINT = "close a complaint"
    COMPLETE_REMEDY = "record that an action is done"
    ADD_REMEDY = "offer a remedy"
    FOLLOW_PAYMENT = "record what became of a payment"
    RESTRICT_CONTACT = "restrict contact with somebody"
    REVIEW_RESTRICTION = "review a restriction on contact"
    RECORD_APPEAL = "record that somebody does not agree with a restriction"
    DECIDE_APPEAL = "decide about an appeal against a restriction"
    ISSUE_CODE = "give a resident a new secret code"
    JOIN_PERSON = "record whom an anonymous complaint is from"
    JOIN_COMPLAINTS = "join two complaints about the same matter"
    UNDO_JOINING = "undo the joining of two complaints"
    LINK_COMPLAINTS = "record that two complaints belong together"
    RECORD_OMBUDSMAN = "record what the Ombudsman asks or decides"
    MAKE_PACK = "make a pack of a complaint for the Ombudsman"
    MAKE_OWN_DATA_PACK = "make a pack of what is kept about somebody"
    FORM_GROUP = "make this the complaint of a group"
    JOIN_GROUP = "join a group that complains"
    TRACK_GROUP = "follow the complaint of your group"
    LEAVE_GROUP = "leave the group"
    OFFER_LEAD = "offer to somebody else to lead the group"
    LEAVE_LEAD = "leave the group that you lead"
    TAKE_LEAD = "lead the group"
    RENEW_MEMBER_CODE = "make a new access code of a member of the group"
    CHANGE_MEMBER_CONTACT = "change how we reach a member of the group"
    REQUEST_MEMBER_ADJUSTMENT = "ask for something that would make the complaint of the group easier"
    RECORD_GROUP = "record a group that complains, and its members"
    HAND_IN_PETITION = "hand in a petition"
    SEE_PETITIONS = "see petitions"
    RECORD_PETITION = "record a petition"
    SETTLE_PETITION = "record what came of a petition"
    RECORD_POSTING = "record that a letter was posted"
    RECORD_CALL = "record that a resident was told by phone"
    RECORD_CONTACT = "record a call, visit, email or meeting"
    ASK_FOR_CODE = "ask for a new access code"
    RENEW_CODE = "make a new access code"
    REQUEST_ADJUSTMENT = "ask for something that would make this easier"
    RECORD_ADJUSTMENT = "record what somebody asked for to make this easier"
    DECIDE_ADJUSTMENT = "decide about an adjustment"
    REVIEW_ADJUSTMENT = "review an adjustment"
    APPLY_ADJUSTMENT = "record what was done about an adjustment"
    TELL_CONDITION = "tell us about their own health"
    RECORD_CONDITION = "record what somebody told us about their health"
    SEE_CONDITION = "see what somebody told us about their health"
    SEE_EASIER_REQUESTS = "see what people asked for without a complaint"
    SETTLE_EASIER_REQUEST = "decide what somebody asked for without a complaint"
    SEE_ENQUIRY_LETTER = "read a letter that belongs to no complaint"
    ANSWER_ENQUIRY = "record that somebody without a complaint was written to or called"
    ADD_EVIDENCE = "add a file to this complaint"
    SEE_EVIDENCE = "open this file"
    SEE_ORIGINAL_EVIDENCE = "open a photo with the place and device in it"
    REMOVE_EVIDENCE = "remove this file"
    SEND_MESSAGE = "write a message about this complaint"
    REQUEST_CALL_BACK = "ask to be called"
    RAISE_ISSUE = "add a new issue to this complaint"
    ANSWER_MESSAGE = "write to the resident"
    READ_MESSAGES = "record that messages were read"
    DECIDE_ISSUE = "decide about a new issue"
    CHANGE_CONTACT = "change how we reach you"
    CONFIRM_CONTACT = "record that the resident is known to be reached in this way"
    CHOOSE_LANGUAGE = "choose the language of the letters to a resident"
    CHOOSE_OWN_LANGUAGE = "choose the language of the letters to you"
    WITHDRAW_OWN_COMPLAINT = "withdraw this complaint"
    REPORT_REMEDY = "say whether a promised action was done"
    GIVE_FEEDBACK = "tell us how it went"
    SEE_FEEDBACK = "see how it went for the resident"
    SEE_WITHOUT_NAMES = "see complaints without names"
    SEE_REGISTERS = "see the registers"
    SEE_POLICY_CHECK = "see the policy beside the Code"
    LOG_MINOR_ISSUE = "log a minor issue"
    SEE_ACCESS_LOG = "see who looked at what"
    SEE_STAFF = "see who works here"
    KEEP_STAFF = "look after the accounts of staff"
    SEE_WORKING_DAYS = "see the working days"
    KEEP_WORKING_DAYS = "change the working days"
    KEEP_OWN_ACCOUNT = "look after your own account"
    TRACK_REPRESENTED = "follow this complaint for somebody else"
    SEE_PROGRESS = "see how far this complaint has come"
    SEE_OWN_WORDS = "see what you wrote for somebody else"
    CONFIRM_AUTHORITY = "say who may act for you"
    STOP_REPRESENTATIVE = "stop somebody who acts for you"
    LEAVE_REPRESENTATION = "stop acting for somebody"
    CONFIRM_ADDRESS = "confirm an official address"
    ADD_REPRESENTATIVE = "record who acts for a resident"
    ASK_FOR_AUTHORITY = "ask whether somebody may act for a resident"
    RECORD_AUTHORITY = "record what a representative may do"
    END_AUTHORITY = "record that somebody acts no more for a resident"
    ISSUE_REPRESENTATIVE_CODE = "give a representative a secret code"
    SEE_OWN_OFFICE = "see the complaints of your office"
    KEEP_OFFICES = "look after the offices of representatives"
    END_AT_DISSOLUTION = "end the access of elected offices"
    SEE_MAIL = "read email that came in"
    PLACE_MAIL = "put an email on a complaint"
    DISMISS_MAIL = "say that an email is no complaint"
    SEE_ORIGINAL_MAIL = "save an email as it came"
    REQUEST_SERVICE = "ask us to put something right"
    RECORD_SERVICE_REQUEST = "record a request for service"
    SEE_SERVICE_REQUESTS = "see the requests for service"
    SETTLE_SERVICE_REQUEST = "record what became of a request for service"
    LINK_SERVICE_REQUEST = "link a request for service to this complaint"
    JUDGE_BUILDING_SAFETY = "judge whether a complaint is about the safety of a tall building"
    REFER_PART = "pass on a part of this complaint"
    MOVE_REFERRAL = "record what became of what was passed on"
    SEE_CONFIDENTIAL_REFERRAL = "see what was passed on in confidence"


class Scope(StrEnum):
    """How far a permission reaches."""

    NOTHING_YET = "no case is needed"
    OWN_CASE = "the one case that the person's code opened"
    ANY_CASE = "any case of the landlord"
    HANDLED_CASE = "cases whose present stage the person handles"


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, and why, in words that can be shown."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


class CaseLike(Seen, Protocol):
    """What permissions need to know of a case."""

    @property
    def landlord(self) -> str: ...
    @property
    def reference(self) -> str: ...


_STAFF_READ = dict.fromkeys(
    (Role.RECORDER, Role.HANDLER, Role.REVIEWER, Role.LEAD, Role.ADJUSTMENTS_LEAD, Role.AUDITOR), Scope.ANY_CASE
)
# A reviewer is asked to look at one complaint afresh, and writes in no other.
_STAFF_WRITE = {Role.HANDLER: Scope.ANY_CASE, Role.LEAD: Scope.ANY_CASE, Role.REVIEWER: Scope.HANDLED_CASE}
_TAKES_CALLS = _STAFF_WRITE | {Role.RECORDER: Scope.ANY_CASE}
_HANDLER_OR_LEAD = {Role.HANDLER: Scope.HANDLED_CASE, Role.REVIEWER: Scope.HANDLED_CASE, Role.LEAD: Scope.ANY_CASE}
_ADJUSTS = _HANDLER_OR_LEAD | {Role.ADJUSTMENTS_LEAD: Scope.ANY_CASE}
# About no case, or about none yet.
_AT_THE_DESK = dict.fromkeys((Role.RECORDER, Role.HANDLER, Role.LEAD), Scope.NOTHING_YET)
_DECIDES = dict.fromkeys((Role.HANDLER, Role.LEAD), Scope.NOTHING_YET)
_HAS_A_CODE = dict.fromkeys((Role.RESIDENT, Role.REPRESENTATIVE), Scope.OWN_CASE)

RULES: Mapping[Action, Mapping[Role, Scope]] = {
    Action.SUBMIT_COMPLAINT: dict.fromkeys(
        (Role.ANYONE, Role.RESIDENT, Role.REPRESENTATIVE, Role.OFFICE_MEMBER), Scope.NOTHING_YET
    ),
    Action.TRACK_COMPLAINT: {Role.RESIDENT: Scope.OWN_CASE},
    Action.REQUEST_ESCALATION: dict.fromkeys((Role.RESIDENT, Role.REPRESENTATIVE), Scope.OWN_CASE),
    Action.SEE_QUEUE: dict.fromkeys(_STAFF_READ, Scope.NOTHING_YET),
    Action.SEARCH_COMPLAINTS: dict.fromkeys(_STAFF_READ, Scope.NOTHING_YET),
    Action.SEE_CASE: _STAFF_READ,
    Action.SEE_LETTER: _STAFF_READ | dict.fromkeys((Role.RESIDENT, Role.REPRESENTATIVE), Scope.OWN_CASE),
    Action.SEE_NOTES: _STAFF_READ,
    Action.WRITE_NOTE: _TAKES_CALLS | {Role.ADJUSTMENTS_LEAD: Scope.ANY_CASE},
    Action.RECORD_COMPLAINT: _AT_THE_DESK,
    Action.RECORD_ESCALATION: _TAKES_CALLS,
    Action.CHOOSE_AREA: _TAKES_CALLS,
    Action.RESTRICT_COMPLAINT: {Role.LEAD: Scope.ANY_CASE},
    Action.ASSIGN_HANDLER: {Role.LEAD: Scope.ANY_CASE},
    Action.NAME_STAFF: _STAFF_WRITE,
    Action.TRIAGE_COMPLAINT: _HANDLER_OR_LEAD,
    Action.SEE_VULNERABILITY: _HANDLER_OR_LEAD,
    Action.AGREE_UPDATES: _HANDLER_OR_LEAD,
    # What ties somebody to a complaint they say themselves.
    Action.DECLARE_INTERESTS: dict.fromkeys((Role.HANDLER, Role.REVIEWER, Role.LEAD), Scope.HANDLED_CASE),
    # A handler can ask too, so that a landlord with one complaints officer has a second person.
    Action.ASK_FOR_OVERRIDE: dict.fromkeys((Role.HANDLER, Role.LEAD), Scope.ANY_CASE),
    Action.DECIDE_OVERRIDE: {Role.LEAD: Scope.ANY_CASE},
    Action.ACKNOWLEDGE_COMPLAINT: _HANDLER_OR_LEAD,
    Action.EXTEND_DEADLINE: _HANDLER_OR_LEAD,
    # The answer is signed by the person who handles the stage and nobody else, so that the rules
    # of independence (Code 5.8, 6.13) are met by whoever was lawfully assigned.
    Action.SEND_RESPONSE: dict.fromkeys((Role.HANDLER, Role.REVIEWER, Role.LEAD), Scope.HANDLED_CASE),
    Action.ASK_FOR_CHECK: dict.fromkeys((Role.HANDLER, Role.REVIEWER, Role.LEAD), Scope.HANDLED_CASE),
    Action.CHECK_RESPONSE: dict.fromkeys((Role.HANDLER, Role.LEAD), Scope.ANY_CASE),
    Action.DECLINE_COMPLAINT: _HANDLER_OR_LEAD,
    Action.WITHDRAW_COMPLAINT: _HANDLER_OR_LEAD,
    Action.CLOSE_COMPLAINT: _HANDLER_OR_LEAD,
    # Whoever carries out what was promised is often not who answered.
    Action.COMPLETE_REMEDY: _STAFF_WRITE,
    Action.FOLLOW_PAYMENT: _STAFF_WRITE,
    Action.ADD_REMEDY: _HANDLER_OR_LEAD,
    Action.RESTRICT_CONTACT: {Role.LEAD: Scope.ANY_CASE},
    Action.REVIEW_RESTRICTION: {Role.LEAD: Scope.ANY_CASE},
    Action.RECORD_APPEAL: _TAKES_CALLS,
    # Somebody else than who decided has to, and a small landlord has one complaints officer.
    Action.DECIDE_APPEAL: dict.fromkeys((Role.LEAD, Role.REVIEWER), Scope.ANY_CASE),
    Action.ISSUE_CODE: _TAKES_CALLS,
    Action.JOIN_PERSON: _TAKES_CALLS,
    Action.JOIN_COMPLAINTS: _STAFF_WRITE,
    Action.UNDO_JOINING: _STAFF_WRITE,
    Action.LINK_COMPLAINTS: _STAFF_WRITE,
    # The complaints officer liaises with the Ombudsman (Code 4.1); whoever handles it hears from them too.
    Action.RECORD_OMBUDSMAN: _HANDLER_OR_LEAD,
    Action.MAKE_PACK: _HANDLER_OR_LEAD,
    # It goes out of the house, and whose data are in it takes a practised eye.
    Action.MAKE_OWN_DATA_PACK: {Role.LEAD: Scope.ANY_CASE},
    Action.FORM_GROUP: {Role.RESIDENT: Scope.OWN_CASE},
    # Whoever joins has shown the code that the lead hands round.
    Action.JOIN_GROUP: {Role.GROUP_MEMBER: Scope.OWN_CASE},
    Action.TRACK_GROUP: {Role.GROUP_MEMBER: Scope.OWN_CASE},
    Action.LEAVE_GROUP: {Role.GROUP_MEMBER: Scope.OWN_CASE},
    Action.OFFER_LEAD: {Role.RESIDENT: Scope.OWN_CASE},
    Action.LEAVE_LEAD: {Role.RESIDENT: Scope.OWN_CASE},
    Action.TAKE_LEAD: {Role.GROUP_MEMBER: Scope.OWN_CASE},
    Action.RENEW_MEMBER_CODE: {Role.GROUP_MEMBER: Scope.OWN_CASE},
    Action.CHANGE_MEMBER_CONTACT: {Role.GROUP_MEMBER: Scope.OWN_CASE},
    Action.REQUEST_MEMBER_ADJUSTMENT: {Role.GROUP_MEMBER: Scope.OWN_CASE},
    Action.RECORD_GROUP: _STAFF_WRITE,
    Action.HAND_IN_PETITION: dict.fromkeys((Role.ANYONE, Role.RESIDENT), Scope.NOTHING_YET),
    Action.SEE_PETITIONS: dict.fromkeys(_STAFF_READ, Scope.NOTHING_YET),
    Action.RECORD_PETITION: _AT_THE_DESK,
    Action.SETTLE_PETITION: _DECIDES,
    Action.RECORD_POSTING: _TAKES_CALLS,
    Action.RECORD_CALL: _TAKES_CALLS,
    Action.RECORD_CONTACT: _TAKES_CALLS | {Role.ADJUSTMENTS_LEAD: Scope.ANY_CASE},
    # Whoever asks is told nothing; what comes of it goes to the contact on file, and its holder is the resident.
    Action.ASK_FOR_CODE: dict.fromkeys((Role.ANYONE, Role.RESIDENT), Scope.NOTHING_YET),
    Action.RENEW_CODE: _HAS_A_CODE,
    Action.REQUEST_ADJUSTMENT: {Role.RESIDENT: Scope.OWN_CASE},
    Action.RECORD_ADJUSTMENT: _TAKES_CALLS | {Role.ADJUSTMENTS_LEAD: Scope.ANY_CASE},
    Action.DECIDE_ADJUSTMENT: _ADJUSTS,
    Action.REVIEW_ADJUSTMENT: _ADJUSTS,
    Action.APPLY_ADJUSTMENT: _TAKES_CALLS | {Role.ADJUSTMENTS_LEAD: Scope.ANY_CASE},
    # Health data: only whoever deals with the complaint or decides about the adjustment needs it (UK GDPR, Article 9).
    Action.TELL_CONDITION: {Role.RESIDENT: Scope.OWN_CASE},
    Action.RECORD_CONDITION: _ADJUSTS,
    Action.SEE_CONDITION: _ADJUSTS,
    Action.SEE_EASIER_REQUESTS: _DECIDES | {Role.ADJUSTMENTS_LEAD: Scope.NOTHING_YET},
    Action.SETTLE_EASIER_REQUEST: _DECIDES | {Role.ADJUSTMENTS_LEAD: Scope.NOTHING_YET},
    # What the letter is about has to be theirs to see as well (`enquiries.SEEN_BY`).
    Action.SEE_ENQUIRY_LETTER: dict.fromkeys(_STAFF_READ, Scope.NOTHING_YET),
    Action.ANSWER_ENQUIRY: _AT_THE_DESK | {Role.ADJUSTMENTS_LEAD: Scope.NOTHING_YET},
    Action.ADD_EVIDENCE: _TAKES_CALLS | _HAS_A_CODE,
    Action.SEE_EVIDENCE: _STAFF_READ | _HAS_A_CODE,
    Action.SEE_ORIGINAL_EVIDENCE: {Role.LEAD: Scope.ANY_CASE},
    Action.REMOVE_EVIDENCE: _TAKES_CALLS | _HAS_A_CODE,
    Action.SEND_MESSAGE: _HAS_A_CODE,
    Action.REQUEST_CALL_BACK: {Role.RESIDENT: Scope.OWN_CASE},
    Action.RAISE_ISSUE: {Role.RESIDENT: Scope.OWN_CASE},
    Action.ANSWER_MESSAGE: _HANDLER_OR_LEAD,
    Action.READ_MESSAGES: _HANDLER_OR_LEAD,
    Action.DECIDE_ISSUE: _HANDLER_OR_LEAD,
    Action.CHANGE_CONTACT: {Role.RESIDENT: Scope.OWN_CASE},
    Action.CONFIRM_CONTACT: _TAKES_CALLS,
    Action.CHOOSE_LANGUAGE: _TAKES_CALLS | {Role.ADJUSTMENTS_LEAD: Scope.ANY_CASE, Role.RESIDENT: Scope.OWN_CASE},
    Action.CHOOSE_OWN_LANGUAGE: dict.fromkeys((Role.REPRESENTATIVE, Role.GROUP_MEMBER), Scope.OWN_CASE),
    Action.WITHDRAW_OWN_COMPLAINT: {Role.RESIDENT: Scope.OWN_CASE},
    Action.REPORT_REMEDY: {Role.RESIDENT: Scope.OWN_CASE},
    Action.GIVE_FEEDBACK: {Role.RESIDENT: Scope.OWN_CASE},
    # What nobody has placed yet may be about anybody, so that fewer read it than complaints.
    Action.SEE_MAIL: _AT_THE_DESK | {Role.AUDITOR: Scope.NOTHING_YET},
    Action.PLACE_MAIL: dict.fromkeys((Role.RECORDER, Role.HANDLER, Role.LEAD), Scope.ANY_CASE),
    Action.DISMISS_MAIL: _DECIDES,
    Action.SEE_ORIGINAL_MAIL: {Role.LEAD: Scope.NOTHING_YET},
    Action.REQUEST_SERVICE: dict.fromkeys((Role.ANYONE, Role.RESIDENT), Scope.NOTHING_YET),
    Action.RECORD_SERVICE_REQUEST: _AT_THE_DESK,
    Action.SEE_SERVICE_REQUESTS: dict.fromkeys(_STAFF_READ, Scope.NOTHING_YET),
    Action.SETTLE_SERVICE_REQUEST: _DECIDES,
    Action.LINK_SERVICE_REQUEST: _TAKES_CALLS,
    # Whoever hears of a danger can pass it on at once.
    Action.JUDGE_BUILDING_SAFETY: _STAFF_WRITE,
    Action.REFER_PART: _TAKES_CALLS,
    Action.MOVE_REFERRAL: _STAFF_WRITE,
    Action.SEE_CONFIDENTIAL_REFERRAL: _HANDLER_OR_LEAD,
    # Not the handler, so that nobody need fear for how they are treated next time.
    Action.SEE_FEEDBACK: {Role.LEAD: Scope.ANY_CASE},
    # The member responsible for complaints needs what happened, and nobody's name for it (Code 9.5, 9.6).
    Action.SEE_WITHOUT_NAMES: {Role.OVERSIGHT: Scope.ANY_CASE},
    Action.LOG_MINOR_ISSUE: _AT_THE_DESK,
    Action.SEE_REGISTERS: dict.fromkeys((Role.LEAD, Role.AUDITOR), Scope.NOTHING_YET),
    Action.SEE_POLICY_CHECK: dict.fromkeys((Role.LEAD, Role.OVERSIGHT, Role.AUDITOR), Scope.NOTHING_YET),
    Action.SEE_ACCESS_LOG: dict.fromkeys((Role.LEAD, Role.ADMINISTRATOR, Role.AUDITOR), Scope.NOTHING_YET),
    # Whoever hands over the work of somebody who leaves has to see who is there.
    Action.SEE_STAFF: dict.fromkeys((Role.LEAD, Role.ADMINISTRATOR, Role.AUDITOR), Scope.NOTHING_YET),
    Action.KEEP_STAFF: {Role.ADMINISTRATOR: Scope.NOTHING_YET},
    Action.SEE_WORKING_DAYS: dict.fromkeys((Role.LEAD, Role.ADMINISTRATOR, Role.AUDITOR), Scope.NOTHING_YET),
    Action.KEEP_WORKING_DAYS: {Role.ADMINISTRATOR: Scope.NOTHING_YET},
    Action.KEEP_OWN_ACCOUNT: dict.fromkeys(STAFF, Scope.NOTHING_YET),
    Action.TRACK_REPRESENTED: {Role.REPRESENTATIVE: Scope.OWN_CASE},
    Action.SEE_PROGRESS: {Role.REPRESENTATIVE: Scope.OWN_CASE},
    Action.SEE_OWN_WORDS: {Role.REPRESENTATIVE: Scope.OWN_CASE},
    Action.CONFIRM_AUTHORITY: {Role.RESIDENT: Scope.OWN_CASE},
    Action.STOP_REPRESENTATIVE: {Role.RESIDENT: Scope.OWN_CASE},
    Action.LEAVE_REPRESENTATION: {Role.REPRESENTATIVE: Scope.OWN_CASE},
    Action.CONFIRM_ADDRESS: {Role.REPRESENTATIVE: Scope.OWN_CASE},
    Action.ADD_REPRESENTATIVE: _TAKES_CALLS,
    Action.ASK_FOR_AUTHORITY: _TAKES_CALLS,
    Action.RECORD_AUTHORITY: _STAFF_WRITE,
    Action.END_AUTHORITY: _TAKES_CALLS,
    Action.ISSUE_REPRESENTATIVE_CODE: _STAFF_WRITE,
    Action.SEE_OWN_OFFICE: {Role.OFFICE_MEMBER: Scope.NOTHING_YET},
    Action.KEEP_OFFICES: dict.fromkeys((Role.LEAD, Role.ADMINISTRATOR), Scope.NOTHING_YET),
    # It ends authorities of complaints and lists them, which an administrator does not see.
    Action.END_AT_DISSOLUTION: {Role.LEAD: Scope.NOTHING_YET},
}

NEEDS: Mapping[Action, AuthorityScope] = {
    Action.TRACK_REPRESENTED: AuthorityScope.SUBMIT,
    Action.SEE_OWN_WORDS: AuthorityScope.SUBMIT,
    Action.LEAVE_REPRESENTATION: AuthorityScope.SUBMIT,
    Action.CONFIRM_ADDRESS: AuthorityScope.SUBMIT,
    # To hear somebody out takes no authority: what is between them and us is theirs already.
    Action.SEND_MESSAGE: AuthorityScope.SUBMIT,
    Action.RENEW_CODE: AuthorityScope.SUBMIT,
    Action.CHOOSE_OWN_LANGUAGE: AuthorityScope.SUBMIT,
    Action.ADD_EVIDENCE: AuthorityScope.SUBMIT,
    Action.SEE_EVIDENCE: AuthorityScope.SUBMIT,
    Action.REMOVE_EVIDENCE: AuthorityScope.SUBMIT,
    Action.SEE_PROGRESS: AuthorityScope.PROGRESS,
    Action.SEE_LETTER: AuthorityScope.FULL_REPLY,
    Action.REQUEST_ESCALATION: AuthorityScope.DECIDE,
}
"""What the authority of a representative has to allow, for each thing that they can do to a case."""


def may(actor: Actor, action: Action, case: CaseLike | None = None) -> Decision:
    """Whether `actor` may do `action`, to `case` where one is meant.

    The portal itself may do everything: it acts only through the worker, never for a request.
    """
    if actor.role is Role.SYSTEM:
        return Decision(True)
    scopes = [scope for role in actor.roles if (scope := RULES[action].get(role))]
    if not scopes:
        return Decision(False, say("You may not %(act)s.", act=action.value))
    if actor.role is Role.REPRESENTATIVE and scopes != [Scope.NOTHING_YET] and NEEDS[action] not in actor.scopes:
        return Decision(False, say("You may not %(act)s.", act=action.value))
    if case is None:
        return Decision(True)
    reached = [_reaches(actor, scope, case, action) for scope in scopes]
    return next((each for each in reached if each), reached[0])


SEEING = (Action.SEE_CASE, Action.TRACK_COMPLAINT, Action.TRACK_REPRESENTED, Action.TRACK_GROUP)


def may_see(actor: Actor, case: CaseLike) -> bool:
    """Whether `actor` may know at all that `case` exists."""
    return any(may(actor, each, case) for each in SEEING)


def _reaches(actor: Actor, scope: Scope, case: CaseLike, action: Action) -> Decision:
    if scope is Scope.NOTHING_YET:
        return Decision(True)
    if actor.landlord != case.landlord:
        return Decision(False, say("You may not %(act)s.", act=action.value))
    if scope is not Scope.OWN_CASE and not in_sight(actor, case):
        return Decision(False, say("You may not %(act)s.", act=action.value))
    if scope is Scope.OWN_CASE and actor.case_reference != case.reference:
        return Decision(False, say("You may not %(act)s.", act=action.value))
    if scope is Scope.HANDLED_CASE and (actor.user_id is None or actor.user_id != case.handler_id):
        return Decision(False, say("Only the person who handles this complaint may %(act)s.", act=action.value))
    return Decision(True)
