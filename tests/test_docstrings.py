"""The examples in the docstrings of public modules run as they stand."""

from __future__ import annotations

import textwrap

import pytest

import clova_flask.audio
import clova_flask.cards
import clova_flask.playback


@pytest.mark.parametrize(
    "module",
    [clova_flask.audio, clova_flask.cards, clova_flask.playback],
    ids=lambda module: module.__name__,
)
def test_the_example_of_a_module_runs(module):
    _, _, example = module.__doc__.partition("::\n")
    assert f"from clova_flask import {module.__name__.rpartition('.')[2]}" in example
    exec(textwrap.dedent(example), {})
