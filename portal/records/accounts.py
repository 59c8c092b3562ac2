"""Staff accounts: the tables that Flask-Security asks for, and what a member of staff is to us.

The only file of this room that knows that library. It is told nothing of requests or pages.
"""

from __future__ import annotations

from flask_security.models import sqla
from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.domain import permissions
from portal.records.base import Base
from portal.records.columns import Choice, Roles, Words

# The library's own types stop at this function.
sqla.FsModels.set_db_info(  # type: ignore[no-untyped-call]
    base_model=Base, user_table_name="users", role_table_name="roles", webauthn_table_name="webauthn"
)


class Role(Base, sqla.FsRoleMixin):
    """Asked for by the library and left empty: what a user may do follows from `User.role`."""

    __tablename__ = "roles"


class User(Base, sqla.FsUserMixin):
    """A member of staff. `landlord` is None only for somebody who belongs to none of them.

    `role` is the one of their roles that the record names, `also` are the others. `areas`: those that
    they are limited to, none of which means all.
    """

    __tablename__ = "users"

    landlord: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200), default="")
    role: Mapped[permissions.Role] = mapped_column(Choice(permissions.Role))
    also: Mapped[tuple[permissions.Role, ...]] = mapped_column(Roles(), default=())
    rank: Mapped[str | None] = mapped_column(String(40))
    areas: Mapped[tuple[str, ...]] = mapped_column(Words(), default=())

    # Of the second step: the last moment whose code was taken, so that none is taken twice.
    totp_counter: Mapped[int | None] = mapped_column(BigInteger)

    # Who they are to their provider of identities, and which: its name for them means nothing to another.
    provider_issuer: Mapped[str | None] = mapped_column(String(255))
    provider_subject: Mapped[str | None] = mapped_column(String(255))

    webauthn = relationship("WebAuthn", back_populates="user", cascade="all, delete")

    @property
    def all_roles(self) -> tuple[permissions.Role, ...]:
        return (self.role, *(self.also or ()))

    __table_args__ = (
        Index("ix_users_landlord_name", "landlord", "name"),
        Index("ix_users_provider", "landlord", "provider_issuer", "provider_subject", unique=True),
    )


class WebAuthn(Base, sqla.FsWebAuthnMixin):
    """Security keys: the library asks whether a user has any, even where none can be registered."""

    __tablename__ = "webauthn"

    user = relationship("User", back_populates="webauthn")
