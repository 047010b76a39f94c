"""The data package, and what frictionless says of it."""

from __future__ import annotations

import json
import os

import pytest
from made_figures import FIGURE, figure

from tracker.export import csv_text, write_package
from tracker.export.package import descriptor, table_schema
from tracker.model import COLUMNS, TrackerError
from tracker.timelines.columns import frame
from tracker.timelines.schema import SCHEMA

WITH_PART = [FIGURE, figure("f2", part_of="f1", quote="=more than 9,100", title="+1", figure="-1")]


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def problems(folder):
    """What `frictionless validate` finds wrong: nothing in a package that is right."""
    from frictionless import validate

    report = validate(str(folder / "datapackage.json"))
    assert len(report.tasks) == 1
    return [] if report.valid else report.flatten(["fieldName", "type"])


def changed(folder, old, new):
    """The package with other data, described as it is."""
    data = (folder / "figures.csv").read_bytes().replace(old, new)
    (folder / "figures.csv").write_bytes(data)
    stated = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for name in ("bytes", "hash"):
        del stated["resources"][0][name]
    (folder / "datapackage.json").write_text(json.dumps(stated), encoding="utf-8")
    return problems(folder)


def test_a_package_passes_frictionless(tmp_path):
    write_package(frame(WITH_PART), tmp_path / "p")
    assert files(tmp_path / "p") == ["datapackage.json", "figures.csv"]
    assert problems(tmp_path / "p") == []
    assert files(tmp_path) == ["p"]


def test_the_samples_pass_frictionless(tmp_path, sample_figures):
    write_package(sample_figures, tmp_path / "p")
    assert problems(tmp_path / "p") == []


def test_no_figures_are_a_package_too(tmp_path):
    write_package(frame([]), tmp_path / "p")
    assert problems(tmp_path / "p") == []


@pytest.mark.parametrize(
    ("old", "new", "field", "kind"),
    [
        (b",killed,", b",dead,", "outcome", "constraint-error"),
        (b",9101,", b",many,", "low", "type-error"),
        (b",9101,", b",-1,", "low", "constraint-error"),
        (b",SYR,", b",Syria,", "country", "constraint-error"),
        (b",2012-03-26,day", b",26.3.2012,day", "date", "constraint-error"),
        (b",0.9,", b",1.9,", "confidence", "constraint-error"),
        (b"f2,a1", b"f1,a1", "figure_id", "unique-error"),
        (b",f1,The", b",f9,The", None, "foreign-key"),
        (b",claimed-lives,", b",,", "rule", "constraint-error"),
    ],
)
def test_the_schema_refuses_what_is_wrong(tmp_path, old, new, field, kind):
    write_package(frame(WITH_PART), tmp_path / "p")
    assert [field, kind] in changed(tmp_path / "p", old, new)


def test_a_package_of_two_halves_shows(tmp_path):
    write_package(frame(WITH_PART), tmp_path / "p")
    (tmp_path / "p" / "figures.csv").write_text(csv_text(frame([FIGURE])), encoding="utf-8", newline="")
    assert [kind for _, kind in problems(tmp_path / "p")] == ["hash-count", "byte-count"]


def test_a_part_whose_total_was_filtered_away_keeps_its_part_of(tmp_path):
    part = frame(WITH_PART[1:])
    assert "foreignKeys" in table_schema(frame(WITH_PART))
    assert "foreignKeys" not in table_schema(part)
    write_package(part, tmp_path / "p")
    assert problems(tmp_path / "p") == []


def test_the_schema_says_what_is_known_of_each_column():
    fields = table_schema(frame([FIGURE]))["fields"]
    assert [field["name"] for field in fields] == list(COLUMNS)
    by_name = {field["name"]: field for field in fields}
    assert by_name["value"]["type"] == "integer"
    assert by_name["confidence"]["constraints"] == {"required": True, "minimum": 0, "maximum": 1}
    assert by_name["outcome"]["constraints"]["enum"] == list(SCHEMA["outcome"].words)
    assert by_name["figure_id"]["constraints"] == {"required": True, "unique": True}
    assert by_name["date"]["constraints"]["pattern"]
    assert all(field["description"] for field in fields)


def test_publishers_and_reference_works_are_the_sources():
    stated = descriptor(frame([FIGURE, figure("f2", publisher="Another"), figure("f3", publisher="")]), b"")
    assert [source["title"] for source in stated["sources"]][:2] == ["Another", "The Daily"]
    assert any("GeoNames" in source["title"] for source in stated["sources"])
    assert all(source["title"] for source in stated["sources"])
    assert stated["licenses"][0]["name"]


def test_an_older_package_is_replaced_and_other_files_in_it_stay(tmp_path):
    folder = tmp_path / "p"
    write_package(frame([FIGURE]), folder)
    (folder / "analysis.R").write_text("mine")
    write_package(frame(WITH_PART), folder)
    assert files(folder) == ["analysis.R", "datapackage.json", "figures.csv"]
    assert problems(folder) == []
    assert (folder / "figures.csv").read_text(encoding="utf-8").count("\n") == 3


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "p").mkdir()
    write_package(frame([FIGURE]), tmp_path / "p")
    assert problems(tmp_path / "p") == []


@pytest.mark.parametrize(
    "content",
    ['{"name": "somebody else\'s"}', "[1]", "{broken", '{"generator": "other"}', "[" * 100_000, b"\xff\xfe"],
    ids=lambda content: str(content[:12]),
)
def test_a_folder_that_holds_other_things_is_refused_and_left_as_it_is(tmp_path, content):
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "datapackage.json").write_bytes(data)
    with pytest.raises(TrackerError, match="holds other files: name a new folder"):
        write_package(frame([FIGURE]), tmp_path)
    assert files(tmp_path) == ["datapackage.json"]
    assert (tmp_path / "datapackage.json").read_bytes() == data


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path):
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "file" / "p", tmp_path / "no" / "p"):
        with pytest.raises(TrackerError, match=r"cannot be written: \w"):
            write_package(frame([FIGURE]), place)
    assert files(tmp_path) == ["file"]


def test_an_interruption_leaves_nothing_half_done(tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_package(frame([FIGURE]), tmp_path / "p")
    assert files(tmp_path) == []
