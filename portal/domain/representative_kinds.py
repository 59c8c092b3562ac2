"""Who may act for a resident, and what an authority to act is made of: the words in which it is recorded.

Glossary: a representative acts for a resident; an authority is the right to, with basis, evidence, scope and expiry.
"""

from __future__ import annotations

from enum import StrEnum


class Capacity(StrEnum):
    """As what somebody acts for a resident."""

    MP = "mp"
    MSP = "msp"
    MEMBER_OF_SENEDD = "member_of_senedd"
    MLA = "mla"
    COUNCILLOR = "councillor"
    MAYOR = "mayor"
    ADVOCATE = "advocate"
    ADVICE_AGENCY = "advice_agency"
    SOCIAL_WORKER = "social_worker"
    FAMILY = "family"
    FRIEND = "friend"
    SOLICITOR = "solicitor"
    ATTORNEY = "attorney"
    DEPUTY = "deputy"
    APPOINTEE = "appointee"
    EXECUTOR = "executor"
    NEXT_OF_KIN = "next_of_kin"
    TENANT_PANEL = "tenant_panel"
    OTHER = "other"


class AskedBy(StrEnum):
    """Who asked the representative to act."""

    RESIDENT = "resident"
    SOMEBODY_ELSE = "somebody_else"
    NOT_SAID = "not_said"


class AuthorityScope(StrEnum):
    """What a representative may do. SUBMIT: hand the complaint in and be told that it was received, nothing more."""

    SUBMIT = "submit"
    PROGRESS = "progress"
    FULL_REPLY = "full_reply"
    MEETINGS = "meetings"
    DECIDE = "decide"


class AuthorityEvidence(StrEnum):
    """What an authority rests on."""

    OFFICIAL_ADDRESS = "official_address"
    SIGNED = "signed"
    EMAILED = "emailed"
    VOICE = "voice"
    LINK = "link"
    CALL = "call"
    OWN_PAGE = "own_page"
    LETTER_OF_AUTHORITY = "letter_of_authority"
    POWER = "power"
    GRANT = "grant"
    DECLARATION = "declaration"
    GROUND = "ground"


class AuthorityBasis(StrEnum):
    """Why the landlord may tell a representative anything."""

    ELECTED = "elected"
    ELECTED_GROUND = "elected_ground"
    CONSENT = "consent"
    POWER = "power"
    ESTATE = "estate"


class Ground(StrEnum):
    """Why an elected person may be told although somebody else asked (DPA 2018, Schedule 1, paragraph 24)."""

    CANNOT_CONSENT = "cannot_consent"
    CANNOT_BE_EXPECTED = "cannot_be_expected"
    WOULD_PREJUDICE = "would_prejudice"
    WITHHELD_UNREASONABLY = "withheld_unreasonably"


class ReplyTo(StrEnum):
    """Where a representative asked our replies to go. The resident's own are never stopped by it."""

    RESIDENT = "resident"
    REPRESENTATIVE = "representative"
    BOTH = "both"


class WhyEnded(StrEnum):
    """Why a representative acts no more."""

    RESIDENT_STOPPED = "resident_stopped"
    RESIDENT_DENIED = "resident_denied"
    REPRESENTATIVE_LEFT = "representative_left"
    OUT_OF_OFFICE = "out_of_office"
    POWER_ENDED = "power_ended"
    MISTAKE = "mistake"
    JOINING_UNDONE = "joining_undone"


class Standing(StrEnum):
    """How a representative stands on a day."""

    WAITING = "waiting"
    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    ENDED = "ended"
