"""The Content-Security-Policy of a page, as far as it decides about account linking."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from .linking_page import Page

_KINDS = {
    "script": "script-src",
    "style": "style-src",
    "link": "style-src",
    "img": "img-src",
    "iframe": "frame-src",
    "source": "media-src",
    "video": "media-src",
}


class Policy:
    """A policy; an empty header is one that allows everything.

    :param header: the value of the header. Of several policies, joined by commas, each has to allow.
    """

    def __init__(self, header: str) -> None:
        self._policies = [_directives(policy) for policy in header.split(",") if policy.strip()]

    def may_post_to(self, url: str, own: str) -> bool:
        """Tell whether a form of the page at ``own`` may post, or be redirected, to a URL."""
        return all(_allows(policy.get("form-action"), url, own) for policy in self._policies)

    @property
    def keeps_frames_away(self) -> bool:
        """Whether pages of other sites cannot show the page in a frame."""
        return any(_names_no_site(policy.get("frame-ancestors")) for policy in self._policies)

    def blocked(self, page: Page) -> Iterator[str]:
        """List what of a page is not loaded or run."""
        for tag, url in page.assets:
            if not all(_allows(_of_kind(policy, tag), url, page.url) for policy in self._policies):
                yield f"<{tag}> {url}"
        for tag, nonce in page.inline:
            if not all(_allows_inline(_of_kind(policy, tag), nonce) for policy in self._policies):
                yield f"<{tag}>"


def _directives(policy: str) -> dict[str, list[str]]:
    words = [part.split() for part in policy.split(";") if part.strip()]
    return {name.lower(): sources for name, *sources in reversed(words)}


def _of_kind(policy: dict[str, list[str]], tag: str) -> list[str] | None:
    return policy.get(_KINDS[tag], policy.get("default-src"))


def _names_no_site(sources: list[str] | None) -> bool:
    return sources is not None and set(sources) <= {"'none'", "'self'"}


def _allows(sources: list[str] | None, url: str, own: str) -> bool:
    """Tell whether a list of sources has a URL; None is no list, and allows all."""
    return sources is None or any(_matches(source, url, own) for source in sources)


def _matches(source: str, url: str, own: str) -> bool:
    there, here = urlsplit(url), urlsplit(own)
    if source == "'self'":
        return (there.scheme, there.netloc) == (here.scheme, here.netloc)
    if source in ("*", f"{there.scheme}:"):
        return True
    scheme, has_scheme, rest = source.rpartition("://")
    if has_scheme and scheme != there.scheme:
        return False
    host, _, path = rest.partition("/")
    is_below = host.startswith("*.") and there.netloc.endswith(host[1:])
    return (is_below or host == there.netloc) and f"/{path}" in ("/", there.path)


def _allows_inline(sources: list[str] | None, nonce: str) -> bool:
    if sources is None or (nonce and f"'nonce-{nonce}'" in sources):
        return True
    if any(source.startswith("'sha") for source in sources):
        return True  # it may be of this element
    has_nonce = any(source.startswith("'nonce-") for source in sources)
    return "'unsafe-inline'" in sources and not has_nonce
