"""Beside an app's own migrations, by Flask-Migrate, in one database."""

import re
import subprocess
import sys

import pytest

for package in ("authlib", "flask_migrate", "flask_sqlalchemy"):
    pytest.importorskip(package)

from sqlalchemy import create_engine, inspect

PROGRAM = """
import sys
from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from clova_flask import Clova
from clova_flask.linking import AccountLinking
from clova_flask.storage import include_object


def run(*arguments, priced=False, **options):
    app = Flask("shop")
    app.config.update(
        SECRET_KEY="비밀", CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="a", SQLALCHEMY_DATABASE_URI=sys.argv[1]
    )
    db, clova = SQLAlchemy(app), Clova(app)
    AccountLinking(clova, engine=lambda: db.engine).init_app(app)
    Migrate(app, db, directory="migrations", **options)
    columns = {"price": db.Column(db.Integer)} if priced else {}
    key = {"id": db.Column(db.Integer, primary_key=True), "name": db.Column(db.Text, index=True)}
    type("Pizza", (db.Model,), {**key, **columns})
    db.Table("clova_orders", db.Column("id", db.Integer, primary_key=True))
    done = app.test_cli_runner().invoke(args=arguments)
    print(arguments, done.output, flush=True)
    assert done.exit_code == 0, done.exception
    with app.app_context():
        db.engine.dispose()


ours = {"include_object": include_object}
run("clova", "db", "upgrade")
run("db", "init")
run("db", "migrate", "-m", "first", **ours)
run("db", "upgrade", **ours)
run("clova", "db", "upgrade")
run("clova", "db", "current", "--check")
run("db", "migrate", "-m", "second", priced=True, **ours)
run("db", "stamp", "head", **ours)
run("db", "migrate", "-m", "third", priced=True)
"""


def test_migrations_of_the_app_leave_our_tables_alone(tmp_path, database_url):
    """In a process of its own, since the migrations of the app set up logging."""
    command = [sys.executable, "-X", "utf8", "-c", PROGRAM, database_url]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("It is up to date.") == 1
    assert "0003 (newest)" in done.stdout
    steps = {}
    for path in tmp_path.glob("migrations/versions/*.py"):
        name = path.stem.partition("_")[2]
        steps[name] = re.findall(r"op\.(\w+)\('(\w+)'", path.read_text().partition("def downgrade")[0])
    # Neither our tables nor their version table, and a table of the app's own that is called alike.
    assert {name for step, name in steps["first"] if step == "create_table"} == {"clova_orders", "pizza"}
    assert "drop_table" not in dict(steps["first"])
    assert "price" in next(tmp_path.glob("migrations/versions/*_second.py")).read_text()
    assert {name for _, name in steps["second"]} == {"pizza"}
    # Without it Alembic drops what it does not know.
    dropped = {name for step, name in steps["third"] if step == "drop_table"}
    assert dropped == {
        "clova_alembic_version",
        "clova_clients",
        "clova_links",
        "clova_tokens",
        "clova_user_data",
    }
    engine = create_engine(database_url)
    tables = set(inspect(engine).get_table_names())
    assert tables == {*dropped, "alembic_version", "clova_orders", "pizza"}
    engine.dispose()
