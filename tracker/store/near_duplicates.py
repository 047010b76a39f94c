"""Near duplicates: articles whose texts are nearly the same, such as an agency's report that forty papers print.

The store keeps a MinHash sketch of the three-word shingles of each text (Broder 1997). Two articles are copies if one
contains most of the other and they were published within a few days. Papers cut the end of an agency's report, put a
line of their own before it, or change a word. A report of the next month that repeats the same background is not a
copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORDS = 3  # in one shingle
READ = 200_000  # characters of a text that are used
NUMBERS = 128  # in a sketch
ROWS = 2  # numbers in a band: two articles are compared if one of the NUMBERS // ROWS bands is equal
HELD = 0.65  # the smallest part of the shorter article that the other one contains
ALIKE = 0.25  # the smallest Jaccard similarity; below it the sketches are too inexact
DAYS = 7  # the longest time between the publication of copies
NEIGHBOURS = 2  # how many neighbours, ordered by day, each article is compared with in a band
UNDATED = -1_000_000  # the day of articles without a date, which are compared only with each other

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sketch:
    """The number of distinct shingles of a text, and their MinHash (NUMBERS times four bytes)."""

    shingles: int
    numbers: bytes


def sketch(text: str) -> Sketch | None:
    """The sketch of a text; None for one without words."""
    from array import array

    from rensa import RMinHash

    words = _WORD.findall(text[:READ].lower())
    if not words:
        return None
    shingles = zip(*(words[at:] for at in range(WORDS)), strict=False)
    runs = set(map(" ".join, shingles)) or {" ".join(words)}
    made = RMinHash(num_perm=NUMBERS, seed=1)
    made.update(list(runs))  # of each number the smallest is kept, so their order does not matter
    numbers = array("I", made.digest())
    return Sketch(len(runs), numbers.tobytes())


def groups(
    ids: Sequence[str], days: Sequence[int | None], sketches: Sequence[Sketch], addresses: Sequence[str] = ()
) -> dict[str, str]:
    """For each article that has copies the id that represents the group: the first one in alphabetical order.

    `days` are counted from any fixed day. Articles with the same address ("" means none) are always copies. The order
    of the articles does not matter.
    """
    import numpy as np

    if len(ids) < 2:
        return {}
    known = np.array([UNDATED if day is None else day for day in days], dtype=np.int64)
    order = np.lexsort([np.array(ids, dtype=object).astype(str), known])
    numbers = np.frombuffer(b"".join(one.numbers for one in sketches), dtype=np.uint32).reshape(-1, NUMBERS)[order]
    sizes = np.array([one.shingles for one in sketches], dtype=np.float64)[order]
    pairs = [pair[_alike(numbers, sizes, known[order], pair)] for pair in _candidates(numbers)]
    if addresses:
        pairs.append(_of_one_address([addresses[at] for at in order]))
    joined = _joined(len(ids), np.concatenate(pairs))
    names = np.array(ids, dtype=object)[order]
    return _named(names, joined)


def _candidates(numbers: NDArray[np.uint32]) -> Iterator[NDArray[np.intp]]:
    """For each band the pairs of rows that agree in it: each row with its nearest neighbours in order."""
    import numpy as np

    for band in range(0, NUMBERS, ROWS):
        keys = numbers[:, band].astype(np.uint64) << np.uint64(32) | numbers[:, band + 1]
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        for step in range(1, NEIGHBOURS + 1):
            same = np.flatnonzero(ordered[step:] == ordered[:-step])
            yield np.column_stack([order[same], order[same + step]])


def _alike(
    numbers: NDArray[np.uint32], sizes: NDArray[np.float64], days: NDArray[np.int64], pairs: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """The pairs that are copies."""
    import numpy as np

    one, other = pairs[:, 0], pairs[:, 1]
    at = np.flatnonzero(np.abs(days[one] - days[other]) <= DAYS)
    one, other = one[at], other[at]
    shared = (numbers[one] == numbers[other]).mean(axis=1)
    both = shared * (sizes[one] + sizes[other]) / (1 + shared)
    out = np.zeros(len(pairs), dtype=bool)
    out[at] = (shared >= ALIKE) & (both >= HELD * np.minimum(sizes[one], sizes[other]))
    return out


def _of_one_address(addresses: Sequence[str]) -> NDArray[np.intp]:
    """The pairs of each row with the first row that has the same address."""
    import numpy as np

    first: dict[str, int] = {}
    same = [(first.setdefault(one, at), at) for at, one in enumerate(addresses) if one]
    return np.array([pair for pair in same if pair[0] != pair[1]], dtype=np.intp).reshape(-1, 2)


def _joined(count: int, pairs: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each row the lowest row that it is connected to by pairs (connected components)."""
    import numpy as np

    lowest = np.arange(count)
    while True:
        least = np.minimum(lowest[pairs[:, 0]], lowest[pairs[:, 1]])
        before = lowest.copy()
        np.minimum.at(lowest, pairs[:, 0], least)
        np.minimum.at(lowest, pairs[:, 1], least)
        lowest = lowest[lowest]
        if np.array_equal(before, lowest):
            return lowest


def _named(names: NDArray[np.object_], joined: NDArray[np.intp]) -> dict[str, str]:
    members: dict[int, list[str]] = {}
    for name, group in zip(names.tolist(), joined.tolist(), strict=True):
        members.setdefault(group, []).append(name)
    return {name: min(group) for group in members.values() if len(group) > 1 for name in group}
