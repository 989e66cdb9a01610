"""What an answer may be: by its platform, and by whether the app is being developed."""

from __future__ import annotations

from functools import cache, partial

from marshmallow import Schema

from ..platforms import PLATFORMS, Platform
from ..wire.compiler import CompiledSchema


class AnswerRules:
    """The rules for the answers of an extension.

    :param platform: the platform, whose facts they are.
    :param is_developed: whether the app is in debug or testing, so that somebody reads what is told.
    :ivar schema: checks the envelope and the speech of a response message.
    """

    __slots__ = ("is_developed", "no_http", "platform", "schema")

    def __init__(self, platform: Platform, is_developed: bool) -> None:
        self.platform = platform
        self.is_developed = is_developed
        self.no_http = _no_http(platform, is_developed)
        self.schema = CompiledSchema(partial(_make_schema, self))

    def url_problem(self, url: str) -> str | None:
        """Explain why no device can fetch a URL; None when one can."""
        from .urls import url_problem  # for the first URL

        return url_problem(url, no_http=self.no_http, is_public=not self.is_developed)

    def length_problem(self, url: str) -> str | None:
        """Explain how a URL is too long; None when it is not."""
        limit = self.platform.max_url_bytes
        if limit is None or len(url.encode(errors="replace")) <= limit:
            return None
        return f"Longer than {limit} bytes."


@cache
def answer_rules(platform: Platform | None, is_developed: bool) -> AnswerRules:
    """Return the rules for a platform; for one that is not set those of NAVER, which are stricter."""
    return AnswerRules(platform or PLATFORMS["naver"], is_developed)


def _no_http(platform: Platform, is_developed: bool) -> str:
    if not platform.plays_http:
        return f"{platform.title} fetches nothing by http."
    if is_developed:
        return ""
    return f"{platform.title} accepts http only while an extension is tested: in debug or testing."


def _make_schema(rules: AnswerRules) -> Schema:
    # To make these schemas takes a tenth of the package's import, and not every answer needs them.
    from .response_schemas import message_schema

    return message_schema(rules.platform, (rules.length_problem, rules.url_problem))
