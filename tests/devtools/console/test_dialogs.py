"""Conversations that are saved as dialog tests."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")
pytest.importorskip("yaml")

from clova_flask.devtools.console.attached.described import Described
from clova_flask.devtools.console.attached.keys import signing_key
from clova_flask.devtools.console.attached.process import AttachedApp
from clova_flask.devtools.console.attached.project import FileIsThere, ProjectError, path_within, write_file
from clova_flask.security.devkey import public_pem
from tests.devtools.console.browser import Browser

SAMPLE = Path(__file__).parents[3] / "sample_app"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of the sample app's project, where a developer's console is started."""
    folder = tmp_path / "project"
    shutil.copytree(SAMPLE, folder / "sample_app", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def console(make_console, project):
    attached = AttachedApp("sample_app", 1)
    attached._described = [
        Described(
            name="clova",
            kind="custom",
            platform="naver",
            extension_id="com.example.pizzabot",
            path="/clova",
            model_folder=str(project / "sample_app" / "interaction_model"),
        )
    ]
    return make_console(attached=attached)


@pytest.fixture
def browser(console):
    return Browser(console)


@pytest.fixture
def extension(console, browser, register, serve, tmp_path):
    pytest.importorskip("rapidfuzz")
    pytest.importorskip("authlib")
    from sample_app import create_app
    from sample_app.home.database import EXTENSION

    with console.app_context():
        key = public_pem(signing_key())
    url = f"sqlite:///{tmp_path}/sample.sqlite"
    app = create_app({"SAMPLE_DATABASE_URL": url, "CLOVA_PUBLIC_KEY": key, "DEBUG": True})
    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=f"{serve(app)}/clova")
    yield
    app.extensions[EXTENSION].close()


@pytest.fixture
def bare(register):
    """An extension without an endpoint: messages are made, and nothing answers."""
    register()


def say(browser, *lines):
    for line in lines:
        page = browser.get("/extensions/1/test/").form("line").submit(line=line)
    return page


def dialog_page(browser, page=None):
    page = page or browser.get("/extensions/1/test/")
    return browser.get(next(link for link in page.links if "/dialogs/" in link))


def run_pytest(project, *paths):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *paths]
    environ = {**os.environ, "PYTHONPATH": str(project)}
    return subprocess.run(command, cwd=project, env=environ, capture_output=True, text=True, check=False)


ORDER = [
    "피자봇 시작해 줘",
    "/silence",
    "피자 주문할래",
    "저녁 일곱 시까지 페퍼로니 두 판 주문해 줘",
    "/json",
    "네",
    "피자봇에게 노래 틀어 줘",
    "/wait 10.5",
    "/player",
    "피자봇에게 30분 뒤까지 고구마 세 판 주문해 줘",
    "/end",
    "/launch",
]


def test_a_saved_conversation_passes_in_the_projects_own_pytest(browser, extension, project):
    say(browser, *ORDER)
    page = dialog_page(browser)
    form = page.form("path")
    assert "Left out, since no test can have it: /json" in page.text
    assert form.values["path"] == ["sample_app/tests/order-pizza.dialog.yaml"]
    saved = form.submit()
    assert "Saved. Run it by: pytest sample_app/tests/order-pizza.dialog.yaml" in saved.text
    path = project / "sample_app/tests/order-pizza.dialog.yaml"
    text = path.read_text(encoding="utf-8")
    for part in ("- silence:", "say: 네", "wait: 10.5", "state: confirm", "AudioPlayer.Play", "- end:"):
        assert part in text
    done = run_pytest(project, str(path))
    assert "1 passed" in done.stdout, done.stdout + done.stderr
    path.write_text(text.replace("피자 2판", "피자 9판"), encoding="utf-8")
    assert "1 failed" in run_pytest(project, str(path)).stdout


def test_a_file_that_is_there_is_replaced_only_as_it_was_shown(browser, extension, project):
    say(browser, "/launch")
    form = dialog_page(browser).form("path")
    path = project / "sample_app/tests/order.dialog.yaml"
    before = path.read_text(encoding="utf-8")
    page = form.submit(path="sample_app/tests/order.dialog.yaml")
    assert page.status == 409
    assert "order.dialog.yaml is there already." in page.text
    assert "-name: 주문" in page.html
    assert path.read_text(encoding="utf-8") == before
    form = page.form("path")
    assert form.submit().status == 409  # without the tick
    path.write_text(f"{before}# 그사이에\n", encoding="utf-8")
    page = form.submit(replace="1")
    assert page.status == 409
    assert "-# 그사이에" in page.html
    assert page.form("path").submit(replace="1").status == 200
    assert path.read_text(encoding="utf-8").startswith("turns:\n- launch:\n")


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("../outside.dialog.yaml", "no .. and nothing hidden"),
        ("/tmp/outside.dialog.yaml", "no .. and nothing hidden"),
        ("tests/../../outside.dialog.yaml", "no .. and nothing hidden"),
        ("..\\outside.dialog.yaml", "no .. and nothing hidden"),
        (".git/hooks/x.dialog.yaml", "no .. and nothing hidden"),
        ("out/outside.dialog.yaml", "A link leads out of the project."),
        ("loop/outside.dialog.yaml", ""),
        ("tests/conftest.py", "must end with .dialog.yaml"),
        (".dialog.yaml", "must end with .dialog.yaml"),
        ("", "must end with .dialog.yaml"),
        ("a\0b.dialog.yaml", "printable characters"),
        ("a" * 300 + ".dialog.yaml", "printable characters"),
        ("README.md/x.dialog.yaml", "cannot be read or written"),
    ],
    ids=range(13),
)
def test_nothing_is_written_outside_of_the_project(browser, bare, project, tmp_path, path, error):
    (project / "out").symlink_to(tmp_path)
    (project / "loop").symlink_to(project / "loop")
    (project / "README.md").write_text("피자")
    say(browser, "/launch")
    before = sorted(tmp_path.rglob("*.dialog.yaml"))
    page = dialog_page(browser).form("path").submit(path=path)
    assert page.status == 422
    assert error in page.text
    assert sorted(tmp_path.rglob("*.dialog.yaml")) == before


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("turns:\n- lunch:\n", "x.dialog.yaml:2: 'lunch' is not a key here. Did you mean 'launch'?"),
        ("turns: [", "This is not YAML"),
        ("", "must have a list of 'turns'"),
        ("a: &a [*a]\nturns: [launch]", "'a' is not a key here."),
        ("turns: " + "[" * 3000, ""),
        ("#" * 300_000, "at most 262144 characters"),
    ],
    ids=range(6),
)
def test_the_text_may_be_changed_and_must_stay_a_transcript(browser, bare, project, text, error):
    say(browser, "/launch")
    form = dialog_page(browser).form("path")
    page = form.submit(text=text, path="x.dialog.yaml")
    assert page.status == 422
    assert error in page.text
    assert not (project / "x.dialog.yaml").exists()
    assert (
        browser.post(form.action.replace("/save", "/download"), form.values | {"text": [text]}).status == 422
    )


def test_without_an_app_beside_it_is_a_download(make_console, console, bare, browser):
    say(browser, "/launch", "/as secret-token-1", "/launch")
    alone = Browser(make_console())
    page = dialog_page(alone, alone.get("/extensions/1/test/turns/1"))
    form = page.form("text")
    assert "path" not in form.types
    assert "An account was linked." in page.text
    assert "secret-token-1" not in page.html
    sent = alone.post(form.action.replace("/save", "/download"), form.values)
    assert sent.response.headers["Content-Disposition"] == "attachment; filename=launch.dialog.yaml"
    assert sent.html == form.values["text"][0]
    assert alone.post(form.action, form.values).status == 404


def test_another_screen_and_user_are_in_the_test(browser, bare, project):
    browser.get("/extensions/1/test/").form("user_id").submit(user_id="보라", screen="s100")
    say(browser, "/launch")
    text = dialog_page(browser).form("text").values["text"][0]
    assert text.startswith("as: {user_id: 보라, screen: s100}\nturns:\n")


def test_an_answer_that_is_refused_is_told(browser, register, serve):
    def answer(_environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b'{"version": "1", "response": {"outputSpeech": {"type": "</textarea><script>"}}}']

    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=serve(answer))
    say(browser, "/launch", "/event x")
    page = dialog_page(browser)
    assert "The platform would refuse the answers to: /launch." in page.text
    assert "Left out, since no test can have it: /event x" in page.text
    assert "<script>" not in page.html.replace("<script src=", "")


def test_there_is_no_dialog_of_another_extension(browser, bare, register):
    page = say(browser, "/launch")
    link = next(link for link in page.links if "/dialogs/" in link)
    register(extension_id="com.example.other")
    assert browser.get(link.replace("/extensions/1/", "/extensions/2/")).status == 404
    assert browser.get("/extensions/1/test/dialogs/none/").status == 404


def test_two_at_once_write_one_file(console, project):
    with console.test_request_context():
        path = path_within(project, "tests/x.dialog.yaml", ".dialog.yaml")
        write_file(path, "turns: [launch]\n", seen="")
        with pytest.raises(FileIsThere):
            write_file(path, "turns: [end]\n", seen="")
        with pytest.raises(ProjectError, match="half of a character"):
            write_file(project / "y.dialog.yaml", "\ud800", seen="")
    assert path.read_text() == "turns: [launch]\n"


def test_the_test_names_the_extension_where_the_app_has_several(console, browser, bare):
    attached = console.extensions["clova_console_attached"]
    attached._described = [
        *attached._described,
        replace(attached._described[0], name="radio", extension_id="x"),
    ]
    say(browser, "/launch")
    assert dialog_page(browser).form("text").values["text"][0].startswith("extension: clova\nturns:\n")


def test_what_was_sent_by_hand_is_no_turn(browser, bare):
    form = say(browser, "/launch").form("message")
    form.submit()
    browser.get("/extensions/1/test/").form("user_id").submit()
    page = form.submit()
    page = dialog_page(browser)
    assert page.form("text").values["text"] == ["turns: []\n"]
    assert page.form("text").submit(path="x.dialog.yaml").status == 422
