"""Names and numbers as the pages write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd

from dashboard.look.colours import UNNAMED
from tracker.knowledge import load_countries
from tracker.knowledge.standing_counts import EVERYONE
from tracker.model import Figure

QUALIFIER_WORDS = {
    "exact": "exactly as stated",
    "at_least": "at least",
    "more_than": "more than",
    "about": "about",
    "up_to": "up to",
    "range": "a range",
    "vague": "a vague quantity",
}

HEDGES = {"at_least": "at least ", "more_than": "more than ", "about": "about ", "up_to": "up to "}

SOURCE_TYPES = {
    "government": "Governments",
    "military": "Military",
    "armed_group": "Armed groups",
    "opposition": "Opposition",
    "un": "United Nations",
    "ngo": "NGOs and monitors",
    "medical": "Medics",
    "police": "Police",
    "media": "Media",
    "witness": "Witnesses",
    "officials": "Officials",
    "unattributed": "No source named",
}

CODE, STANDING = (
    re.compile(r"\bcountry ([A-Z]{3})\b"),
    re.compile(r"(?:nothing points to any; )?standing count [\w-]+$"),
)
POINTER = re.compile(r"\b(?:place|actor) '([^']*)'")
TOO_LITTLE = re.compile(r"^too little points to [\w-]+: (?=.*; standing count )")
"""How a reason begins that a standing count made good: what else points to the war is no longer too little."""
WARS = re.compile(r"^too little points to [\w-]+|^[\w-]+(?: or [\w-]+)* was not going on")
WORD = re.compile(r"[\w-]+")

HEADLINE = 140
"""Characters. News agencies keep their headlines far below; what is longer is a whole post."""
SENTENCE_END = re.compile(r"(?<=[.!?…])\s")

KINDS_OF_SOURCE = {
    "un": "United Nations",
    "ngo": "NGO or monitor",
    "medical": "medical body",
    "officials": "officials, not named",
    "witness": "witness",
}
"""One source by its type, where the name of the type is no such word itself."""

BODIES = frozenset(
    "Agency Association Center Centre Commission Committee Committees Defence Defense Federation Front Group Institute"
    " Ministry Mission Nations Network Observatory Office Organisation Organization Programme Project Staff Syndicate"
    " Union".split()
)
"""Nouns that make a name of several words one with an article: "the Syrian Network for Human Rights"."""
LANDS = frozenset("Bank Emirates Islands Kingdom Netherlands Philippines Regions Republic States Strip".split())
"""Last words of names of places that have an article."""
WITH_ARTICLE = frozenset(("Kremlin", "Pentagon", "Taliban", "Houthis"))
SEVERAL = frozenset("authorities doctors fighters groups leaders medics officials rebels residents sources".split())
"""Last words of names of several people: "officials say"."""


def source(name: str | None) -> str:
    """The name of a source on the page. `name` is its normalised name."""
    if not isinstance(name, str) or not name or name == UNNAMED:
        return "No source named"
    return sentence(name)


def sentence(text: str) -> str:
    """The text with a capital at its beginning; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def conflict(conflict_id: str | None, names: Mapping[str, str]) -> str:
    """The name of a conflict on the page."""
    if not isinstance(conflict_id, str) or not conflict_id:
        return "No conflict assigned"
    return names.get(conflict_id, conflict_id)


def plain(word: str | None) -> str:
    """A word of the exchange format as English: "at_least" is "at least"."""
    return word.replace("_", " ") if isinstance(word, str) else ""


def kind_of_source(source_type: str) -> str:
    """The type of one source in words: "NGO or monitor", "armed group"."""
    return KINDS_OF_SOURCE.get(source_type) or plain(source_type)


def reason(why: str, names: Mapping[str, str]) -> str:
    """Why a figure belongs to its conflict, in words that readers know. `names`: those of conflicts by their ids."""
    told = CODE.sub(lambda found: f"it is of {area(found[1])}", TOO_LITTLE.sub("", why))
    told = POINTER.sub(lambda found: f"it names “{found[1].title()}”", told)
    told = WARS.sub(lambda found: WORD.sub(lambda one: names.get(one[0], one[0]), found[0]), told)
    return STANDING.sub("it is the count that this body keeps of the war", told)


def number(value: Any) -> str:
    """A number with commas between its thousands; an en dash if there is none."""
    return "–" if pd.isna(value) else f"{int(value):,}"


def many(number: int, noun: str) -> str:
    """A count with its noun: "1 figure", "1,200 figures"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def hedged(qualifier: str, value: Any, low: Any, high: Any) -> str:
    """A number with its hedge: "more than 9,100", "20–30"."""
    if qualifier == "range" and not pd.isna(low) and not pd.isna(high):
        return f"{number(low)}–{number(high)}"
    return HEDGES.get(qualifier, "") + number(value)


def stated(figure: Figure) -> str:
    """The number of a figure with its hedge; its own words if it states no number ("dozens")."""
    if figure.value is None:
        return figure.figure
    return hedged(figure.qualifier, figure.value, figure.low, figure.high)


def bounds(low: Any, best: Any, high: Any) -> str:
    """Low, best and high as one text: "20 (15–30)", "30 or more", "up to 12"."""
    if pd.isna(best):
        return f"up to {number(high)}" if pd.isna(low) else f"{number(low)}–{number(high)}".replace("––", " or more")
    if pd.isna(high):
        return f"{number(best)} or more"
    if pd.isna(low) or (low == high == best):
        return number(best)
    return f"{number(best)} ({number(low)}–{number(high)})"


def month(text: str) -> str:
    """A month or day as words: "2025-05" is "May 2025"."""
    moment = pd.to_datetime(text, errors="coerce")
    return text if pd.isna(moment) or len(text) < len("2025-05") else f"{moment:%B %Y}"


def body(name: str) -> str:
    """The name of a body within a sentence: "the Gaza health ministry", "ACLED"."""
    words = name.split()
    if not words or words[0].endswith(("'s", "’s")) or words[0].casefold() == "the":
        return name
    if len(words) == 1:
        return f"the {name}" if name in WITH_ARTICLE or name.islower() else name
    named = words[-1].islower() or "of" in words or not BODIES.isdisjoint(word.strip("’'") for word in words)
    return f"the {name}" if named and words[-1].casefold() not in SEVERAL else name


def with_article(place: str) -> str:
    """The name of a place within a sentence: "the West Bank", "Syria"."""
    first, last = place.split()[0], place.split()[-1]
    return f"the {place}" if last in LANDS or first == "Democratic" else place


def says(name: str) -> str:
    """The verb for a body: "says", but "officials say"."""
    return "say" if name.split()[-1:] and name.split()[-1].casefold() in SEVERAL else "says"


def clipped(text: str, length: int = 28) -> str:
    """The text, cut to a length with an ellipsis."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def headline(title: Any) -> str:
    """The headline of an article; of a post, whose whole text is its title, the beginning up to HEADLINE characters.

    It ends with a sentence or, with an ellipsis, with a word. The whole text stands in the folded article. `title` is
    anything but a text where there is none, as in columns of pandas.
    """
    text = " ".join(title.split()) if isinstance(title, str) else ""
    if len(text) <= HEADLINE:
        return text or "No headline"
    first = SENTENCE_END.split(text, maxsplit=1)[0]
    if len(first) <= HEADLINE:
        return first
    cut = text[: HEADLINE - 2]
    return (cut.rpartition(" ")[0].rstrip(" ,;:–-") or cut) + " …"


def counted(group: str, since: str = "") -> str:
    """Whom a series counts, and since when if that is well after the conflict began; "" for everyone.

    `group` is the column `counted`: "civilians", "combatants (RUS)".
    """
    name, nation = group_and_nation(group)
    parts = [] if name == EVERYONE and not nation else [plain(name) + (f" ({area(nation)})" if nation else "")]
    return ", ".join([*parts, *([f"counted since {since}"] if since else [])])


def group_and_nation(people: str) -> tuple[str, str]:
    """The two parts of the column `counted`: "combatants (RUS)" is "combatants" and "RUS"; no nation is ""."""
    group, _, nation = people.removesuffix(")").partition(" (")
    return group, nation


def area(name: str) -> str:
    """The name of an area: a country by its name, a place with a capital."""
    return _countries().get(name) or name.title()


def country(code: str) -> str:
    """The name of a country within a sentence, by its code as a reader may have typed it; any other text as it is."""
    name = _countries().get(code.upper())
    return with_article(name) if name else code


@cache
def _countries() -> Mapping[str, str]:
    return load_countries().names
