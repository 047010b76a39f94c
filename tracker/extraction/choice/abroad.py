"""Whether the country found for a figure is only the home of the people, who were harmed in another land.

A foreign ministry counts its own people abroad, and "18 people from Thailand" were harmed anywhere but there.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from tracker.extraction.choice.candidates import Choice
from tracker.extraction.choice.foreigners import Foreigners
from tracker.extraction.choice.place_evidence import Asked
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.reading import FieldContext, Reading
from tracker.extraction.where.place import Where
from tracker.extraction.where.places import PlaceReader
from tracker.knowledge.registry import Conflict
from tracker.model import Outcome

_AWAY = frozenset({Outcome.KILLED, Outcome.INJURED, Outcome.CASUALTIES, Outcome.MISSING, Outcome.ABDUCTED})
KEPT = 2_000  # days whose countries at war are kept
WITHIN = 2  # tokens between "from" and the number or noun before it: "18, all from Thailand"


class Homes:
    """Tells where people come from by the lists of one language, the countries and the wars."""

    def __init__(self, places: PlaceReader, foreigners: Foreigners, conflicts: tuple[Conflict, ...]) -> None:
        lists = places.language.places.lists
        self.came_from, self.speakers = frozenset(lists["came_from"]), tuple(lists["own_abroad"])
        self.foreigners = foreigners
        self.wars: dict[str, list[Conflict]] = {}  # by country, without those that are fought in a corner of it
        for one in conflicts:
            for country in set(one.countries).difference(one.spillover):
                self.wars.setdefault(country, []).append(one)
        self.at_war = lru_cache(KEPT)(self._at_war)

    def without_home(self, asked: Asked, choice: Choice[Where]) -> Choice[Where]:
        """The choice, or none if the country chosen is at peace and only the home of those who were harmed."""
        where, (here, reading, mention) = choice.answer, asked[:3]
        if where is None or where.country is None or mention.outcome not in _AWAY:
            return choice
        at_war = self.at_war(here.base)
        if where.country in at_war or at_war.isdisjoint(here.country_counts()):
            return choice
        is_home = self._is_told_by(where.country, here, reading, mention) or self._is_origin(where, reading)
        return Choice(choice.candidates, None) if is_home else choice

    def _at_war(self, base: dt.date | None) -> frozenset[str]:
        """The countries in which a war is on, and not only in a corner of them."""
        day = base.isoformat() if base is not None else None
        return frozenset(country for country, wars in self.wars.items() if any(one.covers(day) for one in wars))

    def _is_told_by(self, country: str, here: FieldContext, reading: Reading, mention: Mention) -> bool:
        """Whether a country's foreign ministry or embassy counts its own people: "Manila said 12 Filipinos died"."""
        own = self.foreigners.nations(reading, mention)
        if own and country not in own:
            return False
        said = [here.text[one.source.start : one.source.end].lower() for one in reading.attributions if one.source]
        return any(word in words for words in said for word in self.speakers)

    def _is_origin(self, where: Where, reading: Reading) -> bool:
        """Whether a number or its people stand before "from" and the place: "18 from Thailand"."""
        lows, led = reading.context.lows, where.first - 1
        starts = reading.context.tokens.starts
        told = where.first < len(lows) and starts[where.first] == where.start  # in this sentence, not in the headline
        if not told or led < 1 or lows[led] not in self.came_from:
            return False
        ends = {reading.items[one.item].stop for one in reading.mentions}
        return any(stop <= led <= stop + WITHIN for stop in ends)
