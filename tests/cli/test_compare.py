"""`tracker compare`: the table, the files, the page, and what goes wrong."""

from __future__ import annotations

import csv
import io
import re
from itertools import pairwise

import pytest
from calls import STORE, records
from made_figures import ARTICLE, FIGURE, figure

from tracker.reference.chart import LABEL_STEP, spread
from tracker.reference.compare import COLUMNS
from tracker.store.store import Entry, Store

MONITOR = "date,value,low,high,country\n2012-03-20,9000,8500,9600,SYR\n2012-03-30,9300,9000,9600,SYR\n"
HOSTILE = "</script><img src=https://x.example/a.png onerror=alert(1)><a href='//x.example'>UN</a>"
FETCHES = (
    r"""<(?:script|img|iframe|audio|video|source|object|embed)[^>]*\ssrc\s*=|<link\b|@import|url\(\s*['"]?(?!data:)\w"""
)
"""What makes a browser fetch something."""


@pytest.fixture
def monitor(tmp_path):
    path = tmp_path / "monitor.csv"
    path.write_text(MONITOR)
    return path


def test_the_table_for_people(tracker, filled, monitor):
    code, out, errors = tracker("compare", "--reference", monitor.name)
    assert code == 0
    (line,) = [line.split() for line in out.splitlines() if "9,100" in line]
    assert line == [
        *("2012-03-26", "syria", "killed", "opposition", "9,100", "more_than"),
        *("9,000", "8,500–9,600", "2012-03-20", "+100", "1.01", "yes"),
    ]
    assert errors == "monitor.csv: 20 March 2012 to 30 March 2012; as published, from 20 March 2012\n"


def test_csv_and_json_lines_hold_the_same_and_lead_back_to_the_figures(tracker, filled, monitor):
    (row,) = csv.DictReader(io.StringIO(tracker("compare", "--reference", monitor.name, "--format", "csv")[1]))
    (record,) = records(tracker("compare", "--reference", monitor.name, "--format", "jsonl")[1])
    assert tuple(row) == tuple(record) == COLUMNS
    assert (record["figure_id"], record["figure_ids"], row["figure_ids"]) == ("f1", ["f1"], "f1")
    assert (record["date"], record["reference_date"], record["reference_age_days"]) == ("2012-03-26", "2012-03-20", 6)
    assert (row["difference"], row["within"], row["counted_from"]) == ("100", "True", "2012-03-20")
    assert (record["difference"], record["within"]) == (100, True)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ((), 1),
        (("--source", "opposition"), 1),
        (("--source", "un"), 0),
        (("--until", "2012-03-25"), 0),
        (("--outcome", "injured"), 0),
        (("--conflict", "syria"), 1),
    ],
)
def test_it_takes_the_filters_of_the_timeline(filters, found, tracker, filled, monitor):
    code, out, errors = tracker("compare", "--reference", monitor.name, "--format", "jsonl", *filters)
    assert (code, len(records(out))) == (0, found)
    assert ("there is no reported running total" in errors) == (not found)


def test_bad_rows_are_named_and_the_code_says_that_there_were_some(tracker, filled, monitor):
    monitor.write_text(MONITOR + "2012-04-01,many,,,SYR\n2012-04-02,-1,,,SYR\n")
    code, out, errors = tracker("compare", "--reference", monitor.name, "--format", "jsonl")
    assert (code, len(records(out))) == (1, 1)
    assert errors.splitlines()[:2] == [
        "monitor.csv, line 4: value is no whole number: 'many'",
        "monitor.csv, line 5: value is negative: '-1'",
    ]


def test_of_many_bad_rows_the_first_are_named(tracker, filled, monitor):
    monitor.write_text(MONITOR + "x,1,,,SYR\n" * 500)
    _, _, errors = tracker("compare", "--reference", monitor.name)
    assert len(errors.splitlines()) == 22
    assert "… and 480 more rows that cannot be read" in errors


@pytest.mark.parametrize(
    ("content", "arguments", "what"),
    [
        ("a,b\n1,2\n", [], "monitor.csv: is no reference series that is known"),
        ("", [], "monitor.csv: is empty"),
        (MONITOR, ["--plot", "page.png"], "page.png: a plot is a page: use a name that ends in .html"),
        (MONITOR, ["--plot", "no/page.html"], "no/page.html: cannot be written: there is no folder no"),
        (MONITOR, ["--conflict", "sudan"], "monitor.csv does not count the conflict sudan: it counts SYR"),
        (MONITOR, ["--db", "none.db"], "none.db: there is no store yet"),
    ],
)
def test_what_is_wrong_is_one_line(content, arguments, what, tracker, filled, monitor):
    monitor.write_text(content)
    code, _, errors = tracker("compare", "--reference", monitor.name, *arguments)
    assert code == 2
    assert errors.splitlines()[-1].startswith(f"tracker: {what}")


def test_a_reference_must_be_named(tracker):
    code, _, errors = tracker("compare")
    assert (code, "--reference" in errors, len(errors.splitlines())) == (2, True, 1)


# --- the page ------------------------------------------------------------------------------------------------------


def without_plotly(html: str) -> str:
    """The page but for the chart library, which is the longest of its scripts."""
    return html.replace(max(re.findall(r"<script>.*?</script>", html, re.S), key=len), "", 1)


def test_the_page_fetches_nothing_and_shows_texts_as_texts(tracker, tmp_path, monitor):
    hostile = figure("h", source_name=HOSTILE, source=HOSTILE, date="2012-03-27", value=9500)
    with Store.open(tmp_path / STORE) as store:
        store.add_many([Entry(ARTICLE, [FIGURE, hostile])])
    code, _, errors = tracker("compare", "--reference", monitor.name, "--plot", "page.html")
    assert (code, errors.splitlines()[-1]) == (0, "2 reported totals drawn in page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    own = without_plotly(page)
    assert len(own) < 100_000 < len(page)  # the library is in the page
    assert not re.search(FETCHES, own)
    assert "default-src 'none'" in own
    assert "onerror" in own  # the source is named …
    assert "<img" not in own  # … and is no markup, neither for the browser …
    assert "\\u003cimg" not in own  # … nor for plotly, which understands some
    assert own.count("</script>") == own.count("<script") > 0


def test_the_page_says_what_was_counted_and_since_when(tracker, filled, tmp_path):
    (tmp_path / "ged.csv").write_text("country,date_end,low,best,high\nSyria,2012-01-01,8000,8500,9500\n")
    assert tracker("compare", "--reference", "ged.csv", "--plot", "page.html")[0] == 0
    text = without_plotly((tmp_path / "page.html").read_text(encoding="utf-8"))
    for part in (
        "<title>Reported totals beside UCDP GED</title>",
        "<h2>Syrian civil war (2011–2024): people killed</h2>",
        "UCDP GED counts from 1 January 2012.",
        "syria began on 15 March 2011",
        "CC BY 4.0; Sundberg and Melander 2013",
        "Reported, not verified.",
    ):
        assert part.lower() in text.lower()


def test_where_there_is_nothing_to_draw_no_page_is_written(tracker, filled, tmp_path, monitor):
    code, _, errors = tracker("compare", "--reference", monitor.name, "--source", "un", "--plot", "page.html")
    assert (code, (tmp_path / "page.html").exists()) == (0, False)
    assert "there is nothing to draw: page.html is not written" in errors


@pytest.mark.parametrize(
    "wanted", [[], [5], [100, 101, 102, 300], [0, 0, 0], [400, 400, 400], [10.0 * n for n in range(20)]]
)
def test_labels_stand_apart_and_within_the_chart(wanted):
    heights = spread(wanted, 400)
    assert len(heights) == len(wanted)
    assert all(above - below >= LABEL_STEP for below, above in pairwise(heights))
    assert not heights or (heights[0] >= 0 and heights[-1] <= 400)


def test_a_label_that_has_room_stays_where_its_line_ends():
    assert spread([100, 102, 300], 400) == [100, 100 + LABEL_STEP, 300]
