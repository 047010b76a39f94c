"""What holds for every test: the user's own store and settings are neither read nor written."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest
from calls import STORE, fill, run
from hypothesis import settings
from marks import marks_of, only_with_a_mark

# The machine may be busy: a slow example is no failure. The same examples every time: a red run can be repeated.
settings.register_profile("tracker", deadline=None, derandomize=True)
settings.register_profile("quick", settings.get_profile("tracker"), max_examples=5)
settings.load_profile("tracker")


def pytest_collection_modifyitems(items):
    """Mark each test by what it needs."""
    for item in items:
        for name in marks_of(item):
            item.add_marker(name)


@pytest.fixture(autouse=True)
def no_process_without_a_mark(request):
    """A test that starts a process is marked, so that it is left out of `make quick`."""
    with only_with_a_mark(request.node):
        yield


@pytest.fixture(autouse=True, scope="session")
def apart_from_the_user(tmp_path_factory):
    """A data folder of the tests' own, and no settings of this terminal; programs that the tests start inherit it."""
    with pytest.MonkeyPatch.context() as patch:
        # where platformdirs looks; a browser that Playwright fetched stays where it is
        fetched = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ms-playwright"
        if fetched.is_dir() and "PLAYWRIGHT_BROWSERS_PATH" not in os.environ:
            patch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(fetched))
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        # the two of Python hide what happens to users: output that is lost at exit, and slow first starts
        python = ("PYTHONPATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE")
        for name in ("TRACKER_DB", "NO_COLOR", "FORCE_COLOR", "COLUMNS", *python):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture
def tracker(tmp_path):
    """The command, to be called in a folder of its own."""
    return partial(run, tmp_path)


@pytest.fixture
def tracker_here(tmp_path, monkeypatch, capfd):
    """The same command in this process, which has everything loaded: for tests that call it often."""
    from tracker.cli.main import main

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / STORE))

    def call(*arguments):
        capfd.readouterr()
        code = main([str(one) for one in arguments])
        out, errors = capfd.readouterr()
        return code, out, errors

    return call


@pytest.fixture
def filled(tmp_path):
    """The store of that folder, with a few figures in it."""
    fill(tmp_path / STORE)
    return tmp_path / STORE


@pytest.fixture(scope="session")
def postgresql_server():
    """The URL of a database on a PostgreSQL server that runs for these tests."""
    from postgresql import programs, server

    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed here (Debian: apt-get install postgresql)")
    with server(folder) as url:
        yield url


@pytest.fixture
def postgresql(postgresql_server):
    """The URL of an empty PostgreSQL database."""
    from postgresql import emptied

    return emptied(postgresql_server)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    """An empty database of each kind that a store can lie in, as a path or URL."""
    if request.param == "sqlite":
        return str(tmp_path / "new" / "store.db")
    return request.getfixturevalue("postgresql")


@pytest.fixture(scope="session")
def reader():
    """The rules of all languages."""
    from readers import READER

    return READER


@pytest.fixture(scope="session")
def sample_figures(reader):
    """The figures of all sample articles, as a typed table."""
    from imports import ROOT

    from tracker.sources import read_paths
    from tracker.timelines.columns import frame, in_order

    folders = [path for path in sorted((ROOT / "data" / "samples").iterdir()) if path.is_dir()]
    return in_order(frame(figure for article in read_paths(folders) for figure in reader.read(article)))
