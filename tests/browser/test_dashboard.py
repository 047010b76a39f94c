"""The dashboard as people use it: a real server, a real Chromium. Tests wait for conditions, never for time."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from visits import made_store, serving, visiting

from dashboard.site import PAGES
from tracker.store.store import Store

pytestmark = pytest.mark.browser

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = api.expect

SYRIA = [*(f"f-t{n}" for n in range(5)), "f-i0", "f-i1", "f-h0"]
"""The figures of the made store that the first view shows."""

MARKS = "(document.querySelector('#chart .js-plotly-plot')?.data || []).flatMap(t => t.customdata || [])"


def count(page):
    return page.locator("#table-count")


def more_filters(page):
    """Open the filters that are needed seldom, if they are not open."""
    if not page.locator(".filters .chooser[open]").count():
        page.click("text=More filters")


def choose(page, control, option):
    more_filters(page)
    page.click(f"#{control}")
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")


def drawn(page):
    """The ids of the figures that the marks of the chart stand for."""
    return sorted(one for mark in page.evaluate(MARKS) for one in mark.split())


def wait_drawn(page, ids):
    wanted = " ".join(sorted(ids))
    page.wait_for_function(f"wanted => {MARKS}.flatMap(m => m.split(' ')).sort().join(' ') === wanted", arg=wanted)


def test_the_first_view_is_there(visit):
    page = visit.open("timeline")
    wait_drawn(page, SYRIA)
    expect(page.locator("#chart-phrase")).to_contain_text("People killed – Syrian civil war")
    expect(page.locator(".card")).to_have_count(3)
    expect(page.locator(".card").first).to_contain_text("about 8,000")
    expect(page.locator(".banner")).to_have_count(0)
    assert urlsplit(page.url).query == ""
    page.click("nav >> text=Figures")
    expect(count(page)).to_have_text("10 figures in view")


def test_a_filter_changes_chart_and_address_and_reload_and_back_restore_it(visit):
    page = visit.open("timeline")
    choose(page, "source", "Government")
    wait_drawn(page, ["f-t2", "f-t3"])
    assert urlsplit(page.url).query == "source=Government"
    expect(page.locator("#chart-phrase")).to_contain_text("according to Government")
    page.reload()
    wait_drawn(page, ["f-t2", "f-t3"])
    page.wait_for_load_state("networkidle")  # the address has been read before a hand can choose again
    more_filters(page)
    expect(page.locator(".filters .chooser-box")).to_contain_text("Government")
    choose(page, "scope", "Single incidents")
    expect(page.locator("#chart")).to_contain_text("Nothing in view")
    page.go_back()
    wait_drawn(page, ["f-t2", "f-t3"])
    page.go_back()
    wait_drawn(page, SYRIA)
    page.go_forward()
    wait_drawn(page, ["f-t2", "f-t3"])


def test_an_address_opens_its_view(visit):
    page = visit.open("timeline?conflict=all&outcome=all&since=2012-06&until=2012&scale=log")
    wait_drawn(page, ["f-t1", "f-t3", "f-t5", "f-i1", "f-h0"])
    expect(page.locator("#since")).to_have_value("2012-06-01")
    assert page.evaluate("document.querySelector('#chart .js-plotly-plot').layout.yaxis.type") == "log"
    page.click("#reset")
    wait_drawn(page, SYRIA)


def test_a_date_typed_in_is_a_filter(visit):
    page = visit.open("timeline")
    more_filters(page)
    page.fill("#since", "2012-08-01")
    page.keyboard.press("Enter")
    wait_drawn(page, ["f-t3", "f-h0"])
    assert "since=2012-08-01" in page.url


def test_a_year_is_meant_to_its_end_and_nonsense_is_told_and_changes_nothing(visit):
    page = visit.open("timeline")
    more_filters(page)
    page.fill("#until", "2012")
    page.keyboard.press("Enter")
    expect(page.locator("#until")).to_have_value("2012-12-31")
    page.fill("#since", "last May")
    page.keyboard.press("Enter")
    expect(page.locator(".filters")).to_contain_text("A year, month or day: 2013, 2013-05, 2013-05-14")
    expect(page.locator("#since")).to_have_value("last May")
    assert urlsplit(page.url).query == "until=2012-12-31"


def test_the_conflict_is_one_choice_that_is_typed_and_taken_with_enter_and_others_are_added_on_request(visit):
    page = visit.open("timeline")
    wait_drawn(page, SYRIA)
    expect(page.locator("#conflict")).to_have_value(re.compile("Syrian civil war"))
    page.click("#conflict")
    page.keyboard.type("sud")
    page.keyboard.press("Enter")
    expect(page.locator("#chart-phrase")).to_contain_text("Sudan")
    expect(page.locator("#chart-phrase")).not_to_contain_text("Syria")
    choose(page, "more-conflicts", "Syrian civil war (2011–2024)")
    expect(page.locator("#chart-phrase")).to_contain_text("Syria")
    page.click("#conflict")
    page.get_by_role("option", name="All conflicts").click()
    page.wait_for_function("location.search.includes('conflict=all')")
    expect(page.get_by_role("textbox", name="Conflict")).to_have_value("All conflicts")


@pytest.mark.parametrize(("width", "height", "seen"), [(1440, 900, 450), (1024, 768, 250), (390, 844, 200)])
def test_the_chart_is_seen_without_scrolling(chromium, address, width, height, seen):
    with visiting(chromium, address, viewport={"width": width, "height": height}) as visit:
        page = visit.open("timeline")
        wait_drawn(page, SYRIA)
        page.wait_for_function("document.querySelector('#first-said').innerText")
        assert page.evaluate("document.querySelector('#chart').getBoundingClientRect().top") < height - seen


def test_on_a_phone_the_quote_is_not_cut_before_its_number(chromium, address):
    inside = """Math.round(document.querySelector('.first-quote mark').getBoundingClientRect().bottom)
        <= Math.round(document.querySelector('.first-quote > [dir]').getBoundingClientRect().bottom)"""
    with visiting(chromium, address, viewport={"width": 390, "height": 844}) as visit:
        page = visit.open("timeline")
        wait_drawn(page, SYRIA)
        page.wait_for_function("document.querySelector('.first-quote mark')")
        assert page.evaluate(inside)


def test_nothing_in_view_is_said(visit):
    page = visit.open("timeline?source=nobody")
    expect(page.locator("#chart")).to_contain_text("Nothing in view")
    expect(page.locator("#cards")).to_be_hidden()
    page.click("nav >> text=Figures")
    expect(count(page)).to_have_text("0 figures in view")


def test_a_click_on_a_row_opens_its_evidence(visit):
    page = visit.open("figures")
    page.locator(".ag-row[row-id=f-i0] .ag-cell[col-id=date]").click()
    evidence = page.locator(".evidence")
    expect(evidence).to_have_count(1)
    expect(evidence.locator("h3")).to_have_text("Report i0 <b>now</b>")
    expect(evidence).to_contain_text("The Daily & Sons · 20 May 2012")
    expect(evidence.locator("blockquote")).to_have_text("A spokesman put the number at 25 on that day.")
    expect(evidence.locator("blockquote mark")).to_have_text("25")
    expect(evidence).to_contain_text("by a wording like “The siege has claimed more than 900 lives”")
    evidence.locator("summary").click()
    expect(evidence.locator(".article-text")).to_contain_text("It rained for 3 days in i0.")
    expect(evidence.locator(".article mark")).to_have_text(["25"])


def test_a_click_on_a_mark_and_on_a_card_opens_the_evidence_again_and_again(visit):
    page = visit.open("timeline?source=Opposition&scope=cumulative")
    wait_drawn(page, ["f-t0", "f-t1"])
    for _ in range(2):
        point = page.locator("#chart .scatterlayer .points path.point").first.bounding_box()
        page.mouse.click(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
        expect(page.locator(".evidence blockquote mark")).to_have_text("9,100")
        page.keyboard.press("Escape")
        expect(page.locator(".evidence")).to_be_hidden()
    page.locator(".card").click()
    expect(page.locator(".evidence blockquote mark")).to_have_text("12,000")


def test_a_click_on_a_bar_opens_the_evidence(visit):
    page = visit.open("timeline?scope=incident&until=2012-05-31")
    wait_drawn(page, ["f-i0"])
    bar = page.locator("#chart .barlayer .point path").bounding_box()
    page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    expect(page.locator(".evidence blockquote mark")).to_have_text("25")


PASTED = """Shells fell on a market in Aleppo on Sunday, killing 31 people, the opposition said.

<script>window.hacked = 1; alert("script")</script> <img src=x onerror="window.hacked = 1">
"""


def test_a_pasted_article_is_shown_marked_then_added(chromium, tmp_path):
    path = made_store(tmp_path / "store.db")
    with serving("--db", str(path), "--port", "0") as (address, _), visiting(chromium, address) as visit:
        page = visit.open("add")
        page.click("#article-find")
        expect(page.locator("#article-found .wrong")).to_be_visible()
        page.fill("#article-text", PASTED)
        page.fill("#article-title", "Market <i>shelled</i>")
        page.fill("#article-date", "2012-10-15")
        page.click("#article-find")
        expect(page.locator("#article-found mark").first).to_have_text("31")
        expect(page.locator("#article-found")).to_contain_text('<img src=x onerror="window.hacked = 1">')
        expect(page.locator("#article-found h4")).to_have_text("Market <i>shelled</i>")
        with Store.open(path) as store:
            assert store.count_articles() == 10  # nothing is stored before it is asked for
        page.click("#article-add")
        expect(page.locator("#article-done")).to_have_text("Added to the timeline. Syrian civil war (2011–2024)")
        assert page.evaluate("window.hacked") is None
        page.click("#article-find")
        expect(page.locator("#article-add")).to_be_enabled()
        page.click("#article-add")
        expect(page.locator("#article-done")).to_contain_text("It is in the timeline already.")
        page.click("nav >> text=Figures")
        expect(count(page)).to_have_text("11 figures in view")


def test_what_articles_say_is_never_markup(visit):
    page = visit.open("figures?scope=incident&since=2012-09-01")
    expect(count(page)).to_have_text("1 figure in view")
    page.locator(".ag-row[row-id=f-h0] .ag-cell[col-id=date]").click()
    expect(page.locator(".evidence")).to_contain_text('<img src=x onerror="alert(1)">')
    assert page.locator("img[src=x]").count() == 0


TOO_SMALL = """[...document.querySelectorAll('main :is(summary, .link, .others a, [role=slider]), footer a')]
    .filter(one => one.checkVisibility())
    .map(one => [one.textContent, one.getBoundingClientRect().height, getComputedStyle(one, '::after').height])
    .map(([text, own, after]) => [text, parseFloat(after) || own])
    .filter(([_, height]) => height < 24)"""
"""What is too small for a finger (WCAG 2.5.8)."""


def test_a_phone_needs_no_sideways_scrolling_and_no_thin_fingers(chromium, address):
    with visiting(chromium, address, viewport={"width": 390, "height": 844}, has_touch=True) as visit:
        for path in ("timeline?outcome=all&conflict=all", "timeline?source=nobody", *(p.path[1:] for p in PAGES)):
            page = visit.open(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
            assert page.evaluate(TOO_SMALL) == [], path
            if path == "method":  # the last one in the navigation, which has scrolled to it
                here = page.locator("nav a[aria-current=page]")  # and not the links within the page
                expect(here).to_have_text("Method")
                place = here.bounding_box()
                assert 0 <= place["x"] <= 390 - place["width"]


def test_dark_is_dark_in_page_chart_and_table(chromium, address):
    with visiting(chromium, address, color_scheme="dark") as visit:
        page = visit.open("timeline")
        page.wait_for_function("document.querySelector('#chart .js-plotly-plot').layout.font.color === '#d8d6d0'")
        for place in ("body", ".filters input", ".ag-root-wrapper"):
            if place.startswith(".ag"):
                page.click("nav >> text=Figures")
                page.wait_for_selector(place)
            colour = page.evaluate("place => getComputedStyle(document.querySelector(place)).backgroundColor", place)
            assert max(int(part) for part in re.findall(r"\d+", colour)[:3]) < 80, (place, colour)


def test_an_empty_store_shows_the_samples_and_says_so_until_something_is_added(chromium, tmp_path):
    path = tmp_path / "empty.db"
    with serving("--db", str(path), "--port", "0") as (address, _), visiting(chromium, address) as visit:
        page = visit.open("timeline")
        expect(page.locator(".banner")).to_contain_text("Sample data")
        assert page.locator(".card").count() >= 3
        assert len(drawn(page)) > 20
        with Store.open(path) as store:
            assert store.count_articles() == 0
        made_store(path)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.click("#store-changed button")
        expect(page.locator(".banner")).to_have_count(0)
        expect(page.locator("#chart")).to_contain_text("12,000")


def test_pages_are_walked_by_navigation_back_and_forward_with_what_is_in_view(visit):
    page = visit.open("timeline?source=Government")
    expect(page.locator("nav a[aria-current=page]")).to_have_text("Timeline")
    page.click("nav >> text=Figures")
    expect(count(page)).to_have_text("2 figures in view")
    assert page.url.endswith("/figures?conflict=syria&outcome=killed&source=Government")
    expect(page.locator("nav a[aria-current=page]")).to_have_text("Figures")
    expect(page).to_have_title("Figures – Casualty Tracker")
    page.go_back()
    wait_drawn(page, ["f-t2", "f-t3"])
    page.go_forward()
    expect(count(page)).to_have_text("2 figures in view")


def test_an_unknown_address_says_where_to_go(visit):
    page = visit.open("nothing/here")
    expect(page.locator("main h1")).to_have_text("There is no such page")
    page.click("main >> text=To the timeline")
    wait_drawn(page, SYRIA)


def test_the_chosen_theme_is_kept(chromium, address):
    with visiting(chromium, address) as visit:
        page = visit.open("method")
        page.click(".theme >> text=Dark")
        page.wait_for_function("document.documentElement.dataset.mantineColorScheme === 'dark'")
        page.reload()
        page.wait_for_selector("main h1")
        assert page.evaluate("document.documentElement.dataset.mantineColorScheme") == "dark"
        expect(page.locator(".theme input[value=dark]")).to_be_checked()
