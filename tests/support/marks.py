"""Which tests need more than Python, so that the others can be run alone: `-m "not browser and not process"`.

A folder or a fixture says it for most tests; a few say it themselves by `pytest.mark`. `only_with_a_mark` sees to it
that none is forgotten.
"""

from __future__ import annotations

import multiprocessing.util
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

FOLDERS = {"browser": "browser", "sandbox": "process"}
FIXTURES = {"chromium": "browser", "postgresql": "postgresql", "tracker": "process"}
MARKS = ("browser", "postgresql", "process")

STARTERS = ((subprocess.Popen, "__init__"), (os, "fork"), (multiprocessing.util, "spawnv_passfds"))
"""What starts a process in the end, whoever asks for it."""


def marks_of(item: pytest.Function) -> set[str]:
    """The marks that the folder and the fixtures of a test give it."""
    folders = {FOLDERS[part] for part in Path(item.path).parent.parts[-1:] if part in FOLDERS}
    fixtures = {FIXTURES[name] for name in item.fixturenames if name in FIXTURES}
    database = getattr(item, "callspec", None) and item.callspec.params.get("database")
    return folders | fixtures | ({"postgresql"} if database == "postgresql" else set())


@contextmanager
def only_with_a_mark(item: pytest.Item) -> Iterator[None]:
    """While a test without any of MARKS runs, a process that it starts is an error that says so."""
    if any(item.get_closest_marker(name) for name in MARKS):
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in STARTERS:
            patch.setattr(owner, name, _refusing(item.nodeid))
        yield


def _refusing(test: str) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError(f"{test} starts a process: give it pytest.mark.process")

    return refuse
