"""Complaints whose resident is owed word of how a late answer stands: `portal migrate` fills it in with the copies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

NAME = "ix_complaints_update_due"
ROWS = sa.text("update_due_on IS NOT NULL")


def upgrade() -> None:
    op.add_column("complaints", sa.Column("update_due_on", sa.Date()))
    op.create_index(NAME, "complaints", ["landlord", "update_due_on", "id"], sqlite_where=ROWS, postgresql_where=ROWS)


def downgrade() -> None:
    op.drop_index(NAME, "complaints")
    op.drop_column("complaints", "update_due_on")
