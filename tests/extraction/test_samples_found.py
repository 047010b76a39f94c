"""The sample articles: every figure labelled by hand is found and exported to CSV."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from calls import run
from readers import READER

from tracker.model import Article, Figure
from tracker.sources import read_paths

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
CONFLICTS = [folder for folder in sorted(SAMPLES.iterdir()) if folder.is_dir()]
# Shares of the labels that agree; they may rise and never sink.
LOWEST = {"source_type": 0.90, "date": 0.90, "scope": 0.86, "country": 0.93, "conflict": 0.95}


def labels() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (SAMPLES / "expected.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            found[row["article_id"]].append(row)
    return found


@pytest.fixture(scope="module")
def figures() -> dict[str, list[Figure]]:
    articles = [item for item in read_paths(CONFLICTS) if isinstance(item, Article)]
    assert len(articles) >= 60
    return {article.id: READER.read(article) for article in articles}


def key_of_label(row: dict[str, str]) -> tuple[object, ...]:
    value = int(row["value"]) if row["value"] and row["qualifier"] != "vague" else None
    return row["field"], int(row["start"]), int(row["end"]), row["figure"], value, row["qualifier"], row["outcome"]


def key_of_figure(f: Figure) -> tuple[object, ...]:
    return f.field, f.start, f.end, f.figure, f.value, f.qualifier.value, f.outcome.value


def test_every_labelled_figure_is_found_and_no_other(figures: dict[str, list[Figure]]) -> None:
    wanted = labels()
    for article, found in figures.items():
        assert sorted(map(key_of_figure, found), key=str) == sorted(map(key_of_label, wanted[article]), key=str), (
            article
        )


@pytest.mark.parametrize("attribute", LOWEST)
def test_attributes_agree_with_the_labels(attribute: str, figures: dict[str, list[Figure]]) -> None:
    agree = total = 0
    for article, rows in labels().items():
        by_place = {(f.field, f.start): f for f in figures[article]}
        for row in rows:
            got = str(getattr(by_place[row["field"], int(row["start"])], attribute) or "")
            agree += got.startswith(row[attribute]) if attribute == "date" else got == row[attribute]
            total += 1
    assert agree / total >= LOWEST[attribute], f"{agree} of {total}"


@pytest.mark.process
def test_from_the_article_to_the_csv(tmp_path: Path) -> None:
    assert run(tmp_path, "add", *CONFLICTS)[0] == 0
    assert run(tmp_path, "export", "-o", "timeline.csv")[0] == 0
    with (tmp_path / "timeline.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == sum(map(len, labels().values()))
    assert {row["conflict"] for row in rows} >= {"syria", "gaza", "ukraine", "sudan"}
    syria = [r for r in rows if r["conflict"] == "syria" and r["source_name"] == "Syrian Observatory for Human Rights"]
    assert any(row["value"] == "150344" and row["scope"] == "cumulative" for row in syria)
