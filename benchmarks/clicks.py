"""From a click to the changed chart, in a real browser: `python benchmarks/clicks.py [--db STORE] [--turns 12]`.

A switch of the timeline is clicked again and again, and each time the seconds are taken until the chart is drawn that
it asks for: once where the server makes the chart, and once where it was made before. Seconds say much about the
machine, so each number is also told in blanks: how many times as long it is as a click on something whose callback has
nothing to do, on the same page.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / "support")]
from visits import FLAGS, READY, chromium_path, serving, wait_until  # noqa: E402  (that is where the tests are)

SIZE = {"width": 1440, "height": 900}
CLICKS = (("Per month", "Totals"), ("All", "Main"))
"""Labels of switches: there, and back."""

PATIENCE = 120_000
"""Milliseconds after which something is broken."""

UNTIL_DRAWN = """([label, patience]) => new Promise((done, failed) => {
  setTimeout(() => failed(new Error(`nothing was drawn after a click on ${label}`)), patience);
  const chart = document.querySelector("#chart .js-plotly-plot");
  const begun = performance.now();
  chart.once("plotly_afterplot", () => requestAnimationFrame(() => done(performance.now() - begun)));
  [...document.querySelectorAll(".controls label")].find((one) => one.textContent === label).click();
})"""
"""Clicks on a switch, and gives the milliseconds until the browser shows the chart that comes of it."""

BLANK = """() => new Promise((done) => {
  const begun = performance.now(), asked = window.fetch;
  window.fetch = (...what) => asked(...what).then((answer) => {
    window.fetch = asked;
    requestAnimationFrame(() => done(performance.now() - begun));
    return answer;
  });
  window.dash_clientside.set_props("zoom", { data: null });
})"""
"""Asks a callback of Dash that has nothing to do, and gives the milliseconds until its answer is there."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", help="a store; default: the sample articles")
    parser.add_argument("--turns", type=int, default=12)
    options = parser.parse_args()
    arguments = ["--db", options.db] if options.db else ["--sample"]
    with serving(*arguments, "--port", "0") as (address, _):
        blanks, first, again = measured(address, options.turns)
    blank = statistics.median(blanks)
    print(f"a blank callback of Dash, from asking to its answer: {blank:.0f} ms")
    print("| a click | median, ms | blanks | slowest, ms |\n| --- | --- | --- | --- |")
    for name, took in (("the chart is made", first), ("it was made before", again)):
        print(f"| {name} | {statistics.median(took):.0f} | {statistics.median(took) / blank:.1f} | {max(took):.0f} |")


def measured(address: str, turns: int) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of blank callbacks, of clicks on what has to be made, and of clicks on what was made before."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        page = browser.new_page(viewport=SIZE)
        page.goto(f"{address}/timeline")
        settled(page)
        blanks = [float(page.evaluate(BLANK)) for _ in range(turns)]
        first: list[float] = []
        again: list[float] = []
        for turn in range(turns):
            there = clicked(page, CLICKS[turn % len(CLICKS)])
            (again if turn >= len(CLICKS) else first).extend(there[:1])
            again += there[1:]
            if turn == len(CLICKS) - 1:
                first += new_views(page, address, turns)
        browser.close()
    return blanks, first, again


def settled(page: Any) -> None:
    """Wait until the page shows what is in view and asks nothing more: before that a click means nothing."""
    wait_until(page, READY["timeline"], timeout=PATIENCE)
    page.wait_for_load_state("networkidle", timeout=PATIENCE)


def clicked(page: Any, labels: Sequence[str]) -> list[float]:
    """Milliseconds of a click there and a click back."""
    took = []
    for label in labels:
        took.append(float(page.evaluate(UNTIL_DRAWN, [label, PATIENCE])))
        page.wait_for_load_state("networkidle", timeout=PATIENCE)
    return took


def new_views(page: Any, address: str, turns: int) -> list[float]:
    """Milliseconds of clicks in views that nobody has seen: each has another first day."""
    took = []
    for turn in range(turns):
        page.goto(f"{address}/timeline?since=2012-01-{turn + 1:02}")
        settled(page)
        took.append(float(page.evaluate(UNTIL_DRAWN, [CLICKS[turn % len(CLICKS)][0], PATIENCE])))
        page.wait_for_load_state("networkidle", timeout=PATIENCE)
    return took


if __name__ == "__main__":
    main()
