"""The view as an address and as a phrase."""

import pytest

from dashboard.view.query import View, in_words, parse, phrase, search
from tracker.timelines.filters import Filters

DEFAULT = Filters(conflict=("syria",), outcome=("killed",))
NAMES = {"syria": "Syrian civil war (2011–2024)"}


@pytest.mark.parametrize(
    "view",
    [
        View(DEFAULT),
        View(DEFAULT).having(scale="log"),
        View(Filters()),
        View(Filters(conflict=("gaza", "sudan"), outcome=("injured",), source=("UN & others", "a=b"), cause=())),
        View(Filters(conflict=("syria",), scope=("cumulative",), since="2012-01-01", until="2013-12-31")),
        View(Filters(country=("SYR",), publisher=("Le Monde – ünïcode",))),
    ],
)
def test_an_address_gives_back_its_view(view):
    assert parse(search(view, DEFAULT), DEFAULT) == view


def test_the_default_view_has_a_bare_address():
    assert search(View(DEFAULT), DEFAULT) == ""
    assert parse(None, DEFAULT) == View(DEFAULT)


@pytest.mark.parametrize(
    ("address", "since", "until"),
    [
        ("?since=2012&until=2012", "2012-01-01", "2012-12-31"),
        ("?since=2012-02&until=2012-02", "2012-02-01", "2012-02-29"),
        ("?since=yesterday&until=2012-13-45", None, None),
        ("?since=&until=%00", None, None),
    ],
)
def test_dates_of_an_address_become_days_and_nonsense_nothing(address, since, until):
    filters = parse(address, DEFAULT).filters
    assert (filters.since, filters.until) == (since, until)


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(), "All outcomes"),
        (DEFAULT, "People killed – Syrian civil war (2011–2024)"),
        (
            Filters(outcome=("killed", "injured"), source=("A", "B", "C"), since="2012-03-26"),
            "People killed and people injured according to A, B and C since 26 March 2012",
        ),
        (
            Filters(since="2012-01-01", until="2012-12-31", scope=("cumulative",), cause=()),
            "All outcomes from 1 January 2012 to 31 December 2012 – running totals only – from every cause",
        ),
    ],
)
def test_a_view_in_words(filters, words):
    assert phrase(filters, NAMES) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [("2012-03-26", "26 March 2012"), ("2012-03", "March 2012"), ("2012", "2012"), (None, "no date"), ("x", "no date")],
)
def test_dates_are_as_exact_as_they_are_known(day, words):
    assert in_words(day) == words


def test_an_address_with_hundreds_of_fields_is_nonsense_and_no_error():
    assert parse("?" + "&".join(["source=x"] * 600), DEFAULT) == View(DEFAULT)


@pytest.mark.parametrize(
    ("code", "words"), [("ISR", "Israel"), ("usa", "the United States"), (" ", " "), ("x<y", "x<y")]
)
def test_countries_have_their_names_in_the_heading(code, words):
    assert phrase(Filters(country=(code,)), {}) == f"All outcomes in {words}"
