"""The files of standing counts: every body, conflict and area exists, and no name means two bodies at once."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tracker.knowledge import load_conflicts, load_countries, load_sourcebook
from tracker.knowledge.phrases import words_of
from tracker.knowledge.standing_counts import load_standing_counts, standing_counts_of
from tracker.model import KnowledgeError

FOLDER = Path(__file__).parents[2] / "data" / "standing_counts"
FILES = sorted(path.stem for path in FOLDER.glob("*.toml"))
CONFLICTS = {one.id: one for one in load_conflicts()}
BOOK = load_sourcebook()
COUNTRIES = load_countries().names


@pytest.mark.parametrize("conflict", FILES)
def test_a_file_of_counts_is_valid(conflict: str) -> None:
    counts = load_standing_counts(conflict)
    assert counts
    for count in counts:
        assert " ".join(words_of(count.body)) in BOOK.by_name, f"{count.body} is not in sources.csv"
        assert count.country in COUNTRIES, count.id
        assert not count.nation or count.nation in COUNTRIES, count.id
        assert count.until is None or count.since <= count.until, count.id
        assert CONFLICTS[conflict].start[:4] <= count.since[:4] or count.since < CONFLICTS[conflict].start, count.id
        assert count.least > 0, count.id
    assert len({count.id for count in counts}) == len(counts)


@pytest.mark.parametrize("conflict", FILES)
def test_a_name_means_one_body_for_the_same_people(conflict: str) -> None:
    bodies = defaultdict(set)
    for count in load_standing_counts(conflict):
        for name in count.named:
            for outcome in count.outcomes:
                bodies[name, count.counted, count.nation, outcome, count.since].add(count.body)
    assert not {key: found for key, found in bodies.items() if len(found) > 1}


def test_every_war_since_2000_with_a_public_count_has_one() -> None:
    wanted = {"ukraine", "gaza", "west-bank", "syria", "sudan", "myanmar", "yemen", "iraq-2003", "afghanistan-2001"}
    assert wanted <= set(FILES)


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ({"counted": "everyone"}, "lacks"),
        ({"id": "x", "kind": "guess"}, "unknown kind 'guess'"),
        ({"id": "x", "counted": "goats"}, "counts nobody known"),
        ({"id": "x", "colour": "red"}, "unknown key 'colour'"),
    ],
)
def test_a_wrong_entry_is_named(entry: dict[str, object], what: str) -> None:
    whole = {
        "id": "x",
        "counted": "everyone",
        "area": "Syria",
        "country": "SYR",
        "since": "2011-03-15",
        "outcomes": ["killed"],
        "kind": "body_count",
        "least": 100,
    }
    if "lacks" in what:
        whole.pop("id")
    content = {"body": [{"name": "A body", "named": [], "count": [{**whole, **entry}]}]}
    with pytest.raises(KnowledgeError, match=what):
        list(standing_counts_of("x.toml", "syria", content))
