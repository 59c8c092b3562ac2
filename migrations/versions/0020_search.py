"""What complaints are found by, and of which kind the copies in lists are: `portal migrate` makes both anew.

SQLite's indexes are tables of their own, which triggers keep as the entries are. Whoever changes `search_entries` in a
batch, which makes it anew, has to make the triggers anew too.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

INDEXES = {"search_parts": "parts", "search_words": "who, words"}
HOW = {"search_parts": "tokenize = 'trigram'", "search_words": "tokenize = 'porter unicode61', detail = column"}
ON = {"insert": ("insert",), "delete": ("delete",), "update": ("delete", "insert")}
WORDS = {"who_index": "who", "words_index": "who || ' ' || words"}


def upgrade() -> None:
    op.add_column("complaints", sa.Column("home", sa.Text(), nullable=False, server_default=""))
    op.add_column("complaints", sa.Column("copied_as", sa.SmallInteger(), nullable=False, server_default="0"))
    op.create_table(
        "search_entries",
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name="fk_search_entries_complaint_id"),
        sa.PrimaryKeyConstraint("complaint_id", name="pk_search_entries"),
    )
    _on_sqlite() if op.get_bind().dialect.name == "sqlite" else _on_postgresql()


def _on_sqlite() -> None:
    for name, columns in INDEXES.items():
        content = f"content = 'search_entries', content_rowid = 'complaint_id', {HOW[name]}"
        op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, {content})")
    for when, changes in ON.items():
        done = " ".join(_change(name, columns, change) for change in changes for name, columns in INDEXES.items())
        op.execute(f"CREATE TRIGGER search_{when} AFTER {when.upper()} ON search_entries BEGIN {done} END")


def _change(name: str, columns: str, change: str) -> str:
    """What keeps an index as its entries are: FTS5 is told what stands there no more, and what does now."""
    row = "old" if change == "delete" else "new"
    values = ", ".join(f"{row}.{each}" for each in ("complaint_id", *columns.split(", ")))
    if change == "delete":
        return f"INSERT INTO {name}({name}, rowid, {columns}) VALUES ('delete', {values});"  # noqa: S608 - only names that stand above are filled in
    return f"INSERT INTO {name}(rowid, {columns}) VALUES ({values});"  # noqa: S608


def _on_postgresql() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for name, said in WORDS.items():
        made = f"GENERATED ALWAYS AS (to_tsvector('english', {said})) STORED"
        op.execute(f"ALTER TABLE search_entries ADD COLUMN {name} tsvector {made}")
        op.execute(f"CREATE INDEX ix_search_entries_{name} ON search_entries USING gin ({name})")
    op.execute("CREATE INDEX ix_search_entries_parts ON search_entries USING gin (parts gin_trgm_ops)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in INDEXES:
            op.execute(f"DROP TABLE {name}")
    op.drop_table("search_entries")
    op.drop_column("complaints", "copied_as")
    op.drop_column("complaints", "home")
