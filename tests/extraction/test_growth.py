"""The work of reading grows with the length of a text and no faster, whatever stands in it.

Calls are counted, not seconds. What happens inside one call, all 120 shapes and longer texts
are measured by benchmarks/hostile.py.
"""

from __future__ import annotations

import pytest
from adversarial import SHAPES, adversarial
from examples import examples
from growth import calls, no_hang
from readers import READER

from tracker.model import Article

SHORT, LONG = 10_000, 100_000
FULL = 30  # shapes in a full run
MOST = 1.5  # times the calls for each character of the short text


def article(text: str) -> Article:
    return Article(id="absurd", text=text, published="2012-03-26")


@pytest.mark.parametrize("piece", SHAPES[:: 120 // examples(FULL)], ids=repr)
def test_a_text_ten_times_as_long_takes_ten_times_the_work(piece: str) -> None:
    short, long = article(adversarial(piece, SHORT)), article(adversarial(piece, LONG))
    READER.read(short)  # what is kept of spellings that were met before is no work any more
    with no_hang():
        assert calls(lambda: READER.read(long)) < MOST * LONG / SHORT * calls(lambda: READER.read(short))


def test_there_are_120_shapes() -> None:
    assert len(set(SHAPES)) == 120


def test_work_that_grows_with_the_square_is_noticed() -> None:
    def square(size: int) -> int:
        return calls(lambda: [min(a, b) for a in range(size) for b in range(size)])

    assert square(100) > MOST * 10 * square(10)


class Searched(str):
    """A text that counts how often something is looked for in all of it, or all of it is copied."""

    times = 0

    def __contains__(self, part: object) -> bool:
        Searched.times += 1
        return super().__contains__(str(part))

    def __format__(self, how: str) -> str:
        Searched.times += 1
        return super().__format__(how)


@pytest.mark.parametrize(
    "sentence", ["Six people were killed in an attack on Zerqol. ", "Six Poles were killed at Larnik. "]
)
def test_the_whole_text_is_searched_as_often_for_many_figures_as_for_one(sentence: str) -> None:
    def searches(times: int) -> int:
        Searched.times = 0
        found = READER.read(Article(id="long", text=Searched(sentence * times), published="2012-03-26", language="en"))
        assert len(found) == times
        return Searched.times

    assert searches(40) == searches(4)
