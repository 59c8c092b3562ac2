"""What the Ombudsman looks into, and what we owe them and by when. Copied from the fold by `portal migrate`."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_complaints_ombudsman": ("ombudsman_since IS NOT NULL", ["landlord", "id"]),
    "ix_complaints_ombudsman_due": ("ombudsman_due_on IS NOT NULL", ["landlord", "ombudsman_due_on", "id"]),
}


def upgrade() -> None:
    op.add_column("complaints", sa.Column("ombudsman_since", sa.Date()))
    op.add_column("complaints", sa.Column("ombudsman_due_on", sa.Date()))
    for name, (rows, columns) in INDEXES.items():
        op.create_index(name, "complaints", columns, sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, table_name="complaints")
    op.drop_column("complaints", "ombudsman_due_on")
    op.drop_column("complaints", "ombudsman_since")
