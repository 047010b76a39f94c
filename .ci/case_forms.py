"""The case forms of names in Russian and Ukrainian, from their dictionary forms.

Leading adjectives and the first noun are declined; what follows is a genitive and stays: "Генеральный штаб Украины"
gives "Генерального штаба Украины". Russian words are declined by pymorphy3. Ukrainian words are declined by the
endings of the school paradigms below, because no dictionary of Ukrainian forms has a clear licence. They give a few
forms that do not exist; such a form is found in no text.
"""

from collections.abc import Iterator
from functools import cache
from itertools import product

import pymorphy3

NOM, CASES = "nomn", ("nomn", "gent", "datv", "accs", "ablt", "loct")
ByCase = dict[str, tuple[str, ...]]

# Ukrainian paradigms: the ending of the dictionary form, how many letters of it are cut, and the endings of the six
# cases in the order of CASES, alternatives with "/" and "-" for none. The first that fits is taken.
UK_ADJECTIVES = (
    ("ній", 2, "ій ього ьому ій/ього ім ьому"),
    ("ня", 1, "я ьої ій ю ьою ій"),
    ("ий", 2, "ий ого ому ий/ого им ому/ім"),
    ("а", 1, "а ої ій у ою ій"),
    ("е", 1, "е ого ому е им ому/ім"),
    ("і", 1, "і их им і/их ими их"),
)
UK_SINGULAR = (
    ("ець", 3, "ець ця цю/цеві ця/ець цем ці/цеві/цю"),
    ("єць", 3, "єць йця йцю/йцеві йця/єць йцем йці/йцеві"),
    ("піль", 3, "іль оля олю іль олем олі"),
    ("їв", 2, "їв єва єву їв євом єві"),
    ("ів", 2, "ів ова ову ів овом ові"),
    ("іг", 2, "іг огу/ога огу іг огом озі"),
    ("енок", 2, "ок ка ку/кові ка ком ку/кові"),
    ("ь", 1, "ь я/і ю/еві/і ь/я ем/ю/ю і/еві/ю"),
    ("й", 1, "й я ю/єві й/я єм ї/ю/єві"),
    ("ка", 2, "ка ки ці ку кою ці"),
    ("га", 2, "га ги зі гу гою зі"),
    ("ха", 2, "ха хи сі ху хою сі"),
    ("ння", 1, "я я ю я ям і/ю"),
    ("ття", 1, "я я ю я ям і/ю"),
    ("жжя", 1, "я я ю я ям і/ю"),
    ("лля", 1, "я я ю я ям і/ю"),
    ("ия", 1, "я ї ї ю єю ї"),
    ("ія", 1, "я ї ї ю єю ї"),
    ("я", 1, "я і/ї і/ї ю ею/єю і/ї"),
    ("ша", 1, "а і і у ею і"),
    ("жа", 1, "а і і у ею і"),
    ("ча", 1, "а і і у ею і"),
    ("а", 1, "а и/і і у ою/ею і"),
    ("о", 1, "о а у/ові о ом і/у"),
    ("е", 1, "е я/а ю/у е ем і/ю"),
)
UK_PLURAL = (
    ("ки", 2, "ки ок/ків кам ки/ок/ків ками ках"),
    ("и", 1, "и ів/- ам и/ів/- ами ах"),
    ("ці", 1, "і ів/ь ям і/ів ями ях"),
    ("і", 1, "і ів/ей/- ям/ам і/ів/ей ями/ами ях/ах"),
    ("ї", 1, "ї їв/й ям ї/їв ями ях"),
)
UK_CONSONANT = "- а/у у/ові -/а ом і/у/ові"
UK_UNCHANGED = tuple("уюєиії")
# Ukrainian demonyms in the plural, by their ending in the singular.
UK_PLURAL_OF = (
    ("ець", "ці"), ("єць", "йці"), ("янин", "яни"), ("анин", "ани"), ("енин", "ени"), ("ка", "ки"), ("ня", "ні"),
    ("ця", "ці"), ("а", "и"), ("я", "і"), ("ь", "і"), ("й", "ї"), ("к", "ки"), ("х", "хи"),
)  # fmt: skip
UK_LEADING = tuple(
    "ий ній ська цька зька льна ична ова ена ика іла нна дна рна сна тна шна ське цьке не ве ські цькі ні ві лені нані"
    .split()
)  # fmt: skip


def forms(name: str, language: str) -> tuple[str, ...]:
    """The case forms of a name that differ from it, in the number that it stands in."""
    return _others(name, _phrase(name.split(" "), language))


def forms_of_people(name: str, language: str) -> tuple[str, ...]:
    """The forms of a noun or an adjective for a people that differ from it, in both numbers and all genders."""
    found = _russian_lexeme(name) if language == "ru" else _ukrainian_people(name)
    return _others(name, found)


def _others(name: str, found: Iterator[str]) -> tuple[str, ...]:
    return tuple(form for form in dict.fromkeys(found) if form != name)


def _phrase(words: list[str], language: str) -> Iterator[str]:
    """The forms of a phrase: its leading adjectives and its first noun in the same case, then what stays."""
    leading = 0
    while leading < len(words) - 1 and _is_adjective(words[leading], language):
        leading += 1
    declined = [_declined(word, language, at < leading) for at, word in enumerate(words[: leading + 1])]
    rest = words[leading + 1 :]
    for case in CASES:
        for spelled in product(*(column.get(case, ()) for column in declined)):
            yield " ".join((*spelled, *rest))


def _declined(word: str, language: str, adjective: bool) -> ByCase:
    """The forms of one word by case. Words of capitals only, and those that are not declined, stay."""
    head, hyphen, last = word.rpartition("-")
    if word.isupper() and len(word) > 1:
        return dict.fromkeys(CASES, (word,))
    found = (_russian if language == "ru" else _ukrainian)(last, adjective)
    return {case: tuple(f"{head}{hyphen}{_as_written(form, last)}" for form in forms) for case, forms in found.items()}


def _as_written(form: str, word: str) -> str:
    return form[:1].upper() + form[1:] if word[:1].isupper() else form


def _is_adjective(word: str, language: str) -> bool:
    if language == "uk":
        return word.lower().endswith(UK_LEADING)
    return any(one.tag.POS in ("ADJF", "PRTF") and one.tag.case == NOM for one in _analyzer().parse(word))


def _russian(word: str, adjective: bool) -> ByCase:
    wanted = ("ADJF", "PRTF") if adjective else ("NOUN",)
    parses = [one for one in _analyzer().parse(word) if one.tag.case == NOM]
    best = next((one for one in parses if one.tag.POS in wanted and "Surn" not in one.tag), None) or next(
        iter(parses), None
    )
    if best is None or "Fixd" in best.tag or word[-1].lower() in "уюэ":
        return dict.fromkeys(CASES, (word,))
    found: ByCase = dict.fromkeys(CASES, ())
    for form in best.lexeme:
        same = form.tag.number == best.tag.number and form.tag.gender in (best.tag.gender, None)
        same = same and "Supr" not in form.tag
        for case in CASES:
            if same and {"loc2": "loct", "gen2": "gent"}.get(str(form.tag.case), form.tag.case) == case:
                found[case] = (*found[case], *_with_e(form.word))
    return found


def _with_e(word: str) -> tuple[str, ...]:
    return (word, word.replace("ё", "е")) if "ё" in word else (word,)


def _russian_lexeme(word: str) -> Iterator[str]:
    wanted = ("ADJF",) if word.endswith("ий") else ("NOUN",)
    parses = [one for one in _analyzer().parse(word) if one.tag.case == NOM and one.tag.number == "sing"]
    best = next((one for one in parses if one.tag.POS in wanted), parses[0] if parses else None)
    for form in best.lexeme if best is not None else ():
        if form.tag.case and form.tag.POS in wanted and "Supr" not in form.tag:
            yield from _with_e(form.word)


def _ukrainian(word: str, adjective: bool) -> ByCase:
    if adjective or word.endswith(("ий", "ська", "цька", "ське", "цьке", "ські", "цькі")):
        return _ending(word, UK_ADJECTIVES) or dict.fromkeys(CASES, (word,))
    found = _ending(word, (*UK_SINGULAR, *UK_PLURAL))
    if found is None and word.lower().endswith(UK_UNCHANGED):
        return dict.fromkeys(CASES, (word,))
    return found or _ending(word, (("", 0, UK_CONSONANT),)) or {}


def _ending(word: str, paradigms: tuple[tuple[str, int, str], ...]) -> ByCase | None:
    """The forms of a word by the first paradigm that fits its ending; None if none fits."""
    for ending, cut, cases in paradigms:
        if word.lower().endswith(ending):
            stem = word[: len(word) - cut]
            ends = (case.split("/") for case in cases.split())
            return {case: tuple(stem + end.strip("-") for end in many) for case, many in zip(CASES, ends, strict=True)}
    return None


def _ukrainian_people(word: str) -> Iterator[str]:
    if word.endswith("ий"):
        for ending in ("ий", "а", "е", "і"):
            yield from _all(_ending(word[:-2] + ending, UK_ADJECTIVES))
        return
    yield from _all(_ukrainian(word, adjective=False))
    plural = next((word.removesuffix(one) + many for one, many in UK_PLURAL_OF if word.endswith(one)), word + "и")
    yield from _all(_ending(plural, UK_PLURAL))


def _all(found: ByCase | None) -> Iterator[str]:
    for many in (found or {}).values():
        yield from many


@cache
def _analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="ru")
