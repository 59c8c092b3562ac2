"""Dates of the law of what was passed on, and the building that a complaint about safety is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("complaints", sa.Column("safety_building", sa.String(length=200)))
    op.add_column("complaints", sa.Column("law_due_on", sa.Date()))
    op.add_column("complaints", sa.Column("law_notice_at", sa.DateTime(timezone=True)))
    _index("ix_complaints_safety_building", "safety_building IS NOT NULL", "landlord", "safety_building")
    _index("ix_complaints_law_due", "law_due_on IS NOT NULL", "landlord", "law_due_on", "id")
    _index("ix_complaints_law_notice", "law_notice_at IS NOT NULL", "law_notice_at")


def downgrade() -> None:
    for name in ("ix_complaints_law_notice", "ix_complaints_law_due", "ix_complaints_safety_building"):
        op.drop_index(name, "complaints")
    for name in ("law_notice_at", "law_due_on", "safety_building"):
        op.drop_column("complaints", name)


def _index(name: str, rows: str, *columns: str) -> None:
    op.create_index(name, "complaints", list(columns), sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))
