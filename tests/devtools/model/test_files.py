"""A model's files: read with every fault told, written as they were."""

import codecs
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clova_flask.devtools.model.config import line_of
from clova_flask.devtools.model.expressions import parse_expression, tagged
from clova_flask.devtools.model.files import (
    load_model,
    read_config,
    read_intent,
    read_slot_type,
    save_model,
    write_config,
    write_intent,
    write_slot_type,
)
from clova_flask.devtools.model.objects import (
    CustomIntent,
    CustomSlotType,
    Expression,
    IntentSlot,
    InteractionModel,
    Part,
    SlotEntry,
)
from clova_flask.errors import ModelError

ORDER = """\
[INTENT SLOT]
pizzaType\tPIZZA_TYPE
pizzaAmount\tCLOVA.NUMBER

[INTENT EXPRESSION]
<pizzaType>페퍼로니</pizzaType> <pizzaAmount>두 판</pizzaAmount> 주문해 줘
피자 주문할래
"""
TYPES = "페퍼로니\t페페로니\t살라미\n불고기\n"
CONFIG = """\
# 피자봇
extension_id = "com.example.pizzabot"
language = 'ko'
invocation_names = ["피자봇"]  # 하나면 충분
built_in_intents = [ "Clova.YesIntent" ]
"""


@pytest.fixture
def folder(tmp_path):
    return write_folder(tmp_path / "interaction_model")


def write_folder(folder, **files):
    texts = {"model.toml": CONFIG, "intents/OrderPizza.tsv": ORDER, "slot_types/PIZZA_TYPE.tsv": TYPES}
    for name, content in {**texts, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def problems_of(read, *arguments):
    with pytest.raises(ModelError) as caught:
        read(*arguments)
    return [(error.line, error.text) for error in caught.value.problems]


def the_problem(text, line):
    ((where, what),) = problems_of(read_intent, text.encode(), "X")
    assert where == line
    return what


def intent(*expressions, slots="pizzaType\tPIZZA_TYPE\n"):
    return f"[INTENT SLOT]\n{slots}\n[INTENT EXPRESSION]\n" + "".join(f"{e}\n" for e in expressions)


# reading


def test_a_model_is_read(folder):
    model = load_model(folder)
    assert (model.extension_id, model.language) == ("com.example.pizzabot", "ko")
    assert model.invocation_names == ("피자봇",)
    assert model.built_in_intents == ("Clova.YesIntent",)
    assert model.built_in_slot_types == ()
    assert model.folder == folder
    order = model.intents["OrderPizza"]
    assert order.path == folder / "intents" / "OrderPizza.tsv"
    assert order.slots == (
        IntentSlot("pizzaType", "PIZZA_TYPE", 2),
        IntentSlot("pizzaAmount", "CLOVA.NUMBER", 3),
    )
    first, second = order.expressions
    assert first.parts == (
        Part("페퍼로니", "pizzaType"),
        Part(" "),
        Part("두 판", "pizzaAmount"),
        Part(" 주문해 줘"),
    )
    assert (first.plain, first.slots, first.line) == (
        "페퍼로니 두 판 주문해 줘",
        ("pizzaType", "pizzaAmount"),
        6,
    )
    assert (second.text, second.line) == ("피자 주문할래", 7)
    assert model.slot_types["PIZZA_TYPE"].entries == (
        SlotEntry("페퍼로니", ("페페로니", "살라미"), 1),
        SlotEntry("불고기", (), 2),
    )


def test_a_folder_may_be_named_by_a_text(folder):
    assert load_model(str(folder)) == load_model(folder)


def test_intents_come_in_the_order_of_their_names(folder):
    write_folder(folder, **{"intents/Zoo.tsv": ORDER, "intents/Add.tsv": ORDER})
    assert list(load_model(folder).intents) == ["Add", "OrderPizza", "Zoo"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_line_ends_and_a_byte_order_mark_do_not_matter(end, mark):
    plain = read_intent(ORDER.encode(), "OrderPizza")
    assert read_intent(mark + ORDER.replace("\n", end).encode(), "OrderPizza") == plain


@pytest.mark.parametrize(
    "text", [ORDER.rstrip("\n"), ORDER.replace("\n", "\t\t\n"), f"\n\t\n{ORDER}\u3000\n\n"]
)
def test_what_spreadsheets_add_and_leave_out_does_not_matter(text):
    got, plain = read_intent(text.encode(), "X"), read_intent(ORDER.encode(), "X")
    assert [slot.name for slot in got.slots] == [slot.name for slot in plain.slots]
    assert [item.text for item in got.expressions] == [item.text for item in plain.expressions]


def test_files_that_were_joined_leave_no_mark_behind():
    got = read_intent(ORDER.encode() + codecs.BOM_UTF8 + "피자 줘".encode(), "X")
    assert got.expressions[-1].text == "피자 줘"


def test_a_line_separator_is_no_line_end():
    (expression,) = read_intent(intent("注文\u2028お願い").encode(), "X").expressions
    assert expression.plain == "注文\u2028お願い"


def test_an_intent_without_slots_may_do_without_their_section():
    got = read_intent("[INTENT EXPRESSION]\n음악 틀어 줘\n".encode(), "PlayMusic")
    assert (got.slots, [item.plain for item in got.expressions]) == ((), ["음악 틀어 줘"])


def test_empty_cells_between_synonyms_are_left_out():
    (entry,) = read_slot_type("東京\t\t東京都\t\n".encode(), "CITY").entries
    assert entry == SlotEntry("東京", ("東京都",), 1)


def test_a_slot_may_be_tagged_twice_and_stand_side_by_side():
    got = parse_expression("<from>서울</from><to>부산</to>, <to>대구</to>")
    assert got.slots == ("from", "to", "to")
    assert got.plain == "서울부산, 대구"


def test_names_of_files_that_are_written_decomposed_are_composed(folder):
    (folder / "slot_types" / "PIZZA_TYPE.tsv").unlink()
    write_folder(folder, **{"slot_types/\u1112\u1161\u11ab.tsv": TYPES})
    assert "한" in load_model(folder).slot_types


def test_files_that_are_not_of_the_model_are_passed_over(folder):
    write_folder(
        folder, **{"README.md": "설명", "intents/._OrderPizza.tsv": b"\0\5", "intents/notes.txt": "x"}
    )
    assert list(load_model(folder).intents) == ["OrderPizza"]


# problems


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 0, "The file is empty"),
        ("\n \n\t\n", 0, "The file is empty"),
        ("[INTENT SLOT]\na\tB\n", 0, "There is no section [INTENT EXPRESSION]"),
        ("[INTENT EXPRESSION]\n<a>피자</a> 줘\n", 0, "There is no section [INTENT SLOT]"),
        ("\n피자 줘\n피자\n" + ORDER, 2, "before the first section"),
        (
            "[INTENT SLOT]\n[INTENT EXPRESION]\n[INTENT EXPRESSION]\n피자",
            2,
            "Did you mean '[INTENT EXPRESSION]'?",
        ),
        (ORDER + "[INTENT SLOT]\n", 8, "is there twice"),
        (intent("피자", slots="a\tB\tC\n"), 2, "name and type, not 3"),
        (intent("피자", slots="\tB\n"), 2, "The slot has no name"),
        (intent("피자", slots="a\n"), 2, "'a' has no type"),
        (intent("피자", slots="a\tB\na\tC\n"), 3, "declared twice"),
        (intent("피자", slots="pizza type\tB\n"), 2, "cannot be a tag"),
        (intent("피자\t줘"), 5, "there is a tab"),
        (intent("피자", "<pizzaType>페퍼로니 줘"), 6, "<pizzaType> is never closed"),
        (intent("페퍼로니</pizzaType> 줘"), 5, "</pizzaType> closes nothing"),
        (intent("<a>페퍼로니</b> 줘"), 5, "<a> is closed by </b>. Write </a>."),
        (intent("<a><b>페퍼로니</b></a> 줘"), 5, "<b> is inside <a>"),
        (intent("<>페퍼로니</> 줘"), 5, "no slot name"),
        (intent("<a> </a> 줘"), 5, "<a></a> has no words in it"),
        (intent("<a>x</a><b></b> 줘"), 5, "<b></b> has no words in it"),
        (intent("<a페퍼로니 줘"), 5, "'<' without '>'"),
    ],
)
def test_a_broken_intent_says_where_and_what(text, line, words):
    assert words in the_problem(text, line)


def test_every_problem_of_a_file_is_told():
    text = intent("<a>피자", "피자", "</a>", slots="a\n\tB\n")
    assert [line for line, _ in problems_of(read_intent, text.encode(), "X")] == [2, 3, 6, 8]


def test_every_problem_of_a_slot_type_and_of_the_configuration_is_told():
    assert [line for line, _ in problems_of(read_slot_type, b"\ta\nb\n\tc\n\td\n", "X")] == [1, 3, 4]
    assert [line for line, _ in problems_of(read_config, b"a = 1\nb = 1\nlanguage = 1")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 0, "The file is empty"),
        ("불고기\n\t페페로니\n", 2, "no representative word"),
        (f"\n{ORDER}", 2, "Move it to intents/"),
    ],
)
def test_a_broken_slot_type_says_where_and_what(text, line, words):
    ((where, what),) = problems_of(read_slot_type, text.encode(), "X")
    assert where == line
    assert words in what


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (ORDER.encode("utf-16"), 0, "UTF-16"),
        (ORDER.encode("utf-16-le"), 0, "UTF-16"),
        (ORDER.encode("utf-32"), 0, "UTF-16"),
        (ORDER.encode("cp949"), 6, "The byte 0xC6 is not UTF-8"),
        (codecs.BOM_UTF8 + "あ\r\nピザ\r\n".encode() + "ピザ".encode("cp932"), 3, "Shift_JIS"),
    ],
)
def test_another_encoding_is_told(data, line, words):
    ((where, what),) = problems_of(read_intent, data, "X")
    assert where == line
    assert words in what


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\n", 0, "The file is empty"),
        ('language = "ko"\ninvocation_names = [피자봇]\n', 2, "not valid TOML"),
        ('language = "ko"\nbuilt_in_intents = ["a"\n', 2, "not valid TOML"),
        ('\ninvocation_name = ["피자봇"]', 2, "Did you mean 'invocation_names'?"),
        ('invocation_names = "피자봇"', 1, "must be a list of strings"),
        ("built_in_intents = [1]", 1, "must be a list of strings"),
        ("extension_id = 1", 1, "must be a string"),
        ('\nlanguage = "kr"', 2, "one of ko, ja, en"),
        ("a = " + "[" * 5000, 1, "not valid TOML"),
        (f"a = {'1' * 5000}", 1, "not valid TOML"),
        ('"\\u0061" = 1', 0, "'a' is not a key of model.toml. Use one of: extension_id, language"),
        ("[intents]\na = 1", 1, "'intents' is not a key of model.toml"),
    ],
)
def test_a_broken_configuration_says_where_and_what(text, line, words):
    ((where, what),) = problems_of(read_config, text.encode())
    assert where == line
    assert words in what


def test_the_problems_of_all_files_are_told_at_once(folder):
    write_folder(
        folder,
        **{
            "model.toml": "x = 1",
            "intents/Bad.tsv": intent("<a>피자"),
            "slot_types/EMPTY.tsv": "",
            "A.tsv": "",
        },
    )
    with pytest.raises(ModelError) as caught:
        load_model(folder)
    error = caught.value
    found = [(one.path.relative_to(folder).as_posix(), one.line) for one in error.problems]
    assert found == [("model.toml", 1), ("intents/Bad.tsv", 5), ("slot_types/EMPTY.tsv", 0), ("A.tsv", 0)]
    assert (error.path, error.line) == (folder / "model.toml", 1)
    assert f"{folder / 'intents' / 'Bad.tsv'}:5: <a> is never closed" in str(error)
    assert "Move the file to intents/ or slot_types/" in str(error)


def test_paths_are_told_from_where_one_stands(folder, monkeypatch):
    write_folder(folder, **{"intents/Bad.tsv": intent("<a>피자")})
    monkeypatch.chdir(folder)
    with pytest.raises(ModelError, match=r"^intents/Bad\.tsv:5: "):
        load_model(folder)


def test_no_folder(tmp_path):
    with pytest.raises(ModelError, match=r"nowhere: There is no such folder\. .*flask clova model new"):
        load_model(tmp_path / "nowhere")


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "model").write_text("")
    with pytest.raises(ModelError, match="A model must be a folder, not a file"):
        load_model(tmp_path / "model")


def test_an_empty_folder(tmp_path):
    (tmp_path / "intents").mkdir()
    with pytest.raises(ModelError, match="There is no model in the folder"):
        load_model(tmp_path)


def test_no_configuration(folder):
    (folder / "model.toml").unlink()
    with pytest.raises(ModelError, match=r'There is no model\.toml\. Write one: language = "ko"'):
        load_model(folder)


def test_a_folder_that_cannot_be_read(folder, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(ModelError, match="interaction_model: Cannot be read: Permission denied"):
        load_model(folder)


def test_a_file_that_cannot_be_read(folder):
    (folder / "intents" / "Folder.tsv").mkdir()
    with pytest.raises(ModelError, match=r"Folder\.tsv: Cannot be read: Is a directory"):
        load_model(folder)


# writing


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".clova-build" not in path.parts  # is made of a model, and no part of it
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_model_is_written_as_it_was_to_the_byte(tmp_path, end, mark):
    odd = {
        "intents/OrderPizza.tsv": mark + f"\n{ORDER}\n\n \t\n".replace("\n", end).encode(),
        "intents/PlayMusic.tsv": mark + f"[INTENT EXPRESSION]{end}  음악 틀어 줘\t\t".encode(),
        "slot_types/PIZZA_TYPE.tsv": mark + f" 페퍼로니 \t\t살라미{end}{end}불고기".encode(),
        "model.toml": CONFIG.replace("\n", end if end != "\r" else "\n").encode(),
    }
    first = write_folder(tmp_path / "first", **odd)
    save_model(load_model(first), tmp_path / "second")
    assert contents(tmp_path / "second") == contents(first)


def test_a_new_model_is_written_plainly(tmp_path):
    model = InteractionModel(
        "com.example.ピザ",
        "ja",
        ("ピザボット", 'ピザの"店"'),
        ("Clova.YesIntent", "Clova.NoIntent", "Clova.GuideIntent"),
        intents={
            "OrderPizza": CustomIntent(
                "OrderPizza",
                (IntentSlot("pizzaType", "PIZZA_TYPE"),),
                (Expression("<pizzaType>ミックス</pizzaType>を注文して", ()),),
            )
        },
        slot_types={"PIZZA_TYPE": CustomSlotType("PIZZA_TYPE", (SlotEntry("ミックス", ("ミックスピザ",)),))},
    )
    save_model(model, tmp_path)
    assert {name: data.decode() for name, data in contents(tmp_path).items()} == {
        "model.toml": (
            'extension_id = "com.example.ピザ"\nlanguage = "ja"\n'
            'invocation_names = ["ピザボット", "ピザの\\"店\\""]\nbuilt_in_intents = [\n'
            '    "Clova.YesIntent",\n    "Clova.NoIntent",\n    "Clova.GuideIntent",\n]\n'
            "built_in_slot_types = []\n"
        ),
        "intents/OrderPizza.tsv": (
            "[INTENT SLOT]\npizzaType\tPIZZA_TYPE\n\n[INTENT EXPRESSION]\n"
            "<pizzaType>ミックス</pizzaType>を注文して\n"
        ),
        "slot_types/PIZZA_TYPE.tsv": "ミックス\tミックスピザ\n",
    }
    assert load_model(tmp_path).invocation_names == model.invocation_names


def test_a_changed_intent_keeps_its_line_ends_and_its_mark():
    data = codecs.BOM_UTF8 + ORDER.replace("\n", "\r\n").encode() + b"\r\n\r\n"
    read = read_intent(data, "OrderPizza")
    more = replace(read, expressions=(*read.expressions, parse_expression("피자 줘")))
    assert write_intent(more) == codecs.BOM_UTF8 + f"{ORDER}피자 줘\n".replace("\n", "\r\n").encode()


def test_a_changed_configuration_is_written_afresh():
    model = replace(read_config(CONFIG.encode()), invocation_names=("피자 가게",))
    assert read_config(write_config(model)) == model


def test_what_is_read_again_after_saving_is_what_was_saved(folder):
    model = load_model(folder)
    save_model(replace(model, intents={}), folder)
    assert sorted(contents(folder)) == ["model.toml", "slot_types/PIZZA_TYPE.tsv"]
    assert load_model(folder) == replace(model, intents={})


def test_saving_touches_no_file_that_is_the_same(folder):
    path = folder / "intents" / "OrderPizza.tsv"
    path.chmod(0o444)
    before = path.stat()
    save_model(load_model(folder), folder)
    assert path.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize(
    "broken",
    [
        CustomIntent("X", expressions=(Expression("피자\n줘", ()),)),
        CustomIntent("X", expressions=(Expression("피자\t줘", ()),)),
        CustomIntent("X", expressions=(Expression("[INTENT SLOT]", ()),)),
        CustomIntent("X", expressions=(Expression("피자 ", ()),)),
        CustomIntent("X", expressions=(Expression("<a>피자", ()),)),
        CustomIntent("X", expressions=(Expression("피\ud800자", ()),)),
        CustomIntent("../X"),
        CustomIntent(""),
        CustomIntent(".X"),
    ],
)
def test_what_the_format_cannot_hold_is_not_written(tmp_path, broken):
    with pytest.raises(ModelError):
        save_model(InteractionModel(intents={"X": broken}), tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_a_synonym_with_a_tab_is_not_written():
    with pytest.raises(ModelError, match="read back as something else"):
        write_slot_type(CustomSlotType("X", (SlotEntry("치즈", ("모차\t렐라",)),)))


def test_a_slot_type_without_entries_is_not_written(tmp_path):
    model = InteractionModel(slot_types={"X": CustomSlotType("X")})
    with pytest.raises(ModelError, match=r"X\.tsv: The file is empty"):
        save_model(model, tmp_path)


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError, match=r"Cannot be written: (Not a directory|File exists)"):
        save_model(InteractionModel(), tmp_path / "file")


def test_the_line_of_a_word_in_the_configuration():
    model = read_config(CONFIG.encode())
    assert line_of(model, "피자봇") == 4
    assert line_of(model, "ko") == 3
    assert line_of(model, "Clova.NoIntent") == 0


# whatever the file


LINES = st.lists(
    st.sampled_from(
        [
            "[INTENT SLOT]", "[INTENT EXPRESSION]", "a\tPIZZA_TYPE", "b\tCLOVA.NUMBER\t", "a\tb\tc", "[",
            "", " ", "\t", "주문해 줘", "<a>페퍼로니</a> 줘", "<b>두 판</b>,<a>불고기</a>", "<a>",
            "ピザを\u3000一枚", "é\u2028x", "\ufeff",
        ]
    ),
    max_size=8,
)  # fmt: skip
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(
    LINES, ENDS, st.booleans(), st.booleans(), st.sampled_from(["", "[INTENT SLOT]\n[INTENT EXPRESSION]\n"])
)
@settings(derandomize=True, max_examples=200, deadline=None)
def test_a_file_is_refused_or_written_as_it_was(lines, end, marked, closed, head):
    text = head + end.join(lines) + (end if closed else "")
    data = (codecs.BOM_UTF8 if marked else b"") + text.encode()
    for read, write in ((read_intent, write_intent), (read_slot_type, write_slot_type)):
        try:
            item = read(data, "X")
        except ModelError:
            continue
        assert write(item) == data
        afresh = write(replace(item, source=b""))
        assert write(read(afresh, "X")) == afresh


@given(st.binary(max_size=60))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_any_bytes_are_refused_with_a_reason_or_written_back(data):
    for read, write in (
        (lambda data: read_intent(data, "X"), write_intent),
        (lambda data: read_slot_type(data, "X"), write_slot_type),
        (read_config, write_config),
    ):
        try:
            item = read(data)
        except ModelError:
            continue
        assert write(item) == data


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_characters="<>", exclude_categories=["Cs"]), min_size=1),
            st.sampled_from([None, "pizzaType", "수량"]),
        ).filter(lambda part: part[1] is None or part[0].strip()),
        max_size=5,
    )
)
@settings(derandomize=True, max_examples=200, deadline=None)
def test_an_expression_is_taken_apart_and_put_together(parts):
    text = tagged(tuple(Part(*part) for part in parts))
    assert tagged(parse_expression(text).parts) == text
    assert parse_expression(text).plain == "".join(words for words, _ in parts)


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.lists(st.text("가ア\"'\\\n\t#[]\x7f\x00")),
)
@settings(derandomize=True, max_examples=200, deadline=None)
def test_any_text_can_stand_in_the_configuration(extension_id, names):
    model = InteractionModel(extension_id, "ja", tuple(names))
    assert read_config(write_config(model)) == model


def test_the_samples_model_is_written_as_it_was(tmp_path):
    sample = Path(__file__).parents[3] / "sample_app" / "interaction_model"
    save_model(load_model(sample), tmp_path / "copy")
    assert contents(tmp_path / "copy") == contents(sample)


def test_a_model_that_cannot_be_written_leaves_the_old_one(tmp_path):
    old = InteractionModel(intents={name: CustomIntent(name) for name in ("하나", "둘")})
    save_model(old, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for name in ("가" * 300, "\ud800", "a\u2028b"):
        with pytest.raises(ModelError):
            save_model(InteractionModel(intents={name: CustomIntent(name)}), tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_nothing_is_written_where_a_link_leads_out_of_the_model(tmp_path):
    outside = tmp_path / "outside.tsv"
    outside.write_text("밖", encoding="utf-8")
    folder = tmp_path / "model"
    (folder / "intents").mkdir(parents=True)
    (folder / "intents" / "A.tsv").symlink_to(outside)
    with pytest.raises(ModelError, match="leads out of the model's folder"):
        save_model(InteractionModel(intents={"A": CustomIntent("A"), "B": CustomIntent("B")}), folder)
    assert outside.read_text(encoding="utf-8") == "밖"
    assert [path.name for path in (folder / "intents").iterdir() if not path.is_symlink()] == []


def test_a_link_in_the_model_stays_one_and_the_file_it_leads_to_is_written(tmp_path):
    folder = tmp_path / "model"
    save_model(InteractionModel(intents={"A": CustomIntent("A")}), folder)
    (folder / "shared").mkdir()
    (folder / "intents/A.tsv").rename(folder / "shared/A.tsv")
    (folder / "intents/A.tsv").symlink_to("../shared/A.tsv")
    intent = CustomIntent("A", expressions=(parse_expression("피자 줘"),))
    save_model(InteractionModel(intents={"A": intent}), folder)
    assert (folder / "intents/A.tsv").is_symlink()
    assert "피자 줘" in (folder / "shared/A.tsv").read_text(encoding="utf-8")
