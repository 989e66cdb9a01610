"""Delivery over HTTP: what is told of servers that do not answer as they should."""

import pytest

from clova_flask.devtools.simulator import transport
from clova_flask.devtools.simulator.transport import DeliveryError, deliver_over_http


@pytest.mark.parametrize("url", ["nowhere", "ftp://example.com/", "http://a..b/", "http://[::1", "http://"])
def test_an_address_that_is_not_a_url_is_told_so(url):
    with pytest.raises(DeliveryError) as error:
        deliver_over_http(url, b"{}", {})
    assert str(error.value) == f"{url} is not a URL; it must begin with http:// or https://."


def test_nobody_there():
    with pytest.raises(
        DeliveryError, match=r"127\.0\.0\.1:9/ refused the connection\. Is the server running\?"
    ):
        deliver_over_http("http://127.0.0.1:9/", b"{}", {})


def test_an_endpoint_has_ten_seconds_to_answer():
    assert (transport.LIMITS.read, transport.LIMITS.total) == (10, 13.05)
