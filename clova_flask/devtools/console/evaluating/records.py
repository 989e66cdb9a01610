"""What is kept of evaluations: sets, their utterances, and their runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..records import NUMBERED, Base, Moment, now


class UtteranceSet(Base):
    """A set of utterances, of an extension and all of its versions.

    :ivar name: which no other set of the extension has.
    """

    __tablename__ = "console_utterance_sets"
    __table_args__ = (UniqueConstraint("extension_key", "name"), NUMBERED)

    id: Mapped[int] = mapped_column(primary_key=True)
    extension_key: Mapped[int] = mapped_column(ForeignKey("console_extensions.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Text)


class Utterance(Base):
    """An utterance of a set, with the intent that it is to be understood as.

    :ivar text: with its slots tagged.
    :ivar folded: what is compared of it, which is in a set once.
    :ivar intent: the intent; ``-`` where none is to be understood.
    :ivar revision: counts its changes, so that of two writers the later one is told.
    """

    __tablename__ = "console_utterances"
    __table_args__ = (UniqueConstraint("set_key", "folded"), NUMBERED)

    id: Mapped[int] = mapped_column(primary_key=True)
    set_key: Mapped[int] = mapped_column(ForeignKey("console_utterance_sets.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)
    intent: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": revision}


class EvaluationRun(Base):
    """A run of a set against a model.

    :ivar version: the number of the version whose model it was.
    :ivar by: whether by the model as it was edited, or as it was built.
    :ivar digest: of that model.
    :ivar seconds: how long it took.
    :ivar figures: what the lists show of it.
    :ivar scores: those of its intents and slots, and its confusion, as its page shows them.
    :ivar outcomes: the rows of its outcomes, as JSON in zlib.
    """

    __tablename__ = "console_evaluation_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    set_key: Mapped[int] = mapped_column(
        ForeignKey("console_utterance_sets.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    version: Mapped[int]
    by: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64))
    seconds: Mapped[float] = mapped_column(Float)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    scores: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    outcomes: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
