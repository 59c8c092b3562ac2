"""What the lists of staff are narrowed and ordered by: `portal migrate` fills it in with the copies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_complaints_open_received": ("is_open", ["landlord", "received_on", "id"]),
    "ix_complaints_open_changed": ("is_open", ["landlord", "changed_at", "id"]),
    "ix_complaints_ended_changed": ("NOT is_open", ["landlord", "changed_at", "id"]),
    "ix_complaints_waits_for_resident": ("waits_for_resident", ["landlord", "due_on", "id"]),
    "ix_complaints_answer_is_known": ("answer_is_known", ["landlord", "due_on", "id"]),
    "ix_complaints_adjustment_due": ("adjustment_due_on IS NOT NULL", ["landlord", "adjustment_due_on", "id"]),
}
ON_SQLITE = {
    "is_open": "is_open = 1",
    "NOT is_open": "is_open = 0",
    "waits_for_resident": "waits_for_resident = 1",
    "answer_is_known": "answer_is_known = 1",
}


def upgrade() -> None:
    op.add_column("complaints", sa.Column("channel", sa.String(40), nullable=False, server_default=""))
    op.add_column(
        "complaints",
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default="1970-01-01 00:00:00"),
    )
    for name in ("waits_for_resident", "answer_is_known"):
        op.add_column("complaints", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("complaints", sa.Column("adjustment_due_on", sa.Date()))
    for name, (rows, columns) in INDEXES.items():
        on_sqlite = sa.text(ON_SQLITE.get(rows, rows))
        op.create_index(name, "complaints", columns, sqlite_where=on_sqlite, postgresql_where=sa.text(rows))


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, table_name="complaints")
    for name in ("adjustment_due_on", "answer_is_known", "waits_for_resident", "changed_at", "channel"):
        op.drop_column("complaints", name)
