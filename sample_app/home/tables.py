"""The tables of users and devices.

Each kind of device has a further table for its state, in the module of its appliance.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False):
    """The base of all tables: each has an id."""

    # Some databases have no texts of unlimited length.
    type_annotation_map = {str: String(100)}

    id: Mapped[str] = mapped_column(primary_key=True)


class UserRow(Base, kw_only=True, eq=False):
    """A user with a home."""

    __tablename__ = "home_user"

    name: Mapped[str]
    lang: Mapped[str]
    password_hash: Mapped[str] = mapped_column(String(200))
    # The number of changes in the home; each change writes it first, which locks the row.
    changes: Mapped[int] = mapped_column(default=0)


class DeviceRow(Base, kw_only=True, eq=False):
    """A device; its kind is the appliance's type."""

    __tablename__ = "home_device"
    __mapper_args__ = {"polymorphic_on": "kind", "with_polymorphic": "*"}

    kind: Mapped[str] = mapped_column(init=False)
    user_id: Mapped[str] = mapped_column(ForeignKey(UserRow.id), index=True)
    name: Mapped[str]
    location: Mapped[str]
    # None when it has no switch.
    is_on: Mapped[bool | None] = mapped_column(default=None)
    is_online: Mapped[bool] = mapped_column(default=True)
    is_faulty: Mapped[bool] = mapped_column(default=False)
    user: Mapped[UserRow] = relationship(init=False, lazy="joined", innerjoin=True)

    @property
    def condition(self) -> str:
        """What a glance at the device shows."""
        return "on" if self.is_on else "off"
