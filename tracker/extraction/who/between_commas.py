"""Asides between a body and its verb of speech: "la policía, por su parte, informó"."""

from __future__ import annotations

from tracker.extraction.text.context import SentenceContext
from tracker.knowledge.phrases import Phrases

LONGEST = 8  # words between the two commas


def before_an_aside(context: SentenceContext, index: int, told_to: Phrases[str], skips: frozenset[str]) -> int:
    """The token before an aside whose second comma is at `index`; `index` itself if none ends there. An aside is one
    of the phrases `told_to`, a date, or of words that are passed over anyway.
    """
    lows, dated = context.lows, context.dated
    if lows[index] != "," or not told_to.by_first:
        return index
    opened = next((at for at in range(index - 1, max(0, index - LONGEST - 2), -1) if lows[at] == ","), index)
    if opened >= index - 1:
        return index
    told = told_to.at(lows, opened + 1)
    passed = all(at in dated or lows[at] in skips for at in range(opened + 1, index))
    return opened - 1 if passed or (told is not None and opened + 1 + told[0] == index) else index
