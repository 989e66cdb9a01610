"""Names of parameters that are meant to be others."""

import logging

import pytest

from clova_flask import Context, IntentRequest, RegistrationError, Session, User, ask

REGISTERING = {
    "launch": lambda clova: clova.launch,
    "session_ended": lambda clova: clova.session_ended,
    "intent": lambda clova: clova.intent("OrderPizza"),
    "fallback": lambda clova: clova.fallback,
    "event": lambda clova: clova.event("AudioPlayer.*"),
    "before_request": lambda clova: clova.before_request,
}


@pytest.fixture(params=list(REGISTERING))
def register(request, clova):
    return REGISTERING[request.param](clova)


def with_self(self):
    return ask("네")


def with_cls(cls, pizza_type: str):
    return ask("네")


class Shop:
    def order(self, pizza_type: str):
        return ask(pizza_type)


@pytest.mark.parametrize(
    "handler", [with_self, with_cls, Shop.order], ids=lambda handler: handler.__qualname__
)
def test_what_belongs_to_a_method_is_refused(clova, handler):
    with pytest.raises(RegistrationError) as caught:
        clova.intent("OrderPizza")(handler)
    assert "as a method has. Register the method of an object, clova.intent(…)(shop.order)" in str(
        caught.value
    )
    assert f"{handler.__qualname__} (" in str(caught.value)


def test_a_method_of_an_object_is_a_handler(clova, connect):
    clova.intent("OrderPizza")(Shop().order)
    assert connect().intent("OrderPizza", pizzaType="치즈").speech == "치즈"


def sesion(sesion: Session):
    return ask("네")


def state(state: Session | None):
    return ask("네")


def contxt(contxt: Context):
    return ask("네")


def message(message: IntentRequest):
    return ask("네")


def speaker(speaker: "User"):
    return ask("네")


@pytest.mark.parametrize(
    ("handler", "meant"),
    [(sesion, "session"), (state, "session"), (contxt, "context"), (message, "request"), (speaker, "user")],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_an_annotation_that_only_another_name_gets_is_refused(register, handler, meant):
    with pytest.raises(RegistrationError) as caught:
        register(handler)
    name = handler.__name__
    assert f"{name!r} of {name} (" in str(caught.value)
    assert f"Rename it to {meant!r}." in str(caught.value)


def test_a_default_of_none_makes_no_difference(clova):
    def order(sesion: Session = None):
        return ask("네")

    with pytest.raises(RegistrationError, match="Rename it to 'session'"):
        clova.intent("OrderPizza")(order)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("sesion", "session"),
        ("sessions", "session"),
        ("sesison", "session"),
        ("sussion", "session"),
        ("users", "user"),
        ("usr", "user"),
        ("reqest", "request"),
        ("contex", "context"),
    ],
)
@pytest.mark.parametrize("kind", ["intent", "fallback"])
def test_a_name_that_is_nearly_another_is_a_warning_in_debug_and_a_finding(
    clova, connect, caplog, kind, name, meant
):
    scope = {"ask": ask}
    exec(f"def order({name}=None): return ask('네')", scope)
    (clova.fallback if kind == "fallback" else clova.intent("OrderPizza"))(scope["order"])
    cek = connect()
    caplog.set_level(logging.WARNING)
    cek.app.debug = True
    cek.intent("OrderPizza")
    text = f"The parameter {name!r} takes a slot of that name. Did you mean {meant!r}?"
    assert text in caplog.text
    checked = cek.app.test_cli_runner().invoke(args=["clova", "check"]).output
    assert checked.count("handlers.misspelt-parameter") == 1


def test_nothing_is_said_without_debug(clova, connect, caplog):
    clova.intent("OrderPizza")(lambda users=None: ask("네"))
    connect().intent("OrderPizza")
    assert "Did you mean" not in caplog.text


@pytest.mark.parametrize("name", ["query", "date", "person", "usage", "request_id", "userr_", "세션"])
def test_other_names_are_slots(clova, connect, caplog, name):
    scope = {"ask": ask}
    exec(f"def order({name}=None): return ask('네')", scope)
    clova.intent("OrderPizza")(scope["order"])
    cek = connect()
    cek.app.debug = True
    assert cek.intent("OrderPizza").speech == "네"
    assert "Did you mean" not in caplog.text


@pytest.mark.parametrize(("slot", "is_told"), [("users", False), ("person", True)])
def test_a_slot_of_the_model_may_have_such_a_name(connect, clova, caplog, tmp_path, slot, is_told):
    clova.intent("FindUsers")(lambda users: ask("네"))
    (tmp_path / "intents").mkdir()
    (tmp_path / "model.toml").write_text('invocation_names = ["피자봇"]\nlanguage = "ko"\n', encoding="utf-8")
    text = f"[INTENT SLOT]\n{slot}\tCLOVA.NUMBER\n\n[INTENT EXPRESSION]\n<{slot}>3</{slot}>\n"
    (tmp_path / "intents" / "FindUsers.tsv").write_text(text, encoding="utf-8")
    cek = connect(CLOVA_INTERACTION_MODEL=str(tmp_path))
    cek.app.debug = True
    cek.intent("FindUsers", users="보라")
    checked = cek.app.test_cli_runner().invoke(args=["clova", "check"]).output
    assert ("Did you mean 'user'?" in caplog.text) is is_told
    assert ("handlers.misspelt-parameter" in checked, "handlers.no-slot" in checked) == (is_told, False)
