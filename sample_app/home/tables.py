"""Users, their access tokens, and what all devices have in common.

Each kind of device adds a table of its own, next to the appliance that it is the state of.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False):
    """A table; every one has an id."""

    # Not every database has texts of any length.
    type_annotation_map = {str: String(100)}

    id: Mapped[str] = mapped_column(primary_key=True)


class UserRow(Base, kw_only=True, eq=False):
    """Somebody with a home."""

    __tablename__ = "home_user"

    name: Mapped[str]
    lang: Mapped[str]
    # Counts what was changed in the home; who changes something writes this first.
    changes: Mapped[int] = mapped_column(default=0)


class TokenRow(Base, kw_only=True, eq=False):
    """An access token; its id is the token's digest, so that a copy of the table opens nothing."""

    __tablename__ = "home_token"

    user_id: Mapped[str] = mapped_column(ForeignKey(UserRow.id))
    # Seconds since 1970; None never expires.
    expires_at: Mapped[int | None] = mapped_column(default=None)
    user: Mapped[UserRow] = relationship(init=False, lazy="joined", innerjoin=True)


class DeviceRow(Base, kw_only=True, eq=False):
    """A device; its kind is the appliance's type."""

    __tablename__ = "home_device"
    __mapper_args__ = {"polymorphic_on": "kind", "with_polymorphic": "*"}

    kind: Mapped[str] = mapped_column(init=False)
    user_id: Mapped[str] = mapped_column(ForeignKey(UserRow.id), index=True)
    name: Mapped[str]
    location: Mapped[str]
    # None: it has no switch.
    is_on: Mapped[bool | None] = mapped_column(default=None)
    is_online: Mapped[bool] = mapped_column(default=True)
    is_faulty: Mapped[bool] = mapped_column(default=False)
    user: Mapped[UserRow] = relationship(init=False, lazy="joined", innerjoin=True)

    @property
    def condition(self) -> str:
        """What can be seen from across the room."""
        return "on" if self.is_on else "off"
