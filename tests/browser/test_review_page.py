"""Review in the browser: by keys, and by two browsers at once; what is decided is in the store, nothing is lost."""

from __future__ import annotations

import json

import pytest
from visits import made_store, serving, visiting

from tracker.review.review import Action, Decision, Reviews
from tracker.store.store import Store

pytestmark = pytest.mark.browser

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = api.expect


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A dashboard on a store that these tests change: (path, address)."""
    path = made_store(tmp_path_factory.mktemp("review") / "store.db")
    with serving("--db", str(path), "--port", "0") as (address, _):
        yield path, address


@pytest.fixture
def store(served):
    """The store, with no decision standing."""
    with Store.open(served[0]) as opened:
        reviews = Reviews(opened)
        for one in opened.figures():
            while one.status != "extracted":
                reviews.decide(Decision(one.figure_id, Action.UNDO, "tests"))
                one = next(now for now in opened.figures() if now.figure_id == one.figure_id)
        yield opened


@pytest.fixture
def visit(chromium, served, store):
    with visiting(chromium, served[1]) as one:
        yield one


def status(store, figure_id):
    found = next(one for one in store.figures() if one.figure_id == figure_id)
    return found.value, str(found.status)


def shown(page):
    """The figure that stands before the reviewer."""
    return page.evaluate("(document.querySelector('.review-card .evidence') || {}).innerText || ''")


def is_ready(page, words):
    expect(page.locator(".review-card .evidence h3")).to_contain_text(words)


def field(name):
    return f"[id='{json.dumps({'correct': name}, separators=(',', ':'))}']"


def said(page, words):
    expect(page.locator("#review-said")).to_contain_text(words)


def progress(page, done, total):
    expect(page.locator("#review-progress")).to_contain_text(f"{done} of {total} figures in view are reviewed")


def test_the_queue_is_worked_by_keys_alone(visit, store):
    page = visit.open("review?source=Government")
    is_ready(page, "Report t2")
    progress(page, 0, 2)
    page.fill("#reviewer", "anna")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    is_ready(page, "Report t3")
    page.keyboard.press("a")
    said(page, "Accepted")
    assert status(store, "f-t3") == (8000, "accepted")
    progress(page, 1, 2)
    expect(page.locator(".review-card")).to_contain_text("Nothing is left in this queue.")
    page.keyboard.press("u")
    said(page, "Undone")
    is_ready(page, "Report t3")
    assert status(store, "f-t3") == (8000, "extracted")
    page.keyboard.press("n")
    page.keyboard.type("a typing error, surely")
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    said(page, "Rejected")
    assert status(store, "f-t3") == (8000, "rejected")
    last = Reviews(store).history("f-t3")[-1]
    assert (last.reviewer, last.note, last.action) == ("anna", "a typing error, surely", "reject")


def test_a_correction_is_in_store_table_chart_and_files_at_once(visit, store):
    page = visit.open("review?figure=f-t0")
    is_ready(page, "Report t0")
    expect(page.locator(field("value"))).to_have_value("9100")
    page.fill("#reviewer", "anna")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.keyboard.press("Control+a")
    page.keyboard.type("9,200")
    page.keyboard.press("Control+Enter")
    said(page, "Corrected")
    assert status(store, "f-t0") == (9200, "corrected")
    assert "9200" in page.request.get(f"{visit.address}/api/timeline.csv?conflict=syria&source=Opposition").text()
    page.click("nav >> text=Figures")
    expect(page.locator(".ag-row[row-id=f-t0] .ag-cell[col-id=value]")).to_have_text("9,200")
    page.locator(".ag-row[row-id=f-t0] .ag-cell[col-id=date]").click()
    expect(page.locator(".evidence .history")).to_contain_text("Value: 9,100 → 9,200")
    expect(page.locator(".evidence blockquote mark")).to_have_text("9,100")  # the words stay
    page.keyboard.press("Escape")
    page.click("nav >> text=Timeline")
    expect(page.locator("h1")).to_contain_text("Syrian civil war")
    page.click("text=The numbers as a table")
    expect(page.locator(".numbers").first).to_contain_text("more than 9,200")


def test_a_wrong_correction_says_what_is_wrong_and_keeps_what_was_typed(visit, store):
    page = visit.open("review?figure=f-t0")
    is_ready(page, "Report t0")
    page.fill(field("date"), "last week")
    page.fill("#review-note", "hm")
    page.get_by_role("button", name="Save the correction").click()
    said(page, "Not saved: Date: 'last week' is no date")
    expect(page.locator(field("date"))).to_have_value("last week")
    expect(page.locator("#review-note")).to_have_value("hm")
    page.get_by_role("button", name="Accept").click()
    said(page, "The form has changes that are not saved")
    assert status(store, "f-t0") == (9100, "extracted")
    page.fill("#reviewer", "")
    page.fill(field("date"), "2012-03-26")
    page.get_by_role("button", name="Accept").click()
    said(page, "who decides?")


def test_of_two_browsers_on_one_figure_the_later_one_is_told_and_nothing_is_lost(chromium, served, store):
    with visiting(chromium, served[1]) as first, visiting(chromium, served[1]) as second:
        for name, visit in (("anna", first), ("ben", second)):
            page = visit.open("review?figure=f-t4")
            is_ready(page, "Report t4")
            page.fill("#reviewer", name)
        first.page.fill(field("value"), "10,500")
        first.page.get_by_role("button", name="Save the correction").click()
        said(first.page, "Corrected")
        second.page.fill(field("value"), "11,000")
        second.page.fill("#review-note", "my reading")
        second.page.get_by_role("button", name="Save the correction").click()
        said(second.page, "Anna has meanwhile corrected this figure")
        assert status(store, "f-t4") == (10_500, "corrected")
        expect(second.page.locator(field("value"))).to_have_value("11,000")
        expect(second.page.locator("#review-note")).to_have_value("my reading")
        expect(second.page.locator(".review-card .history")).to_contain_text("anna")
        second.page.get_by_role("button", name="Save the correction").click()  # knowing it now
        said(second.page, "Corrected")
    assert status(store, "f-t4") == (11_000, "corrected")
    assert [one.reviewer for one in Reviews(store).history("f-t4")[-2:]] == ["anna", "ben"]


def test_keys_can_be_switched_off_and_typing_is_no_command(visit, store):
    page = visit.open("review?figure=f-t0")
    is_ready(page, "Report t0")
    page.fill("#review-note", "")
    page.locator("#review-note").press_sequentially("a rare case, surely")
    page.keyboard.press("Escape")
    page.locator("label:has-text('Keyboard shortcuts')").click()
    page.locator("h1").click()
    page.keyboard.press("a")
    page.get_by_role("button", name="Skip").click()
    expect(page.locator(".review-card h3")).not_to_contain_text("Report t0")
    assert status(store, "f-t0") == (9100, "extracted")


def test_evidence_leads_to_the_review_and_to_the_other_reports(visit, store):
    page = visit.open("figures?source=Government")
    page.locator(".ag-row[row-id=f-t2] .ag-cell[col-id=date]").click()
    expect(page.locator(".evidence")).to_contain_text("No other article in the store makes this claim.")
    page.click(".evidence >> text=Review this figure")
    is_ready(page, "Report t2")
    assert page.url.endswith("/review?figure=f-t2")
    expect(page.get_by_role("dialog")).to_have_count(0)  # the drawer does not stay over the review


def test_the_queue_stays_with_the_conflict_of_the_figure_that_was_decided(visit, store):
    least = min((one for one in store.figures() if one.conflict == "syria"), key=lambda one: one.figure_id)
    page = visit.open(f"review?figure={least.figure_id}")
    is_ready(page, "Report h0")
    for _ in range(5):
        before = shown(page)
        page.keyboard.press("s")
        page.wait_for_function("before => document.querySelector('.review-card').innerText !== before", arg=before)
        expect(page.locator(".review-card")).to_contain_text("Syrian civil war")
