"""A browser for the console's pages: it reads forms, and sends them as they are filled in."""

from copy import copy
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

BASE = "http://localhost:5050"
_VOID = {"input", "img", "br", "hr", "meta", "link"}


class Form:
    """A form of a page: its values are as shown, until they are set."""

    def __init__(self, browser, page, attributes):
        self._browser, self._page = browser, page
        self.method = attributes.get("method", "get").lower()
        self.action = attributes.get("action") or page.path
        self.values = {}
        self.types = {}
        self.buttons = []
        self.sends_to = []
        self.times_sent = 0

    def add(self, name, value, kind):
        self.types[name] = kind
        if value is not None:
            self.values.setdefault(name, []).append(value)
        else:
            self.values.setdefault(name, [])

    def add_button(self, given):
        if "formaction" in given:
            self.sends_to.append(given["formaction"])
        if given.get("name"):
            self.buttons.append((given["name"], given.get("value", "")))

    def submit(self, button=None, *, follow=True, at_once=False, **changes):
        """Send the form; a list is sent as several inputs of one name.

        A form that was sent before is sent as from a page that was opened anew, or, with `at_once`, as by a
        button that is pressed twice.
        """
        values = {**self.values}
        if self.times_sent and not at_once and "once" in values:
            values["once"] = [f"{values['once'][0]}-{self.times_sent}"]
        self.times_sent += 1
        for name, value in changes.items():
            assert name in values or name in self.types, f"the form has no {name}, but {sorted(self.types)}"
            values[name] = value if isinstance(value, list) else [value]
        if button is not None:
            name, value = button
            assert button in self.buttons, f"the form has no such button, but {self.buttons}"
            values[name] = [value]
        data = [(name, one) for name, given in values.items() for one in given]
        flat = {}
        for name, one in data:
            flat.setdefault(name, []).append(one)
        target = urljoin(self._page.path, self.action)
        if self.method == "get":
            return self._browser.get(target.partition("?")[0], query=flat)
        return self._browser.post(target, flat, follow=follow)


class _Reader(HTMLParser):
    def __init__(self, browser, page):
        super().__init__()
        self.browser, self.page = browser, page
        self.forms, self.links, self.texts = [], [], []
        self._form = self._select = self._textarea = None
        self._chosen = self._first = None
        self._silent = 0

    def handle_starttag(self, tag, attrs):
        given = {name: "" if value is None else value for name, value in attrs}
        if tag in ("script", "style"):
            self._silent += 1
        if tag == "form":
            self._form = Form(self.browser, self.page, given)
            self.forms.append(self._form)
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif self._form is not None:
            self._control(tag, given)

    def _control(self, tag, given):
        form, name = self._form, given.get("name")
        if tag == "button":
            form.add_button(given)
        elif tag == "input" and name:
            kind = given.get("type", "text")
            if kind in ("radio", "checkbox"):
                form.add(name, given.get("value", "on") if "checked" in given else None, kind)
            elif kind == "file":
                form.add(name, None, kind)
            else:
                form.add(name, given.get("value", ""), kind)
        elif tag == "select" and name:
            self._select, self._chosen, self._first = name, None, None
        elif tag == "option" and self._select:
            if self._first is None:
                self._first = given.get("value", "")
            if "selected" in given:
                self._chosen = given.get("value", "")
        elif tag == "textarea" and name:
            self._textarea = [name, ""]

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self._silent -= 1
        if tag == "form":
            self._form = None
        elif tag == "select" and self._select:
            self._form.add(self._select, self._chosen if self._chosen is not None else self._first, "select")
            self._select = None
        elif tag == "textarea" and self._textarea:
            self._form.add(self._textarea[0], self._textarea[1].removeprefix("\n"), "textarea")
            self._textarea = None

    def handle_data(self, data):
        if self._textarea:
            self._textarea[1] += data
        if not self._silent and data.strip():
            self.texts.append(" ".join(data.split()))


class Page:
    """A page that was answered."""

    def __init__(self, browser, response):
        self.status = response.status_code
        self.response = response
        parts = urlsplit(response.request.url)
        self.path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        self.html = response.get_data().decode(errors="replace")
        self._browser = browser

    @cached_property
    def _read(self):
        """What the page says: read when a test asks for it, since most pages are only passed through."""
        reader = _Reader(self._browser, self)
        if self.response.mimetype == "text/html":
            reader.feed(self.html)
        return reader

    @property
    def forms(self):
        return self._read.forms

    @property
    def links(self):
        return self._read.links

    @property
    def text(self):
        return " ".join(self._read.texts)

    def form(self, having=None):
        """Return the form that has an input or a button of a name; without one, that in the content."""
        found = [
            form
            for form in self.forms
            if (having in form.types or having in dict(form.buttons))
            or (having is None and "language" not in form.types)
        ]
        assert found, f"no form with {having} on {self.path}: {self.text[:500]}"
        return found[0]

    def form_to(self, end):
        """Return the form that is sent to an address with this end, by its own or by one of its buttons."""
        found = next(
            (form, action)
            for form in self.forms
            for action in (form.action, *form.sends_to)
            if action.endswith(f"/{end}")
        )
        form, action = found
        if action == form.action:
            return form
        sent = copy(form)
        sent.action = action
        return sent


class Browser:
    """Keeps cookies, and sends what browsers send."""

    def __init__(self, app, *, language="en", base=BASE, environ=None):
        self.client = app.test_client()
        self.base = base
        self.headers = {"Accept-Language": language}
        self.environ = environ or {}

    def get(self, path, *, query=None, follow=True):
        response = self.client.get(
            path,
            base_url=self.base,
            query_string=query,
            headers=self.headers,
            follow_redirects=follow,
            environ_overrides=self.environ,
        )
        return Page(self, response)

    def post(self, path, data, *, follow=True, headers=None):
        response = self.client.post(
            path,
            base_url=self.base,
            data=data,
            headers={**self.headers, "Origin": self.base, "Sec-Fetch-Site": "same-origin", **(headers or {})},
            follow_redirects=follow,
            content_type="multipart/form-data",
        )
        return Page(self, response)
