"""Whether people are told of as those of another country or body, so that they may have been harmed anywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tracker.extraction.counts.mentions import Mention
from tracker.extraction.reading import FieldContext, Reading
from tracker.extraction.where.places import PlaceReader
from tracker.knowledge.registry import Conflict

AS_OFTEN = 3  # a country named a third as often as the main one is spoken of as well
NEXT_TO = 6  # words behind the harm among which "in the war" or "in the attack" stands
MANY_MENTIONS = 20  # mentions of a sentence among which the people of a bare number are looked for


class Foreigners:
    """Tells foreigners by the lists of one language, the countries and the wars."""

    def __init__(self, places: PlaceReader, conflicts: Sequence[Conflict]) -> None:
        lists = places.language.places.lists
        self.conflicts = conflicts
        self.words, self.owners = frozenset(lists["foreigners"]), frozenset(lists["owners"])
        self.articles, self.wars = places.articles, places.lasting
        self.events = places.not_places - places.lasting
        self.demonyms, self.countries = places.gazetteer.demonyms, places.gazetteer.countries

    def are_told(self, here: FieldContext, reading: Reading, mention: Mention) -> bool:
        """Whether the victims of a mention are people of another country, or the own people of a body in a war."""
        mention = _with_noun(reading, mention)
        words, counts = reading.context.lows, here.country_counts()
        first, stop = mention.counted.noun or (0, 0)
        lows, pointed_to = words[first:stop], self._pointed_to(reading, mention)
        if not self.events.isdisjoint(pointed_to):
            return False  # "Six Mexicans died in the attack" of which the article told
        owned = first > 0 and words[first - 1] in self.owners
        nations = [found for low in lows if (found := self.demonyms.get(low) or self.countries.get(low)) is not None]
        if not self.words.isdisjoint(lows):
            return bool(nations) or owned
        in_the_war = not self.wars.isdisjoint(pointed_to)
        if owned and in_the_war:
            return True  # "five of its members had been killed in the conflict"
        seldom = max(counts.values(), default=0) / (1 if in_the_war else AS_OFTEN)
        return any(counts[one] < seldom and not self.at_war(one, here.base) for one in nations)

    def at_war(self, country: str, day: dt.date | None) -> bool:
        """Whether a conflict of the registry was going on in a country."""
        date = day.isoformat() if day is not None else None
        return any(country in one.countries and one.covers(date) for one in self.conflicts)

    def _pointed_to(self, reading: Reading, mention: Mention) -> list[str]:
        """The words behind the harm that an article stands before: "died in the attack", "killed in the war"."""
        harm, counted = reading.items[mention.harm], reading.items[mention.item]
        lows, after = reading.context.lows, max(harm.stop, counted.stop)
        near = range(after, min(len(lows), after + NEXT_TO))
        return [lows[at] for at in near if lows[at - 1] in self.articles]


def _with_noun(reading: Reading, mention: Mention) -> Mention:
    """The mention whose people a bare number counts too: "12 Poles died, and another 13 are missing"."""
    mentions = reading.mentions
    if mention.counted.noun is not None or len(mentions) > MANY_MENTIONS:
        return mention
    before = reversed(mentions[: mentions.index(mention)])
    return next((one for one in before if one.counted.noun is not None), mention)
