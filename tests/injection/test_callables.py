"""Any callable that Flask takes is a handler, of every kind, whether its annotations are evaluated or not."""

import __future__

import functools
import inspect
import operator
import sys
import textwrap
import types
from typing import Annotated, NamedTuple

import pytest
from flask import Flask, current_app

import clova_flask
from clova_flask import AnswerError, Clova, NotFilled, RegistrationError, home, tell
from clova_flask.home import Appliance

TOKEN = "연결된-계정의-토큰"


class KitchenClosed(Exception):
    pass


class Spice:
    """What a partial binds: nothing of a message becomes it."""


class Repo:
    """What a decorator fills."""

    def used(self):
        return True


class Provide:
    """A default that says what a decorator fills."""

    def __init__(self, kind):
        self.kind = kind


def inject(function):
    """Fill what is given by no keyword: a container's decorator in its simplest form."""
    wanted = {}
    for name, parameter in inspect.signature(function, eval_str=True).parameters.items():
        marks = [parameter.default, *getattr(parameter.annotation, "__metadata__", ())]
        wanted.update((name, mark.kind) for mark in marks if isinstance(mark, Provide))

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        filled = {name: kind() for name, kind in wanted.items() if name not in kwargs}
        return current_app.ensure_sync(function)(*args, **kwargs, **filled)

    return wrapper


class Kind(NamedTuple):
    """A kind of handler: its parameters and body, how it is registered, and a message that reaches it."""

    parameters: str
    body: str
    register: object
    send: object
    expected: object


def launched(clova, cek):
    return cek().launch().speech


def failing(clova, cek):
    @clova.launch
    def fail():
        raise KitchenClosed("문 닫았어요")

    return launched(clova, cek)


def greeting(clova, cek):
    clova.launch(lambda user: tell(user))
    return launched(clova, cek)


def scenes(name, payload=None):
    return lambda clova, cek: cek(CLOVA_PLATFORM="line").home(name, payload or {})


KINDS = {
    "launch": Kind("session: Session", "return tell(str(session.new))", lambda c: c.launch, launched, "True"),
    "session_ended": Kind(
        "session: Session",
        "SEEN.append(session.new)",
        lambda c: c.session_ended,
        lambda clova, cek: cek().end() and None,
        [True],
    ),
    "intent": Kind(
        "session: Session, pizza_type: str, amount: int = 1",
        'return tell(f"{pizza_type} {amount + 1}")',
        lambda c: c.intent("Order"),
        lambda clova, cek: cek().intent("Order", pizzaType="치즈").speech,
        "치즈 2",
    ),
    "event": Kind(
        "token: str, offset_in_milliseconds: int",
        "SEEN.append((token, offset_in_milliseconds + 1))",
        lambda c: c.event("AudioPlayer.PlayFinished"),
        lambda clova, cek: (
            cek().event("AudioPlayer.PlayFinished", token="곡", offset_in_milliseconds=1) and None
        ),
        [("곡", 2)],
    ),
    "fallback": Kind(
        "request: IntentRequest, amount: int",
        'return tell(f"{request.intent.name} {amount + 1}")',
        lambda c: c.fallback,
        lambda clova, cek: cek().intent("ねこ", amount=2).speech,
        "ねこ 3",
    ),
    "before_request": Kind(
        "request: Request", "return tell(request.type)", lambda c: c.before_request, launched, "LaunchRequest"
    ),
    "after_request": Kind(
        "response: dict, session: Session",
        'response["sessionAttributes"]["seen"] = session.new',
        lambda c: c.after_request,
        lambda clova, cek: cek().intent("아무거나").attributes["seen"],
        True,
    ),
    "errorhandler": Kind(
        "error: KitchenClosed, session: Session",
        "return tell(str(error))",
        lambda c: c.errorhandler(KitchenClosed),
        failing,
        "문 닫았어요",
    ),
    "user_loader": Kind(
        "access_token: str",
        'return f"{access_token}의 주인"',
        lambda c: c.user_loader,
        greeting,
        f"{TOKEN}의 주인",
    ),
    "home.discover": Kind(
        "user: User",
        'return [Appliance("lamp-1", type="LIGHT", friendly_name=user.access_token)]',
        lambda c: c.home.discover,
        lambda clova, cek: cek().discover().payload["discoveredAppliances"][0]["friendlyName"],
        TOKEN,
    ),
    "home.load": Kind(
        "user: User, appliance_id: str",
        'return Appliance(appliance_id, type="LIGHT", is_on=False)',
        lambda c: c.home.load,
        lambda clova, cek: cek().control("HealthCheck", "lamp-1").payload["isTurnOn"],
        False,
    ),
    "home.on": Kind(
        "appliance: Appliance, target_temperature: int, endpoint: str | None = None",
        'return {"targetTemperature": target_temperature + 1}',
        lambda c: c.home.on("SetTargetTemperature"),
        lambda clova, cek: cek().control("SetTargetTemperature", "ac-1", target_temperature=18).payload,
        {"targetTemperature": {"value": 19}},
    ),
    "home.scenes": Kind(
        "user: User",
        "return [Scene(user.access_token)]",
        lambda c: c.home.scenes,
        lambda clova, cek: scenes("DiscoverScenes")(clova, cek).payload["discoveredScenes"][0]["sceneId"],
        TOKEN,
    ),
    "home.scene_action": Kind(
        "user: User, scene: Scene",
        "SEEN.append(scene.id)",
        lambda c: c.home.scene_action,
        lambda clova, cek: scenes("ActionScene", {"scene": {"sceneId": "おやすみ"}})(clova, cek) and None,
        ["おやすみ"],
    ),
    "home.custom_commands": Kind(
        "user: User",
        'return [CustomCommand(user.access_token, [("lamp-1", "TurnOn")])]',
        lambda c: (c.home.discover(list), c.home.custom_commands)[1],
        lambda clova, cek: cek().discover().payload["customCommands"][0]["name"],
        TOKEN,
    ),
}

CALLABLES = {
    "function": "ASYNC def handler(PARAMETERS): BODY",
    "partial": """
        ASYNC def mix(PARAMETERS, *, spice: Spice, hot: bool): BODY
        handler = functools.partial(mix, spice=Spice(), hot=True)
        """,
    "partial of a partial": """
        ASYNC def mix(spice: Spice, PARAMETERS, *, hot: bool): BODY
        handler = functools.partial(functools.partial(mix, Spice()), hot=True)
        """,
    "bound method": """
        class Kitchen:
            ASYNC def serve(self, PARAMETERS): BODY
        handler = Kitchen().serve
        """,
    "classmethod": """
        class Kitchen:
            @classmethod
            ASYNC def serve(cls, PARAMETERS): BODY
        handler = Kitchen.serve
        """,
    "staticmethod": """
        class Kitchen:
            @staticmethod
            ASYNC def serve(PARAMETERS): BODY
        handler = Kitchen.serve
        """,
    "partialmethod": """
        class Kitchen:
            ASYNC def mix(self, PARAMETERS, *, hot: bool): BODY
            serve = functools.partialmethod(mix, hot=True)
        handler = Kitchen().serve
        """,
    "partial of a method": """
        class Kitchen:
            ASYNC def mix(self, PARAMETERS, *, hot: bool): BODY
        handler = functools.partial(Kitchen().mix, hot=True)
        """,
    "method of a decorated class": """
        class Kitchen:
            @logged
            ASYNC def serve(self, PARAMETERS): BODY
        handler = Kitchen().serve
        """,
    "decorated": """
        @logged
        ASYNC def handler(PARAMETERS): BODY
        """,
    "decorated twice": """
        @logged
        @logged
        ASYNC def handler(PARAMETERS): BODY
        """,
    "partial of what is decorated": """
        @logged
        ASYNC def mix(PARAMETERS, *, hot: bool): BODY
        handler = functools.partial(mix, hot=True)
        """,
    "decorated partial": """
        ASYNC def mix(PARAMETERS, *, hot: bool): BODY
        handler = logged(functools.partial(mix, hot=True))
        """,
    "decorator that is an object": """
        class Logged:
            def __init__(self, function):
                functools.update_wrapper(self, function)
                self.function = function
            def __call__(self, *args, **kwargs):
                return current_app.ensure_sync(self.function)(*args, **kwargs)
        @Logged
        ASYNC def handler(PARAMETERS): BODY
        """,
    "decorator with a signature of its own": """
        def renamed(function):
            def wrapper(*args, **kwargs):
                return current_app.ensure_sync(function)(*args, **kwargs)
            wrapper.__signature__ = inspect.signature(function)
            return wrapper
        @renamed
        ASYNC def handler(PARAMETERS): BODY
        """,
}

INJECTED = {
    "filled by a default": """
        @inject
        ASYNC def handler(PARAMETERS, *, repo: Repo = Provide(Repo)):
            repo.used()
            BODY
        """,
    "filled by a mark": """
        @inject
        ASYNC def handler(PARAMETERS, *, repo: Annotated[Repo, Provide(Repo)]):
            repo.used()
            BODY
        """,
    "filled where it says so": """
        @inject
        ASYNC def handler(PARAMETERS, *, repo: Annotated[str, Provide(Repo), NotFilled]):
            repo.used()
            BODY
        """,
    "filled under a name of ours": """
        @inject
        ASYNC def handler(PARAMETERS, *, context: Annotated[Repo | None, NotFilled] = Provide(Repo)):
            context.used()
            BODY
        """,
    "filled by dependency-injector": """
        from dependency_injector import containers, providers
        from dependency_injector.wiring import Provide, inject
        class Container(containers.DeclarativeContainer):
            repo = providers.Factory(Repo)
        @inject
        ASYNC def handler(PARAMETERS, *, repo: Repo = Provide[Container.repo]):
            repo.used()
            BODY
        Container().wire(modules=[sys.modules["kitchen"]])
        """,
    "filled by injector": """
        from injector import Inject, Injector
        def injected(function):
            @functools.wraps(function)
            def wrapper(*args, **kwargs):
                call = functools.partial(Injector().call_with_injection, function, args=args, kwargs=kwargs)
                async def call_async():
                    return await call()
                is_async = inspect.iscoroutinefunction(function)
                return current_app.async_to_sync(call_async)() if is_async else call()
            return wrapper
        @injected
        ASYNC def handler(PARAMETERS, *, repo: Inject[Repo]):
            repo.used()
            BODY
        """,
}
"""What another decorator fills beside us, as it does for a view."""

CALLABLES |= INJECTED

ONLY_SYNC = {
    "object": """
        class Kitchen:
            def __call__(self, PARAMETERS): BODY
        handler = Kitchen()
        """,
    "partial of an object": """
        class Kitchen:
            def __call__(self, PARAMETERS, *, hot: bool): BODY
        handler = functools.partial(Kitchen(), hot=True)
        """,
    "object whose __call__ is decorated": """
        class Kitchen:
            @logged
            def __call__(self, PARAMETERS): BODY
        handler = Kitchen()
        """,
    "method of an object's __call__": """
        class Kitchen:
            def __call__(self, PARAMETERS): BODY
        handler = Kitchen().__call__
        """,
    "function in C": """
        class Compiled:
            '''What Cython makes without binding: no __code__ and no __globals__, but a signature.'''
            __slots__ = ("_function", "__signature__")
            def __init__(self, function):
                self._function, self.__signature__ = function, inspect.signature(function)
            __call__ = property(operator.attrgetter("_function"))
        def plain(PARAMETERS): BODY
        handler = Compiled(plain)
        """,
}


def source_of(shape):
    """Return the source of a shape, and whether it is to be asynchronous."""
    if shape.startswith("async "):
        pytest.importorskip("asgiref")
    if "filled by dependency-injector" in shape:
        pytest.importorskip("dependency_injector")
    if "filled by injector" in shape:
        pytest.importorskip("injector")
    return {**CALLABLES, **ONLY_SYNC}[shape.removeprefix("async ")], shape.startswith("async ")


SHAPES = [*CALLABLES, *(f"async {shape}" for shape in CALLABLES), *ONLY_SYNC]


@pytest.fixture
def build(monkeypatch):
    """Make a handler of a module of its own from source, and the list that it tells what it saw."""
    module = types.ModuleType("kitchen")
    monkeypatch.setitem(sys.modules, "kitchen", module)
    return functools.partial(build_in, vars(module))


def build_in(names, source, kind, *, is_async, future):
    lines = textwrap.dedent(source).strip()
    for word, text in {"PARAMETERS": kind.parameters, "BODY": kind.body}.items():
        lines = lines.replace(word, text)
    lines = lines.replace("ASYNC ", "async " if is_async else "")
    names |= {name: getattr(clova_flask, name) for name in ("IntentRequest", "Request", "Session", "User")}
    names |= {name: getattr(home, name) for name in ("Appliance", "CustomCommand", "Scene")}
    names |= {"KitchenClosed": KitchenClosed, "Spice": Spice, "tell": tell, "SEEN": []}
    names |= {"current_app": current_app, "functools": functools, "inspect": inspect, "operator": operator}
    names |= {"Annotated": Annotated, "NotFilled": NotFilled, "sys": sys}
    names |= {"Repo": Repo, "Provide": Provide, "inject": inject, "logged": logged}
    flags = __future__.annotations.compiler_flag if future else 0
    exec(compile(lines, __file__, "exec", flags, dont_inherit=True), names)
    return names["handler"], names["SEEN"]


def logged(function):
    """Decorate as Flask's documentation has it: whatever the function is, and by position or by name."""

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return current_app.ensure_sync(function)(*args, **kwargs)

    return wrapper


@pytest.fixture
def cek(connect):
    return lambda **config: connect(client={"access_token": TOKEN}, **config)


@pytest.mark.parametrize("future", [False, True], ids=["evaluated", "as text"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_flask_takes_is_a_handler(kind, shape, future, clova, cek, build):
    row = KINDS[kind]
    source, is_async = source_of(shape)
    handler, seen = build(source, row, is_async=is_async, future=future)
    assert row.register(clova)(handler) is handler
    sent = row.send(clova, cek)
    assert (seen if sent is None else sent) == row.expected


@pytest.mark.parametrize("shape", SHAPES)
def test_flask_takes_each_of_them(shape, build):
    """The same callables as views: what this test would fail for is not what Flask takes."""
    view = Kind("pizza_type: str", "return pizza_type", None, None, None)
    source, is_async = source_of(shape)
    handler, _ = build(source, view, is_async=is_async, future=False)
    app = Flask(__name__)
    app.add_url_rule("/<pizza_type>", "view", handler)
    assert app.test_client().get("/치즈").text == "치즈"


class AsyncKitchen:
    async def __call__(self, *given):
        return "피자"


async def several():
    yield "피자"


REFUSED = {
    "an async __call__": (
        AsyncKitchen(),
        r"AsyncKitchen.__call__ \(.*\.py:\d+\) is an async __call__, which Flask does not run. Register the",
    ),
    "a partial of an async __call__": (functools.partial(AsyncKitchen(), 1), "is an async __call__"),
    "an asynchronous generator": (
        several,
        r"several \(.*\) is an asynchronous generator, which Flask does not",
    ),
    "a partial that does not fit": (functools.partial(lambda: 1, 1), "cannot be read: partial object"),
    "text": ("order", "A handler must be a function, not str."),
}


@pytest.mark.parametrize(("handler", "problem"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("kind", KINDS)
def test_what_flask_refuses_is_refused_when_it_is_registered(kind, handler, problem):
    with pytest.raises(RegistrationError, match=problem):
        KINDS[kind].register(Clova())(handler)


@pytest.mark.parametrize(
    "handler", [AsyncKitchen(), functools.partial(AsyncKitchen(), 1)], ids=["object", "partial"]
)
def test_flask_does_not_run_an_async_call(handler):
    assert Flask(__name__).ensure_sync(handler) is handler


def test_a_method_that_flask_refuses_is_refused_with_its_class():
    with pytest.raises(RegistrationError, match=r"AsyncKitchen.__call__ .* is an async __call__"):
        type("Lamp", (Appliance,), {"on": home.action("TurnOn")(AsyncKitchen())}, type="LIGHT")


def forgetful(function):
    """Decorate as for functions that are not async."""

    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


@pytest.mark.parametrize("decorator", [forgetful, functools.cache], ids=["decorator", "cache"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_coroutine_that_a_decorator_left_is_told(decorator, kind, clova, cek, build):
    row = KINDS[kind]
    handler, _ = build("ASYNC def handler(): BODY", row._replace(body="pass"), is_async=True, future=False)
    if kind == "user_loader":
        handler, _ = build("ASYNC def handler(PARAMETERS): BODY", row, is_async=True, future=False)
    row.register(clova)(decorator(handler))
    with pytest.raises(AnswerError) as error:
        row.send(clova, cek)
    assert "handler (" in str(error.value)
    assert (
        "is async, and a decorator around it returned its coroutine without waiting for it. In the "
        "decorator, call flask.current_app.ensure_sync(function)(…)."
    ) in str(error.value)


async def awaited():
    return "피자"


@pytest.mark.parametrize("kind", ["launch", "before_request", "home.discover", "home.load", "home.on"])
def test_a_coroutine_that_a_handler_returns_is_told(kind, clova, cek):
    KINDS[kind].register(clova)(lambda: awaited())
    with pytest.raises(AnswerError, match=r"not coroutine|returned coroutine") as error:
        KINDS[kind].send(clova, cek)
    assert str(error.value).endswith(
        "It must be awaited: register the async function itself, or call it by "
        "flask.current_app.ensure_sync(function)(…)."
    )


@functools.singledispatch
def dispatched(error):
    return tell("모르는 오류")


@dispatched.register
def _(error: KitchenClosed):
    return tell(f"닫힘: {error}")


def renaming(function):
    @functools.wraps(function)
    def wrapper(error_or_response):
        return function(error_or_response)

    return wrapper


@renaming
def closed(error):
    return tell(f"닫힘: {error}")


@pytest.mark.parametrize(
    "handler",
    [dispatched, closed, lambda error, /: tell(f"닫힘: {error}"), "닫힘: {}".format],
    ids=["singledispatch", "decorator", "positional", "function in C"],
)
def test_an_errorhandler_is_called_with_the_error_by_position_as_in_flask(handler, clova, cek):
    app = Flask(__name__)
    app.register_error_handler(KitchenClosed, handler)
    clova.errorhandler(KitchenClosed)(handler)
    assert failing(clova, cek) == "닫힘: 문 닫았어요"


def test_an_errorhandler_may_have_the_error_after_others(clova, cek):
    clova.errorhandler(KitchenClosed)(lambda session, error: tell(f"{session.new} {error}"))
    assert failing(clova, cek) == "True 문 닫았어요"


@pytest.mark.parametrize(
    "loader",
    [
        {TOKEN: "보라"}.get,
        {TOKEN: "보라"}.__getitem__,
        lambda token, /: "보라",
        lambda token, scope="home", *, strict=False: "보라",
        functools.partial(lambda users, token: users[token], {TOKEN: "보라"}),
        functools.lru_cache(lambda token: "보라"),
    ],
    ids=["dict.get", "in C", "positional", "with defaults", "partial", "cached"],
)
def test_a_user_loader_is_called_with_the_token_by_position(loader, clova, cek):
    clova.user_loader(loader)
    assert greeting(clova, cek) == "보라"


@pytest.mark.parametrize(
    "loader", [lambda: 1, lambda token, scope: 1, lambda *, token: 1], ids=["none", "two", "keyword"]
)
def test_a_user_loader_must_take_the_token(loader):
    with pytest.raises(RegistrationError, match="must have one parameter, the access token"):
        Clova().user_loader(loader)


@functools.cache
def menu():
    return tell("메뉴")


def test_a_cached_function_is_a_handler(clova, cek):
    clova.launch(menu)
    clova.intent("Menu", "Again")(menu)
    assert launched(clova, cek) == "메뉴"
    assert menu.cache_info().misses == 1


class Greeting(str):
    """A class whose objects are answers."""

    def __new__(cls, session: "clova_flask.Session"):
        return super().__new__(cls, f"처음: {session.new}")


def test_a_class_is_a_handler(clova, cek):
    clova.launch(Greeting)
    assert launched(clova, cek) == "처음: True"


def test_a_function_in_c_that_tells_no_parameters_is_called_with_none(clova, cek):
    clova.launch(dict)
    with pytest.raises(AnswerError, match="response: Missing data"):
        launched(clova, cek)


def test_decorators_of_other_libraries_are_looked_through(clova, cek):
    wrapt = pytest.importorskip("wrapt")
    pytest.importorskip("asgiref")

    @wrapt.decorator
    def counted(function, instance, args, kwargs):
        return function(*args, **kwargs)

    @clova.intent("Order")
    @counted
    async def order(pizza_type: str, amount: int = 1):
        return tell(f"{pizza_type} {amount}")

    class Lamp(Appliance, type="LIGHT"):
        @home.action("SetBrightness")
        @counted
        def dim(self, brightness: int):
            assert isinstance(self, Lamp)
            return brightness + 1

    clova.home.load(lambda appliance_id: Lamp(appliance_id))
    client = cek()
    assert client.intent("Order", pizzaType="치즈").speech == "치즈 1"
    assert client.control("SetBrightness", "lamp-1", brightness=1).payload == {"brightness": {"value": 2}}
