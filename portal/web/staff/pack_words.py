"""The choices of packs in words."""

from enum import Enum
from typing import Any

from portal.domain.pack_events import ForWhom, Restricted
from portal.domain.packing import Folder, NotGiven, Other
from portal.web.wording import lazy_gettext as _l

PACK_WORDS: tuple[tuple[Enum, Any], ...] = (
    (Restricted.CONDITIONS, _l("What somebody told us about their health")),
    (Restricted.VULNERABILITY, _l("What makes somebody vulnerable")),
    (Restricted.IN_CONFIDENCE, _l("What was passed on in confidence, and letters about it")),
    (Restricted.STAFF_TIES, _l("Ties of staff to the complaint, who is named in it, and who checked an answer")),
    (Restricted.NOTES, _l("Notes that staff wrote for each other")),
    (Restricted.FEEDBACK, _l("How it went, as the resident told us afterwards")),
    (Restricted.ORIGINALS, _l("Photos as they were sent, with place and device")),
    (NotGiven.REFUSED, _l("Files that were refused when they came, and are not kept")),
    (NotGiven.REMOVED, _l("Files that were taken back")),
    (NotGiven.CHECKING, _l("Files that are still being checked for viruses")),
    (NotGiven.NOT_STORED, _l("Files that are not there any more")),
    (Other.RESIDENT, _l("The resident")),
    (Other.REPRESENTATIVE, _l("Somebody who acts for the resident")),
    (Other.MEMBER, _l("A member of the group")),
    (Other.STAFF, _l("Staff")),
    (Other.SOMEBODY, _l("Whoever else it is about")),
    (ForWhom.OMBUDSMAN, _l("The Ombudsman")),
    (ForWhom.RESIDENT, _l("The resident")),
    (ForWhom.REPRESENTATIVE, _l("Somebody who acts for the resident")),
    (ForWhom.MEMBER, _l("A member of the group")),
    (Folder.LETTERS, _l("Letters")),
    (Folder.EVIDENCE, _l("Files")),
    (Folder.POLICY, _l("Policy")),
    (Folder.AUDIT, _l("The record behind it")),
)
