"""Petitions, and the letters about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TO_DELIVER = "state IN ('pending', 'failed')"


def upgrade() -> None:
    op.create_table(
        "petitions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer()),
        sa.Column("channel", sa.String(length=40), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("asks", "name", "email", "phone", "address", "postcode")
        ),
        sa.Column("signatures", sa.Integer()),
        sa.Column("complaint_reference", sa.String(length=20)),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("settled_by_id", sa.Integer()),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name="fk_petitions_recorded_by_id"),
        sa.ForeignKeyConstraint(["settled_by_id"], ["users.id"], name="fk_petitions_settled_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_petitions"),
        sa.UniqueConstraint("reference", name="uq_petitions_reference"),
    )
    op.create_index("ix_petitions_landlord_settled", "petitions", ["landlord", "settled_at", "received_on"])
    op.create_table(
        "petition_letters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("subject", "body", "to_address", "last_error")),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True)),
        sa.Column("delivered_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name="fk_petition_letters_petition_id"),
        sa.PrimaryKeyConstraint("id", name="pk_petition_letters"),
    )
    op.create_index("ix_petition_letters_petition_id", "petition_letters", ["petition_id"])
    op.create_index(
        "ix_petition_letters_to_deliver",
        "petition_letters",
        ["next_try_at"],
        sqlite_where=sa.text(TO_DELIVER),
        postgresql_where=sa.text(TO_DELIVER),
    )


def downgrade() -> None:
    op.drop_table("petition_letters")
    op.drop_table("petitions")
