"""Clients that are killed while they update: what was confirmed is there, once."""

from benchmarks.user_data.clients import Load, run
from tests.storage.counting import close_store, open_store


def test_no_confirmed_update_is_lost_or_done_twice(store_url, tmp_path):
    """Of what was in flight in a client that was killed, each update is known to be written or not."""
    outcome = run(Load(url=store_url, updates=300, users=10, clients=4, kills=2), tmp_path)
    assert (outcome.lost, outcome.doubled, outcome.failed) == ([], [], [])
    assert len(outcome.told.seconds) == 300
    assert outcome.killed >= 1
    assert outcome.unconfirmed <= outcome.killed


def test_updates_that_do_not_compare_are_found_out(url_of, tmp_path):
    url = url_of("sqlite")
    store = open_store(url, may_upgrade=True)
    store.check()
    close_store(store)
    outcome = run(Load(url=url, way="careless", updates=400, users=1, clients=4), tmp_path)
    assert (outcome.lost, outcome.failed) == ([0], [])
