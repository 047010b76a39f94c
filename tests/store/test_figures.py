"""Figures that come without their articles: Store.add_figures."""

from __future__ import annotations

import dataclasses

import pytest
from made_figures import ARTICLE, FIGURE, figure

from tracker.model import Article, Status
from tracker.store.store import Store, StoreError


@pytest.fixture
def store(database):
    with Store.open(database) as opened:
        yield opened


def counts(added=0, unchanged=0, updated=0):
    return {"added": added, "unchanged": unchanged, "updated": updated}


def test_an_article_that_is_not_there_is_made_of_what_its_figures_say(store):
    other = figure("f2", article_id="a2", publisher="Other", published=None, title="T", url="u", language="fr")
    assert store.add_figures([FIGURE, other], "t.csv") == counts(added=2)
    assert store.figures() == [FIGURE, other]
    assert store.article("a1") == dataclasses.replace(ARTICLE, text="")
    assert store.article("a2") == Article("a2", "", "T", None, "Other", "u", "fr")
    assert [path for path, _ in store.sources_of("a1")] == ["t.csv"]


def test_adding_again_changes_nothing(store):
    store.add_figures([FIGURE])
    revision = store.revision()
    assert store.add_figures([FIGURE]) == counts(unchanged=1)
    assert store.add_figures([]) == counts()
    assert store.revision() == revision


def test_figures_that_differ_are_replaced_and_others_stay(store):
    store.add_figures([FIGURE, figure("f2"), figure("f3")])
    revision = store.revision()
    assert store.add_figures([figure("f2", value=5), figure("f3"), figure("f4")]) == counts(1, 1, 1)
    assert [one.value for one in store.figures()] == [9100, 5, 9100, 9100]
    assert store.revision() == revision + 1


def test_an_article_that_is_there_keeps_its_text(store):
    store.add(ARTICLE, [FIGURE], "a.md")
    assert store.add_figures([figure("f2", title="Another title")]) == counts(added=1)
    assert store.article("a1") == ARTICLE
    assert [path for path, _ in store.sources_of("a1")] == ["a.md"]


def test_the_whole_article_takes_the_place_of_the_empty_one(store):
    store.add_figures([FIGURE, figure("f2", status=Status.ACCEPTED), figure("f3")])
    assert store.add(ARTICLE, [FIGURE]) == "updated"
    assert store.article("a1") == ARTICLE
    assert [one.figure_id for one in store.figures()] == ["f1", "f2"]  # what the rules do not find, but a person took


def test_an_article_without_text_takes_what_is_corrected_in_a_table(store):
    store.add_figures([FIGURE])
    store.add_figures([dataclasses.replace(FIGURE, publisher="The Weekly")])
    assert store.article("a1").publisher == "The Weekly"


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.CORRECTED, Status.REJECTED])
def test_what_people_decided_comes_in_and_is_kept(store, status):
    decided = figure("f1", status=status, value=7)
    store.add_figures([FIGURE])
    assert store.add_figures([decided]) == counts(updated=1)
    assert store.figures() == [decided]
    assert store.add_figures([FIGURE]) == counts(unchanged=1)  # merely extracted: undoes no decision
    assert store.figures() == [decided]
    later = figure("f1", status=Status.ACCEPTED, value=8)
    assert store.add_figures([later]) == counts(updated=1)
    assert store.figures() == [later]


def test_all_or_none(store):
    with pytest.raises(StoreError):
        store.add_figures([FIGURE, figure("f2", value=2**70)])
    assert (store.count_articles(), store.count_figures(), store.revision()) == (0, 0, 0)


def test_more_figures_than_one_question_can_name(store):
    many = [figure(f"f{number:05}", article_id=f"a{number % 2000}") for number in range(3000)]
    assert store.add_figures(many) == counts(added=3000)
    assert store.add_figures(many) == counts(unchanged=3000)
    changed = [dataclasses.replace(one, value=1) for one in many]
    assert store.add_figures(changed) == counts(updated=3000)
    assert store.count_articles() == 2000
