"""What a person sees: nothing in an article, a file name or a call steers the terminal, whatever the command."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys

import pytest
from calls import STORE, TRACKER, run

from tracker.terminal import LogHandler, clean, say, say_lines, write_data

EVIL = "\x1b[31mred\x1b]0;title\x07\x9b31m\x08\x7f\u202eevil\u2066\r\x85"
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]")
TEXT = f"{EVIL} At least 30 {EVIL} people were killed in Homs {EVIL}, the {EVIL} police said. 12 people were killed."

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="file names with control characters")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Inputs in which everything tries to steer, and a store of them: the folder, a file, the id of a figure."""
    tmp_path = tmp_path_factory.mktemp("evil")
    article = {
        "id": f"a{EVIL}z",
        "title": f"{EVIL} 5 killed {EVIL}",
        "text": TEXT,
        "publisher": EVIL,
        "published": "2012-03-26",
        "url": f"http://x/{EVIL}",
        "language": "en",
    }
    name = f"{EVIL.replace('/', '')}.jsonl"
    lines = [article, {"text": 3}, {**article, "id": "undated", "published": EVIL}, {**article, "language": EVIL[:9]}]
    (tmp_path / name).write_text("\n".join(map(json.dumps, lines)) + f"\n{EVIL}\n", encoding="utf-8")
    figure = {
        "field": "text",
        "figure": "12",
        "value": 13,
        "qualifier": "exact",
        "outcome": "killed",
        "scope": "incident",
    }
    labels = {**article, "figures": [figure | {"source": EVIL, "place": EVIL, "cause": "conflict"}]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(labels), encoding="utf-8")
    (tmp_path / "reference.csv").write_text(f"date,value\n2012-03-26,{EVIL}\n2012-03-27,5\n", encoding="utf-8")
    code, _, errors = run(tmp_path, "add", name)
    assert code == 1, errors
    listed = run(tmp_path, "review", "list", "--format", "jsonl", "--limit", "1")[1]
    return tmp_path, name, json.loads(listed.split("\n")[0])["figure_id"]


CALLS = [
    "extract FILE --format table",
    "extract FILE --explain",
    "extract FILE --format table --jobs 2",
    "extract NAME",
    "add FILE",
    "add --dry-run FILE NAME",
    "evaluate gold.jsonl --errors",
    "evaluate gold.jsonl --errors source",
    "evaluate NAME",
    "timeline",
    "timeline --view claims",
    "timeline --view incidents",
    "timeline --conflict NAME",
    "timeline --since NAME",
    "timeline --db NAME",
    "export -o NAME",
    "compare --reference reference.csv --conflict syria",
    "review list",
    "review show FIGURE",
    "review reject FIGURE --note NAME --reviewer NAME",
    "review show NAME",
    "review correct FIGURE NAME",
    "retry --list",
    "check",
    "reextract --all",
    "backup NAME.db",
    "NAME",
    "extract --NAME",
    "watch NAME",
    "dashboard --port NAME",
    "dashboard --reference NAME --port 0 --no-browser --sample",
    "extract --sources NAME FILE",
    "extract --map NAME FILE",
    "extract FILE --cluster NAME -o out",
]


@pytest.mark.process
@pytest.mark.parametrize("call", CALLS)
def test_nothing_that_is_printed_steers(folder, call):
    place, name, figure_id = folder
    put = {"FILE": name, "FIGURE": figure_id, "NAME": EVIL}
    arguments = [re.sub("|".join(put), lambda found: put[found.group()], part) for part in call.split()]
    environment = {**os.environ, "TRACKER_DB": STORE, "COLUMNS": "200", "PYTHONWARNINGS": "default"}
    done = subprocess.run([*TRACKER, *arguments], cwd=place, env=environment, capture_output=True, timeout=120)
    for printed in (done.stdout.decode(), done.stderr.decode()):
        assert not STEERING.search(printed), printed
        assert "Traceback" not in printed
    assert done.stdout or done.stderr


@pytest.mark.process
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_data_is_cleaned_on_a_terminal_and_nowhere_else(folder, form):
    pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")
    place, name, _ = folder
    ours, theirs = pty.openpty()
    command = [*TRACKER, "extract", name, "--format", form]
    with subprocess.Popen(command, cwd=place, stdout=theirs, stderr=subprocess.DEVNULL) as process:
        os.close(theirs)
        seen = b""
        try:
            while chunk := os.read(ours, 4096):
                seen += chunk
        except OSError:  # how a terminal says that nobody writes to it any more
            pass
    os.close(ours)
    assert process.returncode == 1
    assert "At least 30" in seen.decode()
    assert not STEERING.search(seen.decode().replace("\r\n", "\n"))
    piped = subprocess.run(command, cwd=place, capture_output=True).stdout.decode()
    assert "\x9b" in piped


@pytest.mark.parametrize("make", [say, say_lines])
def test_results_are_cleaned_and_keep_their_indent(make, capsys):
    make(f"    {EVIL}words {EVIL}")
    printed = capsys.readouterr().out
    assert printed.startswith("    red")
    assert not STEERING.search(printed)
    assert printed.count("\n") == 1


def test_data_for_other_programs_is_not_touched(capsysbinary):
    write_data([TEXT.encode(), b"\n"])
    assert capsysbinary.readouterr().out == TEXT.encode() + b"\n"


def test_what_is_logged_is_cleaned(capsys):
    wrong = ValueError, ValueError(EVIL), None
    LogHandler().handle(logging.LogRecord(EVIL, logging.ERROR, "", 1, f"on {EVIL}", (), wrong))
    printed = capsys.readouterr().err
    assert "ValueError: red" in printed
    assert not STEERING.search(printed)


def test_clean_keeps_what_is_harmless():
    assert clean("  a\tb\nc  “d” قُتل") == "  a b c  “d” قُتل"
