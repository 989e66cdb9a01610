"""What is kept of tests: each message with its answer, and what was remarked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import abort
from sqlalchemy import JSON, Float, ForeignKey, Index, Select, String, Text, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from ....findings import Finding
from ....texts.templated import restored
from ..displayed import parsed
from ..records import NUMBERED, Base, Moment, TemplatedText, db, now
from ..texts import _

MAX_TURNS = 10_000
"""Turns that are kept of an extension; the oldest ones go first."""
_SWEPT_AT_ONCE = 100
"""Turns beyond that before they are deleted."""

MESSAGE = "message"


def _label(context: Any) -> Any:
    """Return the label of a turn that is stored without words of its own."""
    return context.get_current_parameters()["label"]


class Turn(Base):
    """A line of a conversation: a message with its answer, or a remark.

    :ivar conversation: the conversation it is of.
    :ivar kind: ``message``, or the kind of a remark.
    :ivar line: what was typed; empty for what followed from it.
    :ivar label: what the message is, in words; the text of a remark. In English, to be searched for.
    :ivar words: the same, to be told in the language of a page.
    :ivar why: why what was said was understood so.
    :ivar said: what Clova said.
    :ivar status: the HTTP status; 0 for no answer.
    :ivar findings: code and text of what the platform would refuse.
    :ivar log: level, logger and text of what the app wrote to its log.
    """

    __tablename__ = "console_turns"
    __table_args__ = (Index("ix_console_turns_conversation", "extension_key", "conversation"), NUMBERED)

    id: Mapped[int] = mapped_column(primary_key=True)
    extension_key: Mapped[int] = mapped_column(
        ForeignKey("console_extensions.id", ondelete="CASCADE"), index=True
    )
    conversation: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    kind: Mapped[str] = mapped_column(String(16))
    line: Mapped[str] = mapped_column(Text, default="")
    label: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(TemplatedText, default=_label)
    why: Mapped[str] = mapped_column(TemplatedText, default="")
    said: Mapped[str] = mapped_column(Text, default="")
    message: Mapped[str] = mapped_column(Text, default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[int] = mapped_column(default=0)
    milliseconds: Mapped[float] = mapped_column(Float, default=0.0)
    findings: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    log: Mapped[list[list[str]]] = mapped_column(JSON, default=list)

    @property
    def found(self) -> list[Finding]:
        """What the platform would refuse."""
        return [Finding(code, restored(message)) for code, message in self.findings]

    @property
    def has_errors(self) -> bool:
        """Whether it would refuse anything."""
        return any(finding.is_error for finding in self.found)

    @property
    def request(self) -> dict[str, Any]:
        """The message, parsed."""
        return _object(parsed(self.message))

    @property
    def intent(self) -> str:
        """The intent of the message; empty where it has none."""
        name = self._intent.get("name")
        return name if isinstance(name, str) else ""

    @property
    def slots(self) -> dict[str, dict[str, Any]]:
        """The slots of the message by their names; those of another shape are left out."""
        slots = _object(self._intent.get("slots"))
        return {name: slot for name, slot in slots.items() if isinstance(slot, dict)}

    @property
    def _intent(self) -> dict[str, Any]:
        return _object(_object(self.request.get("request")).get("intent"))


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def turns_of(extension_key: int, conversation: str, *, limit: int, before: int | None = None) -> list[Turn]:
    """List the latest turns of a conversation, in their order.

    :param before: the number of a turn, of which those before it are listed; None for the latest.
    """
    query = _of(extension_key, conversation)
    if before is not None:
        query = query.where(Turn.id < before)
    return list(db.session.scalars(query.order_by(Turn.id.desc()).limit(limit)))[::-1]


def first_turns_of(extension_key: int, conversation: str, *, limit: int) -> list[Turn]:
    """List the first turns of a conversation."""
    return list(db.session.scalars(_of(extension_key, conversation).order_by(Turn.id).limit(limit)))


def latest_turn_of(extension_key: int, conversation: str, label: str = "") -> Turn | None:
    """Return the latest turn of a conversation whose label begins so."""
    query = _of(extension_key, conversation).where(Turn.label.startswith(label, autoescape=True))
    return db.session.scalar(query.order_by(Turn.id.desc()).limit(1))


def _of(extension_key: int, conversation: str) -> Select[Turn]:
    return select(Turn).where(Turn.extension_key == extension_key, Turn.conversation == conversation)


def history_of(extension_key: int, words: str) -> Any:
    """Select the messages of all conversations that have some words in them, the newest first."""
    query = select(Turn).where(Turn.extension_key == extension_key, Turn.kind == MESSAGE)
    for word in words.split():
        query = query.where(
            Turn.line.icontains(word, autoescape=True)
            | Turn.label.icontains(word, autoescape=True)
            | Turn.said.icontains(word, autoescape=True)
        )
    return query.order_by(Turn.id.desc())


def keep(turns: list[Turn]) -> None:
    """Keep turns, and delete the oldest ones of the extension where there are too many; or answer 404."""
    db.session.add_all(turns)
    try:
        db.session.flush()
    except IntegrityError:  # the extension was deleted while its answer was waited for
        db.session.rollback()
        abort(404, _("There is no such extension; it may have been deleted."))
    if turns and turns[-1].id // _SWEPT_AT_ONCE > (turns[0].id - 1) // _SWEPT_AT_ONCE:
        mine = select(Turn.id).where(Turn.extension_key == turns[-1].extension_key)
        oldest = db.session.scalar(mine.order_by(Turn.id.desc()).offset(MAX_TURNS).limit(1))
        if oldest is not None:
            db.session.execute(
                delete(Turn).where(Turn.extension_key == turns[-1].extension_key, Turn.id <= oldest)
            )
    db.session.commit()
