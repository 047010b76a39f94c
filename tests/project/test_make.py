"""The two commands of the README, and what they say where something is missing."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import time
import urllib.request

import pytest
from imports import ROOT

pytestmark = pytest.mark.process

# This Python instead of one in .venv, which need not be there
HERE = ("RUN=", f"PY={sys.executable}")


def test_make_alone_says_what_can_be_made():
    printed = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for target in ("dashboard", "test", "quick", "format-data"):
        assert f"make {target} " in printed


def test_make_dashboard_shows_the_samples_until_ctrl_c(tmp_path):
    """On a terminal, as people use it: make itself gets the Ctrl-C as well, and must not call it an error."""
    command = ["make", "dashboard", *HERE, f"SAMPLES={tmp_path}/samples.db", "ARGS=--port 0 --no-browser"]
    terminal, other_end = os.openpty()
    on_terminal = "import os, sys; os.login_tty(0); os.execvp(sys.argv[1], sys.argv[1:])"
    make = subprocess.Popen([sys.executable, "-c", on_terminal, *command], stdin=other_end, cwd=ROOT)
    os.close(other_end)
    before = printed_until(terminal, r"http://127\.0\.0\.1:\d+")
    with urllib.request.urlopen(before.rpartition(" ")[2], timeout=60) as page:
        assert page.status == 200
    os.write(terminal, b"\x03")
    after = printed_until(terminal, None)
    make.wait(60)
    os.close(terminal)
    assert "added" in before
    assert "***" not in after, "that is how make begins to tell of an error"
    assert "Traceback" not in before + after


def printed_until(terminal, pattern, seconds=120):
    """What is printed on a terminal, up to the end of a match; with None, until it is closed."""
    printed, end = "", time.monotonic() + seconds
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            data = os.read(terminal, 4096)
        except OSError:  # how Linux says that nobody is at the other end
            data = b""
        printed += data.decode(errors="replace")
        found = re.search(pattern + r"(?=\s)", printed) if pattern else None
        if found:
            return printed[: found.end()]
        if not data:
            break
    assert pattern is None, printed
    return printed


@pytest.fixture
def machine(tmp_path):
    """A machine that has only the given commands; runs .ci/python.sh on it: (exit code, output, errors)."""

    def run(**scripts):
        for name, script in scripts.items():
            command = tmp_path / name.replace("_", ".")
            command.write_text(f"#!/bin/sh\n{script}\n")
            command.chmod(0o755)
        shell = shutil.which("sh")
        done = subprocess.run(
            [shell, ROOT / ".ci" / "python.sh"], env={"PATH": str(tmp_path)}, capture_output=True, text=True
        )
        return done.returncode, done.stdout.strip(), done.stderr.strip()

    return run


GOOD, OLD = "exit 0", "exit 1"
NO_VENV = "case $2 in *ensurepip*) exit 1 ;; esac"


def test_the_newest_python_is_taken(machine):
    assert machine(python3_11=GOOD, python3_13=GOOD, python3=GOOD) == (0, "python3.13", "")


def test_a_python_that_is_too_old_or_broken_is_passed_over(machine):
    assert machine(python3_12="exit 127", python3=OLD, python=GOOD) == (0, "python", "")


@pytest.mark.parametrize("scripts", [{}, {"python3": OLD}], ids=["none", "old"])
def test_no_python_is_told_in_one_line(machine, scripts):
    code, output, errors = machine(**scripts)
    assert (code, output) == (1, "")
    assert errors.startswith("no Python 3.11 or newer found")
    assert len(errors.splitlines()) == 1


@pytest.mark.parametrize(("name", "package"), [("python3", "python3-venv"), ("python3_12", "python3.12-venv")])
def test_a_python_without_venv_says_what_to_install(machine, name, package):
    code, _, errors = machine(**{name: NO_VENV})
    assert code == 1
    assert errors.endswith(f"apt-get install {package}")
    assert len(errors.splitlines()) == 1


def test_a_python_with_venv_is_taken_before_a_newer_one_without(machine):
    assert machine(python3_13=NO_VENV, python3_11=GOOD)[:2] == (0, "python3.11")
