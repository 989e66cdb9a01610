"""One user's request leaves nothing behind for the next in the same thread."""

from __future__ import annotations

import threading

import pytest

from clova_flask import current_context, current_request, current_session, current_user
from clova_flask.home import Appliance, TargetOfflineError, action
from clova_flask.testing import CekClient

USERS = {"보라의-토큰": "보라", "민준의-토큰": "민준"}


class Lamp(Appliance, type="LIGHT"):
    seen: list = []

    @action("TurnOn")
    def turn_on(self):
        self.seen.append(str(current_user))

    @action("TurnOff")
    def turn_off(self):
        raise TargetOfflineError

    @action("SetMode")
    def break_down(self):
        raise RuntimeError("부서졌다")

    @action("SetBrightness")
    def not_json(self):
        return {"brightness": object()}


@pytest.fixture
def cek(clova, connect):
    """Return a CEK of an app with a page at /user that is not a Clova message."""

    clova.user_loader(lambda access_token: USERS.get(access_token))

    @clova.home.load
    def load(user, appliance_id):
        return None if appliance_id == "없는 등" else Lamp(appliance_id)

    clova.home.discover(lambda user: [Lamp(user)])
    cek = connect(client={"access_token": "보라의-토큰"}, testing=False)

    @cek.app.get("/user")
    def user():
        try:
            return str(current_user)
        except RuntimeError:
            return "nobody"

    return cek


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda cek: cek.control("TurnOn", "등"), "TurnOnConfirmation"),
        (lambda cek: cek.control("TurnOff", "등"), "TargetOfflineError"),
        (lambda cek: cek.control("SetMode", "등", mode="reading"), "DriverInternalError"),
        (lambda cek: cek.control("SetBrightness", "등", brightness=1), "DriverInternalError"),
        (lambda cek: cek.control("SetBrightness", "등", brightness="밝게"), "ValueNotSupportedError"),
        (lambda cek: cek.control("TurnOn", "없는 등"), "NoSuchTargetError"),
        (lambda cek: cek.control("GetDeviceState", "등"), "GetDeviceStateResponse"),
        (lambda cek: cek.discover(), "DiscoverAppliancesResponse"),
    ],
    ids=["done", "error", "failure", "unwritable", "refused", "nothing", "default", "discovery"],
)
def test_a_user_is_not_there_for_what_the_thread_does_next(ask, answer, cek):
    assert ask(cek).name == answer
    assert cek.app.test_client().get("/user").text == "nobody"
    for current in (current_user, current_request, current_session, current_context):
        with pytest.raises(RuntimeError, match="No Clova message is being handled here"):
            current.anything  # noqa: B018


def test_the_next_user_of_the_thread_is_another(cek):
    Lamp.seen.clear()
    other = CekClient(cek.app, access_token="민준의-토큰")
    unknown = CekClient(cek.app, access_token="누구의-토큰")
    assert cek.control("TurnOn", "등").name == "TurnOnConfirmation"
    assert unknown.control("TurnOn", "등").name == "InvalidAccessTokenError"
    assert other.control("TurnOn", "등").name == "TurnOnConfirmation"
    assert Lamp.seen == ["보라", "민준"]


def test_threads_have_users_of_their_own(clova, connect):
    clova.user_loader(lambda access_token: USERS.get(access_token))
    together = threading.Barrier(2)
    seen = {}

    @clova.home.on("TurnOn")
    def turn_on(appliance):
        together.wait(10)
        seen[appliance.id] = str(current_user)

    app = connect().app
    threads = [
        threading.Thread(target=CekClient(app, access_token=token).control, args=("TurnOn", user))
        for token, user in USERS.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {user: user for user in USERS.values()}
