"""Stores as the commands open them: for reading only, or for writing; and what a store says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.terminal import tell

if TYPE_CHECKING:
    from tracker.store.store import Store


def open_for_reading(db: str | None) -> Store:
    """The store, which must exist and is not changed."""
    return _opened(db, create=False, read_only=True)


def open_for_writing(db: str | None, *, create: bool = False) -> Store:
    """The store, which is made where there is none if `create` is true."""
    return _opened(db, create=create, read_only=False)


def _opened(db: str | None, *, create: bool, read_only: bool) -> Store:
    from tracker.store.store import Store

    store = Store.open(db, create=create, read_only=read_only)
    if store.lost:
        tell(f"note: {store.name}: {store.lost}")
    return store
