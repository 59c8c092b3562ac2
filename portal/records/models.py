"""All tables, for whoever needs several. No method of any of them decides anything."""

from portal.records.access_tables import AccessCode, AccessGrant, CodeRequest, Link, LinkPurpose
from portal.records.accounts import Role, User, WebAuthn
from portal.records.base import Base
from portal.records.calendar_tables import CalendarEntry, LandlordCalendar
from portal.records.complaint_tables import (
    DECLINED,
    AdjustmentPerson,
    ChainHead,
    ComplaintRow,
    EventContent,
    EventRow,
    RepresentativeRow,
    SearchEntry,
)
from portal.records.draft_tables import Draft, DraftKey, DraftKeyKind
from portal.records.enquiry_tables import EnquiryEntry, EnquiryHead, EnquiryLetter, EnquiryWords
from portal.records.file_tables import TO_CHECK, EvidenceRow
from portal.records.letter_columns import TO_DELIVER, Channel, LetterState
from portal.records.letter_tables import LetterRow
from portal.records.mail_tables import IncomingMail, MailboxRead
from portal.records.note_tables import Note
from portal.records.office_tables import Dissolution, Office, OfficeMember, OfficeSession
from portal.records.register_tables import MinorIssueRow, RegisterEntry
from portal.records.request_tables import EasierRequest, Petition, Reached, ServiceRequest
from portal.records.sent_tables import SentCopy, SentHead
from portal.records.staff_tables import AccessEntry, OwnList, RecoveryCode, StaffEntry, StaffWarning

__all__ = [
    "DECLINED",
    "TO_CHECK",
    "TO_DELIVER",
    "AccessCode",
    "AccessEntry",
    "AccessGrant",
    "AdjustmentPerson",
    "Base",
    "CalendarEntry",
    "ChainHead",
    "Channel",
    "CodeRequest",
    "ComplaintRow",
    "Dissolution",
    "Draft",
    "DraftKey",
    "DraftKeyKind",
    "EasierRequest",
    "EnquiryEntry",
    "EnquiryHead",
    "EnquiryLetter",
    "EnquiryWords",
    "EventContent",
    "EventRow",
    "EvidenceRow",
    "IncomingMail",
    "LandlordCalendar",
    "LetterRow",
    "LetterState",
    "Link",
    "LinkPurpose",
    "MailboxRead",
    "MinorIssueRow",
    "Note",
    "Office",
    "OfficeMember",
    "OfficeSession",
    "OwnList",
    "Petition",
    "Reached",
    "RecoveryCode",
    "RegisterEntry",
    "RepresentativeRow",
    "Role",
    "SearchEntry",
    "SentCopy",
    "SentHead",
    "ServiceRequest",
    "StaffEntry",
    "StaffWarning",
    "User",
    "WebAuthn",
]
