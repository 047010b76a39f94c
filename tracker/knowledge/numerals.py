"""The number words of a language, and how a number may begin with each of them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.knowledge.phrases import Phrases, phrase_table
from tracker.model import Qualifier


@dataclass(frozen=True, slots=True)
class Opening:
    """How a number may begin with a word. Most such words usually begin none: "at", "from", "in".

    `alone`: by itself: "two", "dozens", "no". `before`: if another number follows: "over", "from". `seconds`: if one of
    these words follows: "at" least, "a" hundred. `article`, `value`: if none of `seconds` follows, it is only an
    article, or only a number word of that value. `vague`: it only begins vague words. `bare`: it is a noun that counts
    so many by itself.
    """

    alone: bool
    before: bool = False
    seconds: frozenset[str] = frozenset()
    article: bool = False
    value: int = 0
    vague: bool = False
    bare: int = 0


DIGITS = Opening(alone=True)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Number words and the words that qualify numbers."""

    small: Mapping[str, int]
    tens: Mapping[str, int]
    multipliers: Mapping[str, int]
    plural_multipliers: Mapping[str, int]
    shortened: frozenset[str]
    glued: frozenset[str]
    fractions: Phrases[float]
    both: Mapping[str, int]
    articles: frozenset[str]
    standing: frozenset[str]
    zero: Phrases[bool]
    negated: frozenset[str]
    ordinals: Mapping[str, int]
    ordinal_endings: tuple[str, ...]
    case_endings: frozenset[str]
    no_number: Phrases[bool]
    joiners: frozenset[str]
    vague: Phrases[int]
    vague_before_people: frozenset[str]
    before: Phrases[Qualifier]
    after: Phrases[Qualifier]
    verbs: Mapping[str, Qualifier]
    range_openers: Mapping[str, tuple[str, ...]]
    moving: frozenset[str]
    range_links: Phrases[str]
    spoken_links: frozenset[str]
    points: frozenset[str]
    noughts: frozenset[str]
    dashes: frozenset[str]
    glued_signs: frozenset[str]
    glued_endings: frozenset[str]
    margins: Phrases[bool]
    labels: frozenset[str]
    clock: frozenset[str]
    bare_multipliers: frozenset[str]
    joined_tens: frozenset[str]
    units_below: int
    digits_go_on: bool
    round: Phrases[int]
    behind: Phrases[Qualifier]
    bare: Mapping[str, int]
    definite: tuple[str, ...]
    of_places: frozenset[str]
    genitives: frozenset[str]
    clitics: frozenset[str]
    openings: Mapping[str, Opening] = field(init=False)
    """Every word that may begin a number or its qualifier, except those with a hyphen ("twenty-six")."""
    phrases: Phrases[bool] = field(init=False)
    """All phrases that begin a number or mark it as no number."""
    tails: frozenset[str] = field(init=False)
    """The words that may continue a number: "12 to 15", "12 or more", "12-year-old"."""

    def __post_init__(self) -> None:
        begins = {*self.small, *self.tens, *self.both, *self.ordinals, *self.range_openers}
        begins |= {*self.articles, *self.standing, *self.vague_before_people, *self.noughts, *self.bare}
        begins |= self.bare_multipliers
        tables: Sequence[Phrases[Any]] = (self.zero, self.fractions, self.vague, self.before, self.round)
        begins = begins.union(*(table.by_first for table in tables))
        object.__setattr__(self, "openings", {low: _opening(low, self) for low in begins})
        phrases = {
            phrase: True
            for table in (*tables, self.no_number)
            for group in table.by_first.values()
            for phrase, _ in group
        }
        object.__setattr__(self, "phrases", phrase_table((" ".join(phrase), True) for phrase in phrases))
        tails = {*self.range_links.by_first, *self.after.by_first, *self.spoken_links, *self.margins.by_first, "-", "("}
        object.__setattr__(self, "tails", frozenset(tails))

    def opening(self, low: str) -> Opening | None:
        """How a number can begin with this lower-case word; None if none can."""
        if low in self.openings or "-" not in low:
            return self.openings.get(low)
        value = self.compound(low)
        if value is not None:
            return Opening(alone=True, seconds=_going_on(self), value=value)
        head, _, tail = low.partition("-")
        glued = (head in self.small or head in self.tens) and "-" + tail in self.after  # "thirty-odd"
        return Opening(alone=True) if glued else None

    def compound(self, low: str) -> int | None:
        """The value of a number word with a hyphen, "twenty-six"; None if it is none."""
        cut = low.find("-")
        while cut > 0:
            head, tail = low[:cut], low[cut + 1 :]
            joiner, _, joined = tail.partition("-")
            units = self.small.get(joined if joiner in self.joined_tens else tail, 0)
            if head in self.tens and 0 < units < self.units_below:
                return self.tens[head] + units
            cut = low.find("-", cut + 1)
        return None


def numbers_of(raw: Mapping[str, Any], clitics: Iterable[str] = ()) -> Numbers:
    """The number words of a language, from its raw tables. `clitics` may be glued to the number after them."""
    n, q, r = raw["numbers"], raw["qualifiers"], raw["ranges"]
    return Numbers(
        small=n["units"],
        tens=n["tens"],
        multipliers=n["multipliers"],
        plural_multipliers=n["plural_multipliers"],
        shortened=frozenset(n["shortened"]),
        glued=frozenset(n["glued"]),
        fractions=phrase_table(n["fractions"].items()),
        both=n["both"],
        articles=frozenset(n["articles"]),
        standing=frozenset(n["standing_articles"]),
        negated=frozenset(n["negated"]),
        zero=phrase_table((w, w in n["zero_people"]) for w in n["zero"]),
        ordinals=n["ordinals"],
        ordinal_endings=tuple(n["ordinal_endings"]),
        case_endings=frozenset(n["case_endings"]),
        no_number=phrase_table((w, True) for w in n["no_number"]),
        joiners=frozenset(n["joiners"]),
        vague=phrase_table(n["vague"].items()),
        vague_before_people=frozenset(n["vague_before_people"]),
        before=phrase_table((w, Qualifier(k)) for k, words in q["before"].items() for w in words),
        after=phrase_table((w, Qualifier(k)) for k, words in q["after"].items() for w in words),
        verbs={w: Qualifier(k) for k, words in q["verbs"].items() for w in words},
        range_openers={k: tuple(v) for k, v in r["openers"].items()},
        moving=frozenset(r["moving"]),
        range_links=phrase_table((w, w) for w in r["links"]),
        spoken_links=frozenset(r["spoken_links"]),
        points=frozenset(n["points"]),
        noughts=frozenset(n["noughts"]),
        dashes=frozenset(n["dashes"]),
        glued_signs=frozenset(n["glued_signs"]),
        glued_endings=frozenset(n["glued_endings"]),
        margins=phrase_table((w, True) for w in n["margins"]),
        labels=frozenset(n["labels"]),
        clock=frozenset(n["clock"]),
        bare_multipliers=frozenset(n["bare_multipliers"]),
        joined_tens=frozenset(n["joined_tens"]),
        units_below=int(n["units_below"]),
        digits_go_on=bool(n["digits_go_on"]),
        round=phrase_table(n["round"].items()),
        behind=phrase_table((w, Qualifier(k)) for k, words in q["behind"].items() for w in words),
        bare=_bare(raw),
        definite=tuple(raw["bare"]["definite"]),
        of_places=frozenset(raw["bare"]["of_places"]),
        genitives=frozenset(raw["bare"]["genitives"]) - {*raw["bare"]["one"]},
        clitics=frozenset(clitics),
    )


def _bare(raw: Mapping[str, Any]) -> dict[str, int]:
    """The nouns that count without a number word, with how many they count."""
    return {word: size for key, size in (("one", 1), ("genitives", 1), ("two", 2)) for word in raw["bare"][key]}


def _opening(low: str, n: Numbers) -> Opening:
    """How a number may begin with a word that is a number by itself or begins a phrase."""
    tables: Sequence[Phrases[Any]] = (n.zero, n.fractions, n.vague, n.no_number, n.round)
    seconds = {second for table in (*tables, n.before) for second in table.longer.get(low, ())}
    seconds |= n.points if low in n.noughts else set()
    before = low in n.before or low in n.range_openers
    if low in n.bare and not (before or seconds):
        return Opening(alone=True, bare=n.bare[low])
    if low in n.bare_multipliers:
        return Opening(alone=True, before=before, seconds=_going_on(n) | seconds)
    spelled, article = low in n.small or low in n.tens, low in n.articles
    lists: Sequence[Container[str]] = (n.ordinals, n.both, n.standing, n.vague_before_people, n.noughts)
    listed = any(low in words for words in lists)
    phrase = any(low in table for table in tables)
    if before or listed or phrase or spelled == article:
        others = any(low in table.by_first for table in (n.zero, n.fractions, n.no_number, n.before, n.round))
        vague = low in n.vague and not (before or listed or others or spelled or article)
        return Opening(listed or phrase or spelled or article, before, frozenset(seconds), vague=vague)
    if article:
        scales = {word for word, scale in n.multipliers.items() if scale >= 12 and word not in n.glued}
        return Opening(alone=True, seconds=frozenset(seconds | scales), article=True)
    return Opening(alone=True, seconds=_going_on(n) | seconds, value=n.small.get(low, 0) or n.tens[low])


def _going_on(n: Numbers) -> frozenset[str]:
    """The words that may follow the first word of a spelled number: "twenty six", "six hundred", "six point two"."""
    return frozenset({*n.small, *n.tens, *n.multipliers, *n.points, *n.joiners, *n.dashes})
