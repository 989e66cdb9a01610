"""No page in Korean or Japanese has English sentences, whatever is sent to it."""

import io
import re
from urllib.parse import urldefrag, urlsplit

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from flask import Flask

from clova_flask import Clova, ask
from clova_flask.devtools.console.attached.keys import signing_key
from clova_flask.security.devkey import public_pem
from tests.devtools.console.browser import Browser
from tests.devtools.console.english import english_in
from tests.devtools.console.models.pages import zipped

SKIPPED = re.compile(r"/static/|/language|/images/|\.(tsv|csv|zip|yaml|json|png)$|/sign-out|/running")
ODD = '<x> "y" 가'
"""What is entered in each field of each form."""
BAD_FILES = {
    "intents/A.tsv": "before\n[INTENT SLOT]\nslot\n\tT\na b\tT\nx\tT\ty\nx\tX\nx\tX\n[INTENT EXPRESSION]\n"
    "<a\n<x>a<y>b\n"
    "</x>\n<x>a</y>\n<></>\n<x></x>\n<x>a\na\tb\n[OTHER]\n[INTENT SLOT]\n",
    "intents/B.tsv": "",
    "intents/C.tsv": "[INTENT EXPRESSION]\n<x>a</x>",
    "slot_types/D.tsv": "\tsynonym\n[INTENT SLOT]\n",
    "slot_types/E.tsv": "",
    "stray.tsv": "a",
    "model.toml": 'languge = "ko"\nlanguage = 1\ninvocation_names = 1\n',
}

SAID = (
    "/help", "/nonsense", "/launc", "/event", "/event AudioPlayer.PlayFinishd", "/event a=b",
    "/event AudioPlayer.PlayFinished tokn=1", "/event AudioPlayer.PlayFinished token", "/wait", "/wait -1",
    "/wait 5", "/home", "/home TurnOn", "/home TurnOnn lamp-1", "/home SetBrightness lamp-1 brightnes=5",
    "/as", "/as TOKEN-1", "/link", "/link bora", "/unlink", "/token", "/json", "/player", "주문",
    "피자봇 가게에서 페퍼로니 주문해 줘", "피자봇 가게에서 날씨",
)  # fmt: skip
LINES = (
    "a", "a\tb\tc", 'a "b"c"\tOrderPizza', "\tOrderPizza", "a\t", "a\tb c", "<x>a</x>\t-",
    "<x>a</x> <x>b</x>\tA",
    "a\tA\na\tB", "<x>a\tA", "a\tNoIntent", "<y>a</y>\tOrderPizza", "utterance\tintent", f"{'가' * 1000}\tA",
)  # fmt: skip


@pytest.fixture
def endpoint(console, serve):
    with console.app_context():
        key = public_pem(signing_key())
    app = Flask("shop")
    clova = Clova(extension_id=["com.example.a", "com.example.b"], platform="naver", public_key=key)

    @clova.launch
    def welcome():
        return ask("어서 오세요. <몇 판> 드릴까요?")

    clova.init_app(app)
    app.register_error_handler(404, lambda error: ("없습니다.", 404))
    return f"{serve(app)}/clova"


def _pattern(path):
    """Return an address without numbers, but for the extension's, and without the mark of its page."""
    extension, _, rest = path.removeprefix("/extensions/").partition("/")
    return f"{extension}/" + re.sub(r"\d+", "0", re.sub(r"shown=[\w-]*", "shown", rest))


class Walk:
    """Follows every link, and sends every form as it is and with odd text."""

    def __init__(self, browser):
        self.browser, self.seen, self.sent = browser, set(), set()
        self.english = {}

    def look_at(self, page, how=""):
        assert page.status < 500, page.path
        for run in english_in(page.html):
            self.english.setdefault(run, f"{page.path} {how}")

    def go(self, path):
        path = urldefrag(path).url
        pattern = _pattern(path)
        if pattern in self.seen or SKIPPED.search(urlsplit(path).path) or "://" in path:
            return
        self.seen.add(pattern)
        page = self.browser.get(path)
        self.look_at(page)
        self.send(page)
        for link in page.links:
            if link.startswith("/"):
                self.go(link)

    def send(self, page):
        for form in page.forms:
            action = _pattern(form.action)
            key = (action, *sorted(form.types), *form.buttons)
            if (
                form.method == "get"
                or key in self.sent
                or SKIPPED.search(action)
                or action.endswith("/delete")
            ):
                continue
            self.sent.add(key)
            odd = {name: ODD for name, kind in form.types.items() if kind in ("text", "textarea", "search")}
            for values in ({}, odd):
                for button in form.buttons[:1] or [None]:
                    self.look_at(form.submit(button, **values), f"{action} {button} {sorted(values)}")


@pytest.fixture(params=["ko", "ja"])
def walk(request, console):
    return Walk(Browser(console, language=request.param))


def register(browser, endpoint, platform, kind, extension_id):
    page = browser.get(f"/register/{platform}/{kind}")
    key = page.form("extension_id").submit(extension_id=extension_id, name="피자봇 가게").path.split("/")[2]
    browser.get(f"/extensions/{key}/server").form("seen").submit(endpoint_url=endpoint)
    return key


@pytest.fixture
def custom(walk, endpoint):
    """A custom extension with an intent, a slot type and a set; returns the way to it."""
    key = register(walk.browser, endpoint, "naver", "custom", "com.example.a")
    browser, model = walk.browser, f"/extensions/{key}/model"
    browser.get(model).form("words").submit(type="PIZZA_TYPE", words="페퍼로니, 페페로니\n불고기")
    page = browser.get(model).form("intent").submit(intent="OrderPizza")
    page = page.form("new-slot").submit(("do", "new-slot"), **{"new-slot": "pizza", "type": "PIZZA_TYPE"})
    form = next(form for form in page.forms if form.types.get("lines") == "textarea")
    form.submit(("do", "add"), lines="<pizza>페퍼로니</pizza> 주문해 줘\n<pizza>불고기</pizza> 하나 시켜 줘")
    browser.get(f"/extensions/{key}/evaluate").form("name").submit(
        name="회귀", lines="페퍼로니 주문해 줘\tOrderPizza"
    )
    return f"/extensions/{key}"


def test_every_page_and_every_form(walk, custom, endpoint):
    pytest.importorskip("rapidfuzz")
    register(walk.browser, endpoint, "line", "custom", "com.example.b")
    register(walk.browser, endpoint, "naver", "home", "com.example.c")
    walk.browser.get(f"{custom}/model").form_to("build").submit()
    walk.go("/")
    assert len(walk.seen) > 60
    assert len(walk.sent) > 60
    assert walk.english == {}


def test_problems_of_files(walk, custom):
    for path, text in BAD_FILES.items():
        form = walk.browser.get(f"{custom}/model/files/all").form("file")
        page = form.submit(file=(io.BytesIO(zipped((path, text))), "model.zip"))
        assert page.status == 422
        walk.look_at(page)
    assert walk.english == {}


def test_lines_of_a_conversation(walk, custom):
    pytest.importorskip("rapidfuzz")
    walk.browser.get(f"{custom}/model").form_to("build").submit()
    for line in ("/end", "/silence", *SAID, "/launch", *SAID):
        page = walk.browser.get(f"{custom}/test/").form("line").submit(line=line)
        walk.look_at(page, line)
    walk.look_at(walk.browser.get(f"{custom}/test/history"))
    assert walk.english == {}


def test_problems_of_a_set(walk, custom):
    for lines in LINES:
        page = walk.browser.get(f"{custom}/evaluate").form("name").submit(name=lines[:20], lines=lines)
        walk.look_at(page, lines)
    assert walk.english == {}


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/", "http://nowhere.invalid/", "https://{host}/", "http://{host}/"]
)
def test_problems_of_a_delivery(walk, custom, endpoint, address):
    url = address.format(host=urlsplit(endpoint).netloc)
    walk.browser.get(f"{custom}/server").form("seen").submit(endpoint_url=url)
    walk.look_at(walk.browser.get(f"{custom}/connection").form("csrf_token").submit())
    walk.look_at(walk.browser.get(f"{custom}/test/").form("line").submit(line="/launch"))
    walk.look_at(walk.browser.get(f"{custom}/release").form_to("tries").submit())
    assert walk.english == {}
