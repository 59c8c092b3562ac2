"""The first tables, and the triggers by which the database itself keeps every event as it was written."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "chain_heads",
    "drafts",
    "roles",
    "users",
    "complaints",
    "roles_users",
    "webauthn",
    "access_codes",
    "events",
    "letters",
    "access_grants",
    "event_contents",
)


KEPT = "an event is never changed or deleted"

SQLITE_TRIGGERS = (
    f"CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    f"CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    # INSERT OR REPLACE would delete a row without asking the trigger above.
    f"""
    CREATE TRIGGER events_no_replace BEFORE INSERT ON events
    WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id)
      OR EXISTS (SELECT 1 FROM events WHERE landlord = NEW.landlord AND sequence = NEW.sequence)
      OR EXISTS (SELECT 1 FROM events WHERE complaint_id = NEW.complaint_id AND number = NEW.number)
    BEGIN SELECT RAISE(ABORT, '{KEPT}'); END
    """,  # noqa: S608 - the only words filled in are those above
)

POSTGRESQL_TRIGGERS = (
    f"""
    CREATE FUNCTION keep_events() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER events_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION keep_events()
    """,
)


def only(rows: str) -> dict[str, sa.TextClause]:
    """An index over these rows alone. SQLite has no booleans, and uses it only for a query that says the same."""
    on_sqlite = {"is_open": "is_open = 1", "NOT is_open": "is_open = 0"}.get(rows, rows)
    return {"sqlite_where": sa.text(on_sqlite), "postgresql_where": sa.text(rows)}


def upgrade() -> None:
    op.create_table(
        "chain_heads",
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("landlord", name="pk_chain_heads"),
    )
    op.create_table(
        "drafts",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_reference", sa.String(length=20)),
        sa.PrimaryKeyConstraint("token_hash", name="pk_drafts"),
    )
    op.create_index("ix_drafts_expires_at", "drafts", ["expires_at"])

    op.create_table(
        "roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("description", sa.String(length=255)),
        sa.Column("permissions", sa.UnicodeText()),
        sa.Column("update_datetime", sa.DateTime(), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_roles"),
        sa.UniqueConstraint("name", name="uq_roles_name"),
    )
    op.create_table(
        "users",
        sa.Column("landlord", sa.String(length=40)),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.String(length=40)),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("username", sa.String(length=255)),
        sa.Column("password", sa.String(length=255)),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", sa.DateTime()),
        sa.Column("last_login_at", sa.DateTime()),
        sa.Column("current_login_at", sa.DateTime()),
        sa.Column("last_login_ip", sa.String(length=64)),
        sa.Column("current_login_ip", sa.String(length=64)),
        sa.Column("login_count", sa.Integer()),
        sa.Column("tf_primary_method", sa.String(length=64)),
        sa.Column("tf_totp_secret", sa.String(length=255)),
        sa.Column("tf_phone_number", sa.String(length=128)),
        sa.Column("us_totp_secrets", sa.Text()),
        sa.Column("us_phone_number", sa.String(length=128)),
        sa.Column("fs_webauthn_user_handle", sa.String(length=64)),
        sa.Column("mf_recovery_codes", sa.UnicodeText()),
        sa.Column("create_datetime", sa.DateTime(), server_default=sa.func.now(), nullable=False),
        sa.Column("update_datetime", sa.DateTime(), server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email", name="uq_users_email"),
        sa.UniqueConstraint("fs_uniquifier", name="uq_users_fs_uniquifier"),
        sa.UniqueConstraint("fs_webauthn_user_handle", name="uq_users_fs_webauthn_user_handle"),
        sa.UniqueConstraint("us_phone_number", name="uq_users_us_phone_number"),
        sa.UniqueConstraint("username", name="uq_users_username"),
    )
    op.create_index("ix_users_landlord_name", "users", ["landlord", "name"])

    op.create_table(
        "complaints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("stage", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("policy_in_force_from", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("due_key", sa.String(length=40)),
        sa.Column("handler_id", sa.Integer()),
        sa.Column("resident_name", sa.Text(), nullable=False),
        sa.Column("flags", sa.String(length=200), nullable=False),
        sa.Column("adjustments_asked", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["handler_id"], ["users.id"], name="fk_complaints_handler_id"),
        sa.PrimaryKeyConstraint("id", name="pk_complaints"),
        sa.UniqueConstraint("reference", name="uq_complaints_reference"),
    )
    op.create_index(
        "ix_complaints_ended_received", "complaints", ["landlord", "received_on", "id"], **only("NOT is_open")
    )
    op.create_index("ix_complaints_open_due", "complaints", ["landlord", "due_on", "id"], **only("is_open"))
    op.create_index(
        "ix_complaints_open_handler_due",
        "complaints",
        ["landlord", "handler_id", "due_on", "id"],
        **only("is_open"),
    )

    op.create_table(
        "roles_users",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name="fk_roles_users_role_id"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_roles_users_user_id"),
        sa.PrimaryKeyConstraint("user_id", "role_id", name="pk_roles_users"),
    )
    op.create_table(
        "webauthn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1024), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer()),
        sa.Column("transports", sa.UnicodeText()),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.String(length=64), nullable=False),
        sa.Column("extensions", sa.String(length=255)),
        sa.Column("create_datetime", sa.DateTime(), server_default=sa.func.now(), nullable=False),
        sa.Column("lastuse_datetime", sa.DateTime(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("usage", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_webauthn_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_webauthn"),
    )
    op.create_index("ix_webauthn_credential_id", "webauthn", ["credential_id"], unique=True)

    op.create_table(
        "access_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_access_codes_complaint_id"),
        sa.PrimaryKeyConstraint("id", name="pk_access_codes"),
    )
    op.create_index("ix_access_codes_code_hash", "access_codes", ["code_hash"])
    op.create_index("ix_access_codes_complaint_id", "access_codes", ["complaint_id"])

    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_role", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer()),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("content_digest", sa.String(length=64)),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_events_by_id"),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_events_complaint_id"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.UniqueConstraint("complaint_id", "number", name="uq_events_complaint_id_number"),
        sa.UniqueConstraint("landlord", "sequence", name="uq_events_landlord_sequence"),
    )
    op.create_table(
        "letters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.SmallInteger(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("promised_on", sa.Date()),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("to_address", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True)),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_letters_complaint_id"),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
    )
    op.create_index("ix_letters_complaint_id", "letters", ["complaint_id"])
    op.create_index(
        "ix_letters_needing_a_person",
        "letters",
        ["landlord", "written_at"],
        **only("state IN ('failed', 'to_post')"),
    )
    op.create_index("ix_letters_to_deliver", "letters", ["next_try_at"], **only("state IN ('pending', 'failed')"))

    op.create_table(
        "access_grants",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("access_code_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["access_code_id"], ["access_codes.id"], name="fk_access_grants_access_code_id"),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_access_grants_complaint_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_access_grants"),
    )
    op.create_index("ix_access_grants_access_code_id", "access_grants", ["access_code_id"])
    op.create_index("ix_access_grants_expires_at", "access_grants", ["expires_at"])

    op.create_table(
        "event_contents",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32)),
        sa.Column("body", sa.JSON()),
        sa.Column("erased_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_contents_event_id"),
        sa.PrimaryKeyConstraint("event_id", name="pk_event_contents"),
    )
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_TRIGGERS if on_sqlite else POSTGRESQL_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_events")
