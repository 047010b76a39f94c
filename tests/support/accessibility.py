"""What axe-core finds on a page that stands in somebody's way."""

from __future__ import annotations

import pytest

AT_REST = "document.getAnimations().every(one => !(one instanceof CSSTransition))"
"""When nothing on the page is on its way from one look to another."""

GRAVE = ("serious", "critical")
"""The impacts of axe-core's rules that a page must not have."""


def grave_faults(page, **options: object) -> list[tuple[str, str]]:
    """What axe-core finds that stands in somebody's way, as (rule, HTML), once every colour has ended its change.

    A change of colour scheme runs as transitions: a label half way between two greys has a contrast that nobody sees.
    """
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page.wait_for_function(AT_REST)
    found = axe.Axe().run(page, options=options).response["violations"]
    return [(one["id"], node["html"][:200]) for one in found if one["impact"] in GRAVE for node in one["nodes"][:3]]
