"""What a form is answered with is a page of its own: to read it again, or to go back to it, sends nothing.

A browser that reloads the answer to a form, or comes back to it, would send the form again. So each page that
is written for a form is kept for a while, with what was entered in it, and the browser is sent to it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import zlib
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

from cryptography.fernet import Fernet, InvalidToken
from flask import Flask, Response, redirect, request, session
from flask.globals import request_ctx
from sqlalchemy import ForeignKey, LargeBinary, String, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as BaseResponse

from .languages import current_language
from .records import Base, Moment, db, now
from .safety import allow_pictures, has_passed, shows_pictures

PARAMETER = "shown"
"""What names the kept page, in the query of its address."""
MAX_KEPT = 50
"""Pages that are kept for a browser; the oldest ones go first."""
MAX_ALL = 500
"""Pages that are kept for all browsers together."""
MAX_AGE = timedelta(days=1)
MAX_BYTES = 4 * 1024 * 1024
"""Bytes of a page that is kept; a longer one is answered as it is."""


class AnsweredPage(Base):
    """A page that a form was answered with.

    :ivar digest: of what names it and of its path.
    :ivar owner: digest of what is in the cookie of the browser that it is kept for.
    :ivar extension_key: the extension that it is about, with which it goes.
    :ivar content: status, language and page, encrypted: what was entered may be secret. The key is made of
        what names the page, of its path and of what is in the browser's own cookie; no other browser can
        read it.
    """

    __tablename__ = "console_answered_pages"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    owner: Mapped[str] = mapped_column(String(64))
    extension_key: Mapped[int | None] = mapped_column(ForeignKey("console_extensions.id", ondelete="CASCADE"))
    content: Mapped[bytes] = mapped_column(LargeBinary)


def init_answered(app: Flask) -> None:
    """Keep what forms are answered with; after the protection, which goes first."""
    app.before_request(_kept_page)
    app.after_request(_sent_to_its_page)


def _sent_to_its_page(response: Response) -> BaseResponse:
    is_page = response.mimetype == "text/html" and not response.is_streamed
    if request.method != "POST" or not is_page or response.status_code // 100 not in (2, 4):
        return response
    # Another site, and whoever has not entered, takes the place of no page; nor does what is at no address.
    is_own = has_passed() and request.endpoint is not None and "csrf_token" in session
    if not is_own or len(response.get_data()) > MAX_BYTES:
        return response
    name = secrets.token_urlsafe(16)
    value = [response.status_code, current_language(), shows_pictures(), response.get_data(as_text=True)]
    try:
        _keep(name, _cipher(name).encrypt(zlib.compress(json.dumps(value).encode())))
    except SQLAlchemyError:  # the store is busy, or the extension is not there
        db.session.rollback()
        return response
    return redirect(_address(request.path, **{PARAMETER: name}), 303)


def _keep(name: str, content: bytes) -> None:
    db.session.rollback()  # what was not stored was refused
    owner, key = _digest("owner", session["csrf_token"]), (request.view_args or {}).get("key")
    db.session.execute(
        insert(AnsweredPage).values(
            digest=_digest(name, request.path), at=now(), owner=owner, extension_key=key, content=content
        )
    )
    newest = select(AnsweredPage.digest).order_by(AnsweredPage.at.desc())
    is_theirs = AnsweredPage.owner == owner
    theirs = newest.where(is_theirs).limit(MAX_KEPT)
    db.session.execute(delete(AnsweredPage).where(is_theirs, AnsweredPage.digest.not_in(theirs)))
    db.session.execute(delete(AnsweredPage).where(AnsweredPage.digest.not_in(newest.limit(MAX_ALL))))
    db.session.execute(delete(AnsweredPage).where(AnsweredPage.at < now() - MAX_AGE))
    db.session.commit()


def _kept_page() -> BaseResponse | None:
    name = request.args.get(PARAMETER)
    if request.method not in ("GET", "HEAD") or name is None:
        return None
    found = _found(name)
    if found is None:
        return redirect(_address(_page_above(request.path)))
    status, pictures, page = found
    if pictures:
        allow_pictures()
    return Response(page, status, mimetype="text/html")


def _found(name: str) -> tuple[int, bool, str] | None:
    """Return a page that is kept for this browser, in the language that it has now."""
    row = db.session.get(AnsweredPage, _digest(name, request.path))
    if row is None or row.at < now() - MAX_AGE:
        return None
    try:
        value = json.loads(zlib.decompress(_cipher(name).decrypt(row.content)))
    except InvalidToken:
        return None
    status, language, pictures, page = value
    return (status, pictures, page) if language == current_language() else None


def _digest(*parts: str) -> str:
    return _hashed(*parts).hex()


def _cipher(name: str) -> Fernet:
    """Return what encrypts a page at the address that is asked for, for the browser that asks."""
    return Fernet(base64.urlsafe_b64encode(_hashed(name, request.path, session.get("csrf_token", ""))))


def _hashed(*parts: str) -> bytes:
    return hashlib.sha256(repr(parts).encode(errors="replace")).digest()


def _address(path: str, **more: str) -> str:
    given = [(key, value) for key, value in request.args.items(multi=True) if key != PARAMETER]
    query = urlencode([*given, *more.items()])
    address = quote(f"{request.script_root}{path}", safe="/:@", errors="replace")
    return f"{address}?{query}" if query else address


def _page_above(path: str) -> str:
    """Return an address itself where there is a page at it, else the nearest one above that has a page."""
    adapter = request_ctx.url_adapter
    while adapter is not None and path:
        try:
            adapter.match(path, method="GET")
        except RequestRedirect:
            return path
        except HTTPException:
            path = path.rpartition("/")[0]
        else:
            return path
    return "/"
