import pytest


@pytest.fixture
def shop(console, serve, tmp_path):
    pytest.importorskip("authlib")
    from clova_flask.devtools.console.attached.keys import signing_key
    from clova_flask.security.devkey import public_pem
    from tests.devtools.console.linking.shop import Shop

    with console.app_context():
        key = public_pem(signing_key())
    shop = Shop(tmp_path / "shop", key, serve)
    yield shop
    shop.provider.store.database.engine.dispose()


@pytest.fixture
def extension(browser, register, shop):
    """A Clova Home extension whose settings are complete."""
    register(kind="home", extension_id="com.example.home", name="보라의 집")
    browser.get("/extensions/1/server").form("seen").submit(
        endpoint_url=f"{shop.url}/clova", **shop.settings()
    )
