"""`tracker extract`: real articles in, figures out in each format."""

from __future__ import annotations

import csv
import io
import json

import pytest
from calls import ATTACK, CRASH, records
from made_figures import FIGURE

from tracker.model import COLUMNS, Article, Assigned, InputError
from tracker.sandbox.extracting import Found, _answer, _results
from tracker.sources import Reading


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


def test_whatever_an_article_does_to_the_rules_the_others_are_read():
    """Only what happens to one article is caught here, and it comes out named."""

    def read(article):
        if article.id == "bad":
            raise RecursionError("too deep")
        return [Assigned(FIGURE, "")]

    articles = [Article("good", "x"), Article("bad", "x"), Article("last", "x")]
    items = [Reading(articles[0], "p"), InputError("q", "is empty"), *(Reading(one, "p") for one in articles[1:])]
    results = list(_results(items, [_answer(read, article) for article in articles]))
    assert [type(result) for result in results] == [Found, InputError, InputError, Found]
    assert str(results[2]) == "p: article bad: cannot be read: RecursionError: too deep"
