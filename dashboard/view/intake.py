"""Intakes: files and web addresses given to the page, read in the background, previewed, then stored."""

from __future__ import annotations

import re
import tempfile
import threading
import uuid
from base64 import b64decode
from binascii import Error as Base64Error
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from dashboard.view.data import Data
from tracker.knowledge import load_publishers
from tracker.model import Article, Figure, InputError, TrackerError
from tracker.sandbox.reading import read_in_sandbox
from tracker.sources import Figures, Item, Note, Reading, read_figures, read_items
from tracker.store.store import Entry, StoreError

MAX_FILES = 50
MAX_BYTES = 30_000_000
"""Per file, before base64 encoding."""

MAX_ARTICLES = 2_000
"""Per intake. Larger archives are for `tracker add`, which can be interrupted and resumed."""

MAX_INTAKES = 8
MAX_NAME_LENGTH = 120

WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass
class Intake:
    """One reading: progress, results and problems. `finished` is set at the end."""

    given: str
    entries: list[Entry] = field(default_factory=list)
    tables: list[Figures] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    finished: threading.Event = field(default_factory=threading.Event)

    @property
    def done(self) -> bool:
        """Whether reading has ended."""
        return self.finished.is_set()

    @property
    def figures(self) -> int:
        """Number of figures found so far."""
        return sum(len(one.figures) for one in self.entries) + sum(len(one.figures) for one in self.tables)


class Intakes:
    """The readings in progress or waiting to be stored. The oldest are dropped if there are too many."""

    def __init__(self, data: Data) -> None:
        self._data = data
        self._known: OrderedDict[str, Intake] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str | None) -> Intake | None:
        """Return a reading by its key, None if it was dropped."""
        with self._lock:
            return self._known.get(key or "")

    def files(self, contents: Sequence[str], names: Sequence[str]) -> str:
        """Start reading uploaded files (data URLs). Returns the key. Raises TrackerError if there are too many."""
        if len(contents) > MAX_FILES:
            raise TrackerError(f"{len(contents)} files at once: at most {MAX_FILES}, or use `tracker add FOLDER`")
        pairs = list(zip(contents, names, strict=False))
        given = names[0] if len(names) == 1 else f"{len(names)} files"
        return self._begin(Intake(_shown(given)), lambda: _of_files(pairs))

    def address(self, text: str) -> str:
        """Start reading a web address. Returns the key. Raises TrackerError if it is not an address."""
        address = text.strip()
        if not WEB_ADDRESS.fullmatch(address):
            raise TrackerError("that is no web address: it begins with http:// or https://")
        return self._begin(Intake(_shown(address)), lambda: read_in_sandbox(partial(read_items, [address])))

    def _begin(self, intake: Intake, items: Callable[[], Iterable[Item]]) -> str:
        key = uuid.uuid4().hex
        with self._lock:
            self._known[key] = intake
            while len(self._known) > MAX_INTAKES:
                self._known.popitem(last=False)
        threading.Thread(target=self._read, args=(intake, items), daemon=True).start()
        return key

    def _read(self, intake: Intake, items: Callable[[], Iterable[Item]]) -> None:
        try:
            self._take(intake, items())
        except Exception as error:
            # broad on purpose: the page must learn that this reading has ended, and why
            intake.problems.append(f"cannot be read: {type(error).__name__}: {error}")
        finally:
            intake.finished.set()

    def _take(self, intake: Intake, items: Iterable[Item]) -> None:
        publishers = load_publishers()
        for item in items:
            if isinstance(item, Reading):
                if len(intake.entries) >= MAX_ARTICLES:
                    intake.problems.append(f"only the first {MAX_ARTICLES:,} articles are read here: use `tracker add`")
                    return
                article = publishers.named(item.article)
                try:
                    intake.entries.append(Entry.of(article, self._data.read(article), item.path))
                except Exception as error:  # a failing article does not stop the others
                    intake.problems.append(f"{item.path}: article {article.id} cannot be read: {type(error).__name__}")
            elif isinstance(item, Figures):
                intake.tables.append(item)
            elif isinstance(item, Note):
                intake.notes.append(str(item))
            else:
                intake.problems.append(str(item))

    def keep(self, key: str | None) -> Counter[str]:
        """Store what was read. Returns counts of added, updated, unchanged and failed articles and figures.

        Raises TrackerError if the reading was dropped.
        """
        intake = self.get(key)
        if intake is None:
            raise TrackerError("what was read is no longer there: read it again")
        counts: Counter[str] = Counter()
        for answer in self._data.store.add_many(intake.entries) if intake.entries else ():
            counts["failed" if isinstance(answer, StoreError) else answer] += 1
        for table in intake.tables:
            for answer, number in self._data.store.add_figures(table.figures, table.path).items():
                counts[f"figures {answer}"] += number
        with self._lock:
            self._known.pop(key or "", None)
        return counts


def _of_files(pairs: Sequence[tuple[str, str]]) -> Iterator[Item]:
    """Yield the items of uploaded files. Each is written to a temporary folder under a number and its suffix."""
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        for number, (content, name) in enumerate(pairs):
            shown = _shown(name)
            try:
                file = Path(folder) / f"{number}{_ending(name)}"
                file.write_bytes(_decoded(content, shown))
            except InputError as error:
                yield error
                continue
            for item in read_in_sandbox(partial(read_items, [file], tables=read_figures)):
                yield _named(item, str(file), shown)


def _decoded(content: str, name: str) -> bytes:
    _, comma, packed = content.partition(",")
    if not comma or len(packed) > MAX_BYTES * 4 // 3 + 4:
        raise InputError(name, f"is larger than {MAX_BYTES // 1_000_000} MB: use `tracker add`")
    try:
        return b64decode(packed, validate=True)
    except (Base64Error, ValueError) as error:
        raise InputError(name, "did not arrive whole") from error


def _ending(name: str) -> str:
    """Return the suffixes of a file name (".jsonl.gz"). Nothing else of the name becomes a path."""
    found = re.search(r"(?:\.[A-Za-z0-9]{1,9}){1,2}$", name)
    return found.group().lower() if found else ""


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)[:MAX_NAME_LENGTH]


def _named(item: Item, path: str, name: str) -> Item:
    """Return the item with the user's file name instead of the temporary path."""
    if isinstance(item, InputError):
        return InputError(item.path.replace(path, name), item.what, item.line)
    if isinstance(item, Note):
        return Note(item.path.replace(path, name), item.what, item.line)
    if isinstance(item, Figures):
        return Figures(item.figures, name)
    return Reading(item.article, item.path.replace(path, name))


def shown_first(intake: Intake, most: int) -> list[tuple[Article, list[Figure]]]:
    """Return the articles to show, those with the most figures first."""
    ordered = sorted(intake.entries, key=lambda one: -len(one.figures))
    return [(one.article, list(one.figures)) for one in ordered[:most]]
