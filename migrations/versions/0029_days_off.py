"""Administrators add bank holidays and closures to the calendar, and each change is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

KEPT = "what was done to the calendar is never changed or deleted"

SQLITE_TRIGGERS = (
    f"CREATE TRIGGER calendar_no_update BEFORE UPDATE ON calendar_record BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    f"CREATE TRIGGER calendar_no_delete BEFORE DELETE ON calendar_record BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    # INSERT OR REPLACE would delete a row without asking the trigger above.
    f"""
    CREATE TRIGGER calendar_no_replace BEFORE INSERT ON calendar_record
    WHEN EXISTS (SELECT 1 FROM calendar_record WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, '{KEPT}'); END
    """,  # noqa: S608 - the only words filled in are those above
)

POSTGRESQL_TRIGGERS = (
    f"""
    CREATE FUNCTION keep_calendar_record() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER calendar_record_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON calendar_record
    FOR EACH STATEMENT EXECUTE FUNCTION keep_calendar_record()
    """,
)


def upgrade() -> None:
    op.create_table(
        "landlord_calendars",
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("landlord", name="pk_landlord_calendars"),
    )
    op.create_table(
        "calendar_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer()),
        sa.Column("change", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_calendar_record_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_record"),
    )
    op.create_index("ix_calendar_record_landlord", "calendar_record", ["landlord", "id"])
    for statement in SQLITE_TRIGGERS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    for table in ("calendar_record", "landlord_calendars"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION keep_calendar_record()")
