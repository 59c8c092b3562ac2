"""Where somebody came to a case from, so that the way back leads to the same list, filters and page."""

from __future__ import annotations

import re

from flask import request, url_for

from portal.web.wording import gettext as _

FROM = "list"
"""What the address of a case calls the list that led there: its own address below that of the queue."""

A_LIST = re.compile(r"(search/[0-9a-f]{8})?(\?[\w.=&%+-]*)?")


def this_list() -> str:
    """The list that is being shown. It is no more than was asked for, and names nobody."""
    below = request.full_path.removeprefix(url_for("staff.queue"))
    return below.removesuffix("?")


def way_back() -> tuple[str, str]:
    """The address and the words of the link back from a case. What is no list of ours leads to the first one."""
    below = request.args.get(FROM, "")
    if not below or not A_LIST.fullmatch(below):
        return url_for("staff.queue"), _("All complaints")
    words = _("Back to what was found") if below.startswith("search/") else _("Back to the list")
    return url_for("staff.queue") + below, words
