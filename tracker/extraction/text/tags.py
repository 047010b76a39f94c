"""Values for tokens and runs of tokens: quantities, counted phrases, items, and the tag of a single token."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from tracker.knowledge.language import ACTING, BREAK_OPENS, ED, MARK_OPENS, SINGLE, THING, Language, Word
from tracker.model import Outcome, Qualifier, VictimGroup

INSERTION_ENDS = {"[": "]", "(": ")", "-": "-", "–": "–", "—": "—"}  # opening -> closing mark of an insertion
SHORTEST_ACT = 5  # letters; "king", "ring" and "thing" tell nothing that people do
MANY_INDICES = 200  # a tag caches items up to this index: few sentences are longer, and memory must stay bounded
_MARKS = {
    **dict.fromkeys(INSERTION_ENDS, MARK_OPENS),
    ":": BREAK_OPENS,
    ";": SINGLE["break"],
    '"': SINGLE["quote"],
}


class Quantity(NamedTuple):
    """A stated number: token range [first, stop), value (None if vague), upper end of a range, and its kind.

    `kind`: "number", "article" (a soldier), "zero" (no soldiers), "nobody" (no one), "ordinal" (a 25th victim), "some"
    (vague, or no number word at all), "both". `size` is what a vague word usually means ("hundreds": 200).
    """

    first: int
    stop: int
    value: int | None
    high: int | None
    qualifier: Qualifier
    kind: str = "number"
    size: int = 0

    @property
    def about(self) -> int:
        """The value; what a vague word usually means if there is none."""
        return self.size if self.value is None else self.value


class Counted(NamedTuple):
    """A counted phrase: the quantity, the token range of its noun phrase, the victim group, and the unit.

    `unit` is set if the noun itself states the outcome: "12 deaths", "three hostages". `part`: the phrase counts some
    of a whole ("12 of the guards").
    """

    quantity: Quantity
    noun: tuple[int, int] | None
    group: VictimGroup
    unit: Outcome | None
    part: bool


class Item(NamedTuple):
    """A run of tokens [first, stop) with its roles; `outcome` for words of harm, `counted` for counted phrases."""

    first: int
    stop: int
    roles: frozenset[str]
    outcome: Outcome | None = None
    strict: bool = False
    singular: bool = False
    counted: Counted | None = None


# The fastest way to make many of these. All fields are required.
make_item: Callable[[tuple[object, ...]], Item] = partial(tuple.__new__, Item)
make_counted: Callable[[tuple[object, ...]], Counted] = partial(tuple.__new__, Counted)
make_quantity: Callable[[tuple[object, ...]], Quantity] = partial(tuple.__new__, Quantity)


class Tag(dict[int, Item]):
    """The tag of a word in isolation. It maps the index of a token to its item, made once for all sentences.

    `ambiguous`: the surrounding words may change the tag.
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
    """The tags of one language. Words with the same properties share one tag."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.known: dict[tuple[Word, bool, bool], Tag] = {}

    def of(self, low: str, kind: str, capital: bool) -> Tag:
        """The tag of a word."""
        hit = self.language.lexicon.alone.get(low)
        if capital and low in self.language.capitalised:
            hit = None  # "Borno State" is a name
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
        if not capital and self.language.acting and len(low) > SHORTEST_ACT and low.endswith(self.language.acting):
            return ACTING
        return SINGLE["Name" if capital else "word"]
