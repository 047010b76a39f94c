"""The state of the feeds, kept in a file, so that nothing is fetched again after a restart."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker.atomic import Target, write_text
from tracker.model import InputError, TrackerError

VERSION = 1
MOST_SEEN = 2_000  # items of a feed that are remembered in addition to those that are in it now


@dataclass(frozen=True, slots=True)
class Known:
    """The state of one feed.

    `etag` and `modified`: the validators of the last version that its server sent. `due`: the time of the next poll
    (seconds since 1970). `failures`: how many polls in a row have failed. `seen`: the keys of the items that were
    read, the latest last. `tries`: how often fetching the text of an item was tried without success, by its key.
    """

    etag: str = ""
    modified: str = ""
    due: float = 0.0
    failures: int = 0
    seen: tuple[str, ...] = ()
    tries: Mapping[str, int] = field(default_factory=dict)


class State:
    """The state of each feed by its address. `save` writes the file as a whole or not at all."""

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._known = _read(self._path)

    def of(self, url: str) -> Known:
        """The state of a feed; for a new feed an empty one."""
        return self._known.get(url, Known())

    def keep(self, url: str, known: Known) -> None:
        """Replace the state of a feed, in memory and in the file."""
        self._known[url] = known
        self.save()

    def only(self, urls: Iterable[str]) -> None:
        """Forget all other feeds."""
        wanted = set(urls)
        self._known = {url: known for url, known in self._known.items() if url in wanted}

    def save(self) -> None:
        """Replace the file. A reader, or a restart after a crash, finds the old or the new one, never a part."""
        feeds = {url: dataclasses.asdict(known) for url, known in self._known.items()}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise TrackerError(f"{self._path}: cannot be written: {error.strerror or error}") from error
        target = Target(self._path, "a state of `tracker watch`", lambda _: True)  # it was read as one at the start
        write_text(target, json.dumps({"version": VERSION, "feeds": feeds}))


def _read(path: Path) -> dict[str, Known]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["version"] != VERSION:
            raise InputError(path, "was written by another version of the tracker")
        return {str(url): _known(values) for url, values in told["feeds"].items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(path, "is no state of `tracker watch`, or is damaged: move it away to begin anew") from error


def _known(values: dict[str, Any]) -> Known:
    tries = {str(key): int(count) for key, count in values["tries"].items()}
    return Known(
        etag=str(values["etag"]),
        modified=str(values["modified"]),
        due=float(values["due"]),
        failures=int(values["failures"]),
        seen=tuple(map(str, values["seen"])),
        tries=tries,
    )
