"""Detects the language of a text: by its script, its letters and plain words first, then with py3langid."""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import TYPE_CHECKING

from tracker.knowledge.recognition import LATIN, SCRIPTS, load_signs, plain_words, signs_in
from tracker.mixed import in_each, others_in
from tracker.model import LANGUAGE_JOIN, Article

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

DEFAULT_LANGUAGE = "en"
"""The language of texts that are too short or too uncertain to identify."""

MIN_LENGTH = 200  # characters; shorter texts look like many languages, so only those in recognition.toml are considered
SAMPLE_SIZE = 1_000  # characters
MIN_CONFIDENCE = 0.95  # high, so that no text with rules is skipped by mistake
MIN_LIKELY = 0.6  # enough for a short text, as only a few languages are considered
CLEAR = 8
"""One plain word in so many makes a text the language beyond doubt, without the model, which takes long to load."""
_MARKS = ".,;:!?\"'()“”‘’"  # beside a word: "police said."
_LETTER = re.compile(r"[^\W\d_]")


def language_of(text: str, title: str = "") -> str:
    """Return the ISO 639-1 code of the text's language, or DEFAULT_LANGUAGE if it is uncertain.

    A short text is read together with its title.
    """
    whole = text if len(text) >= MIN_LENGTH else f"{title}\n{text}"
    sample = " ".join(whole[: 2 * SAMPLE_SIZE].split())[:SAMPLE_SIZE]
    letters = len(_LETTER.findall(sample))
    for script, letter in SCRIPTS.items():
        if script != LATIN and len(letter.findall(sample)) * 2 > letters:
            return _in_script(script, sample)
    if plain := _plainly(sample):
        return plain
    sample = sample.lower() if sample.isupper() else sample
    if len(sample) >= MIN_LENGTH:
        code, confidence = _identifier(()).classify(sample)
        if confidence >= MIN_CONFIDENCE:
            return str(code)
    code, confidence = _identifier(tuple(signs_in(LATIN))).classify(sample)
    return str(code) if confidence >= MIN_LIKELY else DEFAULT_LANGUAGE


def languages_of(text: str, title: str = "") -> str:
    """The code of a text's language; of a text in several, whose lines tell them plainly, all the codes: "en+ar"."""
    main = language_of(text, title)
    sure = (code for code in others_in(text, main) if _is_sure(code, text, main))
    return LANGUAGE_JOIN.join((main, *sure))


def _is_sure(code: str, text: str, main: str) -> bool:
    """Whether the lines that small words give to a language are in it, and not in one that is like it."""
    if load_signs()[code].script != LATIN:
        return True
    [*_, other] = in_each(Article(id="", text=text, language=LANGUAGE_JOIN.join((main, code))))
    found, confidence = _identifier(()).classify(" ".join(other.text.split())[:SAMPLE_SIZE])
    return bool(found == code and confidence >= MIN_CONFIDENCE)


def _plainly(sample: str) -> str:
    """The language that the plain words of a sample in Latin letters tell beyond doubt; else ""."""
    if len(sample.encode(errors="replace")) * 10 >= len(sample) * 11:
        return ""
    words = [word.strip(_MARKS) for word in sample.lower().split(" ")]
    found = {code: sum(map(plain.__contains__, words)) for code, plain in plain_words().items()}
    best = max(found, key=lambda code: found[code])
    return best if found[best] > 1 and found[best] * CLEAR >= len(words) else ""


def _in_script(script: str, sample: str) -> str:
    """The language of a sample in another script, by letters that only one language has, or that are foreign to it."""
    among = signs_in(script)
    found = [code for code, signs in among.items() if signs.letters is not None and signs.letters.search(sample)]
    found += [code for code, signs in among.items() if signs.has_no_foreign_letters(sample)]
    if found:
        return found[0]
    others = tuple(code for code, signs in among.items() if signs.foreign is None)
    return str(_identifier(others).classify(sample)[0])


@cache
def _identifier(among: tuple[str, ...]) -> LanguageIdentifier:
    """Load the model on first use: it takes half a second. `among`: the languages to choose from, () for all."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    if among:
        identifier = copy.copy(_identifier(()))  # a choice of languages leaves the model that it is made from as it is
        identifier.set_languages(list(among))
        return identifier
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
