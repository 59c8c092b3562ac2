"""Where a part of a complaint goes, in the words of a letter. A confidential route has none."""

from __future__ import annotations

from collections.abc import Mapping

from portal.domain.law import LawKey
from portal.domain.routes import CONFIDENTIAL, Route

ROUTES: Mapping[Route, str] = {
    Route.HAZARD: "to the people who make homes safe",
    Route.SERVICE_REQUEST: "to the team that puts things right, as a request for service",
    Route.ASB: "to the people who deal with anti-social behaviour",
    Route.BUILDING_SAFETY: "to the people who answer for the safety of the building",
    Route.DATA_PROTECTION_COMPLAINT: "to the people who answer for personal data",
    Route.INSURANCE: "to the insurers",
    Route.COURT_PROCEEDINGS: "to the people who deal with the court case",
    Route.APPEAL: "to the people who decide appeals",
    Route.POLICY_FEEDBACK: "to the people who review our policies",
    Route.PETITION: "to the people who receive petitions",
    Route.CHAIR: "to the Chair",
    Route.EXTERNAL_BODY: "to another organisation",
}

LAW_LIMITS: Mapping[LawKey, str] = {
    LawKey.INVESTIGATE: "We look into the danger by",
    LawKey.TELL_FINDINGS: "We tell you in writing what we found by",
    LawKey.MAKE_SAFE: "We make it safe by",
    LawKey.ACKNOWLEDGE_DATA: "You are told that it was received by",
}

assert set(ROUTES) | CONFIDENTIAL == set(Route), "every route has words in a letter, or none may be told"
