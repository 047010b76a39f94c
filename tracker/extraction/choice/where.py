"""Where people were harmed: the places that a sentence and those before it tell, and which of them a figure has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tracker.extraction.choice.abroad import Homes
from tracker.extraction.choice.candidates import Candidate, Choice, Evidence, chosen, weighed
from tracker.extraction.choice.elsewhere import Elsewhere
from tracker.extraction.choice.foreigners import Foreigners
from tracker.extraction.choice.land_beside import LandReader
from tracker.extraction.choice.place_evidence import (
    Asked,
    Place,
    abroad,
    distance,
    is_about_source,
    is_in_passing,
    is_of_another,
    is_of_somebody,
    is_outside,
    is_with_another,
    told_around,
)
from tracker.extraction.choice.wars import Wars
from tracker.extraction.counts.mention import HARMED
from tracker.extraction.reading import Discourse, Reading, is_apart
from tracker.extraction.where.entries import EntryReader
from tracker.extraction.where.owners import OwnerReader
from tracker.extraction.where.place import Where, is_in_brackets, lies_in, nearest
from tracker.extraction.where.places import PlaceReader
from tracker.extraction.where.references import References
from tracker.knowledge.evidence import load_weights
from tracker.knowledge.registry import Conflict
from tracker.model import Outcome

BEYOND = 8  # words between a figure and a place of another nation than the victims' that may still be its own
JUST = 2  # sentences
_TAKEN = frozenset({Outcome.ABDUCTED, Outcome.MISSING, Outcome.DETAINED})
_AROUND = (((Place.MAIN, 1),), ((Place.HEADLINE, 1),))
OPENING = 5  # tokens at the head of a sentence where a place is told for all of it


class PlaceChooser:
    """Chooses the place of a figure by the weights of data/evidence.toml."""

    def __init__(self, places: PlaceReader, conflicts: Sequence[Conflict]) -> None:
        self.places, self.names_follow_nouns = places, places.language.names_follow_nouns
        self.elsewhere, self.references = Elsewhere(places), References(places)
        self.entries, self.owners = EntryReader(places), OwnerReader(places)
        self.foreigners, self.conflicts = Foreigners(places, conflicts), conflicts
        self.wars = Wars(places, self.foreigners, conflicts)
        self.homes = Homes(places, self.foreigners, tuple(conflicts))
        self.foreign = frozenset(places.language.places.lists["foreign"])
        self.there = frozenset(places.language.places.lists["there"])
        self.weights = load_weights("where", Place)
        self.beside = LandReader(self.wars, self.elsewhere.gathered, self.weights)

    def choose(self, question: Asked, discourse: Discourse) -> Choice[Where]:
        """The place of a figure, chosen among those of its sentence, of earlier ones, of headline and dateline."""
        entry = self.entries.before(question.reading.context, question.mention.counted.quantity.first)
        if entry is not None:
            return chosen([self._weighed(question, entry, ())], self.weights)
        nation = self.wars.nation_of(*question[:3])
        great = self.wars.loss_of(nation, question.here, question.mention)
        asked = question._replace(nation=nation, great=great)
        inside = [self._weighed(asked, *one) for one in self._phrases(asked, discourse)]
        choice = chosen(inside, self.weights)
        if not self._settled(choice, Place.BARE):
            inside += [self._weighed(asked, *one) for one in (*self._aside(asked, discourse), *self._theirs(asked))]
            choice = chosen(inside, self.weights)
        unnamed = choice.answer is not None and not choice.answer.named
        if unnamed or not self._settled(choice, Place.TOLD):
            asked = self._in_its_war(asked)
            abroad = asked.great is None and self.foreigners.are_told(*asked[:3])
            foreign: Evidence = ((Place.FOREIGNERS, 1),) if abroad else ()
            captors, (home, sure) = self.wars.captors_of(*asked[:3]), self.wars.home_of(*asked[:3])
            asked = asked._replace(captors=captors, home=home, sure=sure)
            anywhere = self._is_of_anywhere(asked) and not self.references.points_back(asked.reading.context)
            found = told_around(asked, discourse, anywhere)
            around = [self._weighed(asked, where, (*evidence, *foreign)) for where, evidence in found]
            choice = chosen([*inside, *around], self.weights)
        if choice.best is None:
            return choice
        best = self._in_land(asked, self._better(asked, choice, discourse))
        return self.homes.without_home(asked, Choice(choice.candidates, best))

    def _in_land(self, asked: Asked, best: Candidate[Where] | None) -> Candidate[Where] | None:
        """The place chosen; one of which no country is known lies in that of the event."""
        if best is None or best.answer.country is not None or not best.words:
            return best
        event = asked.event or asked.great or self.wars.event_of(*asked[:3])
        return best if event is None else best._replace(answer=best.answer._replace(country=event.country))

    def _in_its_war(self, asked: Asked) -> Asked:
        """The question with what its war tells: the great event that people are of, who struck from outside."""
        here, reading, mention = asked[:3]
        striker = self.wars.struck_by(reading, mention, here.base)
        struck = self.wars.enemy_of(striker, here) if striker is not None else None
        great = asked.great or self.wars.event_of(here, reading, mention)
        return asked._replace(great=great, striker=striker, struck=struck)

    def _better(self, asked: Asked, choice: Choice[Where], discourse: Discourse) -> Candidate[Where] | None:
        """The place chosen, or one that tells more: where in a country, or the name of a place told without it."""
        best, before = choice.best, discourse.scene.place
        if best is None or not best.words:
            return best
        if best.answer.whole or (Place.THERE, 1) in best.evidence:
            return best  # "there" may mean a place of another sentence
        near = [one for one in choice.candidates if one.against < self.weights.of[Place.FAR]]
        near = [one for one in near if (Place.THERE, 1) not in one.evidence]
        wide = best.answer.is_country or self.references.is_side(best.answer)
        if wide or (best.answer.is_area and self.names_follow_nouns):
            narrower = [w for w in near if lies_in(w.answer, best.answer) or self._may_lie_in_it(asked, w, best.answer)]
            narrower = [
                one for one in narrower if not (_is_with_others(one, best) or self._is_in_other_clause(asked, one))
            ]
            return chosen(narrower, self.weights).best or best
        if best.answer.named:
            return chosen([one for one in near if self._tells_more(asked, one, best)], self.weights).best or best
        named = [one for one in near if _is_named_too(one) and not _is_with_others(one, best)]
        ahead = [one for one in named if one.answer.first < best.answer.first]
        told = [one for one in choice.candidates if one.answer is before and one.against <= self.weights.told]
        back = [one for one in told if self._means(asked, best.answer, before)]
        return chosen(ahead or back or named, self.weights).best or best

    def _is_in_other_clause(self, asked: Asked, one: Candidate[Where]) -> bool:
        """Whether a word between two clauses leads to a place: "rockets hurt 12, while sirens were heard in X"."""
        between = asked.reading.context.lows[asked.reading.harm(asked.mention)[1] : one.answer.first]
        return not self.references.between_clauses.isdisjoint(between)

    def _tells_more(self, asked: Asked, one: Candidate[Where], best: Candidate[Where]) -> bool:
        """Whether what was hit in a town is told beside its mere name: "in Homs", "hit Zahra district"."""
        where, town, context = one.answer, best.answer, asked.reading.context
        opens = town.stop <= where.first and context.lows[town.stop - 1] in self.references.wide_or_town
        narrows = opens or not self.places.is_kind(context, town)
        if not (where.struck and narrows) or where.country not in (None, town.country):
            return False
        if self.references.is_large(where):
            return False  # "shelled the Kherson region, killing a man in Tarlo"
        apart = _is_apart(one) or _is_with_others(one, best)
        return where.named and self.places.is_kind(context, where) and not apart

    def _may_lie_in_it(self, asked: Asked, one: Candidate[Where], wide: Where) -> bool:
        """Whether an unknown name lies in the country told: a noun tells that it is a place, "dans le village de Kobé",
        or the sentence opens with the country, "En Guinée, 12 personnes sont mortes à Kobé".
        """
        where = one.answer
        unknown = self.names_follow_nouns and where.named and where.strong and where.country is None
        opens = 0 < wide.first < OPENING and wide.stop <= where.first
        return unknown and (opens or self.places.is_kind(asked.reading.context, where)) and not _is_apart(one)

    def _means(self, asked: Asked, where: Where, before: Where | None) -> bool:
        """Whether a phrase without a name means the place told before."""
        return before is not None and self.references.is_before(where, asked.reading.context, before)

    def _settled(self, choice: Choice[Where], next_kind: Place) -> bool:
        """Whether nothing of the next kind can win, so that it need not be looked for."""
        return choice.best is not None and choice.best.against < self.weights.of[next_kind]

    def is_of_protest(self, reading: Reading, outcome: Outcome) -> bool:
        """Whether people were arrested over a protest, which may be about a war elsewhere."""
        return self.elsewhere.gathered.is_of_protest(reading.context, outcome)

    def words(self, choice: Choice[Where]) -> str | None:
        """The words for the place chosen; None if too much counts against it, so that only its country is taken."""
        best = choice.best
        return best.words or None if best is not None and best.against <= self.weights.told else None

    def _weighed(self, asked: Asked, where: Where, evidence: Evidence) -> Candidate[Where]:
        before, around = evidence[:1] == ((Place.TOLD, 1),), evidence[:1] in _AROUND
        nation = asked.nation or (asked.home if asked.sure and (before or around) else None)
        if nation is not None and where.country not in (None, nation):
            evidence = (*evidence, (Place.OTHER_NATION, 1))
            if asked.nation is not None and self._is_beyond(asked, where):
                evidence = (*evidence, (Place.BEYOND, 1))
        if asked.striker is not None and where.country == asked.striker:
            evidence = (*evidence, (Place.STRIKER, 1))
        if asked.captors is not None and asked.captors[0] == where.country and evidence[0][0] is not Place.BEHIND:
            evidence = (*evidence, (Place.ELSEWHERE, 1))
        event = asked.event or asked.great
        other = where.country is not None or before
        if event is not None and other and where.country != event.country:
            evidence = (*evidence, (Place.ELSEWHERE, 1))
        return weighed(where.words, where, evidence, self.weights)

    def _phrases(self, asked: Asked, discourse: Discourse) -> Iterator[tuple[Where, Evidence]]:
        """The place phrases of the sentence of a figure, with how they stand to it."""
        at, after = asked.reading.harm(asked.mention)
        context, before = asked.reading.context, None
        for told in map(self._taken_from(asked), nearest(asked.reading.places, at)):
            if told.whole and is_apart(told.first, at, asked.reading.breaks):
                continue
            where = told
            if told.whole:
                where = _at_hand(asked, told, discourse, self.elsewhere.lands.named_before(context, told))
            around = before is not None and self.references.is_around(where, context, before)
            scene = not around and self.elsewhere.scenes.is_of(where, at, context)
            evidence = [(Place.SCENE, 1)] if scene else [*distance(where, at, after, asked.reading.breaks)]
            evidence += [*abroad(asked, where)]
            if before is not None and around:
                nearer = where.first - before.first if self.names_follow_nouns else 0
                evidence += [(Place.AROUND, 1), (Place.BEFORE, nearer)]
            if is_outside(asked, where):
                evidence.append((Place.OUTSIDE, 1))
            if is_of_another(asked, where):
                evidence.append((Place.ANOTHER, 1))
            elif is_with_another(asked, where):
                evidence.append((Place.WITH_ANOTHER, 1))
            if is_in_brackets(where, at, context.lows):
                evidence.append((Place.BRACKETS, 1))
            against = (*evidence, *self._not_theirs(asked, where))
            # the dead were harmed in that country, and seldom where they are mourned
            yield where._replace(words="") if (Place.MOURNED, 1) in against else where, against
            before = where
        if self._is_there(asked, at, after):
            pointed = self._pointed(asked) or self.places.bare.last_name(context, at) or discourse.scene.place
            if pointed is not None:
                yield pointed, ((Place.THERE, 1),)

    def _is_there(self, asked: Asked, at: int, after: int) -> bool:
        """Whether "there" tells where: right behind the harm, or behind people: "Settlers there killed 12"."""
        tokens, lows = asked.reading.context.tokens, asked.reading.context.lows
        if after < len(lows) and lows[after] in self.there:
            return True
        spoken = {one.source.end for one in asked.reading.attributions if one.source is not None}
        return any(
            lows[i] in self.there and (tokens.people[i - 1] is not None or tokens.ends[i - 1] in spoken)
            for i in range(1, at)
            if "be" not in tokens.roles(i + 1)  # "among them there are 12 dead"
        )

    def _pointed(self, asked: Asked) -> Where | None:
        """The place that "there" means: the last one told in its sentence, that of who says so, too."""
        context, (at, _) = asked.reading.context, asked.reading.harm(asked.mention)
        found: Where | None = None
        for where in self.places.find(context):
            apart = found is None or not self.references.is_around(where, context, found)
            if where.stop <= at and where.strong and where.named and not where.is_country and apart:
                found = where
        return found

    def _is_beyond(self, asked: Asked, where: Where) -> bool:
        """Whether a place of the sentence is too far from a figure to be where people of another nation were harmed."""
        at, after = asked.reading.harm(asked.mention)
        opens = where.strong and 0 < where.first < OPENING  # "In Cairo a guard opened fire, killing two Israelis"
        parted = "," in asked.reading.context.lows[after : where.first - 2]  # "12 died, and an invasion of Gaza"
        far = where.first - after > BEYOND or at - where.stop > BEYOND
        return where.stop > 0 and not opens and (parted or far)

    def _taken_from(self, asked: Asked) -> Callable[[Where], Where]:
        """Gives the places where captives are held the country in which they were taken."""
        if asked.mention.outcome is not Outcome.ABDUCTED:
            return lambda where: where
        event, context = asked.event or self.wars.event_of(*asked[:3]), asked.reading.context
        country = event.country if event is not None else asked.nation

        def taken(where: Where) -> Where:
            held = self.elsewhere.is_led_to(where, context) or self.elsewhere.is_held(where, context)
            land = where.country is None and self.places.names.name_at(context, where.first)[0] > 0  # "Middle East"
            of_great = asked.event is not event and not land
            return where._replace(country=country) if country is not None and (held or of_great) else where

        return taken

    def _aside(self, asked: Asked, discourse: Discourse) -> Iterator[tuple[Where, Evidence]]:
        """The other places that the sentence names."""
        at, after = asked.reading.harm(asked.mention)
        base, owning = asked.here.base, self.owners.find(asked.reading.context)
        own = [where for where in owning if self.wars.is_on_ground_of(where.country, base)]
        home = self.owners.at_home(asked.reading.context)
        own += [one for one in home if self.wars.is_civil_in(one.country, base) and not is_of_somebody(asked, one)]
        # "la policía de Tolan" may speak of anywhere
        speaker = Place.ABOUT if self.names_follow_nouns else Place.SOURCE
        groups = zip((Place.BARE, Place.BARE, speaker, Place.SITE), (own, *asked.reading.aside()), strict=False)
        for kind, found in groups:
            for where in found:
                if kind is Place.BARE and self._wages_war(asked, where):
                    continue
                evidence = (*distance(where, at, after, ()), (kind, 1), *abroad(asked, where))
                if kind is speaker and self._lies_around(asked, where, discourse):
                    evidence = (*evidence, (Place.WIDER, 1))
                if kind is Place.SOURCE and (not where.named or self._treats(asked, where)):
                    evidence = (*evidence, (Place.ANY_SITE, 1))
                yield where, (*evidence, *self._not_theirs(asked, where))

    def _treats(self, asked: Asked, where: Where) -> bool:
        """Whether a source speaks from a hospital: "a doctor in the Zerga hospital said"."""
        return asked.reading.context.lows[where.stop - 1] in self.places.phrases.institutions

    def _wages_war(self, asked: Asked, where: Where) -> bool:
        """Whether a country only does what is told, on the ground of another: "Russia's war has killed 12"."""
        context, names = asked.reading.context, self.places.names
        if not where.is_country or asked.mention.outcome is Outcome.DETAINED:
            return False
        acts = names.harms(context, where.first, where.stop)
        owns = where.stop < len(context.lows) and names.owns(context, where.stop)
        return (acts or owns) and self.wars.is_abroad(where.country, asked.here.base)

    def _lies_around(self, asked: Asked, where: Where, discourse: Discourse) -> bool:
        """Whether a source is only of the wider land of a town just told: "in Zerga. 12 died, police in Iraq said"."""
        scene, here = discourse.scene, asked.reading.position
        if scene.place is None or asked.total or here.sentence - scene.place_at.sentence > JUST:
            return False
        if scene.place.is_country or scene.place.is_area or where.country not in (None, scene.place.country):
            return False
        wide = where.is_country or where.is_area or self.references.is_wide(where)
        wide = wide or where.words.lower() in self.places.gazetteer.capitals  # where a state speaks from
        return wide and not self.references.is_wide(scene.place)

    def _not_theirs(self, asked: Asked, where: Where) -> Iterator[tuple[str, float]]:
        """What makes a place another than that of the harm: who stood there, or was only brought there."""
        context = asked.reading.context
        yield from self._went_there(asked, where)
        if self.elsewhere.gathered.is_behind_mourners(where, context, *asked.reading.harm(asked.mention)):
            yield Place.MOURNED, 1
        if self.elsewhere.is_aimed_at(where, context):
            yield Place.AIMED, 1
        stood, theirs = self.elsewhere.stood_there(where, context), asked.mention.counted.noun or (0, 0)
        others = stood is not None and stood[1] != theirs[1]
        if others or self.elsewhere.is_fired_from(where, asked.reading.places, context):
            yield Place.DOERS, 1
        fled = asked.mention.outcome is Outcome.DISPLACED
        if self.elsewhere.is_goal(where, context) if fled else self.elsewhere.is_origin(where, context):
            yield Place.GOAL if fled else Place.ORIGIN, 1
        if is_about_source(asked, where):
            yield Place.ABOUT, 1
        elif is_in_passing(asked, where):
            yield Place.PASSING, 1

    def _went_there(self, asked: Asked, where: Where) -> Iterator[tuple[str, float]]:
        """That people were only taken to a place, held there, or protested over what goes on there."""
        context = asked.reading.context
        if asked.mention.outcome in HARMED:  # whom nobody leads to a place of harm
            if self.elsewhere.is_led_to(where, context):
                yield Place.LED_TO, 1
            if self.elsewhere.is_held(where, context, asked.reading.harm(asked.mention)[1]):
                yield Place.HELD, 1
            if self.elsewhere.is_abducted_from(where, context):
                yield Place.HELD, 1
            if self.elsewhere.is_aside(where, context, asked.mention.counted.noun or (0, 0)):
                yield Place.ASIDE, 1
        elif asked.mention.outcome in _TAKEN and self.elsewhere.is_led_to(where, context):
            yield Place.TAKEN_TO, 1
        led = self.elsewhere.before(where, context)
        if asked.mention.outcome is Outcome.DETAINED and self.elsewhere.gathered.is_protested(context, led):
            yield Place.PROTESTED, 1

    def _theirs(self, asked: Asked) -> Iterator[tuple[Where, Evidence]]:
        """The town of the victims: "2,000 Mariupol residents"."""
        counted, context = asked.reading.items[asked.mention.item], asked.reading.context
        for index in range(counted.first + 1, counted.stop - 1):
            size, country = self.places.names.name_at(context, index)
            born = context.lows[index + size] in self.foreigners.words  # "a Missouri native" may be anywhere
            if size and country is not None and context.capitals[index] and not born:
                where = self.places.where_at(context, (index, index + size, country))
                if not where.is_country:
                    yield where, ((Place.THEIRS, 1),)

    def _is_of_anywhere(self, asked: Asked) -> bool:
        """Whether a figure counts no event of which the sentence before told.

        It is a total, what a body counted in a stretch of time, or people from abroad: "many foreign nationals".
        """
        reading = asked.reading
        first, stop = asked.mention.counted.noun or (0, 0)
        told = asked.period and bool(reading.attributions)
        return asked.total or asked.long or told or not self.foreign.isdisjoint(reading.context.lows[first:stop])


def _is_apart(one: Candidate[Where]) -> bool:
    """Whether a place stands in another clause than the figure."""
    return any(name is Place.APART for name, _ in one.evidence)


def _is_with_others(one: Candidate[Where], best: Candidate[Where]) -> bool:
    """Whether a place stands in the clause of others than the figure's, and the best one does not."""
    shared = (Place.WITH_ANOTHER, 1)
    return shared in one.evidence and shared not in best.evidence


def _is_named_too(one: Candidate[Where]) -> bool:
    """Whether a place of the same clause has a name and is no whole country or area."""
    if not one.answer.named or one.answer.is_country or one.answer.is_area:
        return False
    return not _is_apart(one) and all(name is not Place.AROUND for name, _ in one.evidence)


def _at_hand(asked: Asked, where: Where, discourse: Discourse, named: Where | None) -> Where:
    """The country that "the country" means: the one `named` before it, the one told last, else the article's."""
    told = (named, discourse.scene.country, asked.here.article_context().main_country())
    land = next((one for one in told if one is not None and one.is_country), None)
    return where if land is None else where._replace(words=land.words, country=land.country, named=True)
