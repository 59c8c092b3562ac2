"""Requests for service stand beside complaints, and an email tells the reference of one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("links", sa.Column("about", sa.String(length=20), nullable=False, server_default=""))
    op.create_table(
        "service_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("hazard", sa.Boolean(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("done_by_id", sa.Integer()),
        sa.Column("complaint_reference", sa.String(length=20)),
        sa.PrimaryKeyConstraint("id", name="pk_service_requests"),
        sa.UniqueConstraint("reference", name="uq_service_requests_reference"),
        sa.ForeignKeyConstraint(["done_by_id"], ["users.id"], name="fk_service_requests_done_by_id_users"),
    )
    op.create_index("ix_service_requests_landlord_done", "service_requests", ["landlord", "done_at", "asked_at"])


def downgrade() -> None:
    op.drop_table("service_requests")
    op.execute("DELETE FROM links WHERE purpose = 'service_request'")
    op.drop_column("links", "about")
