"""The write-ahead log beside an SQLite store: which writes in it cannot be read any more.

SQLite reads the log up to the first frame that is damaged, and says nothing of what follows: the store is then as it
was at an earlier moment. The same happens without the log, or with a part of it. Here the files are looked at before
SQLite opens them, because it overwrites the traces. Format: sqlite.org/fileformat2.html#walformat and walformat.html.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.store.connections import INDEX_OF_LOG, LOG, beside

HEADER, FRAME_HEADER = 32, 24  # bytes
MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
"""The first word of a log, and the order of bytes of its checksums."""
FRAMES_AT_ONCE = 1_000
WORD = 0xFFFFFFFF
EARLIER = "the store is as it was at an earlier moment"

Sums = tuple[int, int]


class _Index(NamedTuple):
    """What the index says of the log: its salts, how many frames are in it, and how many of them are in the store."""

    salts: bytes
    frames: int
    copied: int


def lost_writes(file: Path) -> str:
    """What the log of a store that is not yet open has lost, in words; "" for nothing. Only reads."""
    try:
        index = _index(beside(file, INDEX_OF_LOG))
        log = beside(file, LOG)
        size = log.stat().st_size if log.exists() else 0
        if not size:
            lost = index is not None and index.frames > index.copied
            return f"its log ({log.name}) is gone, and writes that only it held are lost: {EARLIER}" if lost else ""
        return _lost_in(log, index)
    except OSError:
        return ""  # who may not read the log cannot read the store either, and is told so when it is opened


def _lost_in(log: Path, index: _Index | None) -> str:
    with log.open("rb") as stream:
        header = stream.read(HEADER)
        order = MAGIC.get(int.from_bytes(header[:4], "big"))
        numbers = np.frombuffer(header[:24], f"{order or '<'}u4").reshape(1, -1) if len(header) == HEADER else None
        stored = struct.unpack(">II", header[24:]) if len(header) == HEADER else (0, 0)
        if order is None or numbers is None or _sums(numbers, [(0, 0)])[0] != stored:
            return f"its log ({log.name}) is damaged at its beginning, and writes in it are lost: {EARLIER}"
        size, salts = int.from_bytes(header[8:12], "big"), header[16:24]
        read, broken = 0, False
        for good, commits in _frames(stream, size, salts, (order, stored)):
            if broken and good and commits:
                return f"its log ({log.name}) is damaged behind frame {read}, and writes in it are lost: {EARLIER}"
            broken = broken or not good
            read += not broken
    if index is not None and index.salts == salts and read < index.frames and index.copied < index.frames:
        return f"its log ({log.name}) ends after {read} of {index.frames} frames, and writes are lost: {EARLIER}"
    return ""


def _frames(stream: BinaryIO, size: int, salts: bytes, start: tuple[str, Sums]) -> Iterator[tuple[bool, bool]]:
    """For each frame of this log: whether it is sound, and whether it ends a transaction.

    Each checksum continues that of the frame before, as it is stored there. So a frame behind a damaged one can be
    checked as well. Frames with other salts are left over from earlier, and end the log.
    """
    order, before = start
    length = FRAME_HEADER + size
    while data := stream.read(length * FRAMES_AT_ONCE):
        frames = [data[at : at + length] for at in range(0, len(data) - length + 1, length)]
        mine = [frame for frame in frames if frame[8:16] == salts]
        stored = [struct.unpack(">II", frame[16:24]) for frame in mine]
        summed = b"".join(frame[:8] + frame[FRAME_HEADER:] for frame in mine)
        numbers = np.frombuffer(summed, f"{order}u4").reshape(len(mine), -1)
        begins = [before, *stored][: len(mine)]
        for frame, found, wanted in zip(mine, _sums(numbers, begins), stored, strict=True):
            yield found == wanted, frame[4:8] != bytes(4)
        if len(mine) < len(frames) or len(data) < length * FRAMES_AT_ONCE:
            return
        before = stored[-1]


def _sums(numbers: NDArray[np.uint32], begins: list[Sums]) -> list[Sums]:
    """The checksum of each row of 32-bit words, from the checksum that each begins with.

    SQLite adds them pair by pair: a += x + b; b += y + a. That is linear, so k pairs later x counts f(2k + 1) times in
    a and f(2k + 2) times in b, and y counts f(2k) and f(2k + 1) times, where f are the Fibonacci numbers. So numpy can
    add up all rows at once. Unsigned integers wrap around as they should.
    """
    pairs = numbers.shape[1] // 2
    f = _fibonacci(2 * pairs + 2)
    later = 2 * np.arange(pairs - 1, -1, -1)
    x, y = numbers[:, 0::2].astype(np.uint32), numbers[:, 1::2].astype(np.uint32)
    a = (x * f[later + 1] + y * f[later]).sum(axis=1, dtype=np.uint32)
    b = (x * f[later + 2] + y * f[later + 1]).sum(axis=1, dtype=np.uint32)
    low, middle, high = (int(f[2 * pairs + step]) for step in (-1, 0, 1))
    return [
        ((int(more) + s * low + t * middle) & WORD, (int(more_b) + s * middle + t * high) & WORD)
        for more, more_b, (s, t) in zip(a, b, begins, strict=True)
    ]


def _fibonacci(count: int) -> NDArray[np.uint32]:
    found = [0, 1]
    while len(found) < count:
        found.append((found[-1] + found[-2]) & WORD)
    return np.array(found, dtype=np.uint32)


def _index(path: Path) -> _Index | None:
    """The index of the log; None where there is none that says anything."""
    if not path.exists():
        return None
    with path.open("rb") as stream:
        data = stream.read(136)
    if len(data) < 136 or not data[12]:  # not initialised
        return None
    order = "<" if data[:4] == b"\x18\xe2\x2d\x00" else ">"
    frames, copied = struct.unpack(f"{order}I", data[16:20])[0], struct.unpack(f"{order}I", data[96:100])[0]
    return _Index(data[32:40], frames, copied)
