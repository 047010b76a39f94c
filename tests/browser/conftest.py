"""A real server in its own process, on a store of its own, and a real Chromium to look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visits import DESKTOP, FLAGS, PATIENCE, Visit, chromium_path, made_store, serving, watching


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """A running browser, shared by all tests; each gets a profile of its own."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    api.expect.set_options(timeout=PATIENCE)
    path = chromium_path()
    with api.sync_playwright() as playwright:
        path = path or playwright.chromium.executable_path
        if not Path(path).is_file():
            pytest.skip("no Chromium found: set CHROMIUM, or install one on the PATH")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard on the figures of `made_store`, which no test changes."""
    path = made_store(tmp_path_factory.mktemp("made") / "store.db")
    with serving("--db", str(path), "--port", "0") as (address, _):
        yield address


@pytest.fixture(scope="session")
def profile(chromium) -> Iterator[object]:
    """A desktop profile that the visits to `address` share, so that the scripts are loaded once."""
    context = chromium.new_context(viewport=DESKTOP)
    yield context
    context.close()


@pytest.fixture
def visit(profile, address) -> Iterator[Visit]:
    """A desktop visit to that dashboard, in a tab of its own."""
    with watching(profile, address) as one:
        yield one
