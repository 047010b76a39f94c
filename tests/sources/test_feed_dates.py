"""The dates of feed items: in the time zone of the feed, and left out where they cannot be true."""

from __future__ import annotations

from datetime import date

import pytest
from readers import READER

from tracker.model import Article
from tracker.sources import Note, Reading, read_items
from tracker.sources.feed_dates import doubt_about

RSS = """<rss version="2.0"><channel><title>Wire</title><item><title>Fire</title><pubDate>{}</pubDate>
<description>A fire killed nine people in a mill {}, the brigade said.</description></item></channel></rss>"""


def read(tmp_path, published: str, day: str = "today") -> tuple[Article, list[str]]:
    path = tmp_path / "feed.rss"
    path.write_text(RSS.format(published, day), encoding="utf-8")
    items = list(read_items([path]))
    (reading,) = [item for item in items if isinstance(item, Reading)]
    return reading.article, [item.what for item in items if isinstance(item, Note)]


@pytest.mark.parametrize(
    ("published", "stated", "day", "happened"),
    [
        ("Tue, 05 Mar 2019 02:10:00 +0900", "2019-03-05T02:10:00+09:00", "today", "2019-03-05"),
        ("Tue, 05 Mar 2019 02:10:00 +0900", "2019-03-05T02:10:00+09:00", "yesterday", "2019-03-04"),
        ("Tue, 05 Mar 2019 23:10:00 EST", "2019-03-05T23:10:00-05:00", "on Tuesday", "2019-03-05"),
        ("2019-03-05T02:10:00+05:30", "2019-03-05T02:10:00+05:30", "today", "2019-03-05"),
        ("Tue, 05 Mar 2019 12:00:00 GMT", "2019-03-05T12:00:00+00:00", "today", "2019-03-05"),
    ],
)
def test_today_is_the_day_where_the_feed_is_written(tmp_path, published, stated, day, happened) -> None:
    article, _ = read(tmp_path, published, day)
    assert article.published == stated
    assert [figure.date for figure in READER.read(article)] == [happened]


@pytest.mark.parametrize("published", ["Mon, 01 Jan 0001 00:00:00 +0000", "Fri, 01 Jan 2999 00:00:00 GMT"])
def test_a_date_that_cannot_be_true_is_left_out_and_told(tmp_path, published) -> None:
    article, notes = read(tmp_path, published)
    assert article.published is None
    assert published.split()[3] in notes[0]


def test_a_date_a_day_ahead_may_be_that_of_another_time_zone() -> None:
    assert not doubt_about("2024-03-06T00:30:00+14:00", today=date(2024, 3, 5))
    assert "future" in doubt_about("2024-03-09", today=date(2024, 3, 5))
    assert "no date" in doubt_about("1970-01-01T00:00:00+00:00", today=date(2024, 3, 5))
    assert not doubt_about("some day", today=date(2024, 3, 5))
