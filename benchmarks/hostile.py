"""Texts that nobody writes: how much longer reading them takes than reading news, and how it grows with their length.

    python benchmarks/hostile.py [--size KB ...] [--shapes N] [--most 10]

All numbers are ratios within one run, so they hold on every machine. `growth` is the time for each megabyte at the
largest size, divided by that at the smallest: above 1.5 it grows faster than the text. `news` is the time for each
megabyte, divided by that of news. Each text is read in a process of its own, which also tells its memory. Texts that
take more than a minute are given up. Exit code 1: a ratio is above its limit (growth 1.5, news 20, memory 600 MB).
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import resource
import signal
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / "support")]
from adversarial import SHAPES, adversarial  # noqa: E402  (that is where the tests are)

from tracker.model import Article  # noqa: E402
from tracker.reader import Reader, load_reader  # noqa: E402

GROWTH, NEWS, MEMORY_MB = 1.5, 20.0, 600
GIVEN_UP = 60  # seconds of computing
REPORT = (
    "At least 12 people were killed and 30 wounded when shells hit a market in Aleppo on Monday, police said. The"
    " government denied that its army had fired, and said that armed groups had attacked a checkpoint in the east of"
    " the city at night. Residents told reporters by telephone that they had heard explosions until the morning.\n\n"
)


class Cost(NamedTuple):
    """Seconds of computing for a text, and the memory of the process in megabytes; infinite where it was given up."""

    seconds: float
    memory: float


def cost(reader: Reader, text: str) -> Cost:
    """What reading a text costs, in a process of its own."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(reader, text, theirs))
    process.start()
    theirs.close()
    try:
        found: Cost = ours.recv()
    except EOFError:
        found = Cost(float("inf"), float("inf"))
    process.join()
    return found


def _measure(reader: Reader, text: str, answer: Connection) -> None:
    gc.disable()  # as the processes do in which the tracker reads
    signal.setitimer(signal.ITIMER_PROF, GIVEN_UP)
    begin = time.process_time()
    reader.read(Article(id="absurd", text=text, published="2012-03-26"))
    seconds = time.process_time() - begin
    answer.send(Cost(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024))


def main() -> int:
    """Measure, and print the worst."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--size", type=int, nargs="+", default=[10, 100, 1_000], metavar="KB", help="of the texts")
    options.add_argument("--shapes", type=int, default=len(SHAPES), metavar="N", help="so many of the 120 shapes")
    options.add_argument("--most", type=int, default=10, metavar="N", help="so many of the worst are shown")
    asked = options.parse_args()
    reader = load_reader()
    reader.read(Article(id="warm", text=REPORT, published="2012-03-26"))
    sizes = [size * 1_000 for size in sorted(asked.size)]
    news = cost(reader, REPORT * (sizes[-1] // len(REPORT))).seconds / sizes[-1]
    rows = []
    for piece in SHAPES[:: -(-len(SHAPES) // asked.shapes)]:
        reader.read(Article(id="warm", text=adversarial(piece, 1_000), published="2012-03-26"))
        costs = [cost(reader, adversarial(piece, size)) for size in sizes]
        each = [one.seconds / size for one, size in zip(costs, sizes, strict=True)]
        rows.append((each[-1] / news, each[-1] / each[0], costs[-1].memory, piece))
    print(f"{len(rows)} shapes, {sizes[0] // 1_000} to {sizes[-1] // 1_000} KB")
    print(f"{'news':>6} {'growth':>6} {'MB':>6}  repeated")
    for slower, growth, memory, piece in sorted(rows, reverse=True)[: asked.most]:
        print(f"{slower:6.1f} {growth:6.2f} {memory:6.0f}  {piece!r}")
    worst = [max(row[at] for row in rows) for at in range(3)]
    print(f"worst: {worst[0]:.1f} times news, growth {worst[1]:.2f}, {worst[2]:.0f} MB")
    return int(worst[0] > NEWS or worst[1] > GROWTH or worst[2] > MEMORY_MB)


if __name__ == "__main__":
    sys.exit(main())
