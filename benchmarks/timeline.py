"""How long the timeline takes on many figures, and how much memory: `python benchmarks/timeline.py [ROWS]`.

Seconds of processor time, and as multiples of what anybody would do by hand with pandas in the same run (`by_hand`).
The figures are made by a generator with a fixed seed: 5 conflicts, 200 sources, ten years; running totals that grow,
fall and are misread, incidents told by several sources with rising tolls and their parts, periods, headlines.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable

import numpy as np
import pandas as pd
from yardstick import processor

from tracker.knowledge import load_convention
from tracker.timelines.areas import load_areas
from tracker.timelines.bounds import bounded
from tracker.timelines.claims import claims
from tracker.timelines.columns import typed
from tracker.timelines.disagreement import disagreement
from tracker.timelines.incidents import incidents
from tracker.timelines.resolution import resolved
from tracker.timelines.totals import totals

CONFLICTS = {"syria": "SYR", "gaza": "PSE", "ukraine": "UKR", "sudan": "SDN", "yemen": "YEM"}
SOURCES, DAYS, TOWNS = 200, 3650, 400
REPORTS = 3  # figures that report one fact, on average


def main() -> None:
    sizes = [int(size.replace(",", "")) for size in sys.argv[1:]] or [10_000, 100_000]
    print(f"Python {sys.version.split()[0]}, pandas {pd.__version__}; seconds of processor time")
    measure(generated(1000))  # warms up
    for size in sizes:
        measure(generated(size))


def measure(table: pd.DataFrame) -> None:
    areas, convention, took = load_areas(), load_convention(), dict[str, float]()
    bounds = timed(took, "bounds", lambda: bounded(table, convention))
    agreed = timed(took, "resolution", lambda: resolved(bounds, areas))
    told = timed(took, "claims", lambda: claims(agreed, areas))
    steps = timed(took, "totals", lambda: totals(told))
    events = timed(took, "incidents", lambda: incidents(told, convention))
    spread = timed(took, "disagreement", lambda: disagreement(steps))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2  # before the work by hand, which copies all
    parts = "  ".join(f"{name} {seconds:.2f}" for name, seconds in took.items())
    whole, plain = sum(took.values()), processor(lambda: by_hand(table))
    print(f"{len(table):>9,} figures  {parts}  all {whole:.2f} = {whole / plain:.1f} times by hand")
    print(f"          {len(told):,} claims, {len(steps):,} totals, {len(events):,} incidents, {len(spread):,} days")
    print(f"          {memory:.2f} GiB at most so far, the figures included")


def timed(took: dict[str, float], name: str, work: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    results: list[pd.DataFrame] = []
    took[name] = processor(lambda: results.append(work()))
    return results[0]


def by_hand(table: pd.DataFrame) -> pd.DataFrame:
    """The running totals of each source without any rule: sorted, told once, never falling."""
    told = table.sort_values(["conflict", "outcome", "source_name", "date", "published", "article_id"], kind="stable")
    told = told.drop_duplicates(["conflict", "outcome", "source_name", "scope", "place", "date", "value"])
    highest = told.groupby(["conflict", "outcome", "source_name"])["value"].cummax()
    return told.assign(highest=highest).drop_duplicates(["conflict", "outcome", "source_name", "date"], keep="last")


def generated(size: int) -> pd.DataFrame:
    """A typed table of figures with `size` rows, the same in every run."""
    rng = np.random.default_rng(2011)
    facts = made_facts(rng, max(size // REPORTS, 1))
    said = facts.iloc[rng.integers(0, len(facts), size)].reset_index(drop=True)
    printed = said.pop("day").to_numpy() + rng.integers(0, 3, size)
    article = printed * 40 + rng.integers(0, 40, size)
    misread = rng.random(size) < 0.01
    number = np.where(misread, said["value"] * 10, said["value"])
    return typed(
        said.assign(
            figure_id=[f"{at:016x}" for at in rng.permutation(size)],
            article_id=[f"article-{at}" for at in article.tolist()],
            publisher=np.char.add("Paper ", (article % 60).astype(str)),
            published=iso(printed),
            title="Generated",
            url="",
            language="en",
            field=rng.choice(["text", "title"], size, p=[0.9, 0.1]),
            start=rng.integers(0, 4000, size),
            end=0,
            figure=number.astype(str),
            quote="A sentence as long as they are in newspapers, with a number and the people who were counted.",
            value=number,
            low=number,
            best=number,
            high=None,
            victims="people",
            part_of=None,
            source="they",
            source_type="ngo",
            cause="conflict",
            confidence=0.9,
            rule="generated",
            status="extracted",
        )
    )


def made_facts(rng: np.random.Generator, size: int) -> pd.DataFrame:
    """What there is to report: who says how many of whom, where and when, as columns of figures, and the day."""
    scope = rng.choice(["cumulative", "incident", "period"], size, p=[0.3, 0.6, 0.1])
    conflict = rng.choice(list(CONFLICTS), size)
    source = rng.integers(0, SOURCES, size)
    day = rng.integers(0, DAYS, size)
    vague = rng.random(size) < 0.05
    town = np.char.add("Town ", rng.integers(0, TOWNS, size).astype(str)).astype(object)
    return pd.DataFrame(
        {
            "day": day,
            "value": np.where(scope == "cumulative", (day + 1) * (source % 7 + 3) // 5 * 5, rng.geometric(0.06, size)),
            "qualifier": rng.choice(["exact", "at_least", "more_than", "about"], size, p=[0.6, 0.2, 0.15, 0.05]),
            "outcome": rng.choice(["killed", "injured", "displaced"], size, p=[0.7, 0.2, 0.1]),
            "victim_group": rng.choice(["unspecified", "civilians", "children"], size, p=[0.7, 0.2, 0.1]),
            "source_name": np.char.add("Source ", source.astype(str)),
            "date": np.where(vague, iso(day).astype("U7").astype(object), iso(day)),
            "date_precision": np.where(vague, "month", "day"),
            "period_start": np.where(scope == "period", iso(np.maximum(day - 7, 0)), None),
            "scope": scope,
            "place": np.where(scope == "incident", town, None),
            "country": pd.Series(conflict).map(CONFLICTS),
            "conflict": conflict,
        }
    )


def iso(day: np.ndarray) -> np.ndarray:
    texts = (np.datetime64("2015-01-01") + np.arange(DAYS + 10)).astype(str).astype(object)
    return texts[day]


if __name__ == "__main__":
    main()
