"""Where what a body says begins behind its name."""

from __future__ import annotations

from tracker.extraction.text.context import SentenceContext
from tracker.knowledge.phrases import Phrases

BRACKETED = 6  # tokens of a short form in brackets
LONGEST_TOLD = 8  # tokens for who was told, behind a name
_OF_HARM = frozenset({"harm.ing", "suffer"})


def begins(context: SentenceContext, stop: int, that: frozenset[str], glued: frozenset[str]) -> bool:
    """Whether what is said begins behind a name that ends before `stop`, or behind a short form in brackets there.

    It begins with a word of `that`, which may have a word of `glued` before it, or where words are glued also with a
    noun for harm: "أكدت المنسقية سقوط ثلاثة قتلى", "أفادت الشرطة بأن".
    """
    lows, index = context.lows, _past_brackets(context, stop)
    index += index + 1 < len(lows) and lows[index] in glued
    if index >= len(lows):
        return False
    return lows[index] in that or (bool(glued) and not _OF_HARM.isdisjoint(context.tokens.roles(index)))


def _past_brackets(context: SentenceContext, index: int) -> int:
    """The token behind a short form in brackets at `index`; `index` without one."""
    lows = context.lows
    if index >= len(lows) or lows[index] != "(":
        return index
    return next((at + 1 for at in range(index + 2, min(len(lows), index + BRACKETED)) if lows[at] == ")"), index)


def past_the_told(context: SentenceContext, stop: int, told_to: Phrases[str], that: frozenset[str]) -> int:
    """Where what is said begins behind a name and who was told, "أكد المدير لمراسل الوكالة أن"; `stop` without one."""
    if stop >= len(context.lows) or told_to.at(context.lows, stop) is None:
        return stop
    near = range(stop, min(len(context.lows), stop + LONGEST_TOLD))
    return next((at for at in near if context.lows[at] in that), stop)
