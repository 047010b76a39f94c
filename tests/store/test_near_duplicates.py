"""Which articles are copies of one another: constructed pairs, and what must stay apart."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.model import Article
from tracker.sources import read_paths
from tracker.store.near_duplicates import NUMBERS, Sketch, groups, sketch

ROOT = Path(__file__).parents[2]
DAY = dt.date(2024, 3, 5).toordinal()

WIRE = (
    "Air strikes on two villages outside the besieged town killed at least 24 people overnight, rescuers said. "
    "Volunteers dug with their hands until the morning because fuel for the excavators has run out. "
    "The army did not answer questions; its last statement spoke of positions used by gunmen. "
    "Families had moved into the school of the second village after the bridge was closed a week ago. "
    "A teacher counted nine children among those carried out before noon. "
    "The clinic on the main road has neither blood nor a surgeon, its only nurse told visitors."
)


def sentences(text: str) -> list[str]:
    return [part + "." for part in text.rstrip(".").split(". ")]


def cut(text: str) -> str:
    """The end is cut off: two thirds of the sentences stay."""
    parts = sentences(text)
    return " ".join(parts[: max(1, -(-len(parts) * 2 // 3))])


EDITS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "the agency's line before it": lambda text: "NORTHERN BORDER (Agency) - " + text,
    "the end cut off": cut,
    "a line of the paper's own after it": lambda text: text + " Reporting by our correspondents; editing by the desk.",
    "in capitals, set with other spaces": lambda text: text.upper().replace(" ", "\n  "),
    "other spelling": lambda text: text.replace("or ", "our ").replace("ise", "ize"),
    "the first sentence at the end": lambda text: " ".join(sentences(text)[1:] + sentences(text)[:1]),
}


def copies(texts: Sequence[str], days: Sequence[int | None] | None = None) -> dict[str, str]:
    """The groups of texts that are named a, b, c, …"""
    ids = [chr(ord("a") + at) for at in range(len(texts))]
    made = [one for text in texts if (one := sketch(text))]
    return groups(ids, days or [DAY] * len(texts), made)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_paper_s_copy_is_a_copy(edit):
    assert copies([WIRE, edit(WIRE)]) == {"a": "a", "b": "a"}


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("At least 24 people died in overnight air strikes outside the town, said rescuers at the scene.", "same news"),
        (cut(WIRE).replace("24", "31") + " " + " ".join(sentences(WIRE)[:1]), "an update"),
        ("", "no words at all"),
    ],
)
def test_what_else_is_told_about_the_same(other, why):
    made = [one for text in (WIRE, other) if (one := sketch(text))]
    joined = groups(["a", "b"][: len(made)], [DAY] * len(made), made)
    assert joined == ({"a": "a", "b": "a"} if why == "an update" else {})  # an update repeats most of what was said


@pytest.mark.parametrize(
    ("days", "joined"),
    [
        ((DAY, DAY), True),
        ((DAY, DAY + 7), True),
        ((DAY, DAY + 8), False),  # next week's report with the same background is another report
        ((DAY, None), False),  # one without a day could join what is months apart
        ((None, None), True),
    ],
)
def test_copies_are_printed_within_a_week(days, joined):
    assert bool(copies([WIRE, WIRE], days)) is joined


def test_a_group_is_named_by_its_first_id_whatever_the_order():
    texts = {
        "n1": WIRE,
        "n2": cut(WIRE),
        "n3": EDITS["the agency's line before it"](WIRE),
        "x": "Nothing happened here.",
    }
    made = {name: one for name, text in texts.items() if (one := sketch(text))}
    for seed in range(10):
        names = random.Random(seed).sample(sorted(made), k=4)
        found = groups(names, [DAY] * 4, [made[name] for name in names])
        assert found == {"n1": "n1", "n2": "n1", "n3": "n1"}


def test_copies_are_found_and_other_articles_stay_apart():
    """Of the sample articles: every copy by every edit is to be found, and no two different articles joined."""
    articles = [one for one in read_paths([ROOT / "data/samples"]) if isinstance(one, Article)]
    texts = {one.id: one.text for one in articles if len(one.text.split()) >= 30}
    found = missed = 0
    for text in texts.values():
        for edit in EDITS.values():
            one, other = sketch(text), sketch(edit(text))
            assert one is not None
            assert other is not None
            joined = groups(["a", "b"], [DAY, DAY], [one, other])
            found, missed = (found + 1, missed) if joined else (found, missed + 1)
    assert len(texts) >= 20
    assert found / (found + missed) >= 0.97
    made = [one for text in texts.values() if (one := sketch(text))]
    assert groups(list(texts), [DAY] * len(texts), made) == {}


def test_the_sketch_of_a_text_never_changes():
    """Stores keep sketches: one that comes out otherwise (another version of rensa) needs a step in migrations.py."""
    made = sketch("Shelling killed 17 people in Idlib, Syria, activists said.")
    assert made is not None
    assert made.shingles == 7
    assert made.numbers[:16].hex() == "5e65bfc4b60038d47692a5b7629708c0"


@given(st.text())
def test_any_text_has_a_sketch_or_no_words(text):
    made = sketch(text)
    assert made is None or (made.shingles >= 1 and len(made.numbers) == 4 * NUMBERS)
    if made is not None:
        assert groups(["a", "b"], [1, 1], [made, made]) == {"a": "a", "b": "a"}


def test_twenty_thousand_articles_in_pairs():
    made = [Sketch(300, random.Random(at // 2).randbytes(4 * NUMBERS)) for at in range(20_000)]  # in pairs
    found = groups([f"{at:06}" for at in range(len(made))], [at // 50 for at in range(len(made))], made)
    assert len(found) == 20_000
    assert found["000001"] == "000000"
