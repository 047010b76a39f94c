"""Fifty people at one dashboard: how long a change of a filter takes each of them, and whether anything fails.

    python benchmarks/load.py [--sessions 50] [--seconds 60] [--pause 5] [--db STORE]

A real browser changes a filter on the timeline page, and what it sends is kept. Each session then sends the same, with
filters of its own, one request after the other, as a page does that waits for its answers; between two changes it
pauses as people do, half to one and a half times as long as said. The server is a process of its own.

Seconds say much about the machine. So each number is also told in blanks: how many times as long it is as a callback of
Dash that has nothing to do, asked of the same server just before, when nobody else asks.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import urllib3

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / "support")]
from visits import FLAGS, chromium_path, serving  # noqa: E402  (that is where the tests are)

CALLBACK = "/_dash-update-component"
BLANKS = 100
BEGUN_WITH = "?outcome=injured"
FILTERS = {
    "outcome": ("killed", "injured", "missing", "displaced"),
    "source": ("government", "un", "ngo", "opposition", "medical"),
    "scope": ("incident", "period", "cumulative"),
    "conflict": ("syria", "gaza", "sudan", "ukraine", "yemen"),
}


@dataclass
class Session:
    """What one visitor went through: seconds for each change, and what failed."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def recorded(address: str) -> tuple[list[str], str]:
    """The bodies of what a browser sends when a filter changes, and the words of the filter in them."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = browser.new_page()
        page.goto(f"{address}/timeline{BEGUN_WITH}")
        page.wait_for_selector("#chart .main-svg", timeout=120_000)
        page.wait_for_load_state("networkidle")
        bodies: list[str] = []
        page.on("request", lambda asked: bodies.append(asked.post_data or "") if asked.method == "POST" else None)
        page.click("text=More filters")
        page.click("#source")
        page.get_by_role("option", name="Governments").click()
        page.locator("#chart-phrase", has_text="according to").wait_for(timeout=60_000)
        page.wait_for_timeout(3_000)  # what else the page asks for after a change
        words = "?" + page.url.partition("?")[2]
        browser.close()
    sent = [body for body in bodies if f'"{words}"' in body]
    if not sent:
        raise SystemExit("the page sent nothing when its filter changed: is this still its way to ask?")
    return sent, words


def blank(address: str, bodies: Sequence[str]) -> float:
    """Seconds that a callback takes which answers that nothing changes: the median of many, one after the other."""
    pool, headers = urllib3.PoolManager(maxsize=1), {"Content-Type": "application/json", "Origin": address}
    for body in bodies:
        if pool.request("POST", address + CALLBACK, body=body.encode(), headers=headers).status == 204:
            took = []
            for _ in range(BLANKS):
                begun = time.perf_counter()
                pool.request("POST", address + CALLBACK, body=body.encode(), headers=headers)
                took.append(time.perf_counter() - begun)
            return statistics.median(took)
    raise SystemExit("the page asks no callback that has nothing to do: choose another one")


def words_of(chance: random.Random) -> str:
    """Some filters, as they stand in an address."""
    names = chance.sample(sorted(FILTERS), chance.randint(1, 3))
    return "?" + "&".join(f"{name}={chance.choice(FILTERS[name])}" for name in names)


def visit(address: str, bodies: Sequence[str], words: str, options: argparse.Namespace, session: Session) -> None:
    """Change filters until the time is over."""
    chance, pool = random.Random(id(session)), urllib3.PoolManager(maxsize=1)
    headers = {"Content-Type": "application/json", "Origin": address}
    end = time.monotonic() + options.seconds
    time.sleep(chance.random() * options.pause)  # they do not all come in the same moment
    while time.monotonic() < end:
        mine, begun = words_of(chance), time.perf_counter()
        for body in bodies:
            asked = body.replace(words, mine).encode()
            try:
                answer = pool.request("POST", address + CALLBACK, body=asked, headers=headers)
            except urllib3.exceptions.HTTPError as error:
                session.wrong.append(f"{type(error).__name__} at {mine}")
                continue
            if answer.status not in (200, 204):
                session.wrong.append(f"{answer.status} at {mine}")
        session.seconds.append(time.perf_counter() - begun)
        time.sleep(options.pause * (0.5 + chance.random()))


def computed(pid: int) -> float:
    """Seconds that a process and those that it started have computed, where the system tells (/proc)."""
    try:
        spent = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    except OSError:
        return float("nan")
    own = (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(computed(int(child)) for child in children)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=5, help="seconds between two changes of a session, on average")
    parser.add_argument("--db", help="a store; default: the sample articles")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        store = options.db or str(Path(folder) / "samples.db")
        arguments = ["--db", store, "--port", "0", *([] if options.db else ["--sample"])]
        with serving(*arguments) as (address, process):
            bodies, words = recorded(address)
            nothing = blank(address, bodies)
            sessions = [Session() for _ in range(options.sessions)]
            threads = [
                threading.Thread(target=visit, args=(address, bodies, words, options, session)) for session in sessions
            ]
            before = computed(process.pid)
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            spent = computed(process.pid) - before
    seconds = sorted(second for session in sessions for second in session.seconds)
    wrong = [what for session in sessions for what in session.wrong]
    cuts = statistics.quantiles(seconds, n=100)
    print(f"{len(sessions)} sessions, {len(seconds)} changes of a filter ({len(bodies)} requests each)")
    each = spent / len(seconds)
    print(f"a blank callback: {1000 * nothing:.1f} ms")
    busy = f"{each:.3f} s per change ({each / nothing:.0f} blanks), {spent / options.seconds:.2f} of a core"
    print(f"the server computed for {busy}")
    told = {"p50": cuts[49], "p95": cuts[94], "longest": seconds[-1]}
    print(", ".join(f"{name} {took:.2f} s ({took / nothing:.0f} blanks)" for name, took in told.items()))
    print(f"errors {len(wrong)} {wrong[:3]}")


if __name__ == "__main__":
    main()
