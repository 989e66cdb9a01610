import datetime
import ipaddress
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

from clova_flask import Clova
from clova_flask.testing import CekClient
from tests.own_redis import OwnRedis
from tests.storage.servers import empty_database, shared_redis

ADDRESS = re.compile(r"\bat 0x[0-9a-f]")
MAX_ID = 80
EXTENSION_ID = "com.example.pizzabot"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse ids that are others in each run: `--lf`, xdist and whoever names a test need stable ones."""
    unstable = [item.nodeid for item in items if ADDRESS.search(item.nodeid)]
    if unstable:
        listed = "\n".join(unstable)
        raise pytest.UsageError(f"Test ids must not hold a memory address; name them by ids=…:\n{listed}")


def pytest_make_parametrize_id(config: pytest.Config, val: object) -> str | None:
    """Write bytes, and what no terminal shows, as escapes, and cut what is long; other text stays itself."""
    if not isinstance(val, (str, bytes)):
        return None
    text = val if isinstance(val, str) else val.decode("ascii", "backslashreplace")
    text = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
    return text if len(text) <= MAX_ID else f"{text[:MAX_ID]}…"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a self-signed certificate of 127.0.0.1 and pizza.example.com, for servers that speak TLS."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("pizza.example.com")]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(
        certificate.public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the URL of an empty database of each kind: PostgreSQL where CLOVA_TEST_POSTGRES_URL is set."""
    with empty_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def redis_url() -> str:
    """Return the URL of a Redis that other tests use too, where CLOVA_TEST_REDIS_URL is set."""
    return shared_redis()


@pytest.fixture
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnRedis]:
    """Make a Redis of the test's own, which it starts."""
    server = OwnRedis(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture
def own_redis(redis_server: OwnRedis) -> OwnRedis:
    """Start a Redis of the test's own, where redis-server is installed."""
    redis_server.start()
    return redis_server


@pytest.fixture
def clova() -> Clova:
    return Clova()


@pytest.fixture
def connect(clova) -> Callable[..., CekClient]:
    """Put the test's `clova` on an app and give a CEK that talks to it."""

    def connect(*, testing: bool = True, client: dict | None = None, **config) -> CekClient:
        app = Flask(__name__, static_folder=None)
        app.testing = testing
        defaults = {"CLOVA_PLATFORM": "naver", "CLOVA_EXTENSION_ID": EXTENSION_ID}
        # Most tests of Home are about what does not depend on who the user is.
        app.config.update({**defaults, "CLOVA_HOME_ANY_TOKEN": True, **config})
        clova.init_app(app)
        cek = CekClient(app, **(client or {}))
        cek.app = app
        return cek

    return connect
