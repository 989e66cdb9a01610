"""The steps of an extension's form."""

import hashlib
import io
import threading
from datetime import timedelta
from html import escape

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from PIL import Image

from clova_flask.devtools.console.fields.rows import Kind
from clova_flask.devtools.console.fields.tables import FORMS
from tests.devtools.console.browser import Browser

TEXTS = {
    Kind.TEXT: "보라의 피자 가게 & <b>さくら</b>",
    Kind.PARAGRAPH: "첫 줄\n\n<script>alert(1)</script>\n끝",
    Kind.EMAIL: "bora@example.com",
    Kind.URL: "https://example.com/피자?a=1&b=2",
}
STEPS = [(kind, platform, step.name) for (kind, platform), steps in FORMS.items() for step in steps]


def entered(row):
    if row.kind in TEXTS:
        return TEXTS[row.kind][: row.max_length]
    if row.kind is Kind.TEXTS:
        return [f"피자 {n}" for n in range(row.max_count)]
    if row.kind is Kind.LINES:
        return "one.example.com\r\ntwo.example.com"
    return {Kind.YES_NO: "yes", Kind.AGREED: "y"}.get(row.kind, row.choices[-1][0] if row.choices else None)


@pytest.mark.parametrize(("kind", "platform", "name"), STEPS)
def test_what_is_entered_is_kept(browser, register, kind, platform, name):
    register(platform, kind)
    step = next(step for step in FORMS[kind, platform] if step.name == name)
    rows = [row for row in step.fields if not row.fixed and entered(row)]
    page = browser.get(f"/extensions/1/{name}")
    given = {row.name: entered(row) for row in rows}
    saved = page.form("seen").submit(**given)
    assert "Saved." in saved.text, saved.text
    values = browser.get(f"/extensions/1/{name}").form("seen").values
    for row in rows:
        wanted = given[row.name] if isinstance(given[row.name], list) else [given[row.name]]
        shown = [text for text in values[row.name] if text]
        assert [text.replace("\r\n", "\n") for text in shown] == [
            text.replace("\r\n", "\n") for text in wanted
        ]


@pytest.mark.parametrize(("kind", "platform", "name"), STEPS)
def test_an_empty_step_can_be_saved(browser, register, kind, platform, name):
    register(platform, kind)
    assert "Saved." in browser.get(f"/extensions/1/{name}").form("seen").submit().text


def test_what_is_entered_is_no_markup(browser, register):
    register(name="<img src=x onerror=alert(1)>")
    for path in ("/", "/extensions/1/info", "/extensions/1/delete", "/extensions/1/history"):
        assert "<img src=x" not in browser.get(path).html


REFUSED = [
    ("naver", "custom", "info", {"contact": "bora"}, "must be an e-mail address"),
    ("naver", "custom", "info", {"testers": "\n".join(f"tester{n}" for n in range(11))}, "at most 10"),
    ("naver", "custom", "info", {"testers": "bora\nbora"}, "twice"),
    ("naver", "custom", "info", {"language": "ja"}, ""),
    ("naver", "custom", "server", {"endpoint_url": "example.com/clova"}, "must be a URL"),
    ("naver", "custom", "server", {"endpoint_url": "ftp://example.com"}, "must be a URL"),
    ("naver", "custom", "server", {"endpoint_url": "https://user:pw@example.com/"}, "user's name"),
    ("naver", "custom", "server", {"endpoint_url": "https://example.com:port/"}, "must be a URL"),
    ("naver", "custom", "server", {"token_url": "http://example.com/token"}, "must begin with https"),
    ("naver", "custom", "server", {"scopes": "read write"}, "no spaces"),
    ("naver", "custom", "server", {"scopes": "\n".join(f"s{n}" for n in range(16))}, "at most 15"),
    ("naver", "custom", "server", {"client_authentication": "Digest"}, "not one of the choices"),
    ("naver", "custom", "store", {"description": "가" * 501}, "at most 500"),
    ("naver", "custom", "store", {"summary": "가" * 201}, "at most 200"),
    ("naver", "custom", "store", {"keywords": "가" * 101}, "at most 100"),
    ("line", "custom", "info", {"invocation_name": "ピ" * 31}, "at most 30"),
    ("line", "custom", "review", {"review_description": "ピ" * 5001}, "at most 5000"),
]


@pytest.mark.parametrize(
    ("platform", "kind", "name", "given", "told"),
    REFUSED,
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_what_cannot_be_stored_is_told_beside_its_field(browser, register, platform, kind, name, given, told):
    register(platform, kind)
    form = browser.get(f"/extensions/1/{name}").form("seen")
    form.types |= dict.fromkeys(given, "text")
    page = form.submit(**given)
    if told:
        assert page.status == 422
        assert told in page.text
    stored = browser.get(f"/extensions/1/{name}").form("seen").values
    for field, value in given.items():
        assert stored.get(field) != [value]


def test_what_was_entered_stays_on_the_page_that_refuses_it(browser, register):
    register()
    page = browser.get("/extensions/1/info").form("seen").submit(contact="보라", provider="보라 상회")
    assert page.form("seen").values["contact"] == ["보라"]
    assert page.form("seen").values["provider"] == ["보라 상회"]


REMARKS = [
    ("info", {"invocation_names": ["클로바 피자", "", ""]}, "클로바"),
    ("info", {"invocation_names": ["피자", "", ""]}, "a single word"),
    ("server", {"endpoint_url": "http://127.0.0.1:5000/clova"}, "own machine"),
    ("server", {"endpoint_url": "http://example.com/clova"}, "needs https"),
    ("server", {"endpoint_url": "https://example.com:8443/clova"}, "port 443"),
]


@pytest.mark.parametrize(
    ("name", "given", "told"),
    REMARKS,
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_what_a_review_would_refuse_is_stored_with_a_remark(browser, register, name, given, told):
    register()
    page = browser.get(f"/extensions/1/{name}").form("seen").submit(**given)
    assert "Saved." in page.text
    assert told in page.text


def test_a_secret_is_kept_and_not_shown(browser, register):
    register()
    page = browser.get("/extensions/1/server").form("seen").submit(client_secret="비밀-abc-123")
    assert "비밀-abc-123" not in page.html
    assert "Kept. Enter another to replace it." in page.html
    page = page.form("seen").submit(client_id="clova")
    assert "Kept. Enter another to replace it." in page.html


def test_two_browsers_do_not_overwrite_each_other(console, browser, register):
    register()
    other = Browser(console)
    mine, theirs = browser.get("/extensions/1/info"), other.get("/extensions/1/info")
    theirs.form("seen").submit(provider="さくら商店")
    page = mine.form("seen").submit(provider="보라 상회")
    assert "changed elsewhere" in page.text
    assert page.form("seen").values["provider"] == ["보라 상회"]
    assert browser.get("/extensions/1/info").form("seen").values["provider"] == ["さくら商店"]
    page = page.form("seen").submit()
    assert "Saved." in page.text
    assert browser.get("/extensions/1/info").form("seen").values["provider"] == ["보라 상회"]


def test_two_browsers_on_different_steps_do_not_meet(console, browser, register):
    register()
    mine, theirs = browser.get("/extensions/1/info"), Browser(console).get("/extensions/1/privacy")
    assert "Saved." in theirs.form("seen").submit(purchases="no").text
    assert "Saved." in mine.form("seen").submit(provider="보라 상회").text


def test_what_a_review_needs_is_counted(browser, register):
    register()
    page = browser.get("/extensions/1/privacy")
    assert "Privacy and compliance 3" in page.text
    page = page.form("seen").submit(purchases="no", personal_data="no", minors="yes")
    assert "Privacy and compliance ✓" in page.text


def test_fields_of_account_linking_count_when_there_is_linking(browser, register):
    register()
    page = browser.get("/extensions/1/server")
    page = page.form("seen").submit(
        endpoint_url="https://example.com/", trusted_certificate="y", account_linking="no"
    )
    assert "Server ✓" in page.text
    assert "Server 4" in page.form("seen").submit(account_linking="yes").text


def test_a_home_is_always_linked(browser, register):
    register(kind="home")
    page = browser.get("/extensions/1/server")
    assert "account_linking" not in page.form("seen").types
    assert "Server 6" in page.text


def picture(width, height, kind="PNG"):
    content = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(content, kind)
    return content.getvalue()


def upload(browser, content, name="small_icon", step="store", file="아이콘.png"):
    form = browser.get(f"/extensions/1/{step}").form("seen")
    return form.submit(**{name: [(io.BytesIO(content), file)]})


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_an_icon(browser, register, kind):
    register()
    page = upload(browser, picture(108, 108, kind))
    assert "Saved." in page.text
    shown = next(part.split('"')[0] for part in page.html.split('src="')[1:] if part.startswith("/images/"))
    image = browser.get(shown)
    assert image.response.mimetype == f"image/{kind.lower()}"
    assert image.response.data == picture(108, 108, kind)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (picture(107, 108), "must have 108×108 pixels, not 107×108"),
        (picture(108, 108, "GIF"), "not a PNG or JPG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG or JPG"),
        (picture(108, 108)[:60], "not a PNG or JPG"),
        (b"", "not a PNG or JPG"),
    ],
    ids=["size", "gif", "svg", "cut", "empty"],
)
def test_what_is_no_icon(browser, register, content, told):
    register()
    page = upload(browser, content)
    assert page.status == 422
    assert told in page.text


def test_an_icon_has_a_limit(browser, register, monkeypatch):
    register()
    monkeypatch.setattr("clova_flask.devtools.console.images.MAX_BYTES", 100)
    page = upload(browser, picture(108, 108))
    assert page.status == 422
    assert "more than" in page.text


def test_appliances_and_their_models(browser, register):
    register(kind="home")
    page = browser.get("/extensions/1/appliances")
    page = page.form("seen").submit(("more", ""), add="LIGHT")
    page = page.form("seen").submit(("more", ""), add="AIRCONDITIONER")
    form = page.form("seen")
    page = form.submit(**{"model-LIGHT": ["밝은 등 2", ""], "url-LIGHT": ["https://example.com/등", ""]})
    assert "Saved." in page.text
    assert page.form("seen").values["model-LIGHT"] == ["밝은 등 2", ""]
    page = page.form("seen").submit(("remove", "AIRCONDITIONER"))
    assert page.form("seen").values["type"] == ["LIGHT"]
    assert page.form("seen").values["model-LIGHT"] == ["밝은 등 2", ""]


@pytest.mark.parametrize(
    ("model", "url", "told"),
    [
        ("등" * 33, "", "more than 32"),
        ("", "https://example.com", "no name"),
        ("등", "example", "must be a URL"),
    ],
)
def test_models_that_cannot_be_stored(browser, register, model, url, told):
    register(kind="home")
    page = browser.get("/extensions/1/appliances").form("seen").submit(("more", ""), add="LIGHT")
    page = page.form("seen").submit(**{"model-LIGHT": [model], "url-LIGHT": [url]})
    assert page.status == 422
    assert told in page.text
    assert page.form("seen").values["model-LIGHT"][0] == model


def test_push_messages(browser, register):
    register(kind="home")
    page = browser.get("/extensions/1/push")
    page = page.form("seen").submit(("renew", "1"), use="yes", text="{appliance}에서 가스가 샙니다.")
    assert "{appliance}에서 가스가 샙니다." in page.text
    assert "test-msg-" in page.text
    message_id = next(value for name, value in page.form("seen").buttons if name == "drop")
    assert message_id not in page.form("seen").submit(("drop", message_id)).text


@pytest.mark.parametrize(
    ("language", "unknown", "missing"),
    [
        (
            "en",
            "The platform puts nothing in the place of {applience}.",
            "Which device it is about is not told.",
        ),
        ("ko", "플랫폼이 값을 넣지 않는 자리입니다: {applience}.", "어느 기기인지 알 수 없습니다."),
        ("ja", "プラットフォームが値を入れない箇所です：{applience}。", "どの機器か分かりません。"),
    ],
)
def test_places_of_push_messages(browser, register, language, unknown, missing):
    register(kind="home")
    browser.headers["Accept-Language"] = language
    page = browser.get("/extensions/1/push").form("seen").submit(text="{applience}에서 가스가 샙니다.")
    assert page.status == 422
    assert unknown in page.text
    assert 'id="push-error"' in page.html
    assert "{applience}에서 가스가 샙니다." in page.form("seen").values["text"]
    page = page.form("seen").submit(text="{appliance}에서 가스가 샙니다.")
    assert missing not in page.text
    page = page.form("seen").submit(text="가스가 샙니다.")
    assert page.status == 200
    assert missing in page.text


def test_ten_push_messages_at_most(browser, register):
    register(kind="home")
    page = browser.get("/extensions/1/push")
    for number in range(10):
        page = page.form("seen").submit(text=f"위험 {number}")
    page = page.form("seen").submit(text="위험 10")
    assert page.status == 422
    assert "There are 10 messages already." in page.text


@pytest.mark.parametrize(
    "path", ["/extensions/7/info", "/extensions/1/nothing", "/extensions/1/info?version=9"]
)
def test_what_is_not_there(browser, register, path):
    register()
    assert browser.get(path).status == 404


def meet(console, browser, path, theirs, mine, **button):
    """Two browsers open a page; the other saves first, then this one."""
    shown = browser.get(path)
    assert "Saved." in Browser(console).get(path).form("seen").submit(**theirs).text
    return shown.form("seen").submit(**mine, **button)


CONFLICTS = [
    ("custom", "info", {"provider": "さくら商店"}, {"provider": "보라 상회"}, ["さくら商店"]),
    ("custom", "info", {"invocation_names": ["꽃집"]}, {"invocation_names": ["피자"]}, ["꽃집"]),
    ("custom", "info", {"testers": "bora\nsora"}, {"testers": "mira"}, ["bora", "sora"]),
    ("custom", "info", {"audio_player": "yes"}, {"audio_player": "no", "provider": "보라"}, None),
    ("custom", "server", {"account_linking": "yes"}, {"account_linking": "no"}, None),
    ("custom", "server", {"token_url": "https://a.example/t"}, {"token_url": "https://b.example/t"}, ["https://a.example/t"]),
    ("custom", "store", {"category": "food"}, {"category": "game"}, ["Food and drink (음식 & 음료)"]),
    ("custom", "store", {"description": "두\n줄"}, {"description": "한 줄"}, ["두 줄"]),
    ("custom", "privacy", {"purchases": "yes"}, {"purchases": "no"}, ["Yes"]),
    ("home", "push", {"use": "yes"}, {"text": "가스가 샙니다."}, ["Yes"]),
    ("home", "appliances", {"add": "LIGHT"}, {"add": "OVEN"}, ["LIGHT"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "name", "theirs", "mine", "told"), CONFLICTS, ids=range(len(CONFLICTS)))
def test_what_was_stored_meanwhile_stands_beside_what_was_entered(
    console, browser, register, kind, name, theirs, mine, told
):
    register(kind=kind)
    path = f"/extensions/1/{name}"
    page = meet(console, browser, path, theirs, mine)
    if told is None:  # what this one has left alone stays as the other has stored it
        assert "Changed elsewhere meanwhile, and kept so:" in page.text
        [(field, value)] = theirs.items()
        assert browser.get(path).form("seen").values[field] == [value]
        return
    assert page.status == 409
    assert "Meanwhile this page was changed elsewhere, and nothing of yours is stored yet." in page.text
    beside = page.text.partition("Stored meanwhile:")[2].partition("Save what I entered")[0]
    assert [text for text in told if text not in beside] == []
    field = next(one for one in page.form("seen").types if one.startswith("take-")).removeprefix("take-")
    before = browser.get(path).form("seen").values
    taken = page.form("seen").submit(**{f"take-{field}": "stored"})
    assert "Saved." in taken.text
    assert comparable(browser.get(path)) == comparable_of(before)


def comparable(page):
    return comparable_of(page.form("seen").values)


def comparable_of(values):
    return {name: value for name, value in values.items() if name not in ("csrf_token", "once", "seen")}


def test_a_secret_that_was_stored_meanwhile_is_not_shown_and_not_overwritten(console, browser, register):
    register()
    page = meet(
        console,
        browser,
        "/extensions/1/server",
        {"client_secret": "their-secret"},
        {"client_secret": "my-secret"},
    )
    assert page.status == 409
    assert "Meanwhile another was stored. Enter yours again to replace it." in page.text
    assert "their-secret" not in page.html
    assert "my-secret" not in page.html
    page.form("seen").submit()
    assert stored_in(console, "client_secret") == "their-secret"
    browser.get("/extensions/1/server").form("seen").submit(client_secret="my-secret")
    assert stored_in(console, "client_secret") == "my-secret"


def stored_in(console, name):
    from clova_flask.devtools.console.records import Version, db

    with console.app_context():
        return db.session.get(Version, 1).values.get(name)


def uploaded(*size):
    return [(io.BytesIO(picture(*size)), "아이콘.png")]


def images_in(console):
    from clova_flask.devtools.console.records import Image, db

    with console.app_context():
        return {image.digest: image.at for image in db.session.query(Image)}


def test_an_image_is_kept_where_another_field_cannot_be_stored(console, browser, register):
    register()
    form = browser.get("/extensions/1/store").form("seen")
    page = form.submit(small_icon=uploaded(108, 108), large_icon=uploaded(512, 512), summary="가" * 201)
    assert page.status == 422
    assert page.text.count("Chosen, and not saved yet.") == 2
    assert stored_in(console, "small_icon") is None
    page = page.form("seen").submit(("next", "1"), summary="피자", **{"large_icon-leave": "y"})
    assert "Saved." in page.text
    assert stored_in(console, "small_icon") in images_in(console)
    assert stored_in(console, "large_icon") is None


def test_another_image_goes_before_the_one_that_was_kept(console, browser, register):
    register()
    page = browser.get("/extensions/1/store").form("seen")
    page = page.submit(small_icon=uploaded(108, 108), summary="가" * 201)
    content = [(io.BytesIO(picture(108, 108, "JPEG")), "아이콘.jpg")]
    page = page.form("seen").submit(small_icon=content, summary="피자")
    assert "Saved." in page.text
    digest = hashlib.sha256(picture(108, 108, "JPEG")).hexdigest()
    assert stored_in(console, "small_icon") == digest


def test_an_image_that_waits_must_be_one_that_fits(console, browser, register):
    register()
    page = browser.get("/extensions/1/store").form("seen")
    page = page.submit(small_icon=uploaded(108, 108), large_icon=uploaded(512, 512), summary="가" * 201)
    form = page.form("seen")
    for digest in (*form.values["large_icon-waiting"], "0" * 64, "x\0"):
        page = form.submit(summary="피자", **{"small_icon-waiting": digest})
        assert page.status == 422
        assert "is not there any more. Choose it again." in page.text


def test_images_that_wait_are_few_and_not_for_ever(console, browser, register, monkeypatch):
    from clova_flask.devtools.console import images

    register()
    browser.get("/extensions/1/store").form("seen").submit(small_icon=uploaded(108, 108))
    kept = stored_in(console, "small_icon")
    monkeypatch.setattr(images, "MAX_WAITING", 2)
    form = browser.get("/extensions/1/store").form("seen")
    for colour in ("red", "blue", "black", "pink"):
        content = io.BytesIO()
        Image.new("RGB", (108, 108), colour).save(content, "PNG")
        form.submit(small_icon=[(io.BytesIO(content.getvalue()), "a.png")], summary="가" * 201)
    assert len(images_in(console)) == 4  # the stored one, the two that may wait, and the one that came last
    monkeypatch.setattr(images, "MAX_AGE", timedelta(0))
    form.submit(small_icon=[(io.BytesIO(picture(108, 108, "JPEG")), "a.jpg")], summary="가" * 201)
    assert set(images_in(console)) == {kept, hashlib.sha256(picture(108, 108, "JPEG")).hexdigest()}


def test_an_image_that_was_stored_meanwhile_stands_beside(console, browser, register):
    register()
    theirs = {"small_icon": [(io.BytesIO(picture(108, 108, "JPEG")), "a.jpg")]}
    page = meet(console, browser, "/extensions/1/store", theirs, {"small_icon": uploaded(108, 108)})
    assert page.status == 409
    assert page.html.partition('id="small_icon-stored"')[2].count(stored_in(console, "small_icon")) == 1
    assert "Saved." in page.form("seen").submit().text
    assert stored_in(console, "small_icon") == hashlib.sha256(picture(108, 108)).hexdigest()


def test_a_message_that_is_typed_stays_where_it_cannot_be_stored(browser, register):
    register(kind="home")
    browser.get("/extensions/1/push").form("seen").submit(text="가스가 샙니다.")
    page = browser.get("/extensions/1/push").form("seen").submit(("renew", "1"), text="가스가 샙니다.")
    assert page.status == 422
    assert page.form("seen").values["text"] == ["가스가 샙니다."]
    assert "none yet" in page.text  # a key that is not stored is not shown


@pytest.mark.parametrize(
    ("language", "platform", "told"),
    [
        ("en", "naver", "Food and drink (음식 & 음료)"),
        ("ko", "naver", "음식 & 음료"),
        ("ja", "naver", "フード・ドリンク (음식 & 음료)"),
        ("en", "line", "Food and drink (フード・ドリンク)"),
        ("ja", "line", "フード・ドリンク"),
    ],
)
def test_a_category_is_named_in_the_language_of_the_page_too(browser, register, language, platform, told):
    register(platform=platform)
    browser.headers["Accept-Language"] = language
    assert f">{escape(told)}</option>" in browser.get("/extensions/1/store").html


def test_the_same_image_of_two_browsers_at_once(console, register, monkeypatch):
    from clova_flask.devtools.console import images

    register()
    both, drop_forgotten, pages = threading.Barrier(2, timeout=15), images._drop_forgotten, []

    def when_both_have_looked():
        both.wait()
        drop_forgotten()

    monkeypatch.setattr(images, "_drop_forgotten", when_both_have_looked)
    forms = [Browser(console).get("/extensions/1/store").form("seen") for _ in range(2)]
    threads = [
        threading.Thread(target=lambda form=form: pages.append(form.submit(small_icon=uploaded(108, 108))))
        for form in forms
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [page.status for page in pages] == [200, 200]
    assert list(images_in(console)) == [stored_in(console, "small_icon")]


def test_an_image_waits_for_a_day_since_its_form_was_sent_last(console, browser, register):
    from clova_flask.devtools.console.records import Image as Stored
    from clova_flask.devtools.console.records import db, now

    register()
    form = browser.get("/extensions/1/store").form("seen")
    page = form.submit(small_icon=uploaded(108, 108), summary="가" * 201)
    almost = now() - timedelta(hours=23)
    with console.app_context():
        db.session.query(Stored).update({"at": almost})
        db.session.commit()
    assert page.form("seen").submit().status == 422
    [at] = images_in(console).values()
    assert now() - at < timedelta(hours=1)


def push_of(console):
    stored = stored_in(console, "push")
    return stored["key"], [one["text"] for one in stored["messages"]]


def test_a_button_of_a_refused_page_is_pressed_with_the_next(console, browser, register):
    register(kind="home")
    path = "/extensions/1/push"
    for text in ("가스가 샙니다.", "물이 샙니다."):
        browser.get(path).form("seen").submit(text=text)
    drop = next(one for one in browser.get(path).form("seen").buttons if one[0] == "drop")
    page = browser.get(path)
    assert "Saved." in Browser(console).get(path).form("seen").submit(text="불이 났습니다.").text
    page = page.form("seen").submit(drop)
    assert page.status == 409
    assert "Remove it when the page is saved" in page.text
    page = page.form("seen").submit()
    assert "Saved." in page.text
    assert push_of(console) == ("", ["물이 샙니다.", "불이 났습니다."])
    page = page.form("seen").submit(("renew", "1"), text="물이 샙니다.")
    assert page.status == 422
    assert "Make a new key when the page is saved" in page.text
    assert "Saved." in page.form("seen").submit(text="", renew=[]).text
    assert push_of(console)[0] == ""
    assert "Saved." in page.form("seen").submit(text="").text
    assert len(push_of(console)[0]) == 32


def test_two_buttons_of_refused_pages_are_both_pressed(console, browser, register):
    register(kind="home")
    path = "/extensions/1/push"
    for text in ("가스가 샙니다.", "물이 샙니다.", "불이 났습니다."):
        browser.get(path).form("seen").submit(text=text)
    first, second, _ = (one for one in browser.get(path).form("seen").buttons if one[0] == "drop")
    page = browser.get(path).form("seen").submit(first, text="불이 났습니다.")
    form = page.form("seen")
    form.values["drop"].append(second[1])
    assert "Saved." in form.submit(text="").text
    assert push_of(console)[1] == ["불이 났습니다."]


@pytest.mark.parametrize("before", ["", "old-secret"])
def test_a_secret_of_a_refused_page_is_asked_for_again(console, browser, register, before):
    register()
    browser.get("/extensions/1/server").form("seen").submit(client_secret=before)
    form = browser.get("/extensions/1/server").form("seen")
    page = form.submit(client_secret="비밀-abc-123", token_url="nonsense")
    assert page.status == 422
    assert "비밀-abc-123" not in page.html
    assert "Enter it again; it is not stored yet." in page.text
    shown = page.html.partition('id="client_secret"')[2].partition(">")[0]
    assert 'aria-invalid="true"' in shown
    assert "client_secret-error" in shown
    page = page.form("seen").submit(client_secret="비밀-abc-123", token_url="https://example.com/token")
    assert "Saved." in page.text
    assert "Enter it again" not in page.text
    assert stored_in(console, "client_secret") == "비밀-abc-123"


def test_a_secret_is_asked_for_again_where_another_field_was_changed_meanwhile(console, browser, register):
    register()
    theirs = {"token_url": "https://a.example/t"}
    mine = {"token_url": "https://b.example/t", "client_secret": "my-secret"}
    page = meet(console, browser, "/extensions/1/server", theirs, mine)
    assert "Enter it again; it is not stored yet." in page.text
    assert "my-secret" not in page.html
