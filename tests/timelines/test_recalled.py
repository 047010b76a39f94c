"""Events told by many: a report that states neither place nor day of an event takes them from the others."""

from __future__ import annotations

import pandas as pd
import pytest
from worked import figures

from tracker.timelines.areas import load_areas
from tracker.timelines.columns import READ_AS, frame
from tracker.timelines.resolution import resolved

AREAS = load_areas()


def line(**said: str) -> dict[str, str]:
    """A report of the 1,200 killed in Israel on 7 October, printed some days later."""
    usual = {
        **{"value": "1200", "published": "2023-10-12", "date": "2023-10-07", "scope": "incident", "conflict": "gaza"},
        **{"place": "Israel", "country": "ISR", "victims": "people", "status": "extracted", "part_of": "-"},
        **{"source": "-", "source_type": "unattributed"},
    }
    return {**usual, "quote": "Gunmen from Gaza killed 1200 people in Israel.", **said}


def read(*lines: dict[str, str]) -> pd.DataFrame:
    text = "\n".join([" | ".join(lines[0]), *(" | ".join(one.values()) for one in lines)])
    return resolved(frame(figures(text)), AREAS)


VAGUE = {"place": "-", "country": "PSE", "date": "-", "quote": "They killed 1200 people and fled to the strip."}


@pytest.mark.parametrize("own", [{}, {"country": "-", "conflict": "-"}, {"date": "2023-10-11"}])
def test_an_event_that_many_state_is_meant_by_a_report_that_states_nothing(own):
    found = read(*[line()] * 5, line(**{**VAGUE, **own})).iloc[-1]
    assert (found["conflict"], found["country"], found["date"]) == ("gaza", "ISR", "2023-10-07")
    assert "country" in found[READ_AS]


KEPT = {
    "too few state it": ([line()] * 4, VAGUE),
    "as many state a total elsewhere": (
        [*[line()] * 5, *[line(scope="cumulative", place="Gaza", country="PSE", date="2023-10-12")] * 5],
        VAGUE,
    ),
    "its own sentence names a spot": ([line()] * 5, {**VAGUE, "place": "Rafah", "quote": "1200 were killed in Rafah."}),
    "people of another nation": ([line()] * 5, {**VAGUE, "victims": "Palestinians"}),
    "another war": ([line()] * 5, {**VAGUE, "conflict": "syria", "country": "SYR"}),
    "weeks later": ([line()] * 5, {**VAGUE, "published": "2023-11-20"}),
    "a person has accepted it": ([line()] * 5, {**VAGUE, "status": "accepted"}),
    "a part of another number": ([line()] * 5, {**VAGUE, "part_of": "f1"}),
    "a number that many events have": ([line(value="200")] * 5, {**VAGUE, "value": "200"}),
}


@pytest.mark.parametrize(("others", "own"), KEPT.values(), ids=KEPT)
def test_otherwise_a_report_keeps_its_own_reading(others, own):
    assert read(*others, line(**own))[READ_AS].iloc[-1] == ""


def test_copies_are_one_report_and_the_event_itself_does_not_change():
    lines = [*[line()] * 5, line(**VAGUE)]
    text = "\n".join([" | ".join(lines[0]), *(" | ".join(one.values()) for one in lines)])
    copies = {f"a{at}": "one" for at in range(1, 6)}
    assert set(resolved(frame(figures(text)), AREAS, copies)[READ_AS]) == {""}
    assert set(read(*lines)[READ_AS].iloc[:5]) == {""}


def test_an_event_of_a_known_day_is_no_running_total_because_two_reports_read_it_so():
    said = {"source": "Israeli government", "source_type": "government", "quote": "1200 people were killed in Israel."}
    events = [line(**said)] * 4
    totals = [line(**said, scope="cumulative", date="2023-10-12")] * 2
    assert read(*events, *totals)["scope"].tolist() == ["incident"] * 6
