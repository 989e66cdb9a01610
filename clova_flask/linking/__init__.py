"""Account linking: an OAuth 2.0 server in the app, for the extra ``linking``."""

from __future__ import annotations

from ..storage.extras import SQL, require

require("clova_flask.linking", "linking", ("authlib", *SQL))

from .extension import AccountLinking  # noqa: E402
from .records import Link  # noqa: E402
from .sign_in import next_url  # noqa: E402

__all__ = ["AccountLinking", "Link", "next_url"]
