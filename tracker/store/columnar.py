"""All figures of a store as one table, and a copy of it in columns beside the store, from which it is read quickly.

The store stays the only record. The copy says for each article with which stamp its figures were read
(tracker.store.stamps): those of other articles are read from the store. A copy that is damaged, cut short or of another
format is not used. Only large SQLite stores have one; `keep` writes it.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tracker.atomic import Target, replacing
from tracker.model import COLUMNS, TrackerError
from tracker.store.connections import beside
from tracker.store.database import figures, meta, stamps
from tracker.store.frames import FIGURES, table_of
from tracker.store.rows import parts
from tracker.store.stamps import first_stamp

if TYPE_CHECKING:
    import pandas as pd

    from tracker.store.store import Store

COPY = "-columns"
"""What is added to the name of a store for its copy."""

FORMAT = f"figures of a tracker store in columns, format 1: {' '.join(COLUMNS)}\n".encode()
"""How a copy begins. A hash of what follows comes next."""

LEAST = 20_000
"""Figures of a store that is worth a copy: a smaller one is read in less than half a second."""

BEHIND = 5_000
"""So many figures are read from the store before the copy is made anew."""

STAMP = "stamp"

_REVISION = sa.select(meta.c.value).where(meta.c.name == "revision")
_STAMPS = sa.select(stamps.c.article_id, stamps.c.stamp)
_WITH_FIGURES = sa.exists().where(figures.c.article_id == stamps.c.article_id)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The figures of a store at one revision.

    `table`: typed, in timeline order. `stamps`: by article, with which its figures were read. `order`: stays the same
    object as long as the rows are the same figures in the same order. `unkept`: how many of them no copy has.
    """

    revision: int
    table: pd.DataFrame
    stamps: pd.Series[int]
    order: object = field(default_factory=object)
    unkept: int = 0


def load(store: Store) -> Columns:
    """The figures of a store as it is now, from its copy where there is one."""
    known = _copied(copy_of(store))
    with store.snapshot() as connection:
        if known is not None:
            now = _stamps(connection, _STAMPS.where(_WITH_FIGURES))
            changed = _changed(known.stamps, now)
            if len(changed) <= len(now) // 2:
                return _checked(connection, _updated(connection, known, changed, now))
        return _whole(connection)


def follow(store: Store, known: Columns) -> Columns:
    """The figures of a store as it is now, from what they were earlier in the same process."""
    with store.snapshot() as connection:
        later = _stamps(connection, _STAMPS.where(stamps.c.stamp >= first_stamp(known.revision + 1)))
        is_older = connection.execute(_REVISION).scalar_one() < known.revision  # a backup has taken its place
        if is_older or len(later) > len(known.stamps) // 2:
            return _whole(connection)
        return _checked(connection, _updated(connection, known, list(later.index), later))


def copy_of(store: Store) -> Path | None:
    """Where the copy of a store lies; None for a store without a file."""
    return beside(store.file, COPY) if store.file else None


def keep(store: Store, columns: Columns) -> bool:
    """Write the copy of a store where it is worth it and can be written; returns whether it was."""
    path = copy_of(store)
    if path is None or store.file is None or not store.may_write or len(columns.table) < LEAST:
        return False
    content = _content(columns)
    with suppress(TrackerError, OSError):  # a full disk, or a folder that only may be read: the store has everything
        with replacing(Target(path, "a copy of a store", lambda _: True)) as unfinished:
            unfinished.touch()
            shutil.copymode(store.file, unfinished)  # whoever may not read the store may not read this
            unfinished.write_bytes(content)
        shutil.copymode(store.file, path)
        return True
    return False


def _whole(connection: sa.Connection) -> Columns:
    from tracker.timelines.columns import in_order

    table = in_order(table_of(connection, FIGURES))
    known = _stamps(connection, _STAMPS.where(_WITH_FIGURES))
    return Columns(connection.execute(_REVISION).scalar_one(), table, known, unkept=len(table))


def _checked(connection: sa.Connection, columns: Columns) -> Columns:
    """These figures, or those of the store if there are more or fewer: then something else than the tracker wrote."""
    number = connection.execute(sa.select(sa.func.count()).select_from(figures)).scalar_one()
    return columns if len(columns.table) == number else _whole(connection)


def _changed(before: pd.Series[int], now: pd.Series[int]) -> list[str]:
    """The articles that have another stamp, or are new or gone."""
    import numpy as np

    places = before.index.get_indexer(now.index)
    other = (places < 0) | (before.to_numpy()[places] != now.to_numpy()) if len(before) else places < 0
    left = np.ones(len(before), dtype=bool)
    left[places[places >= 0]] = False
    return [*before.index[left], *now.index[other]]


def _updated(connection: sa.Connection, known: Columns, changed: Collection[str], now: pd.Series[int]) -> Columns:
    """The figures with those of the changed articles read again. `now`: at least the stamps of these articles."""
    revision = connection.execute(_REVISION).scalar_one()
    if not changed:
        return Columns(revision, known.table, known.stamps, known.order, known.unkept)
    import pandas as pd

    fresh = _read(connection, changed)
    table, order = _with(known, changed, fresh)
    kept = known.stamps[~known.stamps.index.isin(list(changed))]
    here = now[now.index.isin(list(changed)) & now.index.isin(fresh["article_id"])]
    return Columns(revision, table, pd.concat([kept, here]), order, known.unkept + len(fresh))


def _with(known: Columns, changed: Collection[str], fresh: pd.DataFrame) -> tuple[pd.DataFrame, object]:
    """The table with other rows for the changed articles, and its order."""
    import numpy as np
    import pandas as pd

    from tracker.timelines.columns import TIMELINE_ORDER, in_order

    theirs = known.table["article_id"].isin(changed).to_numpy(dtype=bool)
    old = known.table[theirs]
    if len(old) == len(fresh) and set(old["figure_id"]) == set(fresh["figure_id"]):
        new = fresh.set_index("figure_id", drop=False).loc[old["figure_id"].tolist()].set_index(old.index)
        others = [name for name in COLUMNS if not old[name].equals(new[name])]
        cells = {name: known.table[name].array.copy() for name in others}
        for name, values in cells.items():
            values[np.flatnonzero(theirs)] = new[name].array
        table = known.table.assign(**cells)
        return (in_order(table), object()) if set(others) & {*TIMELINE_ORDER} else (table, known.order)
    return in_order(pd.concat([known.table[~theirs], fresh], ignore_index=True)), object()


def _read(connection: sa.Connection, article_ids: Collection[str]) -> pd.DataFrame:
    import pandas as pd

    found = [table_of(connection, FIGURES.where(figures.c.article_id.in_(ids))) for ids in parts(list(article_ids))]
    return pd.concat(found, ignore_index=True)


def _stamps(connection: sa.Connection, wanted: sa.Select[Any]) -> pd.Series[int]:
    import pandas as pd

    rows = connection.execute(wanted).all()
    ids = pd.Index([row.article_id for row in rows], dtype="str")
    return pd.Series([row.stamp for row in rows], index=ids, dtype="int64")


def _content(columns: Columns) -> bytes:
    """A copy, as bytes: FORMAT, a hash, and an Arrow file of the table with the stamp of each row."""
    import pyarrow as pa

    table = pa.Table.from_pandas(columns.table, preserve_index=False)
    stamped = columns.stamps.reindex(columns.table["article_id"]).to_numpy()
    table = table.append_column(STAMP, pa.array(stamped, pa.int64()))
    arrow = BytesIO()
    with pa.ipc.new_file(arrow, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(table)
    return b"".join([FORMAT, hashlib.sha256(arrow.getbuffer()).digest(), arrow.getbuffer()])


def _copied(path: Path | None) -> Columns | None:
    """What a copy holds; None where there is none that can be used."""
    import pandas as pd
    import pyarrow as pa

    try:
        content = memoryview(path.read_bytes()) if path else memoryview(b"")
    except OSError:
        return None
    digest = slice(len(FORMAT), len(FORMAT) + hashlib.sha256().digest_size)
    arrow = content[digest.stop :]
    # the hash is compared before anything is read, because Arrow trusts the numbers in its files
    if content[: digest.start] != FORMAT or content[digest] != hashlib.sha256(arrow).digest():
        return None
    table = pa.ipc.open_file(pa.py_buffer(arrow)).read_all().to_pandas()
    stamped = table.pop(STAMP)
    first = ~table["article_id"].duplicated()
    known = pd.Series(stamped[first].to_numpy(), index=pd.Index(table["article_id"][first], dtype="str"))
    return Columns(-1, table, known)
