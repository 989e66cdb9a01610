"""Clients that are killed while they update: what was confirmed is there, once."""

import pytest

from benchmarks.user_data.clients import Load, run
from tests.storage.counting import close_store, open_store


@pytest.mark.parametrize("way", ["update", "turns"])
def test_no_confirmed_update_is_lost_or_done_twice(store_url, tmp_path, way):
    """Of what was in flight in a client that was killed, each update is known to be written or not."""
    outcome = run(Load(url=store_url, way=way, updates=150, users=10, clients=4, kills=2), tmp_path)
    assert (outcome.lost, outcome.doubled, outcome.failed) == ([], [], [])
    assert len(outcome.told.seconds) == 150
    assert outcome.killed >= 1
    assert outcome.unconfirmed <= outcome.killed


def test_updates_that_do_not_compare_are_found_out(url_of, tmp_path):
    url = url_of("sqlite")
    store = open_store(url, may_upgrade=True)
    store.check()
    close_store(store)
    outcome = run(Load(url=url, way="careless", updates=400, users=1, clients=4), tmp_path)
    assert (outcome.lost, outcome.failed) == ([0], [])
