"""Interaction models for tests, written as their files are."""

from pathlib import Path

from clova_flask import HandlerGroup
from clova_flask.devtools.diagnostics.model_handlers import check_against_handlers
from clova_flask.devtools.model.files import read_config, read_intent, read_slot_type
from clova_flask.devtools.model.objects import InteractionModel

FOLDER = Path("m")
PIZZAS = "페퍼로니\t페페로니\n불고기\n"
ORDER = {"slots": {"pizzaType": "PIZZA_TYPE"}, "say": ["<pizzaType>페퍼로니</pizzaType> 줘"]}


def intent(name, slots=(), say=("피자 줘",)):
    rows = "".join(f"{slot}\t{type_}\n" for slot, type_ in dict(slots).items())
    text = f"[INTENT SLOT]\n{rows}\n[INTENT EXPRESSION]\n" + "\n".join(say)
    return read_intent(text.encode(), name, FOLDER / f"{name}.tsv")


def model(intents=None, types=None, **config):
    values = {"invocation_names": ["피자봇"], **config}
    data = "".join(f"{key} = {value!r}\n" for key, value in values.items()).encode()
    intents = {"OrderPizza": ORDER} if intents is None else intents
    types = {"PIZZA_TYPE": PIZZAS} if types is None else types
    config = read_config(data)
    return InteractionModel(
        config.extension_id,
        config.language,
        config.invocation_names,
        config.built_in_intents,
        config.built_in_slot_types,
        {name: intent(name, **parts) for name, parts in intents.items()},
        {name: read_slot_type(text.encode(), name, FOLDER / f"{name}.tsv") for name, text in types.items()},
        FOLDER,
        data,
    )


def against(declare, *arguments, regions=("KR", "JP"), **options):
    """Check a model against the handlers that `declare` puts into a group."""
    group = HandlerGroup()
    declare(group)
    return check_against_handlers(model(*arguments, **options), group.registry.custom, regions=regions)


def handled(function, name="OrderPizza", **options):
    return lambda group: group.intent(name, **options)(function)
