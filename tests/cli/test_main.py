"""The command line as a whole: help, wrong calls, and what becomes of standard output."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from pathlib import Path

import pytest
from calls import TRACKER

from tracker.cli.main import COMMANDS, _parser

pytestmark = pytest.mark.process

IMPORTED_FOR_HELP = """
import contextlib, sys
before = set(sys.modules)
from tracker.cli.main import main
with contextlib.suppress(SystemExit):
    main(["--help"])
print(*set(sys.modules) - before)
"""


def test_help_comes_at_once():
    """It takes no time because it imports nothing but Python's own modules and a handful of ours."""
    done = subprocess.run([sys.executable, "-c", IMPORTED_FOR_HELP], capture_output=True, text=True, check=True)
    imported = set(done.stdout.splitlines()[-1].split())
    assert {name for name in imported if name.partition(".")[0] not in sys.stdlib_module_names | {"tracker"}} == set()
    slow = {"asyncio", "email", "html.parser", "multiprocessing", "tomllib", "unittest", "urllib.request", "xml"}
    assert imported & slow == set()
    assert len([name for name in imported if name.startswith("tracker")]) < 15


@pytest.mark.parametrize("command", ["extract", "add", "timeline", "export", "evaluate", "dashboard"])
def test_every_command_has_help(tracker, command):
    code, out, errors = tracker(command, "--help")
    assert (code, errors) == (0, "")
    assert f"usage: tracker {command}" in out
    assert command in tracker("--help")[1]


def test_version(tracker):
    assert tracker("--version")[1].startswith("tracker 0.")


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ([], "required: COMMAND"),
        (["extrakt"], "invalid choice: 'extrakt'"),
        (["extract", "--format", "xml", "a.txt"], "invalid choice: 'xml' (choose from 'table', 'csv', 'jsonl')"),
        (["extract", "--jobs", "0", "a.txt"], "'0' is not a number from 1 to 256"),
        (["extract", "--jobs", "9" * 5000, "a.txt"], "is not a number from 1 to 256"),
        (["extract", "no-such-file.txt"], "no-such-file.txt: does not exist"),
        (["extract", "."], ".: holds no articles"),
        (["extract"], "standard input: is empty"),
        (["add"], "required: PATH"),
        (["add", "no-such-file.txt"], "no-such-file.txt: does not exist"),
        (["add", "a.txt", "--db", "/proc/no/store.db"], "/proc/no/store.db: cannot be made"),
        (["add", "a.txt", "--db", "nosuchkind://x"], "nosuchkind://x: cannot be opened"),
        (["timeline", "--outcome", "dead"], "'dead' is none of killed, injured"),
        (["timeline", "--scope", "all"], "'all' is none of incident, period, cumulative"),
        (["timeline", "--since", "yesterday"], "'yesterday' is not a date"),
        (["timeline"], "store.db: there is no store yet: `tracker add PATH` makes one"),
        (["export"], "name a file with -o FILE, or a folder with --package DIR"),
        (["export", "-o", "x.csv"], "there is no store yet"),
        (["dashboard", "--port", "99999"], "'99999' is not a port from 1 to 65535"),
        (["evaluate", "no-such-file.jsonl"], "no-such-file.jsonl"),
    ],
)
def test_wrong_calls_end_with_one_line_and_code_2(tracker, tmp_path, arguments, what):
    code, out, errors = tracker(*arguments)
    assert what in errors
    assert errors.count("\n") == 1
    assert code == 2
    assert out == "" or arguments[0] == "add"


def test_a_file_that_is_no_store_is_told(tracker, tmp_path):
    (tmp_path / "x.db").write_text("some words " * 200)
    for command in (["timeline"], ["export", "-o", "t.csv"], ["add", "x.db"]):
        code, _, errors = tracker(*command, "--db", "x.db")
        assert (code, errors) == (2, "tracker: x.db: is no store of the tracker (file is not a database)\n")


def test_a_reader_that_goes_away_is_no_error(filled):
    command = [*TRACKER, "timeline", "--format", "csv", "--db", str(filled)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told(filled):
    with Path("/dev/full").open("wb") as full:
        command = [*TRACKER, "timeline", "--db", str(filled)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (2, b"tracker: standard output: the disk is full\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_called_has_the_options_that_it_has_among_all(command):
    """Only the options of the command that is called are added, because most starts need no others."""
    helps = []
    for parser in (_parser(command), _parser("no command")):
        with pytest.raises(SystemExit), contextlib.redirect_stdout(io.StringIO()) as out:
            parser.parse_args([command, "--help"])
        helps.append(out.getvalue())
    assert helps[0] == helps[1] != ""
