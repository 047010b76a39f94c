"""An hour of polls of feeds that mean harm: memory and state stay flat, nothing is doubled, the good feed is read."""

from __future__ import annotations

import gc
import itertools
import tarfile
import time
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest
from waiting import LONG_WAIT
from web import answer, redirect, serving

from tracker.cli.watch import Round, Stop
from tracker.fetching import Fetcher, Visitor, fetch
from tracker.fetching.fetch import Limits
from tracker.store.store import Store
from tracker.watching import Feed, State, Watcher, watcher

pytestmark = pytest.mark.process  # feeds are read in processes that can be ended

HOSTILE = Path(__file__).parents[3] / "shared" / "hostile" / "feeds.tar.gz"
EVERY = 600  # seconds
TEXT = "At least 17 people were killed at a market in Idlib on Monday, activists said. "
SLOW = 5  # seconds, which only a feed takes that means to
BYTES = 3_000_000  # that are fetched at most


def feed(items):
    return f"<rss version='2.0'><channel><title>D</title>{''.join(items)}</channel></rss>"


def item(link, guid, text=TEXT):
    return (
        f"<item><title>Item {link}</title><link>http://x.test/{link}</link><guid>{guid}</guid>"
        f"<description>{text}</description></item>"
    )


def dripping(handler):
    """One byte now and then, for ever."""
    handler.send_response(200)
    handler.end_headers()
    for _ in itertools.count():
        handler.wfile.write(b" ")
        time.sleep(0.05)


def endless(handler):
    """As fast as it can, for ever."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"<item>" * 10_000)


class Changing:
    """A feed that is another one at each poll."""

    def __init__(self, made):
        self.made, self.polls = made, 0

    def __call__(self, handler):
        self.polls += 1
        answer(self.made(self.polls), content_type="application/rss+xml")(handler)


class Hour:
    """The feeds of a site, polled as time passes without anyone waiting."""

    def __init__(self, site, folder, seconds=LONG_WAIT):
        self.now = 1_000_000.0
        self.feeds = [
            Feed(f"{site.url}{path}", path, EVERY, full=False) for path in site.pages if path != "/robots.txt"
        ]
        fetcher = Fetcher(limits=Limits(most_bytes=BYTES, seconds=seconds))
        self.state = State(folder / "state")
        self.watcher = Watcher(
            self.feeds, self.state, Visitor(fetcher, clock=self.time, sleep=self.wait), self.time, lambda: 0.0
        )

    def time(self):
        return self.now

    def wait(self, seconds):
        self.now += seconds

    def rounds(self, store):
        """Yield after each time that feeds were due, for an hour."""
        end = self.now + 3_600
        with closing(Round(self.watcher, store, None, Stop(), self.time)) as one:
            while self.now < end:
                one.run()
                yield
                self.now += max(1.0, self.watcher.wait())


@pytest.fixture
def site(monkeypatch):
    # the site of the test counts as public, and any other address of this machine does not
    monkeypatch.setattr(fetch, "is_public", lambda address: address == "127.0.0.1")
    with serving() as one:
        one.pages["/robots.txt"] = answer("", 404)
        yield one


def test_feeds_that_are_slow_or_endless_or_lead_elsewhere_hold_up_nothing(site, tmp_path, capsys):
    site.pages |= {
        "/slow": dripping,
        "/endless": endless,
        "/loopback": redirect("http://127.0.0.2:1/secret"),
        "/circle": redirect("/circle"),
        "/good": feed([item(n, n) for n in range(3)]),
    }
    hour = Hour(site, tmp_path, SLOW)
    with Store.open(tmp_path / "s.db", create=True) as store:
        rounds = sum(1 for _ in hour.rounds(store))
        assert len(list(store.articles())) == 3
    assert rounds >= 6
    told = capsys.readouterr().out
    assert f"/slow: took longer than {SLOW} s" in told
    assert f"/endless: is larger than {BYTES:,} bytes" in told
    assert "/loopback: leads to 127.0.0.2, which is not public (after a redirect to http://127.0.0.2:1/secret)" in told
    assert "/circle: redirects more than 5 times" in told
    assert told.count("/good: nothing new") >= 4


def test_items_without_end_that_repeat_and_change_leave_memory_flat_and_double_nothing(site, tmp_path, monkeypatch):
    monkeypatch.setattr(watcher, "MAX_ITEMS", 200)
    monkeypatch.setattr(watcher, "MOST_SEEN", 20)
    site.pages |= {
        "/many": Changing(lambda _: feed([item(f"m{n}", f"m{n}", "Rain.") for n in range(2_500)])),
        "/repeating": Changing(lambda _: feed([item(f"r{n % 3}", "the same") for n in range(50)])),
        "/changing": Changing(lambda poll: feed([item(f"c{n}", f"{poll}-{n}") for n in range(20)])),
    }
    hour = Hour(site, tmp_path)
    held, sizes = [], []
    with Store.open(tmp_path / "s.db", create=True) as store:
        tracemalloc.start()
        for _ in hour.rounds(store):
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])
            sizes.append((tmp_path / "state").stat().st_size)
        tracemalloc.stop()
        urls = [article.url for article in store.articles()]
    assert len(urls) == len(set(urls)) == 200 + 1 + 20
    assert len(held) >= 6
    assert held[-1] - held[1] < 1_000_000
    assert sizes[-1] < 1.2 * sizes[1]


@pytest.mark.skipif(not HOSTILE.exists(), reason="../shared/hostile is not here")
def test_feeds_of_other_projects_torture_suites(site, tmp_path, capsys):
    """Another one at each poll; none ends the watching, and the good feed beside them is read."""
    with tarfile.open(HOSTILE) as archive:
        files = [member for member in archive.getmembers() if member.isfile()][::40]
        contents = [archive.extractfile(member).read() for member in files]
    site.pages |= {f"/{n}": Changing(lambda poll, n=n: contents[(n + poll) % len(contents)]) for n in range(4)}
    site.pages["/good"] = feed([item(1, 1)])
    hour = Hour(site, tmp_path)
    with Store.open(tmp_path / "s.db", create=True) as store:
        assert sum(1 for _ in hour.rounds(store)) >= 6
        urls = [article.url for article in store.articles() if article.url]
    assert "http://x.test/1" in urls
    assert len(urls) == len(set(urls))
    assert "/good: 1 items, 1 new: added 1" in capsys.readouterr().out
