"""Reading figures out of many articles, in this process or in several, always in the order of the input."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from multiprocessing import get_context

from tracker.knowledge import load_own_names, load_publishers
from tracker.model import Article, Assigned, Figure, InputError, TrackerError
from tracker.sources import Figures, Item, Note, Reading

BATCH = 16  # articles that a process gets at a time
AHEAD = 4  # batches per process that are read in before their turn


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


def find(items: Iterable[Item | Unchanged], jobs: int = 1, sources: str | None = None) -> Generator[Result]:
    """Every item in its turn: a reading becomes Found or, where that fails, an InputError; the others pass.

    Articles get the one name of their publisher. `sources` is a file of the user's own names.
    """
    known = load_publishers(load_own_names(sources).publishers)
    named = (replace(item, article=known.named(item.article)) if isinstance(item, Reading) else item for item in items)
    if jobs > 1:
        yield from _find_in_processes(named, jobs, sources)
        return
    for item in named:
        yield from _results([item], _answers(_articles([item]), sources))


def _find_in_processes(items: Iterator[Item | Unchanged], jobs: int, sources: str | None) -> Iterator[Result]:
    _read(sources)  # knowledge that is wrong is told once, here
    pending: deque[tuple[list[Item | Unchanged], Future[list[Answer]]]] = deque()
    # processes start afresh: a copy of this one could inherit a lock that one of its threads holds
    with ProcessPoolExecutor(jobs, get_context("spawn"), _leave_interrupts_to_the_parent) as pool:
        try:
            while batch := list(islice(items, BATCH)):
                pending.append((batch, pool.submit(_answers, _articles(batch), sources)))
                if len(pending) > jobs * AHEAD:
                    yield from _first_results(pending)
            while pending:
                yield from _first_results(pending)
        except BrokenProcessPool as error:
            raise TrackerError("a process that read articles was killed, perhaps for want of memory") from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


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


def _answers(articles: list[Article], sources: str | None) -> list[Answer]:
    return [_answer(_read(sources), article) for article in articles]


def _answer(read: Callable[[Article], list[Assigned]], article: Article) -> Answer:
    try:
        return read(article)
    except Exception as error:
        # The one broad catch there is: whatever a single article does to the rules, the other articles of a long run
        # are still read, and this one is named with what happened.
        return f"cannot be read: {type(error).__name__}: {error}"


@cache
def _read(sources: str | None) -> Callable[[Article], list[Assigned]]:
    """What reads an article in this process: the knowledge is loaded once, with the first article."""
    from tracker.reader import load_reader

    return load_reader(sources=sources).assigned


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
