"""Schemas made from classes of objects, and objects written as they go over the wire."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, class_registry, fields

from clova_flask.custom import objects
from clova_flask.home.messages import Header, HomeRequest
from clova_flask.injection.users import User
from clova_flask.injection.values import Slot
from clova_flask.wire.compiler import CompiledSchema
from clova_flask.wire.derive import compiled, schema_of
from clova_flask.wire.objects import NOTHING, Kinds, WireObject, nothing, on_wire, wire_object, write_object


@wire_object
class Topping(WireObject):
    topping_name: str = ""
    grams: float | None = None


@wire_object
class Box(WireObject):
    kind: str = field(default="", metadata=on_wire(required=True))


@wire_object
class RoundBox(Box):
    diameter: float = 30


@wire_object
class OtherBox(Box):
    pass


@wire_object
class Pizza(WireObject):
    name: str
    box: Box = field(
        default=Box("none"), metadata=on_wire(kinds=Kinds("kind", {"round": RoundBox}, other=OtherBox))
    )
    pizza_id: str = field(default="new", metadata=on_wire("ID", absent=""))
    size: str | None = field(default=None, metadata=on_wire(older_key="pizzaSize"))
    price: str | None = field(default=None, metadata=on_wire(or_number=True))
    sliced: bool = True
    first_topping: Topping = Topping("치즈")
    toppings: Mapping[str, Topping] = field(default_factory=nothing, metadata=on_wire(name_key="toppingName"))
    notes: Mapping[str, Any] = field(default_factory=nothing)
    dough: str = field(default="", metadata=on_wire(choices=("thin", "thick"), absent="thin"))
    remark: Any = field(default=None, metadata=on_wire(raw=True))


def load(data, model=Pizza):
    """Load with the compiled schema, and check that marshmallow alone loads the same."""
    loaded = compiled(model).load(data)
    assert schema_of(model)().load(data) == loaded
    return loaded


def refusal(data, model=Pizza):
    with pytest.raises(ValidationError) as error:
        load(data, model)
    return error.value.messages


def test_what_a_message_lacks_is_the_default():
    pizza = load({"name": "마르게리타"})
    assert pizza == Pizza("마르게리타", pizza_id="", dough="thin")
    assert pizza.box == Box("none")
    assert pizza.toppings is pizza.notes is pizza.extra is NOTHING


def test_null_is_the_same_as_missing():
    keys = ["box", "ID", "size", "price", "sliced", "firstTopping", "toppings", "notes", "dough", "remark"]
    assert load({"name": "a", **dict.fromkeys(keys)}) == load({"name": "a"})


def test_every_kind_of_field_is_loaded_from_its_key():
    data = {
        "name": "マルゲリータ",
        "box": {"kind": "round", "diameter": 40},
        "ID": "p-1",
        "pizzaSize": "라지",
        "price": 15900,
        "sliced": False,
        "firstTopping": {"toppingName": "버섯", "grams": "1.5"},
        "toppings": {"햄": {"grams": 3}},
        "notes": {"deep": [None]},
        "dough": "thick",
        "remark": [1, None],
        "more": 1,
    }
    assert load(data) == Pizza(
        name="マルゲリータ",
        box=RoundBox("round", 40),
        pizza_id="p-1",
        size="라지",
        price="15900",
        sliced=False,
        first_topping=Topping("버섯", 1.5),
        toppings={"햄": Topping("햄", 3)},
        notes={"deep": [None]},
        dough="thick",
        remark=[1, None],
        extra={"more": 1},
    )


def test_an_object_of_another_kind_is_of_the_other_class():
    assert load({"name": "a", "box": {"kind": "square", "diameter": 3}}).box == OtherBox(
        "square", extra={"diameter": 3}
    )


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        ({}, {"name": ["Missing data for required field."]}),
        ({"name": None}, {"name": ["Missing data for required field."]}),
        ({"name": ""}, {"name": ["Shorter than minimum length 1."]}),
        ({"name": 1}, {"name": ["Not a valid string."]}),
        ({"name": "a", "box": {"kind": ""}}, {"box": {"kind": ["Shorter than minimum length 1."]}}),
        ({"name": "a", "box": []}, {"box": ["Not an object."]}),
        ({"name": "a", "ID": 1}, {"ID": ["Not a valid string."]}),
        ({"name": "a", "size": 1}, {"size": ["Not a valid string."]}),
        ({"name": "a", "price": []}, {"price": ["Not text and not a number."]}),
        ({"name": "a", "sliced": "글쎄"}, {"sliced": ["Not a valid boolean."]}),
        ({"name": "a", "firstTopping": {"grams": "많이"}}, {"firstTopping": {"grams": ["Not a number."]}}),
        (
            {"name": "a", "toppings": {"햄": {"grams": True}}},
            {"toppings": {"햄": {"grams": ["Not a number."]}}},
        ),
        ({"name": "a", "notes": []}, {"notes": ["Not an object."]}),
        ({"name": "a", "dough": "두꺼운"}, {"dough": ["Must be one of: thin, thick."]}),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(data, refused):
    assert refusal(data) == refused


MODELS = [
    value for value in vars(objects).values() if isinstance(value, type) and issubclass(value, WireObject)
]


@pytest.mark.parametrize(
    "model", [*MODELS, User, Slot, Header, HomeRequest], ids=lambda model: model.__name__
)
def test_every_object_has_a_schema_that_is_compiled(model):
    assert CompiledSchema(schema_of(model)).source is not None


def test_a_schema_is_compiled_once():
    assert compiled(objects.Message) is compiled(objects.Message)


def test_a_type_that_no_field_loads_is_an_error():
    @wire_object
    class Order(WireObject):
        day: date | None = None

    with pytest.raises(TypeError, match=r"'day' has a type that no message has.*datetime\.date"):
        schema_of(Order)


def test_a_default_that_is_made_anew_is_an_error():
    @wire_object
    class Order(WireObject):
        notes: Mapping[str, Any] = field(default_factory=dict)

    with pytest.raises(TypeError, match=r"'notes' has a default that is made anew; add on_wire\(absent=…\)"):
        schema_of(Order)


def test_a_users_schema_is_not_mixed_up_with_ours():
    schema_of(User)

    class UserSchema(Schema):
        name = fields.String()

    class Order(Schema):
        user = fields.Nested("UserSchema")

    try:
        assert Order().load({"user": {"name": "지우"}}) == {"user": {"name": "지우"}}
    finally:
        for name in ("UserSchema", f"{UserSchema.__module__}.UserSchema"):
            class_registry._registry.pop(name)


def test_an_object_is_written_as_it_came():
    data = {
        "name": "a",
        "box": {"kind": "round", "diameter": 40},
        "ID": "p-1",
        "sliced": False,
        "firstTopping": {"toppingName": "버섯"},
        "more": {"of": "it"},
    }
    assert write_object(load(data)) == {**data, "toppings": {}, "notes": {}, "dough": "thin"}


@pytest.mark.parametrize("value", [None, 3, "a", {"a": 1}, [1]], ids=str)
def test_what_is_no_object_is_written_as_it_is(value):
    assert write_object(value) is value


def test_what_an_object_holds_is_not_converted():
    assert write_object(Topping(topping_name=5, grams="3")) == {"toppingName": 5, "grams": "3"}


def test_objects_are_equal_when_their_fields_are():
    assert Topping("치즈", extra={"a": 1}) == Topping("치즈", extra={"a": 1})
    assert Topping("치즈") != Topping("고구마")
    assert Topping("치즈") != Topping("치즈", extra={"a": 1})
    assert Box("round") != RoundBox("round")
    assert Topping("치즈") != "치즈"


def test_equal_objects_have_one_hash_whatever_is_in_extra():
    assert hash(Topping("치즈", extra={"a": 1})) == hash(Topping("치즈", extra={"a": 1}))
    assert len({Topping("치즈"), Topping("치즈"), Topping("고구마")}) == 2


def test_an_object_is_shown_as_the_call_that_makes_it_without_what_must_not_be_seen():
    assert repr(Topping("チーズ", 20)) == "Topping(topping_name='チーズ', grams=20)"
    assert repr(User("u1", "secret-token", extra={"a": 1})) == "User(id='u1')"
