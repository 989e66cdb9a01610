"""The Flask extension."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from importlib import import_module
from importlib.util import find_spec
from types import NoneType
from typing import TYPE_CHECKING, Any, Never, Unpack

from flask import Flask, current_app
from flask.cli import AppGroup

from .decorators import HandlerGroup
from .errors import ConfigurationError, RegistrationError, UserDataUnavailable, type_name
from .injection.callables import is_async
from .injection.calling import as_called
from .injection.handler import Handler
from .injection.parameters import Function, require_one_argument
from .routing import listen
from .runtime import Runtime, runtime_of
from .settings import SettingArguments
from .settings.loading import check_arguments, load_settings

if TYPE_CHECKING:
    from .custom.phrases import Phrases
    from .home.push import Push, PushClient
    from .user_data.access import UserDataAccess
    from .user_data.keeper import Keeper


class _CommandGroup(AppGroup):
    """``flask clova``, which imports its commands when one is used: a server needs none."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands."""
        return self._commands().list_commands(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, or None."""
        return self._commands().get_command(ctx, cmd_name)

    @staticmethod
    def _commands() -> AppGroup:
        commands: AppGroup = import_module("clova_flask.devtools.cli").clova
        return commands


class Clova(HandlerGroup):
    """A Clova extension on a Flask app.

    ``Clova(app)``, or ``Clova()`` and :meth:`init_app` later. Each ``CLOVA_*`` setting is also an argument,
    ``url_prefix="/voice"`` for ``CLOVA_URL_PREFIX``, and then wins over ``app.config``.

    :param app: the app; or the name, ``Clova("pizza", …)``, when an app has several extensions.
    :param name: name of the extension and of its blueprint.
    :param settings: the settings, by their names in lower case without ``CLOVA_``.
    :raises TypeError: an argument is not a setting; the text names the nearest that is.
    :raises ConfigurationError: as :meth:`init_app`, where an app is given.
    """

    _owner = "Clova"

    def __init__(
        self,
        app: Flask | str | None = None,
        *others: Never,
        name: str = "clova",
        **settings: Unpack[SettingArguments],
    ) -> None:
        super().__init__()
        check_arguments(settings)
        if others:
            from .settings.misuse import explain_position

            raise TypeError(explain_position(others))
        if not isinstance(app, (str, NoneType)):
            _require_app(app)
        self.name = app if isinstance(app, str) else name
        if not isinstance(self.name, str) or {".", "/"} & set(self.name) or not self.name:
            from .settings.misuse import explain_name

            raise ConfigurationError(explain_name(self.name))
        self._arguments: Mapping[str, Any] = settings
        self._recorder: PushClient | None = None
        if app is not None and not isinstance(app, str):
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Read the settings and register the blueprint with the endpoint.

        :raises ConfigurationError: a setting cannot work, the app does not match hosts or subdomains as they
            ask for, the name or the path is in use already, or it is no app.
        :raises RegistrationError: a handler is ``async def``, and the app cannot run it.
        """
        _require_app(app)
        runtimes: dict[str, Runtime] = app.extensions.setdefault("clova", {})
        self._check_name(app, runtimes)
        status = self.registry.status
        status.sync_only = status.sync_only or _is_sync_only(app)
        settings = load_settings(app.config, self._arguments)
        runtime = Runtime(app, self.name, settings, self.registry)
        status.has_store = status.has_store and runtime.keeper is not None
        self.registry.require_running()
        listen(app, runtime, runtimes.values())
        runtimes[self.name] = runtime
        status.apps += 1
        if "clova" not in app.cli.commands:  # one group for all extensions; a command of the app's own stays
            app.cli.add_command(_CommandGroup("clova", help="Clova extensions: check, send, say, talk, …"))

    def _check_name(self, app: Flask, runtimes: Mapping[str, Runtime]) -> None:
        if self.name in runtimes and runtimes[self.name].declared is self.registry:
            raise ConfigurationError(
                f"init_app was called twice with this app on the extension {self.name!r}. Call it once; "
                "Clova(app) calls it too."
            )
        if self.name in runtimes:
            raise ConfigurationError(
                f"The app already has another Clova extension named {self.name!r}. Each needs its own name "
                'and path: Clova("another", url_prefix="/another").'
            )
        if self.name in app.blueprints:
            blueprint = app.blueprints[self.name]
            raise ConfigurationError(
                f"The app already has a blueprint named {self.name!r}, made in {blueprint.import_name}, and "
                "the extension makes one of the same name. Rename that blueprint, or name the extension: "
                'Clova("voice").'
            )

    @property
    def push(self) -> PushClient:
        """Return the client of the Push API: ``clova.push.send("lamp-1", "msg-1")`` in an app context.

        :raises ConfigurationError: ``CLOVA_EXTENSION_ID`` or ``CLOVA_EXTENSION_SECRET`` is not set; or the
            app is in testing, and :meth:`record_pushes` does not record.
        """
        if self._recorder is not None:
            return self._recorder
        if current_app.testing:
            from .home.push_recorder import refuse_in_testing

            raise refuse_in_testing(self.name)
        runtime: Runtime = current_app.extensions["clova"][self.name]
        return runtime.push()

    def record_pushes(self) -> AbstractContextManager[list[Push]]:
        """Record the pushes of a test, which are sent to nobody: ``with clova.record_pushes() as sent:``.

        ``sent`` is a list of pairs, ``[("lamp-1", "test-msg-1")]``. What the Push API would refuse raises the
        same error. A receipt is empty, since nobody has answered: its ``summary`` is ``""``.
        """
        from .home.push_recorder import record

        return record(self._use)

    def _use(self, recorder: PushClient | None) -> PushClient | None:
        before, self._recorder = self._recorder, recorder
        return before

    @property
    def phrases(self) -> Phrases:
        """The sentences of the extension's default answers, by language and occasion.

        ``clova.phrases["ja"]["failed"] = "…"`` replaces one; another extension keeps its own. An app has
        those that were there when its first message came.

        :raises RegistrationError: there is no such language or occasion, or it is replaced too late.
        """
        from .custom.phrases import Phrases

        custom = self.registry.custom
        return Phrases(custom.phrases, lambda: custom.status.closed)

    @property
    def user_data(self) -> UserDataAccess:
        """The data of users outside a handler's parameters: to open, update and delete it."""
        from .user_data.access import UserDataAccess

        return UserDataAccess(self._keeper, self._declare_user_data_key)

    def _keeper(self) -> Keeper:
        runtime = runtime_of(current_app, self.name)
        if runtime.keeper is None:
            raise UserDataUnavailable(
                "There is no store of user data. Set CLOVA_USER_DATA_URL, for instance to "
                "sqlite:///clova_data.db."
            )
        return runtime.keeper

    def _declare_user_data_key(self, function: Function) -> None:
        require_one_argument(function, "A function under @clova.user_data.key", "the user")
        handler = Handler("user_data.key", function, (), is_async(function), called=as_called(function))
        self.registry.custom.add(self.registry.user_functions, "user_data_key", handler)

    def register(self, group: HandlerGroup, *others: object) -> None:
        """Add the handlers of a group; a group may join several extensions.

        To register the same group again is no error and changes nothing, so that a factory may do it for a
        ``Clova`` that its apps share.

        :param others: nothing; Flask passes its own where the extension is taken for a blueprint.
        :raises RegistrationError: both have a handler for the same intent, event or other thing; or an app of
            this extension has answered its first message.
        """
        if others:
            raise RegistrationError(
                "The extension is no blueprint, it makes one of its own: write clova.init_app(app), not "
                "app.register_blueprint(clova)."
            )
        if not isinstance(group, HandlerGroup):
            raise RegistrationError(_not_a_group(group))
        if group is self:
            raise RegistrationError(
                f"The extension {self.name!r} cannot register itself; register must be called with a "
                "HandlerGroup."
            )
        self.registry.join(group.registry)
        group.registry.close(f"its group has joined the extension {self.name!r}.")


def _require_app(app: Any) -> None:
    """Require a Flask app.

    :raises ConfigurationError: it is something else; the text tells what to do.
    """
    if not isinstance(app, Flask):
        from .settings.misuse import explain_no_app

        raise ConfigurationError(explain_no_app(app))


def _is_sync_only(app: Flask) -> bool:
    """Whether an app cannot run ``async def``: it does so in Flask's way, and lacks what that takes."""
    ways = (
        (app.ensure_sync, Flask.ensure_sync),
        (app.async_to_sync, Flask.async_to_sync),
    )
    if any(getattr(way, "__func__", None) is not usual for way, usual in ways):
        return False
    return find_spec("asgiref") is None


def _not_a_group(given: Any) -> str:
    """Write what was registered, and the group in it when it is a module."""
    members = getattr(given, "__dict__", {}).items()
    found = next((key for key, value in members if isinstance(value, HandlerGroup)), None)
    name = getattr(given, "__name__", "…")
    hint = f" Write clova.register({name}.{found})." if found else ""
    return f"register must be called with a HandlerGroup, not {type_name(given)}.{hint}"
