"""Staff sign in through a provider of identities: who they are to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("provider_issuer", sa.String(length=255)))
    op.add_column("users", sa.Column("provider_subject", sa.String(length=255)))
    op.create_index("ix_users_provider", "users", ["landlord", "provider_issuer", "provider_subject"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_users_provider", "users")
    op.drop_column("users", "provider_subject")
    op.drop_column("users", "provider_issuer")
