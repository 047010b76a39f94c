"""The pages that people work with can be used by everybody: axe-core finds nothing serious, in light and dark."""

from __future__ import annotations

import pytest
from visits import visiting

pytestmark = pytest.mark.browser

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

PAGES = {
    "figures": "document.querySelector('.ag-row')",
    "review": "document.querySelector('.review-card .evidence')",
    "add": "document.querySelector('#upload')",
}


def serious(page):
    found = axe.Axe().run(page).response["violations"]
    return [
        (one["id"], [node["html"][:120] for node in one["nodes"]][:3])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_serious_stands_in_the_way(chromium, address, path, scheme):
    with visiting(chromium, address, color_scheme=scheme) as visit:
        page = visit.open(path)
        page.wait_for_function(PAGES[path])
        page.wait_for_load_state("networkidle")
        assert serious(page) == []
        if path == "figures":
            page.locator(".ag-row .ag-cell[col-id=date]").first.click()
            page.wait_for_selector(".evidence blockquote")
            page.wait_for_function("getComputedStyle(document.querySelector('[role=dialog]')).opacity === '1'")
            assert serious(page) == []
