"""What was declined is found without reading every event."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

DECLINED = sa.text("kind = 'complaint_declined'")


def upgrade() -> None:
    op.create_index(
        "ix_events_declined", "events", ["landlord", "id"], sqlite_where=DECLINED, postgresql_where=DECLINED
    )


def downgrade() -> None:
    op.drop_index("ix_events_declined", table_name="events")
