"""What a representative may do, as a letter to the resident says it."""

from __future__ import annotations

from collections.abc import Mapping

from portal.domain.representation import Representative
from portal.domain.representative_kinds import AuthorityScope
from portal.domain.saying import Saying, say

SCOPES: Mapping[AuthorityScope, Saying] = {
    AuthorityScope.PROGRESS: say("see how far your complaint has come"),
    AuthorityScope.FULL_REPLY: say("get our letters to you"),
    AuthorityScope.MEETINGS: say("come to meetings with you"),
    AuthorityScope.DECIDE: say("decide for you, for example to ask for stage 2"),
}


def allowed(one: Representative) -> tuple[Saying, ...]:
    """All that they may do, as far as the resident is told it."""
    scopes = one.authority.scopes if one.authority else ()
    return tuple(SCOPES[scope] for scope in scopes if scope in SCOPES)
