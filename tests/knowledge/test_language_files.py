"""The data files as people edit them: short lines, sorted lists, and above each list a comment that explains it."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
LANGUAGES = sorted(path.parent for path in DATA.glob("languages/*/language.toml"))
LANGUAGE_FILES = [path for folder in LANGUAGES for path in sorted(folder.glob("*.toml"))]
OF_WORDS = [*LANGUAGE_FILES, DATA / "conflicts.toml"]
IN_ORDER = {
    "countries": "of a conflict: the first is where it is fought most",
    "finds": "the plainest example comes first",
    "ignores": "the plainest example comes first",
    "looks": "the pieces of one regular expression",
}
LONGEST_LINE = 120


def name(path: Path) -> str:
    return path.relative_to(DATA).as_posix()


def lists(table: dict[str, Any], where: str = "") -> Iterator[tuple[str, str, list[str]]]:
    """The lists of strings of a table and of all tables in it: the key, where it stands, and the list."""
    for key, value in table.items():
        here = f"{where}.{key}".lstrip(".")
        if isinstance(value, dict):
            yield from lists(value, here)
        elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            for number, entry in enumerate(value, 1):
                yield from lists(entry, f"{here}[{number}]")
        elif isinstance(value, list) and all(isinstance(one, str) for one in value):
            yield key, here, value


def unsorted(text: str) -> list[str]:
    """The lists of a TOML text that are out of order or hold a word twice."""
    found = [(where, words) for key, where, words in lists(tomllib.loads(text)) if key not in IN_ORDER]
    return [where for where, words in found if words != sorted(words, key=str.casefold) or len(words) > len(set(words))]


def unexplained(text: str) -> list[str]:
    """The tables and lists of a TOML text without a comment right above.

    The keys of an entry of many, [[pattern]], are explained once, in a comment before the first entry: "#   finds  …".
    """
    bare: list[str] = []
    above, comments, of_many, inside = "", "", False, False
    for line in text.splitlines():
        if not inside:
            if line.startswith("#"):
                comments += line + "\n"
            elif line.startswith("["):
                of_many = line.startswith("[[")
                bare += [] if above.startswith("#") else [line]
            elif opened := re.match(r"([\w-]+) = [\[{]", line):
                told = re.search(rf"^# +{opened[1]}\b", comments, re.M) if of_many else above.startswith("#")
                bare += [] if told else [opened[1]]
        inside ^= line.count('"""') % 2 == 1
        above = line
    return bare


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.toml")), ids=name)
def test_no_line_is_longer_than_a_window_is_wide(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize("path", OF_WORDS, ids=name)
def test_lists_are_sorted_and_hold_no_word_twice(path: Path) -> None:
    assert unsorted(path.read_text(encoding="utf-8")) == [], "`make format-data` sorts them"


@pytest.mark.parametrize("path", LANGUAGE_FILES, ids=name)
def test_each_table_and_list_has_a_comment_that_says_what_it_does(path: Path) -> None:
    assert unexplained(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", OF_WORDS, ids=name)
def test_each_file_begins_with_what_is_in_it_and_how_to_add_to_it(path: Path) -> None:
    head = path.read_text(encoding="utf-8").partition("\n\n")[0]
    assert all(line.startswith("#") for line in head.splitlines())
    assert re.search(r"[Tt]o add\b", head)


@pytest.mark.parametrize("folder", LANGUAGES, ids=name)
def test_no_section_stands_in_two_files(folder: Path) -> None:
    keys = [key for path in sorted(folder.glob("*.toml")) for key in tomllib.loads(path.read_text(encoding="utf-8"))]
    assert sorted(keys) == sorted(set(keys))


def test_the_page_about_a_language_names_its_files() -> None:
    for folder in LANGUAGES:
        page = (folder / "language.toml").read_text(encoding="utf-8")
        assert [path.name for path in folder.glob("*.toml") if path.name not in page] == []


def test_all_measured_sets_are_in_tables_of_their_own() -> None:
    quality = tomllib.loads((DATA / "quality.toml").read_text(encoding="utf-8"))
    assert set(quality) == {"measured"}, "a set without its [[measured]] line is not shown"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('words = ["b", "a"]', ["words"]),
        ('[t]\nwords = ["a", "a"]', ["t.words"]),
        ('[[t]]\nwords = ["a", "B"]\n[[t]]\nwords = ["B", "a"]', ["t[2].words"]),
        ('[[t]]\nfinds = ["b", "a"]', []),
    ],
)
def test_a_list_out_of_order_is_named(text: str, wrong: list[str]) -> None:
    assert unsorted(text) == wrong


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ('# Words.\n[t]\n# One.\none = ["a"]\ntwo = ["a"]', ["two"]),
        ('# Words.\n\n[t]\n# One.\none = ["a"]', ["[t]"]),
        ('#   one  what it is\n\n# First.\n[[t]]\none = ["a"]\ntwo = ["a"]\n[[t]]', ["two", "[[t]]"]),
        ('# Words.\n[t]\nlong = """\none = ["a"]\n"""\nboth = { a = 1 }', ["both"]),
    ],
)
def test_a_list_without_a_comment_is_named(text: str, bare: list[str]) -> None:
    assert unexplained(text) == bare


@pytest.fixture(scope="module")
def formatter() -> Any:
    pytest.importorskip("tomlkit", reason="tomlkit is not installed")
    spec = importlib.util.spec_from_file_location("format_languages", ROOT / ".ci" / "format_languages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", OF_WORDS, ids=name)
def test_the_files_are_as_make_format_data_leaves_them(path: Path, formatter: Any) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatter.formatted(text) == text


def test_formatting_sorts_and_wraps_and_keeps_comments_and_order_that_matters(formatter: Any) -> None:
    assert set(IN_ORDER) == formatter.KEPT
    words = ", ".join(f'"word {number}"' for number in range(30, 9, -1))
    text = f'# Head.\n\n# A.\n[a]\n# B.\nb = ["Z", \'a"\', "Z"] # why\nc = [{words}]\n\n[[d]]\nfinds = ["z", "a"]\n'
    found = formatter.formatted(text)
    assert found.startswith('# Head.\n\n# A.\n[a]\n# B.\nb = [\'a"\', "Z"] # why\nc = [\n    "word 10", "word 11", ')
    assert found.endswith('"word 30",\n]\n\n[[d]]\nfinds = ["z", "a"]\n')
    assert max(map(len, found.splitlines())) <= formatter.WIDTH
    assert formatter.formatted(found) == found


def test_a_word_written_by_hand_finds_its_place(tmp_path: Path, formatter: Any) -> None:
    people = tmp_path / "xx" / "people.toml"
    people.parent.mkdir()
    people.write_text('# Women.\nwomen = ["women",\n  "aunt"]\n', encoding="utf-8")
    assert formatter.main([str(tmp_path)]) == 0
    assert people.read_text(encoding="utf-8") == '# Women.\nwomen = ["aunt", "women"]\n'
