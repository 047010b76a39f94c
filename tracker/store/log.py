"""The write-ahead log beside an SQLite store: which writes in it cannot be read any more.

SQLite reads the log up to the first frame that is damaged, and says nothing of what follows: the store is then as it
was at an earlier moment. The same happens without the log, or with a part of it. Here the files are looked at before
SQLite opens them, because it overwrites the traces. Format: sqlite.org/fileformat2.html#walformat and walformat.html.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from tracker.store.connections import INDEX_OF_LOG, LOG, beside, has_log

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HEADER, FRAME_HEADER = 32, 24  # bytes
MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
"""The first word of a log, and the order of bytes of its checksums."""
FRAMES_AT_ONCE = 1_000
WORD = 0xFFFFFFFF
EARLIER = "the store is as it was at an earlier moment"

Sums = tuple[int, int]


class _Header(NamedTuple):
    """What a log says of itself: the order of bytes of its checksums, the size of a page, its salts, its checksum."""

    order: str
    page_size: int
    salts: bytes
    sums: Sums


class _Index(NamedTuple):
    """What the index says of the log: its salts, how many frames are in it, and how many of them are in the store."""

    salts: bytes
    frames: int
    copied: int


def lost_writes(file: Path) -> str:
    """What the log of a store that is not yet open has lost, in words; "" for nothing. Only reads."""
    lost = _lost(file)
    return lost if lost and _lost(file) == lost else ""  # asked twice, because somebody may be writing, or just end


def _lost(file: Path) -> str:
    log = beside(file, LOG)
    try:
        index = _index(beside(file, INDEX_OF_LOG))
        if has_log(file):
            with log.open("rb") as stream:
                header = _header(stream.read(HEADER))
                lost = _lost_behind(stream, header, index) if header else "is damaged at its beginning"
        else:
            lost = "is gone" if index and index.frames > index.copied else ""
    except OSError:
        return ""  # who may not read the log cannot read the store either, and is told so when it is opened
    return f"its log ({log.name}) {lost}, and the last writes are lost: {EARLIER}" if lost else ""


def _header(data: bytes) -> _Header | None:
    """The header of a log; None where it is damaged."""
    import numpy as np

    order = MAGIC.get(int.from_bytes(data[:4], "big"))
    if order is None or len(data) < HEADER:
        return None
    sums = struct.unpack(">II", data[24:])
    numbers = np.frombuffer(data[:24], f"{order}u4").reshape(1, -1)
    return (
        _Header(order, int.from_bytes(data[8:12], "big"), data[16:24], sums)
        if _sums(numbers, [(0, 0)]) == [sums]
        else None
    )


def _lost_behind(stream: BinaryIO, header: _Header, index: _Index | None) -> str:
    """What is lost of the frames behind the header, in words; "" for nothing."""
    read, broken = 0, False
    for sound, commits in _frames(stream, header):
        if sound and broken and commits:
            return f"is damaged behind frame {read}"
        broken = broken or not sound
        read += not broken
    if index and index.salts == header.salts and read < index.frames and index.copied < index.frames:
        return f"ends after {read} of {index.frames} frames"
    return ""


def _frames(stream: BinaryIO, header: _Header) -> Iterator[tuple[bool, bool]]:
    """For each frame of this log: whether it is sound, and whether it ends a transaction.

    Each checksum continues that of the frame before, as it is stored there. So a frame behind a damaged one can be
    checked as well. Frames with other salts are left over from earlier, and are not sound.
    """
    import numpy as np

    before, length = header.sums, FRAME_HEADER + header.page_size
    while data := stream.read(length * FRAMES_AT_ONCE):
        frames = [data[at : at + length] for at in range(0, len(data) - length + 1, length)]
        if not frames:
            return
        stored = [struct.unpack(">II", frame[16:24]) for frame in frames]
        summed = b"".join(frame[:8] + frame[FRAME_HEADER:] for frame in frames)
        numbers = np.frombuffer(summed, f"{header.order}u4").reshape(len(frames), -1)
        for frame, found, wanted in zip(frames, _sums(numbers, [before, *stored[:-1]]), stored, strict=True):
            yield found == wanted and frame[8:16] == header.salts, frame[4:8] != bytes(4)
        if len(data) < length * FRAMES_AT_ONCE:  # the end: what is written meanwhile is not looked at
            return
        before = stored[-1]


def _sums(numbers: NDArray[np.uint32], begins: list[Sums]) -> list[Sums]:
    """The checksum of each row of 32-bit words, from the checksum that each begins with.

    SQLite adds them pair by pair: a += x + b; b += y + a. That is linear, so k pairs later x counts f(2k + 1) times in
    a and f(2k + 2) times in b, and y counts f(2k) and f(2k + 1) times, where f are the Fibonacci numbers. So numpy can
    add up all rows at once. Unsigned integers wrap around as they should.
    """
    import numpy as np

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
    import numpy as np

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
