"""Messages name an option of the command line only to those who have it: the dashboard and `watch` have none."""

from __future__ import annotations

import json

import pytest

from tracker.sources import Note, Reading, ReadOptions, read_items

ITEM = "<item><title>x</title><link>http://x.test/1</link></item>"
LISTED = {"url": "http://x.test/1", "seendate": "20240102T000000Z", "title": "x"}


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("a.rss", f"<rss version='2.0'><channel><title>D</title>{ITEM}</channel></rss>", "--fetch"),
        ("a.json", json.dumps({"articles": [LISTED]}), "--fetch"),
        ("a.csv", "a,b\n1,2\n", "--map"),
    ],
)
def test_advice_is_for_those_who_have_the_option(tmp_path, name, content, advice):
    (tmp_path / name).write_text(content)
    for advises in (False, True):
        items = read_items([tmp_path / name], options=ReadOptions(advises=advises))
        told = " ".join(str(item) for item in items if isinstance(item, Note) or not isinstance(item, Reading))
        assert told
        assert (advice in told) == advises
        assert advises or "--" not in told
