"""The figures found in each line of labelled/sentences.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.model import Article, Figure, Qualifier
from tracker.reader import Reader

SENTENCES = (Path(__file__).parents[1] / "labelled" / "sentences.txt").read_text(encoding="utf-8").splitlines()

NOTED = {
    Qualifier.AT_LEAST: "at least {low:,}",
    Qualifier.MORE_THAN: "more than {low:,}",
    Qualifier.ABOUT: "about {low:,}",
    Qualifier.UP_TO: "up to {high:,}",
    Qualifier.RANGE: "{low:,} to {high:,}",
    Qualifier.EXACT: "{low:,}",
    Qualifier.VAGUE: "vague",
}


def noted(figure: Figure) -> str:
    return NOTED[figure.qualifier].format(low=figure.low, high=figure.high) + f" {figure.outcome}"


@pytest.mark.parametrize("line", [line for line in SENTENCES if line and not line.startswith("#")])
def test_sentence(line: str, reader: Reader) -> None:
    sentence, _, expected = line.rpartition(" | ")
    figures = reader.read(Article(id="test", text=sentence, published="2024-03-05"))
    assert ("; ".join(noted(figure) for figure in figures) or "nothing") == expected
    assert all(sentence[figure.start : figure.end] == figure.figure for figure in figures)


def test_a_token_on_the_border_of_two_dates_belongs_to_the_first(reader: Reader) -> None:
    [sentence] = reader.explain(Article(id="test", text="Shelling, Friday\u2011in 2019, it killed 12 people."))
    assert [words for words, role in sentence.tags if role == "date"] == ["Friday\u2011in", "2019"]
