"""A café's stamp card: what is kept of each guest from one session to the next."""

from __future__ import annotations

from typing import Any

from flask import Flask

from clova_flask import Answer, Clova, UserData, UserDataConflict, UserDataUnavailable, ask, tell
from clova_flask.home import Appliance, action

clova = Clova()
FULL = 10


# [handler]
@clova.launch
def welcome(card: UserData) -> Answer:
    stamps = card.get("stamps", 0)
    return ask(f"도장이 {stamps}개 있어요. 무엇을 드릴까요?")


@clova.intent("OrderCoffee")
def order(card: UserData, coffee: str) -> Answer:
    card["last"] = coffee
    card["stamps"] = card.get("stamps", 0) + 1
    return tell(f"{coffee} 준비할게요. 도장이 {card['stamps']}개예요.")


# [end of handler]
# [errorhandlers]
@clova.errorhandler(UserDataConflict)
def again(error: UserDataConflict) -> Answer:
    return ask("방금 다른 기기에서도 주문하셨네요. 다시 한번 말씀해 주세요.")


@clova.errorhandler(UserDataUnavailable)
def unknown(error: UserDataUnavailable) -> Answer:
    return tell("누구신지 알 수 없어서 도장을 찍지 못했어요.")


# [end of errorhandlers]
# [update]
def add_stamps(user_id: str, count: int) -> int:
    """Add stamps, as the till does when a guest pays there."""

    def add(card: UserData) -> int:
        stamps: int = card.get("stamps", 0) + count
        card["stamps"] = stamps % FULL
        card["free"] = card.get("free", 0) + stamps // FULL
        return stamps

    return clova.user_data.update(user_id, add)


# [end of update]
# [open]
def rename(user_id: str, name: str) -> None:
    with clova.user_data.open(user_id) as card:
        card["name"] = name


# [end of open]
# [home]
@clova.user_loader
def load_user(access_token: str) -> dict[str, Any] | None:
    return {"token-of-minji": {"id": 7, "name": "민지"}}.get(access_token)


@clova.user_data.key
def account_of(user: dict[str, Any]) -> int:
    return int(user["id"])


class Kettle(Appliance, type="ELECTRICKETTLE"):
    @action("TurnOn")
    def boil(self, card: UserData) -> None:
        card["boiled"] = card.get("boiled", 0) + 1


# [end of home]
@clova.home.discover
def kettles(user: dict[str, Any]) -> list[Kettle]:
    return [Kettle(id="kettle-1", friendly_name="주전자", location="KITCHEN")]


def create_app(**config: Any) -> Flask:
    app = Flask(__name__)
    app.config.update(
        CLOVA_PLATFORM="naver",
        CLOVA_EXTENSION_ID="com.example.stamps",
        CLOVA_USER_DATA_URL="sqlite:///clova_data.db",
    )
    app.config.update(config)
    clova.init_app(app)
    return app
