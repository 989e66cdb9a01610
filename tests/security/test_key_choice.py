"""Which keys verify messages, by the settings."""

import pytest
from cryptography.hazmat.primitives import serialization
from flask import Flask

from clova_flask import Clova, ConfigurationError
from clova_flask.platforms import PLATFORMS
from clova_flask.security.devkey import generate_key, public_pem, sign
from clova_flask.security.key_choice import choose_source, make_verifier
from clova_flask.security.remote_key import RemoteKey
from clova_flask.security.signature import HEADER, parse_public_key
from clova_flask.settings.loading import load_settings


def private_pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


OWN = public_pem(generate_key())
URL = "https://keys.example.com/key.pem"


def chosen(**arguments):
    """Choose the keys, and return them with the URL that replaces them, or None."""
    source = choose_source(load_settings({}, arguments))
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


@pytest.mark.parametrize(
    "arguments", [{}, {"public_key": "-----BEGIN PUBLIC KEY-----"}], ids=["none", "broken"]
)
def test_without_verification_no_key_is_needed_or_read(arguments):
    assert make_verifier(load_settings({}, {"verify_signature": False, **arguments}))


@pytest.mark.parametrize("name", [*sorted(PLATFORMS), None])
def test_a_malformed_key_is_an_error_at_start_whatever_the_platform(name):
    with pytest.raises(ConfigurationError, match=r"^CLOVA_PUBLIC_KEY cannot be used: "):
        Clova(Flask(__name__), platform=name, public_key="-----BEGIN PUBLIC KEY-----")


PRIVATE = private_pem(generate_key())


@pytest.mark.parametrize("setting", ["public_key", "further_keys"])
def test_a_private_key_is_not_a_public_one_and_told_so(setting):
    with pytest.raises(ConfigurationError) as caught:
        Clova(Flask(__name__), platform="naver", **{setting: PRIVATE})
    text = str(caught.value)
    assert text.startswith(f"CLOVA_{setting.upper()} cannot be used: This is the PEM of a private key")
    assert "flask clova keygen --public prints the public one" in text
    assert PRIVATE.splitlines()[1] not in text


def post(app, key):
    body = b'{"request": {"type": "LaunchRequest"}}'
    return app.test_client().post("/clova", data=body, headers={HEADER: sign(key, body)}).status_code


@pytest.mark.parametrize("platform", [None, "naver", "line"])
@pytest.mark.parametrize("debug", [False, True])
def test_further_keys_are_trusted_beside_the_others(platform, debug, tmp_path):
    others, stranger = [generate_key(), generate_key()], generate_key()
    file = tmp_path / "자매.pem"
    file.write_text(public_pem(others[1]), encoding="ascii")
    app = Flask(__name__, instance_path=str(tmp_path))
    app.debug = debug
    own = {} if platform else {"public_key": OWN}
    url = {"public_key_url": "https://127.0.0.1:9/key.pem"} if platform else {}
    clova = Clova(app, platform=platform, further_keys=[public_pem(others[0]), file], **own, **url)
    clova.launch(lambda: "안녕하세요")
    assert [post(app, key) for key in (*others, stranger)] == [200, 200, 401]


def test_further_keys_are_enough():
    other = generate_key()
    app = Flask(__name__)
    Clova(app, further_keys=public_pem(other)).launch(lambda: "안녕하세요")
    assert (post(app, other), post(app, generate_key())) == (200, 401)
