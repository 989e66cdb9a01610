"""The whole model as a zip: what is refused, and what is read from it."""

import io
import stat
import zipfile

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from tests.devtools.console.models.pages import MODEL, send_all, stored, zipped

CONFIG = ("model.toml", 'language = "ko"\n')
INTENT = "[INTENT SLOT]\n\n[INTENT EXPRESSION]\n{} 주문해 줘\n"


def link(name, target):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target


def encrypted():
    data = bytearray(zipped(CONFIG))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    return bytes(data)


def twice():
    with pytest.warns(UserWarning, match="Duplicate"):
        return zipped(CONFIG, ("intents/A.tsv", INTENT.format("가")), ("intents/A.tsv", INTENT.format("나")))


def corrupted():
    data = bytearray(zipped(CONFIG, ("intents/A.tsv", INTENT.format("가") * 50)))
    place = data.index(b"intents/A.tsv") + len("intents/A.tsv") + 10
    data[place : place + 4] = b"\xff\xff\xff\xff"
    return bytes(data)


REFUSED = {
    "not a zip": (b"no zip", "not a zip"),
    "outside": (zipped(CONFIG, ("../../evil.tsv", "a")), "outside of its folder"),
    "outside, by a way back": (zipped(CONFIG, ("x/../../y.tsv", "a")), "outside of its folder"),
    "outside, no file of a model": (zipped(CONFIG, ("../.bashrc", "a")), "outside of its folder"),
    "absolute": (zipped(CONFIG, ("/tmp/evil.tsv", "a")), "outside of its folder"),
    "link": (zipped(CONFIG, link("intents/A.tsv", "/etc/passwd")), "a link in the place of a file"),
    "link beside": (zipped(CONFIG, link("intents", "/etc")), "a link in the place of a file"),
    "bomb": (zipped(CONFIG, ("intents/A.tsv", "0" * (65 << 20))), "more than 64 MB"),
    "bomb of lines": (zipped(CONFIG, ("intents/A.tsv", "a\n" * 1_000_001)), "more than 1000000 lines"),
    "another method": (zipped(CONFIG, method=zipfile.ZIP_LZMA), "by another method than Deflate"),
    "another method, a bomb": (
        zipped(CONFIG, ("intents/A.tsv", "0" * 1_000_000), method=zipfile.ZIP_BZIP2),
        "by another method than Deflate",
    ),
    "many files": (zipped(CONFIG, *((f"intents/A{n}.tsv", "") for n in range(2001))), "at most 2000"),
    "twice": (twice(), "intents/A.tsv The zip has this file twice"),
    "two files of one": (
        zipped(CONFIG, ("intents/A.tsv", INTENT), ("intents/_intent_A.tsv", INTENT)),
        "is the file of A too",
    ),
    "not an intent": (zipped(CONFIG, ("intents/A.tsv", "x")), "Line 1: This line is before"),
    "no model": (zipped(("readme.txt", "x")), "no model in the folder"),
    "no config": (zipped(("intents/A.tsv", INTENT)), "There is no model.toml."),
    "beside its place": (zipped(CONFIG, ("A.tsv", INTENT)), "Move the file to intents/"),
    "name of a path": (zipped(CONFIG, ("intents/x\\..\\A.tsv", INTENT.format("가"))), "must be of letters"),
    "name that is reserved": (zipped(CONFIG, ("slot_types/CLOVA.X.tsv", "a")), "the platform"),
    "not UTF-8": (zipped(CONFIG, ("slot_types/A.tsv", "피자".encode("cp949"))), "is not UTF-8"),
    "cut off": (zipped(CONFIG)[:-30], "not a zip"),
    "corrupted": (corrupted(), "not a zip that can be read"),
    "encrypted": (encrypted(), "not a zip that can be read"),
    "nothing": (b"", "the one that was sent is empty"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_archives_that_are_refused(console, browser, pizza, name):
    data, told = REFUSED[name]
    page = send_all(browser, data)
    assert page.status == 422
    assert told in page.text
    assert "OrderPizza" in stored(console).intents


def test_no_file_at_all(browser, pizza):
    page = browser.get(f"{MODEL}/files/all").form("file").submit()
    assert page.status == 422
    assert "Choose a file" in page.text


@pytest.mark.parametrize("top", ["", "pizza/", "a/b/interaction_model/"])
def test_a_model_in_a_folder_of_the_zip(console, browser, pizza, top):
    """A Mac adds a folder of its own, whose files have the same names."""
    files = [
        ("__MACOSX/._model.toml", "\0\0"),
        (f"__MACOSX/{top}intents/._Order.tsv", "\0"),
        (f"{top}intents/Order.tsv", INTENT.format("피자")),
        (f"{top}intents/Order.tsv.d/Other.tsv", "?"),
        (f"{top}readme.md", "?"),
        (f"{top}model.toml", 'language = "ko"\nbuilt_in_intents = ["Clova.GuideIntent"]\n'),
    ]
    assert "The model is replaced by the file." in send_all(browser, zipped(*files)).text
    model = stored(console)
    assert list(model.intents) == ["Order"]
    assert model.intents["Order"].expressions[0].text == "피자 주문해 줘"
    assert model.built_in_intents == ("Clova.GuideIntent",)


def test_names_that_differ_in_case_alone_are_two(console, browser, pizza):
    """The platforms tell them apart; the build refuses them, so that the developer chooses."""
    data = zipped(
        CONFIG, ("intents/Order.tsv", INTENT.format("가")), ("intents/ORDER.tsv", INTENT.format("나"))
    )
    assert "The model is replaced by the file." in send_all(browser, data).text
    assert sorted(stored(console).intents) == ["ORDER", "Order"]


def test_of_two_who_send_a_zip_the_later_is_told(console, browser, pizza):
    from tests.devtools.console.browser import Browser

    other = Browser(console).get(f"{MODEL}/files/all").form("file")
    send_all(browser, zipped(CONFIG, ("intents/A.tsv", INTENT.format("가"))))
    page = other.submit(file=(io.BytesIO(zipped(CONFIG)), "model.zip"))
    assert "is not replaced" in page.text
    assert list(stored(console).intents) == ["A"]


def test_a_file_of_too_many_lines(browser, pizza, monkeypatch):
    monkeypatch.setattr("clova_flask.devtools.console.models.file_pages.MAX_LINES", 100)
    form = browser.get(f"{MODEL}/files/slot-types/PIZZA_TYPE").form("file")
    page = form.submit(file=(io.BytesIO(b"a\n" * 101), "a.tsv"))
    assert page.status == 422
    assert "more than 100 lines" in page.text


def test_of_two_who_send_a_file_the_later_is_told(console, browser, pizza):
    from tests.devtools.console.browser import Browser

    path = f"{MODEL}/files/slot-types/PIZZA_TYPE"
    other = Browser(console).get(path).form("file")
    page = browser.get(path).form("file").submit(file=(io.BytesIO("치즈\n".encode()), "a.tsv"))
    assert "PIZZA_TYPE is replaced by the file." in page.text
    page = other.submit(file=(io.BytesIO("고구마\n".encode()), "a.tsv"))
    assert "is not replaced" in page.text
    assert [entry.value for entry in stored(console).slot_types["PIZZA_TYPE"].entries] == ["치즈"]
    page = page.form("file").submit(file=(io.BytesIO("고구마\n".encode()), "a.tsv"))
    assert [entry.value for entry in stored(console).slot_types["PIZZA_TYPE"].entries] == ["고구마"]


def test_a_slot_type_goes_down(browser, pizza):
    sent = browser.get(f"{MODEL}/files/slot-types/PIZZA_TYPE.tsv").response
    assert sent.get_data().decode() == "페퍼로니\t페페로니\n불고기\n"
    assert "filename=PIZZA_TYPE.tsv" in sent.headers["Content-Disposition"]
