"""The page on what can be read: its examples run, its limits and endings are those of the program."""

from __future__ import annotations

import os
import re
import subprocess

import pytest
from calls import TRACKER, run
from imports import ROOT
from made_documents import pdf

from tracker.fetching import Limits
from tracker.fetching import visitor as manners
from tracker.sources import bounds, docx, feed, language, links, mail, reliefweb
from tracker.sources import pdf as pdf_reader
from tracker.sources.compression import COMPRESSIONS
from tracker.sources.csv_rows import MAX_CELL
from tracker.sources.kinds import KINDS
from tracker.sources.whole import MAX_WHOLE
from tracker.watching import read_plan, watcher
from tracker.watching import state as known

PAGE = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")


def test_every_ending_stands_in_the_table():
    named = set(re.findall(r"`(\.[a-z0-9]+)`", PAGE))
    assert {*KINDS, *COMPRESSIONS} == named


@pytest.mark.process
def test_the_page_of_a_figure(tmp_path):
    lines = ["Shelling killed at least 17 people at a market in Idlib on Monday,", "activists said."]
    pages = [
        [
            "Protection of civilians in Idlib",
            "Geneva, 12 March 2014",
            "The fighting went on in all districts, and most shops stayed closed.",
        ],
        lines,
    ]
    (tmp_path / "report.pdf").write_bytes(pdf(pages))
    (shown,) = re.findall(r"^\$ tracker (extract report.*)\n((?:.|\n)*?)^```", PAGE, re.M)
    environment = {**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([*TRACKER, *shown[0].split()], capture_output=True, cwd=tmp_path, env=environment, check=True)
    printed = [line.rstrip() for line in done.stdout.decode().strip().splitlines()]
    assert [line.rstrip() for line in shown[1].strip().splitlines()] == printed


@pytest.mark.process
def test_the_columns_of_an_export(tmp_path):
    (tmp_path / "export.csv").write_text("Head,Printed,Body\nT,2014-03-10,At least 17 people were killed.\n")
    (call,) = re.findall(r"^\$ tracker (extract export.*)$", PAGE, re.M)
    code, out, errors = run(tmp_path, *call.split())
    assert (code, errors) == (0, "")
    assert '"published":"2014-03-10","title":"T"' in out


def test_the_file_of_feeds(tmp_path):
    (block,) = re.findall(r"^```toml\n(.*?)^```", PAGE, re.M | re.S)
    (tmp_path / "feeds.toml").write_text(block)
    first, second = read_plan(str(tmp_path / "feeds.toml"))
    assert (first.name, first.every, first.full) == ("ReliefWeb", 900, True)
    assert (second.name, second.every, second.full) == (second.url, 7_200, False)


@pytest.mark.parametrize(
    "words",
    [
        f"{bounds.MAX_BYTES:,} bytes, {bounds.MAX_FILES:,} files, {bounds.MAX_DEPTH} archives within one another",
        f"{bounds.MAX_FILE_BYTES:,} bytes, and {bounds.MAX_RATIO} times its packed size where that is above"
        f" {bounds.ALWAYS_ALLOWED:,}",
        f"PDF | {pdf_reader.MAX_PAGES:,} pages",
        f"Word | {docx.MAX_BYTES:,} bytes",
        f"feed | {feed.MAX_ITEMS:,} items",
        f"GDELT | {links.MAX_LINKS:,} addresses",
        f"{reliefweb.MAX_PAGES} pages of {reliefweb.BATCH_SIZE} reports",
        f"e-mail | {mail.MAX_PARTS} parts",
        f"At most {Limits().most_bytes // 1_000_000} MB (as sent, and again unpacked), {Limits().seconds:g} seconds"
        f" in all and {Limits().redirects} redirects",
        f"from the first {language.SAMPLE_SIZE:,} characters",
        f"A text of less than {language.MIN_LENGTH} characters is read with its title",
        f"e-mail | {mail.MAX_PARTS} parts, {MAX_WHOLE['mail'] // 1_000_000} MB",
        f"CSV | {MAX_WHOLE['csv'] // 1_000_000} MB, {MAX_CELL:,} characters in a cell",
        f"JSON (not JSON Lines) | {MAX_WHOLE['json'] // 1_000_000} MB",
        f"web page | {MAX_WHOLE['html'] // 1_000_000} MB",
        f"Parquet | {MAX_WHOLE['parquet'] // 1_000_000} MB",
        f"the items that are in each feed now ({feed.MAX_ITEMS:,} at most) are remembered and {known.MOST_SEEN:,} more",
        f"rules for robots of {manners.MOST_HOSTS:,} hosts",
        f"`{reliefweb.APPNAME}`",
        f"`{manners.ROBOT}`",
    ],
)
def test_the_limits_are_those_of_the_program(words):
    assert words in PAGE


def test_how_often_a_text_is_tried():
    assert watcher.MOST_TRIES == 3
    assert "three times in all" in PAGE
