"""What a representative may do, as a letter to the resident says it."""

from __future__ import annotations

from collections.abc import Mapping

from portal.domain.representative_kinds import AuthorityScope, Standing

SCOPES: Mapping[AuthorityScope, str] = {
    AuthorityScope.PROGRESS: "see how far your complaint has come",
    AuthorityScope.FULL_REPLY: "get our letters to you",
    AuthorityScope.MEETINGS: "come to meetings with you",
    AuthorityScope.DECIDE: "decide for you, for example to ask for stage 2",
}

STANDINGS: Mapping[Standing, str] = {
    Standing.WAITING: "made the complaint, or says that they act for you. They are told that we have it, and no more.",
    Standing.IN_FORCE: "acts for you. They may",
    Standing.NOT_YET: "will act for you from a later day.",
    Standing.EXPIRED: "acts for you no more: the time for it is over.",
    Standing.ENDED: "acts for you no more.",
}
