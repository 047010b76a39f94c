"""Finds the figures of articles in one or more sandbox processes, in the order of the input."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from queue import SimpleQueue
from typing import TYPE_CHECKING

from tracker.knowledge import load_own_names, load_publishers
from tracker.model import Article, Assigned, Figure, InputError, TrackerError
from tracker.sandbox.worker import HAS_TIMER, OUT_OF_MEMORY, SECONDS, Channel, GivenUpError, Worker, WorkerEndedError
from tracker.sources import Figures, Item, Note, Reading

if TYPE_CHECKING:
    from concurrent.futures import Future

BATCH_SIZE = 16  # articles sent to a process at once
BATCHES_AHEAD = 4  # batches per process that are read ahead
WALL_CLOCK_FACTOR = 6  # wall-clock limit as a multiple of the computing time, for busy machines


@dataclass(frozen=True, slots=True)
class Found:
    """An article, its path, its figures, and the reason for the conflict of each figure by figure_id."""

    article: Article
    path: str
    figures: list[Figure]
    reasons: dict[str, str]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An article that is stored already, its path, and its number of figures."""

    article_id: str
    path: str
    figures: int


Result = Found | Unchanged | Figures | Note | InputError
Task = Callable[[], Reading]
"""Makes an article of untrusted text. Must be picklable: it runs in the sandbox process. May raise InputError."""

Given = Article | Task
Answer = list[Assigned] | Found | Exception
"""The result for an article: its figures, or Found for a task; else the error."""


def find(
    items: Iterable[Item | Unchanged], jobs: int = 1, sources: str | None = None, seconds: float = SECONDS
) -> Generator[Result]:
    """Yield each item in order: a Reading becomes Found, or an InputError if it fails; other items pass unchanged.

    `jobs`: number of processes. `seconds`: computing time per article. An article that breaks a limit ends its process
    and nothing else. `sources`: a file with the user's own names. Publishers get their normalised name. Raises
    TrackerError if that file is wrong or no process can be started.
    """
    known = load_publishers(load_own_names(sources).publishers)
    named = (replace(item, article=known.named(item.article)) if isinstance(item, Reading) else item for item in items)
    workers = [ExtractionWorker(sources, seconds) for _ in range(jobs)]
    try:
        if jobs > 1:
            for worker in workers:
                worker.begin()  # before threads exist
            yield from _find_in_processes(named, workers)
            return
        for item in named:  # one by one, so that a live stream yields each article at once
            yield from _results([item], workers[0].answers(_articles([item])))
    finally:
        for worker in workers:
            worker.close()


def _find_in_processes(items: Iterator[Item | Unchanged], workers: Sequence[ExtractionWorker]) -> Iterator[Result]:
    from concurrent.futures import ThreadPoolExecutor  # here, because one process needs no threads

    pending: deque[tuple[list[Item | Unchanged], Future[list[Answer]]]] = deque()
    free: SimpleQueue[ExtractionWorker] = SimpleQueue()
    for worker in workers:
        free.put(worker)
    with ThreadPoolExecutor(len(workers)) as pool:
        try:
            while batch := list(islice(items, BATCH_SIZE)):
                pending.append((batch, pool.submit(_answers, free, _articles(batch))))
                if len(pending) > len(workers) * BATCHES_AHEAD:
                    yield from _first_results(pending)
            while pending:
                yield from _first_results(pending)
        finally:
            for _, answers in pending:
                answers.cancel()
            for worker in workers:
                worker.close()


def _answers(free: SimpleQueue[ExtractionWorker], articles: Sequence[Given]) -> list[Answer]:
    worker = free.get()
    try:
        return worker.answers(articles)
    finally:
        free.put(worker)


def _first_results(pending: deque[tuple[list[Item | Unchanged], Future[list[Answer]]]]) -> Iterator[Result]:
    batch, answers = pending.popleft()
    return _results(batch, answers.result())


def _results(batch: list[Item | Unchanged], answers: list[Answer]) -> Iterator[Result]:
    """Yield the batch with its answers: one answer per Reading, in order."""
    remaining = iter(answers)
    for item in batch:
        if not isinstance(item, Reading):
            yield item
            continue
        yield _result(item, next(remaining))


def _result(reading: Reading, answer: Answer) -> Found | InputError:
    article = reading.article
    if isinstance(answer, WorkerEndedError):
        return GivenUpError(reading.path, f"article {article.id}: {answer}", article_id=article.id)
    if isinstance(answer, Exception):
        return InputError(reading.path, f"article {article.id}: {answer}", article_id=article.id)
    return answer if isinstance(answer, Found) else _found(reading, answer)


def _found(reading: Reading, answer: list[Assigned]) -> Found:
    reasons = {one.figure.figure_id: one.why for one in answer}
    return Found(reading.article, reading.path, [one.figure for one in answer], reasons)


def _articles(batch: list[Item | Unchanged]) -> list[Article]:
    return [item.article for item in batch if isinstance(item, Reading)]


class ExtractionPool:
    """Sandbox processes that stay ready, for a program that finds figures at any time.

    `jobs`: number of processes. Each starts with its first article. `sources`: a file with the user's own names.
    """

    def __init__(self, jobs: int, seconds: float = SECONDS, sources: str | None = None) -> None:
        self._workers = [ExtractionWorker(sources, seconds) for _ in range(jobs)]
        self._free: SimpleQueue[ExtractionWorker] = SimpleQueue()
        for worker in self._workers:
            self._free.put(worker)
        self._publishers = load_publishers(load_own_names(sources).publishers)

    def find(self, reading: Reading) -> Found | InputError:
        """Return the figures of an article, or why there are none. Waits for a free process."""
        named = replace(reading, article=self._publishers.named(reading.article))
        (answer,) = _answers(self._free, [named.article])
        return _result(named, answer)

    def find_in(self, path: str, task: Task) -> Found | InputError:
        """Make an article in the sandbox process and return its figures, or why there are none. `path`: its name."""
        (answer,) = _answers(self._free, [task])
        if isinstance(answer, WorkerEndedError):
            return GivenUpError(path, str(answer))
        return answer if isinstance(answer, Found | InputError) else InputError(path, str(answer))

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.close()


class ExtractionWorker:
    """Finds figures in a sandbox process, and starts a new process if it ends."""

    def __init__(self, sources: str | None, seconds: float) -> None:
        self._sources, self._seconds = sources, seconds
        self._closed = False
        self._worker: Worker | None = None
        self._is_ready = False

    def begin(self) -> None:
        """Start the process now instead of with the first article."""
        self._worker = Worker(partial(_read_articles, self._sources), self._seconds)
        self._is_ready = False

    def answers(self, articles: Sequence[Given]) -> list[Answer]:
        """Return one answer per article or task, in order."""
        answers: list[Answer] = []
        while len(answers) < len(articles):
            worker = self._ready()
            try:
                worker.send(list(articles[len(answers) :]))
                while len(answers) < len(articles):
                    answers.append(worker.receive(self._patience()))
            except WorkerEndedError as ended:  # the article that it was reading
                answers.append(ended)
                self._worker = None
        return answers

    def close(self) -> None:
        """End the process. Nothing can be read afterwards."""
        self._closed = True
        if self._worker is not None:
            self._worker.kill()

    def _ready(self) -> Worker:
        """Return a process that has loaded its rules. Raises TrackerError if they are wrong."""
        if self._closed:
            raise TrackerError("the reading of articles was ended")
        if self._worker is None:
            self.begin()
        worker = self._worker
        assert worker is not None
        if not self._is_ready:
            try:
                wrong = worker.receive()
            except WorkerEndedError as ended:
                raise TrackerError(f"no article can be read here: loading the rules {ended}") from None
            if wrong is not None:
                raise wrong
            self._is_ready = True
        return worker

    def _patience(self) -> float:
        return self._seconds * WALL_CLOCK_FACTOR if HAS_TIMER else self._seconds


def _read_articles(sources: str | None, channel: Channel) -> None:
    """The work of the process. Sends None (or the error) once the rules are loaded, then one answer per article."""
    gc.disable()  # what is loaded stays
    from tracker.reader import load_reader

    try:
        read = load_reader(sources=sources).assigned
    except TrackerError as error:
        channel.send(error)
        return
    channel.send(None)
    gc.freeze()  # the rules stay as long as the process: the garbage collector need not go through them
    while True:
        for given in channel.receive():
            gc.disable()  # in a long text it would go through all that was found, again and again
            channel.start_clock()
            answer = _answer(read, given)
            channel.stop_clock()
            gc.enable()
            channel.send(answer)


def _answer(read: Callable[[Article], list[Assigned]], given: Given) -> Answer:
    try:
        if isinstance(given, Article):
            return read(given)
        reading = given()
        return _found(reading, read(reading.article))
    except InputError as error:
        return error
    except MemoryError:
        return WorkerEndedError(OUT_OF_MEMORY)
    except Exception as error:
        # Broad on purpose: the other articles of a long run are still read, and this one is named with its error.
        return TrackerError(f"cannot be read: {type(error).__name__}: {error}")
