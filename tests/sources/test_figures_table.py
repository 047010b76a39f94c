"""Tables of figures read again: what was exported comes back, and what is wrong in a row is named."""

from __future__ import annotations

import csv
import dataclasses
import gzip
import io
import json

import pytest
from examples import examples
from growth import no_hang
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_figures import FIGURE, figure

from tracker.export import csv_text, write, write_tagged
from tracker.model import COLUMNS, InputError, Outcome, Status
from tracker.sources import Figures, Note, read_figures, read_items
from tracker.store.store import Store
from tracker.timelines.columns import frame, in_order
from tracker.timelines.schema import NEEDED

EXPORTS = ("t.csv", "t.jsonl", "t.parquet", "t.xlsx")

MADE = [
    FIGURE,
    figure("f2", outcome=Outcome.INJURED, value=None, date="2012-03", date_precision="month", victims=None),
    figure("f3", article_id="a2", status=Status.ACCEPTED, quote="=more than 9,100", published="2012-03-26T10:30:00Z"),
]


def read(path):
    """The figures in a file, and the words of notes and errors without the folder."""
    figures, said = [], []
    for item in read_items([path], read_figures):
        if isinstance(item, Figures):
            figures += item.figures
        else:
            kind = "note: " if isinstance(item, Note) else ""
            assert isinstance(item, Note | InputError), item
            said.append(kind + str(item).replace(f"{path}, ", "", 1).replace(f"{path}: ", "", 1))
    return figures, said


def table_of(rows, header=COLUMNS, **how):
    """A CSV text of rows given as dicts of texts."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, lineterminator="\n", extrasaction="ignore", **how)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def rows_of(figures):
    return list(csv.DictReader(io.StringIO(csv_text(frame(figures)), newline="")))


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_is_read_again(tmp_path, name):
    write(frame(MADE), tmp_path / name)
    assert read(tmp_path / name) == (MADE, [])


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_so_is_one_with_hashtags(tmp_path, name):
    write_tagged(frame(MADE), tmp_path / name)
    assert read(tmp_path / name) == (MADE, [])


def as_excel_saves_it(text):
    return b"\xef\xbb\xbf" + text.replace(",", ";").replace("\n", "\r\n").encode()


NO_COMMAS = [
    figure("f1", figure="9100", quote="9100 dead", title="Zürich"),
    figure("f2", article_id="a2", figure="9100", quote="=9100 dead"),
]


@pytest.mark.parametrize(
    "saved",
    [
        as_excel_saves_it,
        lambda text: text.replace(",", "\t").encode("utf-16"),
        lambda text: gzip.compress(text.encode()),
        lambda text: text.replace(",0.9,", ',"0,9",').replace(",9101,", ",9101.0,").encode(),
        lambda text: text.replace("figure_id", "Figure_ID ").encode(),
    ],
    ids=["excel", "unicode text", "gzip", "decimal comma", "header in capitals"],
)
def test_tables_that_other_programs_saved_again(tmp_path, saved):
    content = saved(csv_text(frame(NO_COMMAS)))
    path = tmp_path / ("t.csv.gz" if content[:2] == b"\x1f\x8b" else "t.csv")
    path.write_bytes(content)
    assert read(path) == (NO_COMMAS, [])


HUGE = "9" * 10_000_000


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({"value": "abc"}, "value is no whole number: 'abc'"),
        ({"value": "9.5"}, "value is no whole number: '9.5'"),
        ({"value": "9,100"}, "value is no whole number: '9,100'"),
        ({"value": "9,000"}, "value is no whole number: '9,000'"),
        ({"value": "100.000"}, "value is no whole number: '100.000'"),
        ({"value": HUGE}, f"value is a number of more than 64 bits: '{'9' * 40}…'"),
        ({"value": str(2**63)}, "value is a number of more than 64 bits: '9223372036854775808'"),
        ({"confidence": "high"}, "confidence is no number: 'high'"),
        ({"confidence": "nan"}, "confidence is no number: 'nan'"),
        ({"period_start": "2012-13-45"}, "period_start is no date like 2012-03-26, 2012-03 or 2012: '2012-13-45'"),
        ({"status": "ok"}, "status is none of extracted, accepted, corrected, rejected: 'ok'"),
        ({"figure": " "}, "figure is empty"),
        ({"start": "", "end": ""}, "end, start are empty"),
        ({"value": "x", "low": "y"}, "value is no whole number: 'x'; low is no whole number: 'y'"),
        ({"figure_id": ""}, "figure_id is empty"),
        ({"figure_id": "f1", "value": "3"}, "figure_id 'f1' stands in line 2 with other content"),
    ],
    ids=lambda what: str(what)[:60],
)  # fmt: skip
def test_a_row_that_is_wrong_is_told_in_one_line_and_the_others_are_read(tmp_path, cells, what):
    rows = rows_of(MADE)
    rows[1] |= cells
    (tmp_path / "t.csv").write_text(table_of(rows), encoding="utf-8")
    with no_hang():
        figures, said = read(tmp_path / "t.csv")
    assert [one.figure_id for one in figures] == ["f1", "f3"]
    assert said == [f"line 3: {what}"]


def test_the_largest_number_that_is_stored_is_read(tmp_path):
    rows = rows_of([figure("f1", value=2**63 - 1)])
    (tmp_path / "t.csv").write_text(table_of(rows), encoding="utf-8")
    assert read(tmp_path / "t.csv")[0][0].value == 2**63 - 1


def test_a_quote_that_excel_had_no_room_for_does_not_lose_the_figure(tmp_path):
    long = figure("f1", quote="x" * 40_000 + " more than 9,100")
    write(frame([long]), tmp_path / "t.xlsx")
    [found], said = read(tmp_path / "t.xlsx")
    assert (found.value, found.quote[-7:], said) == (9100, "… [cut]", [])


def test_the_same_row_twice_is_one_figure(tmp_path):
    (tmp_path / "t.csv").write_text(table_of(rows_of(MADE) * 2), encoding="utf-8")
    assert read(tmp_path / "t.csv") == (MADE, [])


def test_columns_that_are_not_known_are_noted_and_left_out(tmp_path):
    rows = [row | {"colour": "red", "": "x"} for row in rows_of(MADE)]
    (tmp_path / "t.csv").write_text(table_of(rows, [*COLUMNS, "colour", ""]), encoding="utf-8")
    assert read(tmp_path / "t.csv") == (MADE, ["note: columns not known, left out: colour, (without name)"])


@pytest.mark.parametrize("lacking", NEEDED[1:])  # without figure_id it is no table of figures
def test_a_column_that_every_figure_fills_must_be_there(tmp_path, lacking):
    (tmp_path / "t.csv").write_text(table_of(rows_of(MADE), [name for name in COLUMNS if name != lacking]), "utf-8")
    assert read(tmp_path / "t.csv") == ([], [f"is a table of figures without the columns {lacking}"])


def test_other_columns_may_be_missing(tmp_path):
    (tmp_path / "t.csv").write_text(table_of(rows_of([FIGURE]), NEEDED), encoding="utf-8")
    ((read_again,), said) = read(tmp_path / "t.csv")
    assert said == []
    assert (read_again.quote, read_again.value, read_again.title) == (FIGURE.quote, None, "")
    assert (read_again.language, read_again.status) == ("en", Status.EXTRACTED)


def test_a_line_in_another_encoding_is_read_and_noted(tmp_path):
    made = [dataclasses.replace(one, title="Zürich – café") for one in MADE]
    lines = csv_text(frame(made)).encode().split(b"\n")
    lines[2] = lines[2].decode().encode("cp1252")
    (tmp_path / "t.csv").write_bytes(b"\n".join(lines))
    note = "note: line 3: is not in UTF-8: read as Western European (cp1252)"
    assert read(tmp_path / "t.csv") == (made, [note])


def test_rows_that_are_none(tmp_path):
    good, *_ = table_of(rows_of([FIGURE])).split("\n")[1:]
    lines = [",".join(COLUMNS), good, "x" + "," * 40, "only,three,cells", "", good.replace("f1", "f2")]
    (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
    figures, said = read(tmp_path / "t.csv")
    assert [one.figure_id for one in figures] == ["f1", "f2"]
    assert said == [
        "line 3: has 41 cells, but the header 35",
        "line 4: cause, confidence, end, field, figure, outcome and 7 more are empty",
    ]


def test_one_article_described_in_two_ways_is_noted(tmp_path):
    made = [FIGURE, figure("f2", publisher="Another")]
    write(frame(made), tmp_path / "t.csv")
    what = "article a1 has another publisher or published or title or url or language than before: the first is kept"
    figures, said = read(tmp_path / "t.csv")
    assert len(figures) == 2
    assert said == [f"note: line 3: {what}"]


TOO_LONG = "Exceeds the limit (4300 digits) for integer string conversion"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{broken", "line 2: is not JSON (Expecting property name enclosed in double quotes at column 2)"),
        ("[1]", "line 2: is not an object"),
        ('{"figure_id": ["f9"]}', "line 2: figure_id is neither text nor a number"),
        ('{"figure_id": true}', "line 2: figure_id is neither text nor a number"),
        ('{"value": ' + "9" * 5000 + "}", f"line 2: is not JSON ({TOO_LONG})"),
        ('{"title": "An article."}', "line 2: article_id, cause, confidence, end, field, figure and 9 more are empty"),
    ],
    ids=lambda text: text[:30],
)  # fmt: skip
def test_lines_of_json_that_are_none(tmp_path, line, what):
    write(frame(MADE), tmp_path / "t.jsonl")
    first, *others = (tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "t.jsonl").write_text("\n".join([first, line, *others]), encoding="utf-8")
    assert read(tmp_path / "t.jsonl") == (MADE, [what])


def test_the_first_lines_of_json_may_be_wrong_too(tmp_path):
    write(frame(MADE), tmp_path / "t.jsonl")
    lines = (tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()
    less = {name: cell for name, cell in json.loads(lines[0]).items() if name != "quote"}
    (tmp_path / "t.jsonl").write_text("\n".join(["{broken", "", json.dumps(less), *lines]), encoding="utf-8")
    assert read(tmp_path / "t.jsonl") == (
        MADE,  # a row that is wrong does not keep out the right one with the same figure_id
        [
            "line 1: is not JSON (Expecting property name enclosed in double quotes at column 2)",
            "line 3: figure does not stand in quote; quote is empty",
        ],
    )


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("t.csv", ",".join(COLUMNS).encode(), "holds no figures"),
        ("t.csv", (",".join(COLUMNS) + "\n#meta+id,#date\n").encode(), "holds no figures"),
        ("t.xlsx", b"", "cannot be read: it is damaged, or not what its name says (BadZipFile)"),
        ("t.xlsx", b"PK\x03\x04 no more", "cannot be read: it is damaged, or not what its name says (BadZipFile)"),
        ("t.parquet", b"PAR1", "is not a whole Parquet file (ArrowInvalid)"),
        ("t.json", b'[{"figure_id": 1}]', "item 1 is a figure, not an article: use JSON Lines or CSV"),
    ],
)  # fmt: skip
def test_files_without_figures(tmp_path, name, content, what):
    (tmp_path / name).write_bytes(content)
    assert read(tmp_path / name) == ([], [what])


def test_a_workbook_and_a_parquet_file_of_other_things(tmp_path):
    for name in ("t.xlsx", "t.parquet"):
        write(frame([FIGURE])[["quote", "value"]], tmp_path / name)
        assert read(tmp_path / name) == (
            [],
            ["holds neither articles (no column text or title) nor figures (no column figure_id)"],
        )


@pytest.mark.parametrize("name", EXPORTS)
def test_those_who_want_articles_are_told_what_it_is(tmp_path, name):
    write(frame(MADE), tmp_path / name)
    (item,) = read_items([tmp_path / name])
    assert isinstance(item, InputError)
    assert item.what == "is a table of figures, not of articles: `tracker add` reads it"


def test_a_table_that_is_merely_met_in_a_folder_is_left_out(tmp_path):
    for name in EXPORTS:
        write(frame(MADE), tmp_path / name)
    items = list(read_items([tmp_path], read_figures))
    assert [(type(item), item.path.rpartition("/")[2]) for item in items] == [
        (Note, "t.csv"),
        (Note, "t.jsonl"),
        (Note, "t.parquet"),
    ]


# What a text of an article can be: any letters, no NUL, and few enough control characters for a file to be text.
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("\t\r\n")
TEXTS = st.text(LETTERS, max_size=30) | st.text("=+-@'\"\t\r\n,;|＝#", max_size=6)
WORDS = TEXTS.filter(str.strip)
NUMBERS = st.none() | st.integers(0, 2**63 - 1)


@st.composite
def figures_of_all_kinds(draw):
    made = []
    for number in range(draw(st.integers(1, 20))):
        words = draw(WORDS)
        about = {name: draw(TEXTS) for name in ("title", "publisher", "url")}
        names = {name: draw(WORDS) for name in ("rule", "article_id")}
        optional = {
            name: draw(st.none() | TEXTS.filter(bool)) for name in ("victims", "source", "source_name", "place")
        }
        values = {"value": draw(NUMBERS), "low": None, "best": None, "high": None}
        confidence = draw(st.floats(0, 1, allow_nan=False).map(abs))
        names["article_id"] += str(number)  # one article says one thing of itself
        made.append(
            figure(f"f{number}", figure=words, quote=draw(TEXTS) + words + draw(TEXTS), confidence=confidence,
                   **about, **names, **optional, **values)
        )  # fmt: skip
    return made


# few examples of many figures: an export costs the same for one figure and for twenty
@settings(max_examples=examples(12), suppress_health_check=list(HealthCheck))
@given(made=figures_of_all_kinds())
def test_export_then_add_then_export_gives_the_same_bytes(tmp_path, made):
    for name in ("t.csv", "t.jsonl", "t.parquet"):
        path = tmp_path / name
        write(in_order(frame(made)), path)
        with Store.open(":memory:") as store:
            for item in read_items([path], read_figures):
                assert isinstance(item, Figures), item
                store.add_figures(item.figures)
            again = in_order(store.frame())
        assert csv_text(again) == csv_text(in_order(frame(made)))
        write(again, tmp_path / f"again-{name}")
        assert (tmp_path / f"again-{name}").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", EXPORTS)
def test_the_samples_come_back_to_the_letter(tmp_path, sample_figures, name):
    write(sample_figures, tmp_path / name)
    with Store.open(":memory:") as store:
        for item in read_items([tmp_path / name], read_figures):
            store.add_figures(item.figures)
        assert csv_text(in_order(store.frame())) == csv_text(sample_figures)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cut=st.integers(0, 4000),
    put=st.binary(max_size=20),
    name=st.sampled_from(["t.csv", "t.jsonl", "t.xlsx", "t.parquet"]),
)
def test_damaged_tables_never_raise(tmp_path, cut, put, name):
    (tmp_path / name).unlink(missing_ok=True)
    write(frame(MADE), tmp_path / name)
    content = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(content[:cut] + put + content[cut + len(put) :])
    for item in read_items([tmp_path / name], read_figures):
        assert isinstance(item, Figures | Note | InputError)
        assert isinstance(item, Figures) or "\n" not in str(item)


def test_many_rows_are_read_batch_by_batch(tmp_path, monkeypatch):
    from tracker.sources import figures_table

    monkeypatch.setattr(figures_table, "BATCH_SIZE", 2)
    rows = rows_of([figure(f"f{number}") for number in range(5)])
    rows[3]["value"] = "x"
    rows.append(rows[0])  # in another batch, and known
    (tmp_path / "t.jsonl").write_text("\n".join(json.dumps(row | {"part_of": None}) for row in rows), encoding="utf-8")
    items = list(read_items([tmp_path / "t.jsonl"], read_figures))
    assert [len(item.figures) if isinstance(item, Figures) else item.line for item in items] == [2, 4, 1, 1]
