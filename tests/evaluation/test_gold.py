"""The labelled articles of ../shared, where they are: the measures may rise and never sink."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest
from readers import READER

from tracker.evaluation import articles_of, by_subset, judge, read_labels, summary
from tracker.model import Article, Figure
from tracker.sources import read_paths

GOLD = Path(__file__).parents[3] / "shared" / "gold"
pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="../shared/gold is not there")

LOWEST = {
    "precision": 0.98,
    "f1": 0.98,
    "qualifier": 0.98,
    "source where stated": 0.89,
    "date where known": 0.90,
    "scope": 0.95,
    "cause": 0.99,
    "victims": 0.91,
    "place": 0.85,
}
SEED = "more than 9,100"


@pytest.fixture(scope="module")
def figures() -> dict[str, list[Figure]]:
    articles = read_paths([articles_of(GOLD / "dev_gold.jsonl")])
    return {article.id: READER.read(article) for article in articles if isinstance(article, Article)}


def test_measures_do_not_sink(figures: dict[str, list[Figure]]) -> None:
    measured = summary(judge(read_labels(GOLD / "dev_gold.jsonl"), figures))
    assert {name: measured[name] for name in LOWEST if measured[name] < LOWEST[name]} == {}


def test_each_subset_is_found(figures: dict[str, list[Figure]]) -> None:
    judged = judge(read_labels(GOLD / "dev_gold.jsonl"), figures)
    assert all(summary(part)["f1"] >= 0.9 for part in by_subset(judged).values())


@pytest.mark.process
def test_our_ruler_agrees_with_the_given_one(figures: dict[str, list[Figure]], tmp_path: Path) -> None:
    found = tmp_path / "found.jsonl"
    rows = [json.dumps(dataclasses.asdict(f)) for several in figures.values() for f in several]
    found.write_text("\n".join(rows), encoding="utf-8")
    command = [sys.executable, str(GOLD / "score.py"), str(GOLD / "dev_gold.jsonl"), str(found)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    theirs = dict(line.split(": ", 1) for line in printed.splitlines() if ": " in line)
    ours = summary(judge(read_labels(GOLD / "dev_gold.jsonl"), figures))
    names = {"source where stated": "source_when_stated", "date where known": "date_when_known"}
    for name in LOWEST:
        assert f"{ours[name]:.3f}" == theirs[names.get(name, name)], name


def test_news_without_casualties_gives_no_figures() -> None:
    articles = [item for item in read_paths([GOLD / "plain.jsonl"]) if isinstance(item, Article)]
    assert len(articles) > 1800
    assert sum(len(READER.read(article)) for article in articles) <= 2


def test_the_sentence_this_project_began_with() -> None:
    text = (GOLD.parent / "seed" / "annan-moscow.txt").read_text(encoding="utf-8")
    [figure] = READER.read(Article(id="seed", text=text, published="2012-03-26"))
    assert (figure.figure, figure.value, figure.qualifier, figure.outcome) == (SEED, 9100, "more_than", "killed")
    assert (figure.victims, figure.source, figure.source_type) == ("lives", "the opposition", "opposition")
    assert (figure.scope, figure.date, figure.period_start) == ("cumulative", "2012-03-26", "2011-03-27")
    assert (figure.country, figure.conflict) == ("SYR", "syria")
