"""The figures of a headline, and of the one that a text repeats at its head, as the text tells them behind it."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.linking import twin
from tracker.extraction.passage import Passage, changed_passage


def dated_in(passages: Sequence[Passage]) -> set[str]:
    """The ids of the figures whose own sentence states their day."""
    return {figure.figure_id for one in passages for figure, found in one.candidates if figure and found.is_dated()}


def headed_alike(title: Sequence[Passage], body: Sequence[Passage], end: int) -> list[Passage]:
    """The passages, with the figures of the headline as the text tells them behind it: also those of the headline that
    the text repeats at its head, up to `end`.
    """
    headed = sum(1 for one in body if one.reading.sentence.end <= end)
    sure = dated_in(body[headed:])
    told = [figure for one in body[headed:] for figure, _ in one.candidates if figure is not None]
    in_text = told or [figure for one in body for figure, _ in one.candidates if figure is not None]
    alike = [changed_passage(one, lambda figure: twin(figure, in_text, sure)) for one in (*title, *body[:headed])]
    return [*alike, *body[headed:]]
