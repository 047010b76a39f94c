"""What a person at a terminal sees, in a pseudo-terminal."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from calls import ATTACK, STORE, TRACKER

pytestmark = pytest.mark.process

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")

# the same command, but as if every article took long
CODE = (
    "import sys, tracker.cli.main, tracker.cli.progress as p; p.BEFORE_PROGRESS = {}; sys.exit(tracker.cli.main.main())"
)
SLOW = (sys.executable, "-c", CODE.format(0.0))
# … and as if none did, however busy the machine that runs the tests
QUICK = (sys.executable, "-c", CODE.format(1e9))


def seen(folder, command, stream):
    """What the command prints to `stream` ("stdout" or "stderr") where that is a terminal."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120", "TRACKER_DB": str(folder / STORE)}
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: theirs}
    with subprocess.Popen(command, cwd=folder, env=environment, **streams) as process:
        os.close(theirs)
        shown = b""
        while chunk := read_terminal(ours):
            shown += chunk
    os.close(ours)
    assert process.returncode == 0, shown
    return shown.decode()


def read_terminal(terminal):
    try:
        return os.read(terminal, 4096)
    except OSError:  # how a terminal says that nobody writes to it any more
        return b""


@pytest.fixture
def articles(tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    (tmp_path / "b.md").write_text(ATTACK.replace("id: attack", "id: other"))
    return tmp_path


def test_extract_prints_a_table_on_a_terminal(articles):
    shown = seen(articles, [*TRACKER, "extract", "a.md"], "stdout")
    assert "At least 30" in shown
    assert "figure_id" not in shown


def test_work_that_takes_long_shows_its_progress(articles):
    assert "2 articles" in seen(articles, [*SLOW, "add", "."], "stderr")


def test_work_that_is_soon_done_shows_none(articles):
    assert seen(articles, [*QUICK, "add", "."], "stderr") == ""
