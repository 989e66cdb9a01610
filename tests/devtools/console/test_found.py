"""What is found, in the language of the page."""

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from tests.devtools.console.browser import Browser
from tests.devtools.console.models.conftest import pizza  # noqa: F401
from tests.devtools.console.models.pages import MODEL, ORDER, add
from tests.devtools.console.test_connection import connect
from tests.devtools.console.test_review import make_app as make_reviewed_app
from tests.devtools.console.test_review import served, whole

ADVICE = "What to do"
INVALID = {
    "ko": (
        "응답의 필드가 없거나, 알 수 없는 필드이거나, 프로토콜이 허용하지 않는 값입니다.",
        "핸들러가 이 필드에 반환하는 값을 고치세요.",
    ),
    "ja": (
        "応答のフィールドがないか、未知のものか、プロトコルで許可されていない値です。",
        "ハンドラーがこのフィールドに返す値を修正してください。",
    ),
}
NOT_REFUSED = {
    "ko": "플랫폼이 서명하지 않은 메시지 또는 다른 익스텐션에 보낸 메시지를 거부하지 않았습니다.",
    "ja": "別のスキル宛てのメッセージが拒否されませんでした。",
}
UNDECLARED = {
    "ko": "예시 발화에 인텐트가 선언하지 않은 슬롯의 태그가 있습니다.",
    "ja": "発話例に、インテントで宣言されていないスロットのタグがあります。",
}
UNDECLARED_FIX = {
    "ko": "태그를 고치거나 인텐트 페이지에서 슬롯으로 만드세요.",
    "ja": "タグを修正するか、インテントのページでスロットにしてください。",
}
IN_ENGLISH = "An expression has a tag for a slot that its intent does not declare."
LANGUAGES = pytest.mark.parametrize("language", ["ko", "ja"])


def answer_everybody(_environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [b'{"version": "0.1.0"}']


@LANGUAGES
def test_a_connection_to_an_endpoint_that_answers_unsigned_messages(console, register, serve, language):
    register()
    page = connect(Browser(console, language=language), serve(answer_everybody))
    assert [text for text in INVALID[language] if text not in page.text] == []
    assert 'lang="en">Missing data for required field.' in page.html
    assert ADVICE not in page.text


@LANGUAGES
def test_a_review(console, browser, register, serve, language):
    app, clova = make_reviewed_app(console, "line", verify_signature=False)
    whole(clova)
    english = served(browser, register, serve, app, clova, "line").text
    page = Browser(console, language=language).get("/extensions/1/release").text
    assert page.count(NOT_REFUSED[language]) == english.count("review.not-refused") == 2
    assert NOT_REFUSED[language] in Browser(console, language=language).get("/extensions/1/reviewing").text


@LANGUAGES
def test_a_build(console, pizza, language):  # noqa: F811
    add(pizza, "<toppng>치즈</toppng> 추가해 줘")
    page = Browser(console, language=language).get(MODEL).form_to("build").submit()
    assert UNDECLARED[language] in page.text
    assert UNDECLARED_FIX[language] in page.text
    assert "toppng" in page.text
    beside = Browser(console, language=language).get(ORDER).text
    assert UNDECLARED[language] in beside
    assert UNDECLARED_FIX[language] in beside


def test_a_build_in_english(browser, pizza):  # noqa: F811
    add(pizza, "<toppng>치즈</toppng> 추가해 줘")
    page = browser.get(MODEL).form_to("build").submit()
    assert "toppng" in page.text
    assert IN_ENGLISH not in page.text
    assert "Correct the tag, or make it a slot on the page of the intent." in page.text
    assert "<summary>What to do</summary>" in page.html


def test_the_texts_of_codes_are_no_markup(browser, pizza):  # noqa: F811
    add(pizza, "{topping} 추가해 줘")
    page = browser.get(MODEL).form_to("build").submit()
    assert "between the slot&#39;s tags: &lt;slot&gt;…&lt;/slot&gt;." in page.html


@pytest.mark.parametrize(
    ("language", "told"),
    [("ko", "심사에 필요한 항목이 비어 있습니다."), ("ja", "審査に必要な項目が空です。")],
)
def test_what_is_told_in_the_language_already_is_not_told_twice(console, register, language, told):
    register()
    page = Browser(console, language=language).get("/extensions/1/release")
    assert "review.missing-field" in page.text
    assert told not in page.text
    assert 'lang="en"' not in page.html.split("<main")[1]


def test_what_the_try_of_an_endpoint_found_is_told_in_korean(console, browser, register, serve):
    def answer(environ, start_response):
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b'{"version": "0.1.0", "response": {"outputSpeech": {}, "card": {}, "directives": []}}']

    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(answer))
    browser.headers["Accept-Language"] = "ko"
    page = browser.get("/extensions/1/release").form_to("tries").submit()
    assert "review.not-answered" in page.html
    assert "answered just as" not in page.html
