"""`tracker add` as an ingest: what is known is not read again, what fails is kept, what repeats is linked."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from calls import ATTACK, STORE, TOTAL, run

from tracker.store.store import Store

WIRE = (
    "Air strikes on two villages killed at least 24 people overnight, rescuers said. "
    "Volunteers dug with their hands until the morning because fuel for the excavators has run out. "
    "The army did not answer questions; its last statement spoke of positions used by gunmen."
)


@pytest.fixture
def tracker(tracker_here):
    return tracker_here


def lines(*rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def article(name, text=WIRE, **more):
    return {"id": name, "text": text, "published": "2024-03-05", **more}


def opened(folder):
    return Store.open(folder / STORE, create=False)


def test_a_dry_run_says_the_same_and_stores_nothing(tracker, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    code, out, _ = tracker("add", ".", "--dry-run")
    assert (code, out) == (0, "dry run, nothing is stored: added 1, unchanged 0, updated 0, failed 0; 2 figures\n")
    assert not (tmp_path / STORE).exists()
    tracker("add", ".")
    (tmp_path / "b.md").write_text(TOTAL)
    (tmp_path / "a.md").write_text(ATTACK.replace("30", "31"))
    (tmp_path / "c.jsonl").write_text(lines(article("x"), article("y"), article("x"), article("y", "New.")) + "{\n")
    before = (tmp_path / STORE).read_bytes()
    dry = tracker("add", ".", "--dry-run")
    assert (tmp_path / STORE).read_bytes() == before
    told = "added 3, unchanged 1, updated 2, failed 1; 6 figures\n"
    assert dry[:2] == (1, f"dry run, nothing is stored: {told}")
    wet = tracker("add", ".")
    assert wet == (1, told, dry[2])


def test_a_dry_run_of_a_table_changes_nothing(tracker, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    tracker("add", "a.md")
    tracker("export", "-o", "t.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "t.jsonl").read_text().splitlines()]
    (tmp_path / "t.jsonl").write_text(lines(rows[0] | {"victims": None}, *rows[1:], rows[0] | {"figure_id": "new"}))
    before = (tmp_path / STORE).read_bytes()
    out = tracker("add", "t.jsonl", "--dry-run")[1]
    assert out.splitlines()[1].startswith("figures out of tables: added 1,")
    assert (tmp_path / STORE).read_bytes() == before
    assert tracker("add", "t.jsonl")[1].splitlines()[1] == out.splitlines()[1]


def test_what_is_stored_is_not_read_again_unless_it_or_the_rules_changed(tracker, tmp_path, monkeypatch):
    """Seen from what would go wrong: figures that somebody took out of the store do not come back by themselves."""
    (tmp_path / "a.md").write_text(ATTACK)
    (tmp_path / "own.toml").write_text('[[source]]\nname = "Them"\naliases = ["the opposition"]\ntype = "opposition"\n')
    tracker("add", "a.md")
    with opened(tmp_path) as store, store.transaction(writes=True) as connection:
        connection.exec_driver_sql("DELETE FROM figures")
    assert tracker("add", "a.md")[1] == "added 0, unchanged 1, updated 0, failed 0; 0 figures\n"
    assert tracker("add", "a.md", "--sources", "own.toml")[1].startswith("added 0, unchanged 0, updated 1")
    assert tracker("add", "a.md", "--sources", "own.toml")[1].startswith("added 0, unchanged 1, updated 0")
    with opened(tmp_path) as store:
        assert {one.source_name for one in store.figures()} == {"Them"}


def test_an_article_that_a_table_told_more_of_is_read_again(tracker, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    tracker("add", "a.md")
    tracker("export", "-o", "t.jsonl")
    (tmp_path / "t.jsonl").write_text((tmp_path / "t.jsonl").read_text().replace('"value":30', '"value":31'))
    tracker("add", "t.jsonl")
    assert tracker("add", "a.md")[1].startswith("added 0, unchanged 0, updated 1")


def test_another_path_of_a_known_article_is_kept_too(tracker, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    tracker("add", "a.md")
    (tmp_path / "b.md").write_text(ATTACK)
    tracker("add", "b.md")
    with opened(tmp_path) as store:
        assert [path for path, _ in store.sources_of("attack")] == ["a.md", "b.md"]


# Failures


def failures(folder):
    with opened(folder) as store:
        return {(os.path.basename(one.path), one.line): (one.what, one.times) for one in store.failures()}  # noqa: PTH119


def test_what_fails_is_kept_and_read_again_until_it_does_not(tracker, tmp_path):
    (tmp_path / "a.md").write_text(ATTACK)
    (tmp_path / "b.jsonl").write_text(lines(article("x")) + "{broken\n")
    (tmp_path / "c.txt").write_bytes(b"\0\1\2")
    assert tracker("add", ".")[0] == 1
    assert failures(tmp_path).keys() == {("b.jsonl", 2), ("c.txt", 0)}
    assert failures(tmp_path)["c.txt", 0] == ("is not text", 1)
    assert tracker("retry")[0] == 1
    assert failures(tmp_path)["c.txt", 0] == ("is not text", 2)
    (tmp_path / "b.jsonl").write_text(lines(article("x"), article("y", "Nine people were killed in Homs.")))
    code, out, errors = tracker("retry")
    assert (code, out) == (
        1,
        "added 1, unchanged 1, updated 0, failed 1; 2 figures\nfailures: cleared 1, left 1\n",
    )
    assert errors.strip().endswith("c.txt: is not text")
    listed = tracker("retry", "--list")[1]
    assert "c.txt: is not text (3 times, last 20" in listed
    assert tracker("retry", "--forget") == (0, "forgotten 1\n", "")
    assert tracker("retry", "--list") == (0, "nothing that failed is left\n", "")


def test_adding_what_failed_before_clears_it_too(tracker, tmp_path):
    (tmp_path / "b.jsonl").write_text(lines(article("x")) + "{broken\n")
    tracker("add", ".")
    (tmp_path / "b.jsonl").write_text(lines(article("x")))
    assert tracker("add", "b.jsonl")[0] == 0
    assert failures(tmp_path) == {}


def test_a_file_that_is_gone_stays_a_failure(tracker, tmp_path):
    (tmp_path / "c.txt").write_bytes(b"\0\1\2")
    tracker("add", "c.txt")
    (tmp_path / "c.txt").unlink()
    code, _, errors = tracker("retry")
    assert (code, failures(tmp_path)) == (2, {("c.txt", 0): ("does not exist", 2)})
    assert errors.endswith("c.txt: does not exist\n")


def test_standard_input_cannot_be_read_again_and_that_is_said(tracker, tmp_path):
    assert run(tmp_path, "add", "-", given=b'{"text": "x"}\n{broken}\n')[0] == 1
    code, _, errors = tracker("retry")
    assert (code, errors) == (
        0,
        "note: standard input: cannot be read again: give it to `tracker add` once more\n",
    )


def test_an_article_that_cannot_be_stored_is_a_failure(tracker, tmp_path, postgresql):
    """Of an id that is too long for an index of PostgreSQL the others know nothing."""
    long = "".join(map(str, range(50_000)))
    (tmp_path / "a.jsonl").write_text(lines(article("good"), article(long, "Nine died."), article("last", "Ten died.")))
    code, out, errors = tracker("add", "a.jsonl", "--db", postgresql)
    assert (code, out.splitlines()[0]) == (1, "added 2, unchanged 0, updated 0, failed 1; 2 figures")
    assert "cannot be stored: index row" in errors
    with Store.open(postgresql) as store:
        assert [(os.path.basename(one.path), one.times) for one in store.failures()] == [("a.jsonl", 1)]  # noqa: PTH119


# Duplicates


def test_the_same_address_text_or_nearly_the_same_text_is_linked(tracker, tmp_path):
    (tmp_path / "a.jsonl").write_text(
        lines(
            article("a1", url="https://paper.example/strike?utm_source=feed", publisher="Paper"),
            article("a2", "Quite another text of two lines.", url="http://www.paper.example/strike#top"),
            article("a3", publisher="Other Paper"),
            article("a4", WIRE + " Reporting by our correspondents; editing by the desk.", publisher="Third Paper"),
            article("a5", "Nothing of the kind was said here.", url="https://paper.example/"),
            article("a6", "Neither was it said in this one, ever.", url="https://paper.example/"),
        )
    )
    told = "duplicates 3, linked to the article they repeat: same address 1, same text 1, nearly the same text 1"
    assert tracker("add", "a.jsonl", "--dry-run")[1].splitlines()[1] == told
    assert tracker("add", "a.jsonl")[1].splitlines()[1] == told
    assert tracker("add", "a.jsonl")[1] == "added 0, unchanged 6, updated 0, failed 0; 3 figures\n"
    with opened(tmp_path) as store:
        assert store.duplicates() == {"a2": ("a1", "address"), "a3": ("a1", "text"), "a4": ("a1", "near")}
        # all are kept with their publishers; the timeline counts what they print once
        assert {one.publisher for one in store.articles()} == {"Paper", "Other Paper", "Third Paper", ""}
        assert store.copies() == {"a1": "a1", "a3": "a1", "a4": "a1"}
    claims = [json.loads(line) for line in tracker("timeline", "--view", "claims", "--format", "jsonl")[1].splitlines()]
    assert [(one["value"], one["reports"], one["articles"]) for one in claims] == [(24, 1, 3)]


def test_links_follow_the_articles(tracker, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(lines(article("b"), article("c")))
    tracker("add", "a.jsonl")
    path.write_text(lines(article("b"), article("c", "It was corrected: nobody came to harm."), article("a")))
    tracker("add", "a.jsonl")
    with opened(tmp_path) as store:
        assert store.duplicates() == {"b": ("a", "text")}


# Progress


@pytest.mark.process
@pytest.mark.parametrize(("name", "shown"), [("a.jsonl", "3/3 articles"), ("a.csv", "3 articles")])
def test_who_waits_sees_how_far_it_is_and_how_long_it_takes(tmp_path, name, shown):
    """On a terminal; the total is shown where the input tells it."""
    rows = [article(str(at), f"On day {at} some {at} people were killed in Homs.") for at in range(3)]
    text = lines(*rows) if name == "a.jsonl" else "text\n" + "".join(f"{row['text']}\n" for row in rows)
    (tmp_path / name).write_text(text)
    terminal, other_end = os.openpty()
    code = (
        "import sys, tracker.cli.progress as p; p.BEFORE_PROGRESS = 0.0;"
        "from tracker.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    environment = {**os.environ, "TRACKER_DB": str(tmp_path / STORE), "TERM": "xterm", "COLUMNS": "120"}
    command = [sys.executable, "-c", code, "add", name]
    done = subprocess.run(command, cwd=tmp_path, env=environment, stderr=other_end, stdout=-1, timeout=60)
    os.close(other_end)
    printed = b""
    while part := read_terminal(terminal):
        printed += part
    os.close(terminal)
    assert b"added 3" in done.stdout
    words = " ".join(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", printed.decode()).split())
    assert shown in words
    assert "/s" in words


def read_terminal(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that nobody is at the other end
        return b""
