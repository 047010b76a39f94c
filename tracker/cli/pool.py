"""Reading figures out of many articles, in one other process or in several, always in the order of the input."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from queue import SimpleQueue

from tracker.knowledge import load_own_names, load_publishers
from tracker.model import Article, Assigned, Figure, InputError, TrackerError
from tracker.sandbox.worker import HAS_TIMER, SECONDS, TOO_LITTLE_MEMORY, Channel, EndedError, Worker
from tracker.sources import Figures, Item, Note, Reading

BATCH = 16  # articles that a process gets at a time
AHEAD = 4  # batches per process that are read in before their turn
PATIENCE = 6  # times the time of computing that an article may take by the clock on the wall, on a busy machine


@dataclass(frozen=True, slots=True)
class Found:
    """An article, the path it was read from, the figures in it, and by their ids why each belongs to its conflict."""

    article: Article
    path: str
    figures: list[Figure]
    reasons: dict[str, str]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An article that need not be read, the path it came from, and how many figures of it are known."""

    article_id: str
    path: str
    figures: int


Result = Found | Unchanged | Figures | Note | InputError
Answer = list[Assigned] | str
"""What became of one article: its figures with their reasons, or what went wrong."""


def find(
    items: Iterable[Item | Unchanged], jobs: int = 1, sources: str | None = None, seconds: float = SECONDS
) -> Generator[Result]:
    """Every item in its turn: a reading becomes Found or, where that fails, an InputError; the others pass.

    Articles are read in as many other processes as there are jobs: one that takes longer than `seconds`, or more memory
    than there may be, ends its process and nothing else. Articles get the one name of their publisher. `sources` is a
    file of the user's own names. TrackerError where that is wrong, or no process can be had.
    """
    known = load_publishers(load_own_names(sources).publishers)
    named = (replace(item, article=known.named(item.article)) if isinstance(item, Reading) else item for item in items)
    readers = [Reader(sources, seconds) for _ in range(jobs)]
    try:
        if jobs > 1:
            for reader in readers:
                reader.begin()  # before there are threads
            yield from _find_in_processes(named, readers)
            return
        for item in named:  # one by one: out of a stream that goes on, each comes at once
            yield from _results([item], readers[0].answers(_articles([item])))
    finally:
        for reader in readers:
            reader.close()


def _find_in_processes(items: Iterator[Item | Unchanged], readers: Sequence[Reader]) -> Iterator[Result]:
    pending: deque[tuple[list[Item | Unchanged], Future[list[Answer]]]] = deque()
    free: SimpleQueue[Reader] = SimpleQueue()
    for reader in readers:
        free.put(reader)
    with ThreadPoolExecutor(len(readers)) as pool:
        try:
            while batch := list(islice(items, BATCH)):
                pending.append((batch, pool.submit(_answers, free, _articles(batch))))
                if len(pending) > len(readers) * AHEAD:
                    yield from _first_results(pending)
            while pending:
                yield from _first_results(pending)
        finally:
            for _, answers in pending:
                answers.cancel()
            for reader in readers:
                reader.close()


def _answers(free: SimpleQueue[Reader], articles: list[Article]) -> list[Answer]:
    reader = free.get()
    try:
        return reader.answers(articles)
    finally:
        free.put(reader)


def _first_results(pending: deque[tuple[list[Item | Unchanged], Future[list[Answer]]]]) -> Iterator[Result]:
    batch, answers = pending.popleft()
    return _results(batch, answers.result())


def _results(batch: list[Item | Unchanged], answers: list[Answer]) -> Iterator[Result]:
    """The batch with its answers, which come one for each reading in it, in their order."""
    remaining = iter(answers)
    for item in batch:
        if not isinstance(item, Reading):
            yield item
            continue
        answer = next(remaining)
        if isinstance(answer, str):
            yield InputError(item.path, f"article {item.article.id}: {answer}", article_id=item.article.id)
        else:
            reasons = {one.figure.figure_id: one.why for one in answer}
            yield Found(item.article, item.path, [one.figure for one in answer], reasons)


def _articles(batch: list[Item | Unchanged]) -> list[Article]:
    return [item.article for item in batch if isinstance(item, Reading)]


class Reader:
    """Reads articles in a process of its own, and in another one where that comes to its end."""

    def __init__(self, sources: str | None, seconds: float) -> None:
        self._sources, self._seconds = sources, seconds
        self._closed = False
        self._worker: Worker | None = None
        self._is_ready = False

    def begin(self) -> None:
        """Start the process; that would be done with the first article otherwise."""
        self._worker = Worker(partial(_read_articles, self._sources), self._seconds)
        self._is_ready = False

    def answers(self, articles: list[Article]) -> list[Answer]:
        """An answer for each article, in their order."""
        answers: list[Answer] = []
        while len(answers) < len(articles):
            worker = self._ready()
            try:
                worker.send(articles[len(answers) :])
                while len(answers) < len(articles):
                    answers.append(worker.receive(self._patience()))
            except EndedError as ended:  # the article it was at
                answers.append(str(ended))
                self._worker = None
        return answers

    def close(self) -> None:
        """End the process; nothing is read any more."""
        self._closed = True
        if self._worker is not None:
            self._worker.kill()

    def _ready(self) -> Worker:
        """A process that has its knowledge; TrackerError where that is wrong."""
        if self._closed:
            raise TrackerError("the reading of articles was ended")
        if self._worker is None:
            self.begin()
        worker = self._worker
        assert worker is not None
        if not self._is_ready:
            try:
                wrong = worker.receive()
            except EndedError as ended:
                raise TrackerError(f"no article can be read here: loading the rules {ended}") from None
            if wrong is not None:
                raise wrong
            self._is_ready = True
        return worker

    def _patience(self) -> float:
        return self._seconds * PATIENCE if HAS_TIMER else self._seconds


def _read_articles(sources: str | None, channel: Channel) -> None:
    """What the process does: None when its knowledge is there (or what is wrong with it), then an answer an article."""
    from tracker.reader import load_reader

    try:
        read = load_reader(sources=sources).assigned
    except TrackerError as error:
        channel.send(error)
        return
    channel.send(None)
    while True:
        for article in channel.receive():
            channel.start_clock()
            answer = _answer(read, article)
            channel.stop_clock()
            channel.send(answer)


def _answer(read: Callable[[Article], list[Assigned]], article: Article) -> Answer:
    try:
        return read(article)
    except MemoryError:
        return TOO_LITTLE_MEMORY
    except Exception as error:
        # A broad catch: whatever a single article does to the rules, the other articles of a long run are still read,
        # and this one is named with what happened.
        return f"cannot be read: {type(error).__name__}: {error}"
