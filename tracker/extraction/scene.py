"""The places that a text tells of one after another, and at which of them it stands when it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.extraction.counts.mention import HARMED
from tracker.extraction.text.context import SentenceContext
from tracker.extraction.text.paragraphs import START, Position
from tracker.extraction.where.place import Where
from tracker.model import Figure, Outcome

MANY_LANDS = 6  # places of a scene that are kept beside its last one
OPENING = 3  # tokens at the head of a sentence where a wide place is told for all of it: "In Sweida the army"


class Scene(NamedTuple):
    """The places told of: the last one and the last country or area, with the positions of their sentences.

    `moves`: how often the text went on to another place. `harmed`: people were killed or hurt at the last place.
    `lands`: the last place in each of the last lands told of, and the last whole land or area, the newest first.
    """

    place: Where | None = None
    place_at: Position = START
    country: Where | None = None
    country_at: Position = START
    moves: int = 0
    harmed: bool = False
    lands: tuple[tuple[Where, Position], ...] = ()


NO_SCENE = Scene()


def moved(
    before: Scene, places: Sequence[Where], context: SentenceContext, position: Position, figures: Sequence[Figure]
) -> Scene:
    """The scene after a sentence that tells of `places`, with its figures."""
    place, place_at, country, country_at, moves, harmed, lands = before
    lasting = _lasting(places, context, figures, place)
    if lasting is not None:
        moves += place is not None and place.words != lasting.words
        place, place_at = lasting, position
        harmed = any(one.outcome in HARMED for one in figures)
    for where in places:
        if where.strong and (where.is_country or where.is_area):
            country, country_at = where, position
    return Scene(place, place_at, country, country_at, moves, harmed, _lands(lands, places, position))


def _lands(
    before: Sequence[tuple[Where, Position]], places: Sequence[Where], position: Position
) -> tuple[tuple[Where, Position], ...]:
    """The places told last, one of each land and one for all of it."""
    told = [w for w in places if w.strong and w.named and w.country is not None and not w.passing]
    kept: dict[tuple[str | None, bool], tuple[Where, Position]] = {}
    for where, at in (*((w, position) for w in told), *before):
        kept.setdefault((where.country, where.is_country or where.is_area), (where, at))
    return tuple(kept.values())[:MANY_LANDS]


def _is_hit(where: Where, context: SentenceContext) -> bool:
    """Whether a place is the one that was struck: "bombs exploded at a mosque"; not "dozens of towns"."""
    counted = context.tokens.counts[where.first] is not None
    return where.struck and not (where.passing or where.whole or counted)


def _narrows(where: Where, head: Where, context: SentenceContext) -> bool:
    """Whether a place tells where in the one at the head of its sentence; a list of places does not."""
    listed = where.stop < len(context.lows) and context.lows[where.stop] == ","
    return where.country in (None, head.country) and not (where.is_country or where.is_area or listed)


def _lasting(
    places: Sequence[Where], context: SentenceContext, figures: Sequence[Figure], before: Where | None
) -> Where | None:
    """The place that later sentences are about: that of the last figure, else of an attack, else the first one.

    None if there is none; a country alone does not replace a town in it.
    """
    if figures and all(one.part_of is not None for one in figures):
        return None  # "Of these, 12 died in Zerga."
    named = [w for w in places if w.named and not w.passing]
    strong = [w for w in named if w.strong]
    taken = bool(figures) and figures[-1].outcome is Outcome.ABDUCTED  # "abducted from a school in Zerga"
    of_figure = [w for w in (named if taken else strong) if figures and w.words == figures[-1].place]
    struck = [w for w in strong if w.struck]
    inside = [w for w in strong[1:] if strong[0].first < OPENING and _narrows(w, strong[0], context)]
    hit = [w for w in places if _is_hit(w, context)] if before is None else []
    chosen = next(iter((*of_figure, *struck, *inside, *strong, *hit)), None)
    if chosen is not None and chosen.is_country:  # "a missile strike at Ukraine, at Odesa"
        chosen = next((w for w in strong if w.country == chosen.country and not w.is_country), chosen)
    if chosen is None or (before is not None and chosen.is_country and before.country == chosen.country):
        return None
    return chosen
