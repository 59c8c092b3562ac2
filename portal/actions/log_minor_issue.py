"""A minor issue is logged, without anybody's name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.minor_issues import MinorIssue, check_minor_issue
from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Forbidden, Refused
from portal.records.register_tables import MinorIssueRow


def log_minor_issue(session: Session, actor: Actor, landlord: str, found: MinorIssue, *, now: datetime) -> None:
    """Keep it, where the policy in force logs such issues. Whoever wants to complain is refused it here."""
    decision = may(actor, Action.LOG_MINOR_ISSUE)
    if not decision:
        raise Forbidden(decision.reason)
    if landlords.policy_for(landlord, now.date()).minor_issues is None:
        raise Refused("The policy has no log of minor issues: record a complaint or a request")
    check_minor_issue(found, now.date())
    session.add(
        MinorIssueRow(
            landlord=landlord, noticed_on=found.noticed_on, issue=found.issue, cause=found.cause, done=found.done
        )
    )
