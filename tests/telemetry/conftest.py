import logging

import pytest


@pytest.fixture(autouse=True)
def _package_log():
    """Leave the package's log as it was: telemetry adds a filter to it."""
    log = logging.getLogger("clova_flask")
    filters = log.filters[:]
    yield
    log.filters[:] = filters
