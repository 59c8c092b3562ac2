"""Types of columns: an instant in UTC, an enumeration by its value."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import Any

from sqlalchemy import DateTime, Dialect, SmallInteger, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from portal.domain.actors import Role
from portal.domain.events import Flag, SafeContact
from portal.domain.representative_kinds import AuthorityScope


class Instant(TypeDecorator[datetime]):
    """A moment, aware of its zone in Python and UTC in the database. SQLite drops the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} does not say its zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Choice(TypeDecorator[Any]):
    """A member of a `StrEnum` or `IntEnum`, stored as its value."""

    impl = String
    cache_ok = True

    def __init__(self, choices: type[Enum]) -> None:
        super().__init__()
        self.choices = choices

    def load_dialect_impl(self, _dialect: Dialect) -> TypeEngine[Any]:
        return SmallInteger() if issubclass(self.choices, int) else String(40)

    def process_bind_param(self, value: Any, _dialect: Dialect) -> Any:
        return None if value is None else self.choices(value).value

    def process_result_value(self, value: Any, _dialect: Dialect) -> Any:
        return None if value is None else self.choices(value)


class Flags(TypeDecorator[tuple[Flag, ...]]):
    """The flags of a case, stored as their values with spaces between."""

    impl = String(200)
    cache_ok = True

    def process_bind_param(self, value: tuple[Flag, ...] | None, _dialect: Dialect) -> str:
        return " ".join(value or ())

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[Flag, ...]:
        return tuple(Flag(word) for word in (value or "").split())


class Safety(TypeDecorator[tuple[SafeContact, ...]]):
    """What must not be done so that somebody is safe, stored as values with spaces between."""

    impl = String(200)
    cache_ok = True

    def process_bind_param(self, value: tuple[SafeContact, ...] | None, _dialect: Dialect) -> str:
        return " ".join(value or ())

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[SafeContact, ...]:
        return tuple(SafeContact(word) for word in (value or "").split())


class Roles(TypeDecorator[tuple[Role, ...]]):
    """Roles of a member of staff, stored as values with spaces between."""

    impl = String(200)
    cache_ok = True

    def process_bind_param(self, value: tuple[Role, ...] | None, _dialect: Dialect) -> str:
        return " ".join(value or ())

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[Role, ...]:
        return tuple(Role(word) for word in (value or "").split())


class Words(TypeDecorator[tuple[str, ...]]):
    """Keys, stored with spaces between."""

    impl = String(400)
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, _dialect: Dialect) -> str:
        return " ".join(value or ())

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...]:
        return tuple((value or "").split())


class People(TypeDecorator[tuple[int, ...]]):
    """Numbers of people, each between spaces, so that one can be looked for; NULL is None and not nobody."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, _dialect: Dialect) -> str | None:
        return None if value is None else f" {' '.join(str(each) for each in value)} "

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[int, ...] | None:
        return None if value is None else tuple(int(each) for each in value.split())


class Scopes(TypeDecorator[tuple[AuthorityScope, ...]]):
    """What an authority allows, stored as values with spaces between."""

    impl = String(200)
    cache_ok = True

    def process_bind_param(self, value: tuple[AuthorityScope, ...] | None, _dialect: Dialect) -> str:
        return " ".join(value or ())

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[AuthorityScope, ...]:
        return tuple(AuthorityScope(word) for word in (value or "").split())
