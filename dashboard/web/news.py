"""Tells an open page whether the store has changed (`/revision`), and sends scripts and answers compressed."""

from __future__ import annotations

import threading

import orjson
from flask import Flask, Request, Response, request
from flask_compress import Compress

from dashboard.view.data import Data

PATH = "/revision"

ASSETS, CHANGED, YEAR = "/assets/", "m", 31_536_000
"""Where our own scripts and styles are, what in their address changes with them, and how long they are kept."""

SCRIPTS = "/_dash-component-suites/"
"""Where the scripts of components are. Their addresses change with their content."""

MOST_KEPT = 200
"""More scripts than all pages use."""


class Scripts:
    """The compressed scripts, made once: they are the largest part of a first visit and never change while we run."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def get(self, key: str) -> bytes | None:
        """The compressed content for a key of `script_key`; None if it is unknown."""
        with self._lock:
            return self._known.get(key)

    def set(self, key: str, content: bytes) -> None:
        """Keep the compressed content of a script. Nothing else is kept, and no more than MOST_KEPT."""
        with self._lock:
            if SCRIPTS in key and len(self._known) < MOST_KEPT:
                self._known[key] = content


def script_key(request: Request) -> str:
    """What the cache knows an answer by: its address if it is a script; nothing else is looked up."""
    return request.path if request.path.startswith(SCRIPTS) else ""


def _kept_for_long(answer: Response) -> Response:
    """The answer; what has an address of its own for each version is asked for once."""
    if request.path.startswith(ASSETS) and CHANGED in request.args and answer.status_code == 200:
        answer.headers["Cache-Control"] = f"max-age={YEAR}"
    return answer


def serve(app: Flask, data: Data) -> None:
    """Add the address, and the compression of everything but files of the API, which decide for themselves."""
    app.config["COMPRESS_ALGORITHM"] = ["gzip"]
    app.config["COMPRESS_CACHE_BACKEND"] = Scripts
    app.config["COMPRESS_CACHE_KEY"] = script_key
    app.config["COMPRESS_STREAMS"] = False  # the API compresses what it sends in parts itself
    Compress(app)
    app.after_request(_kept_for_long)

    @app.get(PATH)
    def revision() -> Response:
        answer = Response(orjson.dumps({"revision": data.revision()}), content_type="application/json")
        answer.headers["Cache-Control"] = "no-store"
        return answer
