"""What a page of account linking consists of, as far as phones and the platforms' reviews are concerned."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_ASSETS = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src", "video": "src"}
"""Elements that load something, with the attribute that tells from where."""
_LOADING_RELATIONS = ("stylesheet", "icon", "preload", "modulepreload", "apple-touch-icon", "shortcut")
_MAX_WORDS = 300
_POP_UP = re.compile(r"\bwindow\s*\.\s*open\s*\(")


@dataclass(slots=True)
class Form:
    """A form.

    :ivar action: the URL that it posts to, absolute.
    :ivar has_action: whether the page names it; else it is the page's own address with its query.
    :ivar fields: its fields by name, with the values that they have.
    :ivar choices: its buttons and boxes, as pairs of name and value.
    :ivar kinds: of each name, its ``type``, or its element where that has none: ``password``, ``textarea``.
    """

    action: str
    method: str
    has_action: bool
    fields: dict[str, str] = field(default_factory=dict)
    choices: list[tuple[str, str]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Page:
    """A page.

    :ivar size: bytes of the document.
    :ivar has_viewport: whether it is laid out for phones.
    :ivar pop_ups: what opens new windows, as it stands in the page.
    :ivar assets: pairs of an element and the absolute URL of what it loads.
    :ivar inline: elements with content of their own, ``style`` and ``script``, with their nonces.
    """

    url: str
    size: int
    has_viewport: bool = False
    pop_ups: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    assets: list[tuple[str, str]] = field(default_factory=list)
    inline: list[tuple[str, str]] = field(default_factory=list)

    def hosts(self) -> list[str]:
        """List the other hosts that it loads from."""
        hosts = (host_of(url) for _, url in self.assets)
        return sorted({host for host in hosts if host and host != host_of(self.url)})


def read_page(url: str, body: bytes) -> Page:
    """Read a page, however odd its markup is.

    :param url: its address.
    """
    page = Page(url, len(body))
    reader = _Reader(page)
    reader.feed(body.decode(errors="replace"))
    reader.close()
    return page


def joined(base: str, url: str) -> str:
    """Return the URL that a page or a redirect means; one that cannot be read stays as it is."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def host_of(url: str) -> str:
    """Return the host and port of a URL; empty where it cannot be read."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def words_of(text: str) -> str:
    """Return the words of a page, by their beginning."""
    shown = re.sub(r"<(title|style|script)\b.*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL | re.IGNORECASE)
    words = " ".join(html.unescape(shown).split())
    return words if len(words) <= _MAX_WORDS else f"{words[:_MAX_WORDS]}…"


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._form: Form | None = None
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read an element."""
        given = {name: value or "" for name, value in attrs}
        self._look_for_pop_ups(tag, given)
        if tag == "meta" and given.get("name", "").lower() == "viewport":
            self._page.has_viewport = "width" in given.get("content", "")
        elif tag == "form":
            action = joined(self._page.url, given.get("action", ""))
            self._form = Form(action, given.get("method", "get").lower(), bool(given.get("action")))
            self._page.forms.append(self._form)
        elif tag in ("input", "button", "select", "textarea"):
            self._read_field(tag, given)
        self._read_asset(tag, given)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag == "form":
            self._form = None
        elif tag == "script":
            self._in_script = False

    def handle_data(self, data: str) -> None:
        """Read what stands in a script."""
        if self._in_script:
            self._page.pop_ups += _POP_UP.findall(data)

    def _look_for_pop_ups(self, tag: str, given: dict[str, str]) -> None:
        target = given.get("target", given.get("formtarget", ""))
        if target.lower() in ("_blank", "_new"):
            self._page.pop_ups.append(f'<{tag} target="{target}">')
        handlers = (value for name, value in given.items() if name.startswith("on") or name == "href")
        self._page.pop_ups += [found for value in handlers for found in _POP_UP.findall(value)]

    def _read_field(self, tag: str, given: dict[str, str]) -> None:
        name, value = given.get("name"), given.get("value", "")
        if self._form is None or not name:
            return
        kind = given.get("type", "").lower() if tag == "input" else tag
        self._form.kinds[name] = kind or "text"
        if tag == "button" or given.get("type", "").lower() in ("submit", "image"):
            self._form.choices.append((name, value))
        elif given.get("type", "").lower() in ("radio", "checkbox"):
            self._form.choices.append((name, value))
            if "checked" in given:
                self._form.fields[name] = value
        else:
            self._form.fields[name] = value

    def _read_asset(self, tag: str, given: dict[str, str]) -> None:
        source = given.get(_ASSETS.get(tag, ""), "")
        relations = given.get("rel", "").lower().split()
        if tag == "link" and not set(relations) & set(_LOADING_RELATIONS):
            return
        if source and not source.startswith(("data:", "about:")):
            self._page.assets.append((tag, joined(self._page.url, source)))
        elif tag in ("style", "script"):
            self._page.inline.append((tag, given.get("nonce", "")))
            self._in_script = tag == "script"
