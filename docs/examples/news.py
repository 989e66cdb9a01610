"""News on both platforms: cards on NAVER, words alone on LINE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, url_for

from clova_flask import Answer, AudioURL, Clova, ask, cards, tell

clova = Clova()


@dataclass(frozen=True)
class Article:
    """One piece of news."""

    title: str
    lead: str
    picture: str | None = None


ARTICLES = {
    "naver": [
        Article(
            "코스피, 상승 마감", "코스피가 오늘 1,119포인트로 마감했습니다.", "https://news.example.com/1.jpg"
        ),
        Article("주말 날씨 맑음", "주말에는 전국이 맑겠습니다."),
    ],
    "line": [Article("日経平均、続伸", "日経平均は三日続けて上がりました。")],
}
PROMPT = {"naver": "뉴스를 들려드릴까요?", "line": "ニュースを聞きますか？"}


# [list]
def as_card(articles: list[Article]) -> Mapping[str, Any]:
    rows = [
        {"title": article.title, "description": [article.lead], "image_url": article.picture}
        for article in articles
    ]
    return cards.card_list(rows, sub_type="Type1", failure_message="뉴스를 볼 수 없어요.")


# [end of list]
# [both]
def make_extension(platform: str) -> Clova:
    """Make the extension of one platform; the two differ in their answers alone."""
    clova = Clova(
        platform,
        platform=platform,
        extension_id=f"com.example.news.{platform}",
        url_prefix=f"/{platform}",
    )
    articles = ARTICLES[platform]

    @clova.launch
    def welcome() -> Answer:
        return ask(PROMPT[platform])

    @clova.intent("ReadNews")
    def read() -> Answer:
        speech = [article.lead for article in articles]
        if platform == "line":
            return tell(*speech)
        return tell(*speech, card=as_card(articles))

    @clova.fallback
    def help_out() -> Answer:
        return ask(PROMPT[platform])

    return clova


# [end of both]
# [text]
@clova.intent("StockPrice")
def price() -> Answer:
    card = cards.text(
        "코스피",
        highlight_text="1,119",
        table_list=[{"item1": "고객 센터", "item2": "1588-1234", "item2_link": "1588-1234"}],
        reference_text="피자증권",
        reference_url="https://stock.example.com",
    )
    return tell("코스피는 1,119포인트입니다.", card=card)


# [end of text]
# [file]
@clova.intent("Jingle")
def jingle() -> Answer:
    return tell(AudioURL(url_for("static", filename="로고송.mp3", _external=True)))


# [end of file]


def create_app() -> Flask:
    """Make the app, with an extension for each platform and one of stock prices."""
    app = Flask(__name__)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.stocks")
    for platform in ARTICLES:
        make_extension(platform).init_app(app)
    clova.init_app(app)
    return app
