"""User data at its edges."""

import pytest

from clova_flask import UserData, UserDataInvalid
from tests.user_data.test_parameters import Shop


@pytest.fixture
def shop():
    return Shop()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"\ud800": 1}, "it has a key that is text with a lone surrogate"),
        ({"이름": {"\udfff": 1}}, "이름 has a key that is text with a lone surrogate"),
        ({7: 1}, "it has a key that is int, not text"),
        ({True: 1}, "it has a key that is bool, not text"),
    ],
)
def test_keys_that_json_does_not_have(shop, value, told):
    @shop.clova.launch
    def welcome(data: UserData):
        data.update(value)
        return "やあ"

    with pytest.raises(UserDataInvalid) as refused:
        shop.cek().launch()
    assert told in str(refused.value)
    assert shop.kept() == {}
