"""How long the pages of the console take on the server, with much in its store.

Exits with 1 when one of them takes longer than 300 ms of the processor.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from ..tables import print_row, print_versions
from .browsing import Browser, View, console
from .project import write_project
from .store import CONVERSATION, fill

MAX_MS = 300
"""Milliseconds that a page may take."""
VIEWS = 7
"""Later views of a page, of which the median counts."""
TURNS = 20

_EXTENSION = "/extensions/1"
_MODEL, _TEST, _EVALUATE = f"{_EXTENSION}/model", f"{_EXTENSION}/test", f"{_EXTENSION}/evaluate"
_RECORDED = f"{_EXTENSION}/recordings/open?source=recordings"

PAGES = {
    "list of extensions": "/",
    "form": f"{_EXTENSION}/info",
    "history of changes": f"{_EXTENSION}/history",
    "connection": f"{_EXTENSION}/connection",
    "model": _MODEL,
    "model of the service version": f"{_MODEL}?version=1",
    "intent": f"{_MODEL}/intents/책찾아",
    "intent, last page, searched": f"{_MODEL}/intents/책찾아?q=두&page=9",
    "slot type": f"{_MODEL}/slot-types/KIND",
    "profiler, empty": f"{_MODEL}/profile",
    "profiler, built": f"{_MODEL}/profile?utterance=책 열한 개 찾아 줄래요",
    "profiler, edited": f"{_MODEL}/profile?utterance=책 열한 개 찾아 줄래요&by=edited",
    "folder": f"{_MODEL}/folder",
    "conversation": f"{_TEST}/",
    "events": f"{_TEST}/events/",
    "history of tests": f"{_TEST}/history",
    "history of tests, last page": f"{_TEST}/history?page=200",
    "history of tests, searched": f"{_TEST}/history?words=책 4321",
    "history of tests, nothing found": f"{_TEST}/history?words=없는 말",
    "turn": f"{_TEST}/turns/5000",
    "dialog": f"{_TEST}/dialogs/{CONVERSATION}/",
    "turn into a set": f"{_EVALUATE}/turns/5000",
    "recordings": f"{_EXTENSION}/recordings/",
    "recordings, opened": _RECORDED,
    "evaluation": _EVALUATE,
    "evaluation set": f"{_EVALUATE}/1",
    "evaluation set, last page": f"{_EVALUATE}/1?page=200",
    "evaluation set, searched": f"{_EVALUATE}/1?q=기차표",
    "result": f"{_EVALUATE}/runs/2",
    "result, right ones": f"{_EVALUATE}/runs/2?verdict=right&page=100",
    "comparison of runs": f"{_EVALUATE}/runs/2/against/1",
    "versions compared": f"{_EXTENSION}/versions",
    "store page": f"{_EXTENSION}/store-page",
    "review": f"{_EXTENSION}/release",
    "reviewer": f"{_EXTENSION}/reviewing",
    "reviewer's desk": "/review",
    "download: model as a zip": f"{_MODEL}/files/model.zip",
    "download: set as TSV": f"{_EVALUATE}/1/utterances.tsv",
}
"""Pages by what they are; each is seen once in a console that has just started, and again in another."""


LINES = {
    "/launch": "/launch",
    "an expression": "책 세 개 찾아 줘",
    "in other words": "음 책 열한 개 찾아 주라",
}
"""Lines that are said, by what they are."""

Serve = Callable[..., AbstractContextManager[Browser]]


def main() -> None:
    """Make the store, serve it, and print how long each page takes."""
    parser = ArgumentParser(prog="python -m benchmarks.console", description=main.__doc__)
    parser.add_argument("--later", action="store_true", help="leave out the first views")
    parser.add_argument("--only", default="", help="pages with this in their name alone")
    parser.add_argument("--folder", type=Path, help="where the store is made, and used again")
    parser.add_argument("--port", type=int, default=5061, help="of the console")
    parser.add_argument("--app-port", type=int, default=5062, help="of the app beside it")
    given = parser.parse_args()
    print_versions()
    with ExitStack() as stack:
        folder = given.folder or Path(stack.enter_context(TemporaryDirectory()))
        _make_store(folder, given.app_port)
        serve = partial(console, folder, given.port, given.app_port)
        pages = {title: path for title, path in PAGES.items() if given.only in title}
        first = {} if given.later else _first_views(serve, pages)
        with serve() as browser:
            later = {title: _later_views(browser, path) for title, path in pages.items()}
            _print_pages(first, later)
            if not given.only:
                _print_turns(browser)
                _print_build(browser)
    slow = [title for title in pages if max(view.cpu for view in _of(title, first, later)) > MAX_MS]
    print(f"\nOver {MAX_MS} ms: {', '.join(slow) or 'none'}")
    sys.exit(bool(slow))


def _make_store(folder: Path, app_port: int) -> None:
    if (folder / "instance").exists():
        return
    began = perf_counter()
    folder.mkdir(exist_ok=True)
    write_project(folder)
    fill(folder / "instance", f"http://127.0.0.1:{app_port}")
    print(f"The store was made in {perf_counter() - began:.0f} s.\n")


def _of(title: str, first: Mapping[str, View], later: Mapping[str, View]) -> list[View]:
    return [views[title] for views in (first, later) if title in views]


def _first_views(serve: Serve, pages: Mapping[str, str]) -> dict[str, View]:
    with serve(is_fresh=True) as browser:
        print(f"Start until the console tells where it listens: {browser.seconds_to_start:.1f} s\n")
        return {title: _seen(browser, path) for title, path in pages.items()}


def _seen(browser: Browser, path: str) -> View:
    view = browser.get(path)
    if view.status != 200:
        raise SystemExit(f"{path} was answered with {view.status}.")
    return view


def _later_views(browser: Browser, path: str) -> View:
    while "data-reload" in _seen(browser, path).text:
        sleep(0.5)  # until what the page is about has been made ready, beside it
    return _median([_seen(browser, path) for _time in range(VIEWS)])


def _median(views: Sequence[View]) -> View:
    wall, cpu = (median(getattr(view, name) for view in views) for name in ("wall", "cpu"))
    return views[-1]._replace(wall=wall, cpu=cpu)


def _print_pages(first: Mapping[str, View], later: Mapping[str, View]) -> None:
    print_row("ms on the server", "first: CPU", "wall", "later: CPU", "wall", "kB")
    for title, view in later.items():
        begun = first.get(title)
        figures = (f"{begun.cpu:.0f}", f"{begun.wall:.0f}") if begun else ("", "")
        print_row(title, *figures, f"{view.cpu:.1f}", f"{view.wall:.1f}", f"{view.size / 1e3:.0f}")


def _print_turns(browser: Browser) -> None:
    print()
    print_row("A line that is said, after 10,000", "ms CPU", "wall")
    for title, line in LINES.items():
        views = [browser.post(f"{_TEST}/say", f"{_TEST}/", {"line": line}) for _time in range(TURNS)]
        view = _median(views)
        print_row(title, f"{view.cpu:.1f}", f"{view.wall:.1f}")
    view = _later_views(browser, f"{_TEST}/")
    print_row("conversation, with its turns", f"{view.cpu:.1f}", f"{view.wall:.1f}")


def _print_build(browser: Browser) -> None:
    view = browser.post(f"{_MODEL}/build", _MODEL, {})
    print()
    print_row("The model is built", f"{view.cpu:.0f}", f"{view.wall:.0f}")
    print(f"Resident: {view.memory:.0f} MB, at most {view.peak:.0f} MB")


if __name__ == "__main__":
    main()
