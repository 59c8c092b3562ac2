"""Representatives: a table of them, and secret codes of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "representatives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("office_id", sa.Integer()),
        sa.Column("own_reference", sa.Text(), nullable=False),
        sa.Column("submitted", sa.Boolean(), nullable=False),
        sa.Column("scopes", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date()),
        sa.Column("expires_on", sa.Date()),
        sa.Column("ended_on", sa.Date()),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_representatives_complaint_id"),
        sa.PrimaryKeyConstraint("id", name="pk_representatives"),
        sa.UniqueConstraint("complaint_id", "number", name="uq_representatives_complaint_id_number"),
    )
    op.create_index("ix_representatives_office", "representatives", ["landlord", "office_id", "complaint_id"])
    op.add_column("access_codes", sa.Column("representative", sa.Integer()))


def downgrade() -> None:
    # Their codes go with them: without the table nothing would know whose they are.
    op.execute(
        "DELETE FROM access_grants WHERE access_code_id IN (SELECT id FROM access_codes WHERE holder <> 'resident')"
    )
    op.execute("DELETE FROM access_codes WHERE holder <> 'resident'")
    op.drop_column("access_codes", "representative")
    op.drop_table("representatives")
