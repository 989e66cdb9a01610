"""The Flask extension."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import NoneType
from typing import Any

from flask import Blueprint, Flask, current_app
from flask.cli import AppGroup

from .errors import ConfigurationError, RegistrationError
from .groups import HandlerGroup
from .home.push import PushClient
from .runtime import Runtime
from .settings import load_settings
from .views import METHODS, make_view


class _CommandGroup(AppGroup):
    """``flask clova``, which loads its commands when they are asked for: a server never needs them."""

    def list_commands(self, ctx: Any) -> list[str]:
        """List the commands."""
        return self._commands().list_commands(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Find a command."""
        return self._commands().get_command(ctx, cmd_name)

    @staticmethod
    def _commands() -> AppGroup:
        commands: AppGroup = import_module("clova_flask.devtools.cli").clova
        return commands


class Clova(HandlerGroup):
    """A Clova extension on a Flask app.

    ``Clova(app)``, or ``Clova()`` and :meth:`init_app` later. Each setting can be given here in place of the
    app's ``CLOVA_*`` configuration, and then wins over it.

    :param app: the app; or the name, ``Clova("pizza", …)``, when an app has several extensions.
    :param name: name of the extension and of its blueprint.
    :param url_prefix: path of the endpoint, ``/clova``.
    :param extension_id: the id, or ids, that messages have to be for.
    :param platform: ``naver`` or ``line``.
    :param verify_signature: False takes messages from anybody.
    :param public_key: PEM, list of PEMs, or path, in place of the platform's key.
    :param public_key_url: where the key is fetched from.
    :param public_key_ttl: seconds until it is fetched again.
    :param timestamp_tolerance: seconds that a message may be old.
    :param max_content_length: longest body taken, in bytes.
    :param default_lang: ``ko``, ``ja`` or ``en``.
    :param validate_responses: whether answers are checked before they are sent.
    :param extension_secret: the API key of the Push API.
    :param interaction_model: folder of the interaction model, ``interaction_model`` beside the app.
    """

    def __init__(
        self,
        app: Flask | str | None = None,
        *,
        name: str = "clova",
        url_prefix: str | None = None,
        extension_id: str | Iterable[str] | None = None,
        platform: str | None = None,
        verify_signature: bool | None = None,
        public_key: str | Path | list[str] | None = None,
        public_key_url: str | None = None,
        public_key_ttl: float | None = None,
        timestamp_tolerance: float | None = None,
        max_content_length: int | None = None,
        default_lang: str | None = None,
        validate_responses: bool | None = None,
        extension_secret: str | None = None,
        interaction_model: str | Path | None = None,
    ) -> None:
        super().__init__()
        if not isinstance(app, (Flask, str, NoneType)):
            raise ConfigurationError(f"Clova takes a Flask app, or a name, not {type(app).__name__}.")
        self.name = app if isinstance(app, str) else name
        if "." in self.name or not self.name:
            raise ConfigurationError(f"{self.name!r} cannot be the name of an extension; it is one word.")
        self._overrides: dict[str, Any] = {
            "url_prefix": url_prefix,
            "extension_id": extension_id,
            "platform": platform,
            "verify_signature": verify_signature,
            "public_key": public_key,
            "public_key_url": public_key_url,
            "public_key_ttl": public_key_ttl,
            "timestamp_tolerance": timestamp_tolerance,
            "max_content_length": max_content_length,
            "default_lang": default_lang,
            "validate_responses": validate_responses,
            "extension_secret": extension_secret,
            "interaction_model": interaction_model,
        }
        if isinstance(app, Flask):
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Read the settings and register the blueprint with the endpoint.

        :raises ConfigurationError: a setting cannot work, or the app has an extension of this name already.
        """
        runtimes: dict[str, Runtime] = app.extensions.setdefault("clova", {})
        if self.name in runtimes:
            raise ConfigurationError(
                f"The app has a Clova extension named {self.name!r} already. Give each its own name and "
                'path: Clova("another", url_prefix="/another").'
            )
        settings = load_settings(app.config, self._overrides)
        for name, other in runtimes.items():
            if other.settings.url_prefix == settings.url_prefix:
                raise ConfigurationError(
                    f"{self.name!r} and {name!r} are both at {settings.url_prefix or '/'}; give each its own "
                    "url_prefix."
                )
        runtime = Runtime(app, self.name, settings, self.registry)
        blueprint = Blueprint(
            self.name,
            "clova_flask",
            template_folder="templates",
            url_prefix=settings.url_prefix or None,
        )
        blueprint.add_url_rule(
            "/",
            endpoint="endpoint",
            view_func=make_view(runtime),
            methods=METHODS,
            strict_slashes=False,
            provide_automatic_options=False,
        )
        app.register_blueprint(blueprint)
        runtimes[self.name] = runtime
        app.cli.add_command(_CommandGroup("clova", help="Clova extensions: check, send, say, talk, …"))

    @property
    def push(self) -> PushClient:
        """The client of the Push API, in an app context: ``clova.push.send("lamp-1", "msg-1")``.

        :raises ConfigurationError: ``CLOVA_EXTENSION_ID`` or ``CLOVA_EXTENSION_SECRET`` is not set.
        """
        runtime: Runtime = current_app.extensions["clova"][self.name]
        return runtime.push()

    def register(self, group: HandlerGroup) -> None:
        """Take over the handlers of a group; it may join several extensions.

        :raises RegistrationError: both have a handler for the same.
        """
        if group is self:
            raise RegistrationError(f"The extension {self.name!r} cannot join itself.")
        self.registry.join(group.registry)
        group.registry.close(f"its group has joined the extension {self.name!r}.")
