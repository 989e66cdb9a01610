"""Recordings of real traffic: read, and sent again."""

import io
import json
import os
import threading
from functools import partial

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from clova_flask import Clova, ask, tell
from clova_flask.devtools.console.attached.keys import signing_key
from clova_flask.devtools.console.attached.process import AttachedApp
from clova_flask.devtools.console.recordings.records import uploaded_names
from clova_flask.devtools.console.records import db
from clova_flask.devtools.simulator.recording import Recorder
from clova_flask.devtools.simulator.transport import deliver_over_http
from clova_flask.security.devkey import public_pem
from tests.devtools.console.browser import Browser

FOLDER = "/extensions/1/recordings/open?source=traffic/monday"


@pytest.fixture
def project(tmp_path, monkeypatch):
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def console(make_console, project):
    return make_console(attached=AttachedApp("shop", 1))


@pytest.fixture
def browser(console):
    return Browser(console)


@pytest.fixture
def shop(console, serve):
    """An extension whose greeting a test can change."""
    with console.app_context():
        key = public_pem(signing_key())
    app = Flask("shop")
    clova = Clova(extension_id="com.example.pizzabot", platform="naver", public_key=key)
    said = {"welcome": "어서 오세요.", "users": []}

    @clova.launch
    def welcome(context):
        said["users"].append((context.system.user.id, context.system.user.access_token))
        return ask(said["welcome"], reprompt="몇 판이요?")

    @clova.session_ended
    def bye():
        return tell("안녕히 가세요.")

    clova.init_app(app)
    said["url"] = f"{serve(app)}/clova"
    return said


@pytest.fixture
def recorded(browser, register, serve, shop, project):
    """What `flask clova record` writes while somebody talks to the extension."""
    folder = project / "traffic" / "monday"
    recorder = Recorder(partial(deliver_over_http, shop["url"]), folder, lambda name: None)
    register()
    edit = browser.get("/extensions/1/server").form("seen")
    edit.submit(endpoint_url=serve(recorder))
    form = browser.get("/extensions/1/test/").form("user_id")
    form.submit(access_token="secret-token-1", user_id="bora")
    for line in ("/launch", "/end", "/launch"):
        browser.get("/extensions/1/test/").form("line").submit(line=line)
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=shop["url"])
    assert len(list(folder.iterdir())) == 3
    return folder


def forms(page, name):
    return next(form for form in page.forms if form.values.get("name") == [name])


def test_the_projects_recordings_are_found_and_read(browser, recorded):
    page = browser.get("/extensions/1/test/")
    page = browser.get(next(link for link in page.links if link.endswith("/recordings/")))
    assert "traffic/monday 3 recordings" in page.text
    page = browser.get(next(link for link in page.links if "source=" in link))
    assert "0001-LaunchRequest.json" in page.text
    assert "0002-SessionEndedRequest.json" in page.text
    assert "Spoken answer 어서 오세요." in page.text
    assert "as it was recorded" in page.text
    page = browser.get(next(link for link in page.links if "0002-" in link))
    assert "Message SessionEndedRequest" in page.text
    assert "secret-token-1" not in page.html


def test_one_is_sent_again_and_what_differs_is_shown(browser, recorded, shop):
    page = browser.get(FOLDER)
    assert "1 of 1 were answered as then." in forms(page, "0001-LaunchRequest.json").submit().text
    shop["welcome"] = "반갑습니다."
    page = forms(page, "0001-LaunchRequest.json").submit()
    assert "0 of 1 were answered as then." in page.text
    assert "response.outputSpeech.values.value: was" in page.text
    assert '"어서 오세요.", is "반갑습니다."' in page.text
    turn = browser.get(next(link for link in page.links if "/turns/" in link))
    assert "Spoken answer 반갑습니다." in turn.text


def test_all_are_sent_again_as_another_user(browser, recorded, shop):
    shop["users"].clear()
    page = forms(browser.get(FOLDER), "").submit(user_id="sakura", access_token="secret-token-2")
    assert "3 of 3 were answered as then." in page.text
    assert shop["users"] == [("sakura", "secret-token-2")] * 2
    for path in (FOLDER, "/extensions/1/test/history", "/extensions/1/test/turns/6"):
        assert "secret-token-2" not in browser.get(path).html


def test_an_endpoint_that_is_away_is_not_asked_on_and_on(browser, recorded, shop):
    for number in range(4, 9):
        (recorded / f"000{number}-LaunchRequest.json").write_bytes(
            (recorded / "0001-LaunchRequest.json").read_bytes()
        )
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url="http://127.0.0.1:9/clova")
    page = forms(browser.get(FOLDER), "").submit()
    assert page.text.count("no answer") == 3
    assert page.text.count("Not sent: the endpoint did not answer those before it.") == 5


def test_an_answer_is_judged_as_the_platform_would(browser, recorded):
    path = recorded / "0001-LaunchRequest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["answer"]["response"]["outputSpeech"] = {"type": "<script>alert(1)</script>"}
    path.write_text(json.dumps(data), encoding="utf-8")
    page = browser.get(FOLDER)
    assert "answer.invalid-field" in page.text
    assert "<script>alert" not in page.html


BROKEN = {
    "no JSON": b"{",
    "no object": b"[]",
    "nothing": b"",
    "another file": b'{"name": "flask", "version": 1}',
    "no message": b'{"request": 1, "answer": {}}',
    "deep": b'{"request": {"a": ' + b"[" * 5000 + b"]" * 5000 + b'}, "answer": {}}',
    "not UTF-8": b'{"request": {"a": "\xff"}, "answer": {}}',
    "huge": b'{"request": {"a": "' + b"x" * 5_000_000 + b'"}, "answer": {}}',
}
ODD = {
    "half a character": b'{"request": {"a": "\\ud800"}, "answer": {"response": "\\udfff"}}',
    "an odd header": b'{"request": {"header": 1}, "answer": {"header": {"name": 1}, "payload": {}}}',
    "no answer": b'{"request": {"request": {"type": ["x"]}}, "answer": null}',
    "odd parts": b'{"request": {"header": {"name": {}}}, "answer": {"response": [1], "version": {}}}',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_no_recording_is_told(browser, register, project, content):
    register()
    folder = project / "traffic"
    folder.mkdir()
    (folder / "0001-x.json").write_bytes(content)
    page = browser.get("/extensions/1/recordings/open?source=traffic")
    assert page.status == 200
    assert "0001-x.json is not a recording" in page.text or "0001-x.json has more than 4 MB." in page.text
    sent = forms(page, "").submit()
    assert sent.status == 200
    assert "0 of 1 were answered as then." in sent.text


@pytest.mark.parametrize("content", ODD.values(), ids=ODD)
def test_an_odd_message_is_shown_and_sent(browser, register, shop, project, content):
    register()
    browser.get("/extensions/1/server").form("seen").submit(endpoint_url=shop["url"])
    folder = project / "traffic"
    folder.mkdir()
    (folder / "0001-x.json").write_bytes(content)
    page = browser.get("/extensions/1/recordings/open?source=traffic")
    assert page.status == 200
    assert forms(page, "").submit().status == 200


def test_what_is_no_file_or_outside_of_the_project_is_not_read(browser, register, project, tmp_path):
    register()
    (project / "traffic").mkdir()
    (project / "traffic/0001-folder.json").mkdir()
    os.mkfifo(project / "traffic/0002-pipe.json")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/0001-x.json").write_text('{"request": {"who": "secret"}, "answer": {}}')
    (project / "traffic/0003-out.json").symlink_to(tmp_path / "secret/0001-x.json")
    (project / "away").symlink_to(tmp_path / "secret")
    page = browser.get("/extensions/1/recordings/open?source=traffic")
    assert page.text.count("cannot be read") == 3
    assert "0001-folder.json is not a file." in page.text
    page = browser.get("/extensions/1/recordings/open?source=traffic&name=0003-out.json")
    assert "A link leads out of the project." in page.text
    assert "secret" not in page.text
    for source in ("away", "../secret", str(tmp_path / "secret"), ".git", "none", "", "\0", "uploads:"):
        assert browser.get("/extensions/1/recordings/open", query={"source": source}).status == 404


def test_other_projects_folders_are_not_looked_into(browser, register, project):
    register()
    for folder in (".git", "node_modules", "venv", "kept"):
        (project / folder).mkdir()
        (project / folder / "0001-x.json").write_text("{}")
    (project / "venv/pyvenv.cfg").write_text("")
    page = browser.get("/extensions/1/recordings/")
    assert [link.partition("source=")[2] for link in page.links if "source=" in link] == ["kept"]


def upload(browser, *files):
    form = browser.get("/extensions/1/recordings/").form_to("upload")
    return form.submit(files=[(io.BytesIO(content), name) for name, content in files])


def test_recordings_are_uploaded_and_removed(browser, recorded, make_console):
    contents = [(path.name, path.read_bytes()) for path in sorted(recorded.iterdir())]
    alone = Browser(make_console())
    page = upload(alone, *contents, contents[0])
    assert "0001-LaunchRequest.json" in page.text
    page = forms(page, "").submit()
    assert "3 of 3 were answered as then." in page.text
    page = alone.get("/extensions/1/recordings/")
    assert "Uploaded 3 recordings" in page.text
    assert "traffic/monday" not in page.text  # there is no app beside, and so no project
    page = page.form_to("remove").submit()
    assert "The uploaded recordings are removed." in page.text
    assert alone.get("/extensions/1/recordings/open?source=uploads:").status == 404


@pytest.mark.parametrize("content", [*BROKEN.values()][:-1], ids=[*BROKEN][:-1])
def test_an_upload_is_kept_whole_or_not_at_all(browser, register, content):
    register()
    good = b'{"request": {}, "answer": {}}'
    page = upload(browser, ("0001-good.json", good), ("..\\../<b>x.json", content))
    assert page.status == 422
    assert "x.json" in page.text
    assert "<b>x" not in page.html
    assert "Uploaded" not in page.text


def test_an_upload_of_the_same_name_replaces_the_one_before(browser, register):
    register()
    upload(browser, ("0001-x.json", b'{"request": {"request": {"type": "LaunchRequest"}}, "answer": {}}'))
    page = upload(
        browser, ("0001-x.json", b'{"request": {"request": {"type": "SessionEnded"}}, "answer": {}}')
    )
    assert "LaunchRequest" not in page.text
    assert "SessionEnded" in page.text
    form = forms(page, "0001-x.json")
    form.values["name"] = ["0002-x.json"]
    assert form.submit().status == 404


def test_an_upload_without_a_file_is_told(browser, register):
    register()
    page = upload(browser, ("", b""))
    assert page.status == 422
    assert "Choose files that flask clova record has written." in page.text


def test_an_upload_is_of_bounded_size(browser, register, monkeypatch):
    for module in ("simulator.recorded", "console.recordings.pages"):
        monkeypatch.setattr(f"clova_flask.devtools.{module}.MAX_RECORDING", 1000)
    register()
    page = upload(browser, ("0001-x.json", b'{"request": {}, "answer": {}}' + b" " * 1000))
    assert page.status == 422
    assert "0001-x.json has more than" in page.text


def test_of_many_uploads_the_newest_ones_are_kept(browser, register, monkeypatch):
    monkeypatch.setattr("clova_flask.devtools.console.recordings.records.MAX_UPLOADED", 3)
    register()
    for number in range(1, 6):
        page = upload(browser, (f"{number:04}-x.json", b'{"request": {}, "answer": {}}'))
    assert [f"000{number}-x.json" in page.text for number in range(1, 6)] == [False, False, True, True, True]


def test_an_upload_of_more_than_are_kept_tells_how_many_are(browser, register, monkeypatch):
    for module in ("records", "pages"):
        monkeypatch.setattr(f"clova_flask.devtools.console.recordings.{module}.MAX_UPLOADED", 3)
    register()
    page = upload(
        browser, *((f"{number:04}-x.json", b'{"request": {}, "answer": {}}') for number in range(5))
    )
    assert "5 recordings are uploaded." in page.text
    assert "The newest 3 are kept; 2 were removed." in page.text


def test_recordings_of_a_home_are_read_too(browser, register):
    register(kind="home", extension_id="com.example.home", name="보라의 집")
    page = browser.get("/extensions/1/home/")
    assert any(link.endswith("/recordings/") for link in page.links)
    message = {"header": {"name": "TurnOnRequest"}, "payload": {}}
    answer = {"header": {"namespace": "ClovaHome", "name": "TurnOnConfirmation"}, "payload": {}}
    page = upload(browser, ("0001-x.json", json.dumps({"request": message, "answer": answer}).encode()))
    assert "TurnOnRequest" in page.text
    assert "header.messageId" in page.text


def test_sending_ends_when_time_is_up(browser, recorded, shop, monkeypatch):
    monkeypatch.setattr("clova_flask.devtools.console.recordings.sending.MAX_SECONDS", -1.0)
    shop["users"].clear()
    page = forms(browser.get(FOLDER), "").submit()
    assert "Not sent: time was up." in page.text
    assert shop["users"] == []


def test_several_upload_the_same_names_in_the_same_moment(console, browser, register):
    register()
    message = {"version": "1.0", "session": {}, "context": {}, "request": {"type": "LaunchRequest"}}
    answer = {"version": "1.0", "sessionAttributes": {}, "response": {}}
    content = json.dumps({"request": message, "answer": answer}).encode()
    others = [lambda: upload(Browser(console), ("0001-a.json", content), ("0002-b.json", content))]

    def before(_session, _context, _instances):
        if others:
            thread = threading.Thread(target=others.pop())
            thread.start()
            thread.join()

    event.listen(db.session, "before_flush", before)
    try:
        page = upload(browser, ("0001-a.json", content), ("0003-c.json", content))
    finally:
        event.remove(db.session, "before_flush", before)
    assert page.status == 200
    with console.app_context():
        assert uploaded_names(1) == ["0001-a.json", "0002-b.json", "0003-c.json"]


def test_uploads_that_always_lose_are_told_to_be_sent_again(browser, register, monkeypatch):
    register()

    def loses(_key, _files):
        raise IntegrityError("insert", {}, Exception())

    monkeypatch.setattr("clova_flask.devtools.console.recordings.records._keep", loses)
    page = upload(
        browser, ("0001-a.json", b'{"request": {"request": {"type": "LaunchRequest"}}, "answer": {}}')
    )
    assert page.status == 409
    assert "Others are changing the same at this moment." in page.text
