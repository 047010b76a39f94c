"""Well-known events that a clause names: "Hamas's attack that killed 1,400 people" tells neither day nor country."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tracker.extraction.counts.mentions import Mention
from tracker.extraction.lines import Line
from tracker.extraction.reading import Reading, is_apart
from tracker.extraction.told_events import ToldEvents
from tracker.extraction.when.phrases import When
from tracker.knowledge.alternation import LateRegex, any_of
from tracker.knowledge.known_events import KnownEvent
from tracker.knowledge.language import Language
from tracker.model import Precision, VictimGroup, first_day

REACH = 25  # words between the name of an event and the harm behind it
AFTER = 12  # words between a figure and the name of its event behind it
LEADS = 4  # words before the name of an event among which a preposition stands
OPENING = 8  # words at the head of a sentence up to the name of an event where it tells the scene
DIRECTLY = 2  # words between the name of an event, or of who did it, and a harm word that is its own
MANY = 20  # namings of a sentence that are looked at
NEAREST = 3  # mentions before one that may share its clause
SUBJECT = 3  # words at the head of a sentence among which "They" or "the gunmen" stands
DOING = 8  # words between who did it and the harm
_RUN = re.compile(r"[\w-]+")
_GAP = r"(?:\s+[^\s.;:]{1,20}){0,6}?\s+"  # what "..." stands for


class Naming(NamedTuple):
    """Words that may name an event: their first token, the one after them, and whether only who did it is named."""

    event: KnownEvent
    first: int
    stop: int
    lasting: bool
    doer: bool
    pointed: bool = False  # the words only point to an event that was named farther back


class _Called(NamedTuple):
    """A phrase that names an event, with the longest word behind its first one; without that it cannot occur."""

    phrase: str
    needed: str
    event: KnownEvent
    lasting: bool
    doer: bool


class EventReader:
    """Finds the well-known event of a figure by the words of its sentence."""

    def __init__(self, events: Sequence[KnownEvent], language: Language) -> None:
        lists = language.context.lists
        self.links = frozenset(lists["event_links"])
        self.leads = frozenset(lists["event_leads"])
        self.others = frozenset(lists["other_events"])
        self.joined = frozenset(lists["event_joined"])
        self.nouns, self.pointing = frozenset(lists["event_nouns"]), frozenset(lists["event_pointing"])
        self.anew = language.numbers.articles
        self.doers = frozenset(lists["event_doers"])
        self.all_nouns = self.nouns.union(*(one.nouns for one in events))
        self.days = {one.id: first_day(one.day) for one in events}
        self.named: dict[str, list[_Called]] = defaultdict(list)
        for one in events:
            for phrases, lasting, doer in ((one.called, True, False), (one.soon, False, False), (one.by, False, True)):
                for phrase in _as_written(phrases, language):
                    first, *rest = phrase.replace("...", " ").split()
                    self.named[first].append(_Called(phrase, max(rest, key=len, default=""), one, lasting, doer))
        self.word = LateRegex(rf"(?<![\w’'-]){any_of(self.named)}(?![\w-])")
        self.needed: dict[str, set[str]] = defaultdict(set)  # of the other words of each phrase, by its first run
        for first, known in self.named.items():
            self.needed[_RUN.findall(first)[0]].update(one.needed for one in known)

    def told_in(self, lines: Sequence[Line], title: str, base: dt.date | None) -> ToldEvents:
        """The memory of the events that the sentences of a field name."""
        return ToldEvents(lines, title.lower(), base, self.named_in, self.nouns_of, self.anew)

    def nouns_of(self, event: KnownEvent) -> frozenset[str]:
        """The nouns that may mean an event that was named before."""
        return event.nouns or self.nouns

    def of_mentions(
        self, reading: Reading, base: dt.date | None, before: Sequence[Reading], told: ToldEvents
    ) -> tuple[dict[int, KnownEvent], frozenset[int]]:
        """The events whose dead the mentions count, by the item of the mention, and those items told in passing.

        `base` is the date of the article, `before` are the sentences before, `told` what all of them told. "The attack
        that killed 1,400" is told in passing, "1,400 died in the attack" is not.
        """
        namings = tuple(self._namings(reading, base))[:MANY] or tuple(self._pointing(reading, base, before, told))
        if not namings:
            return {}, frozenset()
        found = {one.item: self._naming(namings, reading, one) for one in reading.mentions}
        known = {item: naming for item, naming in found.items() if naming is not None}
        passing = (
            item
            for item, naming in known.items()
            if not (naming.doer or naming.pointed) and _is_in_its_clause(reading, item, naming)
        )
        return {item: naming.event for item, naming in known.items()}, frozenset(passing)

    def _naming(self, namings: Sequence[Naming], reading: Reading, mention: Mention) -> Naming | None:
        if mention.counted.group is VictimGroup.COMBATANTS:
            return None
        for one in self._coordinated(reading, mention):
            for naming in namings:
                if self._is_of(naming, reading, one) and self._is_its_day(naming, reading, one):
                    return naming
        return None

    def _coordinated(self, reading: Reading, mention: Mention) -> Iterator[Mention]:
        """The mention, and those before it that share its clause: "killed 1,400 people and took 200 hostages"."""
        yield mention
        figure = reading.items[mention.item].first
        for one in reversed([m for m in reading.mentions if m.item < mention.item][-NEAREST:]):
            stop = max(reading.items[one.item].stop, min(reading.items[one.harm].stop, figure))
            if self._parted(reading, stop, figure, AFTER) or _has_doer(reading, one, mention):
                return
            yield one

    def named_in(self, low: str, base: dt.date | None) -> list[KnownEvent]:
        """The events that a text in lower case names, in order, not those of which it only names who did it."""
        return [called.event for called, _, _ in self._calls(low, base) if not called.doer]

    def _calls(self, low: str, base: dt.date | None) -> Iterator[tuple[_Called, int, int]]:
        """The names of events in a text, of those that had happened when it was printed, with their offsets."""
        low = low.replace("’", "'")
        if not any(needed in low for run in self.needed.keys() & _RUN.findall(low) for needed in self.needed[run]):
            return
        for match in self.word.finditer(low):
            for called in self.named[match[0]]:
                found = _compiled(called.phrase).match(low, match.start()) if called.needed in low else None
                if found is not None and self._is_past(called.event, base, called.lasting):
                    yield called, found.start(), found.end()

    def _namings(self, reading: Reading, base: dt.date | None) -> Iterator[Naming]:
        """Where the sentence names events that had happened when the article was printed."""
        starts, offset = reading.context.tokens.starts, reading.sentence.start
        for called, start, end in self._calls(reading.low, base):
            first, stop = bisect_left(starts, offset + start), bisect_left(starts, offset + end)
            yield Naming(called.event, first, stop, called.lasting, called.doer)

    def _pointing(
        self, reading: Reading, base: dt.date | None, before: Sequence[Reading], told: ToldEvents
    ) -> Iterator[Naming]:
        """Where it points to an event that a sentence before names: "in that attack", "They killed 1,200"."""
        lows = reading.context.lows
        words = self.all_nouns
        nouns = [] if words.isdisjoint(lows) else [at for at in range(len(lows)) if self._points_at(lows, at)]
        doers = next((at for at in range(min(len(lows), SUBJECT)) if lows[at] in self.doers), None)
        if not nouns and doers is None:
            return
        for said in reversed(before):
            named = [*said.events.values()] or [one.event for one in self._namings(said, base)]
            if named:
                event = named[-1]
                meant = [at for at in nouns if lows[at] in self.nouns_of(event)]
                yield from (Naming(event, at, at + 1, False, False) for at in meant)
                if doers is not None and event.by:
                    yield Naming(event, doers, doers + 1, False, True)
                if meant or doers is not None:
                    return
            if named or said.mentions:
                break
        if not self.anew or any(self._tells_of_another(said) for said in before):
            return  # "Gunmen killed two in Jenin on Monday. The attack …"
        for at in nouns:
            one = told.meant_by(lows[at], reading.position)
            if one is not None:
                yield Naming(one, at, at + 1, False, False, pointed=True)

    def is_meant(self, event: KnownEvent, reading: Reading, mention: Mention) -> bool:
        """Whether a noun that may mean an event is linked to a figure: "ten Nepalis were killed in the attacks"."""
        lows, nouns = reading.context.lows, self.nouns_of(event)
        if nouns.isdisjoint(lows):
            return False
        meant = [at for at, low in enumerate(lows) if low in nouns and self._points_at(lows, at)]
        namings = [Naming(event, at, at + 1, False, False) for at in meant]
        return self._naming(namings, reading, mention) is not None

    def _tells_of_another(self, said: Reading) -> bool:
        """Whether a sentence tells of harm somewhere or some day, to which the next one may point."""
        return bool(said.mentions) and not said.events and bool(said.dates or said.places)

    def _points_at(self, lows: Sequence[str], at: int) -> bool:
        """Whether a noun for an event only points to one: "the brutal assault", but not "the assault on X"."""
        if lows[at] not in self.all_nouns or self.pointing.isdisjoint(lows[max(0, at - 2) : at]):
            return False
        return at + 1 >= len(lows) or lows[at + 1] not in self.joined | self.leads

    def _is_past(self, event: KnownEvent, base: dt.date | None, lasting: bool) -> bool:
        if base is None:
            return lasting
        passed = (base - self.days[event.id]).days
        return passed >= 0 and (lasting or passed <= (event.days or passed))

    def _is_of(self, naming: Naming, reading: Reading, mention: Mention) -> bool:
        """Whether the words beside the name of an event link the figure to it."""
        figure = reading.items[mention.item]
        if naming.first >= figure.stop:
            return not naming.doer and self._is_behind(naming, reading, figure.stop)
        return naming.stop <= figure.first and self._is_before(naming, reading, mention)

    def _is_before(self, naming: Naming, reading: Reading, mention: Mention) -> bool:
        """ "the attack that killed 12", "the attack, in which 12 died", "stormed the town, killing 12" """
        lows, harm, figure = reading.context.lows, reading.items[mention.harm], reading.items[mention.item]
        begins = min(harm.first, figure.first) if harm.first >= naming.stop else figure.first
        if self._parted(reading, naming.stop, begins, DOING if naming.doer else REACH):
            return False
        if _said(reading, naming.stop, begins):
            return False
        between = lows[naming.stop : begins]
        if naming.doer:
            value = mention.counted.quantity.about
            if not self.joined.isdisjoint(lows[max(0, naming.first - 1) : naming.first]):
                return False
            if _counts_since(reading, naming.stop, begins):
                return False
            acts = harm.first < figure.first and naming.event.rivals.isdisjoint(between[-DIRECTLY:])
            return acts and value >= naming.event.least
        if harm.first < naming.stop and figure.first >= naming.stop:
            return True  # "killed in the attack on Israel, 12": the harm word stands before both
        direct = len(between) <= DIRECTLY and not {",", ";"} & {*between}
        participle = harm.first < figure.first and between[-1:] == (",",)
        return direct or participle or not self.links.isdisjoint(between) or self._is_scene(naming, lows)

    def _is_scene(self, naming: Naming, lows: Sequence[str]) -> bool:
        """Whether a clause begins with where it was: "At the site of the rave, gunmen killed 260"."""
        opens = lows[: naming.first]
        led = 0 < len(opens) <= OPENING and opens[0] in self.leads and self.others.isdisjoint(opens)
        return led and "," not in opens and lows[naming.stop : naming.stop + 1] == (",",)

    def _is_behind(self, naming: Naming, reading: Reading, stop: int) -> bool:
        """ "12 were killed in the attack", "12 people killed when gunmen stormed the town" """
        if self._parted(reading, stop, naming.first, AFTER):
            return False
        return not self.leads.isdisjoint(reading.context.lows[max(stop, naming.first - LEADS) : naming.first + 1])

    def _parted(self, reading: Reading, first: int, stop: int, most: int) -> bool:
        """Whether more than so many words, the word for another event or a new clause stand among these tokens."""
        if stop - first > most or not self.others.isdisjoint(reading.context.lows[first:stop]):
            return True
        return is_apart(first - 1, stop, reading.breaks)

    def _is_its_day(self, naming: Naming, reading: Reading, mention: Mention) -> bool:
        """Whether the sentence dates the figure on no other day. A large number is of the event anyway."""
        value = mention.counted.quantity.about
        if naming.lasting or (naming.event.least and value >= naming.event.least):
            return True
        own = [d for d in reading.dates if d.precision is Precision.DAY and not (d.reported or d.idle or d.since)]
        return all(_fits(d, naming.event.day) or self._is_beyond(naming, reading, d.start) for d in own)

    def _is_beyond(self, naming: Naming, reading: Reading, start: int) -> bool:
        """Whether a comma parts a date from the name of an event before it: "killed in the attack, said on Friday"."""
        tokens = reading.context.tokens
        return "," in tokens.lows[naming.stop : bisect_left(tokens.starts, start)]


def _has_doer(reading: Reading, before: Mention, mention: Mention) -> bool:
    """Whether someone else does the harm of a mention: "…, which killed 12, and a guard shot two"."""
    first, last = max(before.item, before.harm) + 1, min(mention.item, mention.harm)
    others = {one.item for one in reading.mentions}
    return any("people" in reading.items[at].roles and at not in others for at in range(first, last))


def _fits(when: When, day: str) -> bool:
    """Whether a date may be that of an event on this day: it is the day, a span of time around it, or no known day."""
    if when.date is None:
        return True
    return when.date[: len(day)] == day or (when.period_start or "9") <= day <= when.date


def _as_written(phrases: Sequence[str], language: Language) -> Iterator[str]:
    """The phrases as a text spells them, also with what is written as one with their first word: "بهجوم حماس"."""
    proclitics = ("", *(one for one in language.spelling.glued.before if len(one) == 1))
    for phrase in phrases:
        yield from (f"{glued}{language.spelling.folded(phrase)}" for glued in proclitics)


@cache
def _compiled(phrase: str) -> re.Pattern[str]:
    """The pattern of a phrase. It is made when the phrase's first word is met, as most are in no article."""
    parts = [re.escape(part.strip()).replace(r"\ ", r"\s+") for part in phrase.split("...")]
    return re.compile(_GAP.join(parts) + r"(?![\w-])")


def _said(reading: Reading, first: int, stop: int) -> bool:
    """Whether a verb of speech stands among these tokens: "Hamas said that 400 were killed"."""
    starts = reading.context.tokens.starts
    return any(starts[first] <= at < starts[stop] for at in reading.say_words()) if first < stop else False


def _counts_since(reading: Reading, first: int, stop: int) -> bool:
    """Whether these tokens begin a count: "the ministry, which Hamas runs, says that since 7 October 11,000 died"."""
    starts = reading.context.tokens.starts
    return first < stop and any(one.since and starts[first] <= one.start < starts[stop] for one in reading.dates)


def _is_in_its_clause(reading: Reading, item: int, naming: Naming) -> bool:
    """Whether a mention stands in the clause that names the event, behind its name: "the attack that killed 1,400". It
    does not in "the toll of the attack had reached 1,400", nor in "of those killed in the attack, 200 were soldiers".
    """
    first, context = reading.items[item].first, reading.context
    if naming.stop > first:
        return False
    tolls = any("harm.toll" in context.tokens.roles(at) for at in range(first))
    rises = tolls and "rise" in context.tokens.roles(first - 1)
    return not (rises or _is_of_those(reading, naming, first))


def _is_of_those(reading: Reading, naming: Naming, first: int) -> bool:
    """Whether a mention counts some of those harmed before it: "of the 1,300 killed in the attack, 200 were"."""
    context = reading.context
    begins = [one for one in reading.mentions if reading.items[one.item].first < naming.stop]
    at = reading.items[begins[-1].item].first if begins else 0
    opened = "of" in context.tokens.roles(at - 1) or (at > 1 and "of" in context.tokens.roles(at - 2))
    return bool(begins) and opened and context.lows[first - 1] == ","
