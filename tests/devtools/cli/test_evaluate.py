"""``flask clova model evaluate``."""

import json
from xml.etree import ElementTree as Xml

import pytest
from flask import Flask

pytest.importorskip("rapidfuzz")

from clova_flask import Clova
from clova_flask.devtools.cli import clova as commands

ORDER = """\
[INTENT SLOT]
pizzaType\tPIZZA_TYPE

[INTENT EXPRESSION]
<pizzaType>페퍼로니</pizzaType> 주문해 줘
피자 주문할래
"""
MENU = "[INTENT EXPRESSION]\n메뉴 알려 줘\n메뉴판 보여 줘\n"
RIGHT = "<pizzaType>불고기</pizzaType> 주문해 줘\tOrderPizza\n메뉴판 보여 줄래\tShowMenu\n오늘 주식 시세\t-\n"
WRONG = "피자 주문할래\tShowMenu\n"


def write_model(folder, **intents):
    files = {
        "model.toml": 'extension_id = "com.example.pizzabot"\ninvocation_names = ["피자봇"]\n',
        "slot_types/PIZZA_TYPE.tsv": "페퍼로니\n불고기\n",
        **{f"intents/{name}.tsv": text for name, text in intents.items()},
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def app(tmp_path):
    app = Flask(__name__, root_path=str(tmp_path))
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.pizzabot")
    Clova(app)
    write_model(tmp_path / "interaction_model", OrderPizza=ORDER, ShowMenu=MENU)
    return app


@pytest.fixture
def run(app, tmp_path):
    def run(text, *arguments):
        file = tmp_path / "utterances.tsv"
        file.write_text(text, encoding="utf-8")
        return app.test_cli_runner().invoke(commands, ["model", "evaluate", str(file), *arguments])

    return run


def test_all_right(run):
    done = run(RIGHT)
    assert done.exit_code == 0, done.output
    assert "3 utterances" in done.output
    assert "Accuracy 100.0% (3 of 3), right intent 100.0%" in done.output


def test_an_error_ends_with_1_and_is_shown_with_its_line(run):
    done = run(RIGHT + WRONG)
    assert done.exit_code == 1
    assert "utterances.tsv:4: '피자 주문할래': ShowMenu expected, OrderPizza understood (1.00)" in done.output
    assert "Accuracy 75.0% (3 of 4)" in done.output


def test_the_matrix_and_figures_stand_in_columns(run):
    lines = run(RIGHT + WRONG).output.splitlines()
    at = next(index for index, line in enumerate(lines) if "by number understood as" in line)
    assert [line.split() for line in lines[at + 1 : at + 4]] == [
        ["1", "OrderPizza", "1", "·", "·"],
        ["2", "ShowMenu", "1", "1", "·"],
        ["3", "-", "·", "·", "1"],
    ]
    assert len({len(line) for line in lines[at : at + 4]}) == 1
    [order] = [line.split() for line in lines if line.split()[:1] == ["OrderPizza"]]
    assert order == ["OrderPizza", "1", "50.0%", "100.0%", "66.7%"]


@pytest.mark.parametrize(("least", "code"), [("0.75", 0), ("0.76", 1), ("0", 0), ("1", 1), ("75", 2)])
def test_the_least_accuracy(run, least, code):
    assert run(RIGHT + WRONG, "--min-accuracy", least).exit_code == code


def test_a_set_without_tags(run):
    assert "Slots are not judged" in run("메뉴 알려 줘\tShowMenu\n").output


def test_names_that_the_model_does_not_have(run):
    done = run("메뉴 알려 줘\tShowMenus\n")
    assert "Did you mean 'ShowMenu'?" in done.output
    assert "[evaluation.unknown-intent]" in done.output


@pytest.mark.parametrize(
    ("text", "arguments", "told"),
    [
        ("메뉴\n메뉴 A\n", (), "utterances.tsv:2"),
        (RIGHT, ("--model", "nowhere"), "There is no such folder"),
        (RIGHT, ("--against", "nowhere"), "There is no such folder"),
        (RIGHT, ("--name", "other"), "other"),
        (RIGHT, ("--min-accuracy", "much"), "--min-accuracy"),
    ],
)
def test_what_cannot_be_evaluated_ends_with_2(run, text, arguments, told):
    done = run(text, *arguments)
    assert done.exit_code == 2
    assert told in done.output
    assert "Traceback" not in done.output


def test_a_file_that_is_not_there(app):
    done = app.test_cli_runner().invoke(commands, ["model", "evaluate", "nowhere.tsv"])
    assert done.exit_code == 2


def test_as_json(run):
    done = run(RIGHT + WRONG, "--json")
    assert done.exit_code == 1
    written = json.loads(done.output)
    assert (written["total"], written["accuracy"]) == (4, 0.75)
    assert {"expected": "ShowMenu", "understood": "OrderPizza", "count": 1} in written["confusion"]
    assert [row["verdict"] for row in written["utterances"]] == ["right", "right", "right", "wrong intent"]
    assert written["utterances"][0]["slots"][0]["value"] == "불고기"


def test_as_junit(run, tmp_path):
    run(RIGHT + WRONG, "--junit", str(tmp_path / "report.xml"))
    suite = Xml.parse(tmp_path / "report.xml").find("testsuite")
    assert (suite.get("tests"), suite.get("failures")) == ("4", "1")
    failed = [case for case in suite if case.find("failure") is not None]
    assert [(case.get("classname"), case.get("name")) for case in failed] == [("ShowMenu", "피자 주문할래")]
    assert "OrderPizza understood" in failed[0].find("failure").get("message")


def test_against_another_version_what_got_worse_decides(run, tmp_path):
    better = write_model(tmp_path / "better", OrderPizza=ORDER, ShowMenu=f"{MENU}차림표 낭독\n")
    lines = f"{RIGHT}{WRONG}차림표 낭독\tShowMenu\n"
    done = run(lines, "--model", str(better), "--against", str(tmp_path / "interaction_model"))
    assert done.exit_code == 0, done.output
    assert "1 better, 0 worse, 0 wrong in another way" in done.output
    assert "better  '차림표 낭독': no intent before, ShowMenu now (ShowMenu expected)" in done.output
    done = run(lines, "--against", str(better))
    assert done.exit_code == 1
    assert "0 better, 1 worse" in done.output
    assert run(lines, "--against", str(better), "--min-accuracy", "0.5").exit_code == 0
    assert run(lines, "--model", str(better), "--against", str(better), "--min-accuracy", "1").exit_code == 1


def test_against_as_json(run, tmp_path):
    better = write_model(tmp_path / "better", OrderPizza=ORDER, ShowMenu=f"{MENU}차림표 낭독\n")
    written = json.loads(run(f"{RIGHT}차림표 낭독\tShowMenu\n", "--against", str(better), "--json").output)
    against = written["against"]
    assert (against["accuracy"], against["compared"], len(against["worse"])) == (1.0, 4, 1)
    assert against["worse"][0]["after"]["verdict"] == "not understood"


def test_of_many_intents_the_matrix_shows_those_that_are_mixed_up(run, tmp_path):
    many = {f"Say{n}": f"[INTENT EXPRESSION]\n소리{n}번 들려줘\n" for n in range(30)}
    folder = str(write_model(tmp_path / "many", OrderPizza=ORDER, ShowMenu=MENU, **many))
    lines = "".join(f"소리{n}번 들려줘\tSay{n}\n" for n in range(30))
    assert "The matrix has 30 intents: too many for here" in run(lines, "--model", folder).output
    mixed = run(f"{lines}{WRONG}", "--model", folder).output
    assert "1 OrderPizza" in mixed
    assert "2 ShowMenu" in mixed
