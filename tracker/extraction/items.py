"""A sentence as a row of items: counted phrases, dates, words with a role, and plain words, each one letter.

The patterns of a language run over these letters. An item is built once, from finished parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.extraction.numbers import Quantity, quantity_at
from tracker.extraction.spans import Token
from tracker.knowledge.language import COUNTED, Language, Word
from tracker.model import Outcome, Qualifier, VictimGroup

LONGEST_NOUN_PHRASE = 7
_STOP_ROLES = frozenset(
    "be have not modal by from preposition comma relative subordinate it includes harm.ing harm.past harm.done harm.ed "
    "harm.die harm.state harm.base harm.s force leave lose claim and date flee take the".split()
)
_SINGLE = {
    roles: frozenset({roles}) for roles in (*COUNTED, "other.thing", "date", "word", "Name", "mark", "quote", "adverb")
}
_THING = frozenset({"word", "thing"})
_LIVES = frozenset({"people", "lives"})
_OPENS = frozenset({"mark", "opens"})
_MARKS = {
    **dict.fromkeys(("(", "[", "-", "–", "—"), _OPENS),
    ":": frozenset({"break", "opens"}),
    ";": frozenset({"break"}),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted phrase: the quantity, the words for the people counted (token range), their group, and a unit's outcome.

    `unit` is set where the noun itself says what happened: "12 deaths", "three hostages".
    """

    quantity: Quantity
    noun: tuple[int, int] | None
    group: VictimGroup
    unit: Outcome | None
    part: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A run of tokens [first, stop) with its roles; `outcome` for harm words, `counted` for counted phrases."""

    first: int
    stop: int
    roles: frozenset[str]
    outcome: Outcome | None = None
    strict: bool = False
    singular: bool = False
    counted: Counted | None = None


class Tagger:
    """Turns the tokens of a sentence into items, by the words of one language and the names of peoples."""

    def __init__(self, language: Language, peoples: Mapping[str, str]) -> None:
        self.language = language
        self.peoples = peoples
        self.speaking = frozenset(language.attribution.lists["speaking"])

    def items(self, tokens: Sequence[Token], dates: Sequence[tuple[int, int]]) -> list[Item]:
        """The items of a sentence; `dates` are the offsets of its date phrases, in order."""
        lows = [t.low for t in tokens]
        dated = _tokens_in(tokens, dates)
        raw: list[Item] = []
        index = 0
        while index < len(tokens):
            item = self._item_at(tokens, lows, index, dated, raw)
            raw.append(item)
            index = item.stop
        return [self._voiced(raw, lows, i) for i in range(len(raw))]

    def letters(self, items: Sequence[Item]) -> str:
        """One letter for each item."""
        return "".join(self.language.letters[item.roles] for item in items)

    def _item_at(
        self, tokens: Sequence[Token], lows: Sequence[str], index: int, dated: Mapping[int, int], before: list[Item]
    ) -> Item:
        if index in dated:
            return Item(index, dated[index], _SINGLE["date"])
        counted = self._counted(tokens, lows, index, dated, before)
        if counted is not None:
            return counted
        found = self.language.lexicon.at(lows, index)
        if found is not None:
            size, word = found
            return Item(
                index, index + size, word.roles, word.outcome, word.strict, lows[index] in self.language.singular
            )
        token = tokens[index]
        if token.kind == "word":
            if token.low in self.language.not_people:
                return Item(index, index + 1, _THING)
            adverb = len(token.low) > 5 and token.low.endswith(self.language.adverb_endings)
            return Item(index, index + 1, _SINGLE["adverb" if adverb else "Name" if token.capital else "word"])
        if token.low == '"':
            return Item(index, index + 1, _SINGLE["quote"])
        if token.kind == "number":
            return Item(index, index + 1, _SINGLE["other.thing"])
        if token.kind == "possessive":
            return Item(index, index + 1, _SINGLE["word"])
        return Item(index, self._inserted(tokens, lows, index), _MARKS.get(token.low, _SINGLE["mark"]))

    def _inserted(self, tokens: Sequence[Token], lows: Sequence[str], index: int) -> int:
        """Where a mark ends: an editor's insertion without a number is one mark, "[not further identified]"."""
        if lows[index] != "[":
            return index + 1
        for end in range(index + 1, min(index + 14, len(lows))):
            if lows[end] == "]":
                return end + 1
            if quantity_at(tokens, lows, end, self.language.numbers) is not None and lows[end] not in ("a", "an"):
                break
        return index + 1

    def _counted(
        self, tokens: Sequence[Token], lows: Sequence[str], index: int, dated: Mapping[int, int], before: list[Item]
    ) -> Item | None:
        quantity = quantity_at(tokens, lows, index, self.language.numbers)
        if quantity is None or any(i in dated for i in range(quantity.first, quantity.stop)):
            return None
        if index > 0 and self._glued_before(tokens, index):
            return Item(index, quantity.stop, _SINGLE["other.thing"])
        start, part = self._skip_of(lows, quantity)
        noun = self._noun(tokens, lows, start, dated)
        kind = self._kind(tokens, lows, quantity, noun, before)
        if kind is None:
            return None
        if kind == "other.thing":
            return Item(index, max(quantity.stop, noun.stop), _SINGLE[kind])
        stop = noun.stop if noun.stop > start else quantity.stop
        verb = self.language.numbers.verbs.get(lows[index - 1]) if index else None
        if verb is not None and quantity.qualifier is Qualifier.EXACT and quantity.kind == "number":
            quantity = replace(quantity, qualifier=verb)
        unit = noun.unit if quantity.kind != "article" or lows[stop - 1] in self.language.single_units else None
        counted = Counted(quantity, noun.span, noun.group, unit, part)
        lives = noun.people and "lives" in self._roles(lows, stop - 1)
        return Item(index, stop, _LIVES if lives else _SINGLE[kind], counted=counted)

    def _roles(self, lows: Sequence[str], index: int) -> frozenset[str]:
        word = self.language.lexicon.at(lows, index)
        return word[1].roles if word is not None else frozenset()

    @staticmethod
    def _glued_before(tokens: Sequence[Token], index: int) -> bool:
        """Whether a mark that makes the number something else stands right before it: "$12", "F-16", "3:45"."""
        before = tokens[index - 1]
        if before.end != tokens[index].start:
            return before.text in "$€£¥₹#"
        return before.text in "$€£¥₹#-–/:.@" or before.kind in ("number", "word")

    def _skip_of(self, lows: Sequence[str], quantity: Quantity) -> tuple[int, bool]:
        """Where the noun phrase begins: after "of", "of the", "of them"; and whether this is a part of something."""
        index, part, of = quantity.stop, False, False
        lexicon = self.language.lexicon
        for role in ("adverb", "of", "the", "it"):
            found = lexicon.at(lows, index) if index < len(lows) else None
            if found is None or role not in found[1].roles and role != "of":
                continue
            if role == "of" and found[0] == 2 and "includes" in found[1].roles:
                return index + 2, True  # "of them"
            wanted = lows[index] in self.language.others if role == "adverb" else of or role == "of"
            if wanted and role in found[1].roles:
                part, of = part or role in ("the", "it"), of or role == "of"
                index += found[0]
        return index, part

    def _noun(self, tokens: Sequence[Token], lows: Sequence[str], start: int, dated: Mapping[int, int]) -> _Noun:
        language = self.language
        best = _Noun(start, None, VictimGroup.UNSPECIFIED, None, None)
        index = start
        while index < min(len(tokens), start + LONGEST_NOUN_PHRASE):
            word = language.lexicon.at(lows, index)
            person = language.people.at(lows, index)
            size = max(word[0] if word else 1, person[0] if person else 1)
            if self._age_at(tokens, index):
                index += 3  # "an 8-year-old boy"
                continue
            if index in dated or tokens[index].kind in ("mark", "number"):
                break
            if index > start and self._speaks(lows, index + size, person is not None):
                break
            if index > start and lows[index] in language.numbers.articles:
                break
            if tokens[index].kind == "word" and self._number_word(lows[index]):
                best = _Noun(index, None, VictimGroup.UNSPECIFIED, False, None) if index == start > 0 else best
                break
            thing = language.not_people.at(lows, index)
            if word is not None and self._ends_noun(word[1], person is not None and not best.people):
                break
            if person is not None and (thing is None or thing[0] <= person[0]):
                unit = word[1].outcome if word is not None and "harm.unit" in word[1].roles else None
                best = _Noun(index + size, (start, index + size), person[1], True, unit)
            elif thing is not None and (not best.people or best.stop == index):
                best = _Noun(index + thing[0], None, VictimGroup.UNSPECIFIED, False, None)
            elif lows[index] in self.peoples:
                group = best.group if best.people else VictimGroup.UNSPECIFIED
                best = _Noun(index + 1, (start, index + 1), group, True, None)
            elif word is not None and "harm.unit" in word[1].roles:
                best = _Noun(index + size, (start, index + size), VictimGroup.UNSPECIFIED, True, word[1].outcome)
            elif best.people is None and word is None:
                best = _Noun(index + 1, (start, index + 1), VictimGroup.UNSPECIFIED, None, None)
            index += size
        return best

    @staticmethod
    def _age_at(tokens: Sequence[Token], index: int) -> bool:
        """Whether a number glued to a word by a dash stands here, as ages do."""
        run = tokens[index : index + 3]
        kinds = [t.kind for t in run]
        return kinds == ["number", "mark", "word"] and run[0].end == run[1].start and run[1].end == run[2].start

    def _speaks(self, lows: Sequence[str], index: int, person: bool) -> bool:
        """Whether a word for people is the subject of a say word: "wounding 30 police said"."""
        return person and index < len(lows) and lows[index] in self.speaking

    def _number_word(self, low: str) -> bool:
        n = self.language.numbers
        return low in n.small or low in n.tens or low.partition("-")[0] in n.tens

    @staticmethod
    def _ends_noun(word: Word, person: bool) -> bool:
        if "of" in word.roles or "to" in word.roles or "break" in word.roles:
            return True
        if "say" in word.roles and not person:
            return True
        return bool(word.roles & _STOP_ROLES) and not (person and "harm.unit" in word.roles)

    def _kind(
        self, tokens: Sequence[Token], lows: Sequence[str], quantity: Quantity, noun: _Noun, before: list[Item]
    ) -> str | None:
        """Whether the phrase counts people, something unknown, nothing that is named, things, or is no count."""
        kind = quantity.kind
        if kind == "article" and noun.span is None and self._stands_alone(lows, quantity):
            return "count"
        if kind in ("article", "zero", "some"):
            return "people" if noun.people else None
        if kind == "nobody":
            return "people"
        if kind == "ordinal":
            return "people" if noun.unit is not None and (quantity.value or 0) > 1 else None
        if noun.people is False:
            return "other.thing"
        if noun.people:
            return "people"
        if self._is_age(tokens, lows, quantity, before):
            return "other.thing"
        return "things" if noun.span is not None else "count"

    def _stands_alone(self, lows: Sequence[str], quantity: Quantity) -> bool:
        """ "another was wounded": an article that is no "a" and has its verb right behind it."""
        if len(lows[quantity.first]) < 3 or quantity.stop >= len(lows):
            return False
        word = self.language.lexicon.at(lows, quantity.stop)
        return word is not None and bool(word[1].roles & {"be", "have", "harm.ed", "harm.done", "harm.die"})

    @staticmethod
    def _is_age(tokens: Sequence[Token], lows: Sequence[str], quantity: Quantity, before: list[Item]) -> bool:
        """ "Abed Nabhan, 25, …": a bare number between commas after a name is an age."""
        after = lows[quantity.stop] if quantity.stop < len(lows) else ""
        if len(before) < 2 or "comma" not in before[-1].roles or after not in (",", ".", ")", ""):
            return False
        return tokens[before[-2].first].capital and "Name" in before[-2].roles and (quantity.value or 0) < 120

    def _voiced(self, items: Sequence[Item], lows: Sequence[str], index: int) -> Item:
        """The item with `harm.ed` decided: past ("killed 12") or participle ("12 were killed")."""
        item = items[index]
        if "harm.ed" not in item.roles:
            return item
        base = item.roles - {"harm.ed"}
        role = "harm.done" if self._passive(items, index) else "harm.past"
        return Item(item.first, item.stop, base | {role}, item.outcome, item.strict)

    @staticmethod
    def _passive(items: Sequence[Item], index: int) -> bool:
        left = index - 1
        while left >= 0 and items[left].roles & {"adverb"} and left > index - 4:
            left -= 1
        before = items[left].roles if left >= 0 else frozenset[str]()
        if "be" in before:
            return True
        if "have" in before:
            return False
        counted_before = left >= 0 and bool(before & {*COUNTED})
        after = items[index + 1].roles if index + 1 < len(items) else frozenset[str]()
        if after & {*COUNTED, "other.thing"}:
            later = items[index + 2].roles if index + 2 < len(items) else frozenset[str]()
            return counted_before and bool(later & {"harm.ed", "harm.state", "harm.done"})
        if after & {"the", "it"}:
            return False
        if after & {"word", "Name", "quote", "men", "lives"} and not counted_before:
            return False
        return True


@dataclass(frozen=True, slots=True)
class _Noun:
    """What follows a number: where it ends, its token range, whether it is people (None = unknown) and what unit."""

    stop: int
    span: tuple[int, int] | None
    group: VictimGroup
    people: bool | None
    unit: Outcome | None


def _tokens_in(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> dict[int, int]:
    """For each span of offsets, its first token's index -> the index after its last; inner tokens map on as well."""
    covered: dict[int, int] = {}
    index = 0
    for start, end in spans:
        while index < len(tokens) and tokens[index].end <= start:
            index += 1
        first = index
        while index < len(tokens) and tokens[index].start < end:
            index += 1
        for inner in range(first, index):
            covered[inner] = index
    return covered
