"""Assignment of figures to conflicts of the registry, by country, place, actors and date. The reason is kept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tracker.extraction.edges import begins_soon, goes_on
from tracker.extraction.recall import Recall
from tracker.knowledge.registry import Conflict, RecallGuards
from tracker.model import Article, Assigned, Cause, Figure, Outcome, changed

# The score of each kind of evidence. A country alone is enough if only one conflict fits it; the place of a figure is
# surer than those who are named beside it, who may fight on other ground too.
_COUNTRY, _PLACE, _ACTOR, _MENTION = 3, 5, 2, 1
READ = 20_000  # characters at the head of an article in which actors are looked for
KEPT = 2_000  # places cached with the conflicts they point to: most come again
SHORT = 700  # characters of an article that speaks of one thing: a headline, an entry of a chronicle
LONG_AGO = 10  # years before a conflict: a sentence whose years all lie that far back does not speak of it
# It begins with a digit, which `re` finds faster than what may not stand before it.
_YEAR = re.compile(r"[12](?<![\d,.].)(?:(?<=1)[5-9]|(?<=2)0)\d\d(?![\d,]|\.\d)")
_RUN = re.compile(r"[^\W_]+")  # letters and digits of any script
_END = 40  # characters at the ends of a quote that hold any word of a name

_BLANKS = bytes(byte if bytes([byte]).isalnum() else ord(" ") for byte in range(256))

RunsOf = Callable[[str], list[str]]
Named = Mapping[int, str]
"""The conflicts that a text names: registry index -> the longest of its names that occurs."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """The conflict chosen for a figure (None if none fits), and the reason in words."""

    conflict: Conflict | None
    why: str


class _ArticleEvidence(NamedTuple):
    """What an article as a whole says about each conflict.

    `mentioned`: how often it names the countries of each. `actors`: the actors it names. `points`: the score from both.
    `apart`: the conflicts that score enough to claim a figure from another country. `is_short`: whether it speaks of
    one thing only, so that the one country it names is the one meant. `head`: its beginning in lower case.
    """

    mentioned: Mapping[int, int]
    actors: Named
    points: Mapping[int, int]
    apart: list[int]
    is_short: bool
    head: str


class _Beside(NamedTuple):
    """What a sentence and the headline name: conflicts by their actors and by their own names, and the latest year.

    `titled`: those of the actors' conflicts of which the headline names a place.
    """

    near: Named
    called: Named
    latest: int
    titled: Named


class _Pointers(NamedTuple):
    """The evidence that links a figure to conflicts: its country, place, sentence and article.

    `theirs` are the conflicts of its country, `spilled` those of them that only reach into it, `called` those whose own
    names stand in its sentence or in the headline.
    """

    country: str | None
    theirs: tuple[int, ...]
    spilled: tuple[int, ...]
    placed: Named
    near: Named
    called: Named
    article: _ArticleEvidence

    def scores(self) -> list[tuple[int, int]]:
        """The score and registry index of each conflict with a positive score, ordered by index."""
        country, theirs, spilled, placed, near, called, (_, actors, points, apart, *_) = self
        elsewhere = 0 if country is None else -_COUNTRY
        found = []
        for at in sorted({*(points if country is None else apart), *theirs, *placed, *near, *called}):
            if at in spilled and not (at in placed or at in near or at in actors):
                continue  # a bomb in Sylhet says nothing of the Rohingya
            score = points.get(at, 0) + (_COUNTRY if at in theirs else elsewhere)
            if at in placed:
                score += _PLACE
            if at in called and country is None:
                score += _COUNTRY
            if at in near:
                score += _ACTOR - (_MENTION if at in actors else 0)
            if score > 0:
                found.append((score, at))
        return found

    def reasons(self, at: int) -> Iterator[str]:
        """The reasons for a conflict, in words."""
        if at in self.theirs:
            yield f"country {self.country}"
        times = self.article.mentioned.get(at, 0)
        if times:
            yield f"the article names its country {'once' if times == 1 else f'{times} times'}"
        if at in self.placed:
            yield f"place {self.placed[at]!r}"
        if at in self.called and self.country is None:
            yield f"its name {self.called[at]!r}"
        if at in self.near:
            yield f"actor {self.near[at]!r}"
        elif at in self.article.actors:
            yield f"actor {self.article.actors[at]!r} in the article"


def _fullest_first(name: str) -> tuple[int, str]:
    return -len(name), name


def _best_first(scored: tuple[int, int]) -> int:
    return -scored[0]


class _Names:
    """The names of one kind (actors or places) of all conflicts, indexed for fast search in a text."""

    def __init__(
        self, conflicts: Sequence[Conflict], words: Callable[[Conflict], Iterable[str]], runs_of: RunsOf
    ) -> None:
        self.conflicts = _index(conflicts, words)
        self.by_run: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for name in self.conflicts:
            runs = runs_of(name)
            self.by_run[max(runs, key=len, default="")].append((name, frozenset(runs)))
        self.runs = frozenset(run for name in self.conflicts for run in runs_of(name))

    def possible(self, runs: frozenset[str]) -> list[str]:
        """The names whose runs are all among those of a text, the longest first. No other name can occur in it."""
        there = self.runs & runs
        begun = [one for run in ("", *there) if run in self.by_run for one in self.by_run[run]]
        return sorted([name for name, needed in begun if needed <= there], key=_fullest_first)

    def named(self, text: str, possible: Iterable[str]) -> Named:
        """The conflicts of which one of these names occurs in a lower-case text, as whole words."""
        found: dict[int, str] = {}
        for name in possible:
            if name in text and _stands_in(text, name):
                for at in self.conflicts[name]:
                    found.setdefault(at, name)
        return found


class Registry:
    """The conflicts, indexed by country, actor and place, so that only possible ones are scored."""

    def __init__(self, conflicts: Sequence[Conflict], guards: RecallGuards, folded: Callable[[str], str] = str) -> None:
        """`folded` makes letters alike that the names of the conflicts spell alike. The length of a text stays."""
        self.folded = folded
        self.runs_of = _runs_of([actor for one in conflicts for actor in one.actors])
        self.recall = Recall(conflicts, guards)
        self.recalled = _Names(conflicts, lambda one: one.recalled, self.runs_of)
        self.conflicts = tuple(one for one in conflicts if not one.is_past)
        conflicts = self.conflicts
        self.by_country = _index(conflicts, lambda one: one.countries)
        self.spillover = _index(conflicts, lambda one: one.spillover)
        self.actors = _Names(conflicts, lambda one: one.actors, self.runs_of)
        self.places = _Names(conflicts, lambda one: one.places, self.runs_of)
        self.called = _Names(conflicts, lambda one: one.called, self.runs_of)
        self.placed = lru_cache(KEPT)(self._placed)

    def assigned(
        self, figures: Sequence[Figure], article: Article, country_counts: Mapping[str, int]
    ) -> list[Assigned]:
        """The figures with their conflicts. A figure without a country takes the main country of its conflict.

        `country_counts` says how often the article names each country (ISO 3166-1 alpha-3).
        """
        quotes: dict[str, set[int | None]] = defaultdict(set)
        for figure in figures:
            quotes[figure.quote].add(figure.value)
        low = _words(article, quotes)
        words = self.folded(low)
        runs = frozenset(self.runs_of(words))
        possible, names = self.actors.possible(runs), self.called.possible(runs)
        head = self.folded(f"{article.title}\n{article.text}"[:READ].lower())
        evidence = self._article_evidence(country_counts, self.actors.named(head, possible), head, article.published)
        beside: dict[str, _Beside] = {}
        titled = self.placed(article.title)
        for quote, values in quotes.items():
            text, latest = self.folded(f"{quote} {article.title}".lower()), _latest_year(quote, values)
            near = self.actors.named(text, possible)
            both = {at: name for at, name in titled.items() if at in near}
            beside[quote] = _Beside(near, self.called.named(text, names), latest, both)
        may_recall = words != low or self.recalled.possible(runs)
        recalled = {quote: self.recall.war(quote) for quote in quotes} if may_recall else {}
        known: dict[tuple[str | None, ...], Assignment] = {}
        out: list[Assigned] = []
        for figure in figures:
            war = recalled.get(figure.quote)
            if war is not None and figure.cause is Cause.CONFLICT:
                out.append(_recalled(figure, *war))
                continue
            past = self.recall.war_before(getattr(article, figure.field), figure) if may_recall else None
            if past is not None:
                out.append(Assigned(figure, f"more than any war of today killed, and the text recalls {past!r}"))
                continue
            if self._is_borrowed(figure, evidence, beside[figure.quote]):
                figure = changed(figure, country=None, place=_described(figure.place))
            asked = (figure.quote, figure.country, figure.place, figure.date, figure.cause, figure.outcome)
            found = known.get(asked)
            if found is None:
                found = known[asked] = self.assign(figure, evidence, beside[figure.quote])
            out.append(_assigned(figure, found, country_counts))
        return out

    def _is_borrowed(self, figure: Figure, article: _ArticleEvidence, beside: _Beside) -> bool:
        """Whether the country of a figure is only that of a sentence before, and its own names a side of another war.

        "Crowds mourned in Ankara … Hamas killed 1,200 people": the country must be one without a war, and the article
        speak of that war.
        """
        country, place = figure.country, figure.place
        if (
            not beside.near
            or country is None
            or figure.cause is not Cause.CONFLICT
            or figure.outcome is Outcome.DETAINED
        ):
            return False
        if place is not None and place.lower() in figure.quote.lower():
            return False
        wars = (self.conflicts[at] for at in self.by_country.get(country, ()))
        if any(country not in war.spillover and goes_on(war, figure) for war in wars):
            return False
        sides = (at for at, actor in beside.near.items() if actor not in self.conflicts[at].shared)
        return any(article.points.get(at, 0) > _ACTOR and goes_on(self.conflicts[at], figure) for at in sides)

    def assign(self, figure: Figure, article: _ArticleEvidence, beside: _Beside) -> Assignment:
        """The conflict with the highest score that was going on at the time; of equals, the first in the registry.

        None if the score is too low, or if the cause is not a conflict. `beside`: what its sentence and the title name.
        """
        if figure.cause is not Cause.CONFLICT:
            return Assignment(None, f"the cause is {figure.cause}")
        theirs, spilled = (index.get(figure.country or "", ()) for index in (self.by_country, self.spillover))
        placed = (
            self.placed(figure.place)
            if figure.place
            else {at: beside.titled[at] for at in theirs if at in beside.titled}
        )
        far = tuple(at for at in spilled if not self._is_on_ground(at, article.head))
        pointers = _Pointers(figure.country, theirs, far, placed, *beside[:2], article)
        pointed = sorted(pointers.scores(), key=_best_first)
        told = [one for one in pointed if not _is_long_before(beside.latest, self.conflicts[one[1]])]
        possible = [(score, at) for score, at in told if goes_on(self.conflicts[at], figure)]
        if possible:
            score, at = possible[0]
            best, reasons = self.conflicts[at], ", ".join(pointers.reasons(at))
            if score < _COUNTRY and not self._is_plain(possible, pointers, figure):
                return Assignment(None, f"too little points to {best.id}: {reasons}")
            return Assignment(best, reasons)
        others = " or ".join(self.conflicts[at].id for at in sorted(at for _, at in pointed))
        sure = (self.conflicts[at] for score, at in told if score >= _COUNTRY)
        soon = next((one for one in sure if begins_soon(one, figure)), None)
        if soon is not None:
            return Assignment(soon, f"{soon.id} began some days after {figure.date}")
        date = (figure.date or figure.published or "")[:10] or None
        return Assignment(None, f"{others} was not going on in {date}" if pointed else "nothing points to any")

    def _is_plain(self, possible: Sequence[tuple[int, int]], pointers: _Pointers, figure: Figure) -> bool:
        """Whether little evidence is enough for the best of the possible conflicts, as nothing speaks against it.

        So it is for a figure without country and named place, of which a short text names only this war's country, or
        the sentence one of its sides that no other war has: "Hamas says 14 of its fighters died". Who was detained may
        have been so anywhere: "Dozens were arrested at a march for Gaza".
        """
        (score, at), article = possible[0], pointers.article
        named = figure.place is not None and not figure.place.islower()
        if figure.country is not None or named or figure.outcome is Outcome.DETAINED:
            return False
        actor = article.actors.get(at) if article.is_short else pointers.near.get(at)
        if actor is not None and (len(possible) < 2 or possible[1][0] < score):
            return actor not in self.conflicts[at].shared or (article.is_short and at in article.mentioned)
        return article.is_short and at in article.mentioned and score >= _ACTOR

    def _is_on_ground(self, at: int, head: str) -> bool:
        """Whether the beginning of an article names a place of a conflict."""
        return any(_stands_in(head, name) for name in self.conflicts[at].places)

    def _article_evidence(
        self, country_counts: Mapping[str, int], actors: Named, head: str, published: str | None
    ) -> _ArticleEvidence:
        most, printed = max(country_counts.values(), default=0), (published or "")[:10] or None
        mentioned: dict[int, int] = defaultdict(int)
        for country, times in country_counts.items():
            for at in self.by_country.get(country, ()):
                told = country not in self.conflicts[at].spillover or at in actors
                if told or (self.conflicts[at].covers(printed) and self._is_on_ground(at, head)):
                    mentioned[at] += times
        points = dict.fromkeys(actors, _MENTION)
        for at, times in mentioned.items():
            points[at] = points.get(at, 0) + _MENTION + (times >= 2) + (times >= most)
        apart = [at for at, made in points.items() if made > _COUNTRY]
        return _ArticleEvidence(mentioned, actors, points, apart, len(head) <= SHORT, head)

    def _placed(self, place: str) -> Named:
        """The conflicts that have a place named in these words."""
        low = self.folded(place.lower())
        return self.places.named(low, self.places.possible(frozenset(self.runs_of(low))))


def _described(place: str | None) -> str | None:
    """A place that is more than a name, "mosque in Ariha", which tells where it was whatever the country; else None."""
    return None if place is None or place.istitle() or not any(map(str.islower, place.split())) else place


def _is_long_before(year: int, conflict: Conflict) -> bool:
    """Whether the latest year of a sentence is long before a war: "over a million died there in 1942 and 1943"."""
    return 0 < year < int(conflict.start[:4]) - LONG_AGO


def _latest_year(quote: str, values: Container[int | None]) -> int:
    """The latest year in a sentence, 0 if it has none. The numbers of its figures are none: "1597 were hurt"."""
    return max((year for year in map(int, _YEAR.findall(quote)) if year not in values), default=0)


def _runs_of(names: Collection[str]) -> RunsOf:
    """What cuts texts and names into runs of letters and digits."""
    return _ascii_runs if sum(map(str.isascii, names)) * 2 > len(names) else _RUN.findall


def _ascii_runs(text: str) -> list[str]:
    """The runs of ASCII letters and digits in a lower-case text. This takes half the time of _RUN."""
    return text.encode("ascii", "replace").translate(_BLANKS).decode("ascii").split()


def _words(article: Article, quotes: Iterable[str]) -> str:
    """All text in which names near the figures can occur. A quote may be cut inside a word for its length."""
    ends = [quote[:_END] + " " + quote[-_END:] for quote in quotes]
    return " ".join((article.title, article.text, *ends)).lower()


def _stands_in(text: str, name: str) -> bool:
    """Whether a name occurs in a text as whole words."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
            return True
        at = text.find(name, end)
    return False


def _index(conflicts: Sequence[Conflict], words: Callable[[Conflict], Iterable[str]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, conflict in enumerate(conflicts):
        for word in words(conflict):
            found[word].append(at)
    return {word: tuple(places) for word, places in found.items()}


def _assigned(figure: Figure, found: Assignment, country_counts: Mapping[str, int]) -> Assigned:
    if found.conflict is None:
        return Assigned(figure, found.why)
    country = figure.country or _ground(figure, found.conflict, country_counts)
    told = changed(figure, conflict=found.conflict.id, country=country)
    return Assigned(told if goes_on(found.conflict, figure) else _undated(told), found.why)


def _ground(figure: Figure, war: Conflict, country_counts: Mapping[str, int]) -> str | None:
    """The country on whose ground a war is fought; None where nobody was harmed, which may be on either side."""
    first, *others = war.countries
    nobody = figure.value == 0 and any(country_counts.get(one, 0) > country_counts.get(first, 0) for one in others)
    return None if nobody else first


def _recalled(figure: Figure, war: Conflict, words: str) -> Assigned:
    """A figure of a war that its sentence recalls. A date outside that war is not the figure's: it is unknown."""
    country = figure.country or war.countries[0]
    found = changed(figure, conflict=war.id, country=country)
    return Assigned(found if war.covers(figure.date) else _undated(found), f"the sentence recalls {words!r}")


def _undated(figure: Figure) -> Figure:
    """The figure without its date, which is not in its war."""
    return changed(figure, date=None, date_precision=None)
