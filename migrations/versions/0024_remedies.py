"""Dates of what was promised, and of restrictions on contact, for the queue. `portal migrate` fills them later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_complaints_restriction_due": ("restriction_due_on", "id"),
    "ix_complaints_remedy_due": ("remedy_due_on", "id"),
    "ix_complaints_remedy_notice": ("remedy_notice_on",),
}


def upgrade() -> None:
    op.add_column("complaints", sa.Column("restriction_due_on", sa.Date(), nullable=True))
    op.add_column("complaints", sa.Column("remedy_due_on", sa.Date(), nullable=True))
    op.add_column("complaints", sa.Column("remedy_notice_on", sa.Date(), nullable=True))
    for name, columns in INDEXES.items():
        some = sa.text(f"{columns[0]} IS NOT NULL")
        op.create_index(name, "complaints", ["landlord", *columns], sqlite_where=some, postgresql_where=some)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "complaints")
    op.drop_column("complaints", "remedy_notice_on")
    op.drop_column("complaints", "remedy_due_on")
    op.drop_column("complaints", "restriction_due_on")
