"""The long forms, ``python -m benchmarks.soak`` and ``hung_key``, for a few seconds each."""

import sys
from importlib import metadata

import pytest

pytest.importorskip("sqlalchemy")
pytest.importorskip("hypothesis")
pytest.importorskip("asgiref")
pytest.importorskip("gunicorn")
if not sys.platform.startswith("linux"):
    pytest.skip("the workers are found and measured by /proc", allow_module_level=True)

from benchmarks.soak.__main__ import main
from benchmarks.soak.messages import run_messages
from benchmarks.soak.served import Plan, soak


@pytest.mark.skipif(
    int(metadata.version("gunicorn").split(".")[0]) < 25,
    reason="a gthread worker of this gunicorn loses messages when it ends",
)
@pytest.mark.parametrize(("worker_class", "workers"), [("gthread", 2)])
def test_ten_seconds_of_a_real_gunicorn(capfd, worker_class, workers):
    plan = Plan(seconds=10, worker_class=worker_class, workers=workers, rate=20, kill_every=3, reload_every=4)
    is_fine = soak(plan)
    told = capfd.readouterr().out
    assert is_fine, told
    figures = dict(line.rsplit(maxsplit=1) for line in told.splitlines() if line)
    assert int(figures["changes confirmed"]) > 20, told
    assert int(figures["workers killed"]) >= 1, told
    assert int(figures["reloads by SIGHUP"]) >= 1, told
    assert int(figures["forged messages"]) > 5, told
    assert int(figures["mutated messages"]) > 10, told


def test_messages_by_several_processes(capfd):
    assert run_messages(200, 2, 0)
    told = capfd.readouterr()
    assert "failed                                                 0" in told.out


@pytest.mark.parametrize("arguments", [[], ["--minutes", "-1"], ["--messages", "1000000000000"]])
def test_a_soak_without_end_is_refused(monkeypatch, arguments):
    monkeypatch.setattr(sys, "argv", ["soak", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert isinstance(stopped.value.code, str)
