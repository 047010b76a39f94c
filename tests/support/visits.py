"""Visits: a dashboard served by its own process on a store made by hand, and a browser that watches what goes wrong."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TextIO

from made_figures import figure
from waiting import LONG_WAIT, line_of

import dashboard
from tracker.model import Article, Figure, Qualifier, Scope, SourceType
from tracker.store.store import Entry, Store

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = {"width": 1280, "height": 1000}
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
TYPES = {"Opposition": SourceType.OPPOSITION, "Government": SourceType.GOVERNMENT, "Peace Watch": SourceType.NGO}
READY = {
    "timeline": "document.querySelector('#chart .main-svg') && document.querySelector('h1').innerText !== '…'",
    "figures": "document.querySelector('#table-count').textContent.includes('in view')",
}
"""When a page shows what is in view."""

TESTED = {"PYTHONPATH": str(Path(dashboard.__file__).parents[1])}
"""The server runs the code that the tests import, and not another tracker that is installed."""

PATIENCE = 60_000
"""Milliseconds for a condition that should hold at once; only a failing test waits that long."""


def chromium_path() -> str | None:
    """Where a Chromium is: CHROMIUM, Debian's place, or the PATH."""
    named = [os.environ.get("CHROMIUM"), "/usr/bin/chromium"]
    named += [shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")]
    return next((path for path in named if path and Path(path).is_file()), None)


@dataclass
class Visit:
    """A page, and what went wrong on it."""

    page: object
    address: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> object:
        """Go to a page and wait until its heading is there; with what is in view, the chart or the table."""
        self.page.goto(f"{self.address}/{path}")
        self.page.wait_for_selector("main h1")
        for place, ready in READY.items():
            if path.split("?")[0] == place:
                self.page.wait_for_function(ready)
        return self.page


@contextmanager
def serving(*arguments: str, env: dict[str, str] | None = None) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The dashboard as its own process: (address, process); ended by a signal, and it must end cleanly."""
    command = [sys.executable, "-P", "-m", "dashboard", "--no-browser", *arguments]
    environment = {**os.environ, **TESTED, **(env or {})}
    with tempfile.TemporaryFile("w+") as errors:  # a pipe that nobody reads would be full one day, and hold it up
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)
        try:
            line = line_of(process.stdout)
            found = ADDRESS.search(line)
            assert found, line + _written(errors)
            yield found.group(), process
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=LONG_WAIT)
            assert process.returncode == 0, _written(errors)
            assert "Traceback" not in _written(errors)


def _written(file: TextIO) -> str:
    file.seek(0)
    return file.read()


@contextmanager
def visiting(chromium, address: str, **options: object) -> Iterator[Visit]:
    """A visit with a profile of its own, which may be a phone or dark."""
    context = chromium.new_context(**({"viewport": DESKTOP} | options))
    with watching(context, address) as visit:
        yield visit
    context.close()


@contextmanager
def watching(context, address: str) -> Iterator[Visit]:
    """A visit in a new tab; console errors, dialogs and requests to other hosts fail the test."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.wait_for_function = partial(wait_until, page)
    visit = Visit(page, address)
    page.on("console", lambda said: visit.wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: visit.wrong.append(str(error)))
    page.on("dialog", lambda dialog: (visit.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda asked: visit.wrong.append(asked.url) if _is_foreign(asked, address) else None)
    yield visit
    page.close()
    assert visit.wrong == []


def wait_until(page, condition: str, arg: object = None, timeout: float = PATIENCE) -> None:
    """Wait for a condition in the page. Playwright's own way is `eval` in the page, which our policy forbids."""
    begun = time.monotonic()
    while not page.evaluate(condition, arg):
        assert time.monotonic() - begun < timeout / 1000, f"after {timeout} ms it still does not hold: {condition}"
        page.wait_for_timeout(50)


def _is_foreign(request, address: str) -> bool:
    return not request.url.startswith((address, "data:", "blob:"))


def made_store(path: Path) -> Path:
    """A store with two conflicts, three sources, every kind of qualifier, and an article that tries to break out."""
    with Store.open(path) as store:
        store.add_many(_entries())
    return path


def _entries() -> Iterator[Entry]:
    totals = [
        ("2012-03-26", 9_100, Qualifier.MORE_THAN, "Opposition", "killed"),
        ("2012-06-01", 12_000, Qualifier.AT_LEAST, "Opposition", "killed"),
        ("2012-04-10", 6_000, Qualifier.EXACT, "Government", "killed"),
        ("2012-08-10", 8_000, Qualifier.ABOUT, "Government", "killed"),
        ("2012-05-05", 10_000, Qualifier.UP_TO, "Peace Watch", "killed"),
        ("2012-07-05", 40_000, Qualifier.EXACT, "Peace Watch", "injured"),
    ]
    for number, (day, value, qualifier, source, outcome) in enumerate(totals):
        kind = TYPES[source]
        yield _entry(
            f"t{number}", day, value, qualifier=qualifier, source_name=source, source_type=kind, outcome=outcome
        )
    yield _entry(
        "i0",
        "2012-05-20",
        25,
        scope=Scope.INCIDENT,
        place="Homs",
        source_name="Police",
        source_type=SourceType.POLICE,
        qualifier=Qualifier.EXACT,
    )
    yield _entry(
        "i1",
        "2012-07-20",
        30,
        scope=Scope.INCIDENT,
        place="=cmd();-1",
        source_name=None,
        source_type=SourceType.UNATTRIBUTED,
        qualifier=Qualifier.EXACT,
    )
    yield _entry("s0", "2023-05-01", 436, conflict="sudan", country="SDN", source_name="Nurses in Omdurman")
    hostile = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
    yield _entry(
        "h0",
        "2012-09-01",
        13,
        scope=Scope.INCIDENT,
        place=hostile,
        source=hostile,
        source_name=hostile,
        source_type=SourceType.MEDIA,
    )


def _entry(name: str, day: str, value: int, **changes: object) -> Entry:
    said = f"{value:,}"
    text = f"It rained for 3 days in {name}. A spokesman put the number at {said} on that day. More is not known."
    article = Article(
        id=name, title=f"Report {name} <b>now</b>", text=text, published=day, publisher="The Daily & Sons"
    )
    start = text.index(said)
    quote = text[text.index("A spokesman") : text.index(" More")]
    place = {"start": start, "end": start + len(said), "figure": said, "quote": quote}
    return Entry(article, [_figure(article, day, value, place | changes)])


def _figure(article: Article, day: str, value: int, changes: dict[str, object]) -> Figure:
    return figure(
        f"f-{article.id}",
        article_id=article.id,
        title=article.title,
        publisher=article.publisher,
        published=day,
        date=day,
        **({"value": value, "low": value, "field": "text"} | changes),
    )
