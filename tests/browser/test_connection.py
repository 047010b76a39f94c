"""The server is away, or the store is changed by others: the page says so, and shows what was chosen afterwards."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from made_figures import figure
from visits import made_store, serving, visiting

from tracker.model import Article
from tracker.store.store import Store

pytestmark = pytest.mark.browser

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = api.expect

DRAWN = "document.querySelector('#chart .main-svg') && document.querySelector('h1').innerText !== '…'"
ASKED = re.compile("_dash-update-component")
SETTLED = "new Promise(done => { requestAnimationFrame(() => setTimeout(done)); setTimeout(done, 2000); })"
"""Once the page has drawn again. A page in the background never does, and shows what it has after a while."""

AXIS = "document.querySelector('#chart .js-plotly-plot').layout.yaxis.type"


def test_a_switch_that_finds_no_server_is_told_and_takes_effect_when_it_is_back(visit):
    page = visit.open("timeline")
    page.wait_for_function(DRAWN)
    page.wait_for_load_state("networkidle")
    page.route(ASKED, lambda route: route.abort("connectionrefused"))
    page.click("text=Options")
    page.locator(".switch").get_by_text("Logarithmic", exact=True).click()
    expect(page.locator("#server-gone")).to_contain_text("does not answer")
    page.unroute(ASKED)
    page.wait_for_function(f"{AXIS} === 'log'")
    expect(page.locator("#server-gone")).to_have_count(0)
    visit.wrong[:] = [one for one in visit.wrong if "ERR_CONNECTION_REFUSED" not in one]


def test_an_open_page_learns_that_the_store_has_changed(chromium, tmp_path):
    path = made_store(tmp_path / "store.db")
    with serving("--db", str(path), "--port", "0") as (address, _), visiting(chromium, address) as visit:
        page = visit.open("timeline")
        page.wait_for_function(DRAWN)
        with Store.open(path) as store:
            article = Article(id="n", title="News", text="The number stood at 99,000.", published="2012-10-01")
            store.add(article, [_total()])
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.click("#store-changed button")
        expect(page.locator("#chart")).to_contain_text("99,000")
        expect(page.locator("#store-changed")).to_have_count(0)


def together(request):
    """Whether a request asks to bring the address and the controls into step."""
    return (request.post_data or "").startswith('{"output":"..url.search...view.data')


def test_of_two_quick_steps_back_the_last_one_holds_in_address_controls_and_chart(visit):
    page = visit.open("timeline")
    page.wait_for_function(DRAWN)
    often = page.locator(".controls > .switch")
    for label, told in (("Per month", "?per=rate"), ("Totals", "")):
        often.get_by_text(label, exact=True).click()
        page.wait_for_function("told => location.search === told", arg=told)
    page.wait_for_load_state("networkidle")
    held = []
    page.route(ASKED, lambda route: held.append(route) if together(route.request) and not held else route.continue_())
    with page.expect_request(together):
        page.evaluate("history.back()")
    with page.expect_response(lambda answer: together(answer.request)):
        page.evaluate("history.back()")
    with page.expect_response(lambda answer: answer.request == held[0].request):
        held[0].continue_()  # the answer to the first step comes last
    page.evaluate(SETTLED)
    assert urlsplit(page.url).query == ""
    expect(often.locator("input[value=total]")).to_be_checked()
    expect(page.locator("#chart")).to_contain_text("10,000")


def _total():
    made = {"value": 99_000, "low": 99_000, "best": 99_000, "source_name": "Opposition", "figure": "99,000"}
    return figure("n", article_id="n", published="2012-10-01", date="2012-10-01", **made)


def test_a_click_before_the_page_has_read_its_address_holds(visit):
    page, held, busy = visit.page, [], [True]
    page.route(ASKED, lambda route: held.append(route) if busy and together(route.request) else route.continue_())
    page.goto(f"{visit.address}/timeline?group=every")
    often = page.locator(".controls > .switch")
    with page.expect_request(lambda request: together(request) and '"value":"all"' in request.post_data):
        often.get_by_text("All", exact=True).click()
    busy.clear()
    for one in held:  # a busy server answers late, and all at once
        one.continue_()
    page.wait_for_function("told => location.search === told", arg="?group=every&lines=all")
    page.wait_for_function(DRAWN)
    page.wait_for_load_state("networkidle")
    assert urlsplit(page.url).query == "group=every&lines=all"
    expect(often.locator("input[value=all]")).to_be_checked()
    expect(page.locator("#chart")).to_contain_text("10,000")
