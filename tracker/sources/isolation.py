"""Keeps what is wrong with one record of a container from ending the records behind it."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.model import InputError
from tracker.sources.items import Item


def isolated(items: Iterator[Item], path: str) -> Iterator[Item]:
    """Yield the items of one record. Whatever its reader raises becomes an InputError with the name of the record.

    Only a lack of memory is passed on: it ends the process, and the sandbox names the record.
    """
    try:
        yield from items
    except InputError as error:
        yield error
    except MemoryError:
        raise
    except Exception as error:
        # Broad on purpose: on a broken record a parser raises exceptions of any type.
        yield InputError(path, f"is damaged ({type(error).__name__})")
