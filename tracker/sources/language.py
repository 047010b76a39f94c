"""Detects the language of a text, with py3langid."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

DEFAULT_LANGUAGE = "en"
"""The language of texts that are too short or too uncertain to identify."""

MIN_LENGTH = 200  # characters; shorter texts look like many languages
SAMPLE_SIZE = 1_000  # characters
MIN_CONFIDENCE = 0.95  # high, so that no text with rules is skipped by mistake


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the text's language, or DEFAULT_LANGUAGE if it is uncertain."""
    sample = " ".join(text[: 2 * SAMPLE_SIZE].split())[:SAMPLE_SIZE]
    if len(sample) < MIN_LENGTH:
        return DEFAULT_LANGUAGE
    sample = sample.lower() if sample.isupper() else sample
    code, confidence = _identifier().classify(sample)
    return str(code) if confidence >= MIN_CONFIDENCE else DEFAULT_LANGUAGE


@cache
def _identifier() -> LanguageIdentifier:
    """Load the model on first use: it takes half a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
