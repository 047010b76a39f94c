"""Real articles labelled blind by people who knew no rule: the texts are read from ../shared, the labels hold offsets.

A round is a first run only once. All have been looked at since.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tracker.evaluation import Label, judge, summary
from tracker.model import Article
from tracker.reader import load_reader

ROOT = Path(__file__).parents[2]
LABELS = ROOT / "tests" / "labelled" / "real"
TEXTS = [ROOT.parent / "shared" / name for name in ("truth/articles.jsonl.gz", "corpus/news.jsonl.gz")]
LOWEST = {
    "round1": (0.95, 0.95),
    "round2": (0.95, 0.89),
    "round3": (0.98, 0.92),
    "round4": (0.94, 0.90),
    "round5": (0.94, 0.89),
    "round6": (0.94, 0.89),
    "round7": (0.95, 0.88),
    "round8": (0.95, 0.88),
    "round9": (0.96, 0.96),
    "round10": (0.95, 0.87),
    "round11": (0.95, 0.83),
    "round12": (0.97, 0.91),
    "round13": (0.97, 0.96),
    "round14": (0.97, 0.91),
    "round15": (0.95, 0.90),
    "round16": (0.95, 0.92),
    "round17": (0.97, 0.94),
    "round18": (0.97, 0.91),
    "round19": (0.95, 0.93),
}
"""Precision and recall that are not to sink, for the rounds that were looked at."""

pytestmark = pytest.mark.skipif(not all(path.is_file() for path in TEXTS), reason="the texts are not ours to give away")


@cache
def articles() -> dict[str, Article]:
    found = {}
    for path in TEXTS:
        for one in map(json.loads, gzip.decompress(path.read_bytes()).splitlines()):
            said = {name: one.get(name) or "" for name in ("title", "text", "publisher")}
            found[str(one["id"])] = Article(id=str(one["id"]), published=one.get("published"), **said)
    return found


def words(article: Article, span: list[Any] | None) -> str | None:
    """The words that a label points to: its field and offsets."""
    return getattr(article, span[0])[span[1] : span[2]] if span else None


def label(row: dict[str, Any], article: Article) -> Label:
    """A label with the words that its offsets point to."""
    told = {key: words(article, row[key]) for key in ("victims", "source", "place")}
    rest = {
        key: row[key] for key in ("field", "start", "end", "value", "qualifier", "outcome", "date", "scope", "cause")
    }
    return Label(figure=words(article, [row["field"], row["start"], row["end"]]) or "", **rest, **told)


def labels(name: str) -> dict[str, dict[str, Any]]:
    rows = [json.loads(line) for line in (LABELS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return {row["id"]: row for row in rows}


@pytest.mark.parametrize("name", LOWEST)
def test_every_label_stands_in_its_article(name: str) -> None:
    for row in labels(name).values():
        article = articles()[row["id"]]
        for figure in row["figures"]:
            assert words(article, [figure["field"], figure["start"], figure["end"]]).strip()
            assert all(words(article, figure[key]) for key in ("victims", "source", "place") if figure[key])


@pytest.mark.parametrize("name", LOWEST)
def test_what_was_found_stays_found(name: str) -> None:
    reader, wanted, found = load_reader(), {}, {}
    for identity, row in labels(name).items():
        article = articles()[identity]
        wanted[identity] = tuple(label(one, article) for one in row["figures"])
        either = [(one["field"], one["start"], one["end"]) for one in row["optional"]]
        found[identity] = [
            one
            for one in reader.read(article)
            if not any(one.field == field and start < one.end and one.start < end for field, start, end in either)
        ]
    measured = summary(judge(wanted, found))
    assert measured["precision"] >= LOWEST[name][0]
    assert measured["recall"] >= LOWEST[name][1]
