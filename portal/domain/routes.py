"""Where a part of a complaint may go besides: each a linked record with its own owner, and none of them its end.

Dissatisfaction with how another process was handled is a complaint (Code 1.5), so nothing here closes, pauses or
replaces one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Route(StrEnum):
    """Another process, of the landlord or of somebody else."""

    HAZARD = "hazard"
    SERVICE_REQUEST = "service_request"
    ASB = "asb"
    SAFEGUARDING = "safeguarding"
    BUILDING_SAFETY = "building_safety"
    DATA_PROTECTION_COMPLAINT = "data_protection_complaint"
    INSURANCE = "insurance"
    COURT_PROCEEDINGS = "court_proceedings"
    APPEAL = "appeal"
    POLICY_FEEDBACK = "policy_feedback"
    PETITION = "petition"
    STAFF_GRIEVANCE = "staff_grievance"
    CHAIR = "chair"
    WHISTLEBLOWING = "whistleblowing"
    EXTERNAL_BODY = "external_body"


CONFIDENTIAL = frozenset({Route.SAFEGUARDING, Route.STAFF_GRIEVANCE, Route.WHISTLEBLOWING})
"""Of these nobody outside learns more than that something was passed on: not where to, and not what became of it."""


@dataclass(frozen=True, slots=True)
class RouteRule:
    """That a landlord has this route, and where its text, the Code or the law says so. `to` is who usually has it."""

    route: Route
    rule: str
    to: str = ""
