"""A file of several tables gives back what was written, or nothing."""

import pandas as pd
import pytest

from tracker.store.table_file import TableFile, write

TABLES = {
    "numbers": pd.DataFrame({"number": pd.array([1, None], "Int64"), "text": pd.array(["a", None], "str")}),
    "days": pd.DataFrame({"day": pd.to_datetime(["2020-01-01", None]).astype("datetime64[us]"), "is": [True, False]}),
    "empty": pd.DataFrame({"text": pd.array([], "str")}),
}


@pytest.fixture
def path(tmp_path):
    with (tmp_path / "tables").open("wb") as stream:
        write(stream, {"revision": 7}, TABLES.items())
    return tmp_path / "tables"


def test_each_table_is_read_as_it_was_written(path):
    file = TableFile.open(path)
    assert file.about == {"revision": 7}
    for name, table in TABLES.items():
        pd.testing.assert_frame_equal(file.get(name), table)
    assert file.get("other") is None


def test_a_damaged_table_is_not_read_and_the_others_are(path):
    content = bytearray(path.read_bytes())
    content[content.index(b"ARROW1") + 200] ^= 1  # in the first table
    path.write_bytes(content)
    file = TableFile.open(path)
    assert file.get("numbers") is None
    pd.testing.assert_frame_equal(file.get("days"), TABLES["days"])


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda content: b"",
        lambda content: content[:10],
        lambda content: content[:-1],
        lambda content: content[:-60] + b"x" * 60,
        lambda content: b"x" + content[1:],
        lambda content: content[:-8] + (2**60).to_bytes(8, "big"),
    ],
)
def test_what_is_no_such_file_holds_no_tables(path, spoilt):
    path.write_bytes(spoilt(path.read_bytes()))
    assert TableFile.open(path) is None


def test_a_file_that_is_not_there_or_is_a_folder_holds_no_tables(tmp_path):
    assert TableFile.open(tmp_path / "none") is None
    assert TableFile.open(tmp_path) is None
