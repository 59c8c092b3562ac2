"""Codes of a resident that open nothing while another complaint is joined to theirs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("access_codes", sa.Column("suspended_for_id", sa.Integer()))


def downgrade() -> None:
    op.drop_column("access_codes", "suspended_for_id")
