"""What of a traceback is the developer's own: the frames that are neither the package's nor a library's."""

from __future__ import annotations

import sysconfig
import traceback
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType
from typing import NamedTuple

from ...findings import Place


class Frame(NamedTuple):
    """A frame of the developer's.

    :ivar line: the line that was run, not the first one of the function.
    """

    code: CodeType
    line: int

    @property
    def place(self) -> Place:
        """The function, its file and the line."""
        return Place(self.code.co_qualname, Path(self.code.co_filename), self.line)


def own_frames(error: BaseException) -> list[Frame]:
    """List the frames of the developer's that an exception came through, the outermost first."""
    return [frame for frame in _frames(error) if not is_of_a_library(frame.code.co_filename)]


def place_of_error(error: BaseException) -> Place:
    """Return where the developer's code raised an exception or called what did; else where it is from."""
    frames = own_frames(error) or list(_frames(error))
    return frames[-1].place if frames else Place()


def shortened(error: BaseException) -> str:
    """Write an exception, and those that it came from, with the developer's own frames alone.

    One that has none of them keeps all.
    """
    whole = traceback.TracebackException.from_exception(error)
    _shorten(whole)
    return "".join(whole.format()).rstrip()


def _shorten(whole: traceback.TracebackException) -> None:
    own = [frame for frame in whole.stack if not is_of_a_library(frame.filename)]
    if own:
        whole.stack = traceback.StackSummary.from_list(own)
    for cause in (whole.__cause__, whole.__context__):
        if cause is not None:
            _shorten(cause)


def _frames(error: BaseException) -> Iterator[Frame]:
    trace = error.__traceback__
    while trace is not None:
        yield Frame(trace.tb_frame.f_code, trace.tb_lineno)
        trace = trace.tb_next


def is_of_a_library(file: str) -> bool:
    """Whether a file is of the standard library, of an installed package, or of this one."""
    path = Path(file)
    is_installed = bool({"site-packages", "dist-packages"} & set(path.parts))
    return is_installed or file.startswith("<frozen") or any(path.is_relative_to(root) for root in _roots())


@cache
def _roots() -> tuple[Path, ...]:
    """List the folders of the standard library and of this package."""
    paths = sysconfig.get_paths()
    return *(Path(paths[key]) for key in ("stdlib", "platstdlib")), Path(__file__).parents[2]
