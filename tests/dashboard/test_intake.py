"""What visitors give to the page: it is read in sandbox processes, within limits, and holds up nobody else."""

from __future__ import annotations

import base64
import json
from functools import partial
from pathlib import Path

import pytest
from callback_bodies import HOST, body_of, sent, with_values
from calls import ATTACK
from made_figures import ARTICLE, FIGURE
from sandbox_work import KILLED, articles, crash, errors, fill, hang, stumble, wait_for
from waiting import LONG_WAIT, until

from dashboard.app import create_app
from dashboard.panels import reading as reading_panel
from dashboard.panels import upload
from dashboard.view import intake as limits
from dashboard.view import sandboxed
from dashboard.view.data import Data
from dashboard.view.intake import Intake, Intakes
from dashboard.view.uploads import MAX_BYTES
from dashboard.web.security import guard_for, protect, refuse_writes
from tracker.model import Article, TrackerError
from tracker.sandbox.extracting import ExtractionPool, Found
from tracker.sandbox.worker import MEMORY_MB, GivenUpError
from tracker.sources import Reading
from tracker.store.store import Entry, Store

TOKEN = "a token that nobody guesses"
pytestmark = pytest.mark.process

ENOUGH = 5
"""Seconds of computing for a short text by a process that has read none before, on a machine that is busy."""


@pytest.fixture
def data(tmp_path):
    with Store.open(tmp_path / "store.db") as store:
        store.add(ARTICLE, [FIGURE])
        yield Data(store)


@pytest.fixture(scope="module")
def pool():
    """Processes that are ready for all tests: each takes seconds to start."""
    made = ExtractionPool(2)
    yield made
    made.close()


@pytest.fixture
def intakes(data, pool):
    return Intakes(data.store, pool=pool)


def ended(intakes: Intakes, key: str) -> Intake:
    intake = intakes.get(key)
    assert intake.finished.wait(LONG_WAIT)
    return intake


def uploaded(intakes: Intakes, *files: tuple[str, bytes]) -> tuple[str, Intake]:
    contents = [f"data:x;base64,{base64.b64encode(content).decode()}" for _, content in files]
    key = intakes.files(contents, [name for name, _ in files])
    return key, ended(intakes, key)


def test_files_are_read_shown_and_kept(data, intakes):
    key, intake = uploaded(
        intakes, ("/etc/../attack.md", ATTACK.encode()), ("empty.txt", b""), ("x" * 500, b"\x00\x01")
    )
    assert [one.article.id for one in intake.entries] == ["attack"]
    assert (intake.figures, intake.failed, len(intake.problems)) == (2, 2, 2)
    assert "/tmp" not in " ".join(intake.problems)  # nothing of this machine is told
    assert not Path(intake.folder.name).exists()
    assert data.store.count_articles() == 1
    assert intakes.keep(key) == {"added": 1}
    assert {one.figure for one in data.store.figures("attack")} == {"At least 30", "12"}
    with pytest.raises(TrackerError, match="no longer there"):
        intakes.keep(key)


def test_a_pasted_text_is_read_and_kept(data, intakes):
    stated = {"title": "Attack", "publisher": "bbc news", "published": "2012-03-26"}
    key = intakes.pasted(KILLED, stated)
    (entry,) = ended(intakes, key).entries
    article = entry.article
    assert (article.title, article.publisher, article.published) == ("Attack", "BBC News", "2012-03-26")
    (figure,) = entry.figures
    assert (figure.figure, figure.date, figure.publisher) == ("At least 30", "2012-03-25", "BBC News")
    assert entry.reasons.keys() == {one.figure_id for one in entry.figures}
    assert intakes.keep(key) == {"added": 1}


def test_what_is_not_read_yet_is_not_kept(data, intakes, tmp_path, monkeypatch):
    monkeypatch.setattr(sandboxed, "pasted", partial(wait_for, tmp_path / "go"))
    key = intakes.pasted(KILLED, {})
    with pytest.raises(TrackerError, match="still being read"):
        intakes.keep(key)
    (tmp_path / "go").touch()
    ended(intakes, key)
    assert intakes.keep(key) == {"added": 1}


@pytest.mark.parametrize("text", ["", " \n", "---\ntitle: [\n---\nx", "---\na: " + "[" * 5_000 + "\n---\nx"])
def test_what_is_no_article_is_told(intakes, text):
    intake = ended(intakes, intakes.pasted(text, {}))
    assert (len(intake.problems), intake.given_up) == (1, 0)
    assert intake.problems[0].startswith("pasted text")


@pytest.mark.parametrize(
    ("work", "told"),
    [
        (hang, f"takes longer than {ENOUGH} s: given up"),
        (fill, f"needs more than {MEMORY_MB:,} MB of memory"),
        (crash, "ended the process that read it"),
        (stumble, "cannot be read: ZeroDivisionError: of no one"),
    ],
)
def test_a_text_beyond_the_limits_is_given_up_and_the_next_is_read(data, monkeypatch, work, told):
    intakes = Intakes(data.store, seconds=ENOUGH)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandboxed, "pasted", work)
        intake = ended(intakes, intakes.pasted(KILLED, {}))
    assert (len(intake.entries), len(intake.problems)) == (0, 1)
    assert told in intake.problems[0]
    assert ended(intakes, intakes.pasted(KILLED, {})).figures == 1
    intakes.close()


@pytest.mark.parametrize(("work", "told"), [(hang, "takes longer than 1 s: given up"), (fill, "MB of memory")])
@pytest.mark.parametrize("reader", ["file_items", "address_items"])
def test_so_is_a_file_and_an_address(data, pool, monkeypatch, reader, work, told):
    intakes = Intakes(data.store, 1, pool)
    monkeypatch.setattr(sandboxed, reader, work)
    if reader == "file_items":
        _, intake = uploaded(intakes, ("a.pdf", b"x"))
    else:
        intake = ended(intakes, intakes.address("http://example.invalid/"))
    assert intake.entries == []
    assert told in " ".join(intake.problems)
    assert "/tmp" not in " ".join(intake.problems)


def test_an_article_that_is_too_long_stays_in_the_sandbox(monkeypatch):
    monkeypatch.setattr(sandboxed, "MAX_ARTICLE_LENGTH", 5)
    (item,) = sandboxed._bounded(articles(1))
    assert str(item) == f"a.txt: has {len(KILLED)} characters: at most 5 are read here"


def test_one_text_that_takes_long_holds_up_no_other(intakes, tmp_path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandboxed, "pasted", partial(wait_for, tmp_path / "go"))
        first = intakes.pasted("slow", {})
        assert intakes.get(first).started.wait(LONG_WAIT)
    assert ended(intakes, intakes.pasted(KILLED, {})).figures == 1
    assert not intakes.get(first).done
    (tmp_path / "go").touch()
    assert ended(intakes, first).figures == 1


def test_too_many_wait_or_are_turned_away(intakes, tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_WAITING", 2)
    monkeypatch.setattr(sandboxed, "pasted", partial(wait_for, tmp_path / "go"))
    running = [intakes.pasted("x", {}) for _ in range(limits.AT_A_TIME)]
    assert all(intakes.get(key).started.wait(LONG_WAIT) for key in running)
    waiting = [intakes.pasted("x", {}) for _ in range(2)]
    assert intakes.progress(intakes.get(waiting[0])) == "Waiting for 2 other readings"
    with pytest.raises(TrackerError, match="too much is being read at the moment"):
        intakes.pasted("x", {})
    (tmp_path / "go").touch()
    assert [ended(intakes, key).figures for key in running + waiting] == [1, 1, 1, 1]


def test_the_oldest_go_where_too_much_is_held(intakes, monkeypatch):
    monkeypatch.setattr(limits, "MAX_INTAKES", 2)
    keys = []
    for _ in range(3):
        keys.append(intakes.pasted(KILLED, {}))
        ended(intakes, keys[-1])
    assert [intakes.get(key) is None for key in keys] == [True, False, False]
    monkeypatch.setattr(limits, "MAX_HELD", 10)
    key = intakes.pasted(KILLED, {})
    assert [intakes.get(one) is None for one in [*keys, key]] == [True, True, True, False]
    ended(intakes, key)


@pytest.mark.parametrize(
    ("made", "limit", "told"),
    [
        (articles, "MAX_ARTICLES", "reading ended after 3 articles: `tracker add` reads everything"),
        (articles, "MAX_FIGURES", "reading ended after 3 figures: `tracker add` reads everything"),
        (errors, "MAX_FAILED", "reading ended after 3 errors: `tracker add` reads everything"),
    ],
)
def test_an_intake_ends_at_its_limits(intakes, monkeypatch, made, limit, told):
    monkeypatch.setattr(limits, limit, 3)
    intake = Intake("x")
    intakes._read(intake, lambda: intakes._found(made(50)))
    assert intake.ended == told
    assert len(intake.entries) + intake.failed == 3
    assert told.partition(":")[0] in str(upload.found(intake)).replace("Reading", "reading")


def test_an_intake_ends_where_too_much_in_it_is_given_up(intakes):
    intake = Intake("x")
    intakes._read(intake, lambda: [GivenUpError("a.pdf", "takes longer than 10 s")] * 50)
    assert (intake.failed, intake.ended) == (5, "reading ended after 5 files or articles were given up")


def test_few_problems_are_kept_and_all_are_counted(intakes):
    intake = Intake("x")
    intakes._read(intake, lambda: errors(500))
    assert (intake.failed, len(intake.problems)) == (500, 100)
    assert "and 490 more that could not be read" in str(upload.found(intake))


def test_what_is_shown_is_bounded():
    text = "12 killed. " * 5_000
    found = [FIGURE] * 1_000
    shown = json.dumps([one.to_plotly_json() for one in reading_panel.found(Article("a", text), found)], default=str)
    assert "1,000 figures found" in shown
    assert "Shown are the first 300 figures and the first 55,000 characters." in shown
    assert len(str(reading_panel.found(Article("a", text), found, 5, 100))) < 5_000


def test_too_much_is_refused(intakes):
    with pytest.raises(TrackerError, match="at most 50"):
        intakes.files(["data:,x"] * 51, ["a.txt"] * 51)
    with pytest.raises(TrackerError, match="an article has at most 200,000"):
        intakes.pasted("x" * 200_001, {})
    key = intakes.files(["data:x;base64," + "A" * (MAX_BYTES * 2)], ["big.txt"])
    assert "is larger than 30 MB" in ended(intakes, key).problems[0]


class Page:
    """The page that adds articles, as a browser uses it: by callbacks."""

    def __init__(self, app, **headers: str) -> None:
        self.app, self.client, self.headers = app, app.server.test_client(), headers

    def sent(self, output: str, **values: object):
        return sent(self.client, with_values(body_of(self.app, output), **values), **self.headers)

    def paste(self, text: str):
        return self.sent("article-read.data", article_find=1, article_text=text).json["response"]

    def look(self, key: str):
        return self.sent("article-found.children@", article_look=1, article_read=key).json["response"]


@pytest.fixture
def served(tmp_path):
    """What makes the app of a dashboard for others, by the options of its guard."""
    with Store.open(tmp_path / "store.db") as store:
        store.add_many([Entry(ARTICLE, [FIGURE])])

        def made(token=TOKEN, *, host="0.0.0.0", is_open=False):
            app = create_app(store)
            guard = guard_for(host, token, is_open=is_open)
            protect(app, guard)
            refuse_writes(guard, [store.engine])
            return app

        yield made


def said_of(page: Page, key: str, words: str):
    """What the page says of a text that is being read, once it says these words; None before."""
    said = page.look(key)
    return said if words in str(said) else None


def test_pages_are_answered_while_a_text_is_read(served, tmp_path, monkeypatch):
    monkeypatch.setattr(sandboxed, "pasted", partial(wait_for, tmp_path / "go"))
    page = Page(served(None, host="127.0.0.1"))
    begun_reading = page.paste(KILLED)
    assert "Reading …" in str(begun_reading)
    key = begun_reading["article-read"]["data"]
    for path in ("/", "/api/figures.csv", "/api/timeline.json"):
        assert page.client.get(path, headers=HOST).status_code == 200
    said = page.look(key)
    assert "Finding figures …" in str(said)
    assert said["article-add"]["disabled"] is True
    (tmp_path / "go").touch()
    said = until(lambda: said_of(page, key, "1 figure found."), "the figure is found")
    assert said["article-add"]["disabled"] is False
    assert said["article-look"]["disabled"] is True
    done = page.sent("article-done.children@", article_add=1, article_read=key).json["response"]
    assert "Added to the timeline." in str(done)


def test_the_page_says_that_a_text_was_given_up(served, monkeypatch):
    monkeypatch.setattr(sandboxed, "pasted", crash)
    page = Page(served(None, host="127.0.0.1"))
    key = page.paste(KILLED)["article-read"]["data"]
    said = until(lambda: said_of(page, key, "Ended the process"), "the process is ended")
    assert said["article-found"]["children"]["props"] == {
        "children": "Ended the process that read it (code 3).",
        "className": "wrong",
    }
    assert said["article-add"]["disabled"] is True


@pytest.mark.parametrize(
    ("output", "values"),
    [
        ("article-read.data", {"article_find": 1, "article_text": KILLED}),
        ("intake.data", {"web_address_read": 1, "web_address": "http://example.invalid/"}),
        ("intake.data", {"upload": ["data:x;base64,eA=="]}),
    ],
)
@pytest.mark.parametrize("token", [None, TOKEN])
def test_where_everybody_may_look_nobody_reads_or_fetches_without_the_token(served, monkeypatch, output, values, token):
    monkeypatch.setattr(Intakes, "_begin", lambda *_: pytest.fail("something is read"))
    page = Page(served(token, is_open=True))
    answer = page.sent(output, **values)
    assert answer.status_code == 200
    assert ("eading, fetching and adding need the token" if token else "without a token") in answer.text
    shown = page.sent("shown-page.children", url="/add").text
    assert ("Enter the token" in shown) is (token is not None)
    assert "textarea" not in shown.casefold()


def test_with_the_token_it_is_read(served):
    page = Page(served(is_open=True), Authorization=f"Bearer {TOKEN}")
    assert page.paste(KILLED)["article-read"]["data"]
    assert "Textarea" in page.sent("shown-page.children", url="/add").text


def test_a_pool_finds_the_figures_of_articles(pool):
    found = pool.find(Reading(Article("a", KILLED, publisher="bbc news"), "a.txt"))
    assert isinstance(found, Found)
    assert [(one.figure, one.publisher) for one in found.figures] == [("At least 30", "BBC News")]
