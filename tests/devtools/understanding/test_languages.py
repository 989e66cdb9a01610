"""The languages of the understanding: each is loaded alone, and holds what it has to."""

import subprocess
import sys

import pytest

from clova_flask.devtools.understanding.languages.base import language
from clova_flask.devtools.understanding.text import fold
from clova_flask.settings import LANGUAGES

LOADED = """
import sys
from clova_flask.devtools.understanding.languages.base import language
language("ja")
package = "clova_flask.devtools.understanding.languages"
print([code for code in ("ko", "ja", "en") if f"{package}.{code}" in sys.modules])
"""


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_is_found_by_its_code(code):
    assert language(code).code == code


@pytest.mark.parametrize("code", ["", "fr", "base", "ko.times"])
def test_english_stands_for_what_is_not_known(code):
    assert language(code) is language("en")


def test_only_the_language_that_is_asked_for_is_loaded():
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['ja']"


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_compared_as_it_stands_is_folded(code):
    known = language(code)
    words = {*known.counters, *known.particles, *known.particles_of_places, *known.not_this, *known.ago}
    words |= known.numbers.seldom_meant | known.affixes | known.strays
    assert sorted(words) == sorted(map(fold, words))


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_has_the_built_in_intents_and_slot_types(code):
    korean, known = language("ko"), language(code)
    assert known.expressions.keys() == korean.expressions.keys()
    everywhere = {name for name in korean.words if not name.endswith("_")}
    assert everywhere <= known.words.keys()
