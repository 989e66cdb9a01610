"""What a review finds: in what is entered, each at its field, and in what the endpoint answers."""

import io

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from flask import Flask
from PIL import Image, ImageDraw

from clova_flask import Clova, audio, tell
from clova_flask.devtools.console.attached.keys import signing_key
from clova_flask.devtools.console.records import Extension, Version, db
from clova_flask.devtools.console.review.rules import RULES, rules_of
from clova_flask.findings import CODES
from clova_flask.security.devkey import public_pem
from tests.devtools.console.browser import Browser

THIN = {"review_description": "피자를 주문합니다."}
LONG = "피자를 주문하는 봇입니다. '페퍼로니 한 판 주문해 줘', '주문 취소해 줘'라고 말해 보세요. " * 2

FIELDS = [
    ("naver", "custom", "server", {"endpoint_url": "http://127.0.0.1:5000/"}, "review.endpoint-address"),
    ("naver", "custom", "server", {"endpoint_url": "https://example.com:8443/"}, "review.endpoint-address"),
    (
        "naver", "custom", "server",
        {"account_linking": "yes", "token_url": "https://localhost/token"}, "review.linking-address",
    ),
    ("naver", "custom", "server", {"account_linking": "yes"}, "review.no-test-account"),
    ("naver", "home", "info", {}, "review.no-test-account"),
    ("naver", "custom", "privacy", {"terms_url": "https://127.0.0.1/terms"}, "review.page-address"),
    ("naver", "custom", "privacy", {"personal_data": "yes"}, "review.no-policy"),
    ("line", "custom", "privacy", {"purchases": "yes"}, "review.purchases"),
    ("naver", "custom", "store", {"description": "피자를 주문합니다."}, "review.no-contact"),
    ("naver", "custom", "store", THIN, "review.thin-text"),
    ("line", "custom", "store", {"keywords": "a, b、c, d, e, f"}, "review.too-many-keywords"),
    ("line", "custom", "review", {"provider_kind": "company"}, "head_office"),
    ("naver", "custom", "info", {"invocation_names": ["클로바 피자", "", ""]}, "review.reserved-name"),
    ("naver", "custom", "info", {"invocation_names": ["피자", "", ""]}, "review.single-word-name"),
]  # fmt: skip
FINE = [
    ("naver", "custom", "server", {"endpoint_url": "https://example.com/clova"}, "review.endpoint-address"),
    (
        "naver", "custom", "server",
        {"account_linking": "no", "token_url": "https://localhost/token"}, "review.linking-address",
    ),
    ("naver", "home", "page", {"review_description": "테스트 계정: bora"}, "review.no-test-account"),
    (
        "naver", "custom", "privacy",
        {"personal_data": "yes", "policy_url": "https://example.com/p"}, "review.no-policy",
    ),
    ("line", "custom", "store", {"description": "ピザを注文します。"}, "review.no-contact"),
    ("naver", "custom", "store", {"description": "피자 주문. 문의: 02-1234-5678"}, "review.no-contact"),
    ("naver", "custom", "store", {"description": "피자 주문. help@example.com"}, "review.no-contact"),
    ("naver", "custom", "store", {"review_description": LONG}, "review.thin-text"),
    ("line", "custom", "store", {"keywords": "a, b, c, d, e"}, "review.too-many-keywords"),
    ("line", "custom", "review", {"provider_kind": "person"}, "head_office"),
    ("naver", "custom", "info", {"invocation_names": ["보라 피자", "", ""]}, "review.reserved-name"),
]  # fmt: skip


def ids(value):
    return next(iter(value), "none") if isinstance(value, dict) else None


def reviewed(browser, register, platform, kind, step, given):
    register(platform, kind, name="보라 상회 피자")
    page = browser.get(f"/extensions/1/{step}").form("seen").submit(**given)
    assert "Saved." in page.text, page.text
    return browser.get("/extensions/1/release")


@pytest.mark.parametrize(("platform", "kind", "step", "given", "told"), FIELDS, ids=ids)
def test_what_a_review_would_find(browser, register, platform, kind, step, given, told):
    page = reviewed(browser, register, platform, kind, step, given)
    wanted = told if told.startswith("review.") else "Missing: Head office"
    assert wanted in page.text
    field = next(iter(given), "review_description") if told.startswith("review.") else told
    field = {"account_linking": "token_url", "personal_data": "policy_url"}.get(field, field)
    if told == "review.no-test-account":
        field = "review_description"
    assert any(link.endswith(f"#{field}") for link in page.links), page.links


@pytest.mark.parametrize(("platform", "kind", "step", "given", "told"), FINE, ids=ids)
def test_what_a_review_would_not_object_to(browser, register, platform, kind, step, given, told):
    page = reviewed(browser, register, platform, kind, step, given)
    assert (told if told.startswith("review.") else "Missing: Head office") not in page.text


@pytest.mark.parametrize(
    ("first", "is_fine"),
    [("さくらピザを起動して", True), ("さくらピザ を開いて", True), ("ピザを注文して", False)],
)
def test_the_first_example_on_line(browser, register, first, is_fine):
    register("line", invocation_name="さくらピザ")
    given = {"examples": [first, "ピザを一枚", "キャンセルして"]}
    browser.get("/extensions/1/store").form("seen").submit(**given)
    assert ("review.first-example" not in browser.get("/extensions/1/release").text) == is_fine


def test_two_extensions_of_one_name(browser, register):
    register(name="보라 피자")
    register(extension_id="com.example.other", name="보라피자")
    for key in (1, 2):
        assert "review.name-taken" in browser.get(f"/extensions/{key}/release").text
    browser.get("/extensions/2/info").form("seen").submit(name="하늘 피자")
    assert "review.name-taken" not in browser.get("/extensions/1/release").text


def picture(draw, size=(512, 512), mode="RGBA", ground=(0, 0, 0, 0), kind="PNG"):
    image = Image.new(mode, size, ground)
    draw(ImageDraw.Draw(image), size)
    content = io.BytesIO()
    image.save(content, kind)
    return content.getvalue()


def disc(colour):
    return lambda draw, size: draw.ellipse((0, 0, size[0] - 1, size[1] - 1), fill=colour)


ICONS = {
    "round-red": (picture(disc((200, 30, 30, 255))), set()),
    "round-white": (picture(disc((255, 255, 255, 255))), {"review.icon-white"}),
    "nothing": (picture(lambda *_: None), {"review.icon-white"}),
    "square-red": (picture(lambda *_: None, ground=(200, 30, 30, 255)), {"review.icon-not-round"}),
    "jpg-on-white": (
        picture(disc((30, 120, 60)), mode="RGB", ground=(255, 255, 255), kind="JPEG"),
        set(),
    ),
    "white-with-a-logo": (
        picture(
            lambda draw, _: draw.rectangle((200, 200, 300, 300), fill=(0, 0, 0, 255)),
            ground=(250, 250, 250, 255),
        ),
        {"review.icon-white"},
    ),
}


@pytest.mark.parametrize("name", ICONS)
def test_icons(browser, register, name):
    content, codes = ICONS[name]
    register()
    page = browser.get("/extensions/1/store").form("seen").submit(large_icon=(io.BytesIO(content), "icon"))
    assert "Saved." in page.text
    text = browser.get("/extensions/1/release").text
    assert {code for code in CODES if code.startswith("review.icon") and code in text} == codes


def test_the_rules():
    assert len({rule.id for rule in RULES}) == len(RULES) == 33 + 9
    assert all(code in CODES for rule in RULES for code in rule.codes)
    assert all(rule.codes or rule.by_human for rule in RULES)
    assert "H1" not in {rule.id for rule in rules_of("custom", "naver")}
    assert "B9" not in {rule.id for rule in rules_of("custom", "naver")}
    assert "B9" in {rule.id for rule in rules_of("custom", "line")}
    assert "C6" not in {rule.id for rule in rules_of("home", "naver")}


def test_every_code_of_a_review_belongs_to_a_rule():
    named = {code for rule in RULES for code in rule.codes} | {"review.not-checked"}
    assert {code for code in CODES if code.startswith("review.")} == {
        code for code in named if code.startswith("review.")
    }


def request_review(browser, key=1):
    form = browser.get(f"/extensions/{key}/release").form("message")
    given = {"conforms": "y"} if "conforms" in form.types else {}
    return form.submit(message="첫 심사입니다.", **given)


def test_ticks_are_kept_with_the_version(console, browser, register):
    register()
    request_review(browser)
    page = browser.get("/extensions/1/reviewing").form("rule").submit(rule=["P1", "P2", "B3", "X9"])
    assert "Saved." in page.text
    with console.app_context():
        assert db.session.get(Version, 1).ticked == ["P1", "P2"]
    assert "reviewer ticked" in browser.get("/extensions/1/history").text


def test_of_two_who_tick_at_once_both_ticks_are_shown(console, browser, register):
    register()
    request_review(browser)
    mine, theirs = browser.get("/extensions/1/reviewing"), Browser(console).get("/extensions/1/reviewing")
    theirs.form("rule").submit(rule=["P1"])
    page = mine.form("rule").submit(rule=["P2"])
    assert page.status == 409
    assert page.form("rule").values["rule"] == ["P2"]
    assert page.text.count("Stored meanwhile: ticked") == page.text.count("Stored meanwhile: not ticked") == 1
    assert "Saved." in page.form("rule").submit(rule=["P1", "P2"]).text
    with console.app_context():
        assert db.session.get(Version, 1).ticked == ["P1", "P2"]


def test_ticks_only_while_it_is_in_review(browser, register):
    register()
    request_review(browser)
    form = browser.get("/extensions/1/reviewing").form("rule")
    browser.get("/extensions/1/release").forms[-1].submit()
    page = form.submit(rule=["P1"])
    assert page.status == 409
    assert "Request a review first." in page.text


def test_an_open_checklist_is_not_approved_by_mistake(console, browser, register):
    register()
    request_review(browser)
    form = browser.get("/extensions/1/reviewing").form_to("acts/approve")
    page = form.submit()
    assert page.status == 409
    assert "The checklist is not complete." in page.text
    with console.app_context():
        assert db.session.get(Extension, 1).test_version.state == "in_review"


def test_what_was_not_tried_is_not_passed(browser, register):
    register()
    page = browser.get("/extensions/1/reviewing")
    assert page.text.count("Not checked yet") == 7  # of C2 it is found that nothing was built


def tried(browser, platform="naver", kind="custom"):
    page = browser.get("/extensions/1/release")
    form = next(form for form in page.forms if form.action.endswith("/tries"))
    return form.submit()


def make_app(console, platform, **options):
    with console.app_context():
        key = public_pem(signing_key())
    app = Flask("shop")
    clova = Clova(extension_id="com.example.pizzabot", platform=platform, public_key=key, **options)
    clova.launch(lambda: tell("어서 오세요."))
    return app, clova


def whole(clova):
    for name in ("Guide", "Cancel", "Yes", "No"):
        clova.intent(f"Clova.{name}Intent")(lambda name=name: tell(f"{name}입니다."))


def served(browser, register, serve, app, clova, platform="naver", **given):
    clova.init_app(app)
    register(platform)
    url = f"{serve(app)}/clova"
    page = browser.get("/extensions/1/server").form("seen").submit(endpoint_url=url, **given)
    assert "Saved." in page.text
    return tried(browser)


@pytest.mark.parametrize("platform", ["naver", "line"])
def test_an_endpoint_that_a_review_accepts(console, browser, register, serve, platform):
    app, clova = make_app(console, platform)
    whole(clova)
    page = served(browser, register, serve, app, clova, platform)
    assert "The endpoint was tried." in page.text
    for code in ("answer.", "review.not-refused", "review.not-answered", "review.slow", "review.audio"):
        assert code not in page.text
    assert "The interaction model is not known, so only built-in intents were sent." in page.text


def test_an_endpoint_that_answers_everybody(console, browser, register, serve):
    app, clova = make_app(console, "line", verify_signature=False)
    whole(clova)
    page = served(browser, register, serve, app, clova, "line")
    assert page.text.count("review.not-refused") == 2


def test_an_endpoint_that_answers_another_extension(console, browser, register, serve):
    clova = Clova(platform="line", public_key=public_key(console))
    clova.launch(lambda: tell("いらっしゃいませ。"))
    page = served(browser, register, serve, Flask("any"), clova, "line")
    assert "A message for com.example.pizzabot.other was answered with HTTP 200." in page.text


def public_key(console):
    with console.app_context():
        return public_pem(signing_key())


def test_intents_that_are_not_answered(console, browser, register, serve):
    app, clova = make_app(console, "naver")
    clova.intent("Clova.GuideIntent")(lambda: tell("도움말입니다."))
    page = served(browser, register, serve, app, clova)
    assert "Clova.YesIntent gets the same answer" in page.text
    assert "Clova.GuideIntent gets the same answer" not in page.text


@pytest.mark.parametrize(
    ("url", "flag", "code"),
    [
        ("https://example.com/a.mp3", "no", "review.audio-flag"),
        ("https://example.com/a.aac", "yes", "review.audio-format"),
        ("http://example.com/a.mp3", "yes", "answer.directive"),
    ],
)
def test_audio(console, browser, register, serve, url, flag, code):
    clova = Clova(extension_id="com.example.pizzabot", platform="naver", public_key=public_key(console))

    @clova.launch
    def play():
        song = audio.play(url, title_text="노래", title_sub_text1="보라", source_name="라디오")
        return tell("노래입니다.", directives=[song])

    app = Flask("radio")
    app.debug = True  # otherwise the package itself refuses http
    served(browser, register, serve, app, clova)
    browser.get("/extensions/1/info").form("seen").submit(audio_player=flag)
    assert code in tried(browser).text


def test_a_try_counts_until_the_next_change(console, browser, register, serve):
    app, clova = make_app(console, "naver")
    served(browser, register, serve, app, clova)
    assert "Not checked yet" not in browser.get("/extensions/1/reviewing").text
    browser.get("/extensions/1/info").form("seen").submit(provider="보라 상회")
    assert "Not checked yet" in browser.get("/extensions/1/reviewing").text


def test_an_endpoint_that_is_away(browser, register):
    register()
    assert "Enter the endpoint's URL first" in tried(browser).text
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url="http://127.0.0.1:9/clova")
    page = tried(browser)
    assert "answer.none" in page.text
    assert "nothing of what it does could be checked" in page.text


def test_a_home(console, browser, register, serve):
    app = Flask("home")
    clova = Clova(app, extension_id="com.example.pizzabot", platform="naver", public_key=public_key(console))
    clova.user_loader({}.get)
    clova.home.discover(lambda user: [])
    register(kind="home")
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=f"{serve(app)}/clova")
    text = tried(browser).text
    assert "review.token-not-refused" not in text
    assert "Without an access token of a user the appliances cannot be listed." in text


@pytest.mark.parametrize(
    ("language", "told"), [("ko", "심사에서 지적될 사항"), ("ja", "審査で指摘されること")]
)
def test_the_pages_in_korean_and_japanese(console, register, language, told):
    register()
    browser = Browser(console, language=language)
    page = browser.get("/extensions/1/release")
    assert told in page.text
    assert "Missing: " not in page.text
    assert browser.get("/extensions/1/reviewing").status == 200


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("Description for users", {"description": "피자 주문. 문의: 02-1234-5678"}),
        ("Example utterances", {"examples": ["가", "나", "다"]}),
    ],
)
def test_what_is_missing_is_not_said_to_be_fine(browser, register, field, values):
    register()
    told = f"Missing: {field}"
    assert browser.get("/extensions/1/reviewing").text.count(told) == 2  # at C1, and at the rule of the field
    assert browser.get("/extensions/1/release").text.count(field) == 1
    browser.get("/extensions/1/store").form("seen").submit(**values)
    assert told not in browser.get("/extensions/1/reviewing").text


def test_what_a_program_checks_in_part_is_said_to_be_so(browser, register):
    register()
    told = "The program checks a part of this, and found nothing against it."
    assert told in browser.get("/extensions/1/reviewing").text


ORDER = """\
[INTENT SLOT]
menu\tMENU

[INTENT EXPRESSION]
<menu>치즈</menu> 피자 주문해 줘
"""


@pytest.fixture
def with_model(make_console, tmp_path):
    """A console beside an app whose extension has a model."""
    pytest.importorskip("rapidfuzz")
    from tests.devtools.console.test_registering import Beside, described

    folder = tmp_path / "model"
    for name in ("intents", "slot_types"):
        (folder / name).mkdir(parents=True)
    (folder / "model.toml").write_text(
        'language = "ko"\ninvocation_names = ["보라 피자"]\n', encoding="utf-8"
    )
    (folder / "intents/OrderPizza.tsv").write_text(ORDER, encoding="utf-8")
    (folder / "slot_types/MENU.tsv").write_text("치즈\t\n", encoding="utf-8")
    beside = Beside(described(platform="naver", model_folder=str(folder)))
    browser = Browser(make_console(attached=beside))
    next(form for form in browser.get("/").forms if form.action.startswith("/take-over/")).submit()
    return browser


def test_examples_are_tried_against_the_model(with_model):
    started, ordered = "보라 피자 시작해 줘", "보라 피자에게 치즈 피자 주문해 줘"
    examples = [started, ordered, "보라 피자에게 내일 우산 필요할까"]
    with_model.get("/extensions/1/store").form("seen").submit(examples=examples)
    page = with_model.get("/extensions/1/reviewing")
    assert "보라 피자에게 내일 우산 필요할까 is not understood by the model." in page.text
    assert page.text.count("is not understood by the model.") == 1


@pytest.mark.parametrize(
    ("text", "is_told"), [("피자를 주문하는 봇입니다.", True), ("'치즈 피자 주문해 줘'라고 합니다.", False)]
)
def test_the_reviewer_is_told_an_utterance_of_each_intent(with_model, text, is_told):
    with_model.get("/extensions/1/store").form("seen").submit(review_description=text)
    told = "No utterance of OrderPizza is in the text for the reviewer."
    assert (told in with_model.get("/extensions/1/reviewing").text) is is_told


@pytest.mark.parametrize(
    "example", ["피자봇 시작해 줘", "치즈 피자 주문해 줘", "우주여행 가자", "피자헛 시작해 줘"]
)
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "{} does not reach the extension: it does not call it by one of its names (보라 피자)."),
        ("ko", "익스텐션에 전달되지 않습니다: {}. 호출 이름(보라 피자)으로 부르지 않습니다."),
        ("ja", "スキルに届きません：{}。呼び出し名（보라 피자）で呼んでいません。"),
    ],
)
def test_an_example_calls_the_extension_by_its_name(with_model, example, language, told):
    examples = ["보라 피자 시작해 줘", "보라 피자에게 치즈 피자 주문해 줘", example]
    with_model.get("/extensions/1/store").form("seen").submit(examples=examples)
    with_model.headers = {"Accept-Language": language}
    for page in ("reviewing", "release"):
        text = with_model.get(f"/extensions/1/{page}").text
        assert text.count("review.example") == 1
        assert told.format(example) in text
