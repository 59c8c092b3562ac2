"""What went to somebody, byte for byte, each copy bound to the one before it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

KEPT = "what was sent is never changed or deleted"

SAME = " AND ".join(
    f"NEW.{name} = OLD.{name}"
    for name in (
        *("id", "landlord", "sequence", "letter_id", "sent_as", "at", "digest", "size"),
        *("previous_hash", "hash"),
    )
)

SQLITE_TRIGGERS = (
    f"""
    CREATE TRIGGER sent_copies_only_erased BEFORE UPDATE ON sent_copies
    WHEN NOT (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.content IS NULL AND {SAME})
    BEGIN SELECT RAISE(ABORT, '{KEPT}'); END
    """,
    f"CREATE TRIGGER sent_copies_no_delete BEFORE DELETE ON sent_copies BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    # INSERT OR REPLACE would delete a row without asking the trigger above.
    f"""
    CREATE TRIGGER sent_copies_no_replace BEFORE INSERT ON sent_copies
    WHEN EXISTS (
        SELECT 1 FROM sent_copies WHERE id = NEW.id OR (landlord = NEW.landlord AND sequence = NEW.sequence)
    )
    BEGIN SELECT RAISE(ABORT, '{KEPT}'); END
    """,  # noqa: S608 - the only words filled in are those above
)

POSTGRESQL_TRIGGERS = (
    f"""
    CREATE FUNCTION keep_sent_copies() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.content IS NULL AND {SAME}
            THEN RETURN NEW; END IF;
        END IF;
        RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER sent_copies_kept BEFORE UPDATE OR DELETE ON sent_copies
    FOR EACH ROW EXECUTE FUNCTION keep_sent_copies()
    """,
    """
    CREATE TRIGGER sent_copies_all_kept BEFORE TRUNCATE ON sent_copies
    FOR EACH STATEMENT EXECUTE FUNCTION keep_sent_copies()
    """,
)


def upgrade() -> None:
    op.create_table(
        "sent_copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(40), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("sent_as", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("erased_at", sa.DateTime(timezone=True)),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sent_copies"),
        sa.UniqueConstraint("landlord", "sequence", name="uq_sent_copies_landlord_sequence"),
    )
    op.create_index("ix_sent_copies_letter_id", "sent_copies", ["letter_id"])
    op.create_table(
        "sent_heads",
        sa.Column("landlord", sa.String(40), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("landlord", name="pk_sent_heads"),
    )
    for statement in SQLITE_TRIGGERS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("sent_heads")
    op.drop_table("sent_copies")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION keep_sent_copies()")
