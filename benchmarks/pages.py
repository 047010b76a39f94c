"""How long the pages of the dashboard wait for the server: `python benchmarks/pages.py [--keep FOLDER] [ROWS…]`.

The figures are those of benchmarks/timeline.py, in a new SQLite store, which --keep leaves in a folder. Seconds of
processor time that the callbacks take, without the browser: the first time, and the median of five when somebody asks
again with other filters.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import timeline as generator
from yardstick import STEPS, bare_loop, processor

from dashboard.app import create_app
from dashboard.charts.timeline import timeline
from dashboard.panels.chart import chart_content, style
from dashboard.view import selection
from dashboard.view.data import Data
from dashboard.view.selection import Selection
from tracker.model import COLUMNS, Figure
from tracker.store import columnar
from tracker.store.store import Store
from tracker.timelines.columns import plain
from tracker.timelines.filters import Filters
from tracker.timelines.schema import WORDS

AT_A_TIME = 20_000
NEWS = 100
CONFLICTS = ("syria", "gaza", "ukraine", "sudan", "yemen")
SCREEN = {"dark": False, "narrow": False}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", type=lambda size: int(size.replace(",", "")), default=[10_000, 100_000])
    parser.add_argument("--keep", type=Path, help="a folder for the stores, such as rows-500000.db")
    options = parser.parse_args()
    for size in options.rows:
        with tempfile.TemporaryDirectory() as own, Store.open((options.keep or Path(own)) / f"rows-{size}.db") as store:
            took = processor(lambda store=store, size=size: [store.add_figures(part) for part in figures(size)])
            print(f"{size:,} figures, stored in {took:.0f} s; a bare loop of {STEPS:,} steps {bare_loop():.2f} s")
            measure(store)


def measure(store: Store) -> None:
    data = Data(store)
    first = seconds(data.snapshot)
    columnar.keep(store, data.snapshot().columns)
    again = seconds(Data(store).snapshot)
    selection.prepare(data)
    print("| what | first, s | again, s |\n| --- | --- | --- |")
    print(f"| the store read; from its copy in columns | {first:.2f} | {again:.2f} |")
    overview = seconds(lambda: data.snapshot().summaries)
    store.add_figures(news())
    print(f"| overview; with {NEWS} more articles in one conflict | {overview:.2f} | ", end="")
    print(f"{seconds(lambda: data.snapshot().summaries):.2f} |")
    tell("timeline: chart of a conflict", lambda turn: chart(data, f"?conflict={CONFLICTS[turn]}&outcome=killed"))
    tell("… one source of it", lambda turn: chart(data, f"?conflict=syria&outcome=killed&source=Source {turn}"))
    tell("table: filtered by conflict", lambda turn: page(data, Selection(Filters(conflict=(CONFLICTS[turn],)))))
    tell("table: sorted by value", lambda turn: page(data, Selection(Filters(), sort=("value", "-value")[turn % 2])))
    tell(
        "table: words in the quotes",
        lambda turn: page(data, Selection(Filters(), find=f"newspapers counte{'d' * turn}")),
    )
    client = create_app(store).server.test_client()
    tell("/api/timeline.json of a conflict", lambda turn: client.get(f"/api/timeline.json?conflict={CONFLICTS[turn]}"))
    print()


def chart(data: Data, address: str) -> Any:
    view = data.view(address)
    return timeline(chart_content(view, data), style(view), data.theme(view, SCREEN)).to_plotly_json()


def page(data: Data, asked: Selection) -> int:
    return len(selection.rows(data, asked, 0, 100)) + selection.count(data, asked)


def tell(name: str, work: Callable[[int], Any]) -> None:
    took = [seconds(lambda turn=turn: work(turn)) for turn in range(len(CONFLICTS))]
    again = statistics.median(seconds(lambda turn=turn: work(turn)) for turn in range(len(CONFLICTS)))
    print(f"| {name} | {max(took):.2f} | {again:.2f} |", flush=True)


def news() -> list[Figure]:
    """Figures of new articles in one conflict."""
    of_one = [one for one in next(figures(AT_A_TIME)) if one.conflict == CONFLICTS[3]][:NEWS]
    return [replace(one, figure_id=f"new {n}", article_id=f"new {n}") for n, one in enumerate(of_one)]


def figures(size: int) -> Iterator[list[Figure]]:
    """The generated figures, as records, in parts."""
    table = generator.generated(size)
    table["end"] = table["start"] + table["figure"].str.len()
    for begin in range(0, size, AT_A_TIME):
        cells = [plain(table[name].iloc[begin : begin + AT_A_TIME]) for name in COLUMNS]
        yield [Figure(**record(row)) for row in zip(*cells, strict=True)]


def record(row: tuple[Any, ...]) -> dict[str, Any]:
    values = dict(zip(COLUMNS, row, strict=True))
    return values | {name: kind(values[name]) for name, kind in WORDS.items() if values[name] is not None}


def seconds(work: Callable[[], Any]) -> float:
    return processor(work)


if __name__ == "__main__":
    main()
