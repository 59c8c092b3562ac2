"""Staff sign in in two steps, are invited, and what happens to an account is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEPT = "what happened to an account is never changed or deleted"

SQLITE_TRIGGERS = (
    f"CREATE TRIGGER staff_record_no_update BEFORE UPDATE ON staff_record BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    f"CREATE TRIGGER staff_record_no_delete BEFORE DELETE ON staff_record BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    # INSERT OR REPLACE would delete a row without asking the trigger above.
    f"""
    CREATE TRIGGER staff_record_no_replace BEFORE INSERT ON staff_record
    WHEN EXISTS (SELECT 1 FROM staff_record WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, '{KEPT}'); END
    """,  # noqa: S608 - the only words filled in are those above
)

POSTGRESQL_TRIGGERS = (
    f"""
    CREATE FUNCTION keep_staff_record() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER staff_record_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON staff_record
    FOR EACH STATEMENT EXECUTE FUNCTION keep_staff_record()
    """,
)


def upgrade() -> None:
    op.add_column("users", sa.Column("totp_counter", sa.BigInteger()))
    with op.batch_alter_table("links") as links:
        links.add_column(sa.Column("user_id", sa.Integer()))
        links.create_foreign_key("fk_links_user_id", "users", ["user_id"], ["id"])
        links.create_index("ix_links_user_id", ["user_id"])
    op.create_table(
        "staff_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer()),
        sa.Column("change", sa.String(length=40), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_staff_record_user_id"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_staff_record_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_record"),
    )
    op.create_index("ix_staff_record_user", "staff_record", ["user_id", "id"])
    op.create_table(
        "warnings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer()),
        sa.Column("warned", sa.String(length=40), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_warnings_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_warnings"),
    )
    op.create_index("ix_warnings_landlord", "warnings", ["landlord", "id"])
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_recovery_codes_user_id"),
        sa.PrimaryKeyConstraint("code_hash", name="pk_recovery_codes"),
    )
    op.create_index("ix_recovery_codes_user_id", "recovery_codes", ["user_id"])
    for statement in SQLITE_TRIGGERS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DELETE FROM links WHERE purpose IN ('invitation', 'staff_note')")
    with op.batch_alter_table("links") as links:
        links.drop_index("ix_links_user_id")
        links.drop_constraint("fk_links_user_id", type_="foreignkey")
        links.drop_column("user_id")
    for table in ("recovery_codes", "warnings", "staff_record"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION keep_staff_record()")
    op.drop_column("users", "totp_counter")
