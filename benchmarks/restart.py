"""How soon a restarted dashboard answers: `python benchmarks/restart.py STORE`.

The store is one that `python benchmarks/pages.py --keep FOLDER 500000` has left in a folder. Each question is
the very first one to a server that has just been started, with nothing in its memory. Seconds from the start of the
program until it says its address, and from the question to the first and to the last byte. On a busy machine these say
little, so what the server has computed until then is told as well, in seconds of one core, and how long a bare loop
takes in the same run.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import urllib3
from yardstick import STEPS, bare_loop

from dashboard.view import kept_tables
from tracker.store import columnar
from tracker.store.store import Store

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / "support")]
from load import computed  # noqa: E402
from visits import serving  # noqa: E402  (that is where the tests are)

CALLBACK = "/_dash-update-component"
VIEW = "?conflict=syria&outcome=killed"


PATIENCE = 1200
"""Seconds that a server may take until it has put what it computes into the copy beside its store."""


def main() -> None:
    store = sys.argv[1]
    settle(Path(store))
    print(f"a bare loop of {STEPS:,} steps takes {bare_loop():.2f} s\n")
    print("| first question | ready, s (computed) | first byte, s | all of it, s | computed in all, s |")
    print("| --- | --- | --- | --- | --- |")
    for name, ask in (("/ (the page)", page), ("chart of a conflict", chart), ("/api/timeline.json", timeline)):
        begun = time.perf_counter()
        with serving("--db", store, "--port", "0") as (address, process):
            ready, starting = time.perf_counter() - begun, computed(process.pid)
            first, last = ask(address)
            spent = computed(process.pid)
        print(f"| {name} | {ready:.2f} ({starting:.2f}) | {first:.2f} | {last:.2f} | {spent:.2f} |", flush=True)


def settle(path: Path) -> None:
    """Let a server of this code run until the copy beside the store holds what is computed, as after a day of use."""
    with Store.open(path) as store, serving("--db", str(path), "--port", "0") as (address, _):
        page(address)
        end = time.monotonic() + PATIENCE
        while (copy := columnar.copied(store)) is None or kept_tables.found(copy) is None:
            assert time.monotonic() < end, "the server keeps nothing"
            time.sleep(10)


def page(address: str) -> tuple[float, float]:
    return timed("GET", f"{address}/timeline{VIEW}")


def chart(address: str) -> tuple[float, float]:
    """The callback that draws the chart, as a browser sends it."""
    known = json.loads(urllib3.request("GET", f"{address}/_dash-dependencies").data)
    drawn = next(one for one in known if '{"chart":"timeline"}.figure' in one["output"])
    values = {"view": VIEW, "screen": {"dark": False, "narrow": False}, "revision": 0}
    outputs = [part.rpartition(".") for part in drawn["output"].strip(".").split("...")]
    body = {
        "output": drawn["output"],
        "outputs": [
            {"id": json.loads(id_) if id_.startswith("{") else id_, "property": name} for id_, _, name in outputs
        ],
        "inputs": [one | {"value": values[one["id"]]} for one in drawn["inputs"]],
        "changedPropIds": [f"{drawn['inputs'][0]['id']}.data"],
        "state": [],
    }
    return timed("POST", address + CALLBACK, json.dumps(body))


def timeline(address: str) -> tuple[float, float]:
    return timed("GET", f"{address}/api/timeline.json")


def timed(method: str, address: str, body: str = "") -> tuple[float, float]:
    headers = {"Content-Type": "application/json"} if body else {}
    begun = time.perf_counter()
    answer = urllib3.request(method, address, body=body or None, headers=headers, preload_content=False, timeout=600)
    answer.read(1)
    first = time.perf_counter() - begun
    answer.read()
    assert answer.status == 200, answer.status
    return first, time.perf_counter() - begun


if __name__ == "__main__":
    main()
