"""The sample articles, their hand-made labels and the registry of conflicts are complete and agree with each other."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from tracker.knowledge.files import languages
from tracker.model import Outcome, Qualifier, Scope, SourceType

DATA = Path(__file__).parents[2] / "data"
SAMPLES = DATA / "samples"
KEYS = {"id", "title", "published", "publisher", "language"}
COLUMNS = ["article_id", "field", "start", "end", "figure", "value", "value_high", "qualifier", "outcome", "victims"]
COLUMNS += ["source", "source_type", "date", "scope", "place", "country", "conflict", "part_of_figure"]
# Articles that hold many numbers and no victim, on purpose.
WITHOUT_FIGURES = {"sample-ukraine-2022-07-22-grain-deal"}
THE_FOUR = ("syria", "gaza", "ukraine", "sudan")
ISO_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
PATHS = sorted(SAMPLES.glob("*/*.md"))


def read(path: Path) -> dict[str, Any]:
    """Front matter of a sample, with its body as `text`, its folder and its file name."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return {**yaml.safe_load(front), "text": body.strip(), "folder": path.parent.name, "stem": path.stem}


@pytest.fixture(scope="module")
def articles() -> dict[str, dict[str, Any]]:
    return {article["id"]: article for article in map(read, PATHS)}


@pytest.fixture(scope="module")
def expected() -> list[dict[str, str]]:
    with (SAMPLES / "expected.csv").open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        assert reader.fieldnames == COLUMNS
        return list(reader)


@pytest.fixture(scope="module")
def conflicts() -> dict[str, dict[str, Any]]:
    entries = tomllib.loads((DATA / "conflicts.toml").read_text(encoding="utf-8"))["conflict"]
    assert [i for i, n in Counter(e["id"] for e in entries).items() if n > 1] == []
    return {entry["id"]: entry for entry in entries}


def within(date: str, start: str, end: str | None) -> bool:
    """Whether an ISO date lies in [start, end], compared at the lower precision of the two dates."""
    if date[: len(start)] < start[: len(date)]:
        return False
    return end is None or date[: len(end)] <= end[: len(date)]


def test_there_are_enough_articles(articles: dict[str, dict[str, Any]]) -> None:
    assert len(articles) == len(PATHS) >= 60, "an id is used twice, or there are too few samples"


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_front_matter_and_length(path: Path) -> None:
    article = read(path)
    assert KEYS | {"text", "folder", "stem"} == set(article)
    assert article["id"] == f"sample-{article['folder']}-{article['stem']}"
    assert article["stem"].startswith(str(article["published"]))
    assert article["publisher"] == "Casualty Tracker samples"
    assert article["language"] in languages()
    assert 60 <= len(article["text"].split()) <= 160
    assert "http" not in article["text"]


def test_offsets_point_at_the_figures(articles: dict[str, dict[str, Any]], expected: list[dict[str, str]]) -> None:
    for row in expected:
        text = articles[row["article_id"]][row["field"]]
        assert text[int(row["start"]) : int(row["end"])] == row["figure"], row
        for column in ("victims", "source", "place"):
            assert row[column] in text, (column, row)


def test_no_figure_is_labelled_twice(expected: list[dict[str, str]]) -> None:
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in expected:
        spans[row["article_id"], row["field"]].append((int(row["start"]), int(row["end"])))
    for where, found in spans.items():
        assert found == sorted(found), where
        assert all(a[1] <= b[0] for a, b in pairwise(found)), where


def test_labels_use_the_words_of_the_model(expected: list[dict[str, str]]) -> None:
    for row in expected:
        Qualifier(row["qualifier"]), Outcome(row["outcome"]), Scope(row["scope"]), SourceType(row["source_type"])
        assert (row["source"] == "") == (row["source_type"] == "unattributed"), row
        assert (row["value_high"] != "") == (row["qualifier"] == "range"), row
        assert row["value"].isdigit() or row["qualifier"] == "vague", row
        assert re.fullmatch(r"[A-Z]{3}", row["country"]), row


def test_labelled_dates_precede_publication(
    articles: dict[str, dict[str, Any]], expected: list[dict[str, str]]
) -> None:
    for row in expected:
        assert ISO_DATE.fullmatch(row["date"]), row
        published = str(articles[row["article_id"]]["published"])
        assert row["date"] <= published[: len(row["date"])], row


def test_parts_belong_to_a_total_of_the_same_field(expected: list[dict[str, str]]) -> None:
    totals = {(r["article_id"], r["field"], r["figure"]) for r in expected}
    for row in expected:
        if row["part_of_figure"]:
            assert (row["article_id"], row["field"], row["part_of_figure"]) in totals, row
            assert row["part_of_figure"] != row["figure"], row


def test_every_article_has_figures_unless_it_is_a_negative_example(
    articles: dict[str, dict[str, Any]], expected: list[dict[str, str]]
) -> None:
    assert set(articles) - {row["article_id"] for row in expected} == WITHOUT_FIGURES


def test_the_four_conflicts_have_sources_that_can_disagree(expected: list[dict[str, str]]) -> None:
    for conflict in THE_FOUR:
        rows = [r for r in expected if r["conflict"] == conflict and r["source"]]
        days: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            days[row["source_type"]].add(row["date"])
        assert len([t for t, dates in days.items() if len(dates) >= 2]) >= 3, (conflict, days)


def test_running_totals_climb_for_several_sources(expected: list[dict[str, str]]) -> None:
    for conflict in THE_FOUR:
        totals: dict[str, dict[str, int]] = defaultdict(dict)
        for row in expected:
            if row["conflict"] == conflict and row["scope"] == "cumulative" and not row["part_of_figure"]:
                totals[row["source_type"]][row["date"]] = int(row["value"])
        assert len([t for t, by_day in totals.items() if t != "unattributed" and len(by_day) >= 3]) >= 2, conflict


def test_samples_show_every_outcome_and_qualifier(expected: list[dict[str, str]]) -> None:
    assert {row["outcome"] for row in expected} == {str(o) for o in Outcome}
    assert {row["qualifier"] for row in expected} == {str(q) for q in Qualifier}
    assert {row["scope"] for row in expected} == {str(s) for s in Scope}
    assert any(row["value"] == "0" for row in expected)


CONFLICT_KEYS = set("id name start end countries places theatre actors called spillover recalled".split())


def test_the_registry_is_valid(conflicts: dict[str, dict[str, Any]]) -> None:
    for slug, entry in conflicts.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug), slug
        assert set(entry) <= CONFLICT_KEYS, slug
        assert set(entry.get("spillover", ())) <= set(entry["countries"]), slug
        assert entry["name"], slug
        assert ISO_DATE.fullmatch(entry["start"]), slug
        end = entry.get("end")
        assert end is None or (ISO_DATE.fullmatch(end) and entry["start"][: len(end)] <= end), slug
        assert entry["countries"], slug
        assert all(re.fullmatch(r"[A-Z]{3}", code) for code in entry["countries"]), slug
        for key in ("countries", "places", "actors"):
            assert len(set(entry[key])) == len(entry[key]) > 0, (slug, key)
            assert all(word == word.strip() and len(word) > 1 for word in entry[key]), (slug, key)


def test_the_registry_covers_the_wars_since_1980(conflicts: dict[str, dict[str, Any]]) -> None:
    assert set(THE_FOUR) <= set(conflicts)
    assert len([e for e in conflicts.values() if e.get("end", "9999") >= "1980"]) >= 40


def test_every_sample_figure_fits_its_conflict(
    expected: list[dict[str, str]], conflicts: dict[str, dict[str, Any]]
) -> None:
    for row in expected:
        entry = conflicts[row["conflict"]]
        assert row["country"] in entry["countries"], row
        assert within(row["date"], entry["start"], entry.get("end")), row
