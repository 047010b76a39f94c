"""What a user gets: the wheel, installed, in an empty folder far from the source."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import site
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest
from imports import ROOT

from tracker.model import COLUMNS

ARTICLE = """---
title: Market in Idlib shelled
published: 2013-05-14
publisher: The Example
---
Shelling killed at least 17 people at a market in Idlib on Monday, the opposition said.
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built from a copy: what an older build left behind in the source folder would get into it."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for name in ("tracker", "dashboard", "data"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    python("-m", "build", "--wheel", "--no-isolation", "--outdir", built, source)
    (file,) = built.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder of the commands of a virtual environment with the wheel, and the packages that it needs."""
    home = tmp_path_factory.mktemp("user") / "venv"
    python("-m", "venv", "--without-pip", home)
    python("-m", "pip", "--python", home, "install", "--quiet", "--no-deps", wheel)
    # What it needs is lent by the environment of these tests: to install it anew would take a minute. The link to the
    # project's source does not come with it (a folder named in a .pth file has its own .pth files left unread).
    (packages,) = home.glob("lib/python*/site-packages")
    (packages / "lent.pth").write_text("\n".join(site.getsitepackages()))
    return home / "bin"


@pytest.fixture
def surroundings(installed, tmp_path):
    """The environment of a user who has nothing of ours but the wheel."""
    return {**os.environ, "PATH": f"{installed}:{os.environ['PATH']}", "XDG_DATA_HOME": str(tmp_path / "data")}


@pytest.fixture
def tracker(installed, surroundings, tmp_path):
    """Runs `tracker` in an empty folder with nothing of the source in sight; returns what it printed."""
    return lambda *arguments: checked([installed / "tracker", *arguments], cwd=tmp_path, env=surroundings)


def python(*arguments):
    checked([sys.executable, *arguments])


def checked(command, **options):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=300, **options)
    assert not done.returncode, f"{command}: {done.stdout}{done.stderr}"
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def source_files():
    """Everything in the three folders that has a place in a wheel, by its name there."""
    for folder, package in (("tracker", "tracker"), ("dashboard", "dashboard"), ("data", "tracker/data")):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield f"{package}/{path.relative_to(ROOT / folder).as_posix()}"


def test_holds_every_file_of_the_source(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert not set(source_files()) - names, "named neither as a package nor as package data in pyproject.toml"
    for part in ("tracker/py.typed", "tracker/data/languages/en/people.toml", "tracker/data/conflicts.toml"):
        assert part in names
    for folder, ending in (
        ("dashboard/assets", ".css"),
        ("tracker/data/gazetteers", ".csv"),
        ("tracker/data/samples", ".md"),
    ):
        assert any(name.startswith(folder) and name.endswith(ending) for name in names), folder
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_holds_nothing_else(wheel):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == set(source_files())


def test_comes_from_the_wheel(installed, tmp_path):
    code = "import tracker, dashboard, tracker.data; print(tracker.__file__, dashboard.__file__, tracker.data.__file__)"
    for file in checked([installed / "python", "-c", code], cwd=tmp_path).split():
        assert Path(file).is_relative_to(installed.parent)


def test_help_comes_at_once(tracker, record_property):
    def seconds():
        start = time.perf_counter()
        assert "extract" in tracker("--help")
        return time.perf_counter() - start

    best = min(seconds() for _ in range(5))
    record_property("tracker --help, best of 5, seconds", round(best, 3))
    print(f"tracker --help: {best:.3f} s, best of 5")
    # 0.3 s is the promise, and holds on a machine that is at rest; a busy one is given more
    assert best < (1.0 if os.environ.get("CI") or os.environ.get("PYTEST_XDIST_WORKER") else 0.3)


def test_extract(tracker, tmp_path):
    (tmp_path / "article.md").write_text(ARTICLE)
    (figure,) = map(json.loads, tracker("extract", "article.md", "--format", "jsonl").splitlines())
    assert list(figure) == list(COLUMNS)
    wanted = {"figure": "at least 17", "value": 17, "qualifier": "at_least", "outcome": "killed", "country": "SYR"}
    assert {name: figure[name] for name in wanted} == wanted
    assert (figure["source_type"], figure["date"], figure["conflict"]) == ("opposition", "2013-05-13", "syria")


def test_add_then_timeline_then_export(tracker, tmp_path):
    (tmp_path / "article.md").write_text(ARTICLE)
    assert "added 1" in tracker("add", "article.md")
    assert "unchanged 1" in tracker("add", "article.md")
    assert "Idlib" in tracker("timeline", "--format", "csv")
    tracker("export", "-o", "timeline.csv")
    with (tmp_path / "timeline.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["value"] for row in rows] == ["17"]
    assert list(rows[0]) == list(COLUMNS)


def test_the_samples_are_read_where_they_were_installed(installed, tracker):
    (samples,) = installed.parent.glob("lib/python*/site-packages/tracker/data/samples")
    folders = [path for path in samples.iterdir() if path.is_dir()]
    assert "failed 0" in tracker("add", *folders)
    assert len(tracker("timeline", "--conflict", "sudan", "--format", "jsonl").splitlines()) > 10


def test_the_dashboard_serves_the_samples_until_interrupted(installed, surroundings, tmp_path):
    command = [installed / "tracker", "dashboard", "--no-browser"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=tmp_path, env=surroundings, **pipes) as process:
        address = next(word for word in process.stdout.readline().split() if word.startswith("http://127.0.0.1:"))
        with urllib.request.urlopen(address, timeout=60) as page:
            assert b"_dash-config" in page.read()
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (0, "")
    assert "is empty: showing the sample data" in errors
    assert "Traceback" not in errors
