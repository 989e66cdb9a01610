"""Every text of the pages in Korean and Japanese."""

import io
import re
from pathlib import Path

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import clova_flask.devtools.console
from tests.devtools.console.browser import Browser

ROOT = Path(clova_flask.devtools.console.__file__).parent
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
PLACE = re.compile(r"%\((\w+)\)s")
SAME = {"Custom", "Extension ID"}
"""Texts that are as they are in English, since they are names."""


@pytest.fixture(scope="module")
def texts():
    found = extract_from_dir(str(ROOT), METHODS, keywords={**DEFAULT_KEYWORDS, "N_": None})
    return {text for _, _, text, _, _ in found if text}


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_every_text_is_translated(texts, language):
    with (ROOT / f"translations/{language}/LC_MESSAGES/messages.po").open("rb") as file:
        catalog = read_po(file)
    translated = {message.id: message.string for message in catalog if message.id and message.string}
    assert texts - set(translated) == set()
    assert set(translated) - texts == set()
    for text, translation in translated.items():
        assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(translation)), text
        assert translation != text or text in SAME


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_the_translations_that_are_installed_are_those_of_the_sources(language):
    folder = ROOT / f"translations/{language}/LC_MESSAGES"
    with (folder / "messages.po").open("rb") as source, (folder / "messages.mo").open("rb") as installed:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(source))
        compiled.seek(0)
        wanted = {message.id: message.string for message in read_mo(compiled)}
        assert {message.id: message.string for message in read_mo(installed)} == wanted


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("ko", ["익스텐션", "아직 등록한 익스텐션이 없습니다."]),
        ("ja", ["スキル", "登録されたスキルはまだありません。"]),
        ("en", ["Extensions", "No extension is registered yet."]),
    ],
)
def test_the_pages_in_three_languages(console, language, texts):
    page = Browser(console, language=language).get("/")
    assert [text for text in texts if text not in page.text] == []


@pytest.mark.parametrize(("language", "told"), [("ko", "10개까지"), ("ja", "10個まで")])
def test_errors_are_translated_with_their_values(console, language, told):
    browser = Browser(console, language=language)
    page = browser.get("/register/naver/custom")
    testers = "\n".join(f"tester{number}" for number in range(11))
    page = page.form("extension_id").submit(extension_id="com.example.a", name="봇", testers=testers)
    assert page.status == 422
    assert told in page.text
