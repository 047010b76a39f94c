"""Access control of the dashboard, and the security headers of its answers. SECURITY.md says what is promised."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import math
import secrets
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from dash import Dash
from flask import Flask, Response, current_app, g, has_request_context, redirect, request

from dashboard.web import callbacks
from dashboard.web.guesses import Counting, Guesses
from tracker.model import InputError, TrackerError

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

MAX_BYTES = 64_000_000
"""Per request. An uploaded file of 30 MB takes 40 MB in base64, a pasted article less than one."""

GUARD = "TRACKER_GUARD"
"""Where the app keeps its access rules."""

MAX_STRANGER_BYTES = 1_000_000
"""Per request without the token, where one is needed to read articles or to enter."""

MIN_TOKEN_LENGTH = 16
COOKIE = "tracker"
LOGIN = "/login"
FRAMED_ANYWHERE = "/embed"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
READING_STATEMENTS = ("SELECT", "PRAGMA", "EXPLAIN", "BEGIN", "SAVEPOINT", "RELEASE", "SHOW")

LOGIN_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Token</title></head><body>
<main><h1>Casualty tracker</h1><form method="post" action="/login"><p><label>Token
<input type="password" name="token" autocomplete="current-password" required autofocus></label>
<button>Enter</button></p><p role="alert">{}</p></form></main></body></html>"""

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # "no-referrer" would send our own form with the origin "null"
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Headers of every response."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The access rules of a dashboard.

    `token`: gives full access; None if no token is required. `is_open`: visitors without the token may look.
    `is_local`: only this machine can connect, and no token is set. `names`: accepted host names besides addresses.
    `guesses`: counts wrong tokens. `secret`: makes the cookies of this run.
    """

    token: str | None = None
    is_open: bool = False
    is_local: bool = True
    names: frozenset[str] = field(default_factory=frozenset)
    guesses: Counting = field(default_factory=Guesses, compare=False, repr=False)
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), compare=False, repr=False)

    def accepts_host(self, host: str) -> bool:
        """Whether a request may name this host. Refuses foreign names whose DNS points here (rebinding)."""
        name = urlsplit(f"//{host}").hostname or ""
        if name == "localhost" or name in self.names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or not self.is_local

    def matches_token(self, given: str) -> bool:
        """Whether this is the token, compared in constant time."""
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())

    def cookie(self) -> str:
        """Return the cookie value. Without the secret of this run nobody can make it, not even from the token."""
        return hmac.new(self.secret, (self.token or "").encode(), hashlib.sha256).hexdigest()

    def is_authenticated(self) -> bool:
        """Whether the current request has the token, in a header or as the cookie."""
        return self._checked()[0]

    def early(self) -> float:
        """Return the seconds that the current request came too early: too many wrong tokens came before it."""
        return self._checked()[1]

    def attempt(self, given: str) -> tuple[bool, float]:
        """Check a token that the visitor of the current request gives: see Guesses.attempt."""
        return self.guesses.attempt(request.remote_addr or "", self.matches_token(given))

    def _checked(self) -> tuple[bool, float]:
        """Check the current request once, so that one wrong token is one guess."""
        if "token_checked" not in g:
            g.token_checked = self._check()
        found: tuple[bool, float] = g.token_checked
        return found

    def _check(self) -> tuple[bool, float]:
        if self.token is None:
            return False, 0.0
        kept = request.cookies.get(COOKIE, "")
        if hmac.compare_digest(kept.encode(), self.cookie().encode()):
            return True, 0.0
        kind, _, given = request.headers.get("Authorization", "").partition(" ")
        return self.attempt(given.strip()) if kind.lower() == "bearer" else (False, 0.0)

    def may_write(self) -> bool:
        """Whether the current request may change the store."""
        return self.is_local or self.is_authenticated()


def guard_for(host: str, token: str | None, *, is_open: bool, names: Iterable[str] = ()) -> Guard:
    """Return the guard of a dashboard on this address. Raises TrackerError if it would let everybody write."""
    is_local = host == "localhost" or _is_loopback(host)
    if token is not None and len(token) < MIN_TOKEN_LENGTH:
        raise TrackerError(f"the token has {len(token)} characters: at least {MIN_TOKEN_LENGTH} are needed")
    if not is_local and token is None and not is_open:
        raise TrackerError(
            f"{host} can be reached from other machines: give a token (--token-file FILE or TRACKER_TOKEN), or"
            " --insecure-no-auth to let everybody read"
        )
    known = frozenset(name.lower() for name in (*names, *(() if is_local else (socket.gethostname(),))))
    return Guard(token, is_open, is_local and token is None, known)


def read_token(path: str) -> str:
    """Read the token from a file, without surrounding whitespace. Raises InputError if that fails."""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror or error}") from error
    except UnicodeError:
        raise InputError(path, "is no text") from None


def protect(app: Dash, guard: Guard) -> None:
    """Protect an app whose callbacks are all registered."""
    server: Flask = app.server
    server.config["MAX_CONTENT_LENGTH"] = MAX_BYTES
    server.config[GUARD] = guard
    scripts = " ".join(["'self'", *app.csp_hashes()])
    server.before_request(lambda: refusal(guard) or _malformed(app))
    server.after_request(lambda answer: _with_headers(answer, scripts, guard))
    if guard.token is not None:
        server.add_url_rule(LOGIN, "login", lambda: _login(guard), methods=["GET", "POST"])


def refuse_writes(guard: Guard, engines: Iterable[sa.Engine]) -> None:
    """Have the connections to stores refuse to write in this process, unless the current request has the token."""
    for engine in engines if not guard.is_local else ():
        sa.event.listen(engine, "before_cursor_execute", lambda *call: _refuse_writes(guard, call[2]))


def refused_reading() -> str:
    """Return why the visitor of the current request may not read, fetch or store articles, "" if he may."""
    guard: Guard | None = current_app.config.get(GUARD)
    if guard is None or guard.may_write():
        return ""
    if guard.token is None:
        return "This dashboard shows its store only: it was started without a token"
    return "Reading, fetching and adding need the token"


def login_address() -> str:
    """Return where the token is entered, "" if this dashboard has none."""
    guard: Guard | None = current_app.config.get(GUARD)
    return LOGIN if guard is not None and guard.token is not None else ""


def check_may_read() -> None:
    """Raise TrackerError if the visitor of the current request may not read, fetch or store articles."""
    if why := refused_reading():
        raise TrackerError(f"{why[:1].lower()}{why[1:]}")


def refusal(guard: Guard) -> Answer | None:
    """Return the refusal of the current request, None if it is allowed."""
    if not guard.accepts_host(request.host):
        return _plain_answer("this is no name of the dashboard (--name lets it be one)", 421)
    if request.method not in SAFE_METHODS and not _is_of_our_pages():
        return _plain_answer("a page of another site cannot write here", 403)
    if request.path == LOGIN and guard.token is None:
        return _plain_answer("this dashboard has no token", 404)
    if not guard.may_write():
        request.max_content_length = MAX_STRANGER_BYTES
    if guard.early():
        return _too_early(guard.early(), _plain_answer)
    if guard.token is None or guard.is_open or request.path == LOGIN or guard.is_authenticated():
        return None
    if request.method in SAFE_METHODS and request.accept_mimetypes.accept_html and not _is_data(request.path):
        return redirect(LOGIN)
    answer = _plain_answer("the token is needed: Authorization: Bearer TOKEN", 401)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _malformed(app: Dash) -> Response | None:
    """Return the answer to a callback request that no page of ours sends, None if it is sound."""
    if request.path != callbacks.PATH or request.method != "POST":
        return None
    try:
        callbacks.check_request(request, app.callback_map)
    except callbacks.MalformedBodyError as error:
        return _plain_answer(f"the request is malformed: {error}", 400)
    return None


def policy(scripts: str, *, framed: bool) -> str:
    """Return the Content-Security-Policy. Inline styles are allowed: plotly, Mantine and AG Grid need them."""
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
    """Whether our own page or no browser sent the request. Browsers state the origin of every write."""
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
    if request.method in SAFE_METHODS:
        return _login_page("", 200)
    is_right, early = guard.attempt(request.form.get("token", ""))
    if early:
        return _too_early(early, _login_page)
    if not is_right:
        return _login_page("This is not the token.", 403)
    answer = redirect("/")
    answer.set_cookie(COOKIE, guard.cookie(), httponly=True, samesite="Strict", secure=request.is_secure)
    return answer


def _too_early(seconds: float, page: Callable[[str, int], Response]) -> Response:
    wait = math.ceil(seconds)
    answer = page(f"Too many wrong tokens. Try again in {wait} second{'' if wait == 1 else 's'}.", 429)
    answer.headers["Retry-After"] = str(wait)
    return answer


def _login_page(what: str, code: int) -> Response:
    return Response(LOGIN_PAGE.format(what), code, mimetype="text/html")


def _plain_answer(what: str, code: int) -> Response:
    return Response(f"{what}\n", code, mimetype="text/plain")


def _refuse_writes(guard: Guard, statement: Any) -> None:
    """Refuse every statement that writes, unless the current request has the token."""
    if str(statement).lstrip().upper().startswith(READING_STATEMENTS):
        return
    if not (has_request_context() and guard.may_write()):
        raise TrackerError("nothing can be changed here without the token")
