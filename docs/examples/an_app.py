"""A Flask app with what many have, a database, sign-in, CSRF protection, rate limits; and a voice."""

from __future__ import annotations

import flask_login
from flask import Flask, Request, g, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, UserMixin
from flask_sqlalchemy import SQLAlchemy
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from clova_flask import Answer, Clova, Context, ask, current_user, tell


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
login = LoginManager()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address, default_limits=["3/minute"], storage_uri="memory://")
clova = Clova()


class User(UserMixin, Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    access_token: Mapped[str] = mapped_column(unique=True)


class Order(Base):
    __tablename__ = "order"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_name: Mapped[str]
    pizza: Mapped[str] = mapped_column(unique=True)


# [factory]
def create_app() -> Flask:
    app = Flask(__name__)
    app.config.from_prefixed_env()
    for extension in (db, login, csrf, clova):
        extension.init_app(app)
    limiter.init_app(app)
    Talisman(app)

    voice = app.view_functions["clova.endpoint"]
    csrf.exempt(voice)
    limiter.exempt(voice)
    # [end of factory]
    app.add_url_rule("/page", view_func=page, methods=["GET", "POST"])
    with app.app_context():
        db.create_all()
    return app


def page() -> str:
    return "주문"


# [accounts]
@clova.user_loader
def load_user(access_token: str) -> User | None:
    return db.session.scalar(select(User).filter_by(access_token=access_token))


@clova.launch
def welcome(user: User | None) -> Answer:
    return ask(f"{user.name}님, 무엇을 드릴까요?" if user else "무엇을 드릴까요?")
    # [end of accounts]


@login.user_loader
def load_account(user_id: str) -> User | None:
    return db.session.get(User, int(user_id))


# [sign-in]
@login.request_loader
def load_speaker(request: Request) -> User | None:
    """Have the app's own services find the speaker where they find who is signed in."""
    if request.blueprint == "clova":
        speaker: User | None = current_user._get_current_object()
        return speaker
    return None


def name_of_who_is_signed_in() -> str:
    """Answer what one of the app's own services would."""
    name: str = flask_login.current_user.name
    return name


@clova.intent("WhoAmI")
def who(user: User) -> Answer:
    return tell(f"{name_of_who_is_signed_in()}님이에요.")
    # [end of sign-in]


# [transaction]
@clova.intent("OrderPizza")
def order(user: User, pizza_type: str) -> Answer:
    db.session.add(Order(user_name=user.name, pizza=pizza_type))
    db.session.commit()
    return tell(f"{pizza_type} 주문했어요.")


@clova.errorhandler(IntegrityError)
def twice() -> Answer:
    db.session.rollback()
    return tell("이미 주문하셨어요.")
    # [end of transaction]


@clova.intent("CountOrders")
def count(user: User) -> Answer:
    orders = db.session.scalars(select(Order).filter_by(user_name=user.name)).all()
    return tell(f"{len(orders)}건 있어요.")


# [context]
@clova.before_request
def choose_shop(context: Context) -> None:
    g.shop = "강남" if context.system.device.display.has_screen else "홍대"


@clova.intent("WhereIsIt")
def where() -> Answer:
    return tell(f"{g.shop} 지점이에요. 주소는 {url_for('page', _external=True)} 에 있어요.")
    # [end of context]
