"""Failures: inputs that could not be read or stored, kept until they can be read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

import sqlalchemy as sa

from tracker.model import stable_id
from tracker.store.database import failures

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
LONGEST = 2000  # characters of a message that are kept


class Failure(NamedTuple):
    """One failure: the path it was read from, the line and the article as far as known, and the message.

    `given` is the argument of `tracker add`. It is read again where the path itself cannot be opened (a page in a web
    archive).
    """

    path: str
    line: int
    article_id: str
    what: str
    given: str
    times: int = 1
    last_failed: dt.datetime | None = None

    @classmethod
    def of(cls, error: Exception, path: str, article_id: str = "", given: str = "") -> Self:
        """The failure that an error stands for, in characters that every database can hold."""
        line = getattr(error, "line", None) or 0
        what = str(getattr(error, "what", error))[:LONGEST]
        return cls(_storable(path), line, _storable(article_id), _storable(what), _storable(given))

    @property
    def id(self) -> str:
        """A hash that is the same when the same failure comes again."""
        return stable_id(self.path, self.line, self.article_id)

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line else self.path
        return f"{place}: {self.what}"


def all_failures(connection: sa.Connection) -> list[Failure]:
    """All failures in the store, ordered by path and line."""
    columns = [failures.c[name] for name in Failure._fields]
    rows = connection.execute(sa.select(*columns).order_by(failures.c.path, failures.c.line, failures.c.article_id))
    return [Failure(*row) for row in rows]


def keep(connection: sa.Connection, failed: Iterable[Failure]) -> None:
    """Keep failures; one that is kept already is counted once more."""
    latest = {one.id: one for one in failed}
    for failure_id, one in latest.items():
        again = sa.update(failures).where(failures.c.id == failure_id)
        values = {"what": one.what, "given": one.given, "times": failures.c.times + 1, "last_failed": sa.func.now()}
        if not connection.execute(again.values(values)).rowcount:
            new = {"id": failure_id, **one._asdict()}
            del new["last_failed"]
            connection.execute(sa.insert(failures).values(new))


def clear(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Delete failures."""
    for failure_id in ids:
        connection.execute(sa.delete(failures).where(failures.c.id == failure_id))


def _storable(text: str) -> str:
    return UNSTORABLE.sub("\ufffd", text)
