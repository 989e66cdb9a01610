"""Transcripts as tests of an app."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask

from ...runtime import runtime_of
from .address import HERE, Where
from .replay import Outcome, replay
from .start import make_cek
from .transcripts import load_transcript


def replay_transcript(
    app: Flask, path: Path, *, name: str | None = None, where: Where = HERE, **user: Any
) -> list[str]:
    """Replay a transcript against an app.

    :param name: the extension, when the app has several and the transcript names none.
    :param where: where the extension is, where the transcript does not tell.
    :param user: who speaks, where the transcript does not tell.
    :return: a line with file and line number for whatever is not as the transcript expects.
    :raises TranscriptError: the file is not a valid transcript.
    """
    return [
        line
        for outcome in outcomes(app, path, name=name, where=where, **user)
        for line in failures(path, outcome)
    ]


def outcomes(
    app: Flask, path: Path, *, name: str | None = None, where: Where = HERE, **user: Any
) -> list[Outcome]:
    """Replay a transcript; parameters as for :func:`replay_transcript`."""
    transcript = load_transcript(path)
    needs_model = any(step.action == "say" for step in transcript.steps)
    at = replace(
        where,
        base_url=transcript.base_url or where.base_url,
        view_args=transcript.view_args or where.view_args,
    )
    cek = make_cek(
        app, runtime_of(app, transcript.extension or name), where=at, user=user, needs_model=needs_model
    )
    return list(replay(transcript, cek))


def failures(path: Path, outcome: Outcome) -> list[str]:
    """Write what a step failed with, each with file and line number."""
    step = outcome.step
    done = f"{step.action}: {step.argument}" if step.argument is not None else step.action
    return [f"{path}:{step.line}: {done}: {failure}" for failure in outcome.failures]
