"""In which country a place is that no gazetteer knows, or that has no name: what stands beside it tells."""

from __future__ import annotations

import datetime as dt

from tracker.extraction.choice.candidates import Choice, chosen
from tracker.extraction.choice.gatherings import GatheringReader
from tracker.extraction.choice.place_evidence import Place
from tracker.extraction.choice.wars import Wars
from tracker.extraction.reading import FieldContext, Reading
from tracker.extraction.where.place import Where, is_inside
from tracker.knowledge.evidence import Weights
from tracker.knowledge.registry import is_at_war
from tracker.model import Outcome

_AWAY: frozenset[str] = frozenset({Place.APART, Place.ORIGIN})


class LandReader:
    """Tells it by the other candidates for a place, and by the wars."""

    def __init__(self, wars: Wars, gathered: GatheringReader, weights: Weights) -> None:
        self.wars, self.gathered, self.weights = wars, gathered, weights

    def country_beside(
        self, choice: Choice[Where], day: dt.date | None, reading: Reading, outcome: Outcome
    ) -> str | None:
        """The country of the likeliest place beside the one chosen, whose own is not known.

        A place without a name may lie in the country whose body says so, if that has a war on its ground, or in the one
        told before, if that is at war; an unknown name only where its sentence says.
        """
        if choice.answer is None:
            return None
        before, told = self.weights.of[Place.FAR], self.weights.of[Place.TOLD]
        best = choice.answer  # a name inside its words does not say in which country it lies: "near the Gaza border"
        known = [one for one in choice.candidates if one.answer.country is not None and not is_inside(one.answer, best)]
        inside = [
            one for one in known if one.against < before and one.answer.strong and (Place.APART, 1) not in one.evidence
        ]
        inside = [one for one in inside if (Place.ORIGIN, 1) not in one.evidence]
        around = [one for one in known if told <= one.against <= self.weights.most] if not choice.answer.named else []
        if self.gathered.is_of_protest(reading.context, outcome):
            around = []  # over what goes on in another country
        homes = {one.source.home for one in reading.attributions if one.source is not None and not choice.answer.named}
        home = next((one for one in homes if len(homes) == 1 and self.wars.is_on_ground_of(one, day)), None)
        if home is not None and not inside:
            return home  # "12 died at the hospital, Gaza's health ministry said"
        nearest = chosen(inside or around, self.weights).answer
        country = nearest.country if nearest is not None else None
        return country if inside or (country is not None and is_at_war(country, day, self.wars.conflicts)) else None

    def only_country(self, choice: Choice[Where], here: FieldContext) -> str | None:
        """The one country that an article names, by its name or that of a town in it, for a place that nobody knows.

        The name of a people is not enough, "Two Poles died in Larnik", nor that of a country at war, of
        which the news speaks all over the world: "12 were arrested at a march for Gaza in Larnik".
        """
        counts, best = here.country_counts(), choice.answer
        if best is None or not (best.named and best.words) or len(counts) != 1:
            return None
        [country] = counts
        if is_at_war(country, here.base, self.wars.conflicts):
            return None
        return here.article_context().only_country()
