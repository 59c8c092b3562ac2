"""A letter may wait for somebody to call: the index of letters that need a person has those too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NAME = "ix_letters_needing_a_person"


def upgrade() -> None:
    _index("state IN ('failed', 'to_post', 'to_call')")


def downgrade() -> None:
    op.execute("UPDATE letters SET state = 'on_page' WHERE state IN ('to_call', 'told')")
    _index("state IN ('failed', 'to_post')")


def _index(rows: str) -> None:
    only = {"sqlite_where": sa.text(rows), "postgresql_where": sa.text(rows)}
    op.drop_index(NAME, "letters")
    op.create_index(NAME, "letters", ["landlord", "written_at"], **only)
