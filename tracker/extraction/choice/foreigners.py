"""Whether people are told of as those of another country or body, so that they may have been harmed anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.counts.mentions import Mention
from tracker.extraction.reading import FieldContext, Reading
from tracker.extraction.where.places import PlaceReader
from tracker.knowledge.registry import Conflict, is_at_war
from tracker.model import Outcome

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
        self.named, self.demonyms = places.gazetteer.named, places.gazetteer.demonyms
        self.conjunctions = places.conjunctions

    def are_told(self, here: FieldContext, reading: Reading, mention: Mention) -> bool:
        """Whether the victims of a mention are people of another country, or the own people of a body in a war."""
        mention = _with_noun(reading, mention)
        words, counts = reading.context.lows, here.country_counts()
        first, stop = mention.counted.noun or (0, 0)
        lows, pointed_to = words[first:stop], self._pointed_to(reading, mention)
        if not self.events.isdisjoint(pointed_to):
            return False  # "Six Mexicans died in the attack" of which the article told
        owned = first > 0 and words[first - 1] in self.owners
        nations = self._nations(lows)
        if not self.words.isdisjoint(lows):
            held = mention.outcome is Outcome.DETAINED  # by those who are where the article is: "a Russian suspect"
            return not held and (bool(nations) or owned)
        in_the_war = not self.wars.isdisjoint(pointed_to)
        if owned and in_the_war:
            return True  # "five of its members had been killed in the conflict"
        seldom = max(counts.values(), default=0) / (1 if in_the_war else AS_OFTEN)
        return any(counts[one] < seldom and not is_at_war(one, here.base, self.conflicts) for one in nations)

    def nations(self, reading: Reading, mention: Mention) -> list[str]:
        """The countries whose people the victims of a mention are told to be: "eight French citizens".

        Or those of a state that speaks of its own: "Thailand said that 12 of its nationals died".
        """
        first, stop = _with_noun(reading, mention).counted.noun or (0, 0)
        lows = reading.context.lows
        owned = first > 0 and lows[first - 1] in self.owners and not self.words.isdisjoint(lows[first:stop])
        other = self.joined(lows, stop)
        return self._nations(lows[:first] if owned else lows[first:stop]) + ([other] if other is not None else [])

    def joined(self, lows: Sequence[str], stop: int) -> str | None:
        """Whose other people a number counts, if its noun ends at `stop`: "40 Malians and Nigeriens"."""
        two = 0 < stop < len(lows) - 1 and lows[stop] in self.conjunctions
        return self.demonyms.get(lows[stop + 1]) if two else None

    def _nations(self, lows: Sequence[str]) -> list[str]:
        return [self.named[low] for low in lows if low in self.named]

    def _pointed_to(self, reading: Reading, mention: Mention) -> list[str]:
        """The words behind the harm that an article stands before: "died in the attack", "killed in the war"."""
        lows, (_, after) = reading.context.lows, reading.harm(mention)
        near = range(after, min(len(lows), after + NEXT_TO))
        return [lows[at] for at in near if lows[at - 1] in self.articles]


def _with_noun(reading: Reading, mention: Mention) -> Mention:
    """The mention whose people a bare number counts too: "12 Poles died, and another 13 are missing"."""
    mentions = reading.mentions
    if mention.counted.noun is not None or len(mentions) > MANY_MENTIONS:
        return mention
    before = reversed(mentions[: mentions.index(mention)])
    return next((one for one in before if one.counted.noun is not None), mention)
