"""Detects the language of a text: by its script first, then with py3langid."""

from __future__ import annotations

import copy
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

DEFAULT_LANGUAGE = "en"
"""The language of texts that are too short or too uncertain to identify."""

MIN_LENGTH = 200  # characters; shorter texts look like many languages, so only those in LIKELY are considered
SAMPLE_SIZE = 1_000  # characters
MIN_CONFIDENCE = 0.95  # high, so that no text with rules is skipped by mistake
MIN_LIKELY = 0.6  # enough for a short text, as only a few languages are considered
LIKELY = ("ca", "de", "en", "es", "fr", "id", "it", "nl", "pt", "ro", "tr")
"""The languages that a short text in Latin letters is taken for."""
# Letters that only one language of its script has. In Cyrillic letters the first of these that fits decides.
_CYRILLIC = (("be", re.compile("[ўЎ]")), ("uk", re.compile("[їєґЇЄҐ]|і")), ("ru", re.compile("[ыэёЫЭЁ]")))
_PERSIAN_OR_URDU = re.compile("[پچژگکیےٹڈڑ]")
_SCRIPTS = {"arabic": re.compile("[\u0621-\u064a]"), "cyrillic": re.compile("[\u0400-\u04ff]")}
_LETTER = re.compile(r"[^\W\d_]")


def language_of(text: str, title: str = "") -> str:
    """Return the ISO 639-1 code of the text's language, or DEFAULT_LANGUAGE if it is uncertain.

    A short text is read together with its title.
    """
    whole = text if len(text) >= MIN_LENGTH else f"{title}\n{text}"
    sample = " ".join(whole[: 2 * SAMPLE_SIZE].split())[:SAMPLE_SIZE]
    letters = len(_LETTER.findall(sample))
    for script, pattern in _SCRIPTS.items():
        if len(pattern.findall(sample)) * 2 > letters:
            return _in_script(script, sample)
    sample = sample.lower() if sample.isupper() else sample
    if len(sample) >= MIN_LENGTH:
        code, confidence = _identifier(()).classify(sample)
        if confidence >= MIN_CONFIDENCE:
            return str(code)
    code, confidence = _identifier(LIKELY).classify(sample)
    return str(code) if confidence >= MIN_LIKELY else DEFAULT_LANGUAGE


def _in_script(script: str, sample: str) -> str:
    """The language of a sample in Arabic or Cyrillic letters, by letters that only one language has."""
    if script == "arabic":
        plain = len(_PERSIAN_OR_URDU.findall(sample)) * 50 < len(sample)
        return "ar" if plain else str(_identifier(("fa", "ur", "ps", "ku")).classify(sample)[0])
    found = (code for code, letter in _CYRILLIC if letter.search(sample))
    return next(found, None) or str(_identifier(("ru", "uk", "bg", "sr", "mk")).classify(sample)[0])


@cache
def _identifier(among: tuple[str, ...]) -> LanguageIdentifier:
    """Load the model on first use: it takes half a second. `among`: the languages to choose from, () for all."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    if among:
        identifier = copy.copy(_identifier(()))  # a choice of languages leaves the model that it is made from as it is
        identifier.set_languages(list(among))
        return identifier
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
