"""A file of several tables that is read quickly: nothing is copied, and only what is asked for is looked at.

The tables stand one after the other, each an Arrow file. At the end stand where each of them lies with its hash, and a
hash of that. A table is compared with its hash before anything is read from it, because Arrow trusts the numbers in its
files. A file that is damaged, cut short or of another format holds no tables.
"""

from __future__ import annotations

import hashlib
import mmap
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

if TYPE_CHECKING:
    import pandas as pd

BEGIN = b"tables of a casualty tracker, format 2\n".ljust(64)
"""How a file begins. What follows stands at multiples of its length, as Arrow likes it."""

_LENGTH, _HASH = 8, hashlib.sha256().digest_size


def write(stream: BinaryIO, about: Mapping[str, Any], tables: Iterable[tuple[str, pd.DataFrame]]) -> None:
    """Write tables under their names, and what there is to know of them (as JSON can hold it)."""
    import pyarrow as pa

    stream.write(BEGIN)
    at, places = len(BEGIN), {}
    for name, table in tables:
        arrow = pa.Table.from_pandas(table, preserve_index=False)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(sink, arrow.schema) as writer:
            writer.write_table(arrow)
        content = sink.getvalue()
        padding = -len(content) % len(BEGIN)
        stream.write(content)
        stream.write(b" " * padding)
        places[name] = [at, len(content), hashlib.sha256(content).hexdigest()]
        at += len(content) + padding
    head = orjson.dumps({"about": dict(about), "tables": places})
    stream.write(head + hashlib.sha256(head).digest() + len(head).to_bytes(_LENGTH, "big"))


class TableFile:
    """A file of tables that can be read. `about`: what is to know of them."""

    def __init__(self, content: memoryview, head: Mapping[str, Any]) -> None:
        self._content, self._places = content, head["tables"]
        self.about: Mapping[str, Any] = head["about"]

    @staticmethod
    def open(path: Path) -> TableFile | None:
        """The file at a path; None if there is none that can be used."""
        try:
            content = memoryview(_mapped(path))
        except (OSError, ValueError):  # ValueError: it is empty
            return None
        end = len(content) - _LENGTH - _HASH
        length = int.from_bytes(content[-_LENGTH:], "big")
        if content[: len(BEGIN)] != BEGIN or not 0 < length <= end - len(BEGIN):
            return None
        head = content[end - length : end]
        if hashlib.sha256(head).digest() != content[end : end + _HASH]:
            return None
        return TableFile(content, orjson.loads(head))

    def get(self, name: str) -> pd.DataFrame | None:
        """A table by its name; None if it is not there or damaged."""
        import pyarrow as pa

        at, length, known = self._places.get(name, (0, 0, ""))
        content = self._content[at : at + length]
        if hashlib.sha256(content).hexdigest() != known:
            return None
        return pa.ipc.open_file(pa.py_buffer(content)).read_all().to_pandas()  # type: ignore[no-any-return]


def _mapped(path: Path) -> bytes | mmap.mmap:
    """The content of a file. Processes share its memory, where a file in use can be replaced."""
    if os.name == "nt":
        return path.read_bytes()
    with path.open("rb") as stream:
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
