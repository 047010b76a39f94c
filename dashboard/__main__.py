"""`python -m dashboard`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.view.data import Data


def make_app(data: Data) -> Dash:
    """The app. It is imported here, because that takes a second, and an error in the call should show at once."""
    from dashboard.app import app_on

    return app_on(data)


if __name__ == "__main__":
    # not at the top: sandbox processes import this module as well, and need no server
    from dashboard.web.server import end_on_signals, main

    end_on_signals()
    sys.exit(main(make_app))
