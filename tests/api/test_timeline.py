"""The Python API on the sample articles: what a researcher calls, and that every number leads back to its words."""

from __future__ import annotations

import doctest
import subprocess
import sys

import pandas as pd
import pytest
from imports import ROOT
from made_figures import FIGURE, figure
from readers import READER
from worked import check

import tracker
from tracker import api
from tracker.timelines.columns import frame

SAMPLES = [folder for folder in sorted((ROOT / "data" / "samples").iterdir()) if folder.is_dir()]


@pytest.fixture(scope="module")
def store():
    with tracker.Store.open(":memory:") as store:
        for article in tracker.read_paths(SAMPLES):
            store.add(article, READER.read(article))
        yield store


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(api).failed == 0


@pytest.mark.process
def test_importing_the_tracker_imports_no_pandas():
    code = "import sys, tracker; assert 'pandas' not in sys.modules and 'sqlalchemy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_every_public_name_is_there():
    assert all(getattr(tracker, name) for name in tracker.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        tracker.nothing  # noqa: B018


def test_the_syrian_totals_of_un_observatory_and_government_stand_apart_and_in_order(store):
    totals = tracker.timeline(store, conflict="syria", outcome="killed").totals()
    un = ["UN human rights office", "UN secretary-general", "United Nations"]
    chosen = [*un, "Syrian Observatory for Human Rights", "Syrian government"]
    whole = totals[totals["source_name"].isin(chosen) & totals["whole"] & (totals["flag"] == "")]
    check(
        whole,
        """
        source                              | counted    | date       | value
        Syrian Observatory for Human Rights | everyone   | 2013-06-26 | 100191
        Syrian Observatory for Human Rights | everyone   | 2014-04-01 | 150344
        Syrian Observatory for Human Rights | everyone   | 2014-12-02 | 202354
        Syrian Observatory for Human Rights | everyone   | 2015-08-07 | 240381
        Syrian Observatory for Human Rights | everyone   | 2016-09-13 | 301781
        Syrian Observatory for Human Rights | everyone   | 2024-03-14 | 507567
        Syrian government                   | combatants | 2011-12-22 | 2000
        Syrian government                   | everyone   | 2011-09-12 | 1400
        UN human rights office              | everyone   | 2011-09-12 | 2600
        UN human rights office              | everyone   | 2011-12-12 | 5000
        UN human rights office              | everyone   | 2012-02    | 7500
        UN human rights office              | everyone   | 2013-04    | 93000
        UN human rights office              | everyone   | 2014-04    | 191369
        UN human rights office              | everyone   | 2021-03    | 350209
        UN secretary-general                | everyone   | 2013-07-25 | 100000
        United Nations                      | everyone   | 2012-03-27 | 9000
        """,
    )


@pytest.mark.parametrize("convention", ["ucdp", "acled", "verbatim"])
def test_every_number_leads_back_to_figures_that_state_it_and_these_to_the_words_of_an_article(store, convention):
    t = tracker.timeline(store, convention, cause=())
    stated = t.figures.set_index("figure_id")[["value", "low", "best", "high"]]
    for table, names in ((t.claims(), ["value"]), (t.totals(), ["value"]), (t.incidents(), ["low", "best", "high"])):
        assert len(table) > 20
        for row in table.to_dict("records"):
            said = set(stated.loc[list(row["figure_ids"])].to_numpy(dtype=object, na_value=None).flat)
            assert {row[name] for name in names if pd.notna(row[name])} <= said
    spread = t.disagreement()
    numbers = t.claims().set_index("claim_id")[["value", "best", "low", "high"]]
    for end in ("low", "high"):
        claim = spread["lowest_claim" if end == "low" else "highest_claim"]
        of_claim = numbers.loc[claim].bfill(axis=1)["value"].to_numpy()
        assert (spread[end].to_numpy() == of_claim).all()
    for row in t.figures.to_dict("records"):
        article = store.article(row["article_id"])
        assert getattr(article, row["field"])[row["start"] : row["end"]] == row["figure"]
        assert row["quote"] in getattr(article, row["field"])


def test_parts_never_add_to_their_totals_in_the_samples(store):
    t = tracker.timeline(store, cause=())
    parts = set(t.claims().loc[t.claims()["part_of"].notna(), "claim_id"])
    assert len(parts) > 30
    assert not parts & set(t.totals()["claim_id"])
    assert not parts & {one for ids in t.incidents()["claim_ids"] for one in ids}


def test_a_store_a_path_a_table_and_a_list_give_the_same(tmp_path):
    figures = [figure("a"), figure("b", article_id="a1", start=4, source_name="UN")]
    with tracker.Store.open(tmp_path / "t.db") as store:
        from made_figures import ARTICLE

        store.add(ARTICLE, figures)
        ways = [store, tmp_path / "t.db", str(tmp_path / "t.db"), frame(figures), iter(figures)]
        tables = [tracker.timeline(way).claims() for way in ways]
    for table in tables[1:]:
        pd.testing.assert_frame_equal(table, tables[0])


def test_a_figure_that_is_given_twice_counts_once():
    whole, part = figure("a"), figure("b", start=4, value=3, part_of="a")
    once, twice = (tracker.timeline(figures) for figures in ([whole, part], [whole, part, whole, part]))
    assert len(twice) == 2
    pd.testing.assert_frame_equal(once.claims(), twice.claims())


def test_filters_are_a_word_or_several():
    figures = [figure("a"), figure("b", conflict="gaza", date="2024-05-01"), figure("c", conflict="sudan", date="2024")]
    assert len(tracker.timeline(figures, conflict="gaza")) == 1
    assert len(tracker.timeline(figures, conflict=["gaza", "sudan"])) == 2
    assert len(tracker.timeline(figures, since="2024-04")) == 2
    assert len(tracker.timeline(figures, source="opposition", until="2013")) == 1
    with pytest.raises(tracker.TrackerError, match="is not a date"):
        tracker.timeline(figures, since="soon")
    with pytest.raises(tracker.TrackerError, match="no convention 'x'"):
        tracker.timeline(figures, "x")


def test_an_official_dataset_is_laid_beside_the_totals(tmp_path):
    (tmp_path / "un.csv").write_text("date,value\n2012-01-01,5000\n2012-03-01,9000\n")
    t = tracker.timeline([figure("a", source_name="Opposition", country="SYR")])
    [row] = t.compare(tmp_path / "un.csv").to_dict("records")
    assert (row["source_name"], row["value"], row["reference_value"], row["difference"]) == (
        "Opposition",
        9100,
        9000,
        100,
    )
    with pytest.raises(tracker.TrackerError, match=r"no\.csv"):
        t.compare(tmp_path / "no.csv")


def test_tables_can_be_changed_without_harm():
    t = tracker.timeline([figure("a")])
    mine = t.claims()
    mine["value"] = 0
    assert t.claims()["value"].tolist() == [9100]


def test_views_as_csv_and_in_a_file(tmp_path):
    t = tracker.timeline([figure("a"), figure("b", article_id="x", published="2012-04-01")])
    assert t.to_csv(view="claims").splitlines()[1].endswith("a1 x,a b")
    t.to_csv(tmp_path / "totals.csv", view="totals")
    assert (tmp_path / "totals.csv").read_text(encoding="utf-8") == t.to_csv(view="totals")
    for view in api.VIEWS:
        assert len(t.to_csv(view=view).splitlines()) == (1 if view == "incidents" else 2 + (view == "figures")), view
    with pytest.raises(tracker.TrackerError, match="no view 'x': use figures or claims"):
        t.to_csv(view="x")


def test_a_notebook_shows_the_current_totals_and_no_markup_of_others():
    hostile = figure("a", source_name="<script>alert(1)</script>", conflict="<b>x</b>")
    shown = tracker.timeline([hostile])._repr_html_()
    assert "<script>" not in shown
    assert "<b>x" not in shown
    assert "&lt;script&gt;" in shown
    assert "9100" in shown
    assert "9,100" not in tracker.timeline([])._repr_html_()
    assert repr(tracker.timeline([FIGURE])).startswith("<Timeline: 1 figures, 1 claims (syria)")
