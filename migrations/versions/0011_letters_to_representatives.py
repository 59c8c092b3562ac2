"""Letters and links that go to a representative, or are about one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("letters", sa.Column("representative", sa.Integer()))
    op.add_column("links", sa.Column("representative", sa.Integer()))


def downgrade() -> None:
    op.drop_column("links", "representative")
    op.drop_column("letters", "representative")
