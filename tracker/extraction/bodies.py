"""Bodies that speak: where their names begin and end in a sentence, and whether words name one at all."""

from __future__ import annotations

from tracker.extraction.naming import SourceNamer
from tracker.extraction.numbers import quantity_at
from tracker.extraction.scene import Scene
from tracker.knowledge.language import Language

LONGEST_NAME = 14
Span = tuple[int, int]


class BodyReader:
    """Reads the names of bodies to the left and right of a say word, by the words of one language."""

    def __init__(self, language: Language, namer: SourceNamer) -> None:
        self.language = language
        self.namer = namer
        self.words = {name: frozenset(words) for name, words in language.attribution.lists.items()}
        self.ordinals = frozenset(language.numbers.ordinal_endings)
        self.directions = frozenset(language.places.lists["directions"])
        self.placing = (
            self.words["links"] | self.words["agents"] | frozenset(language.places.lists["locating"])
        ) - self.words["determiners"]
        self.firm = self.words["speaking"] - self.words["weak"]

    def left(self, scene: Scene, last: int) -> Span | None:
        """The name that ends at `last`: a known one, or back to a determiner, or over capitals and words for bodies."""
        if last < 0 or scene.kinds[last] not in ("word", "possessive"):
            return None
        known = self.namer.book.ending_at(scene.lows, last)
        if known is not None:
            article = known > 0 and scene.lows[known - 1] in self.words["determiners"]
            return (known - 1 if article else known), last + 1
        first, begin = last, -1
        while first >= 0 and last - first < LONGEST_NAME:
            low = scene.lows[first]
            if low in self.words["determiners"]:
                begin = first
                if first == 0 or scene.lows[first - 1] not in self.words["links"]:
                    break
            elif self._stops(scene, first) or (low in self.firm and first < last):
                break
            first -= 1
        if begin < 0:
            return self._bare(scene, first + 1, last)
        if begin > 1 and scene.lows[begin - 1] in self.words["links"] and begin - 2 in self.namer.typed(scene.lows):
            whole = self._bare(scene, first + 1, begin - 2)  # "a reporter in the province"
            return (whole[0] if whole is not None else begin), last + 1
        return begin, last + 1

    def right(self, scene: Scene, first: int) -> Span | None:
        """The name that begins at `first`: to a mark, a stop word, a date or a say word; a known one is taken whole."""
        last = self.namer.book.beginning_at(scene.lows, first) or first
        while last < len(scene.lows) and last - first < LONGEST_NAME:
            goes_on = scene.lows[last] in self.language.numbers.joiners and self._continues(scene, last)
            if (self._stops(scene, last) and not goes_on) or scene.lows[last] in self.firm:
                break
            article = "the" in self.roles(scene, last) or scene.lows[last] in self.language.numbers.articles
            opened = article and self._ends_name(scene, last - 1)  # its comma lost
            if last > first and (opened or self.counts(scene, last)):
                break
            last += 1
        while last > first and scene.lows[last - 1] in self.words["links"]:
            last -= 1
        nobody = all(low in self.words["nobody"] for low in scene.lows[first:last])
        return None if last <= first or nobody else (first, last)

    def _ends_name(self, scene: Scene, index: int) -> bool:
        """Whether a name may end with this word, so that an article behind it opens a phrase of its own."""
        named = scene.capitals[index] and not scene.caps
        return named or index in self.namer.typed(scene.lows) or scene.lows[index] in self.language.people

    def _bare(self, scene: Scene, floor: int, last: int) -> Span | None:
        """A name without determiner: capitals, words for bodies and links, as far as they reach to the left."""
        bodies = self.namer.typed(scene.lows)
        first = last + 1
        for index in range(last, floor - 1, -1):
            word = scene.row.lexicon[index]
            if (word is not None and word[1].outcome is not None) or not self._belongs(scene, index, first, bodies):
                break
            first = index
        while first <= last and scene.lows[first] in self.words["links"]:
            first += 1
        return (first, last + 1) if first <= last else self._with_place(scene, floor, last, bodies)

    def _with_place(self, scene: Scene, floor: int, last: int, bodies: frozenset[int]) -> Span | None:
        """A body with where it is behind it: "medics on both sides"."""
        for index in range(last - 1, max(floor, last - 4) - 1, -1):
            if index in bodies and scene.lows[index + 1] in self.words["links"]:
                return index, last + 1
        return None

    def _belongs(self, scene: Scene, index: int, first: int, bodies: frozenset[int]) -> bool:
        """Whether the word at `index` belongs to the name that begins right behind it, at `first`."""
        low, kind, capital = scene.lows[index], scene.kinds[index], scene.capitals[index]
        unknown = scene.row.lexicon[index] is None and kind == "word"
        if index in bodies or low in self.language.people or kind == "possessive":
            return True
        if low in self.directions or self._is_inside(scene, index):
            return index < len(scene.lows) - 1 and first == index + 1
        if capital and (not scene.caps or unknown):
            return True
        if index >= len(scene.lows) - 1 or first != index + 1:
            return False
        if low in self.words["links"] or "-" in low:
            return True
        before = index > 0 and (scene.capitals[index - 1] or index - 1 in bodies)
        qualifies = scene.row.people[first] is not None or before
        return qualifies and unknown and not scene.caps  # "local residents", "UN rights chief"

    def _stops(self, scene: Scene, index: int) -> bool:
        if self._is_inside(scene, index):
            return False
        hard = scene.kinds[index] in ("mark", "number")
        acronym = scene.acronym(index) and len(scene.lows[index]) > 2  # "the WHO"
        return hard or index in scene.dated or (scene.lows[index] in self.words["stops"] and not acronym)

    def _is_inside(self, scene: Scene, index: int) -> bool:
        """Whether a mark or number is part of a name: "U.S. officials", "the 5th Brigade"."""
        before, after = scene.lows[index - 1 : index], scene.lows[index + 1 : index + 2]
        dot = scene.lows[index] == "." and any("." in low for low in before)
        return dot or (scene.kinds[index] == "number" and any(low in self.ordinals for low in after))

    def _continues(self, scene: Scene, index: int) -> bool:
        if index + 1 >= len(scene.lows):
            return False
        return scene.lows[index + 1] in self.words["determiners"] or (scene.capitals[index + 1] and not scene.caps)

    def counts(self, scene: Scene, index: int) -> bool:
        """Whether a number begins at `index`."""
        quantity = quantity_at(scene.row, index, self.language.numbers)
        return quantity is not None and quantity.kind == "number"

    def is_body(self, scene: Scene, span: Span) -> bool:
        """Whether a name is that of a body that speaks, by the book or by a word in it, and not just of a place."""
        bodies = self.namer.typed(scene.lows)
        known = self.namer.book.find(scene.lows[span[0] : span[1]], scene.spoken) is not None
        return known or any(index in bodies for index in range(*span))

    def roles(self, scene: Scene, index: int) -> frozenset[str]:
        """The roles of the word or phrase at `index`."""
        word = scene.row.lexicon[index]
        return word[1].roles if word is not None else frozenset()

    def known(self, scene: Scene, span: Span) -> bool:
        """Whether a name has a capital that says something, or a word for a body."""
        named = not scene.caps and any(scene.capitals[span[0] : span[1]])
        return named or self.namer.type_of(scene.lows[span[0] : span[1]], scene.spoken) is not None

    def uncounted(self, scene: Scene, span: Span) -> Span | None:
        """The span without people counted at its head, their comma lost: "wounding several others activists said"."""
        quantity = quantity_at(scene.row, span[0], self.language.numbers)
        if quantity is None or quantity.kind not in ("number", "both"):
            return span
        first = quantity.stop
        while first < span[1] and scene.lows[first] in self.language.others:
            first += 1
        bodies = self.namer.typed(scene.lows)
        return (first, span[1]) if any(index in bodies for index in range(first, span[1])) else None

    def only_where(self, scene: Scene, span: Span, after: int) -> bool:
        """Whether a name before the say word tells where and the body stands behind: "near Adra said the monitor"."""
        placed = span[0] > 0 and scene.lows[span[0] - 1] in self.placing
        right = self.right(scene, after) if placed and not self.is_body(scene, span) else None
        return right is not None and self.is_body(scene, right)

    def subject(self, scene: Scene, span: Span, left: int) -> Span:
        """The body that the name at `span`, which ends at `left`, stands for: itself, the one it is set beside, or the
        one that a clause with a place is about.
        """
        if span[0] > 0 and scene.lows[span[0] - 1] in self.placing and not self.is_body(scene, span):
            return self.clause_subject(scene, left) or span
        return self.named_before(scene, span)

    def named_before(self, scene: Scene, span: Span) -> Span:
        """The name before an apposition whose comma was lost: "the Syrian Center an NGO has said"."""
        indefinite = scene.lows[span[0]] in self.language.numbers.articles and span[0] > 0
        if not indefinite or not scene.capitals[span[0] - 1] or scene.caps:
            return span
        name = self.left(scene, span[0] - 1)
        if name is None or self.namer.state(scene.lows[name[0] : name[1]]) is not None:
            return span
        head = next((i for i in range(*name) if scene.lows[i] in self.words["links"] and i > name[0]), name[1]) - 1
        book = self.namer.book.find(scene.lows[name[0] : name[1]], scene.spoken) is not None
        return name if book or head in self.namer.typed(scene.lows) else span

    def clause_subject(self, scene: Scene, verb: int) -> Span | None:
        """The body a clause begins with, before one about it: "Activist Omar Laila who lives abroad said"; the clause
        begins behind the last mark, or else the sentence.
        """
        marks = (i + 1 for i in range(verb - 2, -1, -1) if scene.kinds[i] == "mark")
        who = self._clause_word(scene, next(marks, 0), verb) or self._clause_word(scene, 0, verb)
        last = who - 1 if who else -1
        while last > 0 and scene.lows[last] in (",", ")"):
            last -= 1
        span = self.left(scene, last) if last >= 0 else None
        known = span is not None and self.namer.type_of(scene.lows[span[0] : span[1]], scene.spoken) is not None
        return span if known else None

    def _clause_word(self, scene: Scene, first: int, verb: int) -> int | None:
        """Where a clause about the body that begins at `first` opens: "who", "reached by telephone"."""
        reach = range(first, min(verb, first + LONGEST_NAME))
        return next((i for i in reach if scene.lows[i] in self.words["clauses"]), None)

    def skip_back(self, scene: Scene, index: int) -> int:
        """The last word, at or before `index`, that does not stand between a body and its say word."""
        low = index
        while low >= 0 and index - low < 8 and (low in scene.dated or self._skipped(scene, low)):
            low -= 1
        return low

    def _skipped(self, scene: Scene, index: int) -> bool:
        """Whether a word may stand between a body and its say word: "has publicly said"."""
        low = scene.lows[index]
        adverb = len(low) > 5 and low.endswith(self.language.adverb_endings)
        return low in self.words["skips"] or (adverb and (scene.caps or not scene.capitals[index]))
