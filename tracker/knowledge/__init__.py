"""Knowledge: the files of `data/` go in, frozen and validated values come out.

It reads languages, gazetteers, sources, publishers, conventions and the registry of conflicts. Nothing else reads
`data/`. A wrong file is a KnowledgeError that names the file and the entry.
"""

from tracker.knowledge.conventions import Convention, convention_ids, load_convention
from tracker.knowledge.countries import (
    Countries,
    Gazetteer,
    Place,
    load_countries,
    load_gazetteer,
    load_no_places,
    load_parents,
    load_place_names,
)
from tracker.knowledge.language import Language, load_language
from tracker.knowledge.own_names import NamedPublisher, NamedSource, OwnNames, load_own_names
from tracker.knowledge.publishers import Publishers, load_publishers
from tracker.knowledge.quality import SHARES, Measured, load_quality
from tracker.knowledge.registry import Conflict, load_conflicts
from tracker.knowledge.sites import Sites, load_sites
from tracker.knowledge.sourcebook import Sourcebook, SourceEntry, load_sourcebook

__all__ = [
    "SHARES",
    "Conflict",
    "Convention",
    "Countries",
    "Gazetteer",
    "Language",
    "Measured",
    "NamedPublisher",
    "NamedSource",
    "OwnNames",
    "Place",
    "Publishers",
    "Sites",
    "SourceEntry",
    "Sourcebook",
    "convention_ids",
    "load_conflicts",
    "load_convention",
    "load_countries",
    "load_gazetteer",
    "load_language",
    "load_no_places",
    "load_own_names",
    "load_parents",
    "load_place_names",
    "load_publishers",
    "load_quality",
    "load_sites",
    "load_sourcebook",
]
