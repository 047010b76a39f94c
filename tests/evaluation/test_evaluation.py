"""The ruler: labels beside their text, errors shown in their sentence, and input that is wrong named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calls import run

pytestmark = pytest.mark.process

TEXT = "On Monday shelling killed 12 people in Homs, police said. Another 12 soldiers, it said, were killed in Idlib."
FOUND = {
    "field": "text",
    "value": 12,
    "qualifier": "exact",
    "outcome": "killed",
    "scope": "incident",
    "cause": "conflict",
}


def labels(folder: Path, *figures: dict[str, object]) -> Path:
    path = folder / "labels.jsonl"
    row = {"id": "a-1", "published": "2024-03-06", "text": TEXT, "figures": [{**FOUND, **figure} for figure in figures]}
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_labels_may_name_their_words(tmp_path: Path) -> None:
    first = {"figure": "12", "victims": "people", "source": "police", "date": "2024-03-04", "place": "Homs"}
    second = {
        "figure": "12",
        "nth": 2,
        "victims": "soldiers",
        "source": "police",
        "date": "2024-03-04",
        "place": "Idlib",
    }
    _, printed, _ = run(tmp_path, "evaluate", labels(tmp_path, first, second), "--errors")
    table, _, _ = printed.partition("recall by outcome")
    rows = {line[:22].strip(): line[22:].split() for line in table.splitlines()[1:]}
    assert rows["f1"] == ["1.000", "1.000"]
    assert rows["place"] == rows["victims"] == ["1.000", "1.000"]


def test_errors_are_shown_in_their_sentence(tmp_path: Path) -> None:
    path = labels(tmp_path, {"figure": "12"}, {"figure": "12", "nth": 2, "value": 13})
    _, printed, _ = run(tmp_path, "evaluate", path, "--errors")
    assert "missed  a-1: '12' = 13 killed in: Another >>12<< soldiers, it said, were killed in Idlib." in printed
    assert "false   a-1: '12' = 12 killed by harm-passive in: Another >>12<< soldiers" in printed


def test_errors_of_an_attribute_say_what_should_be_there(tmp_path: Path) -> None:
    _, printed, _ = run(
        tmp_path, "evaluate", labels(tmp_path, {"figure": "12", "place": "Aleppo"}), "--errors", "place"
    )
    assert "place  a-1: '12' should be 'Aleppo', is 'Homs' in: On Monday shelling killed >>12<< people" in printed


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ({"figure": "13"}, "'13' does not stand 1 times in its text"),
        ({"figure": "12", "nth": 3}, "'12' does not stand 3"),
    ],
)
def test_words_that_are_not_there_are_named(figure: dict[str, object], told: str, tmp_path: Path) -> None:
    code, _, errors = run(tmp_path, "evaluate", labels(tmp_path, figure))
    assert code == 2
    assert told in errors
    assert "line 1" in errors


def test_labels_of_an_article_that_is_not_there_are_refused(tmp_path: Path) -> None:
    figure = {"field": "text", "start": 0, "end": 2, "figure": "12", "outcome": "killed"}
    (tmp_path / "gold.jsonl").write_text(json.dumps({"id": "a", "figures": [figure]}), encoding="utf-8")
    (tmp_path / "docs.jsonl").write_text(json.dumps({"id": "b", "text": "12 killed"}), encoding="utf-8")
    code, printed, errors = run(tmp_path, "evaluate", "gold.jsonl", "--errors")
    assert (code, printed) == (2, "")
    assert errors == "tracker: gold.jsonl: labels an article that is not there: a\n"


def test_explain_shows_the_tags_and_what_became_of_each_number(tmp_path: Path) -> None:
    text = b"Shelling killed 12 people in two towns. It could kill 40. The mayor slept."
    code, printed, _ = run(tmp_path, "extract", "--explain", "-", given=text)
    assert code == 0
    assert "Shelling/Name killed/harm.past 12_people/folk|people" in printed
    assert "'12' = 12 (exact) killed, by rule harm-object: victims people" in printed
    assert "'two towns' is no figure: it counts no people" in printed
    assert "'40' is no figure: not a fact: 'could' (rule harm-object)" in printed
    assert "The mayor slept.\n    no word of harm in it: not looked at" in printed
