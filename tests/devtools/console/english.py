"""English on pages of other languages: runs of words that are neither code nor names nor told to be so."""

import re
from html.parser import HTMLParser

_SILENT = {"script", "style", "code", "pre", "textarea", "kbd", "samp", "title"}
_VOID = {"input", "img", "br", "hr", "meta", "link"}
_TOLD = ("placeholder", "title", "aria-label", "alt", "data-busy")
_NAMES = re.compile(
    r"flask clova [a-z ]+|Clova Home|Clova Extensions Kit|HTTP Basic|Credentials in request body|"
    r"Content-Type|Cache-Control|LINE Developers|Friends mini|Xperia Ear Duo|"
    r"/(?:home|link) [ -~]+|[!-~]*[/_.=\\<>{}][!-~]*"
)
_RUN = re.compile(r"[A-Za-z][a-z']+(?:,? [a-z'][a-z']+)+")
"""Two words or more, the later ones without a capital."""


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.texts, self._open = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if not any(self._open):
            self.texts += [given[name] for name in _TOLD if given.get(name)]
        if tag not in _VOID:
            self._open.append(tag in _SILENT or given.get("lang") == "en")

    def handle_endtag(self, tag):
        if tag not in _VOID and self._open:
            self._open.pop()

    def handle_data(self, data):
        if not any(self._open):
            self.texts.append(data)


def english_in(html):
    """List the runs of English words that a page shows."""
    reader = _Reader()
    reader.feed(html)
    return [run for text in reader.texts for run in _RUN.findall(_NAMES.sub("·", text))]
