"""Email that comes in, and how far each mailbox has been read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

WAITS = "outcome IS NULL"


def upgrade() -> None:
    op.create_table(
        "mailboxes_read",
        sa.Column("mailbox", sa.String(length=400), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False),
        sa.Column("read_to", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", name="pk_mailboxes_read"),
    )
    op.create_table(
        "incoming_mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("mailbox", sa.String(length=400), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("same_as", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("sender", "sender_name", "subject", "words", "new_words", "reason")
        ),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("letter_id", sa.Uuid()),
        sa.Column("complaint_id", sa.Integer()),
        sa.Column("suggested_id", sa.Integer()),
        sa.Column("why", sa.String(length=40)),
        sa.Column("outcome", sa.String(length=40)),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("settled_by_id", sa.Integer()),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_incoming_mail_complaint_id"),
        sa.ForeignKeyConstraint(["suggested_id"], ["complaints.id"], name="fk_incoming_mail_suggested_id"),
        sa.ForeignKeyConstraint(["settled_by_id"], ["users.id"], name="fk_incoming_mail_settled_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_incoming_mail"),
        sa.UniqueConstraint("mailbox", "uid_validity", "uid", name="uq_incoming_mail_mailbox_uid_validity_uid"),
        sa.UniqueConstraint("landlord", "same_as", name="uq_incoming_mail_landlord_same_as"),
    )
    op.create_index("ix_incoming_mail_complaint_id", "incoming_mail", ["complaint_id"])
    op.create_index("ix_incoming_mail_settled", "incoming_mail", ["landlord", "settled_at"])
    op.create_index(
        "ix_incoming_mail_waiting",
        "incoming_mail",
        ["landlord", "received_at"],
        sqlite_where=sa.text(WAITS),
        postgresql_where=sa.text(WAITS),
    )


def downgrade() -> None:
    op.drop_table("incoming_mail")
    op.drop_table("mailboxes_read")
