"""Texts that keep their template and their values."""

import json

import pytest

from clova_flask.errors import ModelError, nearest
from clova_flask.texts.templated import Templated, as_json, labelled, listed, mapped, restored, text_of


def test_it_is_the_finished_text():
    text = Templated("%(name)s has %(count)s slots.", name="OrderPizza", count=2)
    assert text == "OrderPizza has 2 slots."
    assert f"{text}" == str(text) == "OrderPizza has 2 slots."
    assert Templated("100 % 피자") == "100 % 피자"


def test_it_is_kept_in_json_with_its_template():
    inner = Templated("line %(line)s", line=3)
    text = Templated("%(where)s: %(error)s", where=inner, error=ValueError("나쁜 값"))
    again = restored(json.loads(json.dumps(as_json(text))))
    assert again == text == "line 3: 나쁜 값"
    assert isinstance(again, Templated)
    assert again.template == "%(where)s: %(error)s"
    assert again.values["where"].template == "line %(line)s"
    assert restored(as_json("피자")) == "피자"


def test_what_others_wrote_in_it_is_changed():
    text = labelled("secret", Templated("the secret is %(value)s, %(count)s", value="secret-1", count=2))

    def hide(value):
        return value.replace("secret", "•")

    assert mapped(text, hide) == "•: the secret is •-1, 2"
    assert mapped("a secret", hide) == "a •"


def test_an_error_in_it_is_changed_as_a_text_is():
    text = Templated("cannot be reached (%(error)s)", error=OSError("secret"))
    changed = mapped(text, lambda value: value.replace("secret", "•"))
    assert changed == "cannot be reached (•)"
    assert "secret" not in json.dumps(as_json(changed))


def test_a_long_list_is_kept_as_well():
    many = listed(f"피자 {number}" for number in range(5000))
    assert restored(json.loads(json.dumps(as_json(many)))) == many
    assert many.endswith("피자 4999")


def test_lists_keep_each_of_their_texts():
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(iter(["a", "b", "c"])) == "a, b, c"


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ValueError(Templated("%(a)s!", a=1)), "1!"),
        (ValueError("plain"), "plain"),
        (OSError(2, "No such file"), "[Errno 2] No such file"),
    ],
)
def test_the_text_of_an_error(error, text):
    assert text_of(error) == text
    assert isinstance(text_of(error), Templated) == (text == "1!")


def test_hints_keep_the_names_that_they_tell():
    assert nearest("TURNON", ["TurnOn", "TurnOff"]).values == {"name": "'TurnOn'"}
    error = ModelError(
        Templated("%(name)s is not one.%(hint)s", name="x", hint=nearest("x", ["y"], or_list=True))
    )
    assert error.text.values["hint"].template == " Use one of: %(names)s."
    assert str(error) == "x is not one. Use one of: y."
