"""What is seen first of a conflict, in a real browser: the sentence, who is counted, and an axis that stays useful."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made_figures import figure
from visits import serving, visiting

from tracker.model import Article, Qualifier
from tracker.store.store import Entry, Store

pytestmark = pytest.mark.browser

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = api.expect

MINISTRY = "Gaza health ministry"
REPORTS = [
    ("a", "2023-11-10", 11_078, MINISTRY, "unspecified"),
    ("b", "2024-02-29", 30_035, MINISTRY, "unspecified"),
    ("c", "2024-05-12", 35_034, MINISTRY, "unspecified"),
    ("d", "2023-12-01", 61, "Committee to Protect Journalists", "press"),
    ("e", "2024-05-01", 97, "Committee to Protect Journalists", "press"),
    ("f", "2024-06-30", 91, "Rescue workers", "unspecified"),
    ("g", "2024-06-01", 9_000_000, None, "unspecified"),
]
LAYOUT = "document.querySelector('#chart .js-plotly-plot').layout"
DRAWN = "document.querySelector('#chart .main-svg') && document.querySelector('#first-said').innerText"


@pytest.fixture(scope="module")
def gaza(tmp_path_factory) -> Iterator[str]:
    """The address of a dashboard on a few reports of one war, one of them absurd."""
    path: Path = tmp_path_factory.mktemp("gaza") / "store.db"
    with Store.open(path) as store:
        store.add_many(_entry(*report) for report in REPORTS)
    with serving("--db", str(path), "--port", "0") as (address, _):
        yield address


def _entry(name, day, value, source, group) -> Entry:
    said = f"{value:,}"
    text = f"In report {name}, the number killed in Gaza stood at {said}. More is not known."
    article = Article(id=name, title=f"Report {name}", text=text, published=day, publisher="The Daily")
    start = text.index(said)
    changes = {"start": start, "end": start + len(said), "figure": said, "quote": text.partition(" More")[0]}
    changes |= {"article_id": name, "title": article.title, "publisher": "The Daily", "published": day, "date": day}
    changes |= {"value": value, "low": value, "best": value, "high": value, "qualifier": Qualifier.EXACT}
    changes |= {"source_name": source, "source_type": "ngo" if source else "unattributed", "victim_group": group}
    changes |= {"place": "Gaza", "country": "PSE", "conflict": "gaza", "field": "text"}
    return Entry(article, [figure(f"f-{name}", **changes)])


def test_the_page_opens_with_a_sentence_its_quote_and_the_next_count(chromium, gaza):
    with visiting(chromium, gaza, permissions=["clipboard-read", "clipboard-write"]) as visit:
        page = visit.open("timeline")
        page.wait_for_function(DRAWN)
        sentence = "35,034 people killed in Gaza, says the Gaza health ministry (12 May 2024)"
        expect(page.locator(".first-sentence")).to_have_text(f"{sentence}.")
        expect(page.locator(".first-quote mark")).to_have_text("35,034")
        expect(page.locator(".next-counts")).to_contain_text("97 journalists killed in Gaza, says the Committee")
        page.click("text=Copy number, quote and citation")
        expect(page.locator(".copy-first")).to_have_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.splitlines() == [
            f"{sentence}.",
            "“In report c, the number killed in Gaza stood at 35,034.”",
            "Report c, The Daily, 12 May 2024.",
        ]
        page.click(".first-quote .link")
        expect(page.locator(".evidence blockquote mark")).to_have_text("35,034")


def test_unlike_counts_have_axes_of_their_own_and_an_absurd_number_flattens_none(chromium, gaza):
    with visiting(chromium, gaza) as visit:
        page = visit.open("timeline")
        page.wait_for_function(DRAWN)
        expect(page.locator("#chart")).to_contain_text("Everyone killed in Gaza")
        expect(page.locator("#chart")).to_contain_text("Journalists killed in Gaza")
        assert 35_034 < page.evaluate(f"{LAYOUT}.yaxis.range[1]") < 50_000
        assert 97 < page.evaluate(f"{LAYOUT}.yaxis2.range[1]") < 150
        page.locator(".switch").get_by_text("All", exact=True).click()
        expect(page.locator("#chart")).to_contain_text("1 report above this axis, up to 9,000,000")
        assert page.evaluate(f"{LAYOUT}.yaxis.range[1]") < 50_000


def test_the_overview_leads_with_the_same_number(chromium, gaza):
    with visiting(chromium, gaza) as visit:
        page = visit.open("")
        expect(page.locator(".multiple .big")).to_contain_text("35,034")
        expect(page.locator(".multiple .who")).to_have_text(
            "people killed in Gaza, says the Gaza health ministry (12 May 2024)"
        )
