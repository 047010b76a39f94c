"""Builds a language from its folder of data files: its numbers, its lexicon of words with roles, and its patterns.

A word may have several roles ("took" claims lives, holds hostages, brings a toll). Each set of roles is one letter of
an alphabet. A sentence becomes a string of letters, and a pattern is a regular expression over them. It runs in linear
time and works the same for every language.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tracker.knowledge.alternation import LateRegex, any_of
from tracker.knowledge.files import person_nouns, read_tables
from tracker.knowledge.lexicon import (
    ACTING,
    BREAK_OPENS,
    COUNTED,
    ED,
    ENGINE_ROLES,
    FOLK,
    FORMER,
    HARM_ROLES,
    LIVES,
    MARK_OPENS,
    NATION,
    PAIRED,
    SINGLE,
    THING,
    Voiced,
    Word,
    lexicon_of,
)
from tracker.knowledge.numerals import Numbers, numbers_of
from tracker.knowledge.phrases import Phrases, phrase_table, words_of
from tracker.knowledge.section import Section, section_of
from tracker.knowledge.spelling import Spelling, spelling_of
from tracker.model import Cause, KnowledgeError, Outcome, SourceType, VictimGroup

__all__ = [
    "ACTING",
    "BREAK_OPENS",
    "COUNTED",
    "ED",
    "FOLK",
    "FORMER",
    "LIVES",
    "MARK_OPENS",
    "NATION",
    "SINGLE",
    "THING",
    "Language",
    "Pattern",
    "Section",
    "Word",
    "load_language",
    "make_language",
]
FULLEST = "en"
"""The language that has every key of a language file. A key that another language leaves out is empty in it."""
_FIRST_LETTER = 0x80  # these letters have no meaning in a pattern, and the first 128 take one byte each
_ELEMENT = re.compile(r"\(?([A-Za-z_.|:]+)\)?([?*+]|\{\d+,\d+\})?\Z")
_UNMET = "(?!)"
_GIVEN = frozenset({*ENGINE_ROLES, *FOLK, *NATION})  # roles that other words than those of the lexicon may have


@dataclass(frozen=True, slots=True)
class Pattern:
    """A construction that states a figure. `regex` runs over the letters of a sentence; group `count` is the number.

    `needs` and `needs_too`: every sentence that matches has at least one letter of each of these sets.
    """

    name: str
    reads: str
    outcome: Outcome | None
    least: int
    finds: tuple[str, ...]
    ignores: tuple[str, ...]
    regex: LateRegex
    needs: frozenset[str]
    needs_too: frozenset[str]


_NO_WHOLES = frozenset({"members", "meant", "serving"})  # lists beside those of the groups


@dataclass(frozen=True, slots=True)
class Language:
    """All that the extraction knows of a language."""

    code: str
    name: str
    abbreviations: frozenset[str]
    numbers: Numbers
    people: Phrases[VictimGroup]
    others: frozenset[str]
    not_people: Phrases[bool]
    lexicon: Phrases[Word]
    letters: Mapping[frozenset[str], str]
    voiced: Voiced
    patterns: tuple[Pattern, ...]
    attribution: Section
    source_types: Phrases[SourceType]
    dates: Section
    places: Section
    scope: Section
    causes: Phrases[Cause]
    context: Section
    singular: frozenset[str]
    single_units: frozenset[str]
    adverb_endings: tuple[str, ...]
    lost_possessive: str
    modifiers: frozenset[str]
    adjectives: frozenset[str]
    ages: Phrases[str]
    age_limits: frozenset[str]
    members: frozenset[str]
    wholes: Mapping[str, VictimGroup]
    meant: frozenset[str]
    serving: frozenset[str]
    capitalised: frozenset[str]
    person_endings: tuple[str, ...]
    spelling: Spelling
    plural: str
    acting: str
    head_first: bool
    trigger: re.Pattern[str]
    known: frozenset[str] = field(init=False)
    """The words that lose no clitics, if the language has any: all that the lists have."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", self.words() if self.spelling.glued.before else frozenset())

    @property
    def names_follow_nouns(self) -> bool:
        """Whether capitalised names stand behind the nouns that tell what they are: "el hospital Al Shifa"."""
        return self.spelling.capitals and bool(self.places.raw["noun_first"])

    def key(self, text: str) -> str:
        """A name as the tokens of a text spell it, with one blank between two tokens."""
        return self.spelling.key(text, self.known)

    def words(self) -> frozenset[str]:
        """Every word of the lists of which sentences are made, those inside phrases as well."""
        n, sections = self.numbers, (self.attribution, self.places, self.context)
        tables: list[Phrases[Any]] = [self.people, self.not_people, self.lexicon, self.source_types, self.causes]
        tables += [n.zero, n.fractions, n.vague, n.before, n.after, n.behind, n.round, n.phrases, self.ages]
        phrases = [phrase for table in tables for group in table.by_first.values() for phrase, _ in group]
        phrases += [words_of(one) for section in sections for listed in section.lists.values() for one in listed]
        words = {word for phrase in phrases for word in phrase}
        for name in ("months", "weekdays", "units", "counts"):
            words.update(word for phrase in self.dates.raw[name] for word in phrase.split())
        return frozenset(words | {*n.small, *n.tens, *n.multipliers, *n.openings, *self.modifiers, *self.others})


def load_language(code: str) -> Language:
    """The language of `code` ("en"); KnowledgeError names the file and the entry that is wrong."""
    folder = f"languages/{code}"
    return make_language(_keys() if code == FULLEST else read_tables(folder), folder)


def make_language(tables: Mapping[str, Any], folder: str) -> Language:
    """The language with these tables; `folder` is named in errors."""
    try:
        return _build(f"{folder}/patterns.toml", _completed(tables, _keys()))
    except KeyError as error:
        raise KnowledgeError(folder, str(error), "is missing") from None


@cache
def _keys() -> Mapping[str, Any]:
    """The tables of the language that has every key."""
    return read_tables(f"languages/{FULLEST}")


def _completed(raw: Mapping[str, Any], every: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of a language with the keys that it leaves out. They hold no word; a setting keeps its usual value."""
    out = dict(raw)
    for name, section in every.items():
        if name == "macros":
            out.setdefault(name, {})
        elif isinstance(section, dict):
            given = raw.get(name, {})
            out[name] = {key: _empty(value) for key, value in section.items() if key not in given} | given
        elif isinstance(section, list):
            out.setdefault(name, [])
    return out


def _empty(value: Any) -> Any:
    """What a key holds that a language leaves out: no words; the same number or choice."""
    return type(value)() if isinstance(value, str | list | dict) else value


def _build(file: str, tables: Mapping[str, Any]) -> Language:
    spelling = spelling_of(tables)
    raw = spelling.spelled(tables)
    lexicon = lexicon_of(raw)
    voiced = _voiced(lexicon)
    letters = _alphabet(lexicon, voiced)
    return Language(
        code=raw["code"],
        name=raw["name"],
        abbreviations=frozenset(raw["abbreviations"]),
        numbers=numbers_of(raw, spelling.clitics),
        people=phrase_table(_people(raw, lexicon).items()),
        others=frozenset(raw["people"]["others"]),
        not_people=phrase_table((w, True) for w in raw["not_people"]["words"]),
        lexicon=phrase_table(lexicon.items()),
        letters=letters,
        voiced=voiced,
        patterns=tuple(_patterns(file, raw, letters)),
        attribution=section_of(raw["attribution"]),
        source_types=phrase_table((w, SourceType(t)) for t, words in raw["source_types"].items() for w in words),
        dates=section_of(raw["dates"]),
        places=section_of(raw["places"]),
        scope=section_of(raw["scope"]),
        causes=phrase_table((w, Cause(c)) for c, words in raw["causes"].items() for w in words),
        context=section_of(raw["context"]),
        singular=frozenset(raw["agreement"]["singular"]),
        single_units=frozenset(raw["agreement"]["single_units"]),
        adverb_endings=tuple(raw["agreement"]["adverb_endings"]),
        lost_possessive=raw["agreement"]["lost_possessive"],
        modifiers=frozenset(raw["agreement"]["modifiers"]),
        adjectives=frozenset(raw["agreement"]["adjectives"]),
        ages=phrase_table((w, w) for w in raw["agreement"]["ages"]),
        age_limits=frozenset(raw["agreement"]["age_limits"]),
        members=frozenset(raw["wholes"]["members"]),
        wholes={w: VictimGroup(g) for g, words in raw["wholes"].items() if g not in _NO_WHOLES for w in words},
        meant=frozenset(raw["wholes"]["meant"]),
        serving=frozenset(raw["wholes"]["serving"]),
        capitalised=frozenset(raw["agreement"]["capitalised"]),
        person_endings=tuple(raw["agreement"]["person_endings"]),
        spelling=spelling,
        plural=raw["agreement"]["plural"],
        acting=raw["agreement"]["acting"],
        head_first=raw["agreement"]["head_first"],
        trigger=_trigger(
            lexicon,
            [_needs(entry["reads"], raw["macros"]) for entry in raw["pattern"] if "outcome" in entry],
            spelling,
        ),
    )


def _people(raw: Mapping[str, Any], lexicon: Mapping[str, Word]) -> dict[str, VictimGroup]:
    """The words for people with their groups: those of the lists, and the nouns of a dictionary that no list has."""
    people = {word: VictimGroup(group) for group, words in raw["people"].items() if group != "others" for word in words}
    known = {*lexicon, *raw["not_people"]["words"], *raw["people"]["others"]}
    others = {word: VictimGroup.UNSPECIFIED for word in person_nouns(raw["code"]) if word not in known}
    return others | people


def _alphabet(lexicon: Mapping[str, Word], voiced: Voiced) -> dict[frozenset[str], str]:
    """One letter for each set of roles. `harm.ed` has none, because it is decided before."""
    sets = [*SINGLE.values(), *PAIRED]
    for word in lexicon.values():
        sets += voiced.get(word.roles, (word.roles,))
    return {roles: chr(_FIRST_LETTER + i) for i, roles in enumerate(dict.fromkeys(sets))}


def _voiced(lexicon: Mapping[str, Word]) -> Voiced:
    """The sets of roles with `harm.ed`, decided: as past ("killed 12") and as participle ("12 were killed")."""
    same = {word.roles: word.roles for word in lexicon.values()}
    found: dict[frozenset[str], tuple[frozenset[str], frozenset[str]]] = {}
    for roles in [roles for roles in same if ED in roles]:
        past, done = (roles - {ED} | {role} for role in ("harm.past", "harm.done"))
        found[roles] = same.setdefault(past, past), same.setdefault(done, done)
    return found


def _patterns(file: str, raw: Mapping[str, Any], letters: Mapping[frozenset[str], str]) -> Iterator[Pattern]:
    macros: Mapping[str, str] = raw["macros"]
    seen: set[str] = set()
    known: dict[str, str | None] = {}  # the elements by how they are written: most stand in many patterns
    for entry in raw["pattern"]:
        name = entry["name"]
        if name in seen:
            raise KnowledgeError(file, f"pattern {name!r}", "its name is used twice")
        seen.add(name)
        parts = entry["reads"].split()
        known.update({part: _element(file, name, part, macros, letters) for part in parts if part not in known})
        elements = [element for part in parts if (element := known[part]) is not None]
        if _UNMET in elements:
            continue  # a role that no word of the language has
        rarest, second = _rarest(elements, letters)
        yield Pattern(
            name=name,
            reads=entry["reads"],
            outcome=Outcome(entry["outcome"]) if "outcome" in entry else None,
            least=int(entry.get("least", 0)),
            finds=tuple(entry["finds"]),
            ignores=tuple(entry["ignores"]),
            regex=LateRegex("".join(elements)),
            needs=rarest,
            needs_too=second,
        )


def _rarest(elements: Sequence[str], letters: Mapping[frozenset[str], str]) -> tuple[frozenset[str], frozenset[str]]:
    """The letters of the two required elements that accept the fewest letters.

    Elements that accept any count do not qualify, because every sentence that is searched has one.
    """
    every = frozenset(letters.values())
    counts = {letters[frozenset({role})] for role in COUNTED}
    needed = [every.intersection(one) for one in elements if not one.endswith(("?", "*")) and "{0," not in one]
    rarest, second, *_ = (*sorted([one for one in needed if not counts <= one], key=len), every, every)
    return rarest, second


def _element(
    file: str, name: str, part: str, macros: Mapping[str, str], letters: Mapping[frozenset[str], str]
) -> str | None:
    """One element of a pattern as a class of letters: "(word|Name){0,3}" or "COUNT".

    If no word of the language has one of its roles, it is None where it may be left out, else _UNMET.
    """
    match = _ELEMENT.match(part)
    if match is None:
        raise KnowledgeError(file, f"pattern {name!r}", f"cannot read {part!r}")
    counts, _, wanted = match[1].rpartition(":")
    roles = _roles(match, macros)
    chosen = "".join(letter for found, letter in letters.items() if found & roles)
    unknown = roles - _roles_known()
    if not chosen and unknown:
        raise KnowledgeError(file, f"pattern {name!r}", f"knows no tag {match[1]!r}")
    if not chosen:
        return None if (match[2] or "").startswith(("?", "*", "{0")) else _UNMET
    group = f"(?P<count>[{chosen}])" if "COUNT" in (counts, wanted) else f"[{chosen}]"
    return group + (match[2] or "")


@cache
def _roles_known() -> frozenset[str]:
    """Every role that patterns may name, whether or not a word of the language has it."""
    return frozenset({*ENGINE_ROLES, *HARM_ROLES, *_keys()["tags"], "thing", "acting"})


def _roles(element: re.Match[str], macros: Mapping[str, str]) -> frozenset[str]:
    """The roles that an element of a pattern accepts."""
    roles: set[str] = set()
    for role in element[1].rpartition(":")[2].split("|"):
        roles |= set(macros[role].split("|")) if role in macros else set(COUNTED) if role == "COUNT" else {role}
    return frozenset(roles)


def _trigger(
    lexicon: Mapping[str, Word], ways: Sequence[Sequence[frozenset[str]]], spelling: Spelling
) -> re.Pattern[str]:
    """A regex for lower-case text that finds a word which every matching sentence has. Others are skipped.

    These are the words with an outcome. For patterns that do not require one (`ways`: the roles of each required
    element) the words of one element are added: of the element that has the fewest words for each pattern it serves.
    """
    alike: dict[frozenset[str], set[str]] = defaultdict(set)  # the phrases by their roles
    for phrase, word in lexicon.items():
        alike[word.roles].add(phrase)
    by_roles = {roles: _words_with(alike, roles) for roles in {roles for way in ways for roles in way}}
    first = {phrase for phrase, word in lexicon.items() if word.outcome is not None}
    while left := [way for way in ways if way and not any(by_roles[roles] <= first for roles in way)]:
        serves = Counter(roles for way in left for roles in set(way) if "," not in by_roles[roles])
        first |= by_roles[max(serves, key=lambda roles: (-len(by_roles[roles]) / serves[roles], sorted(roles)))]
    if spelling.glued.before:
        first = {max(phrase.split(), key=len) for phrase in first}  # the text has no blank behind a proclitic
    words = any_of(sorted(phrase.replace("' ", "'") for phrase in first))
    if spelling.elisions:
        words = words.replace("'", "['’]")
    before, after = map(_optional, (spelling.glued.before, spelling.glued.after))
    lost = rf"(?={_optional(spelling.following)}(?![^\W\d_]))"  # "killedand"
    return re.compile(rf"\b{before}{words}{after}{lost}")


def _optional(clitics: Sequence[str]) -> str:
    """A regex for the clitics that a word may have."""
    return f"(?:{'|'.join(map(re.escape, clitics))}){{0,3}}" if clitics else ""


def _words_with(alike: Mapping[frozenset[str], set[str]], roles: frozenset[str]) -> set[str]:
    """The phrases that may have one of the roles, counting `harm.ed` as both of its readings."""
    wanted = roles | {"harm.ed"} if roles & {"harm.past", "harm.done"} else roles
    return set().union(*(phrases for own, phrases in alike.items() if not own.isdisjoint(wanted)))


def _needs(reads: str, macros: Mapping[str, str]) -> list[frozenset[str]]:
    """The roles of each required element of a pattern, if only words of the lexicon can have them. Those with frequent
    words are left out where another element is required: nearly every sentence has one.
    """
    frequent = macros.get("frequent", "").split("|")
    elements = [match for part in reads.split() if (match := _ELEMENT.match(part)) is not None]
    needed = [_roles(match, macros) for match in elements if not (match[2] or "").startswith(("?", "*", "{0"))]
    needed = [roles for roles in needed if roles.isdisjoint(_GIVEN)]
    return [roles for roles in needed if roles.isdisjoint(frequent)] or needed
