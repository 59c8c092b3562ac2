"""A file of a draft may show that whoever complains may act; somebody who acts may have lost their code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("evidence", sa.Column("shows_authority", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("code_requests", sa.Column("acting", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    # A version that knows of no such request would send it to the resident.
    op.execute("DELETE FROM code_requests WHERE acting")
    op.execute("DELETE FROM links WHERE purpose = 'new_code' AND representative IS NOT NULL")
    op.drop_column("code_requests", "acting")
    op.drop_column("evidence", "shows_authority")
