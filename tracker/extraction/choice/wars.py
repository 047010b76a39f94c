"""What a war tells of where people were harmed, though no place is told: its great event, or who struck from outside.

Hostages of an event were taken where it was, wherever they are held. An air force strikes another country than its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tracker.extraction.choice.foreigners import MANY_MENTIONS, Foreigners
from tracker.extraction.counts.mention import HARMED
from tracker.extraction.counts.mentions import Mention
from tracker.extraction.reading import FieldContext, Reading, is_apart
from tracker.extraction.where.places import PlaceReader
from tracker.knowledge.known_events import KnownEvent, load_known_events
from tracker.knowledge.registry import Conflict, is_at_war
from tracker.model import Outcome, SourceType, VictimGroup, first_day

STRIKING = 15  # words between what struck and the harm
HALF = 2  # the nation of victims tells where they were if the article names it half as often as any other
BESIDE = 20  # words between a bare number and the one whose people it may count
OWNING = 3  # words between a country and what it strikes with: "Israel's heavy air strikes"
KEPT = 2_000  # days whose wars are kept
_AT_HOME = frozenset(
    {SourceType.GOVERNMENT, SourceType.MEDICAL, SourceType.POLICE, SourceType.OFFICIALS, SourceType.MILITARY}
)
_COUNTED = frozenset({Outcome.KILLED, Outcome.CASUALTIES, Outcome.ABDUCTED})
_UNNAMED = frozenset({Outcome.KILLED, Outcome.INJURED, Outcome.CASUALTIES, Outcome.MISSING, Outcome.ABDUCTED})


class Wars:
    """Tells grounds by the wars, their great events, and the words of one language."""

    def __init__(self, places: PlaceReader, foreigners: Foreigners, conflicts: Sequence[Conflict]) -> None:
        lists = places.language.places.lists
        self.foreigners, self.conflicts = foreigners, conflicts
        self.names, self.gazetteer = places.names, places.gazetteer
        self.from_afar = frozenset(lists["from_afar"])
        self.striking = self.from_afar | frozenset(lists["wars"])
        self.between = frozenset(places.prepositions.alone) - self.from_afar
        self.on = lru_cache(KEPT)(self._on)
        self.events = [(first_day(one.day), one) for one in load_known_events() if one.captive_days]

    def nation_of(self, here: FieldContext, reading: Reading, mention: Mention) -> str | None:
        """The country whose people the victims are, if that is at war and the article often names it.

        The nation of combatants says nothing about where they were, and that of foreigners neither.
        """
        found = self._of_mention(reading, mention)
        if found is None and mention.part_of is not None:
            whole = (self._of_mention(reading, one) for one in reading.mentions if one.item == mention.part_of)
            found = next(filter(None, whole), None)  # "12 Malians, including three children"
        if found is None:
            beside = _counted_beside(reading, mention)
            found = next(filter(None, (self._of_mention(reading, one) for one in beside)), None)
        if found is None:
            return None
        counts = here.country_counts()
        most = max(counts.values(), default=0)
        return found if counts[found] * HALF >= most and is_at_war(found, here.base, self.conflicts) else None

    def home_of(self, here: FieldContext, reading: Reading, mention: Mention) -> tuple[str | None, bool]:
        """The country at war whose own body counts its dead, if nothing says whose people they are: "Malia's health
        ministry said that 12 had died"; and whether it is no army, which counts those of its enemy, too.
        """
        told = [one.source for one in reading.attributions if one.source is not None]
        homes, kinds = {one.home for one in told}, {one.type for one in told}
        ours = mention.outcome in HARMED and mention.counted.group is not VictimGroup.COMBATANTS
        if not ours or len(homes) != 1 or not kinds <= _AT_HOME or self.foreigners.nations(reading, mention):
            return None, False
        home = homes.pop()
        at_war = is_at_war(home, here.base, self.conflicts)
        return (home, SourceType.MILITARY not in kinds) if home and at_war else (None, False)

    def _of_mention(self, reading: Reading, mention: Mention) -> str | None:
        if mention.counted.group is VictimGroup.COMBATANTS or mention.counted.quantity.value == 0:
            return None
        first, stop = mention.counted.noun or (0, 0)
        harm = reading.items[mention.harm].first
        lows = reading.context.lows
        if not self.foreigners.words.isdisjoint(lows[first:stop]):
            return None  # "six Mexican nationals"
        if self.foreigners.joined(lows, stop) is not None:
            return None  # "hundreds of Malians and Nigeriens" died on both sides of a border
        words = (*lows[first:stop], lows[harm - 1] if harm else "")  # "12 Palestinian children", "Palestinian deaths"
        demonyms = self.gazetteer.demonyms
        told = list(dict.fromkeys(demonyms[low] for low in words if low in demonyms))
        return told[0] if len(told) == 1 else None  # "a Malian Tolanian" may be at home in either

    def event_of(self, here: FieldContext, reading: Reading, mention: Mention) -> KnownEvent | None:
        """The great event of a war of which people told of without it are: its captives, and foreigners soon after."""
        outcome, counted = mention.outcome, mention.counted
        if outcome not in _UNNAMED or counted.quantity.value == 0:
            return None
        for event, days in self._recent(here):
            if _is_of_before(reading, event):
                continue
            nations = self.foreigners.nations(reading, mention)
            if outcome is Outcome.ABDUCTED and event.country in (nations or [event.country]):
                return event
            sides = {side for war in self.on(here.base) if event.country in war.countries for side in war.countries}
            abroad = bool(nations) and sides.isdisjoint(nations)
            if abroad and days <= event.days and counted.group is not VictimGroup.COMBATANTS:
                return event
        return None

    def captors_of(self, here: FieldContext, reading: Reading, mention: Mention) -> tuple[str, str] | None:
        """Where captives were taken who were harmed, and the country that holds them: "12 hostages died"."""
        first, stop = mention.counted.noun or (0, 0)
        words = reading.context.tokens.lexicon[first:stop]
        if mention.outcome not in HARMED or all(one is None or one[1].outcome is not Outcome.ABDUCTED for one in words):
            return None
        for event, _ in self._recent(here):
            sides = [war.countries for war in self.on(here.base) if event.country in war.countries]
            captors = next((land for side in sides for land in side if land != event.country), None)
            if captors is not None and not _is_of_before(reading, event):
                return event.country, captors
        return None

    def loss_of(self, nation: str | None, here: FieldContext, mention: Mention) -> KnownEvent | None:
        """The great event that killed people of a nation by the hundred, soon after it: "1,200 Israelis"."""
        number = mention.counted.quantity.about
        recent = self._recent(here) if nation is not None and mention.outcome in _UNNAMED else ()
        lost = (one for one, days in recent if days <= one.days and number >= one.least and one.country == nation)
        return next(lost, None)

    def toll_of(self, country: str | None, here: FieldContext, reading: Reading, mention: Mention) -> KnownEvent | None:
        """The great event in a country if nothing else there harmed so many since: "attacked, killing 1,400 people"."""
        quantity = mention.counted.quantity
        great = any(one.country == country and quantity.about >= one.least for _, one in self.events)
        if not great or mention.outcome not in _COUNTED:
            return None
        nation = self.nation_of(here, reading, mention)
        if nation is None and quantity.value is None:
            return None  # "a blast killed hundreds" in an article on two countries
        if not {nation, *self.foreigners.nations(reading, mention)} <= {None, country}:
            return None
        for event, _ in self._recent(here):
            if event.country == country and quantity.about >= event.least and not _is_of_before(reading, event):
                return event
        return None

    def _recent(self, here: FieldContext) -> Iterator[tuple[KnownEvent, int]]:
        """The great events of the war that an article speaks of, and how many days ago they were."""
        for day, event in self.events:
            days = (here.base - day).days if here.base is not None else -1
            if 0 <= days <= event.captive_days and self._is_of_its_war(event, here):
                yield event, days

    def _is_of_its_war(self, event: KnownEvent, here: FieldContext) -> bool:
        """Whether the country at war that an article names most is that of an event, or of the other side."""
        counts = here.country_counts()
        fighting = {country for war in self.on(here.base) for country in war.countries}
        at_war = [one for one in counts if one in fighting]
        most = max(at_war, key=counts.__getitem__, default=None)
        if counts[event.country] == 0 or most is None:
            return False
        return any({most, event.country} <= {*one.countries} for one in self.on(here.base))

    def struck_by(self, reading: Reading, mention: Mention, base: dt.date | None) -> str | None:
        """The country that harmed people from outside: "Israeli air strikes have killed 12".

        None if nobody did, or if it has a war on its own ground.
        """
        lows = reading.context.lows
        if self.striking.isdisjoint(lows):
            return None
        at, after = reading.harm(mention)
        harm = reading.items[mention.harm].first
        near = range(max(0, min(at, harm) - STRIKING), min(len(lows), after + STRIKING))
        strikes = [i for i in near if lows[i] in self.striking and not is_apart(i, harm, reading.breaks)]
        for index in sorted(strikes, key=lambda i: abs(i - harm)):
            country = self._owner(reading, index)
            if country is not None:
                return None if self.is_on_ground_of(country, base) else country
        return None

    def enemy_of(self, country: str, here: FieldContext) -> str | None:
        """The country at war that one strikes from outside: the one that the article names most, else an enemy."""
        counts = here.country_counts()
        sides = [one.countries for one in self.on(here.base) if country in one.countries]
        enemies = [other for side in sides for other in side if other != country]
        if not any(counts[one] for one in enemies):
            at_war = [one for one in counts if one != country and is_at_war(one, here.base, self.conflicts)]
            enemies = at_war or enemies
        return max(enemies, key=counts.__getitem__, default=None)

    def is_on_ground_of(self, country: str | None, base: dt.date | None) -> bool:
        """Whether a war is on that is fought on the ground of a country more than of any other."""
        return any(one.countries[0] == country for one in self.on(base))

    def is_abroad(self, country: str | None, base: dt.date | None) -> bool:
        """Whether a country fights only on the ground of others: "Russia's war", "Israel killed 12"."""
        if self.is_on_ground_of(country, base):
            return False
        return any(country in one.countries[1:] and country not in one.spillover for one in self.on(base))

    def is_civil_in(self, country: str | None, base: dt.date | None) -> bool:
        """Whether a war is on in a country, which fights no other."""
        sides = [(one.countries, one.spillover) for one in self.on(base) if country in one.countries]
        return bool(sides) and all({*countries} - {*spillover} <= {country} for countries, spillover in sides)

    def _owner(self, reading: Reading, index: int) -> str | None:
        """The country whose strikes stand at a token."""
        context = reading.context
        for before in range(index - 1, max(-1, index - 1 - OWNING), -1):
            low = context.lows[before]
            if low in self.between or (context.kinds[before] == "mark" and "." not in context.lows[before - 1]):
                return None
            found = self.gazetteer.named.get(low) or self.names.lost.get(low)
            if found is not None:
                return found
        return None

    def _on(self, base: dt.date | None) -> tuple[Conflict, ...]:
        """The wars that are on."""
        day = base.isoformat() if base is not None else None
        return tuple(one for one in self.conflicts if one.covers(day))


def _is_of_before(reading: Reading, event: KnownEvent) -> bool:
    """Whether a sentence tells of a day before an event."""
    return any(when.date is not None and when.date < event.day for when in reading.dates)


def _counted_beside(reading: Reading, mention: Mention) -> Sequence[Mention]:
    """The mentions whose people a bare number may count too, the nearest before it first.

    "12 Palestinians died, 30 were hurt". Only few, so that a list of ten thousand numbers takes no longer for each.
    """
    mentions, figure = reading.mentions, reading.items[mention.item].first
    if mention.counted.noun is not None or len(mentions) > MANY_MENTIONS:
        return ()
    at = mentions.index(mention)
    beside = (*reversed(mentions[:at]), *mentions[at + 1 :])
    return [one for one in beside if abs(reading.items[one.item].first - figure) <= BESIDE]
