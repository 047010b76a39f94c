"""What the method page says of the quality is what is measured here and now."""

from __future__ import annotations

from pathlib import Path

import pytest
from readers import READER

from tracker.evaluation import articles_of, judge, read_labels, summary
from tracker.knowledge import Measured, load_quality
from tracker.knowledge.quality import _measured
from tracker.model import Article, KnowledgeError
from tracker.sources import read_paths

SHARED = [one for one in load_quality() if one.labels]
NAMES = {
    "precision": "precision",
    "recall": "recall",
    "qualifier": "qualifier",
    "source": "source where stated",
    "date": "date where known",
    "scope": "scope",
    "place": "place",
    "victims": "victims",
}
MUCH = 0.1
"""A number may stand behind what is measured by now, but not so far that the page says nothing true any more."""


@pytest.mark.parametrize("told", SHARED, ids=lambda one: one.labels)
def test_no_number_is_better_than_measured_and_none_much_worse(told: Measured) -> None:
    labels = Path(__file__).parents[1] / told.labels
    articles = [one for one in read_paths([articles_of(labels)]) if isinstance(one, Article)]
    wanted = read_labels(labels)
    found = summary(judge(wanted, {one.id: READER.read(one) for one in articles}))
    assert (told.texts, told.figures) == (len(articles), sum(map(len, wanted.values())))
    for name, measure in NAMES.items():
        assert found[measure] - MUCH <= getattr(told, name) <= found[measure], name


def test_a_set_that_lacks_a_number_is_refused_by_name() -> None:
    with pytest.raises(KnowledgeError, match="Newswire"):
        _measured({"name": "Newswire", "about": ""})
