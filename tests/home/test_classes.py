"""Appliances are classes like others: with mixins, dataclasses, properties, an ORM, and whatever dunders."""

from __future__ import annotations

import dataclasses
import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import pytest

from clova_flask import RegistrationError
from clova_flask.home import Appliance, CustomCommand, action

T = TypeVar("T")


class Dimmable:
    @action("SetBrightness")
    def dim(self, brightness: int):
        self.seen = brightness


class Tabled:
    """A mixin with a class keyword of its own."""

    def __init_subclass__(cls, *, table: str = "none", **others: Any) -> None:
        super().__init_subclass__(**others)
        cls.table = table


@pytest.fixture
def cek(clova, connect):
    """Give a CEK for a user who owns these appliances."""

    def cek(*appliances, **config):
        clova.home.discover(lambda: appliances)
        return connect(client={"access_token": "토큰"}, **config)

    return cek


def told(client, index=0):
    return client.discover().payload["discoveredAppliances"][index]


def mixin_first():
    class Lamp(Tabled, Dimmable, Appliance, type="LIGHT", table="lamps"):
        pass

    return Lamp


def mixin_last():
    class Lamp(Dimmable, Appliance, Tabled, type="LIGHT", table="lamps"):
        pass

    return Lamp


@pytest.mark.parametrize("make", [mixin_first, mixin_last])
def test_class_keywords_of_mixins_are_passed_on(make, cek):
    lamp = make()
    assert lamp.table == "lamps"
    assert told(cek(lamp("lamp-1")))["applianceTypes"] == ["LIGHT"]
    assert type("Desk", (lamp,), {}, table="desks", location="BED_ROOM").table == "desks"


def test_a_keyword_that_no_class_knows_is_told():
    with pytest.raises(
        RegistrationError, match=r"'typ' is not a keyword of a class of appliances. Did you mean"
    ):
        type("Lamp", (Dimmable, Appliance), {}, typ="LIGHT")


def plain_dataclass():
    @dataclass
    class Lamp(Dimmable, Appliance, type="LIGHT", location="BED_ROOM"):
        id: str
        friendly_name: str
        brightness: int
        seen: int = 0

    return Lamp


def dataclass_of(**options):
    def make():
        @dataclass(**options)
        class Lamp(Dimmable, Appliance, type="LIGHT", location="BED_ROOM"):
            id: str
            friendly_name: str
            brightness: int
            is_on: bool | None = None
            tags: list[str] = field(default_factory=list)

        return Lamp

    return make


def attrs_class():
    attrs = pytest.importorskip("attrs")

    @attrs.define
    class Lamp(Dimmable, Appliance, type="LIGHT", location="BED_ROOM"):
        id: str
        friendly_name: str
        brightness: int
        seen: int = 0

    return Lamp


def frozen_attrs_class():
    attrs = pytest.importorskip("attrs")

    @attrs.frozen(kw_only=True)
    class Lamp(Appliance, Generic[T], type="LIGHT", location="BED_ROOM"):
        id: str
        friendly_name: str
        brightness: T

        @action("SetBrightness")
        def dim(self, brightness: int):
            pass

    return Lamp


def generic():
    class Lamp(Dimmable, Appliance, Generic[T], type="LIGHT", location="BED_ROOM"):
        def __init__(self, *, friendly_name, brightness, **given):
            super().__init__(**given, friendly_name=friendly_name)

    return Lamp[int]


def generic_first():
    class Lamp(Generic[T], Dimmable, Appliance, type="LIGHT", location="BED_ROOM"):  # noqa: PYI059
        def __init__(self, *, friendly_name, brightness, **given):
            super().__init__(**given, friendly_name=friendly_name)

    return Lamp[int]


def abstract():
    class Light(ABC, Appliance, type="LIGHT", location="BED_ROOM"):
        @action("SetBrightness")
        @abstractmethod
        def dim(self, brightness: int): ...

    class Lamp(Light):
        def __init__(self, *, friendly_name, brightness, **given):
            super().__init__(**given, friendly_name=friendly_name)

        def dim(self, brightness: int):
            self.seen = brightness

    with pytest.raises(TypeError, match="abstract"):
        Light("lamp-1")
    return Lamp


def protocol():
    class HasBrightness(Protocol):
        brightness: int

    class Lamp(Dimmable, Appliance, HasBrightness, type="LIGHT", location="BED_ROOM"):
        def __init__(self, *, friendly_name, brightness, **given):
            super().__init__(**given, friendly_name=friendly_name)

    return Lamp


def pydantic_model():
    pydantic = pytest.importorskip("pydantic")

    class Lamp(pydantic.BaseModel, Appliance, type="LIGHT", location="BED_ROOM"):
        id: str
        friendly_name: str
        brightness: int

        @action("SetBrightness")
        def dim(self, brightness: int):
            pass

    return Lamp


def orm_model(**options):
    def make():
        orm = pytest.importorskip("sqlalchemy.orm")
        base = (orm.MappedAsDataclass,) if "dataclass" in options else ()

        class Base(*base, orm.DeclarativeBase):
            pass

        bases = (Base, Dimmable, Appliance) if options.get("base_first") else (Dimmable, Appliance, Base)
        names = {
            "__tablename__": "lamps",
            "__module__": __name__,
            "__annotations__": {
                "id": orm.Mapped[str],
                "friendly_name": orm.Mapped[str],
                "brightness": orm.Mapped[int],
            },
            "id": orm.mapped_column(primary_key=True),
        }
        return type(Base)("Lamp", bases, names, type="LIGHT", location="BED_ROOM")

    return make


CLASSES = {
    "dataclass": plain_dataclass,
    "dataclass with slots": dataclass_of(slots=True),
    "frozen dataclass": dataclass_of(frozen=True),
    "frozen dataclass with slots": dataclass_of(frozen=True, slots=True),
    "dataclass by keyword": dataclass_of(kw_only=True),
    "dataclass in order": dataclass_of(order=True),
    "attrs": attrs_class,
    "frozen attrs, generic": frozen_attrs_class,
    "generic": generic,
    "generic first": generic_first,
    "abstract": abstract,
    "protocol": protocol,
    "pydantic": pydantic_model,
    "row": orm_model(base_first=True),
    "row, Appliance first": orm_model(),
    "row that is a dataclass": orm_model(dataclass=True, base_first=True),
}


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_of_any_maker_is_told_and_controlled(name, cek):
    cls = CLASSES[name]()
    if name == "row, Appliance first":
        lamp = cls("lamp-1", friendly_name="거실 등")
    else:
        lamp = cls(id="lamp-1", friendly_name="거실 등", brightness=30)
    client = cek(lamp, CLOVA_PLATFORM="line")
    wire = told(client)
    assert (wire["applianceId"], wire["friendlyName"], wire["location"]) == ("lamp-1", "거실 등", "BED_ROOM")
    assert (wire["applianceTypes"], wire["isReachable"], wire["tags"]) == (["LIGHT"], True, [])
    assert "SetBrightness" in wire["actions"]
    if "frozen" in name or "slots" in name or name == "pydantic":
        return  # nothing of theirs can be noted on it
    assert client.control("SetBrightness", "lamp-1", brightness=70).name == "SetBrightnessConfirmation"
    assert lamp.seen == 70


def test_a_field_may_follow_those_of_appliances_without_defaults():
    cls = plain_dataclass()
    assert [one.name for one in dataclasses.fields(cls)] == ["id", "friendly_name", "brightness", "seen"]
    assert all(one.default is dataclasses.MISSING for one in dataclasses.fields(cls)[:3])


def test_a_keyword_of_the_class_is_the_default_of_a_field(cek):
    @dataclass
    class Lamp(Appliance, type="LIGHT", location="BED_ROOM"):
        id: str
        location: str

    assert told(cek(Lamp("lamp-1")))["location"] == "BED_ROOM"
    assert Lamp("lamp-1", "KITCHEN").location == "KITCHEN"


def test_rows_that_a_query_loads_are_appliances(clova, connect):
    sqlalchemy = pytest.importorskip("sqlalchemy")
    orm = pytest.importorskip("sqlalchemy.orm")

    class Base(orm.DeclarativeBase):
        pass

    class Device(Base, Appliance):
        __tablename__ = "devices"
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}
        id = orm.mapped_column(sqlalchemy.String, primary_key=True)
        kind = orm.mapped_column(sqlalchemy.String)
        location = orm.mapped_column(sqlalchemy.String)
        friendly_name = orm.mapped_column("name", sqlalchemy.String)
        online = orm.mapped_column(sqlalchemy.Boolean)

        @property
        def is_reachable(self):
            return self.online

    class Lamp(Device, type="LIGHT"):
        __mapper_args__ = {"polymorphic_identity": "lamp"}

        @action("TurnOn")
        def on(self):
            self.online = True

    class Anything(Device):
        """A row that says itself what it is."""

        __mapper_args__ = {"polymorphic_identity": "any", "polymorphic_load": "inline"}
        type = orm.mapped_column(sqlalchemy.String, nullable=True)

        @action("TurnOff")
        def off(self):
            pass

    engine = sqlalchemy.create_engine("sqlite://", poolclass=sqlalchemy.StaticPool)
    Base.metadata.create_all(engine)
    with orm.Session(engine) as session:
        session.add(Lamp(id="lamp-1", friendly_name="거실 등", location="KITCHEN", online=True))
        session.add(Anything(id="fan-1", friendly_name="扇風機", type="FAN", online=True))
        session.commit()

    @clova.home.discover
    def devices():
        with orm.Session(engine) as session:
            return session.scalars(sqlalchemy.select(Device).order_by(Device.id)).all()

    @clova.home.load
    def device(appliance_id: str):
        return orm.Session(engine).get(Device, appliance_id)

    client = connect(client={"access_token": "토큰"}, CLOVA_PLATFORM="line")
    fan, lamp = client.discover().payload["discoveredAppliances"]
    assert (lamp["friendlyName"], lamp["location"], lamp["isReachable"]) == ("거실 등", "KITCHEN", True)
    assert (fan["applianceTypes"], fan["friendlyName"], "location" in fan) == (["FAN"], "扇風機", False)
    assert {"TurnOn"} <= set(lamp["actions"])
    assert client.control("TurnOn", "lamp-1").name == "TurnOnConfirmation"
    assert client.control("TurnOff", "fan-1").name == "TurnOffConfirmation"
    assert client.control("TurnOn", "fan-1").name == "UnsupportedOperationError"


def test_models_of_flask_sqlalchemy_are_appliances(clova, connect):
    flask_sqlalchemy = pytest.importorskip("flask_sqlalchemy")
    sqlalchemy = pytest.importorskip("sqlalchemy")
    db = flask_sqlalchemy.SQLAlchemy()

    class Lamp(db.Model, Appliance, type="LIGHT"):
        __tablename__ = "lamps"
        id = db.mapped_column(sqlalchemy.String, primary_key=True)
        is_on = db.mapped_column(sqlalchemy.Boolean)

        @action("TurnOn")
        def on(self):
            self.is_on = True
            db.session.commit()

    clova.home.discover(lambda: db.session.scalars(sqlalchemy.select(Lamp)))
    clova.home.load(lambda appliance_id: db.session.get(Lamp, appliance_id))
    client = connect(client={"access_token": "토큰"}, SQLALCHEMY_DATABASE_URI="sqlite://")
    db.init_app(client.app)
    with client.app.app_context():
        db.create_all()
        db.session.add(Lamp(id="lamp-1", is_on=False))
        db.session.commit()
    assert told(client)["applianceId"] == "lamp-1"
    assert client.control("HealthCheck", "lamp-1").payload["isTurnOn"] is False
    client.control("TurnOn", "lamp-1")
    assert client.control("HealthCheck", "lamp-1").payload["isTurnOn"] is True


PROPERTIES = {
    "id": "lamp-1",
    "type": "FAN",
    "friendly_name": "거실 등",
    "friendly_description": "창가",
    "manufacturer_name": "보라전자",
    "model_name": "L-1",
    "version": "2.0",
    "location": "KITCHEN",
    "is_ir": False,
    "is_reachable": True,
    "tags": ["거실"],
    "actions": ["TurnOn"],
    "confirm": ["TurnOn"],
    "details": {"줄": 7},
}


def test_every_attribute_may_be_a_property(cek):
    getters = {name: property(lambda _, value=value: value) for name, value in PROPERTIES.items()}
    lamp = type("Lamp", (Appliance,), getters)
    assert told(cek(lamp.__new__(lamp), CLOVA_PLATFORM="line")) == {
        "applianceId": "lamp-1",
        "applianceTypes": ["FAN"],
        "friendlyName": "거실 등",
        "friendlyDescription": "창가",
        "manufacturerName": "보라전자",
        "modelName": "L-1",
        "version": "2.0",
        "location": "KITCHEN",
        "isIr": False,
        "isReachable": True,
        "tags": ["거실"],
        "actions": ["TurnOn"],
        "actionsNeededUserConfirmation": ["TurnOn"],
        "additionalApplianceDetails": {"줄": 7},
    }


@pytest.mark.parametrize("online", [True, False])
def test_whether_it_is_reachable_and_on_may_be_a_property(online, cek):
    class Lamp(Appliance, type="LIGHT"):
        def __init__(self, lamp_id, row):
            super().__init__(lamp_id, friendly_name="거실 등")
            self.row = row

        @property
        def is_reachable(self):
            return self.row["online"]

        @property
        def is_on(self):
            return self.row["online"]

    client = cek(Lamp("lamp-1", {"online": online}))
    assert client.control("HealthCheck", "lamp-1").payload == {"isReachable": online, "isTurnOn": online}
    name = "GetDeviceStateResponse" if online else "TargetOfflineError"
    assert client.control("GetDeviceState", "lamp-1").name == name


class VendorOffline(Exception):
    def __str__(self):
        raise RuntimeError("no text")


@pytest.mark.parametrize("name", [*PROPERTIES, "types"])
@pytest.mark.parametrize(
    "error", [KeyError("전원"), AttributeError("row"), VendorOffline()], ids=lambda e: type(e).__name__
)
def test_a_property_that_raises_costs_its_appliance_only(name, error, cek, caplog):
    def fail(self):
        raise error

    lamp = type("Lamp", (Appliance,), {name: property(fail)}, type="LIGHT")
    broken = lamp.__new__(lamp)
    if name != "id":
        broken.id = "나쁜 등"
    good = Appliance("좋은 등", type="LIGHT")
    client = cek(good, broken, Appliance("다른 등", type="LIGHT"), CLOVA_PLATFORM="line")
    assert [item["applianceId"] for item in client.discover().payload["discoveredAppliances"]] == [
        "좋은 등",
        "다른 등",
    ]
    [line] = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    shown = "<Lamp>" if name in ("id", "type", "types") else "<Lamp '나쁜 등' LIGHT>"
    assert line.startswith(f"Discovery leaves out {shown}: ")
    assert type(error).__name__ in line
    assert client.control("HealthCheck", "다른 등").name == "HealthCheckResponse"


class Hostile:
    def fail(self, *_):
        raise RuntimeError("a user's own method")

    __repr__ = __str__ = __eq__ = __ne__ = __bool__ = __len__ = __hash__ = __format__ = __lt__ = fail


class HostileLamp(Hostile, Appliance, type="LIGHT"):
    @action("TurnOn")
    def on(self):
        pass

    @action("SetBrightness")
    def dim(self, brightness: int):
        return brightness


class HostileText(str):
    __repr__ = __str__ = __eq__ = __hash__ = __bool__ = __len__ = Hostile.fail


def test_special_methods_of_users_are_not_called(cek, caplog):
    lamp = HostileLamp("lamp-1", friendly_name="거실 등")
    broken = HostileLamp("lamp-2", location="우주")
    again = HostileLamp("lamp-1")
    client = cek(lamp, broken, Hostile(), again)
    listed = client.discover().payload["discoveredAppliances"]
    assert [item["applianceId"] for item in listed] == ["lamp-1", "lamp-2"]
    assert "<HostileLamp 'lamp-2' LIGHT>: '우주' is not a valid location" in caplog.text
    assert "a Hostile: home.discover must return appliances, not Hostile" in caplog.text
    assert "<HostileLamp 'lamp-1' LIGHT>: Another appliance has the id 'lamp-1'" in caplog.text
    assert client.control("TurnOn", "lamp-1").name == "TurnOnConfirmation"
    assert client.control("SetBrightness", "lamp-1", brightness=5).payload == {"brightness": {"value": 5}}
    assert client.control("GetDeviceState", "lamp-1").name == "GetDeviceStateResponse"
    assert client.control("HealthCheck", "lamp-1").name == "HealthCheckResponse"


@pytest.mark.parametrize("name", sorted(PROPERTIES))
def test_values_whose_special_methods_fail_cost_their_appliance_only(name, cek, caplog):
    broken = Appliance("나쁜 등", type="LIGHT")
    setattr(broken, name, Hostile())
    client = cek(broken, Appliance("좋은 등", type="LIGHT"), CLOVA_PLATFORM="line")
    assert [item["applianceId"] for item in client.discover().payload["discoveredAppliances"]][
        -1
    ] == "좋은 등"
    assert client.control("HealthCheck", "좋은 등").name == "HealthCheckResponse"


def test_an_id_of_a_class_of_its_own_is_its_text(cek):
    client = cek(Appliance(HostileText("lamp-1"), type="LIGHT"), Appliance("lamp-2", type="LIGHT"))
    assert [item["applianceId"] for item in client.discover().payload["discoveredAppliances"]] == [
        "lamp-1",
        "lamp-2",
    ]
    assert client.control("HealthCheck", "lamp-1").name == "HealthCheckResponse"


def test_a_command_that_is_left_out_is_named_without_calling_its_repr(clova, cek, caplog):
    clova.home.custom_commands(lambda: [Hostile(), CustomCommand("영화", [("등", 7)])])
    assert cek().discover().payload["customCommands"] == []
    assert "must be a CustomCommand, not Hostile" in caplog.text
    assert "the custom command '영화'" in caplog.text


def test_a_user_whose_special_methods_fail(clova, connect):
    clova.user_loader(lambda token: Hostile())
    clova.home.discover(lambda user: [Appliance("lamp-1", type="LIGHT")])
    client = connect(client={"access_token": "토큰"})
    assert told(client)["applianceId"] == "lamp-1"


def test_what_keeps_no_id_tells_which_call_is_missing(cek, caplog):
    class Lamp(Appliance, type="LIGHT"):
        def __init__(self):
            pass

    cek(Lamp()).discover()
    assert "<Lamp>: Lamp.__init__ must call super().__init__(id, …), or set self.id." in caplog.text
