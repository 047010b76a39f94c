"""Reads and checks what people edit (languages, gazetteers, registry) into frozen values. The only reader of data."""

from tracker.knowledge.countries import Gazetteer, Place, load_gazetteer
from tracker.knowledge.language import Language, load_language
from tracker.knowledge.registry import Conflict, load_conflicts
from tracker.knowledge.sourcebook import Sourcebook, SourceEntry, load_sourcebook

__all__ = [
    "Conflict",
    "Gazetteer",
    "Language",
    "Place",
    "SourceEntry",
    "Sourcebook",
    "load_conflicts",
    "load_gazetteer",
    "load_language",
    "load_sourcebook",
]
