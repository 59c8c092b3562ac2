"""Evidence files, links by email, adjustments that follow a person, and letters in the format that was agreed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def only(rows: str) -> dict[str, sa.TextClause]:
    """An index over these rows alone. SQLite has no booleans, and uses it only for a query that says the same."""
    on_sqlite = {"messages_waiting": "messages_waiting = 1"}.get(rows, rows)
    return {"sqlite_where": sa.text(on_sqlite), "postgresql_where": sa.text(rows)}


def no(name: str) -> sa.Column[bool]:
    """A column that is false in each row that is already there."""
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def upgrade() -> None:
    for name in ("messages_waiting", "adjustments_to_decide"):
        op.add_column("complaints", no(name))
    op.add_column("complaints", sa.Column("adjustments_review_on", sa.Date()))
    op.create_index(
        "ix_complaints_messages_waiting", "complaints", ["landlord", "received_on", "id"], **only("messages_waiting")
    )
    for name in ("discreet", "plain_text"):
        op.add_column("letters", no(name))
    op.add_column("letters", sa.Column("type_size", sa.Integer()))
    op.add_column("letters", sa.Column("by_hand", sa.String(length=200), nullable=False, server_default=""))

    op.create_table(
        "draft_keys",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("draft_hash", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_hash"], ["drafts.token_hash"], name="fk_draft_keys_draft_hash", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key_hash", name="pk_draft_keys"),
    )
    op.create_index("ix_draft_keys_draft_hash", "draft_keys", ["draft_hash"])

    op.create_table(
        "links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("draft_hash", sa.String(length=64)),
        sa.Column("complaint_id", sa.Integer()),
        sa.Column("letter_id", sa.Uuid()),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("to_address", sa.Text(), nullable=False),
        sa.Column("discreet", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True)),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_links_complaint_id"),
        sa.ForeignKeyConstraint(["draft_hash"], ["drafts.token_hash"], name="fk_links_draft_hash", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name="fk_links_letter_id"),
        sa.PrimaryKeyConstraint("id", name="pk_links"),
        sa.UniqueConstraint("token_hash", name="uq_links_token_hash"),
    )
    for column in ("draft_hash", "complaint_id", "letter_id", "expires_at"):
        op.create_index(f"ix_links_{column}", "links", [column])
    op.create_index("ix_links_to_deliver", "links", ["next_try_at"], **only("state IN ('pending', 'failed')"))

    op.create_table(
        "adjustment_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("known_by", sa.String(length=64), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_adjustment_people_complaint_id"),
        sa.PrimaryKeyConstraint("id", name="pk_adjustment_people"),
    )
    op.create_index("ix_adjustment_people_complaint_id", "adjustment_people", ["complaint_id"])
    op.create_index("ix_adjustment_people_known_by", "adjustment_people", ["landlord", "known_by"])

    op.create_table(
        "easier_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("adjustments", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=40)),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("settled_by_id", sa.Integer()),
        sa.ForeignKeyConstraint(["settled_by_id"], ["users.id"], name="fk_easier_requests_settled_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_easier_requests"),
        sa.UniqueConstraint("reference", name="uq_easier_requests_reference"),
    )
    op.create_index("ix_easier_requests_landlord_settled", "easier_requests", ["landlord", "settled_at", "asked_at"])

    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("complaint_id", sa.Integer()),
        sa.Column("draft_hash", sa.String(length=64)),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("shared_digest", sa.String(length=64)),
        sa.Column("stored", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("why_refused", sa.String(length=40)),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("keep_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_check_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_evidence_complaint_id"),
        sa.ForeignKeyConstraint(
            ["draft_hash"], ["drafts.token_hash"], name="fk_evidence_draft_hash", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
    )
    op.create_index("ix_evidence_complaint_id", "evidence", ["complaint_id"])
    op.create_index("ix_evidence_draft_hash", "evidence", ["draft_hash"])
    op.create_index("ix_evidence_to_check", "evidence", ["next_check_at"], **only("state = 'checking'"))


def downgrade() -> None:
    for table in ("evidence", "easier_requests", "adjustment_people", "links", "draft_keys"):
        op.drop_table(table)
    for name in ("by_hand", "type_size", "plain_text", "discreet"):
        op.drop_column("letters", name)
    op.drop_index("ix_complaints_messages_waiting", "complaints")
    for name in ("adjustments_review_on", "adjustments_to_decide", "messages_waiting"):
        op.drop_column("complaints", name)
