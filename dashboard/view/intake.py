"""Intakes: pasted texts, files and web addresses given to the page. Read in the background, previewed, then stored.

Reading and finding figures happen in sandbox processes with limits of time and memory (tracker.sandbox). The server
only holds the results, and what it holds is limited too.
"""

from __future__ import annotations

import re
import tempfile
import threading
import uuid
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from dashboard.view import sandboxed
from dashboard.view.uploads import named, shown_name, written
from tracker.model import Article, Figure, InputError, TrackerError
from tracker.sandbox.extracting import ExtractionPool, Found, Result
from tracker.sandbox.reading import read_in_sandbox
from tracker.sandbox.worker import SECONDS, GivenUpError
from tracker.sources import Figures, Item, Note, Reading
from tracker.store.store import Entry, Store, StoreError

MAX_PASTED = 200_000
"""Characters of one pasted article. The browser shows all of them."""

MAX_FILES = 50
MAX_ARTICLES = 2_000
MAX_FIGURES = 100_000
MAX_CHARACTERS = 20_000_000
MAX_FAILED = 1_000
"""Per intake. What is larger is for `tracker add`, which can be interrupted and resumed."""

MAX_NAMED = 100
"""Problems and notes of one intake that are kept."""

MAX_GIVEN_UP = 5
"""Files and articles of one intake that may break the limits of time and memory. Then the intake ends."""

AT_A_TIME = 2
"""Intakes that are read at the same time."""

MAX_WAITING = 8
"""Intakes that wait for their turn. Then no more are accepted."""

MAX_INTAKES = 24
MAX_HELD = 60_000_000
"""Intakes that are held, finished ones included, and their characters in all. The oldest are dropped."""

WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)

Results = Callable[[], Iterable[Result]]


@dataclass
class Intake:
    """One reading: its name, its progress, its results and its problems (the first MAX_NAMED of `failed`).

    `ended`: the limit that ended it early.

    `started` and `finished` are set when reading starts and ends; `dropped` asks it to end early.
    """

    given: str
    folder: tempfile.TemporaryDirectory[str] | None = None
    entries: list[Entry] = field(default_factory=list)
    tables: list[Figures] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    ended: str = ""
    failed: int = 0
    given_up: int = 0
    characters: int = 0
    figures: int = 0
    started: threading.Event = field(default_factory=threading.Event)
    finished: threading.Event = field(default_factory=threading.Event)
    dropped: threading.Event = field(default_factory=threading.Event)

    def __getstate__(self) -> dict[str, Any]:
        """What another process is told of a reading that has ended: its results."""
        events = ("folder", "started", "finished", "dropped")
        return {name: value for name, value in vars(self).items() if name not in events}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Such a reading has ended."""
        self.__init__(state["given"])  # type: ignore[misc]
        vars(self).update(state)
        self.started.set()
        self.finished.set()

    @property
    def done(self) -> bool:
        """Whether reading has ended."""
        return self.finished.is_set()

    def take(self, result: Result) -> None:
        """Add one result."""
        if isinstance(result, Found):
            self.entries.append(Entry(result.article, result.figures, result.path, result.reasons))
            self.characters += len(result.article.text)
            self.figures += len(result.figures)
        elif isinstance(result, Figures):
            self.tables.append(result)
            self.figures += len(result.figures)
        elif isinstance(result, Note):
            self.notes += [str(result)] * (len(self.notes) < MAX_NAMED)
        else:
            self.fail(str(result))
            self.given_up += isinstance(result, GivenUpError)

    def fail(self, what: str) -> None:
        """Count a problem, and keep the first ones."""
        self.failed += 1
        self.problems += [what] * (len(self.problems) < MAX_NAMED)

    def limit(self) -> str:
        """Return which limit is reached, "" if reading may go on."""
        if self.given_up >= MAX_GIVEN_UP:
            return f"reading ended after {MAX_GIVEN_UP} files or articles were given up"
        for number, limit, what in (
            (len(self.entries), MAX_ARTICLES, "articles"),
            (self.figures, MAX_FIGURES, "figures"),
            (self.characters, MAX_CHARACTERS, "characters"),
            (self.failed, MAX_FAILED, "errors"),
        ):
            if number >= limit:
                return f"reading ended after {limit:,} {what}: `tracker add` reads everything"
        return ""


class Readings(Protocol):
    """What pages ask of the readings, which may be those of another process: see Intakes."""

    def pasted(self, text: str, stated: Mapping[str, str]) -> str: ...  # noqa: D102

    def files(self, contents: Sequence[str], names: Sequence[str]) -> str: ...  # noqa: D102

    def address(self, text: str) -> str: ...  # noqa: D102

    def look(self, key: str | None) -> Intake | str | None: ...  # noqa: D102

    def keep(self, key: str | None) -> Counter[str]: ...  # noqa: D102


class Intakes:
    """The readings in progress or waiting to be stored.

    `store` takes what is read. `seconds`: computing time per file and per article. `pool`: the processes that find
    figures; by default its own.
    """

    def __init__(self, store: Store, seconds: float = SECONDS, pool: ExtractionPool | None = None) -> None:
        self._store, self._seconds = store, seconds
        self._pool = pool or ExtractionPool(AT_A_TIME, seconds)
        self._known: OrderedDict[str, Intake] = OrderedDict()
        self._lock = threading.Lock()
        self._turns = threading.Semaphore(AT_A_TIME)

    def get(self, key: str | None) -> Intake | None:
        """Return a reading by its key, None if it was dropped."""
        with self._lock:
            return self._known.get(key or "")

    def look(self, key: str | None) -> Intake | str | None:
        """Return a reading that has ended, how far it is if it has not, None if it was dropped."""
        intake = self.get(key)
        return intake if intake is None or intake.done else self.progress(intake)

    def pasted(self, text: str, stated: Mapping[str, str]) -> str:
        """Start reading a pasted text. `stated`: title, publisher and date from the form. Returns the key.

        Raises TrackerError if the text is too long or too many readings are waiting.
        """
        if len(text) > MAX_PASTED:
            raise TrackerError(f"the text has {len(text):,} characters; an article has at most {MAX_PASTED:,}")
        task = partial(sandboxed.pasted, text, dict(stated))
        return self._begin(Intake(sandboxed.PASTED), lambda: [self._pool.find_in(sandboxed.PASTED, task)])

    def files(self, contents: Sequence[str], names: Sequence[str]) -> str:
        """Start reading uploaded files (data URLs). Returns the key.

        Raises TrackerError if there are too many files or too many readings are waiting.
        """
        if len(contents) > MAX_FILES:
            raise TrackerError(f"{len(contents)} files at once: at most {MAX_FILES}, or use `tracker add FOLDER`")
        given = shown_name(names[0]) if len(names) == 1 else f"{len(names)} files"
        # kept on disk, not in memory; removed when the intake has ended, or with the server
        folder = tempfile.TemporaryDirectory(prefix="tracker-", ignore_cleanup_errors=True)
        pairs = enumerate(zip(contents, names, strict=False))
        files = [written(Path(folder.name), number, *pair) for number, pair in pairs]
        return self._begin(Intake(given, folder=folder), lambda: self._found(self._of_files(files)))

    def address(self, text: str) -> str:
        """Start reading a web address. Returns the key.

        Raises TrackerError if it is not an address or too many readings are waiting.
        """
        address = text.strip()
        if not WEB_ADDRESS.fullmatch(address):
            raise TrackerError("that is no web address: it begins with http:// or https://")
        items = partial(read_in_sandbox, partial(sandboxed.address_items, address), self._seconds)
        return self._begin(Intake(shown_name(address)), lambda: self._found(items()))

    def keep(self, key: str | None) -> Counter[str]:
        """Store what was read. Returns counts of added, updated, unchanged and failed articles and figures.

        Raises TrackerError if the reading was dropped or has not ended.
        """
        intake = self.get(key)
        if intake is None:
            raise TrackerError("what was read is no longer there: read it again")
        if not intake.done:
            raise TrackerError("it is still being read")
        counts: Counter[str] = Counter()
        for answer in self._store.add_many(intake.entries) if intake.entries else ():
            counts["failed" if isinstance(answer, StoreError) else answer] += 1
        for table in intake.tables:
            for answer, number in self._store.add_figures(table.figures, table.path).items():
                counts[f"figures {answer}"] += number
        with self._lock:
            self._known.pop(key or "", None)
        return counts

    def progress(self, intake: Intake) -> str:
        """Describe how far a reading is."""
        if not intake.started.is_set():
            with self._lock:
                reading = sum(one.started.is_set() and not one.done for one in self._known.values())
            return f"Waiting for {reading} other reading{'' if reading == 1 else 's'}"
        if intake.given == sandboxed.PASTED:
            return "Finding figures"
        return f"Reading {intake.given}: {len(intake.entries):,} articles, {intake.figures:,} figures so far"

    def close(self) -> None:
        """End the sandbox processes."""
        self._pool.close()

    def _begin(self, intake: Intake, results: Results) -> str:
        key = uuid.uuid4().hex
        with self._lock:
            if sum(not one.started.is_set() for one in self._known.values()) >= MAX_WAITING:
                raise TrackerError("too much is being read at the moment: try again in a minute")
            self._known[key] = intake
            self._drop_oldest()
        threading.Thread(target=self._read, args=(intake, results), daemon=True).start()
        return key

    def _drop_oldest(self) -> None:
        while len(self._known) > 1 and (
            len(self._known) > MAX_INTAKES or sum(one.characters for one in self._known.values()) > MAX_HELD
        ):
            _, dropped = self._known.popitem(last=False)
            dropped.dropped.set()

    def _read(self, intake: Intake, results: Results) -> None:
        with self._turns:
            intake.started.set()
            try:
                self._take(intake, results() if not intake.dropped.is_set() else ())
            except Exception as error:
                # broad on purpose: the page must learn that this reading has ended, and why
                intake.fail(f"cannot be read: {type(error).__name__}: {error}")
            finally:
                if intake.folder is not None:
                    intake.folder.cleanup()
                intake.finished.set()

    def _take(self, intake: Intake, results: Iterable[Result]) -> None:
        for result in results:
            intake.take(result)
            intake.ended = intake.limit()
            if intake.ended or intake.dropped.is_set():
                return

    def _found(self, items: Iterable[Item]) -> Iterator[Result]:
        for item in items:
            yield self._pool.find(item) if isinstance(item, Reading) else item

    def _of_files(self, files: Sequence[tuple[Path, str] | InputError]) -> Iterator[Item]:
        """Yield the items of uploaded files, under the names that the user knows."""
        for file in files:
            if isinstance(file, InputError):
                yield file
                continue
            path, name = file
            for item in read_in_sandbox(partial(sandboxed.file_items, path), self._seconds):
                yield named(item, str(path), name)


def shown_first(intake: Intake, most: int) -> list[tuple[Article, list[Figure]]]:
    """Return the articles to show, those with the most figures first."""
    ordered = sorted(intake.entries, key=lambda one: -len(one.figures))
    return [(one.article, list(one.figures)) for one in ordered[:most]]
