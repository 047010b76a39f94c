"""Reports beside a reference: tables of what was reported, what was counted, and the difference."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from made_figures import figure

from tracker.api import timeline
from tracker.knowledge import Conflict
from tracker.model import Scope, TrackerError, VictimGroup
from tracker.reference.compare import COLUMNS, compare, conflicts_of, late_beginnings, totals_beside
from tracker.reference.reading import read_reference
from tracker.reference.series import Reference
from tracker.timelines.columns import frame


def conflict(name: str, *countries: str, start: str = "2011-01-01", end: str | None = None) -> Conflict:
    return Conflict(name, name.title(), start, end, countries, (), ())


SYRIA = conflict("syria", "SYR")
YEMEN = conflict("yemen", "YEM")
GAZA, WEST_BANK = conflict("gaza", "PSE", "ISR"), conflict("west-bank", "PSE")
SAHEL = conflict("sahel", "MLI", "BFA", "NER")
ALL = (SYRIA, YEMEN, GAZA, WEST_BANK, SAHEL)


@pytest.fixture
def reference(tmp_path: Path):
    """Reads a text as a reference."""

    def read(text: str) -> Reference:
        path = tmp_path / "monitor.csv"
        path.write_text(text)
        return read_reference(path)

    return read


def reports(*lines: str, **changes):
    """Figures from lines such as `2012-03-26 9100`, running totals of the opposition in Syria."""
    parts = [line.split() for line in lines]
    return frame(figure(f"f{n}", date=day, value=int(value), **changes) for n, (day, value) in enumerate(parts))


def shown(rows: pd.DataFrame, *columns: str):
    texts = rows.assign(**{day: rows[day].dt.strftime("%Y-%m-%d") for day in ("date", "reference_date")})
    cells = texts[list(columns)].astype(object)
    return list(cells.where(cells.notna(), None).itertuples(index=False, name=None))


def beside(table: pd.DataFrame, other: Reference, conflicts=(SYRIA,)) -> pd.DataFrame:
    return compare(totals_beside(timeline(table).totals(), other), other, conflicts)


MONITOR = """\
date,value,low,high,country
2012-03-01,8000,7500,9000,SYR
2012-03-20,9000,8500,9600,SYR
2012-04-01,8800,8500,9600,SYR
"""


def test_each_report_stands_beside_the_last_number_of_the_reference(reference):
    table = reports("2012-02-01 5400", "2012-03-01 8000", "2012-03-19 9000", "2012-03-26 9100", "2012-05-01 4400")
    rows = beside(table, reference(MONITOR))
    assert shown(rows, "date", "value", "reference_date", "reference_value", "difference", "ratio", "within") == [
        ("2012-02-01", 5400, None, None, None, None, None),  # before the reference begins
        ("2012-03-01", 8000, "2012-03-01", 8000, 0, 1.0, True),
        ("2012-03-19", 9000, "2012-03-01", 8000, 1000, 1.125, True),
        ("2012-03-26", 9100, "2012-03-20", 9000, 100, 9100 / 9000, True),
        ("2012-05-01", 4400, "2012-04-01", 8800, -4400, 0.5, False),
    ]
    assert rows["reference_age_days"].tolist() == [pd.NA, 0, 18, 6, 30]
    assert rows["figure_id"].tolist() == ["f0", "f1", "f2", "f3", "f4"]
    assert tuple(rows.columns) == COLUMNS
    assert set(rows["reference"]) == {"monitor.csv"}


def test_one_claim_of_several_papers_keeps_all_its_figures(reference):
    table = frame([figure("f1"), figure("f2", article_id="a2")])
    (row,) = beside(table, reference(MONITOR)).to_dict("records")
    assert (row["figure_id"], row["figure_ids"]) == ("f1", ("f1", "f2"))


def test_without_bounds_nothing_lies_within_or_outside(reference):
    rows = beside(reports("2012-03-26 9100"), reference("date,value\n2012-03-01,9100\n"))
    assert shown(rows, "difference", "reference_low", "within") == [(0, None, None)]


def test_nothing_is_divided_by_zero(reference):
    rows = beside(reports("2012-03-26 9100"), reference("date,value\n2012-03-01,0\n"))
    assert shown(rows, "difference", "ratio") == [(9100, None)]


def test_sources_that_differ_on_a_day_stay_apart_and_nothing_is_averaged(reference):
    table = frame(
        [figure("f1"), figure("f2", value=6000, source_name="government"), figure("f3", value=9300, source_name="UN")]
    )
    rows = beside(table, reference(MONITOR))
    assert shown(rows, "source_name", "value", "difference") == [
        ("UN", 9300, 300),
        ("government", 6000, -3000),
        ("opposition", 9100, 100),
    ]


def test_only_the_same_outcome_and_the_same_victims_are_compared(tmp_path):
    path = tmp_path / "t4p.csv"
    path.write_text("report_date,ext_killed_cum,ext_killed_children_cum\n2023-10-08,400,80\n")
    gaza = {"conflict": "gaza", "country": "PSE", "date": "2023-10-09"}
    table = frame(
        [
            figure("all", value=430, **gaza),
            figure("children", value=90, victim_group=VictimGroup.CHILDREN, **gaza),
            figure("women", value=70, victim_group=VictimGroup.WOMEN, source_name="UN", **gaza),
            figure("injured", value=2000, outcome="injured", **gaza),
            figure("incident", value=30, scope=Scope.INCIDENT, **gaza),
        ]
    )
    rows = beside(table, read_reference(path), [GAZA])
    assert shown(rows, "figure_id", "victim_group", "value", "reference_value") == [
        ("all", "unspecified", 430, 400),
        ("children", "children", 90, 80),
    ]


def test_a_dataset_of_one_conflict_leaves_out_the_dead_of_other_countries(tmp_path):
    path = tmp_path / "t4p.csv"
    path.write_text("report_date,ext_killed_cum\n2023-10-08,400\n")
    gaza = {"conflict": "gaza", "date": "2023-10-09"}
    table = frame([figure("pse", country="PSE", **gaza), figure("isr", country="ISR", source_name="Israel", **gaza)])
    assert beside(table, read_reference(path), [GAZA])["figure_id"].tolist() == ["pse"]


SAHEL_EVENTS = """\
country,date_end,low,best,high
Mali,2012-01-01,1,2,3
Niger,2012-01-02,10,20,30
Mali,2012-01-03,100,200,300
Yemen (North Yemen),2012-01-02,5,5,5
"""


def test_the_countries_of_a_conflict_are_added_up_and_others_are_not(reference):
    days = ("2012-01-01 7", "2012-01-02 8", "2012-01-09 9")
    rows = beside(reports(*days, conflict="sahel"), reference(SAHEL_EVENTS), ALL)
    assert shown(rows, "date", "reference_low", "reference_value", "reference_high") == [
        ("2012-01-01", 1, 2, 3),
        ("2012-01-02", 11, 22, 33),
        ("2012-01-09", 111, 222, 333),
    ]


def test_of_several_countries_without_bounds_the_sum_has_none(reference):
    text = "date,value,low,high,country\n2012-01-01,5,4,6,MLI\n2012-01-02,7,,,NER\n2012-01-03,6,5,7,MLI\n"
    rows = beside(reports("2012-01-01 1", "2012-01-02 2", "2012-01-04 3", conflict="sahel"), reference(text), [SAHEL])
    assert shown(rows, "reference_value", "reference_low") == [(5, 4), (12, None), (13, None)]


def test_events_count_from_the_first_day_of_the_conflict_to_its_last(reference):
    war = conflict("syria", "SYR", start="2012-02", end="2012-03")
    text = "country,date_end,low,best,high\n" + "".join(
        f"Syria,{day},{best},{best},{best}\n"
        for day, best in [("2012-01-31", 1000), ("2012-02-01", 1), ("2012-03-31", 20), ("2012-04-01", 300)]
    )
    rows = beside(reports("2012-01-31 5", "2012-02-01 6", "2012-03-31 7", "2012-12-31 8"), reference(text), [war])
    assert shown(rows, "reference_value", "reference_high") == [(None, None), (1, 1), (21, 21), (21, 21)]
    assert set(rows["counted_from"].dropna()) == {pd.Timestamp("2012-02-01")}


def test_totals_that_were_published_as_such_are_not_counted_anew(reference):
    war = conflict("syria", "SYR", start="2012-03-10")
    rows = beside(reports("2012-03-26 9100"), reference(MONITOR), [war])
    assert shown(rows, "reference_value") == [(9000,)]


@pytest.mark.parametrize(
    ("start", "told"),
    [
        (
            "2011-03-15",
            ("syria began on 15 March 2011, but UCDP GED counts from 1 January 2012: its totals lack what",),
        ),
        ("2011-11", ()),
        ("2012-06-01", ()),
    ],
)
def test_a_file_that_misses_the_beginning_of_a_war_says_so(start, told, reference):
    text = "country,date_end,low,best,high\nSyria,2012-01-01,1,1,1\nSyria,2012-06-02,1,1,1\n"
    found = late_beginnings(reference(text), [conflict("syria", "SYR", start=start)])
    assert tuple(line.removesuffix(" came before") for line in found) == told
    assert late_beginnings(reference(MONITOR), [conflict("syria", "SYR", start=start)]) == ()


# --- which conflicts -----------------------------------------------------------------------------------------------

EVENTS = "country,date_end,low,best,high\nSyria,2012-01-01,1,1,1\nMali,2012-01-01,1,1,1\n"
NO_COUNTRY = "date,value\n2012-01-01,1\n"
T4P = "report_date,ext_killed_cum\n2023-10-08,400\n"


@pytest.mark.parametrize(
    ("text", "named", "reported", "chosen"),
    [
        (EVENTS, [], ["syria", "yemen"], ["syria", "sahel"]),
        (EVENTS, ["Sahel"], ["syria"], ["sahel"]),
        (T4P, [], ["gaza", "west-bank"], ["gaza"]),
        (T4P, ["gaza"], [], ["gaza"]),
        (NO_COUNTRY, ["yemen"], ["syria", "yemen"], ["yemen"]),
        (NO_COUNTRY, [], ["yemen"], ["yemen"]),
        (NO_COUNTRY, [], [], []),
    ],
)
def test_conflicts_are_chosen_by_country_or_by_the_user(text, named, reported, chosen, reference):
    assert [one.id for one in conflicts_of(reference(text), ALL, named, reported)] == chosen


@pytest.mark.parametrize(
    ("text", "named", "reported", "what"),
    [
        (EVENTS, ["yemen"], [], "UCDP GED does not count the conflict yemen: it counts MLI, SYR"),
        (T4P, ["west-bank"], [], "Tech for Palestine does not count the conflict west-bank: it counts gaza"),
        (NO_COUNTRY, [], ["syria", "yemen"], "monitor.csv names no country: say with --conflict which one"),
        (NO_COUNTRY, ["syria", "yemen"], [], "monitor.csv names no country: say with --conflict which one"),
    ],
)
def test_what_would_compare_the_wrong_war_is_refused(text, named, reported, what, reference):
    with pytest.raises(TrackerError, match=what):
        conflicts_of(reference(text), ALL, named, reported)


def test_nothing_to_compare_gives_an_empty_table_with_all_columns(reference):
    for table, conflicts in ((reports(), ALL), (reports("2012-03-26 9100"), ()), (reports("2012-03-26 1"), [YEMEN])):
        rows = beside(table, reference(MONITOR), conflicts)
        assert (tuple(rows.columns), len(rows)) == (COLUMNS, 0)
