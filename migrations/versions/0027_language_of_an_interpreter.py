"""The language of an interpreter that somebody asks for without a complaint."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("easier_requests") as table:
        table.add_column(sa.Column("interpreter", sa.String(20), nullable=False, server_default=""))
        table.add_column(sa.Column("interpreter_words", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("easier_requests") as table:
        table.drop_column("interpreter_words")
        table.drop_column("interpreter")
