"""How much memory the workers take over time."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from statistics import linear_regression, mean

from .serving import Gunicorn, resident

WARM_UP = 0.25
"""The part of a worker's life in which it still loads and compiles what it needs."""
_QUARTERS = 4


class Memory:
    """Samples of the workers' memory.

    :ivar samples: by process id, pairs of seconds and bytes.
    """

    def __init__(self, server: Gunicorn) -> None:
        self._server = server
        self.samples: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)

    def sample(self) -> None:
        """Look at each worker."""
        for pid in self._server.workers():
            size = resident(pid)
            if size:
                self.samples[pid].append((time.monotonic(), size))

    def longest(self, count: int) -> list[tuple[float, list[float], float]]:
        """Describe the workers that lived longest, after they were warm.

        :return: of each the minutes that were looked at, the mean MB of each quarter of them, and by how many
            kB a minute it grew, the slope of the line through all of them.
        """
        lives = sorted(self.samples.values(), key=lambda life: life[-1][0] - life[0][0], reverse=True)
        described = []
        for life in lives[:count]:
            start = life[0][0] + WARM_UP * (life[-1][0] - life[0][0])
            warm = [(at, size) for at, size in life if at >= start]
            if len(warm) < _QUARTERS or warm[-1][0] == warm[0][0]:
                continue
            slope = linear_regression([at for at, _ in warm], [size for _, size in warm]).slope
            minutes = (warm[-1][0] - warm[0][0]) / 60
            described.append((minutes, list(_quarters([size for _, size in warm])), slope * 60 / 1e3))
        return described


def _quarters(sizes: list[int]) -> Iterator[float]:
    """Return the mean of each quarter, in MB."""
    for quarter in range(_QUARTERS):
        first, last = (len(sizes) * number // _QUARTERS for number in (quarter, quarter + 1))
        yield mean(sizes[first:last]) / 1e6
