"""A console that is served, and a client that reads its pages."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import CookieJar
from os import environ
from pathlib import Path
from time import perf_counter, sleep
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from .project import APP
from .served import CPU, FRESH, MEMORY, PEAK, WALL

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_START_TIMEOUT = 120


class View(NamedTuple):
    """An answer.

    :ivar wall: milliseconds on the server, by the clock.
    :ivar cpu: milliseconds of the processor, for the request alone.
    :ivar memory: megabytes of the process that are resident after it.
    :ivar peak: the most that ever were.
    :ivar size: bytes of the page.
    """

    status: int
    wall: float
    cpu: float
    memory: float
    peak: float
    size: int
    text: str


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_given: object) -> None:
        return None


class Browser:
    """Reads pages, and sends forms."""

    def __init__(self, port: int, seconds: float) -> None:
        self._base = f"http://localhost:{port}"
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()), _NoRedirect)
        self._opener.addheaders = [("Accept-Language", "ko")]
        self.seconds_to_start = seconds

    def get(self, path: str) -> View:
        """Read a page; one that redirects is an answer as well."""
        return self._view(Request(self._base + quote(path, safe="/?=&%")))

    def post(self, path: str, page: str, values: Mapping[str, str]) -> View:
        """Send a form.

        :param page: where the form is.
        """
        found = _TOKEN.search(self.get(page).text)
        data = urlencode({**values, "csrf_token": found[1] if found else ""}).encode()
        return self._view(Request(self._base + quote(path), data, {"Origin": self._base}))

    def _view(self, request: Request) -> View:
        try:
            response = self._opener.open(request, timeout=600)
        except HTTPError as error:
            response = error
        with response:
            body, told = response.read(), response.headers
        wall, cpu, memory, peak = (float(told[name]) for name in (WALL, CPU, MEMORY, PEAK))
        text = body.decode(errors="replace")
        return View(response.status or 0, wall, cpu, memory, peak, len(body), text)


@contextmanager
def console(folder: Path, port: int, app_port: int, *, is_fresh: bool = False) -> Iterator[Browser]:
    """Serve the console of a project, until it is done.

    :param is_fresh: whether each page is answered by the console as it was when it had just started.
    """
    began = perf_counter()
    command = ["-m", "benchmarks.console.served", "--app", APP, "clova", "console"]
    process = subprocess.Popen(
        [sys.executable, *command, "--port", str(port), "--app-port", str(app_port)],
        cwd=folder,
        env={**environ, "PYTHONPATH": str(Path(__file__).parents[2]), **({FRESH: "1"} if is_fresh else {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        _wait_until_told(process)
        seconds = perf_counter() - began
        _wait_until_listening(port)
        yield Browser(port, seconds)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_told(process: subprocess.Popen[str]) -> None:
    """Wait for the line that tells where the console listens."""
    for line in process.stdout or ():
        if "the console at" in line:
            return
    raise SystemExit("The console did not start.")


def _wait_until_listening(port: int) -> None:
    opener = build_opener()
    for _time in range(_START_TIMEOUT * 20):
        try:
            opener.open(f"http://localhost:{port}/static/icon.svg", timeout=10).close()
        except URLError:
            sleep(0.05)
        else:
            return
    raise SystemExit("The console does not listen.")
