"""What a person does not see, or passes over: invisible characters, footnote marks, and words cut by a line end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers import READER

from tracker.extraction.text.visible import visible
from tracker.model import Article, Figure

WORDS = frozenset({"seventeen", "hundred", "wounded"})
HIDDEN = ["\u200b", "\u00ad", "\u200d", "\u2060", "\ufeff", "\u202e", "\u200f"]


def read(text: str) -> list[Figure]:
    return READER.read(Article(id="seen", text=text, title="", published="2024-03-05"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12 civilians[1] and 3 soldiers[2][3].", "12 civilians and 3 soldiers."),
        ("25 killed[1] 40 hurt", "25 killed, 40 hurt"),
        ("19 people.[^3] Then", "19 people. Then"),
        ("17³ people, 40† hurt", "17 people, 40 hurt"),
        ("seven-\nteen, two hun-\r\n   dred", "seventeen, two hundred"),
        ("forty-\ntwo", "forty-two"),
        ("1,-\n200 people", "1,200 people"),
        ("killed\u200b12", "killed 12"),
        ("wo\u00adunded\u200b", "wounded"),
    ],
)
def test_what_a_person_reads(text: str, shown: str) -> None:
    seen = visible(text, WORDS.__contains__)
    assert seen is not None
    assert seen.text == shown


@pytest.mark.parametrize("text", ["the soldier[s]", "killed [12] men", "[1] First", "10⁶ men", "20-\n25 men", "a - b"])
def test_what_is_left_as_it_is(text: str) -> None:
    assert visible(text, WORDS.__contains__) is None


@given(st.text(alphabet=st.sampled_from("a1 .-\n[]³*\u200b\u00adé"), max_size=40))
def test_offsets_lead_back_to_the_same_characters(text: str) -> None:
    seen = visible(text, WORDS.__contains__)
    if seen is None:
        return
    kept = [at for at, letter in enumerate(seen.text) if letter.isalnum()]
    assert [text[seen.start(at)] for at in kept] == [seen.text[at] for at in kept]
    assert all(seen.end(at + 1) == seen.start(at) + 1 for at in kept)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_hidden_characters_change_no_number_and_no_word(hidden: str) -> None:
    text = "Shells ki|lled 3|0 civ|ilians in Hom|s on Mon|day, the pol|ice said.".replace("|", hidden)
    [figure] = read(text)
    plain, *_ = read(text.replace(hidden, ""))
    assert (figure.value, figure.outcome, figure.date, figure.country) == (30, "killed", "2024-03-04", "SYR")
    assert (plain.value, plain.source_type, plain.victim_group) == (30, figure.source_type, figure.victim_group)
    assert text[figure.start : figure.end] == figure.figure == f"3{hidden}0"
    assert figure.quote == text
    assert (figure.victims, figure.place) == (f"civ{hidden}ilians", f"Hom{hidden}s")


def test_a_part_keeps_the_total_it_belongs_to() -> None:
    total, part = read("Shells killed 1\u00ad2 people[1], including five children[2].")
    assert (total.value, part.value, part.part_of) == (12, 5, total.figure_id)


def test_a_number_cut_by_an_unknown_mark_is_explained() -> None:
    [sentence] = READER.explain(Article(id="cut", text="Shells killed 3¤0 people."))
    assert [(verdict.words, verdict.figure) for verdict in sentence.verdicts] == [("3¤0", None)]


def test_an_explanation_shows_the_figure_as_it_stands_in_the_text() -> None:
    [sentence] = READER.explain(Article(id="cut", text="Shells killed 3\u200b0 people."))
    assert [verdict.figure.figure for verdict in sentence.verdicts if verdict.figure] == ["3\u200b0"]


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Nine nurses hurt in ferry crash - Times of India", None),
        ("Nine nurses hurt in Homs\u200b crash | Voice of America", "Homs"),
        ("Nine nurses hurt - India", "India"),  # no name of a paper
        ("Nine nurses hurt - Asia - Times of India", "India"),  # the title of a page, with its parts
    ],
)
def test_the_name_of_a_paper_behind_a_headline_is_passed_over(title: str, place: str | None) -> None:
    [figure] = READER.read(Article(id="seen", text="", title=title, published="2024-03-05"))
    assert (figure.place, figure.title, figure.figure) == (place, title, "Nine")
