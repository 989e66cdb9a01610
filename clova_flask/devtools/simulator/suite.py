"""Transcripts as tests of an app."""

from __future__ import annotations

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
    :param url: a running endpoint; without it the app answers in this process.
    :param user: who speaks, where the transcript does not tell.
    :return: a line with file and line number for whatever is not as the transcript expects.
    :raises TranscriptError: the file is not a valid transcript.
    """
    return [
        line
        for outcome in outcomes(app, path, name=name, url=url, **user)
        for line in failures(path, outcome)
    ]


def outcomes(
    app: Flask, path: Path, *, name: str = "clova", url: str | None = None, **user: Any
) -> list[Outcome]:
    """Replay a transcript; parameters as for :func:`replay_transcript`."""
    transcript = load_transcript(path)
    needs_model = any(step.action == "say" for step in transcript.steps)
    cek = make_cek(app, runtime_of(app, name), url=url, user=user, needs_model=needs_model)
    return list(replay(transcript, cek))


def failures(path: Path, outcome: Outcome) -> list[str]:
    """Write what a step failed with, each with file and line number."""
    step = outcome.step
    done = f"{step.action}: {step.argument}" if step.argument is not None else step.action
    return [f"{path}:{step.line}: {done}: {failure}" for failure in outcome.failures]
