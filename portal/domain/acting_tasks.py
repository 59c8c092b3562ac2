"""What staff have to see to about who acts for a resident, and from which day."""

from __future__ import annotations

from datetime import date

from portal.domain.case import Case
from portal.domain.lifecycle import Status
from portal.domain.office_cases import ENDS_SOON
from portal.domain.representation import Representative

OVER = frozenset({Status.WITHDRAWN, Status.CLOSED})
"""Nothing more is written then that somebody could be told."""


def check_on(case: Case) -> date | None:
    """The day from which somebody looks at who acts and how the resident is reached, or None.

    Letters may wait for how the resident is reached, so that is seen to whatever has become of the complaint. An
    authority that ends is looked at a fortnight before, and until it is renewed or ended.
    """
    if case.joined_into:  # it is seen to where it goes on
        return None
    contact = [case.received.received_on] if case.contact_to_check else []
    acting = () if case.status in OVER else case.representatives
    days = (*contact, *(_from_when(one) for one in acting))
    return min((day for day in days if day), default=None)


def _from_when(one: Representative) -> date | None:
    if one.ended:
        return None
    if one.authority is None:
        return one.added.added_on
    return one.expires_on - ENDS_SOON if one.expires_on else None
