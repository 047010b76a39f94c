"""How fast figures are read out of articles: `python benchmarks/extraction.py [OPTIONS] CORPUS…`.

CORPUS is whatever `tracker extract` reads; without one, the samples. Rates are MB (10^6 bytes of UTF-8, titles
included) per second of this process's own time on one core, the median of ROUNDS. `--peers` names the Python of an
environment with the packages of benchmarks/peers.py, to be measured on the same texts in the same run. `--many` asks
for the memory of a worker after so many articles, `--postgresql` names a database to measure as a store as well.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tracker.cli.ingest import AT_A_TIME
from tracker.knowledge import load_language
from tracker.model import Article
from tracker.reader import Reader, load_reader
from tracker.sandbox.extracting import Found, find
from tracker.sources import Reading, read_paths
from tracker.store.store import Entry, Store

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from postgresql import emptied

SAMPLES = Path(__file__).parent.parent / "data" / "samples"
ROUNDS = 5
LENGTHS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)


def main() -> None:
    options = _options()
    paths = options.corpus or [path for path in sorted(SAMPLES.iterdir()) if path.is_dir()]
    articles = [item for item in read_paths(paths) if isinstance(item, Article)]
    size = sum(map(bytes_of, articles)) / 1e6
    print(f"{len(articles):,} articles, {size:.2f} MB, Python {sys.version.split()[0]}\n")
    reader = load_reader()
    assert_the_quick_way_finds_the_same(reader, articles)
    measure_rates(reader, articles, size, options.peers)
    measure_lengths(reader, articles)
    measure_processes(articles, size)
    measure_store(reader, articles, size, options.postgresql)
    if options.many:
        measure_memory(reader, articles, options.many)


def measure_rates(reader: Reader, articles: Sequence[Article], size: float, peers: str | None) -> None:
    trigger = load_language("en").trigger
    texts = [f"{one.title}\n{one.text}" for one in articles]
    scan = size / median(lambda: [len(trigger.findall(text.lower())) for text in texts])
    ours = size / median(lambda: [reader.read(one) for one in articles])
    rows = {"the words of harm alone, one `re` scan": scan, "**tracker**, every attribute": ours}
    if peers:
        code = str(Path(__file__).with_name("peers.py"))
        rows |= json.loads(
            subprocess.run([peers, code], input=json.dumps(texts).encode(), stdout=-1, check=True).stdout
        )
    print("| reader | MB/s | tracker is faster by |\n| --- | --- | --- |")
    for name, rate in rows.items():
        print(f"| {name} | {rate:.3f} | {'' if rate == ours else f'×{ours / rate:.2f}'} |")
    print(f"\n{len(articles) / size * ours:,.0f} articles/s; 1/{scan / ours:.0f} of the bare scan\n")


def measure_lengths(reader: Reader, articles: Sequence[Article]) -> None:
    """The time for a MB in articles of different lengths, which are articles of the corpus put one behind another."""
    text = "\n\n".join(one.text for one in articles)
    print("| length of an article | seconds for a MB |\n| --- | --- |")
    for length in LENGTHS:
        whole = (text * (length // len(text) + 1))[:length]
        step = max(length, len(text) // 20)
        pieces = (
            [whole] if length >= len(text) else [text[at : at + length] for at in range(0, len(text) - length, step)]
        )
        some = [replace(articles[0], id=str(at), title="", text=piece) for at, piece in enumerate(pieces)]
        took = median(lambda some=some: [reader.read(one) for one in some], 1)
        print(f"| {length:,} | {took / (sum(map(bytes_of, some)) / 1e6):.2f} |")
    print()


def measure_processes(articles: Sequence[Article], size: float) -> None:
    """One process and two, by the clock on the wall, the start of the processes left out by a first batch."""
    items = [Reading(one, "corpus") for one in articles]
    rates = {}
    for jobs in (1, 2):
        found = find(iter([*items[:64], *items]), jobs)
        for _ in range(64):
            next(found)
        begun = time.perf_counter()
        sum(isinstance(one, Found) for one in found)
        rates[jobs] = size / (time.perf_counter() - begun)
    print(f"`--jobs 1` {rates[1]:.2f} MB/s, `--jobs 2` {rates[2]:.2f} MB/s: ×{rates[2] / rates[1]:.2f}\n")


def measure_store(reader: Reader, articles: Sequence[Article], size: float, postgresql: str | None) -> None:
    """Reading alone, and reading into a new store of each kind (what a server does beside us is not counted)."""
    read = median(lambda: [reader.assigned(one) for one in articles], 3)
    with tempfile.TemporaryDirectory() as folder:
        number = iter(range(ROUNDS))
        kinds = {"SQLite": lambda: str(Path(folder) / f"{next(number)}.db")}
        if postgresql:
            kinds["PostgreSQL"] = lambda: emptied(postgresql)
        for kind, new in kinds.items():
            added = median(lambda new=new: _ingest(new(), reader, articles), 3)
            print(f"into {kind} {size / added:.2f} MB/s, {read / added:.0%} of the rate of reading alone\n")


def _ingest(database: str, reader: Reader, articles: Sequence[Article]) -> None:
    with Store.open(database) as store:
        for begin in range(0, len(articles), AT_A_TIME):
            part = articles[begin : begin + AT_A_TIME]
            store.put_many([Entry.of(one, reader.assigned(one), "corpus") for one in part])


def measure_memory(reader: Reader, articles: Sequence[Article], many: int) -> None:
    """The memory of this process after more and more articles, each with a text of its own."""
    print("| articles read | resident MB |\n| --- | --- |")
    for number in range(many + 1):
        if number in (100, many // 100, many // 10, many // 2, many):
            print(f"| {number:,} | {resident():.0f} |", flush=True)
        one = articles[number % len(articles)]
        reader.assigned(replace(one, id=f"{one.id}-{number}", text=f"{one.text}\n\nReport number {number}."))
    print()


def assert_the_quick_way_finds_the_same(reader: Reader, articles: Sequence[Article]) -> None:
    """What is passed over for speed holds no figure: `--explain`, which looks at every article, finds the same."""
    extractor = reader.rules["en"].extractor
    for one in articles:
        slow = [figure for passage in extractor.passages(one) for figure, _ in passage.candidates if figure is not None]
        assert extractor.read(one)[0] == slow, one.id


def resident() -> float:
    """The memory of this process in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def bytes_of(article: Article) -> int:
    return len(article.title.encode()) + len(article.text.encode())


def median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median of the seconds of this process's own time, after a first round that warms up."""
    work()
    return statistics.median(_seconds(work) for _ in range(rounds))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", nargs="*", type=Path)
    parser.add_argument("--peers", metavar="PYTHON", help="measure the peers that are installed for it")
    parser.add_argument("--postgresql", metavar="URL", help="measure a store there too; what is in it is deleted")
    parser.add_argument("--many", type=int, default=0, metavar="N", help="the memory after N articles")
    return parser.parse_args()


if __name__ == "__main__":
    main()
