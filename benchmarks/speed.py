"""How fast it is on this machine, on the sample articles: `make bench`. Processor time, the best of five.

Each time is also told as a multiple of a bare interpreter that starts and ends in the same run.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from yardstick import processor

from tracker.export import csv_text
from tracker.model import InputError
from tracker.reader import load_reader
from tracker.sources import read_paths
from tracker.store.store import Entry, Store

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
ONE = SAMPLES / "ukraine" / "2022-03-02-russian-ministry-498.md"  # a short article in English


def main() -> None:
    folders = [path for path in sorted(SAMPLES.iterdir()) if path.is_dir()]
    articles = [article for article in read_paths(folders) if not isinstance(article, InputError)]
    size = sum(len(article.text.encode()) for article in articles)
    print(f"{len(articles)} articles, {size / 1000:.0f} kB, Python {sys.version.split()[0]}")

    bare = started("-c", "pass")
    tell("a bare interpreter", bare)
    tell("tracker --help", (helped := started("-m", "tracker", "--help")), f"×{helped / bare:.1f}")
    reading = started("-m", "tracker", "extract", str(ONE))
    tell("tracker extract of one article", reading, f"×{reading / bare:.1f}")
    loading = best(load_reader)
    tell("load the language and the gazetteers", loading, f"×{loading / bare:.1f}")

    reader = load_reader()
    reading = best(lambda: [reader.read(article) for article in articles])
    found = [Entry(article, reader.read(article)) for article in articles]
    figures = sum(len(entry.figures) for entry in found)
    tell(
        "extract",
        reading,
        f"{len(articles) / reading:,.0f} articles/s, {size / reading / 1e6:.2f} MB/s, {figures} figures",
    )
    with tempfile.TemporaryDirectory() as folder:
        measure_store(Path(folder), found)


def measure_store(folder: Path, found: list[Entry]) -> None:
    number = iter(range(100))

    def add(name: str) -> None:
        with Store.open(folder / name) as store:
            store.add_many(found)

    tell("add to an empty store", best(lambda: add(f"{next(number)}.db")))
    add("same.db")
    tell("add what is there already", best(lambda: add("same.db")))
    with Store.open(folder / "same.db") as store:
        tell("timeline from the store, as CSV", best(lambda: csv_text(store.frame())))


def best(work: Callable[[], object]) -> float:
    """The shortest of five runs, in seconds."""
    return min(processor(work) for _ in range(5))


def started(*arguments: str) -> float:
    """The shortest of five runs of Python with these arguments, in seconds."""
    nothing = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return best(lambda: subprocess.run([sys.executable, *arguments], check=True, **nothing))


def tell(what: str, seconds: float, more: str = "") -> None:
    print(f"{what:<40}{seconds * 1000:>8.0f} ms   {more}".rstrip())


if __name__ == "__main__":
    main()
