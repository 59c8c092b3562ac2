"""The language that a letter or an emailed link is written in, and the English of a letter for staff."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = ("letters", "links", "petition_letters")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("language", sa.String(20), nullable=False, server_default="en_GB"))
    op.add_column("letters", sa.Column("english", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("letters", "english")
    for table in reversed(TABLES):
        op.drop_column(table, "language")
