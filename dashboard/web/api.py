"""The data API (`/api`): every table of the pages as CSV, JSON, JSON Lines or Excel, with the same filters."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
from flask import Blueprint, Flask, Response, request

from dashboard.view.data import Data
from dashboard.view.query import phrase
from dashboard.view.selection import rows
from dashboard.web import api_query
from dashboard.web.api_query import Question
from dashboard.web.api_tables import tables_of
from dashboard.web.openapi import description
from tracker import __version__
from tracker.export import csv_text, json_lines, write_excel
from tracker.export.hxl import hashtags, with_outcomes
from tracker.knowledge import Convention, load_convention
from tracker.model import TrackerError
from tracker.timelines.bounds import bounded

PATH = "/api"
VIEWS = {
    "figures": "every reported figure with its quote",
    "claims": "figures that are the same claim, with all who print it",
    "timeline": "the running totals of each source as steps, flagged",
    "monthly": "how many each source counted per month, from its running totals",
    "incidents": "one row per event, with low, best and high",
    "disagreement": "the lowest and the highest current total on each date",
    "says": "what each source says on one date",
}
"""By the name in the address: a description of the table."""

AT_A_TIME = 5_000
"""Rows that are made into text at a time, and sent."""

LEVEL = 4
"""Of compression: an answer may have hundreds of megabytes."""

Make = Callable[[], Iterator[pd.DataFrame]]
"""Makes the parts of a table, each when the one before is written."""


@dataclass(frozen=True, slots=True)
class About:
    """What a file is about: lines to read, and the convention of its low, best and high."""

    lines: Mapping[str, str]
    convention: Convention


@dataclass(frozen=True, slots=True)
class Format:
    """One file format: its media type, its writer, and whether it exists for figures only.

    The writer makes the table when it needs it, and gives the file in parts. It is told what the file is about.
    """

    media_type: str
    write: Callable[[Make, About], Iterator[bytes]]
    figures_only: bool = False


def _csv(make: Make, _about: About) -> Iterator[bytes]:
    for number, part in enumerate(_parts(make())):
        header, end, rows = csv_text(part).partition("\n")
        yield (rows if number else header + end + rows).encode()


def _json(make: Make, _about: About) -> Iterator[bytes]:
    yield b"["  # at once: who waits for the table learns that it is being made
    is_begun = False
    for part in _parts(make()):
        rows = b",".join(line.rstrip() for line in json_lines(part))
        yield b"," + rows if rows and is_begun else rows
        is_begun = is_begun or bool(rows)
    yield b"]"


def _jsonl(make: Make, _about: About) -> Iterator[bytes]:
    for part in _parts(make()):
        yield b"".join(json_lines(part))


def _hxl(make: Make, _about: About) -> Iterator[bytes]:
    counted = with_outcomes(_whole(make()))
    yield csv_text(counted, hashtags(counted.columns)).encode()


def _excel(make: Make, about: About) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        path = Path(folder) / "table.xlsx"
        write_excel(_whole(make()), path, convention=about.convention, about=about.lines)
        yield path.read_bytes()


def _whole(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True)


def _parts(tables: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The rows of tables, in parts; one part without rows for a table that has none."""
    return (
        table.iloc[begin : begin + AT_A_TIME] for table in tables for begin in range(0, max(len(table), 1), AT_A_TIME)
    )


FORMATS = {
    "csv": Format("text/csv; charset=utf-8", _csv),
    "json": Format("application/json", _json),
    "jsonl": Format("application/jsonl", _jsonl),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _excel),
    "hxl.csv": Format("text/csv; charset=utf-8", _hxl, figures_only=True),
}
"""By the suffix of the address."""


def serve(app: Flask, data: Data) -> None:
    """Add the API to an app."""
    api = Blueprint("api", "dashboard.web.api", url_prefix=PATH)

    @api.get("/openapi.json")
    def describe() -> Response:
        return _answer(orjson.dumps(_description()), "application/json", _etag(__version__))

    @api.get("/<path:name>")
    def table(name: str) -> Response:
        view, _, ending = name.partition(".")
        kind = FORMATS.get(ending)
        if view not in VIEWS or kind is None or (kind.figures_only and view != "figures"):
            known = f"there are {', '.join(VIEWS)}, each as .csv, .json, .jsonl or .xlsx, and figures.hxl.csv"
            return _wrong(f"there is no {view}.{ending}: {known}"[:1000], 404)
        try:
            question = api_query.read(view, request.args.to_dict(flat=False))
        except TrackerError as error:
            return _wrong(str(error), 400)
        tag = _etag(data.store.name, data.store.revision(), __version__, view, ending, question)
        if request.if_none_match.contains_weak(tag):
            return _answer(b"", kind.media_type, tag, 304)
        about = _about(view, question, request.full_path, data.names)
        parts = kind.write(lambda: _table(data, view, question), about)
        try:
            begin = next(parts)
        except TrackerError as error:  # more rows than an Excel sheet can hold
            return _wrong(str(error), 400)
        answer = _answer(chain([begin], parts), kind.media_type, tag)
        answer.headers["Content-Disposition"] = f'{_place(ending)}; filename="{view}.{ending}"'
        return answer

    app.register_blueprint(api)


def _about(view: str, question: Question, address: str, names: Mapping[str, str]) -> About:
    """What a file says of itself, if its format has a place for it. `names`: of conflicts."""
    convention = load_convention(question.convention or None)
    lines = {
        "Table": f"{view}: {VIEWS[view]}",
        "In view": phrase(question.asked.filters, names),
        "Rules for low, best and high": convention.name,
        "Address": address.rstrip("?"),
        "Made on": dt.datetime.now(dt.UTC).date().isoformat(),
        "Citation": f"Casualty Tracker {__version__}. Figures as reported by the sources named with each.",
    }
    return About(lines, convention)


def _place(ending: str) -> str:
    return "inline" if ending == "json" else "attachment"


def _table(data: Data, view: str, question: Question) -> Iterator[pd.DataFrame]:
    snapshot, asked = data.snapshot(), question.asked
    if view == "figures":
        end = None if question.limit is None else question.offset + question.limit
        stored = rows(data, asked, question.offset, end)
        places = data.index(snapshot).get_indexer(pd.Index(stored["figure_id"]))
        shown = snapshot.tables.figures.take(places[places >= 0]).reset_index(drop=True)
        yield bounded(shown, load_convention(question.convention or None))
    else:
        yield from tables_of(snapshot.tables, view, asked.filters, question.convention, question.on)


def _etag(*parts: Any) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _answer(content: bytes | Iterable[bytes], media_type: str, tag: str, status: int = 200) -> Response:
    if not isinstance(content, bytes) and request.accept_encodings.quality("gzip") > 0:
        answer = Response(_packed(content), status=status, content_type=media_type)
        answer.headers["Content-Encoding"] = "gzip"
    else:
        answer = Response(content, status=status, content_type=media_type)
    answer.set_etag(tag, weak=True)  # weak: compressed and plain answers hold the same rows
    answer.headers["Cache-Control"] = "no-cache"  # cached, but revalidated: the store may have changed
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _packed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts compressed, each so that it can be read as soon as it has arrived."""
    press = zlib.compressobj(LEVEL, wbits=31)  # with the head of gzip
    for part in parts:
        yield press.compress(part) + press.flush(zlib.Z_SYNC_FLUSH)
    yield press.flush()


def _wrong(what: str, status: int) -> Response:
    return Response(orjson.dumps({"error": what}) + b"\n", status=status, content_type="application/json")


@cache
def _description() -> dict[str, Any]:
    return description(VIEWS, {name: kind.media_type for name, kind in FORMATS.items()})
