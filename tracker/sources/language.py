"""The language of a text that does not state it, by py3langid."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ASSUMED = "en"
"""What a text is taken to be in where it is too short, or of no language beyond doubt."""

SHORTEST = 200  # characters; fewer letters look like many languages
LOOKED_AT = 1_000  # characters
SURE = 0.95  # of 1; what the rules could read must not be set aside by mistake


def language_of(text: str) -> str:
    """The code (ISO 639-1) of the language that a text is in beyond doubt, else ASSUMED."""
    sample = " ".join(text[: 2 * LOOKED_AT].split())[:LOOKED_AT]
    if len(sample) < SHORTEST:
        return ASSUMED
    sample = sample.lower() if sample.isupper() else sample
    code, confidence = _identifier().classify(sample)
    return str(code) if confidence >= SURE else ASSUMED


@cache
def _identifier() -> LanguageIdentifier:
    """The model, loaded with the first text that needs it: that takes half a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
