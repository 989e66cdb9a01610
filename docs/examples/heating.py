"""A heating, by voice and in Clova Home: its errors, hooks and transactions serve both."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Flask, Response, abort
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, scoped_session, sessionmaker
from sqlalchemy.pool import StaticPool
from werkzeug.exceptions import NotFound

from clova_flask import Answer, Clova, HandlerGroup, RequestRefused, ask, message_failed, tell
from clova_flask.home import (
    ActionTemporarilyBlockedError,
    Appliance,
    ConditionsNotMetError,
    HomeError,
    NotSupportedInCurrentModeError,
    TargetOfflineError,
)

heating = HandlerGroup()
MAX_SENT = 1000
USERS = {"token-of-minji": "minji"}
db = scoped_session(sessionmaker())


class Base(DeclarativeBase):
    pass


class Room(Base):
    """A room and its heating."""

    __tablename__ = "room"

    id: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[float] = mapped_column(default=20)
    is_online: Mapped[bool] = mapped_column(default=True)
    is_open: Mapped[bool] = mapped_column(default=False)
    is_locked: Mapped[bool] = mapped_column(default=False)


class HeatingError(Exception):
    """A room cannot be heated now."""


class VendorOffline(HeatingError):
    """The vendor's cloud cannot reach the boiler."""


class WindowOpen(HeatingError):
    """Heating is off while a window is open."""


def heat(room_id: str, degrees: float) -> Room:
    """Set a room's temperature, in the database and then at the vendor's."""
    room = db.get(Room, room_id)
    if room is None:
        abort(404)
    room.target = degrees
    if not room.is_online:
        raise VendorOffline
    if room.is_open:
        raise WindowOpen
    return room


@heating.launch
@heating.fallback
def what() -> Answer:
    return ask("어느 방을 데울까요?")


@heating.intent("Heat")
def heat_by_voice(room: str, degrees: float) -> Answer:
    heat(room, degrees)
    return tell(f"{room} 온도를 {degrees:g}도로 맞췄어요.")


@heating.home.on("SetTargetTemperature")
def heat_at_home(appliance: Appliance, target_temperature: float) -> dict[str, Any]:
    room = heat(appliance.id, target_temperature)
    if room.is_locked:
        raise NotSupportedInCurrentModeError
    return {"target_temperature": room.target}


@heating.user_loader
def load_user(access_token: str) -> str | None:
    return USERS.get(access_token)


@heating.home.discover
def devices() -> list[Appliance]:
    return [Appliance(room.id, type="THERMOSTAT") for room in db.query(Room)]


# [errorhandlers]
@heating.errorhandler(HeatingError)
def cannot_heat() -> Answer:
    db.rollback()
    return tell("지금은 난방을 조절할 수 없어요.")


@heating.errorhandler(VendorOffline)
def offline() -> HomeError:
    db.rollback()
    return TargetOfflineError()


@heating.home.errorhandler(WindowOpen)
def window_open(error: WindowOpen, user: str) -> HomeError:
    db.rollback()
    return ConditionsNotMetError("창문이 열려 있어서")


# [end of errorhandlers]
# [http]
@heating.errorhandler(404)
def no_such_room(error: NotFound) -> Answer:
    return ask("그런 방은 없어요. 어느 방을 데울까요?")


# [end of http]
# [hooks]
maintenance: set[str] = set()
answers: Counter[str] = Counter()


class Maintenance(HeatingError):
    """The vendor works on the boilers."""


@heating.before_request
def pause() -> None:
    if "vendor" in maintenance:
        raise Maintenance


@heating.home.errorhandler(Maintenance)
def paused() -> HomeError:
    return ActionTemporarilyBlockedError()


@heating.after_request
def count(answer: dict[str, Any]) -> None:
    """Count every answer; a reply of Clova Home has a header."""
    answers[answer["header"]["name"] if "header" in answer else "speech"] += 1


# [end of hooks]


# [refusals]
sent: Counter[str] = Counter()


class TooMany(RequestRefused):
    """A user has sent more messages than the app answers."""

    status = 429


@heating.before_request
def limit(user: str | None) -> None:
    if user is None:
        return
    sent[user] += 1
    if sent[user] > MAX_SENT:
        raise TooMany("Too many messages of one user.")


# [end of refusals]


# [transaction]
def use_database(app: Flask) -> None:
    """Commit after each request, except after one that failed."""

    @app.after_request
    def commit(response: Response) -> Response:
        db.commit()
        return response

    @app.teardown_appcontext
    def remove(error: BaseException | None) -> None:
        db.remove()

    @message_failed.connect_via(app)
    def roll_back(app: Flask, **details: Any) -> None:
        db.rollback()


# [end of transaction]


def create_app() -> Flask:
    """Make the app, with a database in memory."""
    app = Flask(__name__)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.heating")
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    Base.metadata.create_all(engine)
    db.configure(bind=engine)
    use_database(app)
    clova = Clova()
    clova.register(heating)
    clova.init_app(app)
    return app
