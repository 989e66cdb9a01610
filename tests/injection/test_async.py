"""`async def` where Flask cannot run it: an error before a user hears of it."""

import asyncio
import gc
import sys

import pytest
from flask import Flask

from clova_flask import Clova, HandlerGroup, RegistrationError, tell
from clova_flask.home import Appliance, action
from clova_flask.testing import CekClient

DECLARE = {
    "launch": lambda clova, function: clova.launch(function),
    "intent": lambda clova, function: clova.intent("Order")(function),
    "event": lambda clova, function: clova.event("AudioPlayer.*")(function),
    "fallback": lambda clova, function: clova.fallback(function),
    "session_ended": lambda clova, function: clova.session_ended(function),
    "errorhandler": lambda clova, function: clova.errorhandler(ValueError)(function),
    "before_request": lambda clova, function: clova.before_request(function),
    "after_request": lambda clova, function: clova.after_request(function),
    "user_loader": lambda clova, function: clova.user_loader(function),
    "home.discover": lambda clova, function: clova.home.discover(function),
    "home.on": lambda clova, function: clova.home.on("TurnOn")(function),
    "home.before_request": lambda clova, function: clova.home.before_request(function),
}


def make(name):
    """Make an async function that the decorator takes."""
    if name == "user_loader":

        async def order(access_token):
            return None
    else:

        async def order():
            return tell("네")

    return order


@pytest.fixture(params=DECLARE)
def declare(request):
    return lambda clova: DECLARE[request.param](clova, make(request.param))


@pytest.fixture
def no_asgiref(monkeypatch):
    monkeypatch.setitem(sys.modules, "asgiref", None)


def app_of(cls=Flask):
    app = cls("a")
    app.config.update(TESTING=True, CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.x")
    return app


WANTED = (
    r"order \(.*test_async\.py:\d+\) is async, and Flask needs an extra.*pip install 'clova-flask\[async\]'"
)


@pytest.mark.usefixtures("no_asgiref")
def test_it_is_an_error_in_init_app(declare):
    clova = Clova()
    declare(clova)
    with pytest.raises(RegistrationError, match=WANTED):
        clova.init_app(app_of())


@pytest.mark.usefixtures("no_asgiref")
def test_it_is_an_error_where_it_is_registered_after_init_app(declare):
    clova = Clova(app_of())
    with pytest.raises(RegistrationError, match=WANTED):
        declare(clova)


@pytest.mark.usefixtures("no_asgiref")
@pytest.mark.parametrize("later", [True, False])
def test_it_is_an_error_in_a_group(declare, later):
    clova, group = Clova(), HandlerGroup()
    declare(group)
    if later:
        clova.init_app(app_of())
        with pytest.raises(RegistrationError, match=WANTED):
            clova.register(group)
    else:
        clova.register(group)
        with pytest.raises(RegistrationError, match=WANTED):
            clova.init_app(app_of())


@pytest.mark.usefixtures("no_asgiref")
def test_a_method_of_an_appliance_is_an_error_in_init_app():
    class Lamp(Appliance, type="LIGHT"):
        __module__ = "shop.lamps"

        @action("TurnOn")
        async def order(self):
            pass

    def discover():
        return []

    discover.__module__ = "shop"  # other tests have classes of appliance too
    clova = Clova()
    clova.home.discover(discover)
    with pytest.raises(RegistrationError, match=WANTED):
        clova.init_app(app_of())
    Clova().init_app(app_of())  # without a home the class is another app's
    del Lamp
    gc.collect()


@pytest.mark.usefixtures("no_asgiref")
def test_a_factory_that_failed_can_be_called_again():
    clova = Clova()
    DECLARE["launch"](clova, make("launch"))
    app = app_of()
    for _ in range(2):
        with pytest.raises(RegistrationError, match=WANTED):
            clova.init_app(app)


class Runs(Flask):
    """An app that runs coroutines in a way of its own."""

    def async_to_sync(self, func):
        return lambda *args, **kwargs: asyncio.run(func(*args, **kwargs))


@pytest.mark.usefixtures("no_asgiref")
@pytest.mark.parametrize("way", ["class", "object"])
def test_an_app_with_a_way_of_its_own_may_be_without_the_extra(way):
    app = app_of(Runs if way == "class" else Flask)
    if way == "object":
        app.async_to_sync = Runs.async_to_sync.__get__(app)
    clova = Clova()
    DECLARE["launch"](clova, make("launch"))
    clova.init_app(app)
    assert CekClient(app).launch().speech == "네"


def test_with_the_extra_it_runs(declare):
    pytest.importorskip("asgiref")
    clova = Clova()
    declare(clova)
    clova.init_app(app_of())


@pytest.mark.usefixtures("no_asgiref")
def test_without_async_handlers_nothing_is_missing():
    clova = Clova(app_of())
    clova.launch(lambda: tell("네"))
