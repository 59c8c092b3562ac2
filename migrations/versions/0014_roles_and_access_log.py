"""A member of staff may have several roles, and what staff look at is written down for good."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEPT = "a line of the access log is never changed or deleted"

SQLITE_TRIGGERS = (
    f"CREATE TRIGGER access_log_no_update BEFORE UPDATE ON access_log BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    f"CREATE TRIGGER access_log_no_delete BEFORE DELETE ON access_log BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    # INSERT OR REPLACE would delete a row without asking the trigger above.
    f"""
    CREATE TRIGGER access_log_no_replace BEFORE INSERT ON access_log
    WHEN EXISTS (SELECT 1 FROM access_log WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, '{KEPT}'); END
    """,  # noqa: S608 - the only words filled in are those above
)

POSTGRESQL_TRIGGERS = (
    f"""
    CREATE FUNCTION keep_access_log() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER access_log_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON access_log
    FOR EACH STATEMENT EXECUTE FUNCTION keep_access_log()
    """,
)


def upgrade() -> None:
    op.add_column("users", sa.Column("also", sa.String(length=200), server_default="", nullable=False))
    op.create_table(
        "access_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_role", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("access", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=20)),
        sa.PrimaryKeyConstraint("id", name="pk_access_log"),
    )
    op.create_index("ix_access_log_landlord", "access_log", ["landlord", "id"])
    op.create_index("ix_access_log_by", "access_log", ["landlord", "by_id", "id"])
    op.create_index("ix_access_log_reference", "access_log", ["landlord", "reference", "id"])
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_TRIGGERS if on_sqlite else POSTGRESQL_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("access_log")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION keep_access_log()")
    op.drop_column("users", "also")
