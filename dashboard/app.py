"""The Dash app: the one place where all parts of the dashboard are put together."""

from __future__ import annotations

from collections.abc import Sequence

from dash import Dash

from dashboard import shell
from dashboard.panels import data_table, evidence, filters
from dashboard.site import MISSING, PAGES
from dashboard.view.data import Data
from dashboard.web import answers, api, news
from tracker.reference.series import Reference
from tracker.store.store import Store

EVERYWHERE = (shell, filters, evidence)
"""The parts with callbacks on every page."""


def create_app(
    store: Store, *, is_sample: bool = False, references: Sequence[Reference] = (), own: Store | None = None
) -> Dash:
    """The dashboard on a store, which other processes may use too. See dashboard.view.data.Data."""
    return app_on(Data(store, is_sample, references, own=own))


def app_on(data: Data) -> Dash:
    """The dashboard that shows this data."""
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
    app.layout = lambda: shell.layout(data)
    for part in EVERYWHERE:
        part.register(app, data)
    data_table.register(app)
    for page in (*PAGES, MISSING):
        page.module.register(app, data)
    with app.server.test_request_context("/"):
        # the scripts that it names are known from now on, also where another process has sent the page
        app.index()  # type: ignore[no-untyped-call]
    answers.serve(app, data)
    api.serve(app.server, data)
    news.serve(app.server, data)
    return app
