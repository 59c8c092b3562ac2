"""What an email that comes in can be, why it waits, and what becomes of it."""

from __future__ import annotations

from enum import StrEnum


class MailKind(StrEnum):
    """What a message is. REPLY: to a letter of ours, by its unguessable address or number."""

    REPLY = "reply"
    NEW = "new"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    UNREADABLE = "unreadable"


class MailOutcome(StrEnum):
    """What became of it. FILED: the portal put it on its complaint; PLACED: a member of staff did.

    MARKED: it says that a letter about no complaint could not be delivered, which staff now see of that letter.
    """

    FILED = "filed"
    PLACED = "placed"
    COMPLAINT = "complaint"
    NO_COMPLAINT = "no_complaint"
    MARKED = "marked"


class WhyWaits(StrEnum):
    """Why a person has to look at it."""

    NEW = "new"
    REFERENCE_ALONE = "reference_alone"
    SENDER_UNKNOWN = "sender_unknown"
    CANNOT_BE_FILED = "cannot_be_filed"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    UNREADABLE = "unreadable"


class WhoseWords(StrEnum):
    """Whose words staff say that a message is."""

    RESIDENT = "resident"
    REPRESENTATIVE = "representative"
    SOMEBODY_ELSE = "somebody_else"
