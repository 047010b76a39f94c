"""Sentences that speak of a war of the past, and sentences that only name one."""

from __future__ import annotations

import pytest
from readers import READER

from tracker.extraction.recall import Recall
from tracker.knowledge.registry import load_conflicts, load_recall_guards
from tracker.model import Article

RECALL = Recall(load_conflicts(), load_recall_guards())


@pytest.mark.parametrize(
    ("sentence", "war"),
    [
        ("More than 300,000 soldiers died at the Somme in World War I.", "ww1"),
        ("His grandfather was one of 27 million Soviet citizens killed in World War II.", "ww2-europe"),
        ("It was the deadliest day since World War II, with 40 dead.", None),
        ("A Holocaust survivor was among the 12 people killed.", None),
        ("Twelve people were killed in the market on Monday.", None),
    ],
)
def test_the_war_that_a_sentence_recalls(sentence, war):
    found = RECALL.war(sentence)
    assert (found[0].id if found else None) == war


def test_a_figure_of_a_war_of_the_past_is_none_of_the_war_of_today():
    text = "Russian forces shelled Kharkiv on Monday. More than 600,000 people starved in the siege of Leningrad."
    figures = READER.read(Article(id="a", text=text, published="2023-01-24"))
    assert {figure.conflict for figure in figures} <= {"ww2-europe", None}
    assert all(figure.date is None for figure in figures)
