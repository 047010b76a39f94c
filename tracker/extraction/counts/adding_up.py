"""Numbers that add up to a figure before them are its parts: "21 were killed, 15 in the north and another six here"."""

from __future__ import annotations

from collections.abc import Container, Sequence

from tracker.extraction.counts.items import Item
from tracker.extraction.counts.mention import Mention, counted_at, is_captive
from tracker.model import Qualifier

_PEOPLE = frozenset({"people", "count"})
LEAST, MOST = 2, 40  # parts


def added_up(items: Sequence[Item], places: Sequence[int], found: dict[int, Mention]) -> None:
    """Adds the parts of each mention that follow it and add up to it. `places`: the counts of the sentence."""
    for order, place in enumerate(places):
        whole = found.get(place)
        if whole is None or place in (places[-1], whole.part_of):
            continue
        taken = {at for at, one in found.items() if not is_captive(one)}  # "20 dead: 12 guards and eight inmates"
        for at in parts_of(items, whole.counted.quantity.value, places[order + 1 : order + 1 + MOST], taken):
            counted = counted_at(items, at)
            found[at] = Mention(at, whole.harm, counted, whole.outcome, whole.rule + "+", place)


def parts_of(items: Sequence[Item], value: int | None, places: Sequence[int], taken: Container[int]) -> list[int]:
    """The first of `places` whose numbers add up to `value`; none if one of them is `taken`, or no count of people."""
    left, parts = value or 0, list[int]()
    for at in places:
        quantity = counted_at(items, at).quantity
        exact = quantity.qualifier is Qualifier.EXACT and quantity.value
        if at in taken or not exact or items[at].roles.isdisjoint(_PEOPLE):
            return []
        left -= quantity.value or 0
        parts.append(at)
        if left <= 0:
            return parts if left == 0 and len(parts) >= LEAST else []
    return []
