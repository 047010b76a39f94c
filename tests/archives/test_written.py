"""What a worker writes appears when it is complete, or not at all."""

from __future__ import annotations

import fsspec
import pytest

from tracker.archives.cluster import _written


@pytest.fixture(params=["a local folder", "a remote one"])
def folder(request, tmp_path):
    return str(tmp_path) if request.param == "a local folder" else f"memory://{tmp_path}"


def names(folder):
    filesystem, path = fsspec.core.url_to_fs(folder)
    return [name.rpartition("/")[2] for name in filesystem.find(path)]


def write(folder, *, fails):
    with _written(folder, "a.parquet") as stream:
        stream.write(b"figures")
        assert "a.parquet" not in names(folder)
        if fails:
            raise RuntimeError("the worker is lost")


def test_what_is_complete_appears(folder):
    write(folder, fails=False)
    assert names(folder) == ["a.parquet"]


def test_of_what_fails_nothing_is_left(folder):
    with pytest.raises(RuntimeError, match="the worker is lost"):
        write(folder, fails=True)
    assert names(folder) == []
