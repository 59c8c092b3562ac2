"""Offices of representatives, their members, and the codes that these sign in with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "offices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("domain", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer()),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name="fk_offices_created_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_offices"),
        sa.UniqueConstraint("landlord", "name", name="uq_offices_landlord_name"),
    )
    op.create_table(
        "office_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("landlord", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer()),
        sa.Column("ends_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by_id", sa.Integer()),
        sa.Column("why_ended", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name="fk_office_members_added_by_id"),
        sa.ForeignKeyConstraint(["ended_by_id"], ["users.id"], name="fk_office_members_ended_by_id"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_office_members_office_id"),
        sa.PrimaryKeyConstraint("id", name="pk_office_members"),
    )
    still = sa.text("ends_at IS NULL")
    op.create_index(
        "ix_office_members_address",
        "office_members",
        ["landlord", "email"],
        unique=True,
        sqlite_where=still,
        postgresql_where=still,
    )
    op.create_index("ix_office_members_office_id", "office_members", ["office_id"])
    op.create_table(
        "office_sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["office_members.id"], name="fk_office_sessions_member_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_office_sessions"),
    )
    op.create_index("ix_office_sessions_expires_at", "office_sessions", ["expires_at"])
    op.create_index("ix_office_sessions_member_id", "office_sessions", ["member_id"])
    with op.batch_alter_table("links") as links:
        links.add_column(sa.Column("member_id", sa.Integer()))
        links.add_column(sa.Column("wrong_tries", sa.Integer(), nullable=False, server_default="0"))
        links.create_foreign_key("fk_links_member_id", "office_members", ["member_id"], ["id"])
        links.create_index("ix_links_member_id", ["member_id"])


def downgrade() -> None:
    op.execute("DELETE FROM links WHERE purpose = 'sign_in'")
    with op.batch_alter_table("links") as links:
        links.drop_index("ix_links_member_id")
        links.drop_constraint("fk_links_member_id", type_="foreignkey")
        links.drop_column("wrong_tries")
        links.drop_column("member_id")
    for table in ("office_sessions", "office_members", "offices"):
        op.drop_table(table)
