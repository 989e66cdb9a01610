"""Recordings as turns: read as they were answered then, and sent again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ....custom.rules import answer_rules
from ....platforms import PLATFORMS
from ....texts.templated import as_json
from ...simulator.exchange import judged
from ...simulator.recorded import RecordingError, differences, read_recording, speak_as
from ...simulator.reply import Reply
from ...simulator.wording import asked
from ..displayed import parsed
from ..found import placed
from ..masking import masked, masked_json, tokens_in
from ..records import Extension, Version
from ..testing.conversations import Conversation, speech_of, written_without
from ..testing.turn_records import MESSAGE, Turn
from ..told import told_error

MAX_SENT = 200
"""Recordings that are sent at once."""
MAX_SECONDS = 120.0
"""How long recordings are sent; what is left then is told."""
MAX_DIFFERENCES = 50
"""Differences of an answer that are shown."""
_MAX_SILENT = 3
"""Messages in a row without an answer, after which no more are sent: the endpoint is away."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording that was read.

    :ivar problem: why it cannot be read; empty when it was.
    :ivar turn: it as a turn, as it was answered then; None where it cannot be read.
    :ivar message: as it is sent again, with its access token.
    :ivar answer: as it is shown, to be compared.
    """

    name: str
    problem: str
    turn: Turn | None = None
    message: Any = None
    answer: Any = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of sending a recording again.

    :ivar turn: what was answered now; None where nothing was sent.
    :ivar differences: where that differs from the recorded answer.
    :ivar are_more: whether there are more differences than these.
    :ivar is_late: whether nothing was sent because time was up.
    """

    recorded: Recorded
    turn: Turn | None = None
    differences: tuple[str, ...] = ()
    are_more: bool = False
    is_late: bool = False


def read(extension: Extension, name: str, content: Callable[[str], bytes]) -> Recorded:
    """Read a recording as a turn, judged as the platform would."""
    try:
        message, answer = read_recording(content(name), name)
    except RecordingError as error:
        return Recorded(name, told_error(error))
    tokens = tokens_in(message)
    text = masked_json(json.dumps(answer, ensure_ascii=False, indent=2), tokens)
    rules = answer_rules(PLATFORMS[extension.platform], is_developed=True)
    findings = judged(name, Reply(message, 200, answer, text), rules=rules).findings
    turn = Turn(
        kind=MESSAGE,
        line="",
        label=masked(asked(message), tokens),
        words=masked(asked(message), tokens),
        why="",
        said=masked(speech_of(answer), tokens),
        message=written_without(message, tokens),
        answer=text,
        status=200,
        milliseconds=0.0,
        findings=[[finding.code, as_json(masked(placed(finding), tokens))] for finding in findings],
        log=[],
    )
    return Recorded(name, "", turn, message, parsed(text))


def send_again(
    version: Version, recordings: Iterable[Recorded], user: Mapping[str, str]
) -> Iterator[Outcome]:
    """Send recordings to the extension, one after another, each in the session that it tells of.

    :param user: ``access_token`` and ``user_id``, in the place of those that were redacted.
    """
    conversation = Conversation(version, None, user)
    end, silent = time.monotonic() + MAX_SECONDS, 0
    for recorded in recordings:
        if recorded.turn is None or silent == _MAX_SILENT:
            yield Outcome(recorded)
            continue
        if time.monotonic() > end:
            yield Outcome(recorded, is_late=True)
            continue
        (turn,) = conversation.send(speak_as(recorded.message, user))
        silent = 0 if turn.status else silent + 1
        yield _outcome(recorded, turn)


def _outcome(recorded: Recorded, turn: Turn) -> Outcome:
    answer = parsed(turn.answer)
    if answer is None:
        return Outcome(recorded, turn)
    found = list(islice(differences(recorded.answer, answer), MAX_DIFFERENCES + 1))
    return Outcome(recorded, turn, tuple(found[:MAX_DIFFERENCES]), len(found) > MAX_DIFFERENCES)
