"""Reports of ReliefWeb: answers of its API (version 2), from a file or fetched."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any, TypeGuard
from urllib.parse import quote, urlsplit

from tracker.model import InputError
from tracker.sources.html_fragments import text_of
from tracker.sources.items import Item, Note, article_items
from tracker.sources.options import Read, ReadOptions
from tracker.sources.web import RELIEFWEB, is_address, read_followed

API = "https://api.reliefweb.int/v2/reports"
APPNAME = "RELIEFWEB_APPNAME"
"""The environment variable with the app name that ReliefWeb approved for the user."""

BATCH_SIZE = 100  # reports per request
MAX_PAGES = 20
MIDNIGHT = "T00:00:00+00:00"

Parse = Callable[[str], Any]


def address_of(path: str) -> str:
    """Return the API address for "reliefweb:WORDS" or "reliefweb:?PARAMETERS"; InputError without an app name."""
    wanted = path[len(RELIEFWEB) :].strip()
    name = os.environ.get(APPNAME, "").strip()
    if not name:
        what = f"needs the appname that ReliefWeb gave you in the variable {APPNAME} (apidoc.reliefweb.int)"
        raise InputError(path, what)
    if not wanted:
        raise InputError(path, "names no words to look for: reliefweb:WORDS")
    query = wanted[1:] if wanted.startswith("?") else f"query[value]={quote(wanted)}"
    return f"{API}?appname={quote(name)}&profile=full&limit={BATCH_SIZE}&sort[]=date:desc&{query}"


def is_reports(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether a JSON value is an answer of the ReliefWeb API."""
    items = value.get("data") if isinstance(value, dict) else None
    if not isinstance(items, list) or not isinstance(value, dict):
        return False
    return ("totalCount" in value and "count" in value) or any(
        isinstance(one, dict) and "fields" in one for one in items
    )


def read_reports(value: dict[str, Any], path: str, options: ReadOptions, reading: tuple[Read, Parse]) -> Iterator[Item]:
    """Yield the reports of an answer, and of its following pages if `options.follow` is set."""
    read, parse = reading
    pages, here = 0, path
    while True:
        pages += 1
        yield from _of_one_answer(value, here, options, read)
        following = _next(value)
        if not following:
            return
        if not options.follow or options.web is None:
            what = f"is a part of {value.get('totalCount')} reports"
            yield Note(here, options.advised(what, ": --fetch reads the rest"))
            return
        if pages == MAX_PAGES:
            yield Note(here, f"there are {value.get('totalCount')} reports: those of the first {pages} pages are read")
            return
        if is_address(here) and urlsplit(here).netloc != urlsplit(following).netloc:
            yield InputError(here, "names a next page on another host, which is not fetched")
            return
        answer = options.web.ask(following)
        here = following
        try:
            value = parse(answer.body.decode("utf-8", "replace"))
        except ValueError as error:
            raise InputError(here, f"is not JSON ({error})") from error
        if not is_reports(value):
            raise InputError(here, "is no answer of ReliefWeb")


def _next(value: dict[str, Any]) -> str:
    links = value.get("links")
    following = links.get("next") if isinstance(links, dict) else None
    address = following.get("href") if isinstance(following, dict) else None
    return address if isinstance(address, str) and is_address(address) else ""


def _of_one_answer(value: dict[str, Any], path: str, options: ReadOptions, read: Read) -> Iterator[Item]:
    if not value["data"]:
        yield InputError(path, "holds no reports")
    for number, one in enumerate(value["data"], start=1):
        fields = one.get("fields") if isinstance(one, dict) else None
        which = (
            f"report {one['id']} "
            if isinstance(one, dict) and isinstance(one.get("id"), str | int)
            else f"item {number} "
        )
        if not isinstance(fields, dict):
            yield InputError(path, f"{which}has no fields")
        elif _body(fields):
            yield from article_items(_values(fields), path, which=which)
        else:
            yield from _of_files(fields, path, which, (options, read))


def _of_files(fields: dict[str, Any], path: str, which: str, reading: tuple[ReadOptions, Read]) -> Iterator[Item]:
    """Yield the article of a report whose text is in an attached file (usually a PDF)."""
    options, read = reading
    files = [str(one.get("url") or "") for one in fields.get("file") or () if isinstance(one, dict)]
    files = [url for url in files if is_address(url)]
    if files and options.follow and options.web is not None:
        yield from (item for url in files for item in read_followed(url, options, read))
        return
    if files:
        yield Note(path, options.advised(f"{which}has its text in files", ": --fetch reads them"))
    yield from article_items(_values(fields), path, which=which)


def _values(fields: dict[str, Any]) -> dict[str, object]:
    """Return the values of an article from the fields of a report."""
    dates = fields.get("date")
    dates = dates if isinstance(dates, dict) else {}
    published = str(dates.get("original") or dates.get("created") or "")
    return {
        "title": str(fields.get("title") or ""),
        "text": _body(fields),
        "published": published.removesuffix(MIDNIGHT) or None,
        "publisher": _first(fields.get("source"), "name"),
        "url": str(fields.get("url_alias") or fields.get("url") or "") or None,
        "language": _first(fields.get("language"), "code") or None,
    }


def _body(fields: dict[str, Any]) -> str:
    return text_of(str(fields.get("body-html") or "")) or str(fields.get("body") or "").strip()


def _first(values: object, name: str) -> str:
    one = values[0] if isinstance(values, list) and values else None
    return str(one.get(name) or "") if isinstance(one, dict) else ""
