"""Tells which place phrases say where something else was than the harm: a report, somebody's home, a funeral."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tracker.extraction.choice.gatherings import GATHERED, GatheringReader
from tracker.extraction.text.context import SentenceContext
from tracker.extraction.where.attacked import AttackedReader
from tracker.extraction.where.place import Where, merged, shares_words
from tracker.extraction.where.places import PlaceReader
from tracker.extraction.where.scenes import SceneReader
from tracker.extraction.where.subjects import SubjectReader
from tracker.extraction.where.whole_country import WholeCountryReader
from tracker.extraction.who.attribution import Attribution
from tracker.model import Outcome

LONGEST_HOME = 2  # words of the longest phrase before "in" that tells where somebody lives: "grew up"
LED = 8  # words behind "took" among which "to" and the place to which people were led stand
STANDING = 5  # words before "stationed" among which those are named who stood there
HELD = 8  # words between "held" and the place
ADDRESSED = 8  # words at the head of a sentence among which somebody is addressed: "UN to Malia: stop"
WAY = 3  # words before "from" that tell of a way: "a bus going from"
_DASHES = frozenset({"—", "–", "--", "-"})
_CLAUSES = frozenset(["relative", "subordinate"])
JUDGED = 3  # words before a court among which one tells what it did: "sentenced by a"
JUDGES = 3  # words behind its place among which one does: "a court in X has heard"
LEADING = 5  # words between "to" and that place: "to hospitals in"


class Elsewhere:
    """Finds the place phrases of a sentence that cannot be where people were harmed."""

    def __init__(self, places: PlaceReader) -> None:
        self.places, language = places, places.language
        self.subjects, self.attacked, self.scenes = SubjectReader(places), AttackedReader(places), SceneReader(places)
        self.lands = WholeCountryReader(places)
        lists = language.places.lists
        self.articles, self.origins = places.articles, places.origins
        self.source_types = language.source_types
        self.names_follow_nouns = language.names_follow_nouns
        self.noun_first, self.prepositions = places.noun_first, places.prepositions
        self.since = frozenset(language.dates.lists["since"])
        self.treating = frozenset(lists["treating"])
        self.small = self.articles.union(lists["neighbours"])  # "fled to neighbouring Chad"
        self.homes, self.came_from = frozenset(lists["homes"]), frozenset(lists["came_from"])
        self.gathered = GatheringReader(places)
        self.kept = self.gathered.words | self.gathered.reporting  # what is held, and no captive
        self.made, self.courts = frozenset(lists["made"]), frozenset(lists["courts"])
        self.judging, self.travelling = frozenset(lists["judging"]), frozenset(lists["travelling"])
        self.nationals = frozenset(lists["foreigners"])
        self.towards, self.leading = frozenset(lists["towards"]), frozenset(lists["leading"])
        self.taking = self.leading | frozenset(lists["taking"])
        self.holding, self.joined = frozenset(lists["holding"]), places.conjunctions | {","}
        self.brought = self.taking | self.treating
        self.missions, self.attacks = frozenset(lists["missions"]), frozenset(lists["attacks"])
        self.stationed, self.aimed = frozenset(lists["stationed"]), frozenset(lists["aimed"])

    def places_in(self, context: SentenceContext, attributions: Sequence[Attribution]) -> list[Where]:
        """The place phrases of a sentence at which people may have been harmed, none inside the name of a source."""
        found = self.places.find(context)
        hit = self.attacked.find(context)
        found = merged(found, hit) if hit else found
        scenes = self.scenes.find(context, found)
        found = merged(found, scenes) if scenes else found
        found = self.lands.find(context, found)
        if attributions:
            said = {one.at for one in attributions if not one.cited} | self._ends_of_speakers(context, attributions)
            found = [
                w
                for w in found
                if not self._in_source(w, attributions, context) and self.before(w, context) not in said
            ]
        found = [w for w in found if not self._is_of_other(w, context)]
        if found and not self.since.isdisjoint(context.lows[: found[-1].stop]):
            found = [w for w in found if not self._is_of_the_beginning(w, context)]
        subject = self.subjects.struck(context)
        if subject is not None and not shares_words(subject, found):
            found = merged(found, [subject])
        if found and (attributions or not self.brought.isdisjoint(context.lows)):
            found = [w._replace(passing=True) if self._is_in_passing(w, context, attributions) else w for w in found]
        if len(found) > 1:
            found = [w._replace(passing=True) if self._is_left(w, context) else w for w in found]
        return found

    def _is_in_passing(self, where: Where, context: SentenceContext, attributions: Sequence[Attribution]) -> bool:
        """Whether people were brought there, or a clause only says so of a source: "Hamas, which rules Gaza, said"."""
        return self.is_led_to(where, context) or any(describes(where, one, context) for one in attributions)

    def _is_left(self, where: Where, context: SentenceContext) -> bool:
        """Whether a place is only where the attackers stood, or where people had come from: "evacuees from X"."""
        before = self.before(where, context)
        people = before >= 0 and context.tokens.people[before] is not None
        stood = before >= 0 and context.lows[before] in self.stationed
        return stood or (people and self.is_origin(where, context))

    def _ends_of_speakers(self, context: SentenceContext, attributions: Sequence[Attribution]) -> set[int]:
        """The last tokens of those who are named behind their verb of speech: "dijeron fuentes de la ONU en Tolan"."""
        if not self.names_follow_nouns:
            return set()
        starts, ends = context.tokens.starts, context.tokens.ends
        spoke = [one.source for one in attributions if one.source is not None and one.source.start >= starts[one.at]]
        return {bisect_left(ends, source.end) for source in spoke}

    def aside(self, context: SentenceContext, attributions: Sequence[Attribution]) -> Sequence[Sequence[Where]]:
        """Candidates for the place if no phrase states one, the most likely group first.

        The groups are: names of places that are neither actor nor source; the place of the source ("activists in
        Idlib"); names of sites.
        """
        found = self.places.find(context)
        said = {one.at for one in attributions if not one.cited}
        other = [w for w in found if self._is_of_other(w, context) or self._is_where_said(w, context, said)]
        free, sites = (
            [w for w in group if not self._in_source(w, attributions, context) and not _within(w, other)]
            for group in (self.places.bare.named(context), self.places.of_sites(context))
        )
        of_source = [w for w in found if w.strong and self._in_source(w, attributions, context)]
        of_source = [w for w in of_source if context.lows[w.first] != '"']  # the source itself: "в «Газпроме» сообщили"
        of_source = [w for w in of_source if not self._ends_name(w, context)]
        return free, [self._of_mission(w, context) for w in of_source], sites

    def _ends_name(self, where: Where, context: SentenceContext) -> bool:
        """Whether an unknown place is the end of a body's name: "the Union of Doctors in Toland"."""
        before = self.before(where, context)
        body = before > 0 and context.capitals[before] and not context.caps and not self.names_follow_nouns
        return body and where.named and where.country is None

    def _is_where_said(self, where: Where, context: SentenceContext, said: set[int]) -> bool:
        """Whether somebody only spoke there: "12 died, the ministry said in X"; `said`: the verbs of speech."""
        led = context.lows[max(0, self._leading(where, context))] in self.places.locating
        return led and self.before(where, context) in said

    def of_headline(self, head: SentenceContext) -> list[Where]:
        """The places of a headline where something may have happened, else its names of places."""
        found = self.places.find(head)
        other = []
        for where in found:
            index = self.before(where, head)
            if self.gathered.is_reported(head, index) or self.gathered.is_protested(head, index):
                other.append(where)
        told = [w for w in found if w not in other]
        return told or [w for w in self.places.bare.named(head) if not _within(w, other)]

    def _of_mission(self, where: Where, context: SentenceContext) -> Where:
        """The place of a source, of which an embassy tells only the country: "the Thai embassy in Tel Aviv said"."""
        mission = context.lows[max(0, self.before(where, context))] in self.missions
        return where._replace(words="") if mission and not where.is_country else where

    def _in_source(self, where: Where, attributions: Sequence[Attribution], context: SentenceContext) -> bool:
        """Whether a place stands in the words for a source. It does not if a preposition before them leads to it, as
        where a comma is missing: "an attack on the city of Homs Syrian activists said".
        """
        start, end = where.start, where.end
        if context.lows[where.first] == '"':  # "в «Газпроме» сообщили": the marks are not part of who says so
            start, end = context.tokens.starts[where.first + 1], context.tokens.ends[where.stop - 2]
        for one in attributions:
            if one.source is not None and one.source.start <= start and end <= one.source.end:
                first = bisect_left(context.tokens.starts, one.source.start)
                led = where.strong and self.places.begin(context.lows, first, where.stop) == where.first
                if not led or where.end == one.source.end or not self.places.is_kind(context, where):
                    return True
        return False

    def is_led_to(self, where: Where, context: SentenceContext) -> bool:
        """Whether people were brought there: "took 200 into Gaza", "treated in Homs"."""
        lows = context.lows
        if lows[max(0, self.before(where, context))] in self.treating:
            return True
        goes = range(max(0, where.first - LEADING), where.first)
        to = next((at for at in reversed(goes) if lows[at] in self.towards), 0)
        if to == 0 or lows[to - 1] in self.attacks:
            return False  # "taken hostage during the raid into X"
        if "," in lows[to : where.first] and lows[where.first - 1] in self.places.locating:
            return False  # "a bus to X, burned in Y"
        led = lows[max(0, to - LED) : to - 1]
        if lows[to] in self.places.locating and "," in led:  # "a bus going to X, burned in Y", where both are "in"
            led = led[len(led) - list(reversed(led)).index(",") :]
        return lows[to - 1] in self.leading or not self.taking.isdisjoint(led)

    def is_held(self, where: Where, context: SentenceContext, after: int | None = None) -> bool:
        """Whether people are only held there: "the captives held in Gaza".

        `after`: the token behind the harm of others, who are not held: "12 died, and 5 are held in X".
        """
        lows = context.lows
        at = next(
            (i for i in range(where.first - 1, max(-1, where.first - 1 - HELD), -1) if lows[i] in self.holding), -1
        )
        if not self.kept.isdisjoint(lows[max(0, at - GATHERED) : max(0, at)]):
            return False  # "a rally is held in X"
        if at < 0 or after is None:
            return at >= 0
        if where.stop < after:
            return lows[max(0, self.before(where, context))] in self.holding  # "12 are held in X for the death of 6"
        return not self.joined.isdisjoint(lows[after:at])

    def is_origin(self, where: Where, context: SentenceContext) -> bool:
        """Whether somebody or something only came from there: "gunmen surged into Israel from Gaza"."""
        return self._led_by(where, context) in self.came_from

    def is_abducted_from(self, where: Where, context: SentenceContext) -> bool:
        """Whether people were only abducted there: "killed 12 of those abducted from X"."""
        lows, index = context.lows, self.before(where, context)
        if index < 1 or lows[index - 1] in self.joined or not self.is_origin(where, context):
            return False  # "hurt and abducted from a festival"
        if not self.scenes.words.isdisjoint(lows[where.stop : where.stop + 2]):
            return False  # "abducted from a festival where 260 died"
        found = context.tokens.lexicon[index]
        if found is None or "harm.unit" in found[1].roles:
            return False  # "12 hostages from X"
        return found[1].outcome is Outcome.ABDUCTED

    def is_aside(self, where: Where, context: SentenceContext, theirs: tuple[int, int]) -> bool:
        """Whether only a weapon was made there, a body has its seat or a court sat there, or people were on their way
        from or to there. `theirs`: the tokens of the noun of those harmed.
        """
        index = self.before(where, context)
        if index < 0:
            return False
        if self._is_made_there(context, index, theirs) or self._is_judged_there(where, context, index, theirs):
            return True
        return self._is_on_the_way(where, context)

    def _is_made_there(self, context: SentenceContext, index: int, theirs: tuple[int, int]) -> bool:
        """Whether the word at `index` says where a weapon was made or a body has its seat, and not where those harmed
        or those who did it were: "soldiers based in X", "a factory where fireworks are made in X".
        """
        low, lows = context.lows[index], context.lows[:index]
        if low not in self.made or theirs[1] == index:
            return False
        if low in self.stationed and index > 0 and context.tokens.people[index - 1] is not None:
            return False
        return self.scenes.words.isdisjoint(lows[-HELD:])

    def _is_judged_there(self, where: Where, context: SentenceContext, index: int, theirs: tuple[int, int]) -> bool:
        """Whether the word at `index` is a court that judged what was done elsewhere, and none that was struck: "a
        court in X heard", "sentenced by a judge in X".
        """
        lows = context.lows
        if lows[index] not in self.courts or theirs[0] <= index < theirs[1]:
            return False
        behind = lows[where.stop : where.stop + JUDGES]
        behind = behind[: behind.index(",")] if "," in behind else behind
        return not self.judging.isdisjoint((*lows[max(0, index - JUDGED) : index], *behind))

    def _is_on_the_way(self, where: Where, context: SentenceContext) -> bool:
        """Whether somebody only went from there to another place, or the other way round: "a bus from X to Y"."""
        lows, at = context.lows, self._leading(where, context)
        if at < 0:
            return False
        begun = at if lows[at] in self.came_from and where.stop < len(lows) else -1
        if begun >= 0 and lows[where.stop] not in self.towards:
            return False
        if lows[at] in self.towards:
            begun = next((i for i in range(at - 1, max(-1, at - 1 - LEADING), -1) if lows[i] in self.came_from), -1)
        return begun >= 0 and not self.travelling.isdisjoint(lows[max(0, begun - WAY) : begun])

    def is_goal(self, where: Where, context: SentenceContext) -> bool:
        """Whether people only went there: "fled from Homs to Tarlo"."""
        return self._led_by(where, context) in self.towards

    def is_aimed_at(self, where: Where, context: SentenceContext) -> bool:
        """Whether something was only fired in the direction of a place: "rockets launched toward X"."""
        return self._led_by(where, context) in self.aimed

    def is_fired_from(self, where: Where, places: Sequence[Where], context: SentenceContext) -> bool:
        """Whether something was only fired from a place: "rockets launched from X toward Y"."""
        if self._led_by(where, context) not in self.origins:
            return False
        return any(one.first > where.first and self.is_aimed_at(one, context) for one in places)

    def _led_by(self, where: Where, context: SentenceContext) -> str:
        """The word that leads to a place, without small words."""
        at = self._leading(where, context)
        return context.lows[at] if at >= 0 else ""

    def _leading(self, where: Where, context: SentenceContext) -> int:
        """The index of the word that leads to a place, without small words; -1 if it is the first word."""
        at = where.first - 1
        while at > 0 and context.lows[at] in self.small:
            at -= 1
        return at

    def stood_there(self, where: Where, context: SentenceContext) -> tuple[int, int] | None:
        """The tokens of the people who stood at a place: "gunmen stationed in X"; None if the sentence tells none."""
        index = self.before(where, context)
        if index < 1 or context.lows[index] not in self.stationed:
            return None
        people = context.tokens.people
        last = next((at for at in range(index - 1, max(-1, index - STANDING), -1) if people[at] is not None), None)
        return (last, last + 1) if last is not None else (index, index)

    def _is_of_other(self, where: Where, context: SentenceContext) -> bool:
        """Whether a place is only where a report was made, where somebody lives or where people gathered to mourn."""
        index = self.before(where, context)
        if index < 0:
            return False
        told = self.gathered.is_reported(context, index)
        theirs = self._is_a_home(context, index) or self._is_nationality(where, context, index)
        theirs = theirs or self._is_addressed(where, context)
        return told or theirs or self.gathered.is_of_mourners(where, context, index)

    def _is_addressed(self, where: Where, context: SentenceContext) -> bool:
        """Whether a country is only whom somebody speaks to: "UN chief to Malia: stop"."""
        lows = context.lows
        if where.stop >= len(lows) or lows[where.stop] != ":" or where.first >= ADDRESSED:
            return False
        return where.is_country and lows[self._leading(where, context)] in self.towards - self.places.locating

    def before(self, where: Where, context: SentenceContext) -> int:
        """The index of the word before the preposition of a place; -1 if there is none."""
        lows = context.lows
        index = self._leading(where, context)
        if self.noun_first and lows[index] not in self.prepositions.by_first:
            return -1  # "محافظة بغداد" needs no preposition
        index -= 1  # the preposition
        while index >= 0 and (lows[index] in self.articles or self._is_dated(context, index)):
            index -= 1
        return max(index, -1)

    def _is_dated(self, context: SentenceContext, index: int) -> bool:
        """Whether a word belongs to a date, or leads to one: "said on Friday in X"."""
        if index in context.dated:
            return True
        return index + 1 in context.dated and context.lows[index] in self.prepositions.by_first

    def _is_a_home(self, context: SentenceContext, index: int) -> bool:
        """Whether the words up to `index` say that somebody lives or speaks there: "grew up", "from leaders"."""
        lows = context.lows
        starts = range(max(0, index + 1 - LONGEST_HOME), index + 1)
        if any(" ".join(lows[start : index + 1]) in self.homes for start in starts):
            return True
        if index <= 0 or lows[index - 1] not in self.origins:
            return False
        return context.tokens.people[index] is not None or self.source_types.at(lows, index) is not None

    def _is_nationality(self, where: Where, context: SentenceContext, index: int) -> bool:
        """Whether a country tells only whose citizens people are: "two citizens of X"."""
        if not where.is_country or context.lows[index] not in self.nationals:
            return False
        return "of" in context.tokens.roles(self._leading(where, context))

    def _is_of_the_beginning(self, where: Where, context: SentenceContext) -> bool:
        """Whether a place belongs to the event that began a count: "since the attack on Israel".

        It does not in "since May in Homs".
        """
        for index in [at for at, low in enumerate(context.lows[: where.first]) if low in self.since]:
            if context.lows[index] in self.origins and self.places.phrase(context, index + 1) is not None:
                continue  # "des roquettes tirées depuis le Liban ont tué 14 personnes à Haïfa"
            if index > 0 and index + 1 not in context.dated and "have" in context.tokens.roles(index - 1):
                continue  # "shells have since hit Homs"
            between = range(index + 1, where.first - 1)
            clause = any(self._is_clause(context, at) for at in between)
            if index + 1 in context.dated and not clause:
                continue  # "since Saturday in fighting in Homs", but "since Saturday, when gunmen struck Homs"
            if self._is_one_clause(where, index, context) and not context.dated.issuperset(between):
                return True
        return False

    def _is_clause(self, context: SentenceContext, at: int) -> bool:
        """Whether a clause of its own begins at a token: "since Saturday, when", "since Saturday – the day"."""
        return context.kinds[at] == "mark" or not _CLAUSES.isdisjoint(context.tokens.roles(at))

    def _is_one_clause(self, where: Where, since: int, context: SentenceContext) -> bool:
        """Whether no comma parts a place from "since", or one before a further attack: "since gunmen raided X, storming
        Y".
        """
        lows = context.lows
        if sum(low in _DASHES for low in lows[since + 1 : where.first]) > 1:
            return False  # "since Saturday — when gunmen struck Homs — 12 have died in Zerga"
        commas = [at for at in range(since + 1, where.first - 1) if lows[at] == ","]
        return all(where.struck and lows[at + 1] in self.places.participles for at in commas)


def describes(where: Where, one: Attribution, context: SentenceContext) -> bool:
    """Whether a place stands in a clause between a source and what it says: "Hamas, which rules Gaza, said"."""
    if one.source is None or one.cited or not (one.source.end <= where.start and where.stop <= one.at):
        return False
    behind = bisect_left(context.tokens.starts, one.source.end)
    return context.lows[behind] == "," or "relative" in context.tokens.roles(behind)


def _within(where: Where, others: Sequence[Where]) -> bool:
    """Whether a place is a part of one of these."""
    return any(one.start <= where.start and where.end <= one.end for one in others)
