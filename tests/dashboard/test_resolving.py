"""What claims say after a change of the store is what it would be if all were resolved anew."""

import random

import pandas as pd
import pytest
from made_figures import figure

from dashboard.view import resolving
from tracker.model import Scope
from tracker.timelines.areas import load_areas
from tracker.timelines.columns import frame, in_order

AREAS = load_areas()
WARS = {"syria": "SYR", "sudan": "SDN", None: None}


def reported(chance, number):
    """A figure of a claim that many articles report, some of them read wrongly."""
    article = chance.randrange(40)
    war = chance.choice([*WARS])
    return figure(
        f"f{number}",
        article_id=f"a{article}",
        start=number,
        value=chance.choice([34_596, 1_254, 999, 687, 1_900, 7]),
        published=f"2020-01-{1 + article % 9:02}",
        date=None,
        conflict=war,
        country=WARS[war],
        scope=chance.choice([*Scope]),
        source_name=chance.choice(["Health ministry", "Monitor", None]),
        place=chance.choice(["Homs", None]),
    )


def changed(chance, rows):
    """The figures with some articles taken away, read anew, or added; and the ids of these articles."""
    articles = {f"a{chance.randrange(40)}" for _ in range(3)}
    kept = [one for one in rows if one.article_id not in articles]
    begin = 1 + max(int(one.figure_id[1:]) for one in rows)
    numbers = range(begin, begin + 100)
    fresh = [one for number in numbers if (one := reported(chance, number)).article_id in articles]
    return [*kept, *fresh], articles


@pytest.mark.parametrize("seed", range(12))
def test_again_is_as_from_the_beginning(seed):
    chance = random.Random(seed)
    rows = [reported(chance, number) for number in range(200)]
    copies = {f"a{number}": "a0" for number in range(5)}
    known = resolving.first(in_order(frame(rows)), copies, AREAS)
    for _ in range(4):
        rows, articles = changed(chance, rows)
        copies = {**copies, f"a{chance.randrange(40)}": f"a{chance.randrange(5)}"}
        stored = in_order(frame(rows))
        after = resolving.again(known, stored, copies, articles, AREAS)
        whole = resolving.first(stored, copies, AREAS)
        pd.testing.assert_frame_equal(after.figures, whole.figures)
        assert_touched(known.figures, after)
        known = after


def assert_touched(before, after):
    """The conflicts that are not among the touched ones have the same figures as before."""
    for conflict in [*WARS]:
        if conflict not in after.touched:
            old, new = (table[table["conflict"].fillna("") == (conflict or "")] for table in (before, after.figures))
            pd.testing.assert_frame_equal(old.reset_index(drop=True), new.reset_index(drop=True))
