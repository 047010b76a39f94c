"""Updates single rows of the shared table after a decision, without reading the whole store again."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tracker.store.store import Store


def patched(store: Store, table: pd.DataFrame, places: Sequence[int]) -> tuple[pd.DataFrame, set[str]]:
    """The table with the rows at these places read again from the store, and the names of the columns that changed.

    If a row is no longer in the store, the table stays as it is. The caller makes sure that none is gone.
    """
    old = table.iloc[list(places)].reset_index(drop=True)
    new = store.frame(old["figure_id"].tolist()).set_index("figure_id", drop=False)
    new = new.loc[[one for one in old["figure_id"] if one in new.index]].reset_index(drop=True)
    if len(new) < len(old):
        return table, set()
    changed = [name for name in table.columns if not old[name].equals(new[name])]
    columns = {}
    for name in changed:
        cells = table[name].array.copy()
        cells[list(places)] = new[name].array
        columns[name] = pd.Series(cells, index=table.index)
    return table.assign(**columns), set(changed)
