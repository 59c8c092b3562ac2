"""Letters that staff are writing, kept until they are sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_letter_drafts_by_id"),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_letter_drafts_complaint_id"),
        sa.PrimaryKeyConstraint("id", name="pk_letter_drafts"),
        sa.UniqueConstraint("complaint_id", "act", "by_id", name="uq_letter_drafts_complaint_id_act_by_id"),
    )
    op.create_index("ix_letter_drafts_saved_at", "letter_drafts", ["saved_at"])


def downgrade() -> None:
    op.drop_table("letter_drafts")
