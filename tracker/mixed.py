"""Documents in several languages: which lines of a text are in which language.

An article in two languages is read once in each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.knowledge.files import languages
from tracker.knowledge.recognition import LATIN, SCRIPTS, load_signs, signs_in, small_words
from tracker.model import Article

MOST = 4  # languages in which an article is read
ENOUGH = 40  # letters of a line in another script
PLENTY = 200  # letters of a line in another language of the same script
SURE = 5  # words of the other language in such a line
FEW = 2  # letters that only one language of the script has: more of them tell it
STRAY = 1  # words of the main language that it may have: those of a name
_CYRILLIC_TO_ARABIC = re.compile("[\u0400-\u064a]")
_WORD = re.compile(r"[^\W\d_]+")


def others_in(text: str, main: str) -> tuple[str, ...]:
    """The languages of those lines of a text that are plainly not in its main one; () for nearly all texts."""
    found = (_language_of(line, main) for line in text.splitlines() if len(line) >= ENOUGH)
    return tuple(sorted({code for code in found if code not in ("", main) and code in languages()}))


def in_each(article: Article) -> Iterator[Article]:
    """The article in each of its languages: the lines in another one are blank, and the offsets stay.

    The title is read in the first language.
    """
    codes = article.languages[:MOST]
    lines = article.text.splitlines(keepends=True)
    spoken = list(_languages(lines, codes))
    for number, code in enumerate(codes):
        kept = (line if own == code else _blank(line) for line, own in zip(lines, spoken, strict=True))
        yield replace(article, language=code, text="".join(kept), title="" if number else article.title)


def _languages(lines: list[str], codes: Sequence[str]) -> Iterator[str]:
    """The language of each line, among `codes`. A short line is in that of the line before it, if it has its script."""
    main, last = codes[0], codes[0]
    for line in lines:
        code = _language_of(line, main)
        if code in codes:
            last = code
        elif _script(line) not in ("", _script_of(last)):
            last = next((one for one in codes if _script_of(one) == _script(line)), main)
        yield last


def _language_of(line: str, main: str) -> str:
    """The language of a line that has enough letters of one script, or words of one language; else ""."""
    script = _script(line)
    if script == LATIN:
        return _in_latin(line, main)
    return _by_letters(line, script) if len(line) >= ENOUGH else ""


def _by_letters(line: str, script: str) -> str:
    """The one language whose own letters a line has, or to which its letters are not foreign; "" if none is sure."""
    among = signs_in(script)
    own = {code: len(signs.letters.findall(line)) for code, signs in among.items() if signs.letters is not None}
    having = [code for code, count in own.items() if count]
    if having:
        return having[0] if len(having) == 1 and own[having[0]] > FEW else ""
    return next((code for code, signs in among.items() if signs.has_no_foreign_letters(line)), "")


def _in_latin(line: str, main: str) -> str:
    """The language of a line in Latin letters; in a text whose main language has them, too, it takes more to tell."""
    words = frozenset(_WORD.findall(line.lower()))
    hits = {code: len(words & small) for code, small in small_words().items()}
    best = max(hits, key=lambda code: hits[code])
    if _script_of(main) != LATIN:
        return best if len(line) >= ENOUGH and hits[best] > STRAY else ""
    if best == main:
        return main if hits[main] > STRAY else ""
    return best if len(line) >= PLENTY and hits[best] >= SURE and hits.get(main, 0) <= STRAY else ""


def _script(line: str) -> str:
    """The script of more than half of the letters of a line; "" if it has none."""
    if not _CYRILLIC_TO_ARABIC.search(line):
        return LATIN if SCRIPTS[LATIN].search(line) else ""
    counts = {script: len(letter.findall(line)) for script, letter in SCRIPTS.items()}
    script = max(counts, key=lambda name: counts[name])
    return script if counts[script] * 2 > sum(counts.values()) else ""


def _script_of(code: str) -> str:
    signs = load_signs().get(code)
    return signs.script if signs is not None else LATIN


def _blank(line: str) -> str:
    """As many blanks, with the end of the line."""
    end = line.splitlines()[0] if line else ""
    return " " * len(end) + line[len(end) :]
