"""What a message cannot fill is left to its default, or to a decorator; a misspelt name is not."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import pytest
from marshmallow import validate

from clova_flask import Context, Interval, NotFilled, RegistrationError, Session, User, tell
from clova_flask.home import Appliance, action

if TYPE_CHECKING:
    from kitchen import Unknown

TOKEN = "연결된-계정의-토큰"


class Repo:
    def price(self, pizza_type):
        return f"{pizza_type} 9900원"


class Database:
    """Another session than ours."""


class Provide:
    """A default that says what a decorator fills: an object that no message has."""

    def __init__(self, value):
        self.value = value


REPO = Provide(Repo())
DATABASE = Provide(Database())


def inject(function):
    """Fill what the call leaves out and whose default, or whose annotation, says with what."""

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        for name, parameter in inspect.signature(function, eval_str=False).parameters.items():
            if isinstance(parameter.default, Provide):
                kwargs.setdefault(name, parameter.default.value)
        return function(*args, **kwargs)

    return wrapper


@pytest.fixture
def cek(connect):
    return lambda **config: connect(client={"access_token": TOKEN}, **config)


def test_the_decorator_fills_what_no_slot_becomes(clova, cek):
    @clova.intent("Price")
    @inject
    def price(pizza_type: str, repo: Repo = REPO):
        return tell(repo.price(pizza_type))

    assert cek().intent("Price", pizzaType="치즈", repo="슬롯").speech == "치즈 9900원"


def test_a_slot_that_is_missing_is_left_out_of_the_call(clova, cek):
    @clova.intent("Order")
    @inject
    def order(pizza_type: str = Provide("오늘의 피자"), amount: int = Provide(3)):
        return tell(f"{pizza_type} {amount}")

    client = cek()
    assert client.intent("Order").speech == "오늘의 피자 3"
    assert client.intent("Order", pizzaType="치즈", amount="").speech == "치즈 3"
    assert client.intent("Order", pizzaType="치즈", amount=2).speech == "치즈 2"


def test_a_field_that_is_missing_is_left_out_of_the_call(clova, cek):
    seen = []

    @clova.event("AudioPlayer.PlayFinished")
    @inject
    def finished(token: str = Provide("없음"), offset_in_milliseconds: int = 7):
        seen.append((token, offset_in_milliseconds))

    @clova.home.on("SetTargetTemperature")
    @inject
    def warm(target_temperature: float, endpoint: str = Provide("거실")):
        seen.append((target_temperature, endpoint))

    client = cek()
    client.event("AudioPlayer.PlayFinished", token=None, offset_in_milliseconds=None)
    client.control("SetTargetTemperature", "ac-1", target_temperature=23)
    assert seen == [("없음", 7), (23, "거실")]


@pytest.mark.parametrize(
    "annotation",
    [
        Repo,
        Repo | None,
        list[str],
        Mapping[str, int],
        type,
        Annotated[Repo, "무엇"],
        "Unknown",
        "Unknown | None",
    ],
    ids=["class", "optional", "list", "mapping", "type", "annotated", "unknown", "unknown or None"],
)
def test_a_parameter_with_a_default_that_nothing_converts_to_has_its_default(annotation, clova, cek):
    default = Repo()

    def price(pizza_type: str, repo=default):
        return tell(str(repo is default))

    price.__annotations__["repo"] = annotation
    clova.intent("Price")(price)
    assert cek().intent("Price", pizzaType="치즈", repo="슬롯").speech == "True"


def test_a_default_of_none_counts_as_any_other(clova, cek):
    @clova.launch
    @clova.intent("Price")
    def price(repo: Repo | None = None):
        return tell(str(repo))

    assert cek().intent("Price", repo="슬롯").speech == "None"
    assert cek().launch().speech == "None"


def test_without_an_annotation_a_foreign_default_is_left_where_there_are_no_slots(clova, cek):
    default = Provide("저장소")
    clova.launch(inject(lambda repo=default: tell(repo)))
    clova.event("ClovaSkill.SkillEnabled")(lambda repo=default: None)
    clova.home.on("TurnOn")(lambda appliance, repo=default: None)
    clova.home.load(lambda appliance_id, repo=default: Appliance(appliance_id, type="LIGHT"))
    assert cek().launch().speech == "저장소"
    assert cek().control("TurnOn", "lamp-1").name == "TurnOnConfirmation"


@pytest.mark.parametrize("name", ["request", "session", "context", "user", "repo"])
def test_what_is_marked_as_not_filled_is_left_whatever_its_name(name, clova, cek):
    def fill(function):
        return functools.wraps(function)(lambda **given: function(**given, **{name: "저장소"}))

    names = {"tell": tell, "NotFilled": NotFilled, "Annotated": Annotated}
    source = (
        f"def price({name}: Annotated[str, NotFilled], pizza_type: str): return tell({name} + pizza_type)"
    )
    exec(source, names)
    clova.intent("Price")(fill(names["price"]))
    assert cek().intent("Price", pizzaType="치즈", **{name: "슬롯"}).speech == "저장소치즈"


@pytest.mark.parametrize(
    "mark", [NotFilled, NotFilled(), Annotated[Repo, NotFilled]], ids=["class", "object", "nested"]
)
def test_the_mark_may_stand_in_several_ways(mark, clova, cek):
    def price(repo: Any = "기본", text: Any = "기본"):
        return tell(f"{repo} {text}")

    nested = mark if hasattr(mark, "__metadata__") else Annotated[str, mark]
    price.__annotations__ = {"repo": nested, "text": nested | None}
    clova.intent("Price")(price)
    assert cek().intent("Price", repo="슬롯", text="슬롯").speech == "기본 기본"


def test_another_thing_of_the_name_session_is_left(clova, cek):
    @clova.intent("Price")
    @inject
    def price(session: Database = DATABASE, context: Repo = REPO):
        return tell(f"{type(session).__name__} {type(context).__name__}")

    assert cek().intent("Price").speech == "Database Repo"


class Cart(Protocol):
    def get(self, name: str) -> Any: ...


@pytest.mark.parametrize(
    "annotation",
    [Session, dict, Mapping, "Session", Cart, Any, None, str],
    ids=["Session", "dict", "Mapping", "text", "protocol", "Any", "None", "str"],
)
@pytest.mark.parametrize("default", [None, Provide("다른 것")], ids=["None", "foreign"])
def test_our_session_is_passed_where_it_may_be_meant(annotation, default, clova, cek):
    def price(session=default):
        return tell(type(session).__name__)

    price.__annotations__["session"] = annotation
    clova.intent("Price")(price)
    assert cek().intent("Price").speech == "Session"


def test_a_foreign_default_under_our_name_tells_that_it_is_not_ours(clova, cek):
    @clova.intent("Price")
    @inject
    def price(session: Unknown = DATABASE, context=REPO):
        return tell(f"{type(session).__name__} {type(context).__name__}")

    assert cek().intent("Price").speech == "Database Repo"


@pytest.mark.parametrize(
    ("declare", "hint"),
    [
        (lambda c: c.launch, "Did you mean 'session'?"),
        (lambda c: c.session_ended, "Did you mean 'session'?"),
        (lambda c: c.before_request, "Did you mean 'session'?"),
        (lambda c: c.event("AudioPlayer.PlayFinished"), "is not a payload field of AudioPlayer.PlayFinished"),
        (lambda c: c.home.on("SetBrightness"), "is not a field of SetBrightness."),
        (lambda c: c.home.load, "Nothing can fill 'sesion'"),
    ],
    ids=["launch", "session_ended", "before_request", "event", "home.on", "home.load"],
)
@pytest.mark.parametrize(
    "annotation",
    [
        int,
        str | None,
        Interval,
        Session,
        Session | None,
        Context,
        User,
        Appliance,
        Annotated[str, validate.Length(1)],
    ],
    ids=["int", "str", "Interval", "Session", "Session or None", "Context", "User", "Appliance", "validated"],
)
def test_a_misspelt_name_is_an_error_also_with_a_default(annotation, declare, hint, clova):
    def handler(sesion=None):
        pass

    handler.__annotations__["sesion"] = annotation
    with pytest.raises(RegistrationError) as error:
        declare(clova)(handler)
    by_its_class = re.search(r"'sesion' of .* is annotated with .*\. Rename it to '\w+'\.", str(error.value))
    assert hint in str(error.value) or by_its_class


@pytest.mark.parametrize(
    ("declare", "parameter", "hint"),
    [
        (lambda c: c.event("AudioPlayer.PlayFinished"), "ofset_in_milliseconds", "'offset_in_milliseconds'?"),
        (lambda c: c.home.on("SetBrightness"), "brightnes", "Did you mean 'brightness'?"),
        (lambda c: c.home.load, "aplliance_id", "Did you mean 'appliance_id'?"),
        (lambda c: c.home.scene_action, "scen", "Did you mean 'scene'?"),
        (lambda c: c.launch, "contxt", "Did you mean 'context'?"),
    ],
)
def test_a_misspelt_field_with_a_default_is_told_with_the_nearest(declare, parameter, hint, clova):
    with pytest.raises(RegistrationError) as error:
        declare(clova)(eval(f"lambda {parameter}=None: None"))
    assert hint in str(error.value)


def test_an_interval_of_what_it_cannot_be_stays_an_error(clova):
    def book(when: Interval[int] = None):
        pass

    with pytest.raises(RegistrationError, match=r"must be Interval\[date\], Interval\[time\] or"):
        clova.intent("Book")(book)


def test_an_annotation_that_cannot_be_read_stays_an_error(clova):
    def book(when: Unknown = 5):
        pass

    with pytest.raises(
        RegistrationError, match=r"The annotation 'Unknown' of 'when' in .* cannot be evaluated"
    ):
        clova.intent("Book")(book)


def test_what_has_no_default_and_no_mark_is_an_error(clova):
    def price(repo: Repo):
        pass

    with pytest.raises(RegistrationError, match=r"cannot be converted to .*Repo"):
        clova.intent("Price")(price)
    with pytest.raises(RegistrationError, match=r"'repo' of .*price .* is not a field of TurnOn"):
        clova.home.on("TurnOn")(price)


def test_methods_of_appliances_are_injected_too(clova, cek):
    class Lamp(Appliance, type="LIGHT"):
        @action("SetBrightness")
        @inject
        def dim(self, brightness: int, repo: Repo = REPO, text: Annotated[str, NotFilled] = "기본"):
            assert isinstance(repo, Repo)
            return brightness + len(text)

    clova.home.load(lambda appliance_id: Lamp(appliance_id))
    reply = cek().control("SetBrightness", "lamp-1", brightness=1)
    assert reply.payload == {"brightness": {"value": 3}}


def test_what_is_left_is_no_slot_for_the_tools(clova, cek):
    @clova.intent("Price")
    def price(pizza_type: str, repo: Repo = REPO):
        pass

    handler = clova.registry.custom.intents["Price", None]
    assert handler.slots == ("pizza_type",)


def test_marks_of_dependency_injector(clova, cek):
    containers = pytest.importorskip("dependency_injector.containers")
    providers = pytest.importorskip("dependency_injector.providers")
    wiring = pytest.importorskip("dependency_injector.wiring")

    class Container(containers.DeclarativeContainer):
        config = providers.Configuration()
        repo = providers.Factory(Repo)

    def price(pizza_type, repo, limit, other=wiring.Provide["repo"]):
        return tell(f"{repo.price(pizza_type)} {limit} {type(other).__name__}")

    price.__annotations__ = {
        "pizza_type": str,
        "repo": Annotated[Repo, wiring.Provide[Container.repo]],
        "limit": Annotated[int, wiring.Provide[Container.config.limit.as_int()], NotFilled],
        "other": Repo,
    }
    injected = wiring.inject(price)
    price.__module__ = __name__
    container = Container(config={"limit": 3})
    module = type(functools)("kitchen")
    module.price = injected
    container.wire(modules=[module])
    clova.intent("Price")(injected)
    assert cek().intent("Price", pizzaType="치즈", limit=9).speech == "치즈 9900원 3 Repo"


def test_flask_injector_beside_us(clova, cek):
    flask_injector = pytest.importorskip("flask_injector")
    injector = pytest.importorskip("injector")

    def injected(function):
        @functools.wraps(function)
        def wrapper(**given):
            return container.call_with_injection(function, kwargs=given)

        return wrapper

    def price(pizza_type, repo):
        return tell(repo.price(pizza_type))

    price.__annotations__ = {"pizza_type": str, "repo": injector.Inject[Repo]}
    clova.intent("Price")(injected(price))
    client = cek()
    container = flask_injector.FlaskInjector(app=client.app).injector
    assert client.intent("Price", pizzaType="치즈").speech == "치즈 9900원"
