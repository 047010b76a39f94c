"""A store of three wars, and the tables that a dashboard makes of it."""

from __future__ import annotations

from made_figures import figure

from dashboard.view.query import View
from dashboard.view.tables import Tables
from tracker.model import Article
from tracker.store.store import Entry

WARS = {"syria": "SYR", "sudan": "SDN", "yemen": "YEM"}
TEXT = "A monitoring body said on Sunday that the number of people killed in the fighting had reached a new height."


def entry(name, conflict, value, text=""):
    """An article of a war with a total, and a text if it has one."""
    article = Article(id=name, title=name, text=text, published="2020-01-01")
    place = {"conflict": conflict, "country": WARS[conflict], "published": "2020-01-01"}
    return Entry(article, [figure(f"f-{name}", article_id=name, value=value, **place)])


def all_of(tables):
    """The tables of all conflicts."""
    return [tables.claims(View()), tables.totals(View()), tables.incidents(View())]


def assert_same(data):
    """The tables of a dashboard are those that would be made anew."""
    whole = Tables(data.snapshot().table, data.store.copies)
    for one, other in zip(all_of(data.snapshot().tables), all_of(whole), strict=True):
        assert one.equals(other)
