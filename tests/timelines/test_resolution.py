"""Reports correct each other: what the clear majority of a claim's reports say holds for all of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from worked import check, figures

from tracker.model import COLUMNS
from tracker.timelines.areas import load_areas
from tracker.timelines.claims import claims
from tracker.timelines.columns import READ_AS, frame
from tracker.timelines.resolution import resolved
from tracker.timelines.totals import totals

AREAS = load_areas()


def resolved_of(text: str) -> pd.DataFrame:
    return resolved(frame(figures(text)), AREAS)


def total(value: int, day: str, **said: str) -> dict[str, str]:
    """A cell for each column of a running total of Gaza, as its ministry gives it."""
    usual = {
        **{"value": str(value), "published": day, "date": day, "scope": "cumulative", "conflict": "gaza"},
        **{"place": "Gaza", "country": "PSE", "source": "Gaza health ministry", "type": "medical"},
        **{"victims": "people", "group": "unspecified", "period_start": "-"},
    }
    return {**usual, "quote": f"The ministry said {value} people were killed in Gaza.", **said}


def table_of(*lines: dict[str, str]) -> str:
    names = [name if name != "type" else "source_type" for name in lines[0]]
    return "\n".join([" | ".join(names), *(" | ".join(line.values()) for line in lines)])


ODD = {
    "scope": ({"scope": "incident"}, "scope incident"),
    "country": ({"place": "Israel", "country": "ISR"}, "place Israel, country ISR"),
    "no source": ({"source": "-", "type": "unattributed"}, "source none"),
    "another source": ({"source": "Israeli army", "type": "military"}, "source Israeli army"),
    "conflict": ({"conflict": "-"}, "conflict none"),
    "day": ({"date": "2024-01-02"}, "date 2024-01-02"),
    "no day": ({"date": "-"}, "date none"),
    "victims": ({"victims": "fighters", "group": "combatants"}, "victims fighters, victim group combatants"),
    "one town": ({"place": "Rafah"}, "place Rafah"),
    "since": ({"period_start": "2024-03-20"}, "since 2024-03-20"),
}


@pytest.mark.parametrize(("odd", "read_as"), ODD.values(), ids=ODD)
def test_one_odd_report_of_four_takes_the_reading_of_the_others_and_keeps_its_own_beside_it(odd, read_as):
    right = [total(34596, f"2024-05-0{day}", date="2024-05-01") for day in (1, 2, 2)]
    found = resolved_of(table_of(*right, total(34596, "2024-05-02", **{"date": "2024-05-01", **odd})))
    assert found[READ_AS].tolist() == ["", "", "", read_as]
    same = ["scope", "source_name", "source_type", "place", "country", "conflict", "date", "victim_group"]
    assert len(found[same].drop_duplicates()) == 1
    steps = totals(claims(found, AREAS))
    check(
        steps,
        """
        source               | area | counted  | since | date       | value | support
        Gaza health ministry | PSE  | everyone | -     | 2024-05-01 | 34596 | 3 of 4 reports
        """,
    )


APART = {
    "a week passes without a report": [total(687, f"2023-10-{day}") for day in ("09", "10", "18")],
    "another outcome": [
        total(687, "2023-10-09"),
        total(687, "2023-10-09"),
        total(687, "2023-10-09", outcome="injured"),
    ],
    "a war elsewhere": [*[total(687, "2023-10-09")] * 2, total(687, "2023-10-09", conflict="ukraine", country="UKR")],
    "a number that many things have": [total(60, "2023-10-09")] * 3,
    "a round number of two sources": [
        *[total(1900, "2023-10-14")] * 2,
        total(1900, "2023-10-14", source="Israeli army"),
    ],
    "two reports only": [total(34596, "2024-05-01")],
}


@pytest.mark.parametrize("others", APART.values(), ids=APART)
def test_numbers_that_may_agree_by_chance_are_not_one_claim(others):
    lines = [{"outcome": "killed", **line} for line in [*others, {**others[-1], "scope": "incident"}]]
    assert set(resolved_of(table_of(*lines))[READ_AS]) == {""}


def test_where_no_reading_has_a_clear_majority_each_report_keeps_its_own():
    place = [{"place": "Israel", "country": "ISR", "quote": "They said 34596 were killed in Israel."}, {}]
    lines = [total(34596, "2024-05-01", **place[at % 2]) for at in range(5)]
    assert set(resolved_of(table_of(*lines))[READ_AS]) == {""}


def test_what_stands_in_the_sentence_counts_and_what_was_taken_from_elsewhere_does_not():
    inherited = {"place": "Israel", "country": "ISR", "quote": "By then 34596 people had been killed."}
    lines = [total(34596, "2024-05-01", **said) for said in (inherited, inherited, inherited, {}, {})]
    assert resolved_of(table_of(*lines))["country"].tolist() == ["PSE"] * 5


def test_a_period_since_the_war_began_is_a_running_total():
    weeks = {"scope": "period", "period_start": "2023-10-07"}
    lines = [total(3785, "2023-10-19", **said) for said in ({}, weeks, weeks, {"scope": "incident"})]
    assert resolved_of(table_of(*lines))["scope"].tolist() == ["cumulative"] * 4


def test_so_it_is_where_every_report_gives_the_period():
    lines = [total(3785, "2023-10-19", scope="period", period_start="2023-10-07")] * 4
    assert resolved_of(table_of(*lines))["scope"].tolist() == ["cumulative"] * 4


def test_a_total_is_not_of_the_day_of_the_event_that_others_tell_by_its_number():
    spot = {"scope": "incident", "place": "Israel", "country": "ISR", "quote": "1400 were killed in Israel."}
    events = [total(1400, "2023-10-17", **spot, date="2023-10-07")] * 3
    sums = [total(1400, f"2023-10-{day}", place="Israel", country="ISR") for day in (17, 18)]
    assert resolved_of(table_of(*events, *sums))["date"].tolist() == ["2023-10-07"] * 3 + ["2023-10-17", "2023-10-18"]


def test_a_total_that_was_read_as_the_event_that_began_the_war_is_as_of_its_print():
    odd = {"scope": "incident", "date": "2023-10-07"}
    lines = [total(1265, f"2023-10-1{day}", **said) for day, said in ((1, {}), (2, {}), (2, odd))]
    assert resolved_of(table_of(*lines))["date"].tolist() == ["2023-10-11", "2023-10-12", "2023-10-11"]


def test_no_number_is_as_of_a_day_after_its_first_print():
    lines = [total(34812, f"2024-05-0{day}") for day in (6, 7, 7, 7)]
    assert resolved_of(table_of(*lines))["date"].tolist()[0] == "2024-05-06"


def test_an_event_stays_an_event_where_its_reports_name_the_spot():
    spot = {"scope": "incident", "place": "Ahli hospital", "quote": "471 people died at the Ahli hospital."}
    lines = [total(471, "2023-10-18", **said) for said in (spot, spot, spot, {}, {})]
    assert resolved_of(table_of(*lines))["scope"].tolist() == ["incident"] * 3 + ["cumulative"] * 2


def test_what_a_person_has_corrected_stays_and_decides_for_the_others():
    lines = [total(34596, "2024-05-01", status="extracted", country="ISR", place="Israel")] * 3
    lines.append(total(34596, "2024-05-01", status="corrected"))
    found = resolved_of(table_of(*lines))
    assert found["country"].tolist() == ["PSE"] * 4
    assert found[READ_AS].tolist() == ["place Israel, country ISR"] * 3 + [""]


def test_a_person_is_not_outvoted():
    lines = [total(34596, "2024-05-01", status="extracted")] * 9
    lines.append(total(34596, "2024-05-01", status="accepted", scope="incident"))
    assert resolved_of(table_of(*lines))["scope"].tolist() == ["incident"] * 10


def test_copies_are_one_report():
    lines = table_of(*[total(34596, "2024-05-01", scope="incident"), *[total(34596, "2024-05-01")] * 3])
    table = frame(figures(lines))
    copies = {f"a{at}": "one" for at in (1, 2, 3)}
    assert set(resolved(table, AREAS, copies)[READ_AS]) == {""}


def test_only_the_columns_that_a_claim_decides_change():
    table = frame(figures(table_of(*[total(34596, "2024-05-01")] * 3, total(34596, "2024-05-01", scope="period"))))
    found = resolved(table, AREAS)
    assert list(found.columns) == [*COLUMNS, READ_AS]
    pd.testing.assert_frame_equal(found.drop(columns=[READ_AS, "scope"]), table.drop(columns="scope"))


LABEL = ["conflict", "outcome", "source_name", "area", "counted", "since", "date", "value"]


def made_store(size: int) -> pd.DataFrame:
    """Reports of 120 running totals, each read rightly by most; the same in every run."""
    rng = np.random.default_rng(7)
    lines = []
    for fact in rng.integers(0, 120, size).tolist():
        day = str(np.datetime64("2023-11-01") + fact)
        source = ("Gaza health ministry", "UN office", "Relief agency")[fact % 3]
        wrong = rng.random() < 0.3
        odd = ODD[list(ODD)[int(rng.integers(0, len(ODD)))]][0] if wrong else {}
        lines.append(total(10_003 + 97 * fact, day, **{"source": source, **odd}))
    return frame(figures(table_of(*lines)))


STORE = made_store(1_000)


def labels(table: pd.DataFrame) -> pd.Series:
    """The label of the point of each figure that has one."""
    steps = totals(claims(resolved(table, AREAS), AREAS)).explode("figure_ids")
    return steps.set_index("figure_ids")[LABEL].apply(tuple, axis=1)


BEFORE = labels(STORE)

any_report = st.builds(
    lambda fact, rest, odd: total(10_003 + 97 * fact + rest, "2023-12-01", **ODD[odd][0]),
    st.integers(0, 200),
    st.sampled_from([0, 0, 1, 900_000, 9_000_000]),
    st.sampled_from(sorted(ODD)),
)


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(report=any_report, day=st.integers(0, 130), group=st.sampled_from(["combatants", "children", "unspecified"]))
def test_one_more_article_changes_no_claims_but_those_of_its_own_number(report, day, group):
    day_text = str(np.datetime64("2023-11-01") + day)
    report = {**report, "published": day_text, "date": day_text, "group": group}
    added = frame(figures(table_of(report))).assign(figure_id="new", article_id="new")
    after = labels(pd.concat([STORE, added], ignore_index=True))
    own = STORE.loc[STORE["value"] == int(report["value"]), "figure_id"]
    kept = BEFORE.index.difference(pd.Index(own))
    assert len(kept) > 900
    moved = [one for one in kept if after.get(one) != BEFORE[one]]
    assert moved == []


def retold(size: int) -> pd.DataFrame:
    """Reports of small totals that their sources give again and again, between others; the same in every run."""
    rng = np.random.default_rng(11)
    lines = []
    for number, day in zip(rng.integers(20, 60, size).tolist(), rng.integers(0, 90, size).tolist(), strict=True):
        told = str(np.datetime64("2024-01-01") + day)
        lines.append(total(number, told, source=f"Agency {number % 3}", group="press", victims="reporters"))
    return frame(figures(table_of(*lines)))


RETOLD = retold(1_000)
BEFORE_RETOLD = labels(RETOLD)


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(number=st.integers(15, 70), day=st.integers(-5, 100), agency=st.integers(0, 2))
def test_a_number_told_between_two_reports_of_another_one_does_not_part_them(number, day, agency):
    told = str(np.datetime64("2024-01-01") + day)
    report = total(number, told, source=f"Agency {agency}", group="press", victims="reporters")
    added = frame(figures(table_of(report))).assign(figure_id="new", article_id="new")
    after = labels(pd.concat([RETOLD, added], ignore_index=True))
    kept = BEFORE_RETOLD.index.difference(pd.Index(RETOLD.loc[RETOLD["value"] == number, "figure_id"]))
    assert [one for one in kept if after.get(one) != BEFORE_RETOLD[one]] == []


@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_the_figures_has_no_influence(seed):
    mixed = STORE.sample(frac=1, random_state=seed, ignore_index=True)
    found = resolved(mixed, AREAS).sort_values("figure_id", ignore_index=True)
    pd.testing.assert_frame_equal(found, resolved(STORE, AREAS).sort_values("figure_id", ignore_index=True))
