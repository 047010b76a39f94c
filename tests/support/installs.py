"""Installing as users do: a copy of the source, a wheel of it, virtual environments with and without it."""

from __future__ import annotations

import shutil
import signal
import site
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from imports import ROOT
from waiting import line_of

FOLDERS = ("tracker", "dashboard", "data")
PATIENCE = 1_200  # seconds for a command that may install things on a busy machine


def checked(command, **options) -> str:
    """Run a command that must succeed; what it printed."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=PATIENCE, **options)
    assert not done.returncode, f"{command}: {done.stdout}{done.stderr}"
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def copy_source(folder: Path) -> Path:
    """What a clone holds to install the project from. A copy: an older build may have left something in the clone."""
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def make_wheel(source: Path, folder: Path) -> Path:
    """The wheel of a source, built with the build backend of these tests."""
    checked([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, source])
    (file,) = folder.glob("*.whl")
    return file


def lent_venv(home: Path) -> Path:
    """The commands of a virtual environment to which these tests lend the packages that they run with, but not ours.

    The link to the project's source is not lent: a folder that a .pth file names has its own .pth files left unread.
    """
    checked([sys.executable, "-m", "venv", "--without-pip", home])
    packages_of(home).joinpath("lent.pth").write_text("\n".join(site.getsitepackages()))
    return home / "bin"


def packages_of(home: Path) -> Path:
    """Where the packages of a virtual environment lie."""
    (packages,) = home.glob("lib/python*/site-packages")
    return packages


@contextmanager
def dashboard(command, **options) -> Iterator[str]:
    """A dashboard that a command starts: its address. Ended by Ctrl-C, it must end cleanly."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([*map(str, command)], **pipes, **options) as process:
        try:
            line = line_of(process.stdout)
            address = next((word for word in line.split() if word.startswith("http://127.0.0.1:")), None)
            assert address, line or process.stderr.read()
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output) == (0, "")
    assert "Traceback" not in errors


def fetched(address: str) -> bytes:
    """What a page of it answers."""
    with urllib.request.urlopen(address, timeout=PATIENCE) as page:
        return page.read()
