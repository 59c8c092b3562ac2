"""The lists of complaints that members of staff keep under names of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("asked", sa.String(1000), nullable=False),
        sa.Column("begins", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_own_lists_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_own_lists"),
        sa.UniqueConstraint("user_id", "name", name="uq_own_lists_user_id_name"),
    )


def downgrade() -> None:
    op.drop_table("own_lists")
