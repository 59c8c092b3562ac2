"""At a dissolution the access of many offices ends in one act."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dissolutions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("office_ids", sa.JSON(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by_id", sa.Integer()),
        sa.ForeignKeyConstraint(["done_by_id"], ["users.id"], name="fk_dissolutions_done_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_dissolutions"),
    )
    op.create_index("ix_dissolutions_landlord", "dissolutions", ["landlord"])
    with op.batch_alter_table("office_members") as members:
        members.add_column(sa.Column("dissolution_id", sa.Integer()))
        members.create_foreign_key("fk_office_members_dissolution_id", "dissolutions", ["dissolution_id"], ["id"])
        members.create_index("ix_office_members_dissolution_id", ["dissolution_id"])


def downgrade() -> None:
    with op.batch_alter_table("office_members") as members:
        members.drop_index("ix_office_members_dissolution_id")
        members.drop_constraint("fk_office_members_dissolution_id", type_="foreignkey")
        members.drop_column("dissolution_id")
    op.drop_table("dissolutions")
