"""What one app keeps of one extension."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask, got_request_exception

from .custom.dispatch import CustomService
from .endpoint import Endpoint
from .errors import KeySourceError, nearest
from .findings import Finding, Place
from .home.dispatch import HomeService
from .home.errors import HomeError
from .home.interfaces import REGIONS
from .registry import Registry
from .security.devkey import PRIVATE_NAME, made_here, read_key
from .security.key_choice import make_verifier
from .settings import Settings
from .signals import Notifier, message_failed
from .wire.processes import ProcessLock

if TYPE_CHECKING:
    from .custom.rules import AnswerRules
    from .home.push import PushClient

logger = logging.getLogger("clova_flask")

MODEL_FOLDER = "interaction_model"


class Runtime:
    """One extension in one app, kept in ``app.extensions["clova"]`` by name.

    :ivar name: the extension's name.
    :ivar settings: its settings.
    :ivar declared: the handlers of the extension, which other apps may share.
    :ivar registry: the handlers of this app: those, until it is opened; from then on what there was then.
    :ivar verifier: checks signatures.
    :ivar endpoint: answers messages; None until the first one comes.
    """

    def __init__(self, app: Flask, name: str, settings: Settings, registry: Registry) -> None:
        self.name = name
        self.settings = settings
        self.declared = self.registry = registry
        self.verifier = make_verifier(settings)
        self._app = app
        self._notify = Notifier(app, name, app.ensure_sync)
        self.endpoint: Endpoint | None = None
        self._push: PushClient | None = None
        self._lock = ProcessLock()
        self._warn_of_risks()
        if not app.testing:
            self.verifier.start()

    def open(self) -> Endpoint:
        """Make the endpoint with the handlers that there are, and accept no more from here on."""
        with self._lock:
            if self.endpoint is None:
                self.declared.close(f"the app {self._app.name!r} has answered its first message.")
                self.registry = self.declared.snapshot()
                self._warn(self.check_handlers_exist())
                refusal = self._home_refusal()
                self._trust_development_key()
                if self._app.debug:
                    self._warn(self._check_names())
                self.endpoint = Endpoint(
                    self.verifier if self.settings.verify_signature else None,
                    custom=CustomService(
                        self.registry.custom,
                        self.settings,
                        rules=self.answer_rules(),
                        on_mistake=self._mistaken,
                        debug=self._app.debug == 1,
                        foreign=(HomeError,),
                        **self._lent(),
                    ),
                    home=self.home_service(refusal),
                    notify=self._notify,
                )
            return self.endpoint

    def answer_rules(self) -> AnswerRules:
        """Return what an answer may be, by the platform and by whether the app is being developed."""
        from .custom.rules import answer_rules  # it is for the first message; an import need not wait for it

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
        )

    def _lent(self) -> dict[str, Any]:
        """Collect what both services need of the app."""
        loader = self.registry.user_loader
        return {
            "load_user": loader and self._app.ensure_sync(loader.called),
            "ensure_sync": self._app.ensure_sync,
            "on_failure": self._failed,
            "is_trapped": self._app.trap_http_exception,
            "notify": self._notify,
        }

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

    def readiness(self) -> list[Finding]:
        """Check whether the settings are safe to answer CEK with."""
        findings = []
        if not self.settings.verify_signature:
            message = "CLOVA_VERIFY_SIGNATURE is off, so anybody can send messages. Remove the setting."
            findings.append(Finding("settings.signatures-off", message))
        if not self.settings.extension_ids:
            message = "CLOVA_EXTENSION_ID is not set, so messages for any other extension are answered too."
            findings.append(Finding("settings.no-extension-id", message))
        return findings

    def check_development_key(self) -> list[Finding]:
        """Check that the development key is readable in debug, and that it is not on a server."""
        path = Path(self._app.instance_path) / PRIVATE_NAME
        if not path.exists():
            return []
        place = Place(path=path)
        if not self._app.debug:
            if made_here(path):
                return []  # a developer's machine, on which the app is run without debug for once
            message = (
                "The development key was copied to this machine. An app that is not in debug does not trust "
                "it. On a server, remove the file; on a machine of yours, run flask --debug."
            )
            return [Finding("settings.development-key-in-production", message, place)]
        try:
            read_key(path.parent)
        except KeySourceError as error:
            message = f"{error} Make a new one: flask clova keygen --force"
            return [Finding("settings.development-key-unreadable", message, place)]
        return []

    def check_handlers_exist(self) -> list[Finding]:
        """Check that anything is declared.

        At :meth:`open` and when a developer asks, not in ``init_app``: what is decorated after it counts too.
        """
        if not self.registry.is_empty:
            return []
        from .injection.reruns import explain_nothing

        where = f"the extension {self.name!r} of the app {self._app.name!r}"
        message = f"There are no handlers in {where}. {explain_nothing()}"
        return [Finding("handlers.none", message)]

    def check_home_users(self) -> list[Finding]:
        """Check that Clova Home, where there is any, has a ``user_loader``.

        At :meth:`open` and when a developer asks, not in ``init_app``: either may be declared after it.
        """
        registry = self.registry
        if registry.user_loader or self.settings.home_any_token or not registry.home.handlers():
            return []
        message = (
            "There is no user_loader, so nothing tells whose home a Clova Home message is for, and outside "
            "debug and testing each is refused. Decorate a function with @clova.user_loader, or set "
            "CLOVA_HOME_ANY_TOKEN to answer whoever sends one."
        )
        return [Finding("home.no-user-loader", message)]

    def _home_refusal(self) -> str:
        """Return why messages of Clova Home are refused; empty when they are not."""
        if self._app.debug or self._app.testing:
            return ""
        for finding in self.check_home_users():
            logger.error("%s [%s]", finding, finding.code)
            return "The extension answers no messages of Clova Home: it has no user_loader."
        return ""

    def push(self) -> PushClient:
        """Return the client of the Push API, one for all threads.

        :raises ConfigurationError: the extension's id or secret is not set.
        """
        with self._lock:
            if self._push is None:
                from .home.push import PushClient

                ids = self.settings.extension_ids
                self._push = PushClient(ids[0] if ids else "", self.settings.extension_secret or "")
            return self._push

    @property
    def option(self) -> str:
        """What names the extension on a command line; empty where the app has no other."""
        return f" --name {self.name}" if len(self._app.extensions["clova"]) > 1 else ""

    def _warn_of_risks(self) -> None:
        if self._app.debug or self._app.testing:
            return
        self._warn([*self.readiness(), *self.check_development_key()])

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

    def _failed(self, message: Any, error: Exception) -> None:
        self._notify(message_failed, message=message, error=error)
        propagates = self._app.config["PROPAGATE_EXCEPTIONS"]
        if propagates is None:
            propagates = self._app.debug or self._app.testing
        if propagates:
            # Flask sends got_request_exception itself for what leaves a view.
            raise error
        self._notify.send(got_request_exception, exception=error)
        logger.error("A handler failed; an apology or an error was answered.", exc_info=error)


def runtimes_of(app: Flask) -> dict[str, Runtime]:
    """Return an app's extensions by name.

    :raises LookupError: the app has none.
    """
    runtimes: dict[str, Runtime] = app.extensions.get("clova", {})
    if not runtimes:
        raise LookupError("This app has no Clova extension. Call clova.init_app(app) in its factory.")
    return runtimes


def runtime_of(app: Flask, name: str | None = None) -> Runtime:
    """Return an extension of an app by its name.

    :param name: its name; None for the only one, whatever its name.
    :raises LookupError: the app has none of that name, or several and none was named.
    """
    runtimes = runtimes_of(app)
    if name is None and len(runtimes) > 1:
        last = [*runtimes][-1]
        raise LookupError(
            f"This app has several Clova extensions: {', '.join(runtimes)}. Name the one that is meant: "
            f"--name {last}, CekClient(app, name={last!r}), or 'extension: {last}' in a dialog."
        )
    name = next(iter(runtimes)) if name is None else name
    if name not in runtimes:
        hint = nearest(name, runtimes)
        raise LookupError(f"This app has no Clova extension {name!r}. It has {', '.join(runtimes)}.{hint}")
    return runtimes[name]
