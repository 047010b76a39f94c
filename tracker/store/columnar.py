"""All figures of a store as one table, and a copy of it in columns beside the store, from which it is read quickly.

The store stays the only record. The copy says for each article with which stamp its figures were read
(tracker.store.stamps): those of other articles are read from the store. A copy that is damaged, cut short or of another
format is not used. Only large SQLite stores have one; `keep` writes it, together with tables that were derived from the
figures, of which this module knows only the names.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from tracker.atomic import Target, replacing
from tracker.model import COLUMNS, TrackerError
from tracker.store import table_file
from tracker.store.connections import beside
from tracker.store.database import figures, meta, stamps
from tracker.store.frames import FIGURES, table_of
from tracker.store.rows import parts
from tracker.store.stamps import DRAWN, first_stamp
from tracker.store.table_file import TableFile

if TYPE_CHECKING:
    import pandas as pd

    from tracker.store.store import Store

COPY = "-columns"
"""What is added to the name of a store for its copy."""

_FIGURES, _STAMPED = "figures", "stamps"
"""The tables of a copy: all figures, and the articles that have some with their stamps. More tables may follow."""

LEAST = 20_000
"""Figures of a store that is worth a copy: a smaller one is read in less than half a second."""

BEHIND = 5_000
"""So many figures are read from the store before the copy is made anew."""

_REVISION = sa.select(meta.c.value).where(meta.c.name == "revision")
_STAMPS = sa.select(stamps.c.article_id, stamps.c.stamp)
_WITH_FIGURES = sa.exists().where(figures.c.article_id == stamps.c.article_id)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The figures of a store at one revision.

    `table`: typed, in timeline order. `stamps`: by article, with which its figures were read. `seal`: what all
    stamps of the store add up to. `order`: stays the same object as long as the rows are the same figures in the same
    order. `changed`: the articles that were read again for this state; None if all were. `unkept`: how many figures no
    copy has.
    """

    revision: int
    table: pd.DataFrame
    stamps: pd.Series[int]
    seal: int
    order: object = field(default_factory=object)
    changed: frozenset[str] | None = None
    unkept: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Copy:
    """What the copy of a store holds: the figures as they were when it was made, and tables derived from them."""

    columns: Columns
    derived: TableFile

    @property
    def about(self) -> Mapping[str, Any]:
        """What was said of the derived tables when they were kept."""
        about: Mapping[str, Any] = self.derived.about["derived"]
        return about


def load(store: Store) -> Columns:
    """The figures of a store as it is now, from its copy where there is one."""
    found = copied(store)
    if found is not None:
        return follow(store, found.columns)
    with store.snapshot() as connection:
        return _whole(connection)


def copied(store: Store) -> Copy | None:
    """What the copy of a store holds, which may be older than the store; None where no copy can be used."""
    path = copy_of(store)
    file = TableFile.open(path) if path else None
    if file is None or file.about.get("columns") != list(COLUMNS):
        return None
    table, stamped = file.get(_FIGURES), file.get(_STAMPED)
    if table is None or stamped is None:
        return None
    known = stamped.set_index("article_id")["stamp"]
    return Copy(Columns(file.about["revision"], table, known, file.about["seal"]), file)


def follow(store: Store, known: Columns) -> Columns:
    """The figures of a store as it is now, from what they were earlier."""
    with store.snapshot() as connection:
        later = _stamps(connection, _STAMPS.where(stamps.c.stamp >= first_stamp(known.revision + 1)))
        now, changed = later, list(later.index)
        if not _is_earlier_state(connection, known, later):  # a backup has taken its place
            now = _stamps(connection, _STAMPS.where(_WITH_FIGURES))
            changed = _changed(known.stamps, now)
        if len(changed) > len(known.stamps) // 2:
            return _whole(connection)
        return _checked(connection, _updated(connection, known, changed, now))


def copy_of(store: Store) -> Path | None:
    """Where the copy of a store lies; None for a store without a file."""
    return beside(store.file, COPY) if store.file else None


def is_worth_a_copy(store: Store, columns: Columns) -> bool:
    """Whether a store is large enough for a copy, and one may be written beside it."""
    return store.file is not None and store.may_write and len(columns.table) >= LEAST


def keep(
    store: Store,
    columns: Columns,
    derived: Iterable[tuple[str, pd.DataFrame]] = (),
    about: Mapping[str, Any] | None = None,
) -> bool:
    """Write the copy of a store where it is worth one and can be written; returns whether it was.

    `derived`: tables to keep under names of their own, and `about`: what is to know of them.
    """
    path = copy_of(store)
    if path is None or store.file is None or not is_worth_a_copy(store, columns):
        return False
    told = {"columns": list(COLUMNS), "revision": columns.revision, "seal": columns.seal, "derived": about or {}}
    stamped = columns.stamps.rename("stamp").rename_axis("article_id").reset_index()
    tables = chain([(_FIGURES, columns.table), (_STAMPED, stamped)], derived)
    with suppress(TrackerError, OSError):  # a full disk, or a folder that only may be read: the store has everything
        with replacing(Target(path, "a copy of a store", lambda _: True)) as unfinished:
            unfinished.touch()
            shutil.copymode(store.file, unfinished)  # whoever may not read the store may not read this
            with unfinished.open("wb") as stream:
                table_file.write(stream, told, tables)
        shutil.copymode(store.file, path)
        return True
    return False


def _whole(connection: sa.Connection) -> Columns:
    from tracker.timelines.columns import in_order

    table = in_order(table_of(connection, FIGURES))
    known = _stamps(connection, _STAMPS.where(_WITH_FIGURES))
    return Columns(_revision(connection), table, known, _seal(connection), unkept=len(table))


def _is_earlier_state(connection: sa.Connection, known: Columns, later: pd.Series[int]) -> bool:
    """Whether the store once was what is known of it, and only these articles have changed since."""
    if _revision(connection) < known.revision:
        return False
    unchanged = _seal(connection, stamps.c.stamp < first_stamp(known.revision + 1))
    changed = known.stamps[known.stamps.index.isin(later.index)]
    return unchanged == known.seal - int((changed & DRAWN).sum())


def _revision(connection: sa.Connection) -> int:
    revision: int = connection.execute(_REVISION).scalar_one()
    return revision


def _seal(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> int:
    """What the drawn bits of the stamps add up to: no two states of a store have the same, but by chance."""
    added = sa.select(sa.func.coalesce(sa.func.sum(stamps.c.stamp.bitwise_and(DRAWN)), 0)).where(*which)
    return int(connection.execute(added).scalar_one())


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
    state = replace(known, revision=_revision(connection), seal=_seal(connection), changed=frozenset(changed))
    if not changed:
        return state
    import pandas as pd

    fresh = _read(connection, changed)
    table, order = _with(known, changed, fresh)
    kept = known.stamps[~known.stamps.index.isin(list(changed))]
    here = now[now.index.isin(list(changed)) & now.index.isin(fresh["article_id"])]
    unkept = known.unkept + len(fresh)
    return replace(state, table=table, stamps=pd.concat([kept, here]), order=order, unkept=unkept)


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
