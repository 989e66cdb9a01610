"""The package in a zip, as in a zipapp: it answers, its page is shown, and its commands run."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from flask import Flask

import clova_flask
from clova_flask import Clova

ROOT = Path(clova_flask.__file__).parent

MAIN = """
import sys
import clova_flask
from flask import Flask
from clova_flask import Clova, tell
from clova_flask.home import Appliance
from clova_flask.testing import CekClient

assert clova_flask.__file__.startswith(sys.argv[1]), clova_flask.__file__
app = Flask("shop", instance_path=sys.argv[2])
app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.pizzabot", DEBUG=True)
clova = Clova(app)
clova.launch(lambda: tell("안녕하세요"))
clova.user_loader(lambda access_token: access_token)
clova.home.discover(lambda: [Appliance(id="등", type="LIGHT", friendly_name="등")])

cek = CekClient(app, access_token="t")
print(cek.launch().speech)
print(cek.discover().payload["discoveredAppliances"][0]["applianceId"])
page = app.test_client().get("/clova")
print(page.status_code, "It is ready." in page.text, "Clova endpoint <code>clova</code>" in page.text)
print(sorted(app.jinja_env.list_templates()))
print(app.test_cli_runner().invoke(args=["clova", "check"]).output)
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Build a zipapp of the package and a program."""
    path = tmp_path_factory.mktemp("zip") / "shop.pyz"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(ROOT.rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                archive.write(file, Path("clova_flask") / file.relative_to(ROOT))
        archive.writestr("__main__.py", MAIN)
    return path


def test_an_app_in_a_zip_answers_and_shows_its_page(archive, tmp_path):
    done = subprocess.run(
        [sys.executable, "-X", "utf8", archive, archive, tmp_path],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "안녕하세요",
        "등",
        "200 True True",
        str([f"clova_flask/{name}.html" for name in ("consent", "endpoint", "linking", "linking_error")]),
        "clova: no problems found",
        "",
    ]


def test_a_template_of_the_apps_own_wins(tmp_path):
    folder = tmp_path / "templates" / "clova_flask"
    folder.mkdir(parents=True)
    (folder / "endpoint.html").write_text("우리 페이지 {{ runtime.name }}", encoding="utf-8")
    (tmp_path / "templates" / "index.html").write_text("index")
    app = Flask("shop", root_path=str(tmp_path))
    app.debug = True
    Clova(app, platform="naver")
    assert app.test_client().get("/clova").text == "우리 페이지 clova"
    assert {"clova_flask/endpoint.html", "index.html"} <= set(app.jinja_env.list_templates())


@pytest.mark.parametrize("name", ["missing.html", "clova_flask/missing.html", "../runtime.py", "clova_flask"])
def test_a_template_that_is_missing_is_missing_as_any_other(name):
    from jinja2 import TemplateNotFound

    app = Flask("shop")
    Clova(app, platform="naver")
    with pytest.raises(TemplateNotFound):
        app.jinja_env.get_template(name)
