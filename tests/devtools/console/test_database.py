"""What is kept, and where."""

import os
import signal
import subprocess
import sys
import threading

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from clova_flask.devtools.console.records import db
from tests.devtools.console.browser import Browser


def test_what_is_entered_is_there_after_a_restart(make_console):
    page = Browser(make_console()).get("/register/naver/custom")
    page.form("extension_id").submit(extension_id="com.example.pizzabot", name="피자봇")
    assert "피자봇" in Browser(make_console()).get("/").text


def test_the_revisions_make_the_tables_that_the_records_need(console):
    with console.app_context(), db.engine.connect() as connection:
        options = {"version_table": "console_alembic_version"}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, db.metadata) == []


def test_a_number_is_never_given_twice(console, make_console, register, browser):
    """It stands in addresses, and in work that is under way while its extension is deleted."""
    paths = [register().path]
    for name in ("other", "third"):
        browser.get(f"{paths[-1].rpartition('/')[0]}/delete").form().submit()
        browser = Browser(make_console())  # after a restart as well
        form = browser.get("/register/naver/custom").form("extension_id")
        paths.append(form.submit(extension_id=f"com.example.{name}", name="피자봇").path)
    assert paths == [f"/extensions/{number}/server" for number in (1, 2, 3)]
    with console.app_context():
        made = db.session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        tables = {name: sql for name, sql in made if "id INTEGER NOT NULL" in sql}
        assert len(tables) > 9
        assert [name for name, sql in tables.items() if "AUTOINCREMENT" not in sql] == []


def test_on_any_database(make_console, database_url):
    console = make_console(database_url=database_url)
    browser = Browser(console)
    page = browser.get("/register/line/custom")
    page = page.form("extension_id").submit(
        extension_id="com.example.さくら".replace("さくら", "sakura"), name="さくら"
    )
    assert "さくら is registered." in page.text
    page = page.form("seen").submit(endpoint_url="https://example.com/clova")
    assert "Saved." in page.text
    assert "Another extension has this id." in register_again(browser).text
    assert browser.get("/extensions/1/delete").form().submit().path == "/"


def register_again(browser):
    form = browser.get("/register/line/custom").form("extension_id")
    return form.submit(extension_id="COM.EXAMPLE.SAKURA", name="さくら")


def test_writers_at_once_lose_nothing(console):
    """Each saves the steps again until nobody was quicker; no value that was confirmed is lost."""
    page = Browser(console).get("/register/naver/custom")
    page.form("extension_id").submit(extension_id="com.example.pizzabot", name="피자봇")
    fields = {"info": "provider", "store": "summary", "privacy": "policy_url"}
    confirmed = {}

    def write(step, field):
        browser = Browser(console)
        for number in range(8):
            value = f"https://example.com/{step}/{number}"
            page = browser.get(f"/extensions/1/{step}").form("seen").submit(**{field: value})
            while "Saved." not in page.text:
                page = page.form("seen").submit(**{field: value})
            confirmed[step] = value

    threads = [threading.Thread(target=write, args=one) for one in fields.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    browser = Browser(console)
    for step, field in fields.items():
        assert browser.get(f"/extensions/1/{step}").form("seen").values[field] == [confirmed[step]]


WRITER = """
import sys
from clova_flask.devtools.console import create_app
sys.path.insert(0, sys.argv[2])
from tests.devtools.console.browser import Browser

browser = Browser(create_app(instance_path=sys.argv[1], config={"TESTING": True}))
number = 0
while True:
    number += 1
    form = browser.get("/register/naver/custom").form("extension_id")
    page = form.submit(extension_id=f"com.example.bot{number}", name=f"봇 {number}")
    assert "is registered." in page.text, page.text
    print(number, flush=True)
"""


def test_a_kill_in_mid_write_loses_nothing_that_was_confirmed(make_console, tmp_path, pytestconfig):
    command = [sys.executable, "-c", WRITER, str(tmp_path / "console"), str(pytestconfig.rootpath)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        last = ""
        for _ in range(15):
            last = writer.stdout.readline()
        os.kill(writer.pid, signal.SIGKILL)
        rest = writer.stdout.read().split()
    confirmed = int((rest or last.split())[-1])
    page = Browser(make_console()).get("/")
    assert confirmed >= 15
    assert all(f"com.example.bot{number}" in page.text for number in range(1, confirmed + 1))
