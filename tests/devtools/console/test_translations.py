"""Every text of the pages in Korean and Japanese."""

import io
import re
from pathlib import Path

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import clova_flask
import clova_flask.devtools.console
import clova_flask.findings
from clova_flask.findings import CODES
from tests.devtools.console.browser import Browser

ROOT = Path(clova_flask.devtools.console.__file__).parent
PACKAGE = Path(clova_flask.__file__).parent
FINDINGS = Path(clova_flask.findings.__file__).parent
CONTRIBUTING = (Path(__file__).parents[3] / "CONTRIBUTING.md").read_text("utf-8")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = parse_keywords(["N_", "Templated", "Code:3", "Code:4,4t", "Code:4,5t"])
"""As in the command of CONTRIBUTING.md."""
PLACE = re.compile(r"%\((\w+)\)s")
WORD = re.compile(r"\b[a-z]{2,}")
"""A word that is not a name."""


@pytest.fixture(scope="module")
def texts():
    return extracted(PACKAGE)


def extracted(room):
    keywords = {**DEFAULT_KEYWORDS, **KEYWORDS}
    return {text for _, _, text, _, _ in extract_from_dir(str(room), METHODS, keywords=keywords) if text}


def test_the_texts_of_all_codes_are_collected():
    assert extracted(FINDINGS) == {text for code in CODES.values() for text in (code.meaning, code.fix)}
    assert all(
        f" -k {word}" in CONTRIBUTING for word in ("N_", "Templated", "Code:3", "Code:4,4t", "Code:4,5t")
    )


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_every_text_is_translated(texts, language):
    with (ROOT / f"translations/{language}/LC_MESSAGES/messages.po").open("rb") as file:
        catalog = read_po(file)
    translated = {message.id: message.string for message in catalog if message.id and message.string}
    assert texts - set(translated) == set()
    assert set(translated) - texts == set()
    for text, translation in translated.items():
        assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(translation)), text
        assert translation != text or not WORD.search(PLACE.sub("", text)), text


PARTICLE = re.compile(
    r"%\(\w+\)s[’”']?(?:은|는|이|가|을|를|와|과|로|으로)(?![가-힣])|\((?:을|를|이|가|은|는|으로|로|와|과)\)"
)
"""What depends on the last letter of a value, or is written both ways since nobody knows it."""
GLOSSARY = Path(__file__).with_name("glossary.md").read_text("utf-8")


def translations(language):
    with (ROOT / f"translations/{language}/LC_MESSAGES/messages.po").open("rb") as file:
        return [message.string for message in read_po(file) if message.id]


def unwanted(column):
    """List the words of a column of the glossary's table."""
    rows = [line.split("|")[1:-1] for line in GLOSSARY.splitlines() if line.startswith("|")]
    return [word.strip() for row in rows[2:] for word in row[column].split(",") if word.strip()]


def test_no_particle_depends_on_a_value():
    assert [text for text in translations("ko") if PARTICLE.search(text)] == []


@pytest.mark.parametrize(("language", "column"), [("ko", 3), ("ja", 4)])
def test_the_words_are_those_of_the_glossary(language, column):
    words = unwanted(column)
    assert len(words) > 12
    found = [(word, text) for text in translations(language) for word in words if word in text]
    assert found == []


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
