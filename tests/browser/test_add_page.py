"""Files that are uploaded in the browser: shown with their figures before they are kept, and then in the store."""

from __future__ import annotations

import pytest
from calls import ATTACK, TOTAL
from visits import made_store, serving, visiting

from tracker.store.store import Store

pytestmark = pytest.mark.browser

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = api.expect


def file(name, content):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_uploads_are_shown_marked_and_then_kept(chromium, tmp_path):
    path = made_store(tmp_path / "store.db")
    with (
        Store.open(path) as store,
        serving("--db", str(path), "--port", "0") as (address, _),
        visiting(chromium, address) as visit,
    ):
        page = visit.open("add")
        files = [
            file("../../attack.md", ATTACK.encode()),
            file("<b>total</b>.md", TOTAL.encode()),
            file("broken.pdf", b"%PDF-1.7 no more than that"),
        ]
        page.set_input_files("#upload input[type=file]", files)
        found = page.locator("#intake-found")
        expect(found).to_contain_text("2 articles with 3 figures in 3 files.")
        expect(found.locator(".wrong")).to_contain_text("broken.pdf")
        expect(found.locator("details").first.locator("mark")).to_have_text(["At least 30", "12"])
        assert store.count_articles() == 10  # nothing is kept before it is asked for
        page.click("#intake-add")
        expect(page.locator("#intake-added")).to_have_text("Articles: 2 added. Syrian civil war (2011–2024)")
        assert store.count_articles() == 12
        assert {one.figure for one in store.figures("attack")} == {"At least 30", "12"}
        page.set_input_files("#upload input[type=file]", files[:1])
        expect(found).to_contain_text("1 article with 2 figures")
        page.click("#intake-add")
        expect(page.locator("#intake-added")).to_contain_text("Articles: 1 there already.")
        page.click("#intake-added a")  # to what was added
        page.wait_for_function("document.querySelector('#chart .main-svg')")
        expect(page.locator("#chart-phrase")).to_contain_text("Syrian civil war")
        page.click("nav >> text=Figures")
        expect(page.locator(".ag-row").first).to_be_visible()


def test_what_is_no_address_or_not_public_is_said(visit):
    page = visit.open("add")
    page.fill("#web-address", "file:///etc/passwd")
    page.click("#web-address-read")
    expect(page.locator("#intake-found .wrong")).to_have_text(
        "That is no web address: it begins with http:// or https://."
    )
    page.fill("#web-address", f"{visit.address}/figures")
    page.click("#web-address-read")
    expect(page.locator("#intake-found .wrong")).to_contain_text("127.0.0.1")
    expect(page.locator("#intake-add")).to_be_disabled()
