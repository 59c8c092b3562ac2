"""Notes that staff write for each other about a complaint."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

KEPT = "a note is never changed or deleted"

SQLITE_TRIGGERS = (
    f"""
    CREATE TRIGGER notes_only_erased BEFORE UPDATE ON notes
    WHEN NOT (
        OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.words = '' AND NEW.id = OLD.id
        AND NEW.complaint_id = OLD.complaint_id AND NEW.at = OLD.at AND NEW.by_id = OLD.by_id
    )
    BEGIN SELECT RAISE(ABORT, '{KEPT}'); END
    """,
    f"CREATE TRIGGER notes_no_delete BEFORE DELETE ON notes BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    # INSERT OR REPLACE would delete a row without asking the trigger above.
    f"""
    CREATE TRIGGER notes_no_replace BEFORE INSERT ON notes
    WHEN EXISTS (SELECT 1 FROM notes WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, '{KEPT}'); END
    """,  # noqa: S608 - the only words filled in are those above
)

POSTGRESQL_TRIGGERS = (
    f"""
    CREATE FUNCTION keep_notes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.words = ''
                AND (NEW.id, NEW.complaint_id, NEW.at, NEW.by_id) = (OLD.id, OLD.complaint_id, OLD.at, OLD.by_id)
            THEN RETURN NEW; END IF;
        END IF;
        RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    "CREATE TRIGGER notes_kept BEFORE UPDATE OR DELETE ON notes FOR EACH ROW EXECUTE FUNCTION keep_notes()",
    "CREATE TRIGGER notes_all_kept BEFORE TRUNCATE ON notes FOR EACH STATEMENT EXECUTE FUNCTION keep_notes()",
)


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_notes_by_id"),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_notes_complaint_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_complaint", "notes", ["complaint_id", "id"])
    for statement in SQLITE_TRIGGERS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("notes")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION keep_notes()")
