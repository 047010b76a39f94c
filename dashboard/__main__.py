"""`python -m dashboard`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dash import Dash

    from tracker.reference.series import Reference
    from tracker.store.store import Store


def make_app(store: Store, *, is_sample: bool, references: Sequence[Reference], own: Store | None) -> Dash:
    """The app. It is imported here, because that takes a second, and an error in the call should show at once."""
    from dashboard.app import create_app

    return create_app(store, is_sample=is_sample, references=references, own=own)


if __name__ == "__main__":
    # not at the top: sandbox processes import this module as well, and need no server
    from dashboard.web.server import end_on_signals, main

    end_on_signals()
    sys.exit(main(make_app))
