"""What the pages show for figures made by hand. No browser."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pandas as pd
import pytest
from made_figures import ARTICLE, FIGURE, figure
from reference_samples import PLAIN, PLAIN_FULL, read

from dashboard.app import create_app
from dashboard.charts import sparkline, world
from dashboard.charts.disagreement import disagreement_chart
from dashboard.charts.dot_plot import dots
from dashboard.look.theme import Theme
from dashboard.pages import map_page, method, missing, overview, sources
from dashboard.panels import chart
from dashboard.site import MISSING, PAGES, page_at
from dashboard.view import standing, tables
from dashboard.view.conflict_summary import Summary, said, summary
from dashboard.view.data import Data
from dashboard.view.place_tables import by_country, by_place
from dashboard.view.query import View, notes
from dashboard.view.tables import Tables
from dashboard.web import server
from tracker.knowledge import convention_ids, load_convention
from tracker.model import Qualifier, Scope
from tracker.store.store import Store
from tracker.timelines.columns import frame
from tracker.timelines.disagreement import disagreement
from tracker.timelines.filters import Filters


def words_of(component):
    """All text of a component, in order, with a blank between its parts."""
    if isinstance(component, list | tuple):
        return " ".join(map(words_of, component))
    if isinstance(component, str | int | float):
        return str(component)
    return words_of(getattr(component, "children", None) or "")


def tables_of(*figures):
    return Tables(frame(figures), dict)


def total(name, value, day, **changes):
    return figure(name, article_id=f"a-{name}", value=value, low=value, date=day, figure=f"{value:,}", **changes)


def incident(name, value, place, **changes):
    made = {"value": value, "low": value, "place": place, "scope": Scope.INCIDENT, "qualifier": Qualifier.EXACT}
    return figure(name, article_id=f"a-{name}", **(made | changes))


@pytest.mark.parametrize(
    ("path", "name"),
    [("/", "Overview"), ("", "Overview"), (None, "Overview"), ("/timeline/", "Timeline"), ("/map", "Map")],
)
def test_a_path_has_its_page(path, name):
    assert page_at(path).name == name


def test_an_unknown_path_gets_the_page_that_says_so():
    assert page_at("/timeline/../etc/passwd") is MISSING
    assert "no such page" in words_of(missing.layout(None, ""))
    assert len({page.path for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize("module", [chart, map_page])
def test_a_chart_that_is_not_drawn_yet_has_the_colour_of_the_page(module):
    layout = module._graph().figure.layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"  # plotly's own white flashes on a dark page
    assert not layout.xaxis.visible


def test_tables_are_made_once_however_many_ask(monkeypatch):
    made = []
    real = tables.claims
    monkeypatch.setattr(tables, "claims", lambda *given: made.append(threading.get_ident()) or real(*given))
    shared = tables_of(total("t1", 9_000, "2012-03-01"), total("t2", 400, "2023-05-01", conflict="sudan"))
    syria = View(Filters(conflict=("syria",)))
    with ThreadPoolExecutor(8) as pool:
        lengths = list(pool.map(lambda _: len(shared.totals(syria)), range(40)))
    assert set(lengths) == {1}
    assert len(made) == 1  # and the other conflict is not touched
    assert len(shared.totals(View())) == 2
    assert len(made) == 2


def test_only_so_many_tables_are_kept(monkeypatch):
    monkeypatch.setattr(tables, "MOST_KEPT", 3)
    shared = tables_of(*(total(f"t{n}", 100 + n, "2012-03-01", publisher=f"Paper {n}") for n in range(6)))
    for n in range(6):
        assert len(shared.totals(View(Filters(publisher=(f"Paper {n}",))))) == 1
    assert len(shared._made) == 3


def test_filters_of_days_sources_and_outcomes_hold_for_what_is_drawn():
    shared = tables_of(
        total("t1", 9_000, "2012-03-01"),
        total("t2", 9_500, "2012-05-01"),
        total("t3", 70, "2012-05-01", source_name="Government", source_type="government", outcome="injured"),
        incident("i1", 5, "Homs", source_name="Police", source_type="police"),
        incident("i2", 7, "Hama", source_name="Medics", source_type="medical"),
    )
    assert set(shared.totals(View(Filters(since="2012-04")))["value"]) == {70, 9_500}
    assert shared.totals(View(Filters(until="2012-03")))["value"].tolist() == [9_000]
    assert shared.totals(View(Filters(source=("government",))))["value"].tolist() == [70]
    assert shared.incidents(View(Filters(source=("medics",))))["place"].tolist() == ["Hama"]
    assert shared.totals(View(Filters(outcome=("injured",))))["value"].tolist() == [70]
    assert shared.totals(View(Filters(conflict=("none such",)))).empty


def test_a_group_of_victims_can_be_asked_for():
    shared = tables_of(
        total("t1", 9_000, "2012-03-01"), total("t2", 300, "2012-03-01", victim_group="children", victims="children")
    )
    assert shared.totals(View())["value"].tolist() == [9_000]
    assert shared.totals(View().having(group="children"))["value"].tolist() == [300]
    assert sorted(shared.totals(View().having(group="every"))["value"]) == [300, 9_000]


def test_a_war_that_the_news_only_recall_stands_last() -> None:
    def told(conflict: str, last: str) -> Summary:
        return Summary(conflict, "killed", None, None, 1, 1, 0, last)

    found = [told("ww2-europe", "2024-05-08"), told("syria", "2013-01-01"), told("gaza", "2024-01-01")]
    ordered = sorted(found, key=lambda one: one.place, reverse=True)
    assert [one.conflict for one in ordered] == ["gaza", "syria", "ww2-europe"]
    assert [one.is_past for one in ordered] == [False, False, True]


def test_the_summary_of_a_conflict_is_made_of_numbers_that_sources_gave():
    figures = [
        total("t1", 9_000, "2012-03-01"),
        total("t2", 12_000, "2012-05-01"),
        total("t3", 6_000, "2012-04-01", source_name="Government"),
    ]
    shared = tables_of(*figures)
    found = summary(frame(figures), "killed", said(shared.totals(View()), shared.incidents(View()), "killed"))
    assert (found.first.leading.last["value"], found.first.leading.source) == (12_000, "opposition")
    assert (found.first.lowest.point["value"], found.first.highest.point["value"]) == (6_000, 12_000)
    assert (found.reports, found.articles, found.sources) == (3, 3, 2)


def test_a_conflict_without_totals_has_a_summary_of_its_incidents():
    figures = [incident("i1", 5, "Homs"), incident("i2", 900, None), incident("i3", 7, "Hama", date="2009-01-01")]
    shared = tables_of(*figures)
    found = summary(frame(figures), "killed", said(shared.totals(View()), shared.incidents(View()), "killed"))
    assert found.first is None
    assert (found.recent.incidents, found.recent.largest["best"]) == (2, 900)  # the third is three years older
    months = found.recent.months  # the one without a place cannot be told apart from others
    assert (len(months), months[months > 0].tolist()) == (12, [5])
    assert str(months.index[-1]) == "2012-03"


def test_a_small_multiple_tells_the_later_and_higher_count_too(tmp_path):
    observatory = {"source_name": "Syrian Observatory for Human Rights", "source_type": "ngo"}
    with Store.open(tmp_path / "store.db") as store:
        for one in (
            total("t1", 23_000, "2012-08-14", **observatory),
            total("t2", 93_000, "2013-06-13", source_name="Amnesty International", source_type="ngo"),
        ):
            store.add(replace(ARTICLE, id=one.article_id, text=one.figure), [one])
        told = words_of(overview.multiples(Data(store)))
    assert "23,000 people killed in Syria, says the Syrian Observatory for Human Rights" in told.replace("  ", " ")
    assert "93,000 people killed in Syria, says Amnesty International (13 June 2013)." in told


def test_the_months_of_a_small_multiple_are_those_of_the_year_that_its_words_tell():
    figures = [incident("i1", 5, "Homs", date="2012-01-10"), incident("i2", 9, None, date="2012-06-10")]
    shared = tables_of(*figures)
    months = said(shared.totals(View()), shared.incidents(View()), "killed")[1].months
    assert (str(months.index[0]), str(months.index[-1])) == ("2011-07", "2012-06")
    assert months["2012-01"] == 5


def test_a_small_line_steps_and_stays_in_its_box():
    corners = sparkline.steps([(0.0, 0.2), (0.5, 0.6), (1.0, 1.0)])
    assert corners == [(0.0, 0.2), (0.5, 0.2), (0.5, 0.6), (1.0, 0.6), (1.0, 1.0)]
    assert sparkline.area(corners).startswith("polygon(0.00% 100.00%, 0.00% 80.00%")
    assert sparkline.line([(0.0, 0.0)]).count("calc") == 4
    silent = sparkline.runs([(0.0, 0.2), (0.1, 0.2), (0.1, 0.4), (0.8, 0.4), (0.8, 0.9)], longest=0.3)
    assert silent == [[(0.0, 0.2), (0.1, 0.2), (0.1, 0.4), (0.4, 0.4)]]


def test_sources_stand_beside_each_other_the_highest_on_top():
    shared = tables_of(
        total("t1", 12_000, "2012-05-01", qualifier=Qualifier.AT_LEAST),
        total("t2", 6_000, "2011-01-01", source_name="Government", qualifier=Qualifier.EXACT),
    )
    says = shared.says(View(), "2012-06-01")
    chart = dots(says, Theme())
    marks = [trace for trace in chart.data if trace.customdata]
    assert [(trace.x[0], trace.y[0]) for trace in marks] == [(6_000, 0), (12_000, 1)]
    assert marks[0].marker.opacity < marks[1].marker.opacity  # a total that was not updated for a year is paler
    assert "not updated" in marks[0].hovertext[0]
    arrows = [trace for trace in chart.data if trace.mode == "lines+markers"]
    assert [(trace.x[0], trace.x[1] > trace.x[0]) for trace in arrows] == [(12_000, True)]


def test_the_disagreement_is_a_band_with_the_claims_at_its_edges():
    shared = tables_of(total("t1", 12_000, "2012-05-01"), total("t2", 6_000, "2012-04-01", source_name="Government"))
    chart = disagreement_chart(disagreement(shared.totals(View())), Theme())
    edges = {trace.name: trace for trace in chart.data if trace.customdata}
    assert (list(edges["low"].y), list(edges["high"].y)) == ([6_000, 6_000], [6_000, 12_000])
    assert list(edges["high"].customdata) == ["t2", "t1"]
    alone = disagreement_chart(disagreement(tables_of(total("t1", 12_000, "2012-05-01")).totals(View())), Theme())
    assert "No two sources" in alone.layout.annotations[0].text


def test_places_add_up_only_events_that_can_be_told_apart():
    figures = [
        incident("i1", 5, "Homs", date="2012-03-01"),
        incident("i2", 7, "Homs", date="2012-03-02"),
        incident("i3", 900, None, date="2012-03-03"),
        incident("i4", 3, "Omdurman", date="2023-05-01", country="SDN", conflict="sudan"),
        total("t1", 9_000, "2012-03-01", place=None),
    ]
    shared = tables_of(*figures)
    countries = by_country(shared.totals(View()), shared.incidents(View()), frame(figures)).set_index("country")
    assert countries.loc["SYR", ["incidents", "best", "total", "figures"]].tolist() == [2, 12, 9_000, 4]
    assert countries.loc["SDN", ["incidents", "best"]].tolist() == [1, 3]
    assert countries.index.tolist() == ["SYR", "SDN"]
    places = by_place(shared.incidents(View()))
    assert places[["place", "incidents", "best"]].to_numpy().tolist() == [["Homs", 2, 12], ["Omdurman", 1, 3]]
    assert places["figure_ids"].iloc[0] == ("i1", "i2")


def test_the_map_shows_the_count_that_leads_in_each_country_of_a_war():
    told = {"conflict": "gaza", "place": None}
    figures = [
        total("m", 35_000, "2024-05-12", country="PSE", source_name="Gaza health ministry", **told),
        total(
            "x", 9_000_000, "2024-06-01", country="PSE", source_name="Rescue workers", source_type="officials", **told
        ),
        total("u", 900, "2024-05-12", country="USA", source_name="Israeli military", **told),  # nationals, far from it
    ]
    shared = tables_of(*figures)
    countries = by_country(shared.totals(View()), shared.incidents(View()), frame(figures)).set_index("country")
    assert countries.loc["PSE", ["total", "total_source"]].tolist() == [35_000, "Gaza health ministry"]
    assert pd.isna(countries.loc["USA", "total"])
    assert View().option("measure") == "total"


def test_a_single_report_is_on_the_map_only_where_no_body_keeps_a_count():
    told = {"place": None, "source_name": "Ukrainian government", "source_type": "government"}
    figures = [
        # what a government says of an old war, twice on one day, is no count that it keeps
        total("w", 50_000_000, "2021-08-24", conflict="donbas", country="UKR", **told),
        total("v", 8_000_000, "2021-08-24", conflict="donbas", country="UKR", **told),
        total("a", 4_000, "2022-07-01", conflict="ukraine", country="UKR", **told),
        total("b", 5_000, "2022-08-01", conflict="ukraine", country="UKR", **told),
        total("c", 700, "2025-02-01", conflict="drc-east", country="COD", **told | {"source_name": "United Nations"}),
    ]
    shared = tables_of(*figures)
    countries = by_country(shared.totals(View()), shared.incidents(View()), frame(figures)).set_index("country")
    assert countries["total"].to_dict() == {"UKR": 5_000, "COD": 700}


def test_a_place_is_told_by_what_it_is_called_most_often():
    places = ["Aden", "a hospital in Aden", "Aden", "western Aden"]
    rows = pd.DataFrame({"located": True, "place": places, "area": "aden", "country": "YEM", "low": 1, "best": 2})
    rows = rows.assign(high=3, day=pd.date_range("2015-04-01", periods=4), figure_ids=[("f",)] * 4)
    assert by_place(rows)[["place", "incidents"]].to_numpy().tolist() == [["Aden", 4]]
    assert by_place(rows[rows["place"] != "Aden"])["place"].tolist() == ["western Aden"]


def test_who_says_what_draws_the_leading_count_first_and_what_may_be_compared_with_it():
    def of(name, value, source, group="unspecified"):
        told = {"conflict": "gaza", "country": "PSE", "place": None, "source_name": source, "victim_group": group}
        return total(name, value, "2024-05-01", **told)

    figures = [of("m", 35_000, "Gaza health ministry"), of("u", 30_000, "United Nations"), of("h", 2, "Hamas")]
    figures += [of("c", 97, "Committee to Protect Journalists", "press"), of("r", 99, "UNESCO", "press")]
    figures += [of("n", 98, "UNICEF", "press"), of("o", 90, "Al Jazeera", "press")]
    shared = tables_of(*figures)
    says, series = shared.says(View(), "2024-06-01"), shared.series(View())
    assert sources._ordered(says, series)[0] == series[0].panel
    everyone = [one for one in series if one.panel == series[0].panel]
    assert {one.source for one in everyone} == {"Gaza health ministry", "United Nations", "Hamas"}
    drawn = sources.keep_count(says[says["counted"] == "everyone"], standing.comparable(everyone))
    assert set(drawn["source_name"]) == {"Gaza health ministry", "United Nations"}


def test_a_small_line_ends_with_its_area_where_its_count_was_silent_for_a_year():
    days = [("a", 10, "2012-01-01"), ("b", 20, "2012-06-01"), ("c", 90, "2015-01-01"), ("d", 95, "2015-06-01")]
    (line,) = tables_of(*(total(name, value, day) for name, value, day in days)).series(View())
    plot = overview.spark(line, {}).children[0]
    assert [one.className for one in plot.children] == ["spark-area", "spark-line"] * 2 + ["spark-dot"]


@pytest.mark.parametrize(("value", "step"), [(1, 0), (9, 0), (10, 1), (99_999, 4), (100_000, 5), (9_000_000, 5)])
def test_a_number_has_its_step_of_colour(value, step):
    assert world.step(value) == step
    assert len(world.legend(Theme())) == len(world.STEPS)


def test_the_map_asks_nobody_else_for_shapes_and_shows_small_countries():
    chart = world.world(pd.Series({"SYR": 12, "PSE": 400, "XXX": 3, "EGY": 0}), {"SYR": "Syria <b>12</b>"}, Theme())
    shapes, shown, small = chart.data
    assert shapes.geojson.startswith("/assets/")
    assert list(shown.locations) == ["SYR", "PSE", "XXX"]  # nobody harmed, no colour
    assert shown.hovertext[0] == "Syria &lt;b&gt;12&lt;/b&gt;"
    assert len(small.lon) == 1
    west, east = chart.layout.geo.lonaxis.range
    assert west < 34 < 42 < east
    assert world.view_of([]) == ([-180, 180], [-57, 84])


def test_notes_are_lines_that_begin_with_a_day():
    text = "2012-05-25 Houla; nonsense\n2013-08-21  Ghouta <b>\n2013-99-99 no day; 2014-01-01"
    assert notes(text) == [("2012-05-25", "Houla"), ("2013-08-21", "Ghouta <b>")]


def test_pages_of_an_empty_store_say_that_there_is_nothing(tmp_path):
    with Store.open(tmp_path / "store.db") as store:
        data = Data(store)
        assert overview.multiples(data) == []
        assert "No source in view" in words_of(sources.shown(View(), data, {}))
        shared, table = data.snapshot().tables, data.snapshot().table
        countries = by_country(shared.totals(View()), shared.incidents(View()), table)
        assert "No incident in view" in words_of(map_page._tables(countries, by_place(shared.incidents(View()))))


def test_the_method_page_says_what_the_conventions_say(tmp_path):
    with Store.open(tmp_path / "store.db") as store:
        store.add(ARTICLE, [FIGURE])
        said = words_of(method.layout(Data(store), ""))
    for name in convention_ids():
        assert load_convention(name).cites in said
    assert "1 figure from 1 article" in said


def test_an_official_dataset_is_laid_over_its_conflict_only(tmp_path):
    official = read(PLAIN_FULL, tmp_path)
    with Store.open(tmp_path / "store.db") as store:
        data = Data(store, known_references=(official,))
        shown = data.references(View(Filters(conflict=("syria",), outcome=("killed",))))
        assert [table["value"].tolist() for table in shown.values()] == [[9_000]]
        assert data.references(View(Filters(conflict=("sudan",)))) == {}
        assert data.references(View()) == {}


def test_a_reference_that_is_none_ends_with_one_line(tmp_path, capsys):
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    assert (
        server.main(create_app, ["--sample", "--no-browser", "--port", "0", "--reference", str(tmp_path / "notes.csv")])
        == 2
    )
    assert capsys.readouterr().err.count("\n") == 1
    (tmp_path / "plain.csv").write_text(PLAIN + "2012-03-06,many\n")
    assert server._reference(str(tmp_path / "plain.csv")).table["value"].tolist() == [9_000, 8_900]
    assert "many" in capsys.readouterr().err  # the message names what could not be read
