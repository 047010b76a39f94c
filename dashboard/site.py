"""The list of pages: the path of each, its name in the navigation, and whether it has filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from dash import Dash

from dashboard.pages import add, embed, figures, map_page, method, missing, overview, review, sources, timeline
from dashboard.view.data import Data


class PageModule(Protocol):
    """What each module of dashboard/pages offers."""

    def layout(self, data: Data, search: str) -> Any:
        """The page for an address (query string), made anew for each visit."""

    def register(self, app: Dash, data: Data) -> None:
        """Its callbacks."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site. `filtered`: it has filters, and links to it keep the view.

    `is_linked`: it is in the navigation.
    """

    path: str
    name: str
    module: PageModule
    filtered: bool = False
    is_linked: bool = True


PAGES = (
    Page("/", "Overview", overview),
    Page("/timeline", "Timeline", timeline, filtered=True),
    Page("/sources", "Who says what", sources, filtered=True),
    Page("/map", "Map", map_page, filtered=True),
    Page("/figures", "Figures", figures, filtered=True),
    Page("/review", "Review", review, filtered=True),
    Page("/add", "Add", add),
    Page("/method", "Method", method),
    Page("/embed", "Chart", embed, filtered=True, is_linked=False),
)
LINKED = tuple(page for page in PAGES if page.is_linked)
MISSING = Page("", "Page not found", missing)


def page_at(path: str | None) -> Page:
    """The page at a path, with or without a slash at its end; MISSING if there is none."""
    wanted = "/" + (path or "").strip("/")
    return next((page for page in PAGES if page.path == wanted), MISSING)
