"""Minor issues in the demonstration, at a landlord whose policy logs them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.log_minor_issue import log_minor_issue
from portal.demo.office import Office
from portal.domain.minor_issues import MinorIssue

ISSUES = (
    ("The bin store was locked on the day of collection.", "The key was not handed on.", "Opened within the hour."),
    (
        "A letter had the wrong opening hours on it.",
        "An old template was used.",
        "Sent again, and the template changed.",
    ),
)


def log_issues(session: Session, office: Office, now: datetime) -> None:
    """Each was settled at once, and nobody wanted to complain."""
    landlord = office.landlord.key
    if landlords.policy_for(landlord, now.date()).minor_issues is None:
        return
    for issue, cause, done in ISSUES:
        found = MinorIssue(noticed_on=now.date(), issue=issue, cause=cause, done=done, wants_to_complain=False)
        log_minor_issue(session, office.lead, landlord, found, now=now)
