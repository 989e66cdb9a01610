"""What differs between two models."""

from clova_flask.devtools.model.diff import diff_models
from tests.devtools.models import model


def test_models_that_say_the_same_do_not_differ():
    assert diff_models(model(), model()) == []


def test_what_changed():
    before = model(
        {
            "OrderPizza": {
                "slots": {"pizzaType": "PIZZA_TYPE", "old": "A"},
                "say": ["피자", "피자", "<pizzaType>x</pizzaType>"],
            },
            "Gone": {},
            "Turned": {"say": ["가", "나"]},
        },
        {
            "PIZZA_TYPE": "페퍼로니\t페페로니\n불고기\n치즈\n",
            "OLD": "x\n",
            "ORDER": "가\n나\n",
            "SYN": "가\t나\t다\n",
        },
    )
    after = model(
        {
            "OrderPizza": {
                "slots": {"pizzaType": "PIZZA", "sauce": "SAUCE"},
                "say": ["피자", "<pizzaType>x</pizzaType>", "ピザ"],
            },
            "New": {},
            "Turned": {"say": ["나", "가"]},
        },
        {
            "PIZZA_TYPE": "페퍼로니\t살라미\n불고기\n고구마\n",
            "NEW": "x\n",
            "ORDER": "나\n가\n",
            "SYN": "가\t다\t나\n",
        },
        language="ja",
        extension_id="com.example",
        invocation_names=["ピザ"],
        built_in_intents=["Clova.YesIntent"],
    )
    assert [str(change) for change in diff_models(before, after)] == [
        "~ extension id: none → com.example",
        "~ language: ko → ja",
        "- invocation name 피자봇",
        "+ invocation name ピザ",
        "+ built-in intent Clova.YesIntent",
        "- intent Gone",
        "+ intent New (0 slots, 1 expressions)",
        "~ intent OrderPizza",
        "  - slot old",
        "  + slot sauce",
        "  ~ slot pizzaType: PIZZA_TYPE → PIZZA",
        "  - expression 피자",
        "  + expression ピザ",
        "~ intent Turned",
        "  ~ expressions in another order",
        "+ slot type NEW (1 entries)",
        "- slot type OLD",
        "~ slot type ORDER",
        "  ~ entries in another order",
        "~ slot type PIZZA_TYPE",
        "  - entry 치즈",
        "  + entry 고구마",
        "  ~ entry 페퍼로니: -페페로니 +살라미",
        "~ slot type SYN",
        "  ~ entry 가: synonyms in another order",
    ]
