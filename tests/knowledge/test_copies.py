"""The copies of prepared knowledge: they are used while they are true, and nothing depends on them."""

from __future__ import annotations

import os
import time
import tomllib
from pathlib import Path
from typing import Any

import orjson
import pytest

from tracker.knowledge import copies, countries, files
from tracker.knowledge.copies import DAYS, copied
from tracker.knowledge.files import data_folder, prepared

TEXT = 'name = "Tiwintza"\npeople = 500\n[[war]]\nids = ["a", "b"]\n'


def parsed(name: str, text: str) -> dict[str, Any]:
    return copied(name, text.encode(), lambda: tomllib.loads(text))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(copies, "_folder", lambda: tmp_path / "prepared")
    return tmp_path / "prepared"


def fail() -> dict[str, Any]:
    raise AssertionError("the copy was not read")


def test_the_second_time_the_copy_is_read(folder: Path) -> None:
    assert parsed("a.toml", TEXT) == tomllib.loads(TEXT)
    assert copied("a.toml", TEXT.encode(), fail) == tomllib.loads(TEXT)


@pytest.mark.parametrize("changed", [b"{}", b'{"places":{"homs":5}}', b"null", b"3", b""])
def test_a_copy_whose_content_was_changed_is_made_anew(folder: Path, changed: bytes) -> None:
    parsed("a.toml", TEXT)
    [copy] = folder.iterdir()
    whole = copy.read_bytes()
    content = orjson.dumps(orjson.loads(whole)["content"])
    assert whole.count(content) == 1
    copy.write_bytes(whole.replace(content, changed))
    assert parsed("a.toml", TEXT) == tomllib.loads(TEXT)
    assert copy.read_bytes() == whole


def test_one_changed_letter_of_a_copy_is_seen(folder: Path) -> None:
    parsed("a.toml", TEXT)
    [copy] = folder.iterdir()
    copy.write_bytes(copy.read_bytes().replace(b"Tiwintza", b"Zacatina"))
    assert parsed("a.toml", TEXT) == tomllib.loads(TEXT)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_in_place_of_a_copy_is_not_read(folder: Path) -> None:
    parsed("a.toml", TEXT)
    [copy] = folder.iterdir()
    copy.unlink()
    os.mkfifo(copy)
    assert parsed("a.toml", TEXT) == tomllib.loads(TEXT)
    assert copy.is_file()


def test_the_gazetteer_of_a_broken_copy_is_made_anew(folder: Path) -> None:
    made = countries._gazetteer(None)
    for broken in ({}, {"places": {"homs": 5}, "areas": [], "wide": [], "sure": {}, "capitals": {}}):
        for copy in folder.iterdir():
            copy.write_bytes(orjson.dumps(orjson.loads(copy.read_bytes()) | {"content": broken}))
        assert countries._gazetteer(None) == made


def test_another_text_replaces_the_copy(folder: Path) -> None:
    parsed("a.toml", TEXT)
    assert parsed("a.toml", "name = 3\n") == {"name": 3}
    assert parsed("b.toml", TEXT) == tomllib.loads(TEXT)
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"3", b'{"of": 1}', b"\xff", b'{"of": "OF", "content": []}'])
def test_a_broken_copy_is_made_anew(folder: Path, broken: bytes) -> None:
    parsed("a.toml", TEXT)
    [copy] = folder.iterdir()
    whole = copy.read_bytes()
    copy.write_bytes(broken.replace(b"OF", orjson.loads(whole)["of"].encode()))
    assert parsed("a.toml", TEXT) == tomllib.loads(TEXT)
    assert copy.read_bytes() == whole


@pytest.mark.parametrize("text", ["day = 2012-05-03\n", "most = inf\n"])
def test_what_json_cannot_hold_is_not_copied(folder: Path, text: str) -> None:
    for _ in range(2):
        assert parsed("a.toml", text) == tomllib.loads(text)
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_no_error(folder: Path) -> None:
    folder.write_text("a file where the folder would be", encoding="utf-8")
    assert parsed("a.toml", TEXT) == tomllib.loads(TEXT)


def test_without_a_folder_of_the_user_nothing_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "_folder", lambda: None)
    assert parsed("a.toml", TEXT) == tomllib.loads(TEXT)


def test_what_is_no_toml_is_refused_and_not_copied(folder: Path) -> None:
    with pytest.raises(ValueError, match="line 1"):
        parsed("a.toml", "= 3\n")
    assert not folder.exists()


def test_every_data_file_can_be_copied(folder: Path) -> None:
    files = sorted(Path(str(data_folder())).rglob("*.toml"))
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert parsed(str(file), text) == tomllib.loads(text)
    assert len(list(folder.iterdir())) == len(files) > 60


def test_copies_that_nobody_wrote_for_long_are_removed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed("old.toml", TEXT)
    [old] = folder.iterdir()
    unfinished = folder / ".0123456789abcdef"
    unfinished.write_bytes(b"{")
    others = [folder / "notes.json", folder / "notes.txt", folder / ".notes"]
    for file in others:
        file.write_text("of somebody else", encoding="utf-8")
    long_ago = time.time() - (DAYS + 1) * 24 * 60 * 60
    for file in (old, unfinished, *others):
        os.utime(file, (long_ago, long_ago))
    (folder / "a folder").mkdir()
    copies._remove_old.cache_clear()
    parsed("new.toml", TEXT)
    assert {file for file in folder.iterdir() if file.is_file()} == {copies._path_of("new.toml"), *others}
    assert parsed("old.toml", TEXT) == tomllib.loads(TEXT)


def test_what_is_prepared_is_made_anew_when_its_data_or_its_code_changes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, code = tmp_path / "data", tmp_path / "code.py"
    data.mkdir()
    monkeypatch.setattr(files, "data_folder", lambda: data)
    made: list[int] = []

    def make() -> dict[str, int]:
        made.append(len(made))
        return {"made": made[-1]}

    for text, source, expected in (("a", "1", 0), ("a", "1", 0), ("b", "1", 1), ("b", "2", 2), ("b", "2", 2)):
        (data / "names.csv").write_text(text, encoding="utf-8")
        code.write_text(source, encoding="utf-8")
        assert prepared(("names.csv",), (str(code),), make) == {"made": expected}
    code.unlink()
    assert prepared(("names.csv",), (str(code),), make) == {"made": 3}


def test_the_gazetteer_of_a_copy_is_the_one_that_is_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = countries._gazetteer(None)
    monkeypatch.setattr(countries, "_by_name", lambda *_: fail())
    copied_one = countries._gazetteer(None)
    assert made == copied_one
    assert list(made.places) == list(copied_one.places)
