"""The ``CLOVA_*`` settings, each declared once: its default, its converter and its help.

The tables of the README and of the documentation are written from it by ``docs/_ext/settings_tables.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import tzinfo
from pathlib import Path
from typing import Any, TypedDict

from ..platforms import Platform
from . import converters

LANGUAGES = ("ko", "ja", "en")
"""The languages a speech can be in."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Setting:
    """How one setting is written and read.

    :ivar name: the constructor's argument, ``extension_id``.
    :ivar attribute: the attribute of :class:`Settings`, ``extension_ids``.
    :ivar convert: checks and converts a value; raises :class:`~clova_flask.settings.converters.NotValid`.
    :ivar default: the value where none is set.
    :ivar shown_default: the default as the tables of the documentation write it.
    :ivar help: one line of reStructuredText for these tables.
    :ivar secret: whether the value stays out of errors and of ``repr``.
    """

    name: str
    attribute: str
    convert: Callable[[Any], Any]
    default: Any
    shown_default: str
    help: str
    secret: bool = False

    @property
    def key(self) -> str:
        """The name in ``app.config``, ``CLOVA_EXTENSION_ID``."""
        return f"CLOVA_{self.name.upper()}"


def _setting(default: Any, convert: Callable[[Any], Any], help: str, **options: Any) -> Any:  # noqa: A002
    """Declare a setting; ``options`` are further fields of :class:`Setting`."""
    row = {"convert": convert, "help": help, **options}
    return field(default=default, repr=not options.get("secret"), metadata=row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one extension. A new one is a field here, and a line in :class:`SettingArguments`."""

    platform: Platform | None = _setting(
        None,
        converters.platform,
        "``naver`` or ``line``: selects the public key, its URL and the message version",
    )
    extension_ids: tuple[str, ...] = _setting(
        (),
        converters.strings,
        "extension id, or a list; without it, messages for any extension are accepted",
        name="extension_id",
    )
    url_prefix: str = _setting(
        "/clova", converters.prefix, "path of the endpoint; it may have variables, ``/<tenant>/clova``"
    )
    host: str | None = _setting(
        None, converters.host, "host of the endpoint, in an app that matches hosts; it may have variables"
    )
    subdomain: str | None = _setting(
        None, converters.host, "subdomain of the endpoint, in an app that matches subdomains"
    )
    public_key: tuple[str, ...] = _setting(
        (),
        converters.public_keys,
        "PEM, list of PEMs, or path of a PEM file; messages must be signed with one of these keys",
        shown_default="the platform's",
    )
    further_keys: tuple[str, ...] = _setting(
        (),
        converters.public_keys,
        "further public keys, as in ``CLOVA_PUBLIC_KEY``, that are trusted beside the platform's",
    )
    public_key_url: str | None = _setting(
        None,
        converters.url,
        "https URL that the public key is fetched from; with ``CLOVA_PUBLIC_KEY``, none by default",
        shown_default="the platform's",
    )
    public_key_ttl: float = _setting(
        86_400, converters.seconds, "seconds after which a fetched key is fetched again"
    )
    timestamp_tolerance: float | None = _setting(
        None,
        converters.seconds,
        "seconds that a message's timestamp may differ from now; without it, not checked",
    )
    max_content_length: int = _setting(1_048_576, converters.size, "longest body that is accepted, in bytes")
    default_lang: str = _setting(
        "ko",
        converters.one_of(LANGUAGES),
        "language of speech where the request names none: ``ko``, ``ja``, ``en``",
        shown_default="the platform's",
    )
    timezone: tzinfo | None = _setting(
        None,
        converters.timezone,
        "time zone of the users: what the local CEK understands by 오늘 and 明日",
        shown_default="the platform's",
    )
    validate_responses: bool = _setting(True, converters.flag, "check answers before they are sent")
    handler_timeout: float | None = _setting(
        None,
        converters.seconds,
        "seconds of a turn after which its ``async def`` handlers are cancelled; without it, never",
    )
    health: bool = _setting(
        False, converters.flag, "answer ``GET /clova/health``, and with ``?ready`` tell whether it is ready"
    )
    interaction_model: Path | None = _setting(
        None,
        converters.folder,
        "folder of the interaction model, relative to the app's",
        shown_default="``interaction_model``",
    )
    extension_secret: str | None = _setting(
        None, converters.header_value, "API key of the Push API, from the developer console", secret=True
    )
    home_any_token: bool = _setting(
        False, converters.flag, "answer Clova Home without a ``user_loader``, whatever the access token"
    )
    verify_signature: bool = _setting(
        True, converters.flag, "check signatures; make a development key rather than turn it off"
    )
    telemetry: bool = _setting(
        False,
        converters.flag,
        "OpenTelemetry: a span a message, metrics, and the message's id in each line of the log; needs the "
        "extra ``otel``",
    )
    tracer_provider: Any = _setting(
        None,
        converters.provider("get_tracer"),
        "OpenTelemetry: where spans go, instead of to the global tracer provider",
        shown_default="the global one",
    )
    meter_provider: Any = _setting(
        None,
        converters.provider("get_meter"),
        "OpenTelemetry: where metrics go, instead of to the global meter provider",
        shown_default="the global one",
    )
    user_data_url: str | None = _setting(
        None,
        converters.text,
        "user data: where it is kept, ``sqlite:///…``, ``postgresql+psycopg2://…`` or ``redis://…``; a "
        "relative SQLite path counts from the instance folder",
        secret=True,
    )
    user_data_engine: Any = _setting(
        None,
        converters.engine,
        "user data: the app's own SQLAlchemy engine, or a function that returns it, instead of a URL",
    )
    user_data_max_size: int = _setting(
        65_536, converters.size, "user data: the most that is kept of one user, in bytes of JSON"
    )
    replay_guard_url: str | None = _setting(
        None,
        converters.text,
        "replay guard: where messages are remembered, so that a repeat is refused: ``redis://host:6379/0``, "
        "or ``memory://`` for one process",
        shown_default="off",
        secret=True,
    )
    replay_guard_ttl: float = _setting(
        3600, converters.lifetime, "replay guard: seconds that a message is remembered"
    )
    replay_guard_fail: str = _setting(
        "open",
        converters.one_of(("open", "closed")),
        "replay guard: whether messages are answered, ``open``, or refused with 503, ``closed``, while Redis "
        "is away",
    )
    linking_database_url: str | None = _setting(
        None,
        converters.text,
        "account linking: SQLAlchemy's URL of the database; a relative SQLite path counts from the instance "
        "folder",
        shown_default="``sqlite:///clova_linking.db``",
        secret=True,
    )
    linking_login_view: str | None = _setting(
        None,
        converters.text,
        "account linking: endpoint or path of the app's login page",
        shown_default="Flask-Login's ``login_view``",
    )
    linking_expires_in: float = _setting(
        3600, converters.seconds, "account linking: seconds that an access token is valid"
    )
    linking_rotate: bool = _setting(
        False, converters.flag, "account linking: replace a refresh token when it is used"
    )
    linking_cache: float = _setting(
        5,
        converters.seconds_or_none,
        "account linking: seconds that a check of a token is remembered; 0 checks each time",
    )
    linking_introspection: bool = _setting(
        False, converters.flag, "account linking: answer clients that ask what a token stands for (RFC 7662)"
    )


class SettingArguments(TypedDict, total=False):
    """The settings as arguments of :class:`~clova_flask.Clova`; None is the same as not given."""

    platform: str | None
    extension_id: str | Iterable[str] | None
    url_prefix: str | None
    host: str | None
    subdomain: str | None
    public_key: str | Path | Iterable[str | Path] | None
    further_keys: str | Path | Iterable[str | Path] | None
    public_key_url: str | None
    public_key_ttl: float | None
    timestamp_tolerance: float | None
    max_content_length: int | None
    default_lang: str | None
    timezone: str | tzinfo | None
    validate_responses: bool | None
    handler_timeout: float | None
    health: bool | None
    interaction_model: str | Path | None
    extension_secret: str | None
    home_any_token: bool | None
    verify_signature: bool | None
    telemetry: bool | None
    tracer_provider: object | None
    meter_provider: object | None
    user_data_url: str | None
    user_data_engine: object | None
    user_data_max_size: int | None
    replay_guard_url: str | None
    replay_guard_ttl: float | None
    replay_guard_fail: str | None
    linking_database_url: str | None
    linking_login_view: str | None
    linking_expires_in: float | None
    linking_rotate: bool | None
    linking_cache: float | None
    linking_introspection: bool | None


def _row(declared: Field[Any]) -> Setting:
    default = declared.default
    shown = "" if default in (None, ()) else f"``{default}``"
    row = {"name": declared.name, "shown_default": shown, **declared.metadata}
    return Setting(attribute=declared.name, default=default, **row)


SETTINGS: Mapping[str, Setting] = {row.name: row for row in map(_row, fields(Settings))}
"""Every setting by the name of its argument."""
