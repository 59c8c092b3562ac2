"""Letters that belong to no complaint are one table, and what happened to an enquiry is a chained record.

The letters about petitions move there, each with its digest and a line of the record that says it was written.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TO_DELIVER = "state IN ('pending', 'failed')"
NEEDS_A_PERSON = "state IN ('failed', 'to_post', 'to_call')"
KEPT = "what happened to an enquiry is never changed or deleted"
START = "0" * 64

KINDS = {"acknowledgement": "petition_acknowledgement", "chief_executive": "chief_executive"}
CARRIED = (
    *("id", "landlord", "written_at", "subject", "body", "channel", "to_address", "state"),
    *("attempts", "next_try_at", "last_error", "delivered_at", "language"),
)

SQLITE_TRIGGERS = (
    f"CREATE TRIGGER enquiry_record_no_update BEFORE UPDATE ON enquiry_record BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    f"CREATE TRIGGER enquiry_record_no_delete BEFORE DELETE ON enquiry_record BEGIN SELECT RAISE(ABORT, '{KEPT}'); END",
    # INSERT OR REPLACE would delete a row without asking the trigger above.
    f"""
    CREATE TRIGGER enquiry_record_no_replace BEFORE INSERT ON enquiry_record
    WHEN EXISTS (
        SELECT 1 FROM enquiry_record
        WHERE id = NEW.id OR (landlord = NEW.landlord AND sequence = NEW.sequence)
    )
    BEGIN SELECT RAISE(ABORT, '{KEPT}'); END
    """,  # noqa: S608 - the only words filled in are those above
)

POSTGRESQL_TRIGGERS = (
    f"""
    CREATE FUNCTION keep_enquiry_record() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER enquiry_record_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON enquiry_record
    FOR EACH STATEMENT EXECUTE FUNCTION keep_enquiry_record()
    """,
)


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _word(name: str, length: int = 40, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _create_letters() -> None:
    op.create_table(
        "enquiry_letters",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(_word(name) for name in ("landlord", "enquiry", "kind", "channel", "state")),
        _word("reference", 20),
        _moment("written_at"),
        *_text("subject", "body", "english", "to_address", "last_error"),
        _word("digest", 64),
        _word("language", 20),
        _word("by_hand", 200),
        sa.Column("discreet", sa.Boolean(), nullable=False),
        sa.Column("type_size", sa.Integer()),
        sa.Column("plain_text", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _moment("next_try_at", nullable=True),
        _moment("delivered_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_enquiry_letters"),
    )
    op.create_index("ix_enquiry_letters_reference", "enquiry_letters", ["landlord", "reference"])
    _partial("ix_enquiry_letters_to_deliver", "enquiry_letters", ["next_try_at"], TO_DELIVER)
    _partial("ix_enquiry_letters_needing_a_person", "enquiry_letters", ["landlord", "written_at"], NEEDS_A_PERSON)


def _partial(name: str, table: str, columns: list[str], rows: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))


def _create_record() -> None:
    op.create_table(
        "enquiry_record",
        sa.Column("id", sa.Integer(), nullable=False),
        *(_word(name) for name in ("landlord", "by_role", "enquiry", "step")),
        sa.Column("sequence", sa.Integer(), nullable=False),
        _moment("at"),
        sa.Column("by_id", sa.Integer()),
        _word("reference", 20),
        sa.Column("payload", sa.JSON(), nullable=False),
        _word("content_digest", 64, nullable=True),
        *(_word(name, 64) for name in ("previous_hash", "hash")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_enquiry_record_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_enquiry_record"),
        sa.UniqueConstraint("landlord", "sequence", name="uq_enquiry_record_landlord_sequence"),
    )
    op.create_index("ix_enquiry_record_reference", "enquiry_record", ["landlord", "reference", "id"])
    op.create_table(
        "enquiry_words",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32)),
        sa.Column("body", sa.JSON(none_as_null=True)),
        _moment("erased_at", nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["enquiry_record.id"], name="fk_enquiry_words_entry_id"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_enquiry_words"),
    )
    op.create_table(
        "enquiry_heads",
        _word("landlord"),
        sa.Column("sequence", sa.Integer(), nullable=False),
        _word("hash", 64),
        sa.PrimaryKeyConstraint("landlord", name="pk_enquiry_heads"),
    )


def _create_petition_letters() -> None:
    op.create_table(
        "petition_letters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        *(_word(name) for name in ("landlord", "kind", "channel", "state")),
        _moment("written_at"),
        *_text("subject", "body", "to_address", "last_error"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _moment("next_try_at", nullable=True),
        _moment("delivered_at", nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False, server_default="en_GB"),
        sa.ForeignKeyConstraint(["petition_id"], ["petitions.id"], name="fk_petition_letters_petition_id"),
        sa.PrimaryKeyConstraint("id", name="pk_petition_letters"),
    )
    op.create_index("ix_petition_letters_petition_id", "petition_letters", ["petition_id"])
    _partial("ix_petition_letters_to_deliver", "petition_letters", ["next_try_at"], TO_DELIVER)


def _table(name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())


def _carry_over() -> None:
    """Each letter about a petition, with a line of its landlord's record, in the order in which they were written."""
    bind = op.get_bind()
    old, petitions = _table("petition_letters"), _table("petitions")
    letters, lines, heads = _table("enquiry_letters"), _table("enquiry_record"), _table("enquiry_heads")
    joined = sa.select(old, petitions.c.reference).join(petitions, petitions.c.id == old.c.petition_id)
    found = bind.execute(joined.order_by(old.c.landlord, old.c.written_at, old.c.id)).mappings().all()
    for landlord, of_landlord in groupby(found, key=lambda row: row["landlord"]):
        last, number = START, 0
        for number, row in enumerate(of_landlord, start=1):
            letter = _letter(row)
            line = _line(letter, number, last)
            bind.execute(letters.insert().values(**letter))
            bind.execute(lines.insert().values(**line))
            last = line["hash"]
        bind.execute(heads.insert().values(landlord=landlord, sequence=number, hash=last))


def _letter(row: Any) -> dict[str, Any]:
    carried = {name: row[name] for name in CARRIED}
    digest = hashlib.sha256(f"{row['subject']}\n{row['body']}".encode()).hexdigest()
    made = {"english": "", "by_hand": "", "discreet": False, "type_size": None, "plain_text": False}
    about = {"enquiry": "petition", "reference": row["reference"], "kind": KINDS[row["kind"]], "digest": digest}
    return carried | made | about


def _line(letter: dict[str, Any], sequence: int, previous: str) -> dict[str, Any]:
    """As `portal.records.enquiry_chain` writes one."""
    at = letter["written_at"]
    moment = (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).isoformat(timespec="microseconds")
    number = letter["id"] if isinstance(letter["id"], str) else str(letter["id"])
    payload = {"letter_id": _dashed(number), "letter": letter["kind"], "digest": letter["digest"]}
    line = {
        "landlord": letter["landlord"],
        "sequence": sequence,
        "by_role": "system",
        "by_id": None,
        "enquiry": "petition",
        "reference": letter["reference"],
        "step": "letter_written",
        "payload": payload,
        "content_digest": None,
    }
    linked = [previous, line["landlord"], sequence, moment, *list(line.values())[2:]]
    spelt = json.dumps(linked, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return {**line, "at": at, "previous_hash": previous, "hash": hashlib.sha256(spelt.encode()).hexdigest()}


def _dashed(number: str) -> str:
    """SQLite keeps the number of a letter without its dashes."""
    plain = number.replace("-", "")
    return "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]))


def _carry_back() -> None:
    bind = op.get_bind()
    letters, petitions, old = _table("enquiry_letters"), _table("petitions"), _table("petition_letters")
    here = sa.and_(petitions.c.reference == letters.c.reference, petitions.c.landlord == letters.c.landlord)
    known = letters.c.kind.in_(KINDS.values())
    joined = sa.select(letters, petitions.c.id.label("petition_id")).join(petitions, here).where(known)
    names = {new: before for before, new in KINDS.items()}
    for row in bind.execute(joined).mappings().all():
        carried = {name: row[name] for name in CARRIED}
        bind.execute(old.insert().values(**carried, petition_id=row["petition_id"], kind=names[row["kind"]]))


TABLES = ("petitions", "service_requests", "easier_requests")
REACHED = ("email", "phone", "address", "postcode")


def upgrade() -> None:
    _create_letters()
    _create_record()
    _carry_over()
    op.drop_table("petition_letters")
    for table in TABLES:
        op.add_column(table, sa.Column("language", sa.String(length=20), nullable=False, server_default=""))
        op.add_column(table, sa.Column("reply_by", sa.String(length=40), nullable=False, server_default="none"))
        op.add_column(table, sa.Column("safe_contact", sa.String(length=200), nullable=False, server_default=""))
    for name in (*REACHED, "reason", "alternative"):
        op.add_column("easier_requests", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("easier_requests", sa.Column("print_size", sa.Integer()))
    op.add_column("easier_requests", sa.Column("about", sa.String(length=20)))
    op.create_index("ix_easier_requests_about", "easier_requests", ["about"])
    for statement in SQLITE_TRIGGERS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_easier_requests_about", "easier_requests")
    for name in ("about", "print_size", "alternative", "reason", *reversed(REACHED)):
        op.drop_column("easier_requests", name)
    for table in TABLES:
        for name in ("safe_contact", "reply_by", "language"):
            op.drop_column(table, name)
    _create_petition_letters()
    _carry_back()
    for table in ("enquiry_heads", "enquiry_words", "enquiry_record", "enquiry_letters"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION keep_enquiry_record()")
