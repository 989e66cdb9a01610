"""``flask clova model``, and the model in ``flask clova check``."""

import pytest
from flask import Flask

from clova_flask import Clova, tell
from clova_flask.devtools.cli import clova as commands
from clova_flask.devtools.model.files import load_model
from clova_flask.errors import ConfigurationError

ORDER = """\
[INTENT SLOT]
pizzaType\tPIZZA_TYPE

[INTENT EXPRESSION]
<pizzaType>페퍼로니</pizzaType> 주문해 줘
<pizzaType>불고기</pizzaType> 시켜 줘
피자 주문할래
피자 시킬게
"""


def write(folder, **files):
    texts = {
        "model.toml": 'extension_id = "com.example.pizzabot"\ninvocation_names = ["피자봇"]\n',
        "intents/OrderPizza.tsv": ORDER,
        "slot_types/PIZZA_TYPE.tsv": "페퍼로니\t페페로니\n불고기\n",
    }
    for name, text in {**texts, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def order(pizza_type: str | None):
    return tell(pizza_type)


@pytest.fixture
def app(tmp_path):
    app = Flask(__name__, root_path=str(tmp_path), instance_path=str(tmp_path / "instance"))
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.pizzabot")
    return app


@pytest.fixture
def clova(app):
    clova = Clova(app)
    clova.launch(lambda: tell("피자봇입니다"))
    clova.fallback(lambda: tell("네"))
    return clova


@pytest.fixture
def run(app):
    def run(*arguments):
        return app.test_cli_runner().invoke(commands, arguments)

    return run


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "interaction_model")


def test_show(run, clova, folder):
    output = run("model", "show").output
    assert "피자봇 (com.example.pizzabot, ko)" in output
    assert "intent OrderPizza: 4 expressions" in output
    assert "pizzaType  PIZZA_TYPE" in output
    assert "“페퍼로니 주문해 줘”" in output
    assert "… and 1 more" in output
    assert "slot type PIZZA_TYPE: 2 entries, 1 synonyms: 페퍼로니, 불고기" in output


def test_show_another_folder(run, clova, tmp_path):
    write(tmp_path / "ピザ", **{"model.toml": 'language = "ja"\ninvocation_names = ["ピザボット"]\n'})
    assert (
        "ピザボット (no extension id, ja)" in run("model", "show", "--folder", str(tmp_path / "ピザ")).output
    )


@pytest.mark.parametrize("command", ["show", "check", "stubs"])
def test_no_folder(run, clova, command):
    result = run("model", command)
    assert result.exit_code == 1
    assert "There is no such folder. Start a model from the handlers: flask clova model new" in result.output


@pytest.mark.parametrize("command", ["show", "check", "stubs"])
def test_files_that_cannot_be_read_tell_every_problem(run, clova, folder, command):
    write(folder, **{"intents/Bad.tsv": "<a>피자", "slot_types/EMPTY.tsv": ""})
    result = run("model", command)
    assert result.exit_code == 1
    assert "Bad.tsv:1: This line is before the first section" in result.output
    assert "EMPTY.tsv: The file is empty" in result.output


@pytest.mark.parametrize("command", ["show", "check", "new", "stubs"])
def test_an_extension_that_is_not_there(run, clova, folder, command):
    result = run("model", command, "--name", "taxi")
    assert result.exit_code == 1
    assert "It has clova" in result.output


def test_check(run, clova, folder):
    clova.intent("OrderPizza")(order)
    result = run("model", "check")
    assert (result.exit_code, "clova: 1 warning\n" in result.output) == (0, True)
    assert "intents: Few expressions: of OrderPizza 2 fill pizzaType. Reviewers ask" in result.output


def test_check_exits_with_1_on_errors_and_0_on_warnings(run, clova, folder):
    clova.intent("OrderPizza")(lambda: "네")
    result = run("model", "check")
    assert result.exit_code == 0
    warning = "OrderPizza.tsv:2: No handler takes the slot 'pizzaType'. [handlers.unused-slot]"
    assert "clova: 2 warnings\n  warning  " in result.output
    assert warning in result.output
    write(folder, **{"intents/OrderPizza.tsv": f"{ORDER}<pizzatype>불고기</pizzatype>\n"})
    result = run("model", "check")
    assert result.exit_code == 1
    assert "clova: 1 error, 2 warnings\n  error    " in result.output
    assert "OrderPizza.tsv:9: The tag <pizzatype>" in result.output
    assert "[model.undeclared-slot]" in result.output


def test_the_whole_check_takes_the_model_in(run, clova, folder):
    result = run("check")
    assert result.exit_code == 1
    assert "No handler for the intent OrderPizza" in result.output
    clova.intent("OrderPizza")(order)
    result = run("check")
    assert (result.exit_code, "clova: 1 warning\n" in result.output) == (0, True)


def test_the_whole_check_of_another_model(run, clova, folder, tmp_path):
    clova.intent("OrderPizza")(order)
    other = write(tmp_path / "other", **{"intents/Reorder.tsv": ORDER.replace("> ", "> 또 ")})
    result = run("check", "--model", str(other))
    assert result.exit_code == 1
    assert "No handler for the intent Reorder" in result.output
    assert run("check").exit_code == 0


def test_the_whole_check_passes_over_a_model_that_nobody_has(run, clova):
    assert run("check").exit_code == 0


def test_the_whole_check_tells_files_that_cannot_be_read(run, clova, folder):
    write(folder, **{"intents/OrderPizza.tsv": ORDER.replace("</pizzaType> 주문", " 주문")})
    result = run("check")
    assert result.exit_code == 1
    assert "OrderPizza.tsv:5: <pizzaType> is never closed" in result.output


def test_a_folder_that_is_set_has_to_be_there(app, run):
    clova = Clova(app, interaction_model="models/pizza")
    clova.launch(lambda: "안녕")
    result = run("check")
    assert result.exit_code == 1
    assert "pizza: There is no such folder" in result.output


def test_a_folder_that_is_set_counts_from_the_app(app, run, tmp_path):
    app.config["CLOVA_INTERACTION_MODEL"] = "models/pizza"
    write(tmp_path / "models" / "pizza")
    clova = Clova(app)
    clova.launch(lambda: "안녕")
    clova.intent("OrderPizza")(order)
    assert "피자봇" in run("model", "show").output
    assert run("check").exit_code == 0


@pytest.mark.parametrize("value", ["", " ", 5, ["a"]])
def test_a_setting_that_is_no_path(app, value):
    app.config["CLOVA_INTERACTION_MODEL"] = value
    with pytest.raises(ConfigurationError, match=r"CLOVA_INTERACTION_MODEL must be the path of a folder"):
        Clova(app)


def test_each_extension_has_its_model(app, run, tmp_path):
    for name in ("pizza", "taxi"):
        extension = Clova(
            name, url_prefix=f"/{name}", interaction_model=tmp_path / name, extension_id=f"com.example.{name}"
        )
        extension.launch(lambda: "안녕")
        extension.intent("OrderPizza")(order)
        extension.init_app(app)
        write(tmp_path / name, **{"model.toml": f'invocation_names = ["{name}"]\n'})
    assert "taxi (no extension id, ko)" in run("model", "show", "--name", "taxi").output
    assert "pizza (no extension id, ko)" in run("model", "show", "--name", "pizza").output


def test_the_model_of_another_extension_is_told_as_that(run, clova, folder):
    write(folder, **{"model.toml": 'extension_id = "com.example.taxi"\ninvocation_names = ["택시"]\n'})
    result = run("model", "check")
    assert result.exit_code == 1
    assert "the model of com.example.taxi, not of com.example.pizzabot" in result.output
    assert "No handler" not in result.output


def test_a_model_beside_the_app_may_be_another_extensions(app, run, clova, folder):
    clova.intent("OrderPizza")(order)
    taxi = Clova("taxi", url_prefix="/taxi", extension_id="com.example.taxi")
    taxi.launch(lambda: "택시입니다")
    taxi.fallback(lambda: "네")
    taxi.init_app(app)
    assert run("check").exit_code == 0
    assert run("model", "check", "--name", "taxi").exit_code == 1


def test_an_extension_of_a_home_alone_has_no_model(app, run, folder):
    def devices(user):
        return []

    home = Clova(app)
    home.user_loader(lambda access_token: access_token)
    home.home.discover(devices)
    assert "OrderPizza" not in run("check").output
    assert "No handler for the intent OrderPizza" in run("model", "check").output


def test_new(run, clova, tmp_path):
    clova.intent("OrderPizza")(order)
    clova.intent("Clova.YesIntent")(lambda: "네")
    result = run("model", "new")
    assert result.exit_code == 0
    assert "Started a model of 1 intent in" in result.output
    assert "Tell the extension" not in result.output
    model = load_model(tmp_path / "interaction_model")
    assert (model.extension_id, model.language) == ("com.example.pizzabot", "ko")
    assert [(slot.name, slot.type) for slot in model.intents["OrderPizza"].slots] == [
        ("pizzaType", "PIZZA_TYPE")
    ]
    result = run("model", "check")
    assert result.exit_code == 1
    for left in ("no invocation name", "no expressions", "'PIZZA_TYPE', which is not defined"):
        assert left in result.output


def test_new_overwrites_nothing(run, clova, folder):
    before = (folder / "model.toml").read_bytes()
    result = run("model", "new")
    assert result.exit_code == 1
    assert "already exists" in result.output
    assert (folder / "model.toml").read_bytes() == before


def test_new_for_one_of_several_extensions(run, app, clova, folder, tmp_path):
    other = Clova("radio", url_prefix="/radio", extension_id="com.example.radio")
    other.intent("Listen")(lambda channel: tell(channel))
    other.init_app(app)
    result = run("model", "new", "--name", "radio")
    assert result.exit_code == 1
    assert "already exists. Choose another, --folder models/radio, or remove it." in result.output
    own = str(tmp_path / "models" / "radio")
    result = run("model", "new", "--name", "radio", "--folder", own)
    assert result.exit_code == 0
    assert f"Tell the extension 'radio' where it is: Clova(…, interaction_model={own!r})." in result.output


def test_new_takes_an_empty_folder(run, clova, tmp_path):
    (tmp_path / "interaction_model").mkdir()
    assert run("model", "new").exit_code == 0


def test_new_where_nothing_can_be_written(run, clova, tmp_path):
    (tmp_path / "file").write_text("")
    result = run("model", "new", "--folder", str(tmp_path / "file" / "model"))
    assert result.exit_code == 1
    assert "Cannot be written" in result.output
    assert "Traceback" not in result.output


def test_stubs(run, clova, folder):
    result = run("model", "stubs")
    assert result.exit_code == 0
    assert '@clova.intent("OrderPizza")\ndef order_pizza(pizza_type: str | None):\n' in result.output
    assert "@clova.launch" not in result.output


def test_stubs_when_nothing_is_missing(run, clova, folder):
    clova.intent("OrderPizza")(order)
    result = run("model", "stubs")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Every intent of the model has a handler" in result.stderr


def test_diff(run, folder, tmp_path):
    other = write(tmp_path / "other", **{"intents/OrderPizza.tsv": ORDER.replace("시킬게", "먹을래")})
    result = run("model", "diff", str(folder), str(other))
    assert result.exit_code == 0
    assert result.output == "~ intent OrderPizza\n  - expression 피자 시킬게\n  + expression 피자 먹을래\n"
    assert "The models are the same" in run("model", "diff", str(folder), str(folder)).output


def test_diff_with_what_is_not_there(run, folder, tmp_path):
    result = run("model", "diff", str(folder), str(tmp_path / "nowhere"))
    assert result.exit_code == 1
    assert "nowhere: There is no such folder" in result.output


def test_the_sample_has_no_problems(tmp_path):
    pytest.importorskip("authlib")
    pytest.importorskip("sqlalchemy")
    from sample_app import create_app

    app = create_app({"TESTING": True, "SAMPLE_DATABASE_URL": f"sqlite:///{tmp_path}/sample.sqlite"})
    app.instance_path = str(tmp_path)
    made = app.test_cli_runner().invoke(commands, ["linking", "client"])
    assert made.exit_code == 0, made.output
    result = app.test_cli_runner().invoke(commands, ["check"])
    assert (result.exit_code, result.output) == (0, "clova: no problems found\n")
