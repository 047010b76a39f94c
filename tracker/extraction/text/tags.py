"""What words are to a sentence that is read for its counts: quantities, counted phrases, items, and tags of words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from tracker.knowledge.language import BREAK_OPENS, ED, MARK_OPENS, SINGLE, THING, Language, Word
from tracker.model import Outcome, Qualifier, VictimGroup

INSERTION_ENDS = {"[": "]", "(": ")", "-": "-", "–": "–", "—": "—"}  # by the marks that open insertions
MANY_INDICES = 200  # a tag keeps its items up to here: few sentences have more words, and memory is to stay flat
_MARKS = {
    **dict.fromkeys(INSERTION_ENDS, MARK_OPENS),
    ":": BREAK_OPENS,
    ";": SINGLE["break"],
    '"': SINGLE["quote"],
}


class Quantity(NamedTuple):
    """A stated number: token range [first, stop), value (None where vague), upper end of a range, and its kind.

    `kind`: "number", "article" (a soldier), "zero" (no soldiers), "nobody" (no one), "ordinal" (a 25th victim),
    "some" (vague, or nothing at all), "both". `size` is what a vague word usually stands for ("hundreds": 200).
    """

    first: int
    stop: int
    value: int | None
    high: int | None
    qualifier: Qualifier
    kind: str = "number"
    size: int = 0


class Counted(NamedTuple):
    """A counted phrase: the quantity, the words for the people counted (token range), their group, a unit's outcome.

    `unit` is set where the noun itself says what happened: "12 deaths", "three hostages".
    """

    quantity: Quantity
    noun: tuple[int, int] | None
    group: VictimGroup
    unit: Outcome | None
    part: bool


class Item(NamedTuple):
    """A run of words [first, stop) with its roles; `outcome` for harm words, `counted` for counted phrases."""

    first: int
    stop: int
    roles: frozenset[str]
    outcome: Outcome | None = None
    strict: bool = False
    singular: bool = False
    counted: Counted | None = None


# The quickest way to make many of these; it wants all fields.
make_item: Callable[[tuple[object, ...]], Item] = partial(tuple.__new__, Item)
make_counted: Callable[[tuple[object, ...]], Counted] = partial(tuple.__new__, Counted)
make_quantity: Callable[[tuple[object, ...]], Quantity] = partial(tuple.__new__, Quantity)


class Tag(dict[int, Item]):
    """What a word is by itself. By the word's index in its sentence: the item that it is there, made once for all
    sentences. `ambiguous`: the words around it may make something else of it.
    """

    def __init__(self, word: Word, singular: bool, ambiguous: bool) -> None:
        super().__init__()
        self.word = word
        self.singular = singular
        self.ambiguous = ambiguous

    def __missing__(self, index: int) -> Item:
        word = self.word
        item = make_item((index, index + 1, word.roles, word.outcome, word.strict, self.singular, None))
        if index < MANY_INDICES:
            self[index] = item
        return item


class Tags:
    """The tags of one language; words that are the same to it share one."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.known: dict[tuple[Word, bool, bool], Tag] = {}

    def of(self, low: str, kind: str, capital: bool) -> Tag:
        """The tag of a word."""
        hit = self.language.lexicon.alone.get(low)
        word = Word(self._roles(low, kind, capital)) if hit is None else hit[1]
        singular = hit is not None and low in self.language.singular
        key = (word, singular, ED in word.roles or low in INSERTION_ENDS)
        return self.known.setdefault(key, Tag(*key))

    def _roles(self, low: str, kind: str, capital: bool) -> frozenset[str]:
        """The roles of a word that is not in the lexicon."""
        if kind == "number":
            return SINGLE["other.thing"]
        if kind == "possessive":
            return SINGLE["word"]
        if kind == "mark":
            return _MARKS.get(low, SINGLE["mark"])
        if low in self.language.not_people:
            return THING
        if len(low) > 5 and low.endswith(self.language.adverb_endings):
            return SINGLE["adverb"]
        return SINGLE["Name" if capital else "word"]
