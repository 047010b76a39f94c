"""What holds for every test: the user's own store and settings are neither read nor written."""

from __future__ import annotations

import pytest
from hypothesis import settings

# The machine may be busy: a slow example is no failure. The same examples every time: a red run can be repeated.
settings.register_profile("tracker", deadline=None, derandomize=True)
settings.load_profile("tracker")


@pytest.fixture(autouse=True, scope="session")
def apart_from_the_user(tmp_path_factory):
    """A home of the tests' own, and no settings of this terminal; programs that the tests start inherit it."""
    with pytest.MonkeyPatch.context() as patch:
        # platformdirs looks at HOME on macOS, at XDG_DATA_HOME on Linux; both are set, for both systems
        home = tmp_path_factory.mktemp("home")
        patch.setenv("HOME", str(home))
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        for name in ("TRACKER_DB", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONPATH"):
            patch.delenv(name, raising=False)
        yield
