"""What an email is, why it waits and what became of it, in the words of the pages for staff."""

from __future__ import annotations

from enum import Enum
from typing import Any

from portal.domain.mail_kinds import MailKind, MailOutcome, WhoseWords, WhyWaits
from portal.web.wording import lazy_gettext as _l

MAIL_WORDS: tuple[tuple[Enum, Any], ...] = (
    (MailKind.REPLY, _l("Reply to a letter of ours")),
    (MailKind.NEW, _l("New")),
    (MailKind.AUTOMATIC, _l("Sent automatically")),
    (MailKind.BOUNCE, _l("Could not be delivered")),
    (MailKind.UNREADABLE, _l("Cannot be read here")),
    (MailOutcome.FILED, _l("Put on its complaint by the portal")),
    (MailOutcome.PLACED, _l("Put on a complaint")),
    (MailOutcome.COMPLAINT, _l("Made a complaint")),
    (MailOutcome.NO_COMPLAINT, _l("Not a complaint")),
    (MailOutcome.MARKED, _l("Its letter, which is about no complaint, is marked as not delivered")),
    (WhoseWords.RESIDENT, _l("The resident’s: it becomes their message")),
    (WhoseWords.REPRESENTATIVE, _l("Those of whoever acts for the resident: it becomes their message")),
    (WhoseWords.SOMEBODY_ELSE, _l("Somebody else’s, or you are not sure: only staff read it")),
    (
        WhyWaits.NEW,
        _l(
            "Nothing in it says that it is about a complaint that we have. If somebody is unhappy with us, it is a "
            "complaint, whether or not they use the word, and it was received on the day on which it reached us."
        ),
    ),
    (
        WhyWaits.REFERENCE_ALONE,
        _l(
            "It names the reference of a complaint, and does not answer a letter of ours. Anybody may know a "
            "reference: compare who it is from before you put it there."
        ),
    ),
    (
        WhyWaits.SENDER_UNKNOWN,
        _l(
            "It answers a letter of ours, and does not come from the address that the letter is for. Find out who "
            "wrote it before you put it on the complaint as anybody’s words."
        ),
    ),
    (
        WhyWaits.CANNOT_BE_FILED,
        _l(
            "It answers a letter of ours, and its complaint takes no messages from whoever wrote it now: it goes on "
            "in another one, or they act no more."
        ),
    ),
    (
        WhyWaits.AUTOMATIC,
        _l(
            "A machine sent it, and it answers no letter of ours. Forms on other websites look like that too: read "
            "it before you say that it is no complaint."
        ),
    ),
    (
        WhyWaits.BOUNCE,
        _l(
            "It says that something could not be delivered, and not which of our letters. If you can tell from its "
            "words whom it was for, reach them in another way."
        ),
    ),
    (
        WhyWaits.UNREADABLE,
        _l(
            "It is too large, or broken, or made to do harm. It is kept as it came. Look at it in the mailbox, with "
            "care, and record what it says if it is a complaint."
        ),
    ),
)
