"""A method of an appliance handles actions whatever kind of method it is."""

from __future__ import annotations

import functools

import pytest
from flask import current_app

from clova_flask.home import Appliance, action


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return current_app.ensure_sync(function)(*args, **kwargs)

    return wrapper


class Counted:
    """A decorator that is an object, and binds as functions do."""

    def __init__(self, function):
        functools.update_wrapper(self, function)
        self.function = function

    def __get__(self, instance, owner=None):
        return self if instance is None else functools.partial(self, instance)

    def __call__(self, *args, **kwargs):
        return current_app.ensure_sync(self.function)(*args, **kwargs)


class Vendor:
    """What a lamp asks of its maker's service."""

    def change(self, brightness: int):
        return brightness + 1

    async def change_async(self, brightness: int):
        return brightness + 1

    class Change:
        __slots__ = ()

        def __call__(self, brightness: int):
            return brightness + 1


def own(self, brightness: int):
    assert isinstance(self, Appliance)
    return brightness + 1


async def own_async(self, brightness: int):
    return own(self, brightness)


def of_class(cls, brightness: int):
    assert issubclass(cls, Appliance)
    return brightness + 1


async def of_class_async(cls, brightness: int):
    return of_class(cls, brightness)


def alone(brightness: int, appliance: Appliance):
    assert isinstance(appliance, Appliance)
    return brightness + 1


async def alone_async(brightness: int, appliance: Appliance):
    return alone(brightness, appliance)


def with_step(self, brightness: int, *, step: int):
    return own(self, brightness) - 1 + step


async def with_step_async(self, brightness: int, *, step: int):
    return with_step(self, brightness, step=step)


def positional(self, /, brightness: int):
    return own(self, brightness)


dimming = action("SetBrightness")

METHODS = {
    "method": lambda: dimming(own),
    "positional self": lambda: dimming(positional),
    "async method": lambda: dimming(own_async),
    "decorated below": lambda: dimming(logged(own)),
    "decorated above": lambda: logged(dimming(own)),
    "async, decorated below": lambda: dimming(logged(own_async)),
    "async, decorated above": lambda: logged(dimming(own_async)),
    "decorated by an object": lambda: dimming(Counted(own)),
    "async, decorated by an object": lambda: Counted(dimming(own_async)),
    "cached": lambda: dimming(functools.cache(own)),
    "staticmethod above": lambda: staticmethod(dimming(alone)),
    "staticmethod below": lambda: dimming(staticmethod(alone)),
    "async staticmethod above": lambda: staticmethod(dimming(alone_async)),
    "async staticmethod below": lambda: dimming(staticmethod(alone_async)),
    "classmethod above": lambda: classmethod(dimming(of_class)),
    "classmethod below": lambda: dimming(classmethod(of_class)),
    "async classmethod above": lambda: classmethod(dimming(of_class_async)),
    "async classmethod below": lambda: dimming(classmethod(of_class_async)),
    "decorated classmethod": lambda: classmethod(logged(dimming(of_class))),
    "partialmethod": lambda: dimming(functools.partialmethod(with_step, step=1)),
    "async partialmethod": lambda: dimming(functools.partialmethod(with_step_async, step=1)),
    "partialmethod of a partialmethod": lambda: dimming(
        functools.partialmethod(functools.partialmethod(with_step, step=3), step=1)
    ),
    "partialmethod of a classmethod": lambda: dimming(
        functools.partialmethod(classmethod(with_step), step=1)
    ),
    "partial of a function": lambda: staticmethod(dimming(functools.partial(alone))),
    "bound method of another object": lambda: dimming(Vendor().change),
    "async bound method of another object": lambda: dimming(Vendor().change_async),
    "object": lambda: dimming(Vendor.Change()),
}


@pytest.fixture(autouse=True)
def functions():
    """Leave the functions of this module as they are, without what @action notes on them."""
    yield
    for function in (own, own_async, of_class, of_class_async, alone, alone_async, positional):
        vars(function).pop("clova_actions", None)


@pytest.mark.parametrize("is_inherited", [False, True], ids=["own", "inherited"])
@pytest.mark.parametrize("kind", METHODS)
def test_a_method_of_any_kind_handles_actions(kind, is_inherited, clova, connect, monkeypatch):
    if "async" in kind:
        pytest.importorskip("asgiref")
    if "of a classmethod" in kind:
        monkeypatch.setattr(f"{__name__}.own", lambda cls, brightness: brightness + 1)
    lamp = type("Lamp", (Appliance,), {"dim": METHODS[kind]()}, type="LIGHT")
    if is_inherited:
        lamp = type("Desk", (lamp,), {})
    clova.home.load(lambda appliance_id: lamp(appliance_id))
    reply = connect(client={"access_token": "토큰"}).control("SetBrightness", "lamp-1", brightness=30)
    assert reply.payload == {"brightness": {"value": 31}}
