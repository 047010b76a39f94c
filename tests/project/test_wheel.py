"""What a stranger gets: the wheel, installed by the pip that comes with Python and without the lock."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from imports import ROOT
from installs import FOLDERS, checked, copy_source, dashboard, fetched, make_wheel, packages_of
from made_documents import mail, pdf, web_archive, word

from tracker.model import COLUMNS

pytestmark = pytest.mark.process

ARTICLE = """---
title: Market in Idlib shelled
published: 2013-05-14
publisher: The Example
---
Shelling killed at least 17 people at a market in Idlib on Monday, the opposition said.
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return make_wheel(copy_source(tmp_path_factory.mktemp("source")), tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder of the commands of an empty virtual environment into which the wheel was installed, half a minute."""
    home = tmp_path_factory.mktemp("user") / "venv"
    checked([sys.executable, "-m", "venv", home])
    pip = [home / "bin" / "python", "-m", "pip", "--disable-pip-version-check"]
    look = [*map(str, pip), "download", "--quiet", "--no-deps", "--dest", str(home), "wheel"]
    if subprocess.run(look, capture_output=True).returncode:
        pytest.skip("pip reaches no registry of packages here")
    checked([*pip, "install", "--quiet", wheel])
    return home / "bin"


@pytest.fixture
def surroundings(installed, tmp_path):
    """The environment of a user who has nothing of ours but the wheel."""
    return {**os.environ, "PATH": f"{installed}:{os.environ['PATH']}", "XDG_DATA_HOME": str(tmp_path / "data")}


@pytest.fixture
def tracker(installed, surroundings, tmp_path):
    """Runs `tracker` in an empty folder with nothing of the source in sight; returns what it printed."""
    return lambda *arguments: checked([installed / "tracker", *arguments], cwd=tmp_path, env=surroundings)


def source_files():
    """Everything in the three folders that has a place in a wheel, by its name there."""
    for folder in FOLDERS:
        package = "tracker/data" if folder == "data" else folder
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
    assert list(rows[0]) == [*COLUMNS, "read_as"]


def test_the_samples_are_read_where_they_were_installed(installed, tracker):
    samples = packages_of(installed.parent) / "tracker" / "data" / "samples"
    folders = [path for path in samples.iterdir() if path.is_dir()]
    assert "failed 0" in tracker("add", *folders)
    assert len(tracker("timeline", "--conflict", "sudan", "--format", "jsonl").splitlines()) > 10


def test_the_dashboard_serves_the_samples_until_interrupted(installed, surroundings, tmp_path):
    with dashboard([installed / "tracker", "dashboard", "--no-browser"], cwd=tmp_path, env=surroundings) as address:
        assert b"_dash-config" in fetched(address)


def told(count):
    """A report with a number of its own, by which it is known."""
    return f"Shelling killed at least {count} people at a market in Idlib on Monday, the opposition said."


def parquet(text):
    out = io.BytesIO()
    pd.DataFrame({"id": ["p"], "text": [text], "published": ["2013-05-14"]}).to_parquet(out)
    return out.getvalue()


def feed(text):
    return f"<rss version='2.0'><channel><item><description>{text}</description></item></channel></rss>"


def page(text):
    return f"<html><head><title>Market hit</title></head><body><article><p>{text}</p></article></body></html>"


DOCUMENTS = {
    "a.txt": lambda text: text.encode(),
    "a.html": lambda text: page(text).encode(),
    "a.pdf": lambda text: pdf([[text[:60], text[60:]]]),
    "a.docx": lambda text: word([text]),
    "a.eml": lambda text: mail(text, Subject="Market hit", Date="Tue, 14 May 2013 10:00:00 +0000"),
    "a.rss": lambda text: feed(text).encode(),
    "a.parquet": parquet,
    "a.warc": lambda text: web_archive(page(text)),
    "a.csv": lambda text: f'id,text\nc,"{text}"\n'.encode(),
    "a.jsonl": lambda text: json.dumps({"text": text}).encode(),
}
"""A file of each kind that a library of its own reads, and of those that Python reads."""


def test_a_file_of_every_kind_is_read(tracker, tmp_path):
    (tmp_path / "in").mkdir()
    for count, (name, made) in enumerate(DOCUMENTS.items(), start=101):
        (tmp_path / "in" / name).write_bytes(made(told(count)))
    found = [json.loads(line)["value"] for line in tracker("extract", "in", "--format", "jsonl").splitlines()]
    read = {name: found.count(count) for count, name in enumerate(DOCUMENTS, start=101)}
    assert read == dict.fromkeys(DOCUMENTS, 1)


@pytest.mark.parametrize("name", ["t.xlsx", "t.parquet"])
def test_tables_of_figures_are_written_and_read(tracker, tmp_path, name):
    (tmp_path / "article.md").write_text(ARTICLE)
    tracker("add", "article.md")
    tracker("export", "-o", name)
    tracker("add", name, "--db", "other.db")
    assert "at least 17" in tracker("timeline", "--format", "csv", "--db", "other.db")
