"""The page of the connection test."""

from __future__ import annotations

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from ....errors import ClovaError
from ....findings import Finding
from ....platforms import PLATFORMS
from ....security.devkey import public_pem
from ...diagnostics.connection import Endpoint, Probe, check_connection
from ..attached.keys import signing_key
from ..attached.process import attached_app
from ..extensions import asked_version
from ..page import extension_page
from ..records import Version
from ..texts import _
from ..told import told_error

blueprint = Blueprint("connection", __name__, url_prefix="/extensions/<int:key>")


@blueprint.route("/connection", methods=["GET", "POST"])
def test(key: int) -> ResponseReturnValue:
    """Show the page, and run the test when it is asked for."""
    version = asked_version(key)
    probes: list[Probe] = []
    if request.method == "POST":
        probes = _probes(version)
    return extension_page(
        "connection",
        version,
        probes=probes,
        findings=_found_by_check(version) if probes else None,
        seconds=PLATFORMS[version.extension.platform].answer_seconds,
        public_key=public_pem(signing_key()),
    )


def _probes(version: Version) -> list[Probe]:
    url = version.values.get("endpoint_url")
    if not url:
        flash(_("Enter the endpoint's URL first, under Server."), "warning")
        return []
    extension = version.extension
    endpoint = Endpoint(url, extension.kind, extension.platform, extension.extension_id)
    return check_connection(endpoint, signing_key())


def _found_by_check(version: Version) -> list[Finding] | None:
    """Return what ``flask clova check`` finds in the app beside, where the endpoint is its own."""
    attached = attached_app()
    if attached is None:
        return None
    mine = [
        one
        for one in attached.described()
        if attached.endpoint_url(one) == version.values.get("endpoint_url")
    ]
    if not mine:
        return None
    try:
        return attached.check().get(mine[0].name, [])
    except ClovaError as error:
        flash(told_error(error), "danger")
        return None
