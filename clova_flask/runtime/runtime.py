"""What one app keeps of one extension."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask, got_request_exception

from ..custom.dispatch import CustomService
from ..endpoint import Endpoint
from ..errors import KeySourceError
from ..findings import Finding
from ..home.dispatch import HomeService
from ..home.errors import HomeError
from ..home.interfaces import REGIONS
from ..injection.recovery import duration_of
from ..registry import Registry
from ..security.devkey import read_key
from ..security.key_choice import make_verifier
from ..settings import Settings
from ..signals import Notifier, message_failed
from ..wire.processes import ProcessLock
from . import options, risks

if TYPE_CHECKING:
    from ..custom.rules import AnswerRules
    from ..home.push import PushClient
    from ..user_data.keys import Kind

logger = logging.getLogger("clova_flask")

MODEL_FOLDER = "interaction_model"


class Runtime:
    """One extension in one app, kept in ``app.extensions["clova"]`` by name.

    :ivar name: the extension's name.
    :ivar settings: its settings.
    :ivar declared: the handlers of the extension, which other apps may share.
    :ivar registry: the handlers of this app: those, until it is opened; from then on what there was then.
    :ivar verifier: checks signatures.
    :ivar guard: refuses what has come before; None where the setting is off.
    :ivar endpoint: answers messages; None until the first one comes.
    :ivar ensure_sync: makes an ``async def`` function of a turn callable, in the time that there is.
    :ivar telemetry: tells OpenTelemetry of messages; None where that is off.
    :ivar keeper: loads and saves user data; None where there is no store.
    :ivar checks: what else the extension needs to be ready, by the names that the log has; each raises what
        keeps it from being used.
    """

    def __init__(self, app: Flask, name: str, settings: Settings, registry: Registry) -> None:
        self.name = name
        self.settings = settings
        self.declared = self.registry = registry
        self.verifier = make_verifier(settings)
        self.guard = options.make_guard(name, settings)
        self._app = app
        self._notify = Notifier(app, name, app.ensure_sync)
        self.endpoint: Endpoint | None = None
        self.ensure_sync: Callable[[Callable[..., Any]], Callable[..., Any]] = app.ensure_sync
        self._push: PushClient | None = None
        self._lock = ProcessLock()
        self.keeper = options.make_keeper(app, name, settings, self._account_of)
        self.checks = options.ready_checks(self.keeper, self.guard, settings)
        self.telemetry = options.make_telemetry(name, settings, self.verifier)
        self._warn_of_risks()
        if not app.testing:
            self.verifier.start()

    def open(self) -> Endpoint:
        """Make the endpoint with the handlers that there are, and accept no more from here on."""
        with self._lock:
            if self.endpoint is None:
                self.declared.close(f"the app {self._app.name!r} has answered its first message.")
                self.registry = self.declared.snapshot()
                if self.keeper is not None:
                    from .stored import forgetting

                    self.registry.custom.farewells.append(forgetting(self.keeper))
                self._warn([*self.missing_handlers(), *risks.missing_user_data_key(self.registry)])
                refusal = self._home_refusal()
                self._trust_development_key()
                if self._app.debug:
                    self._warn(self._check_names())
                self.endpoint = Endpoint(
                    self.verifier if self.settings.verify_signature else None,
                    guard=self.guard,
                    custom=CustomService(
                        self.registry.custom,
                        self.settings,
                        rules=self.answer_rules(),
                        on_mistake=self._mistaken,
                        debug=self._app.debug == 1,
                        foreign=(HomeError,),
                        **self._lent(),
                        data_of=self._data_of("custom"),
                    ),
                    home=self.home_service(refusal),
                    notify=self._notify,
                    observe=None if self.telemetry is None else self.telemetry.observe,
                )
            return self.endpoint

    def answer_rules(self) -> AnswerRules:
        """Return what an answer may be, by the platform and by whether the app is being developed."""
        from ..custom.rules import answer_rules  # it is for the first message; an import need not wait for it

        return answer_rules(self.settings.platform, bool(self._app.debug or self._app.testing))

    def home_service(self, refusal: str = "") -> HomeService:
        """Make a service that answers Clova Home with the handlers that are there now.

        :param refusal: why it refuses each message; empty when it does not.
        """
        return HomeService(
            self.registry.home,
            regions=self.regions,
            lang=self.settings.default_lang,
            validate=self.settings.validate_responses,
            refusal=refusal,
            **self._lent(),
            data_of=self._data_of("home"),
        )

    def _lent(self) -> dict[str, Any]:
        """Collect what both services need of the app."""
        loader, ensure_sync = self.registry.user_loader, self._app.ensure_sync
        platform, timeout = self.settings.platform, self.settings.handler_timeout
        timed: dict[str, Any] = {}
        if timeout is not None or (platform and platform.answer_seconds):
            from ..injection.watching import watched

            timed = watched(loader, ensure_sync, platform, timeout)
            self.ensure_sync = timed["ensure_sync"]
        return {
            "load_user": self._user_function("user_loader"),
            "ensure_sync": ensure_sync,
            "watch": None,
            "on_failure": self._failed,
            "is_trapped": self._app.trap_http_exception,
            "notify": self._notify,
            **timed,
        }

    def _data_of(self, kind: Kind) -> Any:
        """Make what finds the user data of a turn; None where there is no store."""
        if self.keeper is None:
            return None
        from .stored import data_of

        return data_of(kind, self.keeper, self._user_function("user_data_key"))

    def _user_function(self, name: str) -> Callable[[Any], Any] | None:
        """Return a function that tells who a user is, as the app calls it."""
        handler = self.registry.user_functions.get(name)
        if handler is None:
            return None
        called = handler.called
        # An async one each time anew, since what a turn has time for is told when it is called.
        return (lambda told: self.ensure_sync(called)(told)) if handler.is_async else self.ensure_sync(called)

    def _account_of(self, access_token: str) -> Any:
        """Return the id of the linked account of an access token; None where nothing tells it."""
        find = self._user_function("account_id")
        return None if find is None else find(access_token)

    @property
    def regions(self) -> tuple[str, ...]:
        """The platforms whose tables count: that of the settings, or both."""
        return (self.settings.platform.region,) if self.settings.platform else REGIONS

    @property
    def address(self) -> str:
        """Where the extension listens, ``voice.example.com/<tenant>/clova``; a subdomain ends with a dot."""
        settings = self.settings
        subdomain = f"{settings.subdomain}." if settings.subdomain else ""
        return f"{settings.host or subdomain}{settings.url_prefix or '/'}"

    @property
    def model_folder(self) -> Path:
        """Where the interaction model is, or would be; a relative path counts from the app's folder."""
        return Path(self._app.root_path) / (self.settings.interaction_model or MODEL_FOLDER)

    def risks(self) -> list[Finding]:
        """Check whether it is safe to answer CEK with the settings, and with the development key."""
        found = [*risks.of_settings(self.settings), *risks.of_development_key(self._app)]
        return found if self.guard is None else [*found, *self.guard.check_settings()]

    def missing_handlers(self) -> list[Finding]:
        """Check that anything is declared."""
        return risks.missing_handlers(self._app.name, self.name, self.registry)

    def _home_refusal(self) -> str:
        """Return why messages of Clova Home are refused; empty when they are not."""
        if self._app.debug or self._app.testing:
            return ""
        for finding in risks.missing_user_loader(self.settings, self.registry):
            logger.error("%s [%s]", finding, finding.code)
            return "The extension answers no messages of Clova Home: it has no user_loader."
        return ""

    def push(self) -> PushClient:
        """Return the client of the Push API, one for all threads.

        :raises ConfigurationError: the extension's id or secret is not set.
        """
        with self._lock:
            if self._push is None:
                from ..home.push import PushClient

                ids = self.settings.extension_ids
                told = None if self.telemetry is None else self.telemetry.pushed
                secret = self.settings.extension_secret or ""
                self._push = PushClient(ids[0] if ids else "", secret, on_outcome=told)
            return self._push

    @property
    def option(self) -> str:
        """What names the extension on a command line; empty where the app has no other."""
        return f" --name {self.name}" if len(self._app.extensions["clova"]) > 1 else ""

    def _warn_of_risks(self) -> None:
        if self._app.debug or self._app.testing:
            return
        self._warn(self.risks())

    def _check_names(self) -> list[Finding]:
        """Check the names of parameters; only an app in debug loads what that takes."""
        names = import_module("clova_flask.devtools.diagnostics.parameter_names")
        findings: list[Finding] = names.check_parameter_names(self)
        return findings

    @staticmethod
    def _warn(findings: Iterable[Finding]) -> None:
        for finding in findings:
            logger.warning("%s [%s]", finding, finding.code)

    def _trust_development_key(self) -> None:
        """Make a debug app trust the development key, also one that is made after the app has started."""
        if self._app.debug == 1:  # not "False", if the configuration was read after init_app
            self.verifier.trust_also(self._development_key)

    def _development_key(self) -> rsa.RSAPublicKey | None:
        try:
            key = read_key(Path(self._app.instance_path))
        except KeySourceError as error:
            logger.error("%s", error)
            return None
        return key.public_key() if key else None

    def _mistaken(self, error: Exception, told: str) -> None:
        """Tell of a mistake of the developer's, of which a user should not hear."""
        if self._app.testing:
            raise error
        logger.warning("%s", told)

    def _failed(self, turn: Any, error: Exception) -> None:
        self._notify(message_failed, message=turn.message, error=error, duration=duration_of(turn))
        propagates = self._app.config["PROPAGATE_EXCEPTIONS"]
        if propagates is None:
            propagates = self._app.debug or self._app.testing
        if propagates:
            # Flask sends got_request_exception itself for what leaves a view.
            raise error
        self._notify.send(got_request_exception, exception=error)
        logger.error("A handler failed; an apology or an error was answered.", exc_info=error)
