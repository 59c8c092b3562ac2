"""Where a part of a complaint goes, in the words of a letter. A confidential route has none."""

from __future__ import annotations

from collections.abc import Mapping

from portal.domain.routes import CONFIDENTIAL, Route
from portal.domain.saying import Saying, say

ROUTES: Mapping[Route, Saying] = {
    Route.HAZARD: say("to the people who make homes safe"),
    Route.SERVICE_REQUEST: say("to the team that puts things right, as a request for service"),
    Route.ASB: say("to the people who deal with anti-social behaviour"),
    Route.BUILDING_SAFETY: say("to the people who answer for the safety of the building"),
    Route.DATA_PROTECTION_COMPLAINT: say("to the people who answer for personal data"),
    Route.INSURANCE: say("to the insurers"),
    Route.COURT_PROCEEDINGS: say("to the people who deal with the court case"),
    Route.APPEAL: say("to the people who decide appeals"),
    Route.POLICY_FEEDBACK: say("to the people who review our policies"),
    Route.PETITION: say("to the people who receive petitions"),
    Route.CHAIR: say("to the Chair"),
    Route.EXTERNAL_BODY: say("to another organisation"),
}

assert set(ROUTES) | CONFIDENTIAL == set(Route), "every route has words in a letter, or none may be told"
