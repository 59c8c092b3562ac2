"""Whether a message was written by a person, and whether it says that something could not be delivered."""

from __future__ import annotations

import re
from email.message import EmailMessage

from flufl.bounce import all_failures

from portal.mail.words import header, sender_of

_BULK = {"bulk", "junk", "auto_reply", "auto-reply"}
_POSTMASTERS = re.compile(r"(mailer-daemon|postmaster|mail-?delivery\S*)@", re.IGNORECASE)
_SAYS_SO = re.compile(r"undeliver|returned mail|delivery (status|failure|has failed)|failure notice", re.IGNORECASE)
_PERMANENT = re.compile(rb"^Action:\s*failed", re.IGNORECASE | re.MULTILINE)


def is_automatic(message: EmailMessage) -> bool:
    """By the marks that RFC 3834 and the large mail servers give their answers."""
    submitted = header(message, "Auto-Submitted").lower()
    return (
        bool(submitted and not submitted.startswith("no"))
        or header(message, "Precedence").lower() in _BULK
        or bool(header(message, "X-Auto-Response-Suppress"))
        or bool(header(message, "X-Autoreply") or header(message, "X-Autorespond"))
        or header(message, "Return-Path") == "<>"
        or message.get_content_type() == "multipart/report"
    )


def bounced(message: EmailMessage) -> bool:
    """Whether it says that something was not delivered, and will not be: as RFC 3464 has it, or in plain words."""
    if message.get_content_type() == "multipart/report":
        return _report_says_failed(message)
    if not (_POSTMASTERS.match(sender_of(message)[1]) or header(message, "Return-Path") == "<>"):
        return False
    _for_now, for_good = all_failures(message)
    return bool(for_good) or bool(_SAYS_SO.search(header(message, "Subject")))


def _report_says_failed(message: EmailMessage) -> bool:
    """One that says it is only late, or was delivered, is no bounce."""
    reports = [each for each in message.walk() if each.get_content_type() == "message/delivery-status"]
    return any(_PERMANENT.search(each.as_bytes()) for each in reports)
