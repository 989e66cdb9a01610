"""What is counted with, as the expressions of a model have it."""

from datetime import datetime, timedelta, timezone

import pytest

pytest.importorskip("rapidfuzz")
pytest.importorskip("numpy")

from clova_flask.devtools.understanding import Understander
from tests.devtools.understanding.test_phrases import intent, model

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=timezone(timedelta(hours=9)))


@pytest.mark.parametrize(
    ("language", "expression", "utterance", "wanted"),
    [
        ("ko", "모래 <count>두 삽</count> 주문해 줘", "모래 다섯 삽 주문해 줘", ("5", "삽", "다섯 삽")),
        ("ja", "砂を<count>二杓</count>注文して", "砂を五杓注文して", ("5", "杓", "五杓")),
    ],
)
def test_a_unit_that_only_the_expressions_name_is_kept(language, expression, utterance, wanted):
    understander = Understander(model(language, (), [intent("Order", "count:CLOVA.NUMBER", expression)]))
    slot = understander.understand(utterance, now=NOW).slots["count"]
    assert (slot.value, slot.unit, slot.text) == wanted
