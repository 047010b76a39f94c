"""Feeds are polled politely: what is known is not fetched again, what fails is left alone for a while."""

from __future__ import annotations

import json
import signal
import subprocess

import pytest
from calls import TRACKER, run
from waiting import line_of
from web import answer, serving

from tracker.fetching import Fetcher, Visitor
from tracker.model import InputError
from tracker.sources import Reading
from tracker.store.store import Store
from tracker.watching import Feed, State, Watcher, read_plan

pytestmark = pytest.mark.process  # feeds and pages are read in processes that can be ended

FULL = "At least 17 people were killed in a market in Idlib on Monday, activists said. " * 10


def page(words):
    return f"<html><body><article><p>{words} {FULL}</p></article></body></html>"


def feed(url, *numbers):
    items = "".join(
        f"<item><title>Item {n}</title><link>{url}/{n}</link><guid>g{n}</guid><description>Summary {n}: {n} people were"
        f" killed.</description><pubDate>Mon, 10 Mar 2014 10:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>The Daily</title>{items}</channel></rss>"


class Time:
    """The time of a test: it passes when someone waits, or when the test says so."""

    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now

    def wait(self, seconds):
        self.now += seconds


@pytest.fixture
def site():
    with serving() as one:
        one.pages["/feed"] = feed(one.url, 2, 1)
        one.pages |= {f"/{n}": page(f"Text {n}.") for n in range(1, 10)}
        yield one


class Watch:
    """A watcher of one feed, started afresh with each call, as after a restart."""

    def __init__(self, site, path, **options):
        self.site, self.path, self.time = site, path, Time()
        self.feed = Feed(f"{site.url}/feed", "Daily", 600, **options)

    def watcher(self, shuffle=lambda: 0.0):
        web = Visitor(Fetcher(allow_private=True), clock=self.time, sleep=self.time.wait)
        return Watcher([self.feed], State(self.path), web, self.time, shuffle)

    def poll(self):
        """(the poll, titles of what was read in full, titles of what was read as a summary)"""
        watcher = self.watcher()
        poll, found = watcher.poll(self.feed)
        read = [(one.is_full, item.article) for one in found for item in one.items if isinstance(item, Reading)]
        watcher.done(poll)
        return poll, [article.title for full, article in read if full], [a.title for full, a in read if not full]


@pytest.fixture
def watch(site, tmp_path):
    return Watch(site, tmp_path / "state")


def test_what_is_new_is_read_in_full_once_the_oldest_first(watch, site):
    poll, full, summaries = watch.poll()
    assert (poll.entries, poll.new, full, summaries) == (2, 2, ["Item 1", "Item 2"], [])
    assert site.paths() == ["/robots.txt", "/feed", "/1", "/2"]
    site.pages["/feed"] = feed(site.url, 3, 2)
    site.asked.clear()
    poll, full, _ = watch.poll()  # another process: the state is in the file
    assert (poll.new, full) == (1, ["Item 3"])
    assert site.paths() == ["/robots.txt", "/feed", "/3"]


def test_a_feed_that_did_not_change_is_not_sent_again(watch, site):
    def conditional(handler):
        same = handler.headers.get("If-None-Match") == '"v1"'
        answer("" if same else feed(site.url, 1), 304 if same else 200, etag='"v1"', last_modified="yesterday")(handler)

    site.pages["/feed"] = conditional
    assert watch.poll()[0].new == 1
    poll, _, _ = watch.poll()
    assert (poll.unchanged, poll.problem) == (True, "")
    assert site.asked[-1][1]["If-Modified-Since"] == "yesterday"


def test_polls_come_at_the_interval_of_the_feed_moved_a_little(watch):
    watch.poll()
    assert watch.watcher().wait() == pytest.approx(600, abs=10)
    watch.time.now += 700
    assert watch.watcher().due() == [watch.feed]
    later = watch.watcher(lambda: 1.0)
    poll, _ = later.poll(watch.feed)
    assert poll.known.due - watch.time.now == pytest.approx(660, abs=10)


def test_a_dead_feed_is_asked_less_and_less_and_again_as_before_when_it_is_back(watch, site):
    site.pages["/feed"] = answer("", 500)
    waits = []
    for _ in range(10):
        poll, _, _ = watch.poll()
        assert poll.problem == "answers 500"
        waits.append(poll.known.due - watch.time.now)
    assert waits[:3] == [1200, 2400, 4800]
    assert waits[-1] == 86_400
    site.pages["/feed"] = feed(site.url, 1)
    poll, _, _ = watch.poll()
    assert (poll.problem, poll.known.failures) == ("", 0)
    assert poll.known.due - watch.time.now <= 600


@pytest.mark.parametrize("stated", ["7200", "Thu, 01 Jan 1970 00:00:00 GMT", "soon"])
def test_a_server_that_asks_for_time_gets_it(watch, site, stated):
    site.pages["/feed"] = answer("", 429, retry_after=stated)
    poll, _, _ = watch.poll()
    assert poll.known.due - watch.time.now == (7_200 if stated == "7200" else 1_200)


@pytest.mark.parametrize("content", ["", "<html><body>no feed</body></html>", "\x00\x01", "<rss"])
def test_what_is_no_feed(watch, site, content):
    site.pages["/feed"] = content
    poll, full, summaries = watch.poll()
    assert poll.problem or poll.entries == 0
    assert (full, summaries) == ([], [])


def test_a_text_that_cannot_be_had_is_tried_again_a_few_times(watch, site):
    del site.pages["/1"]
    for _ in range(3):
        poll, _, summaries = watch.poll()
        assert summaries == ["Item 1"]
    site.pages["/1"] = page("Text 1.")
    assert watch.poll()[0].new == 0  # enough
    assert poll.known.tries == {}


def test_a_text_that_comes_back_is_read(watch, site):
    site.pages["/1"] = answer("", 503)
    assert watch.poll()[2] == ["Item 1"]
    site.pages["/1"] = page("Text 1.")
    assert watch.poll()[1] == ["Item 1"]


def test_robots_txt_is_obeyed_and_asked_for_once_a_day(watch, site):
    site.pages["/robots.txt"] = "User-agent: casualty-tracker\nDisallow: /feed\nUser-agent: *\nDisallow:\n"
    watcher = watch.watcher()
    for _ in range(2):
        poll, _ = watcher.poll(watch.feed)
        assert "its site asks robots not to (robots.txt)" in poll.problem
    assert site.paths() == ["/robots.txt"]
    watch.time.now += 90_000
    watcher.poll(watch.feed)
    assert site.paths() == ["/robots.txt", "/robots.txt"]


def test_rules_that_cannot_be_had_mean_no(watch, site):
    site.pages["/robots.txt"] = answer("", 503)
    assert "robots.txt of its site cannot be had: it answers 503" in watch.poll()[0].problem


def test_a_host_is_asked_at_its_pace(watch, site):
    site.pages["/robots.txt"] = "User-agent: *\nCrawl-delay: 5\nDisallow: /none"
    begun = watch.time.now
    watch.poll()  # robots.txt, feed, two pages
    assert watch.time.now - begun == pytest.approx(1 + 5 + 5)


def test_what_is_known_stays_bounded(watch, site):
    for first in range(0, 6000, 500):
        site.pages["/feed"] = feed(site.url, *range(first, first + 500))
        watch.feed = Feed(watch.feed.url, "Daily", 600, full=False)
        assert watch.poll()[0].new == 500
    assert len(State(watch.path).of(watch.feed.url).seen) == 2_500  # those that are in it, and 2,000 more
    assert watch.poll()[0].new == 0


def test_a_poll_that_was_stopped_loses_nothing(watch, site):
    watcher = watch.watcher()
    poll, found = watcher.poll(watch.feed)
    next(found)
    next(found)  # the first is known now, the second is not
    watcher.stopped(poll)
    assert watch.watcher().wait() == 0
    assert watch.poll()[1] == ["Item 2"]


def test_a_clock_that_is_set_back_stops_nothing(watch):
    watch.poll()
    watch.time.now -= 10**8
    assert watch.watcher().wait() <= 86_400


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"version": 1}', '{"version": 1, "feeds": {"a": 1}}', '{"version": 9}']
)
def test_a_state_that_is_damaged_is_said(tmp_path, content):
    (tmp_path / "state").write_text(content)
    with pytest.raises(InputError, match=r"state: (is no state|was written by another version)"):
        State(tmp_path / "state")


PLAN = """
[defaults]
every = "10m"
[[feed]]
url = "https://news.test/feed"
name = "News"
[[feed]]
url = "https://other.test/feed"
every = "2h"
full = false
"""


def test_the_file_of_feeds(tmp_path):
    (tmp_path / "f.toml").write_text(PLAN)
    assert read_plan(str(tmp_path / "f.toml")) == [
        Feed("https://news.test/feed", "News", 600),
        Feed("https://other.test/feed", "https://other.test/feed", 7_200, full=False),
    ]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('every = "2h"', 'every = "2 weeks"', "feed 2: every: is no time from 1m to 30d"),
        ('every = "2h"', 'every = "5s"', "feed 2: every: is no time from 1m to 30d"),
        ('every = "2h"', "every = 2", "feed 2: every: is not a text"),
        ("full = false", 'full = "no"', "feed 2: full: is not true or false"),
        ("name =", "nmae =", "feed 1: nmae: is not known here (every, full, name, url)"),
        ("https://other.test/feed", "other.test", "feed 2: url: is no web address: 'other.test'"),
        ("https://other.test", "https://news.test", "feed 2: url: stands there twice: https://news.test/feed"),
        ("[defaults]", "[default]", "default: is not known here"),
        ("[[feed]]\nurl", "[[feed]]\nurl url", "line 5: is not TOML: "),
        (PLAN, "", "names no feeds"),
        (PLAN, "feed = 3", "feed: is no list of tables"),
        (PLAN, "defaults = 3", "defaults: is no table"),
    ],
)
def test_files_of_feeds_that_are_wrong_name_the_place(tmp_path, old, new, what):
    (tmp_path / "f.toml").write_text(PLAN.replace(old, new))
    with pytest.raises(InputError) as wrong:
        read_plan(str(tmp_path / "f.toml"))
    assert what in str(wrong.value)


def test_a_call_that_is_wrong_is_told_in_one_line(tmp_path):
    assert run(tmp_path, "watch", "none.toml", "--once") == (2, "", "tracker: none.toml: does not exist\n")


def test_watch_once(site, tmp_path):
    (tmp_path / "f.toml").write_text(f'[[feed]]\nurl = "{site.url}/feed"\nname = "Daily"\n')
    code, out, errors = run(tmp_path, "watch", "f.toml", "--once", "--allow-private")
    assert (code, errors) == (0, "")
    assert "Daily: 2 items, 2 new: added 2; " in out
    with Store.open(tmp_path / "store.db") as store:
        assert {article.url for article in store.articles()} == {f"{site.url}/1", f"{site.url}/2"}
        assert len(store.figures()) > 1
    assert run(tmp_path, "watch", "f.toml", "--once", "--allow-private")[:2] == (0, "")  # nothing is due
    state = json.loads((tmp_path / "f.toml.state").read_text())
    state["feeds"][f"{site.url}/feed"]["due"] = 0
    (tmp_path / "f.toml.state").write_text(json.dumps(state))
    assert "Daily: nothing new; again in" in run(tmp_path, "watch", "f.toml", "--once", "--allow-private")[1]


def test_a_summary_never_takes_the_place_of_a_text(site, tmp_path):
    (tmp_path / "f.toml").write_text(f'[[feed]]\nurl = "{site.url}/feed"\nname = "Daily"\n')
    run(tmp_path, "watch", "f.toml", "--once", "--allow-private")
    (tmp_path / "f.toml.state").unlink()
    del site.pages["/1"]
    assert "1 as summaries" in run(tmp_path, "watch", "f.toml", "--once", "--allow-private")[1]
    with Store.open(tmp_path / "store.db") as store:
        assert all("activists said" in article.text for article in store.articles())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_watch_goes_on_beside_a_dead_feed_and_stops_when_asked(site, tmp_path, number):
    (tmp_path / "f.toml").write_text(
        f'[[feed]]\nurl = "{site.url}/none"\nname = "Dead"\n[[feed]]\nurl = "{site.url}/feed"\nname = "Daily"\n'
    )
    command = [*TRACKER, "watch", "f.toml", "--allow-private", "--db", "s.db"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        lines = [line_of(process.stdout) for _ in range(2)]
        process.send_signal(number)
        assert process.wait(60) == 0
        assert process.stderr.read() == ""
    assert "Dead: answers 404; again in" in lines[0]
    assert "Daily: 2 items, 2 new: added 2" in lines[1]


def test_a_private_feed_is_refused_with_the_reason(site, tmp_path):
    (tmp_path / "f.toml").write_text(f'[[feed]]\nurl = "{site.url}/feed"\nname = "Daily"\n')
    code, out, _ = run(tmp_path, "watch", "f.toml", "--once")
    assert code == 1
    assert "leads to 127.0.0.1, which is not public: --allow-private allows it" in out
    assert not site.asked


def test_what_cannot_be_stored_is_tried_again_later(watch):
    watcher = watch.watcher()
    poll, found = watcher.poll(watch.feed)
    next(found)
    watcher.put_off(poll)
    assert watch.watcher().wait() == pytest.approx(1_200, abs=10)
    watch.time.now += 2_000
    assert watch.poll()[1] == ["Item 1", "Item 2"]
