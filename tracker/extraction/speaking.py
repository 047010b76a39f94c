"""Who speaks in a sentence, as the paragraph tells: behind the end of a quotation, or in the sentence before."""

from __future__ import annotations

from tracker.extraction.reading import BEHIND, Discourse, Reading, is_quoted
from tracker.extraction.who.names import Source, resolved


def speaker_behind(discourse: Discourse, reading: Reading) -> tuple[Source | None, int]:
    """The source that a sentence names behind the end of a quotation, and the number of the sentence that opened it."""
    quoting, lows = discourse.quoting, reading.context.lows
    if quoting is None or quoting.told or not is_quoted(discourse, reading) or '"' not in lows:
        return None, 0
    near = range(lows.index('"'), lows.index('"') + BEHIND)
    found = (one.source for one in reading.attributions if one.at in near and not one.cited and one.source is not None)
    speaker = next(found, None)
    return resolved(speaker, discourse.named) if speaker is not None else None, quoting.position.sentence


def counts_on(discourse: Discourse, reading: Reading) -> bool:
    """Whether a sentence may count on from the figure of the one before, whose source its paragraph names."""
    return discourse.total is not None and discourse.spoken.paragraph == reading.position.paragraph
