"""Files as a console names its downloads, `<extension id>_intent_<IntentName>.tsv`."""

import pytest

from clova_flask import tell
from clova_flask.devtools.model.file_names import intent_name
from clova_flask.devtools.model.files import load_model, save_model
from clova_flask.devtools.model.objects import CustomIntent, InteractionModel
from clova_flask.errors import ModelError

ECHO = "[INTENT SLOT]\r\nword\tWORD\r\n\r\n[INTENT EXPRESSION]\r\n<word>여보세요</word> 따라 해\r\n"
PARROT = "jp.example.oumu_intent_Repeat.tsv"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "interaction_model"
    for name in ("intents", "slot_types"):
        (folder / name).mkdir(parents=True)
    (folder / "model.toml").write_text(
        'extension_id = "com.example.parrot"\nlanguage = "ko"\ninvocation_names = ["앵무새"]\n'
    )
    (folder / "intents" / "com.example.parrot_intent_Repeat.tsv").write_bytes(ECHO.encode())
    (folder / "slot_types" / "WORD.tsv").write_bytes("여보세요\t여보\r\n안녕\r\n".encode())
    return folder


@pytest.fixture
def run(clova, connect, folder):
    """Give an app with this model, and what the command line says of it."""
    clova.launch(lambda: tell("안녕"))
    cek = None

    def run(*arguments):
        nonlocal cek
        cek = cek or connect(CLOVA_INTERACTION_MODEL=str(folder), CLOVA_EXTENSION_ID="com.example.parrot")
        return cek.app.test_cli_runner().invoke(args=["clova", *arguments]).output

    return run


def repeats(clova):
    @clova.intent("Repeat")
    def repeat(word: str | None):
        return tell(word or "네?")

    clova.fallback(lambda: tell("네?"))


@pytest.mark.parametrize(
    ("file", "extension_id", "intent"),
    [
        (PARROT, "jp.example.oumu", "Repeat"),
        (PARROT, "", "Repeat"),
        (PARROT, "com.example.copy", "Repeat"),
        ("parrot_intent_Repeat.TSV", "", "Repeat"),
        ("parrot_intent_Repeat.tsv", "parrot", "Repeat"),
        ("com.example.my_intent_bot_intent_Repeat.tsv", "com.example.my_intent_bot", "Repeat"),
        ("com.example.bot_intent_set_intent_value.tsv", "com.example.bot", "set_intent_value"),
        ("set_intent_value.tsv", "com.example.bot", "set_intent_value"),
        ("com.example.bot_intent_주문.tsv", "", "주문"),
        ("OrderPizza.tsv", "com.example.bot", "OrderPizza"),
        ("com.example.bot_intent_.tsv", "com.example.bot", "com.example.bot_intent_"),
    ],
)
def test_the_intent_is_what_follows_the_extension(file, extension_id, intent):
    assert intent_name(file, extension_id) == intent


def test_check_knows_the_intent_and_its_handler(clova, run):
    repeats(clova)
    assert "handlers." not in run("check")
    assert "intent Repeat: 1 expressions" in run("model", "show")


def test_stubs_write_the_handler_that_the_platform_calls(run):
    assert '@clova.intent("Repeat")\ndef repeat(word: str | None):' in run("model", "stubs")


def test_an_utterance_leads_to_the_intent(clova, connect, folder):
    pytest.importorskip("rapidfuzz")
    repeats(clova)
    cek = connect(CLOVA_INTERACTION_MODEL=str(folder))
    assert cek.say("앵무새에게 안녕 따라 해").speech == "안녕"


def test_a_model_that_is_read_and_written_keeps_its_files(folder, tmp_path):
    model = load_model(folder)
    copy = tmp_path / "copy"
    for target in (folder, copy):
        save_model(model, target)
        assert [file.name for file in (target / "intents").iterdir()] == [
            "com.example.parrot_intent_Repeat.tsv"
        ]
        assert (target / "intents" / "com.example.parrot_intent_Repeat.tsv").read_bytes() == ECHO.encode()


@pytest.mark.parametrize("extension_id", ["", "com.example.bot"])
def test_a_name_that_looks_like_a_consoles_is_read_back_as_itself(tmp_path, extension_id):
    intents = {name: CustomIntent(name) for name in ("set_intent_value", "Order")}
    model = InteractionModel(extension_id=extension_id, intents=intents)
    for intent in intents.values():
        object.__setattr__(intent, "expressions", ())
    save_model(model, tmp_path / "m")
    assert set(load_model(tmp_path / "m").intents) == set(intents)


def test_two_files_of_one_intent_are_told_rather_than_one_of_them_lost(folder):
    (folder / "intents" / "Repeat.tsv").write_bytes(ECHO.encode())
    with pytest.raises(ModelError, match=r"Repeat\.tsv is the file of Repeat too\. Keep the newer"):
        load_model(folder)
