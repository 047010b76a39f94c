"""HXL: the hashtags, and what libhxl, the tool that people use, says of them."""

from __future__ import annotations

import csv
import io

import pytest
from made_figures import FIGURE, figure

from tracker.export import write_tagged
from tracker.export.hxl import HASHTAGS, OUTCOME_HASHTAGS, hashtags, with_outcomes
from tracker.model import COLUMNS, Outcome, TrackerError
from tracker.timelines.columns import frame

hxl = pytest.importorskip("hxl")

TABLE = frame(
    [
        figure("f1"),
        figure("f2", best=9000),
        figure("f3", outcome=Outcome.INJURED, value=None, date="2012-03", published="2012-03-26T10:30:00Z"),
        figure("f4", outcome=Outcome.INJURED, value=12, date="2012", quote="=1+1"),
        figure("f5", date=None, published=None, place="Homs", country=None),
    ]
)


def tagged(tmp_path, table):
    path = tmp_path / "t.csv"
    write_tagged(table, path)
    return path


def read(path):
    return hxl.data(str(path), hxl.InputOptions(allow_local=True))


def test_every_column_and_every_outcome_has_a_hashtag_of_its_own():
    assert tuple(HASHTAGS) == COLUMNS
    assert tuple(OUTCOME_HASHTAGS) == tuple(Outcome)
    tags = [*HASHTAGS.values(), *OUTCOME_HASHTAGS.values()]
    assert len({frozenset(tag.split("+")) for tag in tags}) == len(tags)


@pytest.mark.parametrize(
    ("column", "hashtag"),
    [
        ("published", "#date+reported"),
        ("date", "#date+occurred"),
        ("country", "#country+code+v_iso3"),
        ("place", "#loc+name"),
        ("url", "#meta+url"),
        ("killed", "#affected+killed+num"),
        ("injured", "#affected+injured+num"),
        ("displaced", "#affected+displaced+num"),
        ("unheard-of", ""),
    ],
)
def test_hashtags_that_tools_look_for(column, hashtag):
    assert hashtags([column]) == [hashtag]


def test_only_hashtags_of_the_core_dictionary_are_used():
    core = "affected cause country crisis date description group indicator loc meta status".split()
    used = {tag.lstrip("#").split("+")[0] for tag in [*HASHTAGS.values(), *OUTCOME_HASHTAGS.values()]}
    assert used <= set(core)


def test_each_outcome_has_a_column_with_the_best_number_or_the_one_that_is_stated():
    counted = with_outcomes(TABLE)
    assert tuple(counted.columns) == (*COLUMNS, "killed", "injured")
    assert counted["killed"].fillna(-1).tolist() == [9100, 9000, -1, -1, 9100]
    assert counted["injured"].fillna(-1).tolist() == [-1, -1, -1, 12, -1]
    assert str(counted["killed"].dtype) == "Int64"


def test_the_second_row_holds_the_hashtags(tmp_path):
    header, tags, first, *_ = csv.reader(io.StringIO(tagged(tmp_path, TABLE).read_text(encoding="utf-8"), newline=""))
    assert header == [*COLUMNS, "killed", "injured"]
    assert tags == hashtags(header)
    assert first[0] == "f1"


def test_libhxl_reads_and_validates_it(tmp_path):
    source = read(tagged(tmp_path, TABLE))
    assert [column.header for column in source.columns] == [*COLUMNS, "killed", "injured"]
    found = []
    assert hxl.schema(None, callback=found.append).validate(source), [str(issue) for issue in found]
    assert found == []
    assert read(tmp_path / "t.csv").validate()


def test_libhxl_counts_by_it(tmp_path):
    counted = read(tagged(tmp_path, TABLE)).count("#country+code", "sum(#affected+killed+num)")
    assert [row.values for row in counted] == [["", 9100], ["SYR", 18100]]


def test_the_validator_would_see_what_is_wrong(tmp_path):
    path = tagged(tmp_path, TABLE)
    path.write_text(
        path.read_text(encoding="utf-8").replace("2012-03,month", "soon,month").replace(",2012-03,", ",soon,")
    )
    assert not read(path).validate()


def test_the_command_line_validator_takes_the_samples(tmp_path, sample_figures):
    from hxl.scripts import hxlvalidate_main

    path = tagged(tmp_path, sample_figures)
    said = io.StringIO()
    with path.open("rb") as file:
        code = hxlvalidate_main(["--error-level", "warning"], file, said)
    assert (code, said.getvalue().splitlines()[1:]) == (0, ["0 error(s), 0 warnings", "Validation succeeded."])


def test_a_format_without_use_for_hashtags_is_refused(tmp_path):
    with pytest.raises(TrackerError, match=r"\.jsonl cannot be written with HXL hashtags: use \.csv or \.xlsx"):
        write_tagged(frame([FIGURE]), tmp_path / "t.jsonl")
