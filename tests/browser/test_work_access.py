"""The pages that people work with can be used by everybody: axe-core finds nothing serious, in light and dark."""

from __future__ import annotations

import pytest
from accessibility import grave_faults
from visits import visiting

pytestmark = pytest.mark.browser

PAGES = {
    "figures": "document.querySelector('.ag-row')",
    "review": "document.querySelector('.review-card .evidence')",
    "add": "document.querySelector('#upload')",
}


@pytest.mark.parametrize("path", PAGES)
def test_nothing_serious_stands_in_the_way(chromium, address, path):
    with visiting(chromium, address, color_scheme="light", reduced_motion="reduce") as visit:
        page = visit.open(path)
        page.wait_for_function(PAGES[path])
        page.wait_for_load_state("networkidle")
        in_both_colours(page)
        if path == "figures":
            page.emulate_media(color_scheme="light")
            page.locator(".ag-row .ag-cell[col-id=date]").first.click()
            page.wait_for_selector(".evidence blockquote")
            page.wait_for_function("getComputedStyle(document.querySelector('[role=dialog]')).opacity === '1'")
            in_both_colours(page)


def in_both_colours(page):
    """Nothing serious is found; in the dark, where a page differs in its colours alone, no contrast is too low."""
    assert grave_faults(page) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.documentElement.dataset.mantineColorScheme === 'dark'")
    assert grave_faults(page, runOnly=["color-contrast"]) == []
