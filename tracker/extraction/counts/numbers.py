"""Reads numbers: the quantity that the tokens at an index state, or None."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.extraction.text.tags import Quantity, make_quantity
from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.numerals import DIGITS, Numbers
from tracker.model import Qualifier

_GROUPING = re.compile(r"[,\u00a0\u2009\u202f'’]")
_POINT_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+\Z")
LONGEST_SPELLING = 10  # words of a spelled number
LONGEST_NUMBER = 20  # digits that are read: int() is slow for thousands of digits and then raises an error
LARGEST = 10**10  # more people than are alive: a larger number is no count of people


def quantity_at(tokens: Tokens, index: int, n: Numbers) -> Quantity | None:
    """The quantity that begins at `index`, with the qualifiers before and after it; or None."""
    opening = tokens.counts[index]
    if opening is None:
        return None
    if opening is DIGITS:
        digits = _digits(tokens, index, n)
        return _with_tail(tokens, digits, None, n) if digits is not None else None
    lows = tokens.lows
    if opening.vague:
        return _vague(lows, index, n)
    after = lows[index + 1] if index + 1 < len(lows) else ""
    if after not in opening.seconds:
        if opening.article:
            return make_quantity((index, index + 1, 1, None, Qualifier.EXACT, "article", 0))
        if opening.value and "-" not in after:
            return _with_tail(tokens, _exactly(index, index + 1, opening.value), None, n)
        if not (opening.alone or (opening.before and after and tokens.counts[index + 1])):
            return None
    elif not (opening.alone or opening.before or n.phrases.at(lows, index)):
        return None  # "in the", not "in the region of"
    return _by_tables(tokens, index, n)


def _exactly(first: int, stop: int, value: int) -> Quantity:
    return make_quantity((first, stop, value, None, Qualifier.EXACT, "number", 0))


def _by_tables(tokens: Tokens, index: int, n: Numbers) -> Quantity | None:
    """The same, looked up in all tables of qualifiers and number words."""
    lows = tokens.lows
    if n.no_number.at(lows, index) is not None:
        return None
    zero = n.zero.at(lows, index)
    if zero is not None and n.before.at(lows, index) is None:
        size, nobody = zero
        return Quantity(index, index + size, 0, None, Qualifier.EXACT, "nobody" if nobody else "zero")
    opened = _opened_range(tokens, index, n) if lows[index] in n.range_openers else None
    if opened is not None:
        return opened
    qualifier, begin, core_at = _qualifier_before(lows, index, n)
    core = _core(tokens, core_at, n)
    if core is None and core_at == index + 1 and lows[index] in n.standing:
        return Quantity(index, index + 1, 1, None, Qualifier.EXACT, "article")  # "another was wounded"
    if core is None and lows[index] in n.vague_before_people:
        return Quantity(index, index + 1, None, None, Qualifier.VAGUE, "some")
    if core is None:
        return None
    tailed = _with_tail(tokens, core, qualifier, n)
    if tailed is None or core.kind not in ("number", "article") or tailed.qualifier is Qualifier.RANGE:
        return tailed
    return make_quantity((begin, *tailed[1:])) if begin < tailed.first else tailed


def number_at(tokens: Tokens, index: int, n: Numbers) -> Quantity | None:
    """The bare number at `index`, never the lower end of a range: the 12 of "rose from 12 to 40"."""
    return _core(tokens, index, n)


def _qualifier_before(lows: Sequence[str], index: int, n: Numbers) -> tuple[Qualifier | None, int, int]:
    """The qualifier at `index`, where the words of the figure begin, and where the number itself begins.

    "another 30" and "a further 30" begin at the number; "at least another 30" keeps its qualifier.
    """
    qualifier: Qualifier | None = None
    begin = at = index
    for _ in range(3):
        if at >= len(lows):
            break
        found = n.before.at(lows, at)
        if found is not None:
            size, meaning = found
            if qualifier is None or qualifier is Qualifier.EXACT:
                qualifier, begin = meaning, at
            at += size
        elif lows[at] in n.standing and at + 1 < len(lows) and lows[at + 1] not in n.articles:
            if qualifier is None:
                begin = at + 1
            at += 1
        else:
            break
    if qualifier is Qualifier.EXACT:
        begin = at
    return qualifier, begin, at


def _core(tokens: Tokens, index: int, n: Numbers) -> Quantity | None:
    lows = tokens.lows
    opening = tokens.counts[index] if index < len(lows) else None
    if opening is None:
        return None
    if opening is DIGITS:
        return _digits(tokens, index, n)
    after = lows[index + 1] if index + 1 < len(lows) else ""
    if opening.value and after not in opening.seconds and "-" not in after:
        return _exactly(index, index + 1, opening.value)
    vague = _vague(lows, index, n)
    if vague is not None:
        return vague
    fraction = n.fractions.at(lows, index)
    if fraction is not None:
        size, share = fraction
        times = lows[index + size] if index + size < len(lows) else ""
        if n.multipliers.get(times, 0) * share >= 2:
            return Quantity(index, index + size + 1, int(share * n.multipliers[times]), None, Qualifier.EXACT)
        return None
    if tokens.kinds[index] == "number":
        return _digits(tokens, index, n)
    return _words(lows, index, n) or _with_ending(lows[index], index, n)


def _vague(lows: Sequence[str], index: int, n: Numbers) -> Quantity | None:
    found = n.vague.at(lows, index)
    if found is None:
        return None
    return make_quantity((index, index + found[0], None, None, Qualifier.VAGUE, "number", found[1]))


def _with_ending(low: str, index: int, n: Numbers) -> Quantity | None:
    """A number word with its qualifier attached: "thirty-odd"."""
    head, dash, tail = low.partition("-")
    value, qualifier = _small(head, n), n.after.at([dash + tail], 0)
    if not dash or value is None or qualifier is None:
        return None
    return Quantity(index, index + 1, value, None, qualifier[1])


def _digits(tokens: Tokens, index: int, n: Numbers) -> Quantity | None:
    text, lows = tokens.texts[index], tokens.lows
    if text[0] == "0" and len(text) > 1:
        return None  # a time or a code: "0600"
    after = index + 1
    if after < len(lows):
        low, glued = lows[after], tokens.starts[after] == tokens.ends[index]
        if glued and low in n.ordinal_endings:
            value = int(text[:LONGEST_NUMBER]) if text.isdigit() else None
            return Quantity(index, index + 2, value, None, Qualifier.EXACT, "ordinal") if value is not None else None
        if glued and (low in ("%", "/", ":") or (tokens.kinds[after] == "word" and low not in n.glued)):
            return None
        scale = n.multipliers.get(low, 0)
        if scale and (glued or low not in n.glued):
            plain = _GROUPING.sub("", text) if text.count(".") < 2 else text.replace(".", "")
            return _limited(index, index + 2, round(float(plain[:LONGEST_NUMBER]) * scale))
    if "." in text:
        if not _POINT_GROUPS.match(text):
            return None
        text = text.replace(".", "")
    elif after < len(lows) and tokens.kinds[after] == "number":
        text, after = _spaced_groups(tokens, index, text)
    return _limited(index, after, int((text if text.isdigit() else _GROUPING.sub("", text))[:LONGEST_NUMBER]))


def _spaced_groups(tokens: Tokens, index: int, text: str) -> tuple[str, int]:
    """The digits joined with the groups of three that follow after single blanks: "9 100"."""
    stop = index + 1
    while len(text) <= 3 * (stop - index) and stop < len(tokens.lows) and stop - index < 3:
        group = tokens.texts[stop]
        three = tokens.kinds[stop] == "number" and len(group) == 3 and group.isdigit()
        if not (three and tokens.starts[stop] == tokens.ends[stop - 1] + 1):
            break
        text, stop = text + group, stop + 1
    return text, stop


def _limited(first: int, stop: int, value: int) -> Quantity | None:
    return _exactly(first, stop, value) if value < LARGEST else None


def _words(lows: Sequence[str], index: int, n: Numbers) -> Quantity | None:
    """Number words up to millions: "twenty-six", "sixty nine", "two dozen", "a hundred"."""
    low = lows[index]
    if low in n.ordinals:
        return Quantity(index, index + 1, n.ordinals[low], None, Qualifier.EXACT, "ordinal")
    if low in n.both:
        return Quantity(index, index + 1, n.both[low], None, Qualifier.EXACT, "both")
    if low not in n.articles:
        return _spelled(lows, index, index, n)
    after = lows[index + 1] if index + 1 < len(lows) else ""
    if n.multipliers.get(after, 0) >= 12 and after not in n.glued:
        return _spelled(lows, index, index + 1, n)  # "a hundred"
    return Quantity(index, index + 1, 1, None, Qualifier.EXACT, "article")


def _spelled(lows: Sequence[str], index: int, first: int, n: Numbers) -> Quantity | None:
    """The spelled number from `first` on; `index` is where its words begin, including an article."""
    total, current, last = 0, int(first > index), first
    for at in range(first, min(first + LONGEST_SPELLING, len(lows))):
        part = _small(lows[at], n)
        scale = n.multipliers.get(lows[at], 0) if lows[at] not in n.glued and (current or total) else 0
        if part is not None and not (current % 10 and part < 10 and at > first):
            current += part
        elif scale >= 1000:
            total, current = total + max(current, 1) * scale, 0
        elif scale:
            current = max(current, 1) * scale
        elif lows[at] in n.joiners and at > first and at + 1 < len(lows) and _joins(lows, at, n):
            continue
        else:
            break
        last = at + 1
    return _limited(index, last, total + current) if last > first and (total or current) else None


def _joins(lows: Sequence[str], at: int, n: Numbers) -> bool:
    """Whether "and" is inside a number: after a hundred or thousand, before a small number."""
    return n.multipliers.get(lows[at - 1], 0) >= 100 and _small(lows[at + 1], n) is not None


def _small(word: str, n: Numbers) -> int | None:
    if word in n.small:
        return n.small[word]
    return n.tens[word] if word in n.tens else n.compound(word)


def _opened_range(tokens: Tokens, index: int, n: Numbers) -> Quantity | None:
    """The range that begins with an opening word: "between 100 and 150", "from 20 to 30"."""
    lows = tokens.lows
    links = n.range_openers.get(lows[index])
    if links is None or (index > 0 and lows[index - 1] in n.moving):
        return None
    low = _core(tokens, index + 1, n)
    if low is None or low.stop >= len(lows) or lows[low.stop] not in links:
        return None
    high = _core(tokens, low.stop + 1, n)
    return _range(index, low, high)


def _range(first: int, low: Quantity, high: Quantity | None) -> Quantity | None:
    if high is None or low.value is None or high.value is None or low.value >= high.value:
        return None
    if low.kind != "number" or high.kind != "number":
        return None
    bottom = low.value
    if high.value >= 1_000_000 > bottom and bottom < 1000 and high.stop - high.first > 1:
        bottom *= 1_000_000  # "2 to 3 million"
    return Quantity(first, high.stop, bottom, high.value, Qualifier.RANGE)


def _with_tail(tokens: Tokens, core: Quantity, qualifier: Qualifier | None, n: Numbers) -> Quantity | None:
    """The number with its qualifier and with what follows: the upper end of a range, or "or more", "-plus"."""
    lows = tokens.lows
    if core.stop < len(lows) and lows[core.stop] in n.tails and core.kind == "number" and core.value is not None:
        plain = qualifier in (None, Qualifier.ABOUT, Qualifier.EXACT)
        link = n.range_links.at(lows, core.stop)
        if link is not None and (link[0] > 1 or plain):
            ranged = _range(core.first, core, _core(tokens, core.stop + link[0], n))
            if ranged is not None:
                return ranged
        dash = 1 if lows[core.stop] == "-" else 0
        after = n.after.at(lows, core.stop + dash) if core.stop + dash < len(lows) else None
        if after is not None:
            chosen = after[1] if plain or qualifier is None else qualifier
            return core._replace(stop=core.stop + dash + after[0], qualifier=chosen)
        if dash and core.stop + 1 < len(lows) and tokens.starts[core.stop + 1] == tokens.ends[core.stop]:
            return None  # "25-year-old", "12-member"
    if qualifier is None or qualifier is Qualifier.EXACT or core.qualifier is not Qualifier.EXACT:
        return core
    first, stop, value, high, _, kind, size = core
    return make_quantity((first, stop, value, high, qualifier, kind, size))
