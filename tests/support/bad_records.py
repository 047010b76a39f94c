"""Three records, one of which is bad: what the tests of bad records have in common."""

from __future__ import annotations

import pytest

from tracker.model import InputError
from tracker.sources import Reading, read_items

PLACES = pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "middle", "last"])
GOOD = ("One person was killed.", "Two people were killed.", "Three people were killed.")


def read(tmp_path, name, content):
    """The texts of the articles, and what was told about the rest."""
    path = tmp_path / name
    path.write_bytes(content)
    items = list(read_items([path]))
    texts = [item.article.text.strip() for item in items if isinstance(item, Reading)]
    return texts, [str(item).removeprefix(str(path)) for item in items if isinstance(item, InputError)]


def others(place):
    """The good texts without the one in whose place the bad record stands."""
    return [text for at, text in enumerate(GOOD) if at != place]


def with_bad(place, bad):
    """The good records with a bad one in one place."""
    return [bad if at == place else text for at, text in enumerate(GOOD)]
