"""The command line, called as users call it: in a process of its own, with real articles."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from made_figures import ARTICLE, FIGURE, figure

from tracker.model import COLUMNS, Article, Cause, InputError, Outcome, Scope, SourceType
from tracker.store import Entry, Store

TRACKER = (sys.executable, "-m", "tracker")

ATTACK = """---
id: attack
title: Homs under fire
published: 2012-03-26
publisher: The Daily
---
At least 30 people were killed and 12 wounded in Homs on Sunday, the opposition said.
"""
TOTAL = """---
id: total
published: 2012-03-26
---
A year of bloodshed in Syria has claimed more than 9,100 lives, the opposition says.
"""
CRASH = """---
id: crash
published: 2012-03-26
---
Seven people were killed when two buses collided near Lyon on Sunday, police said.
"""


@pytest.fixture
def tracker(tmp_path):
    """Runs a command in an empty folder, with a store of its own: (exit code, standard output, standard error)."""

    def run(*arguments, given=b"", **environment):
        surroundings = {**os.environ, "TRACKER_DB": str(tmp_path / "store.db"), **environment}
        done = subprocess.run(
            [*TRACKER, *map(str, arguments)],
            input=given,
            capture_output=True,
            cwd=tmp_path,
            env=surroundings,
            timeout=120,
        )
        errors = done.stderr.decode()
        assert "Traceback" not in errors, errors
        return done.returncode, done.stdout.decode(), errors

    return run


@pytest.fixture
def filled(tmp_path):
    """A store with one article and a few figures made by hand."""
    figures = [
        FIGURE,
        figure("f2", start=1, outcome=Outcome.INJURED, value=12, scope=Scope.INCIDENT, date="2012-04-01"),
        figure("f3", start=2, conflict="sudan", source_name="OHCHR", source_type=SourceType.UN, date="2023-05"),
        figure("f4", start=3, cause=Cause.ACCIDENT),
        figure("f5", start=4, quote="=cmd|' /C calc'!A0", date=None),
    ]
    with Store.open(tmp_path / "store.db") as store:
        store.add_many([Entry(ARTICLE, figures)])
    return tmp_path / "store.db"


def records(output):
    return [json.loads(line) for line in output.splitlines()]


def ids(output):
    return [row["figure_id"] for row in csv.DictReader(io.StringIO(output))]


def test_help_comes_at_once():
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run([*TRACKER, "--help"], check=True, capture_output=True)
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.3, times


def test_nothing_heavy_is_imported_for_help():
    heavy = "pandas numpy dateparser dash rich trafilatura sqlalchemy plotly yaml dashboard"
    code = f"import sys, tracker.cli; sys.exit(' '.join(n for n in {heavy.split()} if n in sys.modules) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


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
        (["export"], "required: -o/--output"),
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


def test_extract_prints_one_figure_a_line_with_the_columns_of_the_contract(tracker, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    code, out, errors = tracker("extract", "a.md")
    assert (code, errors) == (0, "")
    rows = records(out)
    assert {tuple(row) for row in rows} == {COLUMNS}
    assert [(row["figure"], row["value"], row["outcome"]) for row in rows] == [
        ("At least 30", 30, "killed"),
        ("12", 12, "injured"),
    ]
    assert rows[0]["source"] == "the opposition"
    assert rows[0]["date"] == "2012-03-25"
    assert all(row["published"] == "2012-03-26" and row["article_id"] == "attack" for row in rows)


def test_extract_prints_csv(tracker, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    code, out, _ = tracker("extract", "a.md", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [(row["figure"], row["value"]) for row in rows] == [("At least 30", "30"), ("12", "12")]
    assert tuple(rows[0]) == COLUMNS


@pytest.mark.parametrize("width", [80, 110, 200])
def test_extract_prints_a_table_as_wide_as_the_terminal(tracker, tmp_path, width):
    (tmp_path / "a.md").write_text(ATTACK)
    code, out, _ = tracker("extract", "a.md", "--format", "table", COLUMNS=str(width))
    assert code == 0
    assert max(map(len, out.splitlines())) <= width
    words = " ".join(out.split())
    for part in (
        "Homs under fire",
        "The Daily",
        "At least 30",
        "30 at_least",
        "killed",
        "the opposition",
        "2012-03-25",
    ):
        assert part in words
    assert "Homs" in words
    assert "people were killed and 12" in words or width == 110


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_extract_prints_a_table_on_a_terminal_and_nothing_else(tmp_path):
    import pty

    (tmp_path / "a.md").write_text(ATTACK)
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen([*TRACKER, "extract", "a.md"], stdout=theirs, cwd=tmp_path, env=environment):
        os.close(theirs)
        shown = b""
        while chunk := read_terminal(ours):
            shown += chunk
    assert b"At least 30" in shown
    assert b"figure_id" not in shown


def read_terminal(terminal):
    try:
        return os.read(terminal, 4096)
    except OSError:  # how a terminal says that nobody writes to it any more
        return b""


def test_extract_reads_standard_input(tracker):
    for arguments in (["extract"], ["extract", "-"]):
        code, out, _ = tracker(*arguments, given=ATTACK.encode())
        assert (code, len(records(out))) == (0, 2)


def test_an_article_without_date_is_read_and_its_relative_dates_stay_empty(tracker):
    code, out, errors = tracker("extract", given=b"Twelve people were killed in Homs on Sunday, police said.")
    assert code == 0
    (row,) = records(out)
    assert (row["value"], row["date"], row["published"]) == (12, None, None)
    assert errors.count("no publication date: relative dates stay empty") == 1


def test_many_articles_without_date_are_counted(tracker):
    lines = "".join(
        json.dumps({"text": f"{number} people were killed, police said."}) + "\n" for number in range(10, 20)
    )
    code, _, errors = tracker("extract", given=lines.encode())
    assert code == 0
    assert errors.splitlines()[-1] == "note: 7 more articles have no publication date"
    assert errors.count("\n") == 4


def test_other_causes_are_printed_when_asked_for(tracker, tmp_path):
    (tmp_path / "a.md").write_text(CRASH)
    assert tracker("extract", "a.md")[1] == ""
    (row,) = records(tracker("extract", "a.md", "--all-causes")[1])
    assert (row["value"], row["cause"]) == (7, "accident")
    _, out, errors = tracker("extract", "a.md", "--format", "table")
    assert "no casualty figures found" in out
    assert "1 figures of other causes than conflict left out" in errors


def test_what_fails_is_named_and_the_rest_is_done(tracker, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    (tmp_path / "b.jsonl").write_text('{"text": "x"}\n{broken\n')
    (tmp_path / "c.txt").write_bytes(b"\0\1\2")
    for arguments in (["extract", "."], ["add", "."]):
        code, out, errors = tracker(*arguments)
        assert code == 1
        assert errors.splitlines() == [
            "b.jsonl, line 2: is not JSON (Expecting property name enclosed in double quotes at column 2)",
            "c.txt: is not text",
        ]
        assert out
    assert out == "added 2, unchanged 0, updated 0, failed 2; 2 figures\n"


def test_several_processes_print_the_same_in_the_same_order(tracker, tmp_path):
    with (tmp_path / "a.jsonl").open("w") as file:
        for number in range(60):
            text = f"At least {number + 5} people were killed in Homs, police said."
            file.write(json.dumps({"id": str(number), "text": text, "published": "2012-03-26"}) + "\n")
            file.write("{broken\n" if number == 30 else "")
    alone, together = tracker("extract", "a.jsonl"), tracker("extract", "a.jsonl", "--jobs", "2")
    assert alone == together
    assert alone[0] == 1
    assert [row["value"] for row in records(alone[1])] == list(range(5, 65))


def test_text_from_outside_cannot_steer_the_terminal(tracker, tmp_path):
    evil = "\x1b]0;owned\x07\x1b[31m[bold]At least 30 people[/bold] were killed\u202e in Homs\x9b2J, police said."
    row = {"id": "evil\x1b[2J", "title": "\x1b[2JTitle", "publisher": "[red]P", "published": "2012-03-26", "text": evil}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + '\n{"id": "\\u001b[2J", "text": "Two people were killed."}')
    (tmp_path / "\x1b[2Jx.txt").write_text("")
    _, out, errors = tracker("extract", "--format", "table", ".")
    assert "[bold]At least 30 people[/bold] were killed in Homs" in " ".join(out.split())
    assert "[red]P" in out
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(out + errors)
    assert "owned" not in out


def test_adding_again_changes_nothing_and_changes_are_seen(tracker, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    (tmp_path / "b.md").write_text(TOTAL)
    assert tracker("add", "a.md", "b.md") == (0, "added 2, unchanged 0, updated 0, failed 0; 3 figures\n", "")
    before = tracker("timeline", "--format", "csv")[1]
    assert tracker("add", ".") == (0, "added 0, unchanged 2, updated 0, failed 0; 3 figures\n", "")
    assert tracker("timeline", "--format", "csv")[1] == before
    (tmp_path / "a.md").write_text(ATTACK.replace("30", "31"))
    assert tracker("add", ".") == (0, "added 0, unchanged 1, updated 1, failed 0; 3 figures\n", "")
    assert [row["value"] for row in records(tracker("timeline", "--format", "jsonl")[1])] == [12, 31, 9100]


def test_from_articles_to_a_csv_file(tracker, tmp_path):
    (tmp_path / "b.md").write_text(TOTAL)
    tracker("add", "b.md")
    code, out, errors = tracker("export", "-o", "timeline.csv")
    assert (code, out, errors) == (0, "", "1 figures written to timeline.csv\n")
    (row,) = csv.DictReader((tmp_path / "timeline.csv").open(encoding="utf-8", newline=""))
    assert (row["figure"], row["value"], row["qualifier"], row["low"]) == (
        "more than 9,100",
        "9100",
        "more_than",
        row["low"],
    )
    assert (row["victims"], row["source"], row["source_type"]) == ("lives", "the opposition", "opposition")
    assert (row["scope"], row["date"], row["country"], row["conflict"]) == ("cumulative", "2012-03-26", "SYR", "syria")


def test_an_interrupted_command_says_so_and_keeps_what_was_stored(tmp_path):
    environment = {**os.environ, "TRACKER_DB": str(tmp_path / "store.db")}
    command = subprocess.Popen(
        [*TRACKER, "add", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    for number in range(150):  # more than a batch, so that one is stored before the interruption
        row = {"id": str(number), "text": "Twelve people were killed.", "published": "2012-03-26"}
        command.stdin.write(json.dumps(row).encode() + b"\n")
    command.stdin.flush()
    wait_for(lambda: (tmp_path / "store.db").exists() and count_articles(tmp_path / "store.db") == 100)
    command.send_signal(signal.SIGINT)
    out, errors = command.communicate(timeout=60)
    assert command.returncode == 130
    assert errors == b"interrupted\n"
    assert out == b"added 100, unchanged 0, updated 0, failed 0; 100 figures\n"
    assert count_articles(tmp_path / "store.db") == 100


def count_articles(path):
    with Store.open(path) as store:
        return store.count_articles()


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def test_a_reader_that_goes_away_is_no_error(filled):
    command = [*TRACKER, "timeline", "--format", "csv", "--db", str(filled)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110
def test_a_full_disk_is_told(filled):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        command = [*TRACKER, "timeline", "--db", str(filled)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (2, b"tracker: No space left on device\n")


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ([], ["f1", "f2", "f3", "f5"]),
        (["--all-causes"], ["f4", "f1", "f2", "f3", "f5"]),
        (["--conflict", "sudan"], ["f3"]),
        (["--conflict", "sudan,syria", "--outcome", "injured"], ["f2"]),
        (["--conflict", "sudan", "--conflict", "syria", "--outcome", "Killed"], ["f1", "f3", "f5"]),
        (["--source", "un"], ["f3"]),
        (["--scope", "incident"], ["f2"]),
        (["--country", "SYR", "--until", "2012-03"], ["f1"]),
        (["--since", "2012-04"], ["f2", "f3"]),
        (["--publisher", "nobody"], []),
    ],
)
def test_filters(tracker, filled, filters, kept):
    code, out, errors = tracker("timeline", "--format", "csv", *filters)
    assert (code, ids(out)) == (0, kept)
    assert errors == ("" if kept else f"note: none of the 5 figures in {filled} meets the filters\n")


def test_timeline_formats(tracker, filled):
    code, table, _ = tracker("timeline")
    assert code == 0
    assert table.split()[:4] == ["date", "conflict", "figure", "value"]
    assert "more than 9,100" in table
    lines = records(tracker("timeline", "--format", "jsonl")[1])
    assert [row["figure_id"] for row in lines] == ["f1", "f2", "f3", "f5"]
    assert tuple(lines[0]) == COLUMNS
    assert "'=cmd|" in tracker("timeline", "--format", "csv")[1]


def test_export_formats(tracker, filled, tmp_path):
    for name, format_name in (("t.csv", "csv"), ("t.jsonl", "jsonl")):
        assert tracker("export", "-o", name, "--conflict", "syria")[0] == 0
        expected = tracker("timeline", "--format", format_name, "--conflict", "syria")[1]
        assert (tmp_path / name).read_bytes() == expected.encode()
    code, _, errors = tracker("export", "-o", "t.xlsx")
    assert (code, errors) == (2, "tracker: t.xlsx: .xlsx cannot be written: use .csv or .jsonl\n")


def test_the_store_can_be_named_by_option_too(tracker, filled, tmp_path):
    filled.rename(tmp_path / "other.db")
    assert ids(tracker("timeline", "--format", "csv", "--db", "other.db")[1]) == ["f1", "f2", "f3", "f5"]


def test_whatever_an_article_does_to_the_rules_the_others_are_read():
    """Only what happens to one article is caught here, and it comes out named."""
    from tracker.cli_work import Found, _answer, _results
    from tracker.sources import Reading

    def read(article):
        if article.id == "bad":
            raise RecursionError("too deep")
        return [FIGURE]

    articles = [Article("good", "x"), Article("bad", "x"), Article("last", "x")]
    items = [Reading(articles[0], "p"), InputError("q", "is empty"), *(Reading(one, "p") for one in articles[1:])]
    results = list(_results(items, [_answer(read, article) for article in articles]))
    assert [type(result) for result in results] == [Found, InputError, InputError, Found]
    assert str(results[2]) == "p: article bad: cannot be read: RecursionError: too deep"
