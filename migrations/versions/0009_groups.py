"""Groups that complain together: codes and letters of their members."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("letters", sa.Column("member", sa.Integer()))
    op.add_column("access_codes", sa.Column("member", sa.Integer()))


def downgrade() -> None:
    # Codes of members go: without the column they would be taken for somebody else's.
    op.execute(
        "DELETE FROM access_grants WHERE access_code_id IN (SELECT id FROM access_codes WHERE member IS NOT NULL)"
    )
    op.execute("DELETE FROM access_codes WHERE member IS NOT NULL OR holder = 'invitation'")
    op.drop_column("access_codes", "member")
    op.drop_column("letters", "member")
