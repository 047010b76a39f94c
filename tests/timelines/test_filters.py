from __future__ import annotations

import pytest
from made_figures import figure

from tracker.model import Cause, Outcome, Scope, SourceType, Status, TrackerError
from tracker.timelines.columns import frame
from tracker.timelines.filters import Filters, apply

TABLE = frame(
    [
        figure("opposition"),
        figure("un", source_name="OHCHR", source_type=SourceType.UN, date="2012-05"),
        figure("injured", outcome=Outcome.INJURED, scope=Scope.INCIDENT, publisher="Other Paper"),
        figure("sudan", conflict="sudan", country="SDN", date="2023"),
        figure("undated", date=None, conflict=None, country=None, source_name=None),
        figure("crime", cause=Cause.CRIME),
        figure("rejected", status=Status.REJECTED),
        figure("accepted", status=Status.ACCEPTED),
    ]
)
SHOWN = ["opposition", "un", "injured", "sudan", "undated", "accepted"]


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (Filters(), SHOWN),
        (Filters(cause=()), [*SHOWN[:5], "crime", "accepted"]),
        (Filters(cause=("crime",)), ["crime"]),
        (Filters(conflict=("sudan",)), ["sudan"]),
        (Filters(conflict=("SUDAN", "nowhere")), ["sudan"]),
        (Filters(conflict=("nowhere",)), []),
        (Filters(outcome=("injured",)), ["injured"]),
        (Filters(scope=("incident",)), ["injured"]),
        (Filters(publisher=("other paper",)), ["injured"]),
        (Filters(country=("SDN",)), ["sudan"]),
        (Filters(source=("ohchr",)), ["un"]),
        (Filters(source=("un",)), ["un"]),
        (Filters(source=("un", "opposition"), conflict=("syria",)), ["opposition", "un", "injured", "accepted"]),
        (Filters(since="2012-05-15"), ["un", "sudan"]),
        (Filters(since="2012-06"), ["sudan"]),
        (Filters(since="2023-12-31"), ["sudan"]),
        (Filters(since="2024"), []),
        (Filters(until="2012"), ["opposition", "un", "injured", "accepted"]),
        (Filters(until="2012-04-30"), ["opposition", "injured", "accepted"]),
        (Filters(until="2012-05-01"), ["opposition", "un", "injured", "accepted"]),
        (Filters(since="2012-03-26", until="2012-03-26"), ["opposition", "injured", "accepted"]),
    ],
)
def test_filters(filters, kept):
    assert apply(TABLE, filters)["figure_id"].tolist() == kept


def test_filters_of_an_empty_table():
    assert apply(frame([]), Filters(conflict=("syria",), since="2012", until="2013")).empty


@pytest.mark.parametrize("date", ["12", "2012-13", "2012-02-30", "26.03.2012", "yesterday", "2012-3", "٢٠١٢"])
def test_what_is_no_date_is_refused(date):
    with pytest.raises(TrackerError, match="is not a date"):
        Filters(since=date)
