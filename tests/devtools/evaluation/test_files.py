"""Files of utterances with their intents: what is read, what is refused, and where."""

import codecs

import pytest

from clova_flask.devtools.evaluation import read_cases, write_cases
from clova_flask.errors import ModelError

TAGGED = "<pizzaType>페퍼로니</pizzaType> <pizzaAmount>두 판</pizzaAmount>"


def read(text):
    cases = read_cases(text if isinstance(text, bytes) else text.encode())
    return [(case.expression.text, case.intent) for case in cases]


def problems(text):
    with pytest.raises(ModelError) as caught:
        read(text)
    return [(error.line, error.text) for error in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    [
        f"{TAGGED}\tOrderPizza\nピザをください\tOrderPizza",
        f"utterance\tintent\n{TAGGED}\tOrderPizza\nピザをください\tOrderPizza\n",
        f"\ufeffutterance,intent\r\n{TAGGED},OrderPizza\r\n\r\nピザをください,OrderPizza\r\n",
        f"{TAGGED},OrderPizza\rピザをください,OrderPizza\r",
        f'Intent,Note,Utterance\nOrderPizza,"a, b",{TAGGED}\nOrderPizza,,ピザをください\n',
        f"  {TAGGED} \t OrderPizza \t\t\nピザをください\tOrderPizza\t",
    ],
)
def test_files_of_every_make_are_read(text):
    assert read(text) == [(TAGGED, "OrderPizza"), ("ピザをください", "OrderPizza")]


def test_slots_and_lines_are_known():
    first, second = read_cases(f"utterance\tintent\n\n{TAGGED}\tOrderPizza\n날씨 어때\t-\n".encode())
    assert (first.utterance, first.line) == ("페퍼로니 두 판", 3)
    assert first.slots == {"pizzaType": "페퍼로니", "pizzaAmount": "두 판"}
    assert (second.intent, second.line) == ("-", 4)


def test_the_fallback_is_what_nothing_is_to_be_understood_by():
    assert read("날씨 어때\tClova.FallbackIntent") == read("날씨 어때\t-")


def test_commas_and_quotes_of_an_utterance():
    text = '"네, 주문해 줘",Clova.YesIntent\n"""네"" 라고 해",Clova.YesIntent\n'
    assert [utterance for utterance, _ in read(text)] == ["네, 주문해 줘", '"네" 라고 해']


@pytest.mark.parametrize("for_spreadsheets", [False, True])
def test_what_is_written_is_read_again(for_spreadsheets):
    text = f'{TAGGED}\tOrderPizza\n"네, ""그거"""\tClova.YesIntent\n날씨 어때\t-\n'
    cases = read_cases(text.encode())
    data = write_cases(cases, for_spreadsheets=for_spreadsheets)
    assert data.startswith(codecs.BOM_UTF8) is for_spreadsheets
    assert read(data) == [(case.expression.text, case.intent) for case in cases]


def test_every_problem_is_told_with_its_line():
    text = (
        "utterance\tintent\n"
        "피자 주세요\n"
        "피자 주세요\tOrder Pizza\n"
        "<pizzaType>페퍼로니 주세요\tOrderPizza\n"
        "\tOrderPizza\n"
        "메뉴\t\n"
        "<pizzaType>피자</pizzaType> 주세요\t-\n"
        "<a>하나</a> <a>둘</a>\tOrderPizza\n"
        f"{'가' * 301}\tOrderPizza\n"
        '"열린 따옴표\tOrderPizza\n'
        "맞는 줄\tOrderPizza\n"
    )
    found = problems(text)
    assert [line for line, _ in found] == list(range(2, 11))
    for (_, told), expected in zip(
        found,
        [
            "There is no intent.", "'Order Pizza' is not the name", "<pizzaType> is never closed",
            "There is no utterance", "There is no intent", "no intent is to be understood: -",
            "'a' is tagged twice", "at most 300 characters; this one has 301", "quotes of the line",
        ],
        strict=True,
    ):  # fmt: skip
        assert expected in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "There is no utterance in the file."),
        ("utterance\tintent\n", "There is no utterance in the file."),
        ("피자 주세요", "must have two columns"),
        ("네, 그거, 주세요,OrderPizza", "has 4 columns, not two. Put an utterance with a comma in quotes"),
        ("피자\tA\t메모", "has 3 columns"),
        ('"네\t그래"\tA', "control character"),
        pytest.param("x" * 140_000 + "\tOrderPizza", "field larger than field limit", id="a long line"),
    ],
)
def test_what_is_no_such_file_is_refused(text, told):
    assert told in problems(text)[0][1]


def test_an_utterance_with_two_intents_is_refused():
    [(line, text)] = problems("피자 주세요\tOrderPizza\n메뉴\tShowMenu\n피자주세요!\tShowMenu\n")
    assert line == 3
    assert text == "'피자주세요!' is to be ShowMenu here, and OrderPizza in line 1. Remove one of them."
    assert len(read("피자\tOrderPizza\n피자\tOrderPizza\n")) == 2


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("피자\tA".encode("utf-16"), "looks like UTF-16"),
        ("첫째\tA\n피자\tA".encode("cp949"), "save the file as UTF-8"),
        ("ピザ,A".encode("cp932"), "Spreadsheets write CP949 or Shift_JIS"),
        (b"\0\1", "is not text"),
    ],
)
def test_other_encodings_are_refused(data, told):
    assert told in problems(data)[0][1]


def test_tabs_and_commas_are_not_mixed():
    text = "네 좋아\tClova.YesIntent\n아니요,Clova.NoIntent\n싫어, 안 해\tClova.NoIntent\n그래\n"
    (mixed_line, mixed), (short_line, short) = problems(text)
    assert (mixed_line, short_line) == (2, 4)
    assert "Do not mix the two" in mixed
    assert "must have two columns" in short
