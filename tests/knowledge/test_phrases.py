"""Tables of phrases and expressions that are made when they are needed."""

from __future__ import annotations

from tracker.knowledge.alternation import LateRegex
from tracker.knowledge.phrases import phrase_table, signs_of


def test_one_word_is_found_however_it_is_written() -> None:
    table = phrase_table([("Dead", 1), ("dead", 2), ("rebels’", 3), ("dead on", 4)])
    assert table.at(["dead"], 0) == (1, 1)
    assert table.at(["dead", "on"], 0) == (2, 4)
    assert table.at(["rebels", "'"], 0) == (2, 3)


def test_signs_are_the_longest_words_of_phrases() -> None:
    table = phrase_table([("as though", 1), ("the same as", 2), ("unless", 3)])
    assert signs_of(table, phrase_table([("in", 4)])) == {"though", "same", "unless", "in"}


def test_a_late_expression_is_made_when_it_is_first_used() -> None:
    made: list[str] = []

    def source() -> str:
        made.append("once")
        return r"\bword"

    late = LateRegex(source)
    assert made == []
    assert late.search("a word") is not None
    assert late.match("a word") is None
    assert [match.start() for match in late.finditer("word word")] == [0, 5]
    assert made == ["once"]
