"""Official datasets, read as they are published. Formats, countries, and the real files."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_samples import ACLED, GAZA, GAZA_CSV, PLAIN, PLAIN_FULL, UCDP, read, rows

from tracker.model import InputError
from tracker.reference.cells import iso_codes
from tracker.reference.reading import read_reference
from tracker.reference.series import TABLE_COLUMNS
from tracker.reference.ucdp import OWN_NAMES

SHARED = Path(__file__).parents[3] / "shared" / "reference"
with_real_files = pytest.mark.skipif(not SHARED.exists(), reason="../shared/reference is not there")


def of_everybody(reference, *columns: str):
    everybody = reference.table["victim_group"] == "unspecified"
    table = reference.table[everybody].assign(date=reference.table["date"].dt.strftime("%Y-%m-%d"))
    return list(table[list(columns)].itertuples(index=False, name=None))


# --- the formats -------------------------------------------------------------------------------------------------


def test_ucdp_deaths_of_a_day_are_added_up_per_country_and_an_event_counts_on_its_last_day(tmp_path):
    reference = read(UCDP, tmp_path)
    assert of_everybody(reference, "country", "date", "low", "best", "high", "value") == [
        ("SYR", "2016-01-02", 5, 7, 10, 7),
        ("SYR", "2016-01-05", 15, 17, 20, 17),
        ("YEM", "2016-01-01", 4, 4, 4, 4),
    ]
    assert (reference.name, reference.skipped, reference.from_events) == ("UCDP GED", 0, True)
    assert reference.counted == "events are added up from 1 January 2016, the first in the file"
    assert (reference.first, reference.last) == (pd.Timestamp("2016-01-01"), pd.Timestamp("2016-01-05"))
    assert reference.countries == {"SYR", "YEM"}


def test_ucdp_counts_civilians_and_the_combatants_of_both_sides_apart_and_without_bounds(tmp_path):
    every = rows(read(UCDP, tmp_path), "victim_group", "country", "date", "low", "value", "high")
    assert [row for row in every if row[0] != "unspecified" and row[1] == "SYR"] == [
        ("civilians", "SYR", "2016-01-02", None, 3, None),
        ("civilians", "SYR", "2016-01-05", None, 3, None),
        ("combatants", "SYR", "2016-01-02", None, 3, None),
        ("combatants", "SYR", "2016-01-05", None, 13, None),
    ]


def test_events_that_wait_for_a_check_are_candidates(tmp_path):
    reference = read(UCDP.replace("4,Clear", "4,Check deaths"), tmp_path)
    assert reference.name == "UCDP Candidate"
    assert set(reference.table["series"]) == {"UCDP Candidate"}


def test_counts_may_be_written_as_decimals(tmp_path):
    reference = read("country,date_end,best,high,low\nSyria,2016-01-01,4.0,5.0,3.0\n", tmp_path)
    assert of_everybody(reference, "low", "best", "high") == [(3, 4, 5)]


def test_acled_fatalities_in_all_its_ways_to_write_a_day(tmp_path):
    reference = read(ACLED, tmp_path)
    assert rows(reference, "country", "date", "value", "low", "high") == [
        ("SYR", "2017-01-01", 3, None, None),
        ("SYR", "2017-01-02", 5, None, None),
        ("SYR", "2017-01-03", 5, None, None),
        ("YEM", "2017-01-31", 7, None, None),
    ]
    assert (reference.name, reference.skipped) == ("ACLED", 0)


def test_acled_without_countries_and_in_capitals_as_in_old_files(tmp_path):
    reference = read("EVENT_DATE,FATALITIES\n2017-01-01,3\n", tmp_path)
    assert (rows(reference, "country", "value"), reference.countries, reference.notes) == ([("", 3)], frozenset(), ())


def test_gaza_takes_the_official_number_and_else_the_filled_one_and_says_so(tmp_path):
    reference = read(GAZA, tmp_path)
    assert rows(reference, "outcome", "victim_group", "date", "value") == [
        ("injured", "unspecified", "2023-10-07", 1600),
        ("injured", "unspecified", "2023-10-08", 2250),
        ("killed", "children", "2023-10-07", 0),
        ("killed", "children", "2023-10-08", 80),
        ("killed", "press", "2023-10-08", 3),
        ("killed", "unspecified", "2023-10-07", 230),
        ("killed", "unspecified", "2023-10-08", 400),
    ]
    assert reference.notes == (
        "days without an official number, filled in by Tech for Palestine (ext_): "
        "killed_cum 1, injured_cum 1, killed_children_cum 2",
    )
    assert (reference.conflict, reference.countries, reference.from_events) == ("gaza", {"PSE"}, False)
    assert reference.counted == "as published, from 7 October 2023"


def test_gaza_as_csv(tmp_path):
    assert rows(read(GAZA_CSV, tmp_path), "victim_group", "date", "value") == [
        ("medical", "2023-10-07", 6),
        ("unspecified", "2023-10-07", 230),
        ("unspecified", "2023-10-08", 400),
        ("women", "2023-10-07", 0),
        ("women", "2023-10-08", 11),
    ]


def test_a_plain_table_is_taken_as_it_is_even_where_it_goes_down(tmp_path):
    reference = read(PLAIN, tmp_path, "monitor.csv")
    assert rows(reference, "outcome", "country", "date", "value", "low") == [
        ("killed", "", "2012-03-01", 9000, None),
        ("killed", "", "2012-03-05", 8900, None),
    ]
    assert (reference.name, reference.conflict) == ("monitor.csv", "")


def test_a_plain_table_with_everything(tmp_path):
    assert rows(read(PLAIN_FULL, tmp_path), "outcome", "country", "value", "low", "high") == [
        ("injured", "SYR", 100, None, None),
        ("killed", "SYR", 9000, 8000, 9500),
    ]


@pytest.mark.parametrize("text", [UCDP, ACLED, GAZA, GAZA_CSV, PLAIN, PLAIN_FULL])
def test_every_format_gives_the_same_typed_table(text, tmp_path):
    types = read(text, tmp_path).table.dtypes.astype(str).to_dict()
    numbers = dict.fromkeys(("value", "low", "best", "high"), "Int64")
    texts = dict.fromkeys(("outcome", "victim_group", "country", "series"), "str")
    assert types == {"date": "datetime64[us]"} | numbers | texts
    assert tuple(types) == TABLE_COLUMNS


# --- countries ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Syria", "SYR"),
        ("Yemen (North Yemen)", "YEM"),
        ("DR Congo (Zaire)", "COD"),
        ("Congo", "COG"),
        ("Russia (Soviet Union)", "RUS"),
        ("Myanmar (Burma)", "MMR"),
        ("Cambodia (Kampuchea)", "KHM"),
        ("Vietnam (North Vietnam)", "VNM"),
        ("Serbia (Yugoslavia)", "SRB"),
        ("Zimbabwe (Rhodesia)", "ZWE"),
        ("Madagascar (Malagasy)", "MDG"),
        ("Kingdom of eSwatini (Swaziland)", "SWZ"),
        ("Bosnia-Herzegovina", "BIH"),
        ("Macedonia, FYR", "MKD"),
        ("United States of America", "USA"),
        ("Ivory Coast", "CIV"),
        ("Republic of Congo", "COG"),
        ("Democratic Republic of Congo", "COD"),
        ("  SYRIA ", "SYR"),
        ("syr", "SYR"),
        ("Atlantis (Thera)", ""),
        ("", ""),
    ],
)
def test_names_of_countries_as_the_datasets_write_them(name, code):
    codes, wrong = iso_codes(pd.Series([name], dtype="str", name="country"), OWN_NAMES)
    assert (codes.tolist(), wrong.tolist()) == ([code], [""])


def test_a_country_that_is_not_known_is_told(tmp_path):
    reference = read(UCDP.replace("Yemen (North Yemen)", "Atlantis"), tmp_path)
    assert reference.notes == ("countries that are not known, with their rows: 'Atlantis' (1)",)
    assert (reference.countries, reference.skipped) == ({"SYR"}, 0)


def test_in_a_plain_table_a_country_that_is_not_known_is_a_mistake(tmp_path):
    reference = read("date,value,country\n2012-01-01,5,Syria\n2012-01-02,6,Sirya\n", tmp_path)
    assert [problem.what for problem in reference.problems] == ["country is not known: Sirya"]


# --- order, and the real files -----------------------------------------------------------------------------------

EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3", "4", "5", ""]),
        st.sampled_from(["Syria", "Yemen (North Yemen)", "Atlantis"]),
        st.sampled_from(["2016-01-01", "2016-01-02", "2016-02-01", "never"]),
        st.integers(0, 50),
    ),
    min_size=1,
    max_size=12,
)


@given(EVENTS, st.randoms())
def test_the_order_of_rows_does_not_matter(tmp_path_factory, events, chance):
    def table(some):
        path = tmp_path_factory.getbasetemp() / "shuffled"
        lines = [f"{name},{country},{day},{best},{best},{best}" for name, country, day, best in some]
        path.write_text("\n".join(["id,country,date_end,low,best,high", *lines]) + "\n")
        try:
            reference = read_reference(path)
        except InputError:
            return None
        return rows(reference, *TABLE_COLUMNS), reference.skipped, reference.notes

    shuffled = events[:]
    chance.shuffle(shuffled)
    assert table(events) == table(shuffled)


@pytest.mark.parametrize(
    "text", [ACLED, GAZA_CSV, PLAIN_FULL, "date,value\n2012-01-01,5\n2012-01-01,7\n2011-01-01,1\n"]
)
def test_nor_in_the_other_formats(text, tmp_path):
    head, *lines = text.splitlines()
    expected = rows(read(text, tmp_path), *TABLE_COLUMNS)
    for seed in range(5):
        random.Random(seed).shuffle(lines)
        assert rows(read("\n".join([head, *lines]) + "\n", tmp_path), *TABLE_COLUMNS) == expected


@with_real_files
def test_the_real_events_of_syria():
    path = SHARED / "ucdp_ged_syria.csv.gz"
    reference = read_reference(path)
    raw = pd.read_csv(path)
    last = {row[0]: row[1:] for row in rows(reference, "victim_group", "low", "best", "high")}
    assert last["unspecified"] == (raw["low"].sum(), raw["best"].sum(), raw["high"].sum()) == (104929, 112337, 119020)
    assert last["civilians"] == (None, raw["deaths_civilians"].sum(), None)
    assert last["combatants"] == (None, raw["deaths_a"].sum() + raw["deaths_b"].sum(), None)
    assert (reference.name, reference.skipped, reference.notes) == ("UCDP GED", 0, ())
    assert reference.countries == {"SYR"}


@with_real_files
def test_the_real_casualties_of_gaza():
    reference = read_reference(SHARED / "palestine_datasets_casualties_daily.json")
    table = reference.table.set_index(["outcome", "victim_group"])
    killed = table.loc[("killed", "unspecified")]
    assert (killed["value"].iloc[0], killed["value"].iloc[-1]) == (232, 73419)
    assert (reference.first, reference.last) == (pd.Timestamp("2023-10-07"), pd.Timestamp("2026-08-22"))
    assert table.loc[("injured", "unspecified")]["value"].iloc[-1] == 174364
    ends = {group: int(table.loc[("killed", group)]["value"].iloc[-1]) for group in ("children", "women", "medical")}
    assert ends == {"children": 20179, "women": 12500, "medical": 1701}
    assert (reference.skipped, len(killed)) == (0, 1051)
