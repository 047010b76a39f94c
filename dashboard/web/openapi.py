"""The OpenAPI description of the API, generated from its tables of parameters and formats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.view.tables import Tables
from dashboard.web.api_query import of_view, schema_of
from dashboard.web.api_tables import tables_of
from tracker import __version__
from tracker.knowledge import load_convention
from tracker.timelines.bounds import bounded
from tracker.timelines.filters import Filters
from tracker.timelines.parsing import parsed
from tracker.timelines.schema import SCHEMA, Column


def description(views: Mapping[str, str], media_types: Mapping[str, str]) -> dict[str, Any]:
    """Return the OpenAPI 3.1 description. `views`: descriptions of the tables; `media_types`: by suffix."""
    typical = Tables(_examples(), dict)
    rows = {name: _row(_table(typical, name)) for name in views}
    paths = {
        f"/api/{name}.{ending}": {"get": _operation(name, what, ending, media_type)}
        for name, what in views.items()
        for ending, media_type in media_types.items()
        if name == "figures" or ending != "hxl.csv"
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Casualty Tracker",
            "version": __version__,
            "description": "Reported casualty figures with who says so, when, where and the very words; and what is "
            "made of them. Every number is what a source was reported to have said. Texts that a spreadsheet would "
            "take for formulas begin with an apostrophe in CSV.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": {**rows, "Error": _ERROR}},
    }


_ERROR = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}


def _operation(view: str, what: str, ending: str, media_type: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if ending == "json":
        schema = {"type": "array", "items": {"$ref": f"#/components/schemas/{view}"}}
    elif ending == "xlsx":
        schema = {}
    told = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
    return {
        "operationId": f"{view}_{ending.replace('.', '_')}",
        "summary": what[:1].upper() + what[1:],
        "parameters": [schema_of(one) for one in of_view(view)],
        "responses": {
            "200": {
                "description": what,
                "headers": {"ETag": {"description": "of this state of the store", "schema": {"type": "string"}}},
                "content": {media_type.partition(";")[0]: {"schema": schema}},
            },
            "304": {"description": "nothing has changed since the ETag in If-None-Match"},
            "400": {"description": "a parameter is wrong: one line says which"} | told,
        },
    }


def _row(table: pd.DataFrame) -> dict[str, Any]:
    cells = {name: _cell(SCHEMA.get(name), table[name]) for name in table.columns}
    return {"type": "object", "properties": cells, "required": list(cells), "additionalProperties": False}


def _table(tables: Tables, name: str) -> pd.DataFrame:
    if name == "figures":
        return bounded(tables.figures, load_convention())
    return pd.concat(tables_of(tables, name, Filters()), ignore_index=True)


def _examples() -> pd.DataFrame:
    """Return example figures from the schema, enough for a row in every table: two totals and an incident."""
    changes = {"figure_id": ["1", "2", "3"], "source_name": ["a", "b", "a"], "scope": ["cumulative"] * 2 + ["incident"]}
    cells = {name: changes.get(name, [column.example] * 3) for name, column in SCHEMA.items()}
    return parsed(cells, 3)[0]


def _cell(column: Column | None, cells: pd.Series[Any]) -> dict[str, Any]:
    """Return the schema of a cell: from the schema of figures, else from the column's type."""
    if pd.api.types.is_bool_dtype(cells.dtype):
        return {"type": ["boolean", "null"]}
    if pd.api.types.is_numeric_dtype(cells.dtype):
        is_whole = pd.api.types.is_integer_dtype(cells.dtype)
        described: dict[str, Any] = {"type": ["integer" if is_whole else "number", "null"]}
    else:
        described = {"type": ["string", "null"]}
    return described | ({"description": column.meaning} if column else {})
