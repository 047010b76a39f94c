"""The Dash app: the one place where all parts of the dashboard are put together."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress

from dash import Dash

from dashboard import shell
from dashboard.panels import data_table, evidence, filters
from dashboard.site import MISSING, PAGES
from dashboard.view import selection
from dashboard.view.data import Data
from dashboard.web import api, news
from tracker.model import TrackerError
from tracker.reference.series import Reference
from tracker.store.store import Store

EVERYWHERE = (shell, filters, evidence)
"""The parts with callbacks on every page."""


def create_app(
    store: Store, *, is_sample: bool = False, references: Sequence[Reference] = (), own: Store | None = None
) -> Dash:
    """The dashboard on a store, which other processes may use too. `is_sample` puts a banner on the page.

    `references` are official datasets, drawn over the timelines of their conflicts. `own`: the user's own store, which
    is empty; it is shown as soon as something is added to it.
    """
    data = Data(store, is_sample, references, own=own)
    app = Dash(
        "dashboard",
        title=shell.NAME,
        update_title="",
        serve_locally=True,
        add_log_handler=False,
        suppress_callback_exceptions=True,  # the parts of a page exist only while it is shown
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    # screen readers need the language, and one footer only: Dash puts its scripts into a second one
    for old, new in (("<html>", '<html lang="en">'), ("<footer>", "<div>"), ("</footer>", "</div>")):
        app.index_string = app.index_string.replace(old, new)
    threading.Thread(target=_warm, args=(data,), daemon=True).start()
    app.layout = lambda: shell.layout(data)
    for part in EVERYWHERE:
        part.register(app, data)
    data_table.register(app)
    for page in (*PAGES, MISSING):
        page.module.register(app, data)
    api.serve(app.server, data)
    news.serve(app.server, data)
    return app


def _warm(data: Data) -> None:
    """Compute what the first pages and the first search need, so that the first visitor need not wait.

    Errors of the store are ignored here: whoever asks for a page gets them.
    """
    with suppress(TrackerError):
        data.warm()
        selection.prepare(data)
