"""Checks in fresh environments: ``nox -l`` lists them, ``nox -s tests-3.12`` runs one, ``nox`` runs all.

A Python that is not installed is skipped. Versions and tools are declared in ``setup.cfg`` and read there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import nox

SETUP_CFG = Path(__file__).parent / "setup.cfg"
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
MAX_SURVIVORS = 0.1

nox.needs_version = ">=2024.4.15"
nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "types", "tests", "minimum", "plain", "coverage", "docs"]


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the suite with the newest versions of everything."""
    session.install(".[test]")
    session.run("python", "-m", "pytest", "-q", *session.posargs)


@nox.session(python=PYTHONS[0])
def minimum(session: nox.Session) -> None:
    """Run the suite on the oldest Python with the lowest versions that setup.cfg allows."""
    constraints = Path(session.virtualenv.location) / "minimum.txt"
    # What only tests bring is left out: how old it may be says nothing of the package. So are linking, and
    # the console and the sample, which need it: Authlib asks for a newer cryptography than the package does.
    left_out = ("console", "guests", "linking", "sample")
    extras = [e for line in declared_by("test") for e in own_extras(line) if e not in left_out]
    declared = {*requirements(), *tools(), *(line for extra in extras for line in requirements(extra))}
    constraints.write_text("\n".join(lowest(requirement) for requirement in sorted(declared)))
    session.install("-c", str(constraints), f".[{','.join(extras)}]", *tools())
    session.run("python", "-m", "pytest", "-q", "tests", "docs/examples", *session.posargs)


@nox.session
def plain(session: nox.Session) -> None:
    """Run the tests of the package with no extra installed; a test that needs an extra is skipped."""
    session.install(".", *tools())
    session.run("python", "-m", "pytest", "-q", "tests", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Measure the coverage of lines and branches, and fail below the percentage in setup.cfg.

    Coverage must start pytest, not pytest coverage: pytest imports the package's plugin before any other
    plugin could start to measure, and the module-level lines of all it imports would count as never run.
    """
    session.install("-e", ".[test]")
    session.run("coverage", "run", "-m", "pytest", "-q", *session.posargs)
    session.run("coverage", "combine", "-q")
    session.run("coverage", "report", "--skip-covered")


@nox.session(python=PYTHONS[0])
def mutants(session: nox.Session) -> None:
    """Change the code of a request's way in one place after another; the tests must notice 90 % of it.

    It is not run with the others, since it takes a quarter of an hour: ``nox -s mutants``. What is left of an
    earlier run is kept in ``mutants/``, and only what has changed since is run again.
    """
    session.install("-e", ".[mutants,test]")
    session.run("mutmut", "run", *session.posargs)
    session.run("mutmut", "results")
    session.run("mutmut", "export-cicd-stats", silent=True)
    counts = json.loads(Path("mutants/mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    surviving = counts["survived"] + counts["no_tests"] + counts["suspicious"]
    session.log(f"{surviving} of {counts['total']} mutants survive; tests/mutants.md tells why.")
    if surviving > MAX_SURVIVORS * counts["total"]:
        session.error(f"At most {MAX_SURVIVORS:.0%} of the mutants may survive.")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and format."""
    session.install(*(line for line in declared_by("dev") if line.startswith("ruff")))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types, strictly."""
    session.install("-e", ".[dev]")
    session.run("mypy")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; a warning is an error."""
    session.install("-e", ".[docs]")
    session.run("python", "-m", "sphinx", "-q", "-W", "docs", "docs/_build")


def tools() -> list[str]:
    """Return what the tests need besides extras of the package."""
    return [line for line in declared_by("test") if not own_extras(line)]


def requirements(extra: str | None = None) -> Iterator[str]:
    """Return the requirements of an extra, with those of the package's own extras in it.

    :param extra: the name of the extra; None for what every install needs.
    """
    for line in declared_by(extra):
        extras = own_extras(line)
        for name in extras:
            yield from requirements(name)
        if not extras:
            yield line


def declared_by(extra: str | None) -> list[str]:
    """Return the lines of an extra in setup.cfg, or those of ``install_requires``."""
    metadata = ConfigParser()
    metadata.read(SETUP_CFG, encoding="utf-8")
    if extra is None:
        return metadata["options"]["install_requires"].split()
    return metadata["options.extras_require"][extra].split()


def own_extras(requirement: str) -> list[str]:
    """Return the extras of the package itself that a requirement names: ``clova-flask[docs,test]``."""
    name, _, extras = requirement.partition("[")
    return extras.rstrip("]").split(",") if name == "clova-flask" else []


def lowest(requirement: str) -> str:
    """Return the constraint on the lowest version: ``flask==3.1`` for ``flask[async]>=3.1``."""
    name, _, version = requirement.partition(">=")
    return f"{name.partition('[')[0]}=={version}"
