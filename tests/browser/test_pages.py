"""What people look at, page by page: the number on the screen is the number in the store, for everyone who looks."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from accessibility import grave_faults
from visits import DESKTOP, made_store, visiting

import tracker
from dashboard.look import wording
from dashboard.site import PAGES
from tracker.knowledge import load_quality

pytestmark = pytest.mark.browser

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = api.expect

DRAWN = "name => (document.querySelector(`${name} .js-plotly-plot`)?._fullData || []).length > 0"
HEIGHTS = "[...document.querySelector('#chart .js-plotly-plot')._fullData].flatMap(t => [...(t.y || [])])"
DARK = """document.documentElement.dataset.mantineColorScheme === 'dark'
    && [...document.querySelectorAll('.js-plotly-plot')].every(one => one.layout.font.color === '#d8d6d0')"""
MOVING = """[...document.querySelectorAll('*')].filter(one => getComputedStyle(one).transitionDuration.match(/[1-9]/))
    .map(one => one.outerHTML.slice(0, 80))"""
DRAWN_SIZE = "(one => [one.width, one.height])(document.querySelector('#chart .main-svg').getBoundingClientRect())"
DRAWN_FOR = "['width', 'height'].map(one => Number(document.querySelector('#chart .main-svg').getAttribute(one)))"
AS_WIDE_AS_ITS_PLACE = f"{DRAWN_FOR}[0] === document.querySelector('#chart .js-plotly-plot').clientWidth"
ON_NARROW_PAPER = f"document.querySelector('#chart').style.width = '600px', {DRAWN_SIZE}"
OPENED = "document.querySelectorAll('main details').forEach(one => { one.open = true })"
TWICE_THE_SIZE = {"width": 640, "height": 500}
WORKED_WITH = {"/figures", "/review", "/add"}
"""Pages that tests/browser/test_work_access.py looks at in the same way."""

PATHS = [*(page.path[1:] for page in PAGES if page.path not in WORKED_WITH), "no-such-page"]


@pytest.fixture(scope="module")
def figures(tmp_path_factory) -> tracker.Timeline:
    """The timeline of the same figures, made without any dashboard."""
    return tracker.timeline(made_store(tmp_path_factory.mktemp("same") / "store.db"))


def settled(visit, path):
    """A page whose heading is written and whose charts are drawn."""
    page = visit.open(path)
    page.wait_for_function("!['…', ''].includes(document.querySelector('main h1').textContent)")
    page.wait_for_function("[...document.querySelectorAll('.js-plotly-plot')].every(one => one._fullData?.length)")
    return page


def test_nothing_stands_in_the_way_of_anyone(chromium, address):
    with visiting(chromium, address, color_scheme="light", reduced_motion="reduce") as visit:
        for path in PATHS:
            page = settled(visit, path)
            page.evaluate(OPENED)
            assert grave_faults(page) == [], path
            page.set_viewport_size(TWICE_THE_SIZE)
            page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
            page.set_viewport_size(DESKTOP)
            assert page.evaluate(MOVING) == [], path  # the reader asked for no motion
            page.emulate_media(color_scheme="dark")
            page.wait_for_function(DARK)
            page.evaluate(OPENED)
            assert grave_faults(page, runOnly=["color-contrast"]) == [], path  # it differs in its colours alone
            page.emulate_media(color_scheme="light")


def test_the_overview_tells_of_each_conflict_what_its_timeline_has(visit, figures):
    page = settled(visit, "")
    multiples = page.locator(".multiple")
    expect(multiples).to_have_count(1)
    expect(page.locator(".others")).to_contain_text("Sudan")  # a single number does not speak for a war
    syria = multiples.first
    totals = figures.totals()
    killed = totals[(totals["conflict"] == "syria") & (totals["outcome"] == "killed") & totals["whole"]]
    last = killed.sort_values("day").iloc[-1]
    expect(syria.locator(".big")).to_contain_text(f"about {wording.number(last['value'])}")
    expect(syria.locator(".spread")).to_have_count(0)  # the other counts are older than a month
    expect(syria).to_contain_text(f"{len(figures.figures[figures.figures['conflict'] == 'syria'])} figures")
    assert syria.locator(".spark-line").count() == 1  # of the count that leads
    syria.click()
    page.wait_for_function(DRAWN, arg="#chart")
    assert parse_qs(urlsplit(page.url).query).get("conflict", ["syria"]) == ["syria"]


def values_drawn(page, chart):
    """The numbers that the marks of a chart stand at."""
    plot = "document.querySelector(`${name} .js-plotly-plot`)._fullData"
    return sorted(page.evaluate(f"name => {plot}.filter(t => t.customdata).flatMap(t => [...t.y])", chart))


def test_the_marks_of_the_timeline_stand_at_the_numbers_of_the_store(visit, figures):
    page = settled(visit, "timeline?scope=cumulative")
    totals = figures.totals()
    killed = totals[(totals["conflict"] == "syria") & (totals["outcome"] == "killed")]
    assert values_drawn(page, "#chart") == sorted(killed["value"].tolist())
    page.click("text=The numbers as a table")
    rows = page.locator(".behind tbody tr")
    expect(rows).to_have_count(len(killed))
    for value in killed["value"]:
        expect(page.locator(".behind tbody")).to_contain_text(wording.number(value))


def test_how_the_chart_shows_it_is_in_the_address_and_back_takes_it_back(visit):
    page = settled(visit, "timeline")
    page.click(".switch >> text=Per month")
    page.click("text=Options")
    page.wait_for_function(f"{HEIGHTS}.map(Math.round).includes(499)")  # 2,000 in 122 days
    page.locator(".switch").get_by_text("Week", exact=True).click()
    page.wait_for_function("location.search.includes('per=rate') && location.search.includes('bars=W')")
    page.go_back()
    page.wait_for_function("!location.search.includes('bars=W')")
    page.wait_for_function(f"{HEIGHTS}.map(Math.round).includes(499)")
    page.go_back()
    page.wait_for_function(f"{HEIGHTS}.includes(12000)")
    expect(page.locator(".switch input[value=total]")).to_be_checked()
    page.reload()
    page.wait_for_function(DRAWN, arg="#chart")
    expect(page.locator(".switch input[value=total]")).to_be_checked()


def test_notes_and_a_stretch_of_time_are_kept_in_the_address(visit):
    page = settled(visit, "timeline?notes=2012-05-25%20A%20%3Cb%3Enote%3C/b%3E&range=2012-04-01,2012-09-01")
    said = "document.querySelector('#chart .js-plotly-plot').layout"
    assert "A &lt;b&gt;note&lt;/b&gt;" in page.evaluate(f"{said}.annotations.map(one => one.text)")
    assert page.evaluate(f"{said}.xaxis.range[0].slice(0, 10)") == "2012-04-01"
    thumb = page.get_by_role("slider", name="Last day shown")
    thumb.press("ArrowLeft")
    page.wait_for_function("new URLSearchParams(location.search).get('range') === '2012-04-01,2012-08-31'")


def test_who_says_what_on_a_day_is_what_the_store_says(visit, figures):
    page = settled(visit, "sources?on=2012-06-30")
    page.wait_for_function("document.querySelectorAll('.says .js-plotly-plot').length > 0")
    said = figures.who_says_what("2012-06-30")
    said = said[(said["conflict"] == "syria") & (said["outcome"] == "killed")]
    read = "document.querySelector('.says .js-plotly-plot')._fullData.filter(t => t.customdata).map(t => t.x[0])"
    assert sorted(page.evaluate(read)) == sorted(said["value"].tolist())
    page.locator(".behind summary").first.click()
    for one in said.to_dict("records"):
        row = page.locator(".behind tbody tr", has_text=wording.source(one["source_name"])).first
        expect(row).to_contain_text(wording.number(one["value"]))
        expect(row).to_contain_text(f"{one['age']}")


def test_the_map_and_its_tables_add_up_what_the_store_has(visit, figures):
    page = settled(visit, "map?outcome=killed")
    page.wait_for_function("document.querySelectorAll('#map-chart .choroplethlayer path').length > 150")
    told = figures.incidents()
    told = told[(told["outcome"] == "killed") & told["located"]]
    row = page.locator(".numbers tbody tr", has=page.locator("th", has_text="Syria"))
    expect(row.first).to_contain_text(wording.number(int(told[told["country"] == "SYR"]["best"].sum())))
    place = page.locator(".numbers tbody tr", has=page.locator("th", has_text="Homs"))
    expect(place).to_contain_text("25")


def test_the_method_page_says_what_was_measured(visit):
    page = settled(visit, "method")
    for one in load_quality():
        expect(page.locator("main")).to_contain_text(one.name)
        expect(page.locator(".numbers", has_text="Share correct")).to_contain_text(f"{one.recall:.0%}")
    expect(page.locator("main")).to_contain_text("Sundberg and Melander 2013")


def test_on_paper_stand_the_chart_and_the_whole_table_and_no_controls(visit, figures):
    page = settled(visit, "timeline?scope=cumulative")
    page.emulate_media(media="print")
    page.wait_for_function(AS_WIDE_AS_ITS_PLACE)  # without the margins of the screen it has more room
    wide, high = page.evaluate(DRAWN_FOR)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    totals = figures.totals()
    killed = totals[(totals["conflict"] == "syria") & (totals["outcome"] == "killed")]
    expect(page.locator(".on-paper tbody tr")).to_have_count(len(killed))
    expect(page.locator(".on-paper")).to_be_visible()
    for hidden in ("header", ".filters", ".controls", ".take"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.evaluate(DRAWN_SIZE)[1] == high
    assert page.evaluate(ON_NARROW_PAPER) == pytest.approx([600, 600 / wide * high], abs=2)  # whole, and not cut
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".on-paper")).to_have_count(0)
    visit.open("figures")
    expect(page.locator(".tools")).to_be_hidden()
    expect(page.locator(".paper-only")).to_be_visible()


def test_without_a_mouse_the_content_and_the_evidence_are_reached(visit):
    page = settled(visit, "timeline?scope=cumulative")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.locator(".behind summary").first.focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name=re.compile("Evidence for .*10,000")).first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".evidence blockquote mark")).to_have_text("10,000")


def test_shapes_of_countries_stay_small():
    shapes = Path(__file__).parents[2] / "dashboard" / "assets" / "geo" / "countries.json"
    assert shapes.stat().st_size < 300_000
