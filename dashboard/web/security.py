"""Who may ask the dashboard for what, and what a browser may do with its answers: one place for all pages.

What it promises, and what not, stands in SECURITY.md.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from dash import Dash
from flask import Flask, Response, has_request_context, redirect, request

from tracker.model import InputError, TrackerError

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

MOST_BYTES = 64_000_000
"""Of one request: an uploaded file of 30 MB takes 40 in the words of a browser, a pasted article less than one."""

SHORTEST_TOKEN = 16
COOKIE = "tracker"
LOGIN = "/login"
FRAMED_ANYWHERE = "/embed"
READING_METHODS = ("GET", "HEAD", "OPTIONS")
READING_WORDS = ("SELECT", "PRAGMA", "EXPLAIN", "BEGIN", "SAVEPOINT", "RELEASE", "SHOW")

LOGIN_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Token</title></head><body>
<main><h1>Casualty tracker</h1><form method="post" action="/login"><p><label>Token
<input type="password" name="token" autocomplete="current-password" required autofocus></label>
<button>Enter</button></p><p role="alert">{}</p></form></main></body></html>"""

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # to others nothing; without it our own form would come from "null"
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Headers of every answer."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Who is let in.

    `token`: what opens everything, None where none is asked for. `is_open`: whether those without it may read.
    `is_local`: the dashboard answers this machine only. `names`: of this machine, besides its addresses.
    """

    token: str | None = None
    is_open: bool = False
    is_local: bool = True
    names: frozenset[str] = field(default_factory=frozenset)

    def knows(self, host: str) -> bool:
        """Whether a request may name this host: a name that a stranger's DNS leads here is none of ours."""
        name = urlsplit(f"//{host}").hostname or ""
        if name == "localhost" or name in self.names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or not self.is_local

    def is_token(self, given: str) -> bool:
        """Whether this is the token, found out in the same time whatever it is."""
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())

    def cookie(self) -> str:
        """What a browser keeps in place of the token."""
        return hmac.new((self.token or "").encode(), b"dashboard", hashlib.sha256).hexdigest()

    def is_in(self) -> bool:
        """Whether the request of now brings the token, in a header or as the cookie."""
        kind, _, given = request.headers.get("Authorization", "").partition(" ")
        kept = request.cookies.get(COOKIE, "")
        return (kind.lower() == "bearer" and self.is_token(given.strip())) or (
            self.token is not None and hmac.compare_digest(kept.encode(), self.cookie().encode())
        )

    def may_write(self) -> bool:
        """Whether the request of now may change the store."""
        return self.is_local or self.is_in()


def guard_for(host: str, token: str | None, *, is_open: bool, names: Iterable[str] = ()) -> Guard:
    """The guard of a dashboard bound to this address; TrackerError where that would let in everybody."""
    is_local = host == "localhost" or _is_loopback(host)
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise TrackerError(f"the token has {len(token)} characters: at least {SHORTEST_TOKEN} are needed")
    if not is_local and token is None and not is_open:
        raise TrackerError(
            f"{host} can be reached from other machines: give a token (--token-file FILE or TRACKER_TOKEN), or"
            " --insecure-no-auth to let everybody read"
        )
    known = frozenset(name.lower() for name in (*names, *(() if is_local else (socket.gethostname(),))))
    return Guard(token, is_open, is_local and token is None, known)


def read_token(path: str) -> str:
    """The token in a file, without the blanks around it; InputError where it cannot be read."""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror or error}") from error
    except UnicodeError:
        raise InputError(path, "is no text") from None


def protect(app: Dash, guard: Guard, engine: sa.Engine | None = None) -> None:
    """Put the guard before an app whose callbacks are all there; `engine`: of the store that is not for everybody."""
    server: Flask = app.server
    server.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    scripts = " ".join(["'self'", *app.csp_hashes()])
    server.before_request(lambda: refusal(guard))
    server.after_request(lambda answer: _with_headers(answer, scripts, guard))
    server.add_url_rule(LOGIN, "login", lambda: _login(guard), methods=["GET", "POST"])
    if engine is not None and not guard.is_local:
        sa.event.listen(engine, "before_cursor_execute", lambda *call: _refuse_writes(guard, call[2]))


def refusal(guard: Guard) -> Answer | None:
    """Why the request of now is not answered, None where it is."""
    if not guard.knows(request.host):
        return _told("this is no name of the dashboard (--name lets it be one)", 421)
    if request.method not in READING_METHODS and not _is_of_our_pages():
        return _told("a page of another site cannot write here", 403)
    if guard.token is None or guard.is_open or request.path == LOGIN or guard.is_in():
        return None
    if request.method in READING_METHODS and request.accept_mimetypes.accept_html and not _is_data(request.path):
        return redirect(LOGIN)
    answer = _told("the token is needed: Authorization: Bearer TOKEN", 401)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def policy(scripts: str, *, framed: bool) -> str:
    """What a browser may do with a page. Styles: plotly, Mantine and AG Grid write theirs into the page."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors *" if framed else "frame-ancestors 'self'",
        )
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_data(path: str) -> bool:
    return path.startswith(("/api/", "/_"))


def _is_of_our_pages() -> bool:
    """Whether a page of ours sent it, or no browser did: browsers say where they come from whenever they write."""
    origin = request.headers.get("Origin")
    if origin is not None:
        return urlsplit(origin).netloc.lower() == request.host.lower()
    return request.headers.get("Sec-Fetch-Site", "none") in ("same-origin", "none")


def _with_headers(answer: Response, scripts: str, guard: Guard) -> Response:
    framed = request.path.rstrip("/") == FRAMED_ANYWHERE
    answer.headers.update(FIXED)
    answer.headers["Content-Security-Policy"] = policy(scripts, framed=framed)
    if not framed:
        answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    if guard.token is not None and "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = "private"
    return answer


def _login(guard: Guard) -> Answer:
    if request.method in READING_METHODS:
        return Response(LOGIN_PAGE.format(""), mimetype="text/html")
    if not guard.is_token(request.form.get("token", "")):
        return Response(LOGIN_PAGE.format("This is not the token."), 403, mimetype="text/html")
    answer = redirect("/")
    answer.set_cookie(COOKIE, guard.cookie(), httponly=True, samesite="Strict", secure=request.is_secure)
    return answer


def _told(what: str, code: int) -> Response:
    return Response(f"{what}\n", code, mimetype="text/plain")


def _refuse_writes(guard: Guard, statement: Any) -> None:
    """Nothing is written but in answer to a request that brings the token."""
    if str(statement).lstrip().upper().startswith(READING_WORDS):
        return
    if not (has_request_context() and guard.may_write()):
        raise TrackerError("nothing can be changed here without the token")
