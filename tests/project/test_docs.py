"""The documents cannot lie: what the README shows is what comes out, and what it names is there."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys

import pytest
from data_page import PAGE, with_tables
from imports import ROOT

from tracker.model import COLUMNS

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = "docs/example.md"
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("README.md")]


def tracker(*arguments):
    environment = {**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "tracker", *arguments]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, timeout=120, check=True)
    return done.stdout.decode()


def trimmed(text):
    """A table without the blanks at the ends of its lines, which nobody sees."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def commands():
    return re.findall(r"^ {4}([a-z]+)\b", tracker("--help"), re.M)


@pytest.mark.process
def test_the_readme_shows_what_extract_prints():
    (shown,) = re.findall(rf"^\$ tracker extract {re.escape(EXAMPLE)}\n(.*?)^```", README, re.M | re.S)
    printed = trimmed(tracker("extract", EXAMPLE, "--format", "table"))
    assert trimmed(shown) == printed, f"put the output of `COLUMNS=80 tracker extract {EXAMPLE}` into the README"


def test_the_readme_quotes_the_example_in_full():
    text = (ROOT / EXAMPLE).read_text(encoding="utf-8").rpartition("---\n")[2]
    quoted = " ".join(line.removeprefix("> ") for line in README.splitlines() if line.startswith("> "))
    assert quoted.split() == text.split()


def test_the_python_of_the_readme_gives_what_it_shows():
    blocks = re.findall(r"^```pycon\n(.*?)^```", README, re.M | re.S)
    example = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "README.md", "README.md", 0)
    told = []
    done = doctest.DocTestRunner().run(example, out=told.append)
    assert done.failed == 0, "".join(told)
    assert done.attempted > 5


def test_the_readme_counts_the_columns():
    assert re.findall(r"(\d+) columns", README) == [str(len(COLUMNS))]


@pytest.mark.process
def test_the_readme_names_every_command_and_no_other():
    named = re.findall(r"^\| `tracker (\w+)", README, re.M)
    assert sorted(named) == sorted(commands())


@pytest.mark.process
def test_the_readme_names_options_that_exist():
    known = set(re.findall(r"--[\w-]+", "".join(tracker(command, "--help") for command in commands()))) | {"--help"}
    assert set(re.findall(r"--[a-z][\w-]+", README)) <= known


def test_what_can_be_made_is_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in PAGES:
        for target in re.findall(r"\bmake ([a-z-]+)(?=`|$)", page.read_text(encoding="utf-8"), re.M):
            assert re.search(rf"^{target}:", makefile, re.M), f"{page.name} names `make {target}`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        assert "://" in target or (page.parent / target).exists(), f"{target} is not there"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_files_that_are_named_exist(page):
    for name in re.findall(r"`([\w.-]+(?:/[\w.-]+)+/?)`", page.read_text(encoding="utf-8")):
        if name.split("/")[0] not in ("var", ".venv", "dist"):  # made on the user's machine
            assert (ROOT / name).exists() or (page.parent / name).exists(), f"{name} is not there"


def test_the_page_on_the_data_has_the_tables_of_the_schema():
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_tables(page), "run `python tests/support/data_page.py`"


def test_the_page_on_the_data_counts_the_columns():
    assert re.findall(r"(\d+) columns", PAGE.read_text(encoding="utf-8")) == [str(len(COLUMNS))]
