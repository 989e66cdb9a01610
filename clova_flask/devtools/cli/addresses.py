"""The options that tell where the extension is: at a URL, or at an address of the app in this process."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from ..simulator.address import Where


def here_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for the address of the app in this process; the command gets them as ``where``."""

    @click.option(
        "--base-url",
        help="Scheme and host at which CEK calls the app in this process: https://voice.example.com.",
    )
    @click.option(
        "--view-arg",
        "view_args",
        multiple=True,
        metavar="NAME=VALUE",
        callback=_read_view_args,
        help="A value for a variable in the extension's prefix, host or subdomain.",
    )
    @functools.wraps(command)
    def with_where(
        *args: Any, base_url: str | None, view_args: dict[str, str], url: str | None = None, **options: Any
    ) -> Any:
        if url and (base_url or view_args):
            raise click.UsageError(
                "--url is the whole address of a server; --base-url and --view-arg are not for it."
            )
        return command(*args, where=Where(url, base_url, view_args), **options)

    return with_where


def where_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--url`` and the options for the app in this process; the command gets them as ``where``."""
    url = click.option("--url", help="A running endpoint. Without it the app answers in this process.")
    return url(here_options(command))


def _read_view_args(
    _context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]
) -> dict[str, str]:
    view_args = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{text!r} must be NAME=VALUE.")
        view_args[name] = value
    return view_args
