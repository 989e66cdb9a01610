"""Verification, with really signed requests."""

import base64
import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask

from clova_flask import Clova, ConfigurationError, KeySourceError, tell
from clova_flask.platforms import PLATFORMS
from clova_flask.security.devkey import generate_key, public_pem, read_key, sign, write_key
from clova_flask.security.signature import parse_public_key

KEYS = [generate_key() for _ in range(3)]
LAUNCH = {"version": "1.0", "request": {"type": "LaunchRequest"}}


class Endpoint:
    """An app that trusts what `settings` say, and whether its handler ran."""

    def __init__(self, **settings):
        self.launches = 0
        clova = Clova(**settings)

        @clova.launch
        def launch():
            self.launches += 1
            return tell("안녕하세요")

        self.app = Flask(__name__)
        clova.init_app(self.app)

    def post(self, body, signature=None, header="SignatureCEK"):
        headers = {} if signature is None else {header: signature}
        return self.app.test_client().post("/clova", data=body, headers=headers)


@pytest.fixture
def endpoint():
    return Endpoint(public_key=public_pem(KEYS[0]), extension_id="x", verify_signature=True)


def body_for(message=None, **kwargs):
    message = message or {**LAUNCH, "context": {"System": {"application": {"applicationId": "x"}}}}
    return json.dumps(message, ensure_ascii=False, **kwargs).encode()


def assert_refused(endpoint, response, status, reason):
    assert response.status_code == status
    assert response.mimetype == "application/json"
    assert reason in response.get_json()["error"]
    assert endpoint.launches == 0


@pytest.mark.parametrize("header", ["SignatureCEK", "signaturecek", "SIGNATURECEK"])
def test_a_signed_message_is_answered_whatever_the_case_of_the_header(endpoint, header):
    body = body_for()
    response = endpoint.post(body, sign(KEYS[0], body), header)
    assert response.status_code == 200
    assert response.get_json()["response"]["outputSpeech"]["values"]["value"] == "안녕하세요"
    assert "안녕하세요".encode() in response.data, "Korean goes out as itself"


@pytest.mark.parametrize(
    "body",
    [
        body_for(
            {
                **LAUNCH,
                "memo": "페퍼로니 두 판 🍕 ピザを二枚",
                "context": {"System": {"application": {"applicationId": "x"}}},
            }
        ),
        b"\n\t " + body_for(indent=7, separators=("  ,\r\n", " :\t")) + b" \r\n\r\n",
    ],
    ids=["non-ASCII", "unusual whitespace"],
)
def test_the_raw_bytes_are_what_is_verified(endpoint, body):
    assert endpoint.post(body, sign(KEYS[0], body)).status_code == 200


def test_a_signature_over_a_reencoded_body_is_refused(endpoint):
    signed, sent = body_for(indent=1), body_for()
    assert json.loads(signed) == json.loads(sent)
    assert_refused(endpoint, endpoint.post(sent, sign(KEYS[0], signed)), 401, "does not fit the body")


def _with_junk(signature):
    """What a lenient decoder would read as the very same bytes."""
    return f"{signature[:8]}!{signature[8:]}"


@pytest.mark.parametrize(
    ("signature", "reason"),
    [
        (None, "has no SignatureCEK"),
        ("", "has no SignatureCEK"),
        ("not base64!", "is not base64"),
        ("서명".encode().decode("latin-1"), "is not base64"),
        (_with_junk(sign(KEYS[0], body_for())), "is not base64"),
        ("QUJD", "does not fit"),
        (base64.b64encode(bytes(256)).decode(), "does not fit"),
        (sign(KEYS[1], body_for()), "does not fit"),
        (
            base64.b64encode(
                KEYS[0].sign(body_for(), padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
            ).decode(),
            "does not fit",
        ),
        (
            base64.b64encode(KEYS[0].sign(body_for(), padding.PKCS1v15(), hashes.SHA1())).decode(),
            "does not fit",
        ),
    ],
    ids=[
        "missing",
        "empty",
        "garbled",
        "not ASCII",
        "right but for junk",
        "short",
        "zeros",
        "foreign key",
        "PSS",
        "SHA-1",
    ],
)
def test_any_other_signature_is_refused(endpoint, signature, reason):
    assert_refused(endpoint, endpoint.post(body_for(), signature), 401, reason)


def test_one_changed_byte_is_refused(endpoint):
    body = body_for()
    assert_refused(endpoint, endpoint.post(body.replace(b"1.0", b"1.1"), sign(KEYS[0], body)), 401, "fit")


def test_nothing_is_parsed_before_the_signature_is_checked(endpoint):
    assert_refused(endpoint, endpoint.post(b"{", None), 401, "has no SignatureCEK")


def test_a_signature_may_be_turned_off():
    endpoint = Endpoint(verify_signature=False, extension_id="x")
    assert endpoint.post(body_for()).status_code == 200


@pytest.mark.parametrize("form", ["pem", "list", "path", "pathlib"])
def test_keys_come_as_pem_list_or_path(tmp_path, form):
    path = tmp_path / "key.pem"
    path.write_text(public_pem(KEYS[1]))
    given = {
        "pem": public_pem(KEYS[1]),
        "list": [public_pem(KEYS[0]), public_pem(KEYS[1])],
        "path": str(path),
        "pathlib": path,
    }[form]
    endpoint = Endpoint(public_key=given, extension_id="x")
    body = body_for()
    assert endpoint.post(body, sign(KEYS[1], body)).status_code == 200
    assert endpoint.post(body, sign(KEYS[2], body)).status_code == 401


@pytest.mark.parametrize("platform", sorted(PLATFORMS))
def test_the_built_in_keys_are_rsa_2048(platform):
    assert parse_public_key(PLATFORMS[platform].public_key).key_size == 2048


def test_the_platforms_sign_with_different_keys():
    keys = {parse_public_key(row.public_key).public_numbers().n for row in PLATFORMS.values()}
    assert len(keys) == len(PLATFORMS)


EC_PEM = (
    ec.generate_private_key(ec.SECP256R1())
    .public_key()
    .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    .decode()
)
SHORT_PEM = (
    rsa.generate_private_key(65537, 1024)
    .public_key()
    .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    .decode()
)


@pytest.mark.parametrize(
    "key",
    ["-----BEGIN PUBLIC KEY-----\nnonsense", EC_PEM, SHORT_PEM, "/no/such/key.pem", [], 42],
    ids=["malformed", "elliptic", "short", "no file", "empty", "number"],
)
def test_a_key_that_cannot_be_used_is_an_error_at_start(key):
    with pytest.raises(ConfigurationError, match="CLOVA_PUBLIC_KEY"):
        Endpoint(public_key=key)


def test_no_key_at_all_is_an_error_at_start():
    with pytest.raises(ConfigurationError, match="CLOVA_PLATFORM to 'naver' or 'line'"):
        Endpoint()


def test_a_debug_app_trusts_the_development_key_from_when_it_is_there(tmp_path):
    clova = Clova(public_key=public_pem(KEYS[0]), extension_id="x")
    clova.launch(lambda: tell("안녕하세요"))
    app = Flask(__name__, instance_path=str(tmp_path))
    app.debug = True
    clova.init_app(app)
    body = body_for()

    def status(key):
        headers = {"SignatureCEK": sign(key, body)}
        return app.test_client().post("/clova", data=body, headers=headers).status_code

    write_key(tmp_path)
    development_key = read_key(tmp_path)
    assert [status(key) for key in (KEYS[0], development_key, KEYS[1])] == [200, 200, 401]
    headers = {"SignatureCEK": sign(development_key, body)}
    assert app.test_client().post("/clova", data=b"{}", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("pem", "reason"),
    [
        ("-----BEGIN PUBLIC KEY-----\nnonsense", "This is not the PEM of a public key."),
        (EC_PEM, "CEK signs with RSA of at least 2048 bits; this is another kind of key."),
        (SHORT_PEM, "CEK signs with RSA of at least 2048 bits; this is another kind of key."),
    ],
    ids=["malformed", "elliptic", "short"],
)
def test_parse_public_key_says_what_is_wrong(pem, reason):
    with pytest.raises(KeySourceError) as raised:
        parse_public_key(pem)
    assert str(raised.value) == reason
