"""A member of a group gets a new secret code in place of a lost one, as the resident does."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("links", sa.Column("group_member", sa.Integer()))
    op.add_column("code_requests", sa.Column("known_by", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    # Without the columns they would be taken for the resident's own.
    op.execute("DELETE FROM links WHERE group_member IS NOT NULL")
    op.execute("DELETE FROM code_requests WHERE known_by <> ''")
    op.drop_column("code_requests", "known_by")
    op.drop_column("links", "group_member")
