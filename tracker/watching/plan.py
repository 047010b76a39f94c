"""The plan: the TOML file that lists the feeds to watch."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.model import InputError
from tracker.sources.web import is_address

UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
INTERVAL = re.compile(r"(\d{1,6})\s?([smhd])")
SHORTEST, LONGEST = 60, 30 * 86_400  # seconds
USUAL = "15m"
LINE = re.compile(r"\(at line (\d+), column \d+\)")
KEYS = {"url": str, "name": str, "every": str, "full": bool}


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its address, its name, its polling interval in seconds, and whether full texts are fetched."""

    url: str
    name: str
    every: int
    full: bool = True


def read_plan(path: str) -> list[Feed]:
    """The feeds in a file. An InputError names the line, or the feed and the key, that is wrong."""
    try:
        told = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(path, "does not exist") from error
    except (OSError, UnicodeError) as error:
        raise InputError(path, f"cannot be read: {getattr(error, 'strerror', None) or 'is not UTF-8'}") from error
    except tomllib.TOMLDecodeError as error:
        where = LINE.search(str(error))
        what = LINE.sub("", str(error)).strip()
        raise InputError(path, f"is not TOML: {what}", int(where.group(1)) if where else None) from error
    except RecursionError as error:
        raise InputError(path, "is nested too deep") from error
    unknown = sorted(set(told) - {"defaults", "feed"})
    if unknown:
        raise InputError(path, f"{unknown[0]}: is not known here (defaults, [[feed]])")
    feeds = _feeds(told, path)
    for number, feed in enumerate(feeds):
        if feed.url in (other.url for other in feeds[:number]):
            raise InputError(path, f"feed {number + 1}: url: stands there twice: {feed.url}")
    return feeds


def _feeds(told: Mapping[str, Any], path: str) -> list[Feed]:
    defaults, listed = told.get("defaults", {}), told.get("feed", [])
    if not isinstance(defaults, dict):
        raise InputError(path, "defaults: is no table ([defaults])")
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise InputError(path, "feed: is no list of tables ([[feed]])")
    if not listed:
        raise InputError(path, "names no feeds: each begins with [[feed]] and has a url")
    _check(defaults, {"every", "full"}, f"{path}", "defaults")
    for number, one in enumerate(listed, start=1):
        _check(one, set(KEYS), path, f"feed {number}")
    return [_feed({**defaults, **one}, path, f"feed {number}") for number, one in enumerate(listed, start=1)]


def _check(values: Mapping[str, Any], known: set[str], path: str, which: str) -> None:
    for key, value in values.items():
        if key not in known:
            raise InputError(path, f"{which}: {key}: is not known here ({', '.join(sorted(known))})")
        if not isinstance(value, KEYS[key]):
            raise InputError(path, f"{which}: {key}: is not {'true or false' if KEYS[key] is bool else 'a text'}")


def _feed(values: Mapping[str, Any], path: str, which: str) -> Feed:
    url = str(values.get("url", "")).strip()
    if not is_address(url):
        raise InputError(path, f"{which}: url: is no web address: {url!r}")
    interval = INTERVAL.fullmatch(str(values.get("every", USUAL)).strip())
    seconds = int(interval.group(1)) * UNITS[interval.group(2)] if interval else 0
    if not SHORTEST <= seconds <= LONGEST:
        raise InputError(path, f"{which}: every: is no time from 1m to 30d (as in 90s, 15m, 2h, 1d)")
    return Feed(url, str(values.get("name") or url).strip(), seconds, bool(values.get("full", True)))
