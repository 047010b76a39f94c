"""Reads numbers: the quantity that the tokens at an index state, or None."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.counts.digits import amount_of, digits_at, exactly
from tracker.extraction.counts.spelled import mixed_at, scale_before, small, with_ending, words_at
from tracker.extraction.text.tags import Quantity, make_quantity
from tracker.extraction.text.tokens import Tokens
from tracker.knowledge.numerals import DIGITS, Numbers
from tracker.model import Qualifier

NEAR = 2  # "three, four hundred" and "two, four hundred" are one figure, "three, nine hundred" is none


def quantity_at(tokens: Tokens, index: int, n: Numbers) -> Quantity | None:
    """The quantity that begins at `index`, with the qualifiers before and after it; or None."""
    found = _quantity_at(tokens, index, n)
    lows = tokens.lows
    if found is None or not n.shortened or found.stop + 1 >= len(lows) or lows[found.stop] != ".":
        return found
    short = lows[found.stop - 1] in n.shortened and not tokens.capitals[found.stop + 1]
    return found._replace(stop=found.stop + 1) if short else found  # "более 36,5 тыс. человек"


def _quantity_at(tokens: Tokens, index: int, n: Numbers) -> Quantity | None:
    opening = tokens.counts[index]
    if opening is None:
        return None
    if opening is DIGITS:
        return _of_digits(tokens, index, None, n)
    lows = tokens.lows
    if opening.vague:
        return _vague(lows, index, n)
    if opening.bare:
        kind = "article" if opening.bare == 1 else "number"
        return make_quantity((index, index + 1, opening.bare, None, Qualifier.EXACT, kind, 0))
    after = lows[index + 1] if index + 1 < len(lows) else ""
    if after not in opening.seconds:
        if opening.article:
            return make_quantity((index, index + 1, 1, None, Qualifier.EXACT, "article", 0))
        if opening.value and "-" not in after:
            return _with_tail(tokens, exactly(index, index + 1, opening.value), None, n)
        if not (opening.alone or (opening.before and after and tokens.counts[index + 1])):
            return None
    elif not (opening.alone or opening.before or n.phrases.at(lows, index)):
        return None  # "in the", not "in the region of"
    return _by_tables(tokens, index, n)


def _of_digits(tokens: Tokens, index: int, qualifier: Qualifier | None, n: Numbers) -> Quantity | None:
    """The quantity whose digits are at `index`, with what follows them."""
    core = _core(tokens, index, n)
    return _with_tail(tokens, core, qualifier, n) if core is not None else _of_decimals(tokens, index, n)


def _of_decimals(tokens: Tokens, index: int, n: Numbers) -> Quantity | None:
    """The range whose lower end has decimals and shares the multiplier of the upper end: "1.5 to 2 million"."""
    link = n.range_links.at(tokens.lows, index + 1) if index + 1 < len(tokens.lows) else None
    if link is None or tokens.counts[index] is not DIGITS:
        return None
    return _from_decimals(tokens, (index, index), _core(tokens, index + 1 + link[0], n), n)


def _from_decimals(tokens: Tokens, at: tuple[int, int], high: Quantity | None, n: Numbers) -> Quantity | None:
    """The range from the decimals at `at[1]` to `high`; its words begin at `at[0]`."""
    amount = amount_of(tokens.texts[at[1]]) if tokens.kinds[at[1]] == "number" else None
    if amount is None or high is None or high.value is None or high.kind != "number":
        return None
    scale = scale_before(tokens.lows, high.stop, high.first, n)
    if scale == 1 or not amount * scale < high.value:
        return None
    return Quantity(at[0], high.stop, round(amount * scale), high.value, Qualifier.RANGE)


def _by_tables(tokens: Tokens, index: int, n: Numbers) -> Quantity | None:
    """The same, looked up in all tables of qualifiers and number words."""
    lows = tokens.lows
    if n.no_number.at(lows, index) is not None:
        return None
    zero = n.zero.at(lows, index)
    pointed = index + 1 < len(lows) and lows[index + 1] in n.points
    if zero is not None and not pointed and n.before.at(lows, index) is None:
        size, nobody = zero
        return Quantity(index, index + size, 0, None, Qualifier.EXACT, "nobody" if nobody else "zero")
    opened = _opened_range(tokens, index, n) if lows[index] in n.range_openers else None
    if opened is not None:
        return opened
    if lows[index] in n.glued_signs and not _is_sign(tokens, index):
        return None
    qualifier, begin, core_at = _qualifier_before(lows, index, n)
    core = _core(tokens, core_at, n)
    if core is not None and core.kind == "number" and core.value is None and qualifier and _is_one_scale(lows, core, n):
        core = exactly(core_at, core.stop, n.multipliers[lows[core_at]])
    ranged = _of_decimals(tokens, core_at, n) if core is None and core_at < len(lows) else None
    if ranged is not None:
        return ranged
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


def _is_one_scale(lows: Sequence[str], core: Quantity, n: Numbers) -> bool:
    """Whether a vague word is a single multiplier, which behind a qualifier is a number: "более тысячи"."""
    return core.stop == core.first + 1 and lows[core.first] in n.bare_multipliers


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
        elif lows[at] in n.standing and at + 1 < len(lows) and not _goes_on(lows[at + 1], n):
            if qualifier is None:
                begin = at + 1
            at += 1
        else:
            break
    if qualifier is Qualifier.EXACT:
        begin = at
    return qualifier, begin, at


def _goes_on(low: str, n: Numbers) -> bool:
    """Whether a word is one with "another" before it: "another a", "another dozen"."""
    return low in n.articles or low in n.multipliers


def _core(tokens: Tokens, index: int, n: Numbers) -> Quantity | None:
    lows = tokens.lows
    opening = tokens.counts[index] if index < len(lows) else None
    if opening is None:
        return None
    after = lows[index + 1] if index + 1 < len(lows) else ""
    if opening is DIGITS:
        mixed = mixed_at(tokens, index, n) if after in n.joiners or after in n.multipliers else None
        core = mixed or digits_at(tokens, index, n)
        return _gone_on(tokens, core, n) if n.digits_go_on else core
    if opening.value and after not in opening.seconds and "-" not in after:
        return exactly(index, index + 1, opening.value)
    mixed = mixed_at(tokens, index, n)
    if mixed is not None:
        return mixed
    vague = _vague(lows, index, n)
    if vague is not None:
        return vague
    about = n.round.at(lows, index)
    if about is not None:
        return Quantity(index, index + about[0], about[1], None, Qualifier.ABOUT)
    fraction = n.fractions.at(lows, index)
    if fraction is not None:
        size, share = fraction
        times = lows[index + size] if index + size < len(lows) else ""
        if n.multipliers.get(times, 0) * share >= 2:
            return Quantity(index, index + size + 1, int(share * n.multipliers[times]), None, Qualifier.EXACT)
        return None
    spelled = words_at(tokens, index, n) or with_ending(lows[index], index, n)
    return _gone_on(tokens, spelled, n) if n.digits_go_on else spelled


def _gone_on(tokens: Tokens, core: Quantity | None, n: Numbers) -> Quantity | None:
    """The number with what follows its thousands: "3 mil 545" is 3,545."""
    lows = tokens.lows
    if core is None or core.value is None or core.stop >= len(lows):
        return core
    last = lows[core.stop - 1]
    scale = n.multipliers.get(last) or (1000 if n.small.get(last, 1) % 1000 == 0 else 0)  # "ألفين" is two thousand
    rest = _core(tokens, core.stop + (lows[core.stop] in n.joiners), n) if scale >= 1000 else None
    if rest is None or rest.kind != "number" or rest.qualifier is not Qualifier.EXACT or not rest.value:
        return core
    return core._replace(stop=rest.stop, value=core.value + rest.value) if rest.value < scale else core


def _vague(lows: Sequence[str], index: int, n: Numbers) -> Quantity | None:
    found = n.vague.at(lows, index)
    if found is None:
        return None
    return make_quantity((index, index + found[0], None, None, Qualifier.VAGUE, "number", found[1]))


def _is_sign(tokens: Tokens, index: int) -> bool:
    """Whether the sign at an index stands right before a number, and no other mark right before it: ">70"."""
    alone = index == 0 or tokens.ends[index - 1] < tokens.starts[index] or tokens.lows[index - 1] == "("
    return alone and index + 1 < len(tokens.lows) and tokens.starts[index + 1] == tokens.ends[index]


def _opened_range(tokens: Tokens, index: int, n: Numbers) -> Quantity | None:
    """The range that begins with an opening word: "between 100 and 150", "from 20 to 30"."""
    lows = tokens.lows
    links = n.range_openers.get(lows[index])
    if links is None or (index > 0 and lows[index - 1] in n.moving) or index + 2 >= len(lows):
        return None
    low = _core(tokens, index + 1, n)
    stop = low.stop if low is not None else index + 2
    if stop >= len(lows) or lows[stop] not in links:
        return None
    high = _core(tokens, stop + 1, n)
    if low is None:
        return _from_decimals(tokens, (index, index + 1), high, n)
    return _range(tokens, index, low, high, n)


def _range(tokens: Tokens, first: int, low: Quantity, high: Quantity | None, n: Numbers) -> Quantity | None:
    """The range from `low` to `high`. A lower end without a multiplier shares that of the upper: "2 to 3 million"."""
    if high is None or low.value is None or high.value is None or low.value >= high.value:
        return None
    if low.kind != "number" or high.kind != "number":
        return None
    return Quantity(first, high.stop, _shared(tokens, low, high, n), high.value, Qualifier.RANGE)


def _shared(tokens: Tokens, low: Quantity, high: Quantity, n: Numbers) -> int:
    """The value of the lower end of a range, with the multiplier that only the upper end names."""
    bottom, top = low.value or 0, high.value or 0
    scale = scale_before(tokens.lows, high.stop, high.first, n)
    bare = scale_before(tokens.lows, low.stop, low.first, n) == 1
    return bottom * scale if scale > 1 and bare and bottom * scale < top else bottom


def _with_tail(tokens: Tokens, core: Quantity, qualifier: Qualifier | None, n: Numbers) -> Quantity | None:
    """The number with its qualifier and with what follows: the upper end of a range, or "or more", "-plus"."""
    lows = tokens.lows
    if core.stop < len(lows) and lows[core.stop] in n.tails and core.kind == "number" and core.value is not None:
        plain = qualifier in (None, Qualifier.ABOUT, Qualifier.EXACT)
        tailed = _to_high(tokens, core, n, plain) or _with_margin(tokens, core, n)
        if tailed is not None:
            return tailed
        dash = 1 if lows[core.stop] == "-" else 0
        after = n.after.at(lows, core.stop + dash) if core.stop + dash < len(lows) else None
        if after is not None and (lows[core.stop] not in n.glued_endings or _ends_number(tokens, core.stop)):
            chosen = after[1] if plain or qualifier is None else qualifier
            return core._replace(stop=core.stop + dash + after[0], qualifier=chosen)
        if dash and core.stop + 1 < len(lows) and tokens.starts[core.stop + 1] == tokens.ends[core.stop]:
            if lows[core.stop + 1] in n.case_endings:
                return _with_tail(tokens, core._replace(stop=core.stop + 2), qualifier, n)  # "73-х"
            return None  # "25-year-old", "12-member"
    said = core.qualifier not in (Qualifier.EXACT, Qualifier.ABOUT)  # "plus d'une vingtaine" is more than about 20
    if qualifier is None or qualifier is Qualifier.EXACT or said:
        return core
    first, stop, value, high, _, kind, size = core
    return make_quantity((first, stop, value, high, qualifier, kind, size))


def _to_high(tokens: Tokens, core: Quantity, n: Numbers, plain: bool) -> Quantity | None:
    """The range that begins with `core`: "12 to 15", "eight, maybe ten", "three, four hundred"; None if none does."""
    lows = tokens.lows
    link = n.range_links.at(lows, core.stop)
    if link is not None and (link[0] > 1 or plain):
        return _range(tokens, core.first, core, _core(tokens, core.stop + link[0], n), n)
    if lows[core.stop] not in n.spoken_links or small(lows[core.first], n) is None or core.stop != core.first + 1:
        return None
    high = _core(tokens, core.stop + 1, n)
    scale = scale_before(lows, high.stop, high.first, n) if high is not None else 1
    if high is None or high.value is None or scale == 1 or core.value is None:
        return None
    near = 0 < high.value - core.value * scale <= NEAR * scale
    return _range(tokens, core.first, core, high, n) if near else None


def _with_margin(tokens: Tokens, core: Quantity, n: Numbers) -> Quantity | None:
    """The number with the margin of error after it, "1,500 ± 200", "300 (+/- 20)"; None if it has none."""
    lows = tokens.lows
    bracket = int(lows[core.stop] == "(")
    begin = core.stop + bracket
    sign = n.margins.at(lows, begin) if begin < len(lows) else None
    margin = _core(tokens, begin + sign[0], n) if sign is not None else None
    if margin is None or margin.value is None or (bracket and (margin.stop >= len(lows) or lows[margin.stop] != ")")):
        return None
    return core._replace(stop=margin.stop + bracket, qualifier=Qualifier.ABOUT)


def _ends_number(tokens: Tokens, index: int) -> bool:
    """Whether the sign at an index is glued to the number before it, and to none after it: "40+"."""
    after = index + 1
    free = after >= len(tokens.lows) or tokens.kinds[after] != "number" or tokens.starts[after] > tokens.ends[index]
    return free and tokens.starts[index] == tokens.ends[index - 1]
