"""The HTTP API without a browser: its answers agree with the store."""

from __future__ import annotations

import csv
import gzip
import io
import json

import pytest
from jsonschema import Draft202012Validator
from made_figures import ARTICLE, FIGURE, figure
from openpyxl import load_workbook

import tracker
from dashboard.app import create_app
from dashboard.web import api
from dashboard.web.api import FORMATS, VIEWS
from tracker.export import csv_text
from tracker.model import Cause, Outcome, Scope
from tracker.review.review import Action, Decision, Reviews
from tracker.store.store import Store

FIGURES = [
    FIGURE,
    figure("f2", start=1, outcome=Outcome.INJURED, value=12, scope=Scope.INCIDENT, date="2012-04-01", place="=cmd()"),
    figure("f3", start=2, conflict="sudan", source_name="OHCHR", date="2023-05", date_precision="month"),
    figure("f4", start=3, cause=Cause.ACCIDENT),
    figure("f5", start=4, value=9500, date="2012-05-01", source_name="Government", quote="Another “sentence” here."),
    figure("f6", start=5, value=9900, date="2012-06-01", source_name="opposition"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store that no test changes."""
    with Store.open(tmp_path_factory.mktemp("made") / "store.db") as opened:
        opened.add(ARTICLE, FIGURES)
        yield opened


@pytest.fixture(scope="module")
def client(store):
    return create_app(store).server.test_client()


def ids(client, query=""):
    answer = client.get(f"/api/figures.json{query}")
    assert answer.status_code == 200, answer.text
    return [row["figure_id"] for row in answer.json]


def test_figures_are_those_of_the_store(client, store):
    assert client.get("/api/figures.csv").text == csv_text(tracker.timeline(store).figures)
    assert sorted(ids(client)) == ["f1", "f2", "f3", "f5", "f6"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?conflict=sudan", ["f3"]),
        ("?conflict=syria&conflict=sudan&outcome=killed", ["f1", "f5", "f6", "f3"]),
        ("?outcome=injured", ["f2"]),
        ("?cause=all", ["f4", "f1", "f2", "f5", "f6", "f3"]),
        ("?since=2012-04&until=2012-05", ["f2", "f5"]),
        ("?find=another+sent", ["f5"]),
        ("?sort=-value&outcome=killed&conflict=syria", ["f6", "f5", "f1"]),
        ("?sort=value&limit=1&offset=1", ["f1"]),
        ("?status=rejected", []),
        ('?where=[["place","contains","CMD"]]', ["f2"]),
        ('?where=[["value","greaterThanOrEqual","9500"],["source_name","startsWith","gov"]]', ["f5"]),
    ],
)
def test_filters_are_those_of_the_pages(client, query, expected):
    assert ids(client, query) == expected


@pytest.mark.parametrize(("name", "view"), [("claims", "claims"), ("timeline", "totals"), ("incidents", "incidents")])
def test_what_is_made_of_the_figures_is_what_the_command_line_prints(client, store, name, view):
    wanted = csv_text(tracker.timeline(store, conflict="syria").view(view).assign(convention="ucdp"))
    assert client.get(f"/api/{name}.csv?conflict=syria").text == wanted
    rows = list(csv.DictReader(io.StringIO(wanted)))
    assert len(client.get(f"/api/{name}.json?conflict=syria").json) == len(rows) > 0


def test_no_text_of_an_article_is_a_formula(client):
    assert "'=cmd()" in client.get("/api/figures.csv").text
    assert client.get("/api/figures.json?outcome=injured").json[0]["place"] == "=cmd()"


def test_hxl_and_excel_are_there(client):
    tags = client.get("/api/figures.hxl.csv").text.splitlines()[1]
    assert tags.startswith("#meta+id,")
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(client.get("/api/figures.xlsx?conflict=sudan").data))
    assert [row[0].value for row in book["figures"].iter_rows(min_row=2)] == ["f3"]


def test_an_etag_holds_until_the_store_changes(tmp_path):
    store = Store.open(tmp_path / "store.db")
    store.add(ARTICLE, FIGURES)
    client = create_app(store).server.test_client()
    first = client.get("/api/figures.csv?conflict=syria")
    tag = first.headers["ETag"]
    again = client.get("/api/figures.csv?conflict=syria", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/api/figures.csv", headers={"If-None-Match": tag}).status_code == 200  # another request
    Reviews(store).decide(Decision("f1", Action.REJECT, "anna"))
    after = client.get("/api/figures.csv?conflict=syria", headers={"If-None-Match": tag})
    assert after.status_code == 200
    assert "f1" not in after.text
    assert "f1" in ids(client, "?status=rejected")
    store.close()


def test_answers_are_compressed_for_who_can_read_that(client):
    plain = client.get("/api/figures.json?cause=all")
    packed = client.get("/api/figures.json?cause=all", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data)
    again = client.get(
        "/api/figures.json?cause=all", headers={"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "gzip"}
    )
    assert again.status_code == 304


def test_an_answer_begins_before_its_table_is_made(client, monkeypatch):
    made, make = [], api._table
    monkeypatch.setattr(api, "_table", lambda *asked: made.append(asked) or make(*asked))
    parts = client.get("/api/timeline.json?conflict=syria").iter_encoded()
    assert (next(parts), made) == (b"[", [])
    assert json.loads(b"[" + b"".join(parts)) == client.get("/api/timeline.json?conflict=syria").json


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl"])
def test_what_is_sent_in_parts_is_the_same_whole(client, monkeypatch, ending):
    whole = client.get(f"/api/figures.{ending}?cause=all").text
    monkeypatch.setattr(api, "AT_A_TIME", 1)
    assert client.get(f"/api/figures.{ending}?cause=all").text == whole
    packed = client.get(f"/api/figures.{ending}?cause=all", headers={"Accept-Encoding": "gzip"}).data
    assert gzip.decompress(packed).decode() == whole
    nothing = client.get(f"/api/figures.{ending}?source=nobody").text
    assert nothing in ("[]", "", whole.partition("\n")[0] + "\n")


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("figures.csv?conflit=syria", "did you mean conflict?"),
        ("figures.csv?outcome=eaten", "outcome: 'eaten' is none of killed"),
        ("figures.csv?since=yesterday", "since: 'yesterday' is not a date"),
        ("figures.csv?limit=-1", "limit: '-1' is no whole number"),
        ("figures.csv?limit=1&limit=2", "limit stands there 2 times"),
        ("figures.csv?sort=colour", "sort: 'colour' is none of"),
        ("figures.csv?convention=mine", "convention: 'mine' is none of"),
        ("figures.csv?find=" + "x" * 2400, "find is longer than"),
        ("figures.csv?where=x", "where: is not a list of conditions"),
        ('figures.csv?where=[["place","eats","x"]]', "where: has a condition of an unknown column or test"),
        ("claims.csv?find=x", "claims has no parameter 'find'"),
        ("says.json?on=x", "on: 'x' is not a date"),
    ],
)
def test_a_wrong_parameter_is_told_in_one_line(client, path, what):
    answer = client.get(f"/api/{path}")
    assert (answer.status_code, answer.content_type) == (400, "application/json")
    assert what in answer.json["error"]
    assert answer.text.count("\n") == 1


@pytest.mark.parametrize("path", ["figures.pdf", "nothing.csv", "claims.hxl.csv", "figures.csv/../x"])
def test_what_is_not_there_says_what_is(client, path):
    answer = client.get(f"/api/{path}")
    assert answer.status_code == 404
    assert "there are figures, claims" in answer.json["error"]


@pytest.mark.parametrize("words", ['"', "'; drop table figures; --", "a OR b*", "%00x", "%F0%9F%98%80"])
def test_no_search_breaks_it(client, words):
    assert client.get(f"/api/figures.json?find={words}").status_code in (200, 400)


def test_the_description_is_openapi_and_true(client):
    """The answers fit the schemas, and the paths and parameters are the real ones."""
    described = client.get("/api/openapi.json").json
    assert described["openapi"].startswith("3.1")
    wanted = {f"/api/{view}.{ending}" for view in VIEWS for ending, kind in FORMATS.items() if not kind.figures_only}
    assert set(described["paths"]) == wanted | {"/api/figures.hxl.csv"}
    for path, item in described["paths"].items():
        operation = item["get"]
        names = [one["name"] for one in operation["parameters"]]
        assert len(names) == len(set(names))
        for one in operation["parameters"]:
            Draft202012Validator.check_schema(one["schema"])
        assert client.get(path).status_code == 200, path
    assert len({item["get"]["operationId"] for item in described["paths"].values()}) == len(described["paths"])
    schemas = described["components"]["schemas"]
    for view in VIEWS:
        rows = client.get(f"/api/{view}.json?conflict=syria").json
        schema = {"type": "array", "items": schemas[view]}
        Draft202012Validator.check_schema(schema)
        errors = [error.message for error in Draft202012Validator(schema).iter_errors(rows)]
        assert rows, view
        assert errors == [], view
    json.dumps(described)


def test_an_excel_file_says_what_it_holds_and_by_which_rules(client):
    book = load_workbook(io.BytesIO(client.get("/api/timeline.xlsx?outcome=killed").data))
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert about["In view"] == "People killed"
    assert about["Address"] == "/api/timeline.xlsx?outcome=killed"
    assert about["Rules for low, best and high"]
    book = load_workbook(io.BytesIO(client.get("/api/figures.xlsx?convention=acled").data))
    assert 'The convention is "acled"' in str([row[1].value for row in book["notes"].iter_rows()])


def test_what_was_counted_per_month_is_a_table_of_its_own(client):
    (row,) = [
        one
        for one in csv.DictReader(io.StringIO(client.get("/api/monthly.csv?conflict=syria").text))
        if one["source_name"] == "opposition"
    ]
    assert (row["start"], row["end"], row["rise"]) == ("2012-03-26", "2012-06-01", "800")


@pytest.mark.parametrize("view", ["claims", "timeline", "monthly", "incidents"])
def test_files_of_series_name_the_convention_in_their_last_column(client, view):
    for asked, said in (("", "ucdp"), ("?convention=acled", "acled")):
        header, *rows = csv.reader(io.StringIO(client.get(f"/api/{view}.csv{asked}").text))
        assert header[-1] == "convention"
        assert {row[-1] for row in rows} == {said}
