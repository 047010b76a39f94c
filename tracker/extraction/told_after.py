"""Sources that are told after the sentences they vouch for: "Про це повідомила поліція.", "…», — сказав мер."."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.reading import BEHIND, Discourse, Reading, unsourced
from tracker.extraction.who.attribution import SourceReader
from tracker.extraction.who.names import Source

REACH = 4  # sentences that a source told after them vouches for
FARTHEST = 8  # sentences of a news item without any source that one told at its end vouches for
_OPENING, _CLOSING, _BOTH = frozenset("«„“"), frozenset("»”"), '"'
_DASHES = frozenset("–—")
_MARKS = _OPENING | _CLOSING | {_BOTH}


def told_after(
    sources: SourceReader, before: Sequence[Reading], reading: Reading, discourse: Discourse
) -> tuple[Source | None, int]:
    """The source that a sentence names for those before it, and for how many of them. `before`: those, the last ones
    last; `discourse`: what was said before the sentence.
    """
    if not reading.attributions or before[-1].position.item != reading.position.item:
        return None, 0
    later = sources.later(reading.context, reading.attributions)
    if later is not None:
        return later, max(1, _unsourced(before)) if sources.quoted_before else 1
    if not sources.quoted_before:
        return None, 0
    if not _closes(reading.sentence.text):
        return _behind_a_dash(before, reading)
    texts = [one.sentence.text for one in before[-REACH:]]
    back = next((at for at, text in enumerate(reversed(texts), 1) if _opens(text)), 0)
    lows = reading.context.lows
    closed = max((at for at, low in enumerate(lows) if low == _BOTH), default=len(lows))
    behind = [one.source for one in reading.attributions if closed < one.at < closed + BEHIND]
    named = (*discourse.named, *[source for source in behind if source is not None])
    return (named[-1], back) if named and behind and back else (None, 0)


def _unsourced(before: Sequence[Reading]) -> int:
    """How many of the last sentences before one name no source: those of its news item if none of them names one, else
    those of the last paragraph.
    """
    item = [one for one in before[-FARTHEST:] if one.position.item == before[-1].position.item]
    if len(item) < FARTHEST and not any(one.attributions for one in item):
        return len(item)
    return unsourced(reversed(before[-REACH:]), before[-1].position)


def _behind_a_dash(before: Sequence[Reading], reading: Reading) -> tuple[Source | None, int]:
    """The same behind a speech that opens its paragraph with a dash: "— Погибли двое. …, — сказал мэр."."""
    paragraph = [one for one in before[-REACH:] if one.position.paragraph == reading.position.paragraph]
    if not paragraph or paragraph[0].context.lows[0] not in _DASHES:
        return None, 0
    lows = reading.context.lows
    said = next((at for at in range(1, len(lows)) if lows[at] in _DASHES and lows[at - 1] == ","), len(lows))
    behind = (one.source for one in reading.attributions if said < one.at < said + BEHIND)
    speaker = next((source for source in behind if source is not None), None)
    return speaker, len(paragraph) if speaker is not None else 0


def _closes(text: str) -> bool:
    """Whether a sentence ends a quotation that an earlier one began."""
    first = next((mark for mark in text if mark in _MARKS), "")
    return first in _CLOSING if first != _BOTH else text.count(_BOTH) % 2 == 1


def _opens(text: str) -> bool:
    """Whether a sentence begins a quotation that goes on behind it."""
    last = next((mark for mark in reversed(text) if mark in _MARKS), "")
    return last in _OPENING if last != _BOTH else text.count(_BOTH) % 2 == 1
