"""The hook of the page on errors that refuses messages."""

import heating
import pytest

from clova_flask.testing import CekClient


@pytest.fixture
def cek(monkeypatch):
    monkeypatch.setattr(heating, "MAX_SENT", 2)
    heating.sent.clear()
    yield CekClient(heating.create_app(), access_token="token-of-minji")
    heating.sent.clear()


def test_a_user_who_sends_too_many(cek):
    replies = [cek.launch(), cek.discover(), cek.launch(), cek.discover()]
    assert [reply.status_code for reply in replies] == [200, 200, 429, 429]
    assert replies[-1].json == {"error": "Too many messages of one user."}
