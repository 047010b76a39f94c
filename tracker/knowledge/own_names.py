"""The user's own names (`--sources my.toml`): bodies that report figures, what they count, and publishers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.knowledge.countries import load_countries
from tracker.knowledge.standing_counts import StandingCount, standing_count
from tracker.model import KnowledgeError, SourceType

LARGEST = 10_000_000  # bytes; a larger file was given by mistake


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A body that reports figures, with all its spellings, the name first."""

    name: str
    spellings: tuple[str, ...]
    type: SourceType
    country: str


@dataclass(frozen=True, slots=True)
class NamedPublisher:
    """A publisher of articles, with all its spellings, the name first, and the domains of its addresses."""

    name: str
    spellings: tuple[str, ...]
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnNames:
    """The content of one file of the user's names; empty by default."""

    sources: tuple[NamedSource, ...] = ()
    publishers: tuple[NamedPublisher, ...] = ()
    counts: tuple[StandingCount, ...] = ()


SOURCE_KEYS = {"name": str, "aliases": list, "type": str, "country": str}
PUBLISHER_KEYS = {"name": str, "aliases": list, "domains": list}


def load_own_names(path: str | Path | None) -> OwnNames:
    """The names in a TOML file with entries [[source]] (name, aliases, type, country), [[publisher]] (name, aliases,
    domains) and [[count]] (conflict, body, and the keys of a count in data/standing_counts/).

    Without a file there are none. KnowledgeError if the file or an entry is wrong.
    """
    if path is None:
        return OwnNames()
    content = _content(path)
    for name in content:
        if name not in ("source", "publisher", "count"):
            raise KnowledgeError(path, name, "is not known here: use [[source]], [[publisher]] and [[count]]")
    sources = tuple(_source(path, label, entry) for label, entry in _entries(path, content, "source"))
    publishers = tuple(_publisher(path, label, entry) for label, entry in _entries(path, content, "publisher"))
    return OwnNames(sources, publishers, tuple(_counts(path, content.get("count", []))))


def _counts(path: str | Path, entries: object) -> Iterator[StandingCount]:
    """The standing counts of the file; each names its conflict and its body."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise KnowledgeError(path, "count", "is not a list of entries: write [[count]]")
    for number, entry in enumerate(entries, start=1):
        for key in ("conflict", "body"):
            if not isinstance(entry.get(key), str) or not entry[key].strip():
                raise KnowledgeError(path, f"count {number}", f"lacks a {key}")
        rest = {key: value for key, value in entry.items() if key not in ("conflict", "body")}
        yield standing_count(path, entry["conflict"].strip(), entry["body"].strip(), rest)


def _content(path: str | Path) -> dict[str, Any]:
    import tomllib  # here, because most starts read no such file

    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise KnowledgeError(path, "file", f"is larger than {LARGEST // 1_000_000} MB")
        return tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise KnowledgeError(path, "file", f"cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise KnowledgeError(path, "file", "is not in UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(path, "syntax", str(error)) from None
    except (RecursionError, ValueError):
        raise KnowledgeError(path, "syntax", "is nested too deep, or holds a number too long") from None


def _entries(path: str | Path, content: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The entries of a kind, each with its label for messages. Their keys and types are checked."""
    entries = content.get(kind, [])
    if not isinstance(entries, list):
        raise KnowledgeError(path, kind, f"is not a list of entries: write [[{kind}]]")
    keys = SOURCE_KEYS if kind == "source" else PUBLISHER_KEYS
    for number, entry in enumerate(entries, start=1):
        label = f"{kind} {number}"
        if not isinstance(entry, dict):
            raise KnowledgeError(path, label, f"is not an entry: write [[{kind}]]")
        label = f"{kind} {entry['name']!r}" if isinstance(entry.get("name"), str) else label
        for key, value in entry.items():
            if key not in keys:
                raise KnowledgeError(path, label, f"has an unknown key {key!r}: use {', '.join(keys)}")
            if not isinstance(value, keys[key]):
                raise KnowledgeError(path, label, f"{key} is not a {'text' if keys[key] is str else 'list of texts'}")
        if not str(entry.get("name", "")).strip():
            raise KnowledgeError(path, label, "lacks a name")
        yield label, entry


def _texts(path: str | Path, label: str, entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = entry.get(key, [])
    for one in found:
        if not isinstance(one, str) or not one.strip():
            raise KnowledgeError(path, label, f"{key} holds something that is no text: {str(one)[:40]!r}")
    return tuple(one.strip() for one in found)


def _source(path: str | Path, label: str, entry: Mapping[str, Any]) -> NamedSource:
    name, country = entry["name"].strip(), entry.get("country", "").strip()
    if "type" not in entry:
        raise KnowledgeError(path, label, f"lacks a type: {', '.join(SourceType)}")
    if entry["type"] not in set(SourceType):
        raise KnowledgeError(path, label, f"unknown type {entry['type']!r}: use {', '.join(SourceType)}")
    if country and country not in load_countries().names:
        raise KnowledgeError(path, label, f"unknown country {country!r}: use the three letters of ISO 3166-1")
    return NamedSource(name, (name, *_texts(path, label, entry, "aliases")), SourceType(entry["type"]), country)


def _publisher(path: str | Path, label: str, entry: Mapping[str, Any]) -> NamedPublisher:
    name = entry["name"].strip()
    domains = tuple(one.lower() for one in _texts(path, label, entry, "domains"))
    return NamedPublisher(name, (name, *_texts(path, label, entry, "aliases")), domains)
