"""Which count leads, and what is said of it first. No browser."""

import pytest
from made_figures import figure

from dashboard.look import who, wording
from dashboard.panels.lead import to_copy
from dashboard.view import standing
from dashboard.view.first_sentence import apart, first, sentence
from dashboard.view.query import View
from dashboard.view.tables import Tables
from tracker.model import Qualifier
from tracker.timelines.columns import frame

MINISTRY = "Gaza health ministry"


def gaza(name, value, day, source=MINISTRY, **changes):
    made = {"place": "Gaza", "country": "PSE", "conflict": "gaza", "source_type": "medical"}
    made |= {"qualifier": Qualifier.EXACT, "figure": f"{value:,}", "value": value, "low": value, "date": day}
    made |= {"article_id": f"a-{name}", "source_name": source, "published": day}
    return figure(name, **(made | changes))


def first_of(totals):
    return first(standing.ranked(totals))


def totals_of(*figures):
    return Tables(frame(figures), dict).totals(View())


HAMAS = [gaza(f"m{n}", 20_000 + n, f"2024-05-0{n}", source="Hamas", source_type="armed_group") for n in range(1, 6)]


def test_the_standing_count_leads_and_not_the_latest_or_the_longest_or_the_highest():
    totals = totals_of(
        gaza("f1", 30_000, "2024-02-29"),
        gaza("f2", 35_000, "2024-05-12"),
        gaza("x", 91, "2024-06-30", source="Rescue workers"),
        gaza("y", 9_000_000, "2024-06-01", source="Officials", source_type="officials"),
        *HAMAS,
    )
    found = first_of(totals)
    assert found.leading.source == MINISTRY
    assert sentence(found.leading) == "35,000 people killed in Gaza, says the Gaza health ministry (12 May 2024)"
    assert [one.source for one in standing.ranked(totals)][1] == "Hamas"  # long, and by a body that is known
    assert apart(found) == (
        "Current counts of everyone killed in Gaza go from 20,005 (Hamas) to 35,000 (the Gaza health ministry)."
    )
    later = totals_of(gaza("f1", 30_000, "2024-02-29"), gaza("f2", 35_000, "2024-06-12"), *HAMAS)
    assert apart(first_of(later)) == ""  # what was said a month before tells of another time


def test_the_next_counts_are_standing_ones_of_other_bodies_with_whom_they_count():
    totals = totals_of(
        gaza("f1", 30_000, "2024-02-29"),
        gaza("c1", 1_000, "2024-02-29", victim_group="children"),
        gaza("p1", 95, "2024-03-01", source="Committee to Protect Journalists", victim_group="press"),
        gaza("x1", 28_000, "2024-03-01", source="Rescue workers"),
    )
    found = first_of(totals)
    assert [sentence(one) for one in found.following] == [
        "95 journalists killed in Gaza, says the Committee to Protect Journalists (1 March 2024)"
    ]


def test_a_standing_count_that_fell_silent_gives_way_and_is_told_in_the_past():
    totals = totals_of(
        gaza("f1", 14_800, "2023-11-23", source="Gaza government media office", source_type="government"),
        gaza("f2", 15_000, "2023-11-23", source="UN human rights office", source_type="un"),
        gaza("f3", 60_000, "2025-08-01", source="UN human rights office", source_type="un"),
    )
    found = first_of(totals)
    assert found.leading.source == "UN human rights office"
    assert found.following == ()  # an old count of the same people is not told beside the new one
    assert [sentence(one) for one in standing.ranked(totals)][1] == (
        "14,800 people killed in Gaza, said the Gaza government media office (23 November 2023)"
    )
    assert apart(found) == ""  # a number of two years before is no other opinion on this one


def test_of_two_standing_counts_of_the_same_people_the_one_left_behind_does_not_lead():
    syria = {"place": "Syria", "country": "SYR", "conflict": "syria"}
    totals = totals_of(
        gaza("f1", 23_000, "2012-08-14", source="Syrian Observatory for Human Rights", source_type="ngo", **syria),
        gaza("f2", 93_000, "2013-06-13", source="UN human rights office", source_type="un", **syria),
    )
    assert (
        sentence(first_of(totals).leading)
        == "93,000 people killed in Syria, says the UN human rights office (13 June 2013)"
    )


def test_the_name_of_a_wider_body_stands_for_its_office_that_keeps_the_count():
    syria = {"place": "Syria", "country": "SYR", "conflict": "syria"}
    totals = totals_of(
        gaza("f1", 24_000, "2012-08-20", source="Syrian Observatory for Human Rights", source_type="ngo", **syria),
        gaza("f2", 92_500, "2013-06-10", source="United Nations", source_type="un", **syria),
    )
    told = "92,500 people killed in Syria, says the United Nations (10 June 2013)"
    assert sentence(first_of(totals).leading) == told


@pytest.mark.parametrize(
    ("day", "value", "leads"),
    [
        ("2022-11-20", 8_100, "Ukrainian government"),
        ("2022-11-20", 4_100, "UN human rights office"),  # lower: another opinion, and not what came later
        ("2022-10-10", 8_100, "UN human rights office"),  # within a month both are current
    ],
)
def test_a_count_is_left_behind_by_a_higher_one_of_its_kind_a_month_later(day, value, leads):
    made = {"place": "Ukraine", "country": "UKR", "conflict": "ukraine", "victim_group": "civilians"}
    totals = totals_of(
        gaza("f1", 6_100, "2022-10-01", source="UN human rights office", source_type="un", **made),
        gaza("f2", value, day, source="Ukrainian government", source_type="government", **made),
    )
    assert first_of(totals).leading.source == leads


def test_a_later_and_higher_count_of_a_known_body_stands_beside_an_old_one_that_leads():
    syria = {"place": "Syria", "country": "SYR", "conflict": "syria"}
    observatory = gaza("f1", 23_000, "2012-08-14", source="Syrian Observatory for Human Rights", **syria)
    others = [
        gaza("f2", 93_000, "2013-06-13", source="Amnesty International", source_type="ngo", **syria),
        gaza("f3", 9_000_000, "2013-06-14", source="UN refugee agency", source_type="un", **syria),  # misread
        gaza("f4", 95_000, "2013-06-14", source="Somebody", source_type="ngo", **syria),
    ]
    series = standing.ranked(totals_of(observatory, *others))
    assert [sentence(one) for one in first(series).following] == [
        "93,000 people killed in Syria, says Amnesty International (13 June 2013)"
    ]
    assert [one.source for one in standing.comparable(series)] == [
        "Syrian Observatory for Human Rights",
        "Amnesty International",
    ]


@pytest.mark.parametrize(("early", "told"), [(600, False), (4_000, True)])
def test_a_total_far_from_the_leading_one_at_its_time_is_no_other_opinion(early, told):
    made = {"place": "Ukraine", "country": "UKR", "conflict": "ukraine", "victim_group": "civilians"}
    totals = totals_of(
        gaza("f1", 5_000, "2022-07-12", source="UN human rights office", source_type="un", **made),
        gaza("f2", early, "2022-07-10", source="Ukrainian government", source_type="government", **made),
        gaza("f3", 8_400, "2022-07-13", source="Ukrainian government", source_type="government", **made),
    )
    assert ("go from 4,000" in apart(first_of(totals))) == told
    band = standing.compared(standing.comparable(standing.ranked(totals)))
    assert (band["low"].min() == early) == told


def test_what_two_bodies_say_to_the_end_is_shown_however_far_apart_it_lies():
    made = {"place": "Ukraine", "country": "UKR", "conflict": "ukraine", "victim_group": "combatants"}
    made |= {"victims": "Russian soldiers", "source_type": "military"}
    series = standing.ranked(
        totals_of(
            gaza("f1", 5_937, "2022-09-21", source="Russian defence ministry", **made),
            gaza("f2", 55_000, "2022-09-25", source="Ukraine's General Staff", **made),
        )
    )
    assert {one.source for one in standing.comparable(series)} == {
        "Russian defence ministry",
        "Ukraine's General Staff",
    }
    band = standing.compared(standing.comparable(series))
    assert (band["low"].min(), band["high"].max()) == (5_937, 55_000)


def test_where_only_another_count_than_the_leading_one_is_current_the_band_does_not_fall_to_it():
    totals = totals_of(
        gaza("f1", 30_000, "2024-02-01"),
        gaza("f2", 20_000, "2024-02-03", source="UN human rights office", source_type="un"),
        gaza("f3", 21_000, "2024-04-15", source="UN human rights office", source_type="un"),
        gaza("f4", 40_000, "2024-07-01"),
    )
    band = standing.compared(standing.comparable(standing.ranked(totals)))
    ends = zip(band["date"].dt.strftime("%m-%d"), band["low"], band["high"], strict=True)
    assert list(ends) == [
        ("02-01", 30_000, 30_000),
        ("02-03", 20_000, 30_000),
        ("04-15", 30_000, 30_000),  # and not 21,000, nor still 20,000 to 30,000
        ("07-01", 40_000, 40_000),
    ]


def test_a_band_of_two_bodies_does_not_fall_to_what_the_leading_one_said_long_before():
    children = {"victim_group": "children", "source_type": "government"}
    totals = totals_of(
        gaza("f1", 3_600, "2023-11-01", **(children | {"source_type": "medical"})),
        gaza("f2", 13_000, "2024-03-17", source="UNICEF", **(children | {"source_type": "un"})),
        gaza("f3", 14_000, "2024-03-18", source="Gaza government media office", **children),
        gaza("f4", 13_900, "2024-04-28", source="UNICEF", **(children | {"source_type": "un"})),
    )
    rows = standing.compared(standing.ranked(totals))
    ends = zip(rows["date"].dt.strftime("%m-%d"), rows["low"], rows["high"], strict=True)
    assert list(ends)[-2:] == [("03-18", 13_000, 14_000), ("04-28", 14_000, 14_000)]  # and not 3,600


def test_a_standing_count_says_whose_soldiers_it_counts():
    made = {"place": "Ukraine", "country": "UKR", "conflict": "ukraine", "victim_group": "combatants"}
    totals = totals_of(
        gaza("f1", 55_000, "2026-01-31", source="Ukrainian government", source_type="government", **made)
    )
    assert sentence(first_of(totals).leading) == (
        "55,000 Ukrainian soldiers killed in Ukraine, says the Ukrainian government (31 January 2026)"
    )


def test_a_number_below_what_a_standing_count_can_be_is_not_taken_for_it():
    totals = totals_of(gaza("f1", 12, "2024-02-29"))
    assert [one.standing for one in standing.ranked(totals)] == [None]


def test_a_single_number_of_a_body_without_a_standing_count_does_not_speak_for_a_conflict():
    assert first_of(totals_of(gaza("f1", 1_400, "2024-02-29", source="Hamas", source_type="armed_group"))) is None


def test_a_single_number_of_a_known_body_does_not_lead_before_bodies_that_keep_a_count():
    totals = totals_of(
        gaza("u", 10_000, "2024-02-01", source="United Nations", source_type="un"),
        gaza("a1", 9_000, "2024-01-01", source="Rescue workers", source_type="ngo"),
        gaza("a2", 9_500, "2024-03-01", source="Rescue workers", source_type="ngo"),
    )
    ranked = standing.ranked(totals)
    assert [one.source for one in ranked] == ["Rescue workers", "United Nations"]
    assert standing.comparable(ranked) == ranked


def test_a_number_that_is_only_given_as_a_former_one_makes_no_point():
    totals = totals_of(
        gaza("f1", 1_200, "2023-11-11", source="Hamas"),
        gaza("f0", 1_400, "2023-11-11", source="Hamas", rule="former", article_id="a-f1"),
        gaza("g1", 900, "2023-10-11", source="Rescue workers"),
        gaza("g2", 900, "2023-10-11", source="Rescue workers", rule="former"),
    )
    assert sorted(totals["value"]) == [900, 1_200]


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        ("everyone", "people"),
        ("everyone (ISR)", "Israelis"),
        ("everyone (LBN)", "Lebanese"),
        ("civilians", "civilians"),
        ("press", "journalists"),
        ("combatants (RUS)", "Russian soldiers"),
        ("combatants", "soldiers and fighters"),
        ("children (UKR)", "Ukrainian children"),
    ],
)
def test_who_is_counted_is_said_in_words(counted, words):
    assert who.people(counted) == words


def test_what_a_series_counts_names_people_harm_place_and_start():
    of = {"conflict": "gaza", "outcome": "killed", "area": "PSE", "counted": "press", "since": "2025-05"}
    assert who.count_in_words(of) == "journalists killed in Gaza since May 2025"
    assert who.count_in_words(of | {"conflict": "west-bank", "counted": "everyone", "since": ""}) == (
        "everyone killed in the West Bank"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Gaza health ministry", "the Gaza health ministry"),
        ("ACLED", "ACLED"),
        ("Ukraine's General Staff", "Ukraine's General Staff"),
        ("Syrian Network for Human Rights", "the Syrian Network for Human Rights"),
        ("Save the Children", "Save the Children"),
        ("opposition", "the opposition"),
        ("", ""),
    ],
)
def test_a_body_has_its_article(name, words):
    assert wording.body(name) == words


def test_what_is_copied_is_number_quote_and_citation():
    totals = totals_of(one := gaza("f1", 30_000, "2024-02-29", url="https://example.org/a"))
    series = first_of(totals).leading
    assert to_copy(series, one).splitlines() == [
        "30,000 people killed in Gaza, says the Gaza health ministry (29 February 2024).",
        f"“{one.quote}”",
        "Envoy in Moscow, The Daily, 29 February 2024. https://example.org/a",
    ]
