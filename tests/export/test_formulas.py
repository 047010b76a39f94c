"""Every way out as CSV: no cell runs as a formula, at whatever separator a spreadsheet cuts the lines."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from calls import run
from made_figures import ARTICLE, FIGURE, figure

from dashboard.app import create_app
from tracker.api import VIEWS, Timeline
from tracker.export import csv_text, write, write_package, write_tagged
from tracker.sources import Figures, read_figures, read_items
from tracker.store.store import Entry, Store
from tracker.timelines.columns import frame

EVIL = 'x;=1+1\t=2+2|@SUM(1)\n-3, "=4+4";\t+5'
STARTS = tuple("=+-@")
TEXTS = ("quote", "source", "source_name", "place", "victims", "publisher", "title", "figure")
FIGURES = [
    replace(one, **dict.fromkeys(TEXTS, EVIL)) for one in (FIGURE, figure("f2", start=1, value=5, scope="incident"))
]


def runs(written: str) -> list[str]:
    """The cells that would run, however the lines are cut."""
    found = []
    for separator in ",;|\t":
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
            lines = io.StringIO(written, newline="") if quoting == csv.QUOTE_MINIMAL else re.split("[\r\n]", written)
            for row in csv.reader(lines, delimiter=separator, quoting=quoting):
                found += [cell for cell in row if cell.lstrip(' "')[:1] in STARTS and not is_number(cell)]
    return found


def is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


def test_the_test_sees_formulas():
    assert len(runs("a,b\nx;=1,y\n")) == 2
    assert runs('a,b\n"x;=1",y\n')


@pytest.mark.parametrize("view", VIEWS)
def test_views_of_the_timeline(view):
    written = csv_text(Timeline(frame(FIGURES)).view(view))
    assert "x;" in written
    assert not runs(written)


def test_files_and_packages(tmp_path):
    table = frame(FIGURES)
    write(table, tmp_path / "a.csv")
    write_tagged(table, tmp_path / "b.csv")
    write_package(table, tmp_path / "package")
    files = sorted(tmp_path.rglob("*.csv"))
    assert len(files) == 3
    for file in files:
        assert not runs(file.read_text(encoding="utf-8"))
        (items,) = [one for one in read_items([file], read_figures) if isinstance(one, Figures)]
        assert [one.title for one in items.figures] == [EVIL, EVIL]
        assert [one.quote for one in items.figures] == [EVIL, EVIL]


@pytest.mark.parametrize("address", ["figures.csv", "figures.hxl.csv", "claims.csv", "timeline.csv", "says.csv"])
def test_the_api_of_the_dashboard(tmp_path, address):
    with Store.open(tmp_path / "store.db") as store:
        store.add_many([Entry(replace(ARTICLE, title=EVIL, publisher=EVIL), FIGURES)])
        written = create_app(store).server.test_client().get(f"/api/{address}").text
    assert "x;" in written
    assert not runs(written)


@pytest.mark.process
def test_the_commands(tmp_path):
    article = f"---\nid: a\npublished: 2012-03-26\ntitle: '{EVIL.splitlines()[0]}'\n---\nx;=1+1 At least 30 were killed"
    (tmp_path / "a.md").write_text(f"{article} in Homs;=1+1, the opposition said. More than 9,100 have been killed.\n")
    (tmp_path / "reference.csv").write_text("date,value\n2012-03-26,9000\n")
    assert run(tmp_path, "add", "a.md")[0] == 0
    for call in ("extract a.md", "timeline", "timeline --view claims", "compare --reference reference.csv"):
        code, written, errors = run(tmp_path, *call.split(), "--format", "csv")
        assert (code, errors.count("Traceback")) == (0, 0)
        assert not runs(written), call
