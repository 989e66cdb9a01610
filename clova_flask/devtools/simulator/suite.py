"""Transcripts as tests of an app."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask

from ...runtime import runtime_of
from .replay import Outcome, replay
from .start import make_cek
from .transcripts import load_transcript


def replay_transcript(
    app: Flask, path: Path, *, name: str = "clova", url: str | None = None, **user: Any
) -> list[str]:
    """Replay a transcript against an app.

    :param name: the extension, when the app has several.
    :param url: a running endpoint, in place of the app itself.
    :param user: who speaks, where the transcript does not say.
    :return: a line for each thing that is not as it was to be, with file and line.
    :raises TranscriptError: it cannot be read.
    """
    transcript = load_transcript(path)
    needs_model = any(step.action == "say" for step in transcript.steps)
    cek = make_cek(app, runtime_of(app, name), url=url, user=user, needs_model=needs_model)
    return [line for outcome in replay(transcript, cek) for line in _failures(path, outcome)]


def _failures(path: Path, outcome: Outcome) -> Iterator[str]:
    step = outcome.step
    said = f"{step.action}: {step.argument}" if step.argument is not None else step.action
    for failure in outcome.failures:
        yield f"{path}:{step.line}: {said}: {failure}"
