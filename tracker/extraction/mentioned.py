"""The mentions of a sentence, given what was told before it: it may divide a figure, or call those who died victims."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.extraction.counts.any_harm import widened
from tracker.extraction.counts.division import Divider, Whole
from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mention import PART_RULE, UNIT_RULE, Mention
from tracker.extraction.lines import Line, LineReader
from tracker.extraction.reading import Discourse
from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.language import Language
from tracker.model import Figure, Outcome

DIVIDED = 2  # sentences behind a figure in which its people are divided
MEANT = 6  # sentences behind a figure in which "the victims" are those of it
_WORD = re.compile(r"\w+")
_HARMED = frozenset({Outcome.KILLED, Outcome.INJURED})


class MentionReader:
    """Reads the mentions of sentences in the order of their text."""

    def __init__(self, language: Language, lines: LineReader, peoples: frozenset[str]) -> None:
        lists = language.context.lists
        self.lines = lines
        self.divider = Divider(language, peoples)
        self.parts = lists["parts"]
        self.any_harm, self.meant = frozenset(lists["any_harm"]), frozenset(lists["meant"])

    def mentions(self, line: Line, discourse: Discourse) -> Sequence[Mention]:
        """The mentions of a sentence, in order."""
        found = self._found(line, discourse)
        if not found:
            return found
        lows, items = line.tokens().lows, line.items()
        if self.any_harm:
            found = widened(found, items, lows, self.any_harm)
        whole = discourse.whole
        if whole is None or discourse.age > MEANT or self.meant.isdisjoint(lows):
            return found
        return [self._of_the_dead(mention, items, line.tokens(), whole) for mention in found]

    def _found(self, line: Line, discourse: Discourse) -> Sequence[Mention]:
        total = discourse.total
        if total is not None and any(map(line.low.__contains__, self.parts)):
            found = self.lines.mentions(line.items(), total.outcome)
        else:
            found = line.mentions() if line.harms else []
        own = [mention for mention in found if mention.rule != PART_RULE]
        if own:
            return self.divider.divided_here(line.tokens(), line.items(), found)
        whole = discourse.whole
        if whole is None or discourse.age > DIVIDED or not self.lines.tagger.may_count(line.tokens()):
            return found
        behind = " ".join(one.quote.partition(one.figure)[2] for one in (whole, total) if one is not None)
        told = frozenset(_WORD.findall(behind.lower()))
        divided = self.divider.divided(
            line.tokens(), line.items(), Whole(whole.outcome, whole.value, whole.victim_group, told)
        )
        parts = {mention.item: mention for mention in (*found, *divided)}
        return [parts[at] for at in sorted(parts)]

    def _of_the_dead(self, mention: Mention, items: Sequence[Item], tokens: Tokens, whole: Figure) -> Mention:
        """A mention of victims with the outcome of the figure whose victims they are. "Two victims were taken to a
        clinic" are not the dead, "two victims were nurses" are.
        """
        harm = items[mention.harm]
        fits = Whole(whole.outcome, whole.value).holds(mention.counted.quantity.value)
        meant = mention.outcome is Outcome.CASUALTIES and whole.outcome in _HARMED
        if not (meant and fits) or self.meant.isdisjoint(tokens.lows[harm.first : harm.stop]):
            return mention
        said = mention.rule != UNIT_RULE or self.divider.says_who(tokens, items, mention.item)
        return mention._replace(outcome=whole.outcome) if said else mention
