"""What the daily list of a member of staff says, kept with the email that tells it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("links", sa.Column("lines", sa.JSON()))


def downgrade() -> None:
    op.drop_column("links", "lines")
