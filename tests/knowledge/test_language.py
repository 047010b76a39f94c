"""The language files: every pattern finds its examples, ignores its near misses, and costs linear time."""

from __future__ import annotations

import re

import pytest

from tracker.knowledge.files import languages
from tracker.knowledge.language import Pattern, load_language
from tracker.model import Article
from tracker.reader import Reader

CASES = [
    pytest.param(code, pattern, id=f"{code}-{pattern.name}")
    for code in languages()
    for pattern in load_language(code).patterns
]
_BRACKETS = re.compile(r"\[([^\]]*)\]")


def figures_and_rules(reader: Reader, code: str, sentence: str) -> tuple[list[str], set[str]]:
    found = reader.read(Article(id="example", text=sentence, published="2024-03-05", language=code))
    return [figure.figure for figure in found], {figure.rule.rstrip("+") for figure in found}


@pytest.mark.parametrize(("code", "pattern"), CASES)
def test_pattern_finds_its_examples(code: str, pattern: Pattern, reader: Reader) -> None:
    assert pattern.finds, "a pattern without an example"
    used: set[str] = set()
    for example in pattern.finds:
        figures, rules = figures_and_rules(reader, code, _BRACKETS.sub(r"\1", example))
        assert figures == _BRACKETS.findall(example), example
        used |= rules
    assert pattern.name in used, f"none of its examples needs {pattern.name}"


@pytest.mark.parametrize(("code", "pattern"), CASES)
def test_pattern_ignores_its_near_misses(code: str, pattern: Pattern, reader: Reader) -> None:
    assert pattern.ignores, "a pattern without a near miss"
    for example in pattern.ignores:
        assert figures_and_rules(reader, code, example)[0] == [], example


@pytest.mark.parametrize(("code", "pattern"), CASES)
def test_pattern_runs_in_linear_time(code: str, pattern: Pattern) -> None:
    re2 = pytest.importorskip("re2", reason="google-re2 is not installed")
    re2.compile(pattern.regex.source)
