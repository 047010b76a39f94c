"""Answers of callbacks that only show what is in view: each is made and compressed once for all visitors.

They hold as long as the store is the same. These callbacks are known by listening to changes of the store: what they
answer depends on the question, on the store and on the day, and on nothing else.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from typing import Any

from dash import Dash
from flask import Response, request

from dashboard.look import ids
from dashboard.view.data import Data
from dashboard.web import callbacks

MOST_BYTES = 64_000_000
"""Of the answers that are kept, in all. The least recently used ones are dropped first."""

LEVEL = 5


class Answers:
    """Answers by their questions, for one state of the store. It is safe to use from several threads."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._bytes = most_bytes, 0
        self._state: Hashable = None
        self._known: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, state: Hashable, question: str) -> bytes | None:
        """The answer to a question; None if it is unknown, or of another state of the store."""
        with self._lock:
            if state != self._state or question not in self._known:
                return None
            self._known.move_to_end(question)
            return self._known[question]

    def keep(self, state: Hashable, question: str, answer: bytes) -> None:
        """Keep an answer. Those of an older state are dropped."""
        with self._lock:
            if state != self._state:
                self._known.clear()
                self._state, self._bytes = state, 0
            self._bytes += len(answer) - len(self._known.get(question, b""))
            self._known[question] = answer
            while self._bytes > self._most:
                self._bytes -= len(self._known.popitem(last=False)[1])


def serve(app: Dash, data: Data) -> None:
    """Answer the callbacks of the app from what is known. All of them are registered by now."""
    ask, answers = app.server.view_functions[callbacks.PATH], Answers()
    showing = frozenset(output for output, callback in app.callback_map.items() if _only_shows(callback))

    def answer() -> Any:
        body = request.get_json()
        if body["output"] not in showing:
            return ask()
        with data.held() as snapshot:
            question = hashlib.sha256(request.get_data()).hexdigest()
            state = (snapshot.revision, dt.datetime.now(dt.UTC).date())
            content = answers.get(state, question)
            if content is None:
                made = ask()
                if made.status_code != 200:
                    return made
                content = gzip.compress(made.get_data(), LEVEL)
                answers.keep(state, question, content)
        return _sent(content)

    app.server.view_functions[callbacks.PATH] = answer


def _only_shows(callback: Mapping[str, Any]) -> bool:
    return "callback" in callback and any(one["id"] == ids.REVISION for one in callback["inputs"])


def _sent(content: bytes) -> Response:
    """A compressed answer, for a browser that may not read it compressed."""
    if request.accept_encodings.quality("gzip") <= 0:
        return Response(gzip.decompress(content), content_type="application/json")
    found = Response(content, content_type="application/json")
    found.headers["Content-Encoding"] = "gzip"
    found.headers["Vary"] = "Accept-Encoding"
    return found
