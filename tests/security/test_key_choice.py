"""Which keys verify messages, by the settings."""

import pytest
from flask import Flask

from clova_flask import Clova, ConfigurationError
from clova_flask.platforms import PLATFORMS
from clova_flask.security.devkey import generate_key, public_pem
from clova_flask.security.key_choice import choose_keys
from clova_flask.security.remote_key import RemoteKey
from clova_flask.security.signature import parse_public_key
from clova_flask.settings.loading import load_settings

OWN = public_pem(generate_key())
URL = "https://keys.example.com/key.pem"


def chosen(**arguments):
    """Choose the keys, and return them with the URL that replaces them, or None."""
    source = choose_keys(load_settings({}, arguments))
    return source.keys(), source.url if isinstance(source, RemoteKey) else None


def key(pem):
    return parse_public_key(pem)


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_a_platform_has_its_key_and_its_url(name):
    platform = PLATFORMS[name]
    assert chosen(platform=name) == ((key(platform.public_key),), platform.public_key_url)


def test_a_key_of_ones_own_replaces_the_platforms_and_its_url():
    assert chosen(platform="line", public_key=OWN) == ((key(OWN),), None)


def test_a_url_of_ones_own_replaces_the_platforms():
    assert chosen(platform="line", public_key_url=URL) == ((key(PLATFORMS["line"].public_key),), URL)


def test_a_key_and_a_url_of_ones_own_go_together():
    assert chosen(public_key=OWN, public_key_url=URL) == ((key(OWN),), URL)


def test_a_key_needs_no_platform():
    assert chosen(public_key=[OWN]) == ((key(OWN),), None)


def test_without_verification_no_key_is_needed():
    assert chosen(verify_signature=False) == ((), None)


def test_without_verification_a_key_is_not_read():
    assert chosen(verify_signature=False, public_key="-----BEGIN PUBLIC KEY-----") == ((), None)


@pytest.mark.parametrize("name", [*sorted(PLATFORMS), None])
def test_a_malformed_key_is_an_error_at_start_whatever_the_platform(name):
    with pytest.raises(ConfigurationError, match=r"^CLOVA_PUBLIC_KEY cannot be used: "):
        Clova(Flask(__name__), platform=name, public_key="-----BEGIN PUBLIC KEY-----")
