"""The registers: lines copied from the events. `portal migrate` fills them afterwards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "register_entries",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("complaint_id", sa.Integer(), sa.ForeignKey("complaints.id"), nullable=False),
        sa.Column("landlord", sa.String(40), nullable=False),
        sa.Column("register", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("what", sa.String(200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("amount_pence", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("hidden_from", sa.Text(), nullable=True),
        sa.UniqueConstraint("complaint_id", "register", "number", "member"),
    )
    op.create_index("ix_register_entries_listed", "register_entries", ["landlord", "register", "on_day", "id"])
    op.create_table(
        "minor_issues",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("landlord", sa.String(40), nullable=False),
        sa.Column("noticed_on", sa.Date(), nullable=False),
        sa.Column("issue", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
    )
    op.create_index("ix_minor_issues_landlord", "minor_issues", ["landlord", "id"])


def downgrade() -> None:
    op.drop_table("minor_issues")
    op.drop_index("ix_register_entries_listed", "register_entries")
    op.drop_table("register_entries")
