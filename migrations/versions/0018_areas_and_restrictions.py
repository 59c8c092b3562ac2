"""Complaints belong to areas, staff may be limited to some, and a complaint may be restricted to some people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("areas", sa.String(length=400), server_default="", nullable=False))
    op.add_column("complaints", sa.Column("area", sa.String(length=40)))
    op.add_column("complaints", sa.Column("restricted_to", sa.Text()))


def downgrade() -> None:
    op.drop_column("complaints", "restricted_to")
    op.drop_column("complaints", "area")
    op.drop_column("users", "areas")
