"""The page on the store cannot lie: its tables, commands, options and checks are those of the code."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from imports import ROOT

from tracker.cli.ingest import AT_A_TIME
from tracker.store.connections import BUSY_TIMEOUT
from tracker.store.constraints import WORDS_OF_FIGURES
from tracker.store.database import DUPLICATES, SCHEMA_VERSION, schema

PAGE = (ROOT / "docs" / "store.md").read_text(encoding="utf-8")


def section(heading):
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def help_of(*command):
    done = subprocess.run([sys.executable, "-m", "tracker", *command, "--help"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_names_every_table_and_no_other():
    assert set(re.findall(r"^\| `(\w+)` \|", section("Tables"), re.M)) == set(schema.tables)


def test_the_page_names_the_columns_that_hold_one_of_a_few_words():
    (sentence,) = re.findall(r"unknown word in (.*?);", PAGE)
    assert set(re.findall(r"`(\w+)`", sentence)) == set(WORDS_OF_FIGURES)


def test_the_page_names_the_kinds_of_duplicates():
    (cell,) = re.findall(r"`kind`: (.*?) \|", PAGE)
    assert re.findall(r"`(\w+)`", cell) == list(DUPLICATES)


@pytest.mark.process
@pytest.mark.parametrize("command", sorted(set(re.findall(r"(?:^|`)tracker (\w+)", PAGE, re.M))))
def test_the_page_names_commands_that_exist(command):
    assert f"usage: tracker {command}" in help_of(command)


@pytest.mark.process
def test_the_page_names_options_that_exist():
    known = "".join(help_of(command) for command in ("add", "retry", "reextract", "check", "backup", "restore"))
    assert set(re.findall(r"--[a-z][\w-]+", PAGE)) <= set(re.findall(r"--[\w-]+", known))


def test_the_page_tells_the_right_numbers():
    assert f"batches of {AT_A_TIME}" in PAGE
    assert f"up to {BUSY_TIMEOUT:g} seconds" in PAGE
    assert f"Version {SCHEMA_VERSION} " in PAGE
