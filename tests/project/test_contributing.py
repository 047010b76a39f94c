"""The examples in CONTRIBUTING.md work: each is added to a copy of the project, which then finds what it names."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys

import pytest
from imports import ROOT
from readers import READER

from tracker.model import Article, InputError
from tracker.sources import Reading

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^```\w+ (\S+)\n(.*?)^```", PAGE, re.M | re.S))
"""By the file that the page says it belongs to."""

READ = """
import dataclasses, json, tracker
text = "Shelling killed 12 beekeepers near Tihuintza on 28 January 1995, the Cordillera Monitoring Group said."
print(json.dumps([dataclasses.asdict(one) for one in tracker.extract(text, "1995-01-30", language={language!r})]))
"""


@pytest.fixture
def copy(tmp_path):
    for name in ("tracker", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "samples"))
    return tmp_path


def found(folder, language="en"):
    """The figure that the copy finds in the sentence."""
    call = [sys.executable, "-c", READ.format(language=language)]
    [figure] = json.loads(subprocess.run(call, cwd=folder, capture_output=True, check=True).stdout)
    return figure


def append(folder, name, text):
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(f"\n{text}" if name.endswith(".toml") else text)


@pytest.mark.process
def test_a_place_a_source_and_a_conflict_that_are_added_are_found(copy):
    before = found(copy)
    assert (before["conflict"], before["country"]) == (None, None)
    place = EXAMPLES["data/gazetteers/places_extra.csv"]
    append(copy, "data/gazetteers/places_extra.csv", place)
    append(copy, "data/gazetteers/places.csv", place)  # as .ci/build_places.py does
    for name in ("data/gazetteers/sources.csv", "data/conflicts.toml"):
        append(copy, name, EXAMPLES[name])
    after = found(copy)
    assert (after["place"], after["country"], after["conflict"]) == ("Tihuintza", "ECU", "cenepa")
    assert (after["source_name"], after["source_type"]) == ("Cordillera Monitor", "ngo")


@pytest.mark.process
def test_words_that_are_added_tell_the_group(copy):
    told = r'write ("\w+" and "\w+") into `(\w+)` under `\[(\w+)\]` in `(\S+)`'
    words, name, table, file = re.search(told, PAGE).groups()
    assert found(copy)["victim_group"] == "unspecified"
    path = copy / file
    before, head, after = path.read_text(encoding="utf-8").partition(f"\n[{table}]\n")
    start = f"\n{name} = [\n"
    assert start in after
    added = after.replace(start, start + words.replace(" and ", ", ") + ",\n", 1)
    path.write_text(before + head + added, encoding="utf-8")
    assert found(copy)["victim_group"] == "civilians"


@pytest.mark.process
def test_a_language_is_a_folder(copy):
    source, target = re.search(r"^cp -r (\S+) (\S+)$", PAGE, re.M).groups()
    shutil.copytree(copy / source, copy / target)
    path = copy / target / "language.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('code = "en"', 'code = "pt"'), encoding="utf-8")
    assert found(copy, "pt")["value"] == 12


def test_the_pattern_stands_in_the_language():
    name = "data/languages/en/patterns.toml"
    assert EXAMPLES[name] in (ROOT / name).read_text(encoding="utf-8")


def test_the_sentence_holds_what_stands_behind_it():
    sentence, _, figures = EXAMPLES["tests/labelled/sentences.txt"].partition(" | ")
    [figure] = READER.read(Article(id="example", text=sentence))
    assert f"{figure.value} {figure.outcome}" == figures.strip()


def test_the_reader_of_a_kind_of_input_works():
    names = {}
    exec(compile(EXAMPLES["tracker/sources/subtitles.py"], "CONTRIBUTING.md", "exec"), names)
    read = names["read_subtitles"]
    subtitles = "1\n00:00:01,000 --> 00:00:04,000\nShelling killed 17 people\n\n2\n00:00:04 --> 00:00:06\nin Idlib.\n"
    [item] = read(subtitles, "a.srt")
    assert isinstance(item, Reading)
    assert item.article.text == "Shelling killed 17 people in Idlib."
    [item] = read("", "a.srt")
    assert isinstance(item, InputError)


@pytest.mark.parametrize("what", ["word", "pattern", "place", "source", "conflict", "kind of input", "language"])
def test_each_thing_that_can_be_added_has_a_chapter_with_an_example(what):
    [chapter] = re.findall(rf"^## Add a {what}\n(.*?)(?=^## )", PAGE, re.M | re.S)
    assert chapter.count("\n```") == 2


def test_the_tests_that_are_named_are_there():
    calls = re.findall(r"-m pytest (.*)$", PAGE, re.M)
    assert len(calls) >= 3
    for path in re.findall(r"\btests/\S+", " ".join(calls)):
        assert (ROOT / path).exists(), path
