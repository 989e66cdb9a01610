import pytest


@pytest.fixture
def make_shop(tmp_path):
    """Make shops with stores of their own; each is closed at the end."""
    from tests.linking.shop import Shop

    shops = []

    def make_shop(*, declare=True, **config):
        shop = Shop(tmp_path / f"instance-{len(shops)}", **config)
        shops.append(shop)
        return shop.declare() if declare else shop

    yield make_shop
    for shop in shops:
        shop.provider.store.database.engine.dispose()


@pytest.fixture
def shop(make_shop):
    return make_shop()
