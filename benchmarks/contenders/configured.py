"""An app for this package, with only the settings that it cannot do without."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from ..signing import EXTENSION_ID, PATH


def configured_app(name: str, public_key: str) -> Flask:
    """Make the app."""
    # A development key in the checkout's instance folder is none of this app's business.
    app = Flask(name, instance_path=str(Path(__file__).resolve().parent / "instance"))
    app.config.update(CLOVA_PUBLIC_KEY=public_key, CLOVA_EXTENSION_ID=EXTENSION_ID, CLOVA_URL_PREFIX=PATH)
    return app
