"""Complaints in which somebody has to check who acts, or how the resident is reached; letters that wait for it."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NAME = "ix_complaints_authority"
ROWS = sa.text("authority_check_on IS NOT NULL")
SOON = timedelta(days=14)

COMPLAINTS = sa.table("complaints", sa.column("id"), sa.column("received_on"), sa.column("authority_check_on", sa.Date))
ACTING = sa.table(
    "representatives",
    sa.column("complaint_id"),
    sa.column("submitted", sa.Boolean),
    sa.column("starts_on", sa.Date),
    sa.column("expires_on", sa.Date),
    sa.column("ended_on", sa.Date),
)


def upgrade() -> None:
    op.add_column("complaints", sa.Column("authority_check_on", sa.Date()))
    op.create_index(
        NAME, "complaints", ["landlord", "authority_check_on", "id"], sqlite_where=ROWS, postgresql_where=ROWS
    )
    connection = op.get_bind()
    goes_on = ACTING.c.ended_on.is_(None)
    first_end = sa.select(ACTING.c.complaint_id, sa.func.min(ACTING.c.expires_on)).where(goes_on)
    for complaint, ends in connection.execute(first_end.group_by(ACTING.c.complaint_id)).all():
        if ends:
            values = {"authority_check_on": ends - SOON}
            connection.execute(sa.update(COMPLAINTS).where(COMPLAINTS.c.id == complaint).values(values))
    # Nobody has checked what somebody else gave as the resident's contact, and who waits has waited since then.
    waits = sa.or_(ACTING.c.submitted, sa.and_(goes_on, ACTING.c.starts_on.is_(None)))
    connection.execute(
        sa.update(COMPLAINTS)
        .where(COMPLAINTS.c.id.in_(sa.select(ACTING.c.complaint_id).where(waits)))
        .values(authority_check_on=COMPLAINTS.c.received_on)
    )


def downgrade() -> None:
    op.execute("UPDATE letters SET state = 'on_page' WHERE state = 'held'")
    op.drop_index(NAME, "complaints")
    op.drop_column("complaints", "authority_check_on")
