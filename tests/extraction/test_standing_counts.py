"""Bodies that keep a standing count: their names, and totals that do not say where or since when they count."""

from __future__ import annotations

import pytest
from readers import READER

from tracker.model import Article, KnowledgeError
from tracker.reader import load_reader


def read(text, published, title=""):
    return READER.read(Article(id="a", title=title, text=text, published=published))


@pytest.mark.parametrize(
    ("text", "published", "body"),
    [
        ("Palestinian officials said 2,329 people had been killed in Gaza since 7 October.", "2023-10-14", "Gaza"),
        (
            "In Gaza 2,329 people have been killed since 7 October, health officials in the enclave said.",
            "2023-10-14",
            "Gaza",
        ),
        ("The Hamas-run ministry of health in Gaza said 2,329 Palestinians had been killed.", "2023-10-14", "Gaza"),
    ],
)
def test_one_body_has_one_name(text, published, body):
    [figure] = read(text, published)
    assert figure.source_name == f"{body} health ministry"
    assert figure.source in text  # the article's own words stay


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Officials in Gaza said that 3,061 people had been killed.", "2023-10-18"),
        (
            "More than 3,061 people have been killed in Gaza in the past eleven days, the Gaza health ministry said.",
            "2023-10-18",
        ),
        ("The bombardment of Gaza that followed has killed 3,061 Palestinians.", "2023-10-18"),
    ],
)
def test_a_number_too_large_for_a_day_is_the_total_since_the_war_began(text, published):
    [figure] = read(text, published)
    assert (figure.scope, figure.country, figure.conflict) == ("cumulative", "PSE", "gaza")
    assert (figure.period_start, figure.date) == ("2023-10-07", "2023-10-18")


def test_the_people_counted_tell_where_when_the_place_is_only_whose_strikes():
    [figure] = read("Gaza's health ministry said 704 Palestinians had died since Israel opened fire.", "2023-10-10")
    assert (figure.country, figure.source_name) == ("PSE", "Gaza health ministry")


@pytest.mark.parametrize(
    ("text", "published", "scope"),
    [
        (
            "The Gaza health ministry said 22 people were killed in an air strike on Rafah on Monday.",
            "2024-03-05",
            "incident",
        ),
        ("The Gaza health ministry said 92 people had been killed in the past 24 hours.", "2024-03-05", "period"),
        ("Israel said 1,200 people were killed in Israel on 7 October.", "2023-11-20", "incident"),
        # In a short war a count is soon reached by one event; a part of the area that is named tells them apart.
        ("The Gaza health ministry said a strike on Beit Lahia killed 42 people on Sunday.", "2021-05-16", "incident"),
        ("The Gaza health ministry said 181 people had been killed in Gaza.", "2021-05-16", "cumulative"),
    ],
)
def test_days_and_events_stay_what_they_are(text, published, scope):
    [figure] = read(text, published)
    assert figure.scope == scope


def test_soldiers_are_counted_where_they_fell():
    text = "The Israeli military said 233 soldiers had been killed in Gaza since the ground operation began."
    [figure] = read(text, "2024-02-20")
    assert (figure.source_name, figure.place, figure.country) == ("Israeli military", "Gaza", "PSE")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("At least 2,640 people have been killed in Gaza, authorities there say.", "Gaza health ministry"),
        ("Officials say 2,640 people have been killed in Gaza since the war began.", "Gaza health ministry"),
        ("Hamas said that 8,010 people had died in Gaza.", "Gaza health ministry"),
        ("Medics in the enclave say 4,120 people have been killed by Israeli fire in Gaza.", "Gaza health ministry"),
        ("Gaza medics say Israel has killed 4,120 Palestinians since the war began.", "Gaza health ministry"),
        ("Hospitals in Gaza have counted 4,120 dead since the war began, doctors said.", "Gaza health ministry"),
        ("Medics in Gaza said that 41 people were killed on Sunday.", "Palestinian medics"),
        ("Officials said that 19 people were killed in Gaza on Sunday.", "Officials"),
        (
            "Health officials in Gaza told of 1,410 dead. Officials said 1,210 people in Israel were killed.",
            "Officials",
        ),
    ],
)
def test_a_loose_name_means_the_body_only_beside_its_total(text, body):
    assert read(text, "2023-10-30")[-1].source_name == body


@pytest.mark.parametrize(
    ("text", "conflict", "since"),
    [
        ("The Gazan authorities told of 1,910 people killed.", "gaza", "2023-10-07"),
        ("In the West Bank 212 Palestinians have been killed since January 2023, the UN said.", "west-bank", "2023-01"),
        (
            "Settlers and soldiers have killed 59 Palestinians since the war began, WAFA said.",
            "west-bank",
            "2023-10-07",
        ),
    ],
)
def test_a_total_is_of_the_war_and_the_time_that_its_body_counts(text, conflict, since):
    [figure] = read(text, "2023-10-30", title="Anger in the West Bank")
    assert (figure.conflict, figure.period_start[: len(since)]) == (conflict, since)


def test_the_ministry_of_the_longer_name_is_meant():
    text = "Soldiers have killed 812 Palestinians in the occupied territory, the health ministry in Ramallah says."
    [figure] = read(text, "2025-01-15", title="West Bank violence since the war began")
    assert (figure.source_name, figure.conflict) == ("Palestinian health ministry", "west-bank")


@pytest.mark.parametrize(
    ("text", "published", "country", "since"),
    [
        # a toll beyond all that was counted in Israel is not Israel's
        ("Palestinian death toll passes 21,000 as Israel fights on", "2023-12-22", "PSE", None),
        ("Death toll of the war in Israel stays at 1,200", "2023-12-22", "ISR", None),
        # the day's number beside it tells no start of the total
        ("91 killed in Gaza in past 24 hours, death toll now 28,430", "2024-02-12", "PSE", "2023-10-07"),
        # whose dead they are
        ("In all 1,300 Israelis have been killed, and Gaza lies in ruins", "2023-10-16", "ISR", None),
    ],
)
def test_a_total_lies_where_and_since_when_its_people_are_counted(text, published, country, since):
    figure = max(read("", published, title=text), key=lambda one: one.value)
    assert (figure.country, figure.conflict) == (country, "gaza")
    assert since is None or figure.period_start == since


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("The Palestinian health ministry said at least 318 people were killed in Gaza.", "cumulative"),
        ("Israel answered with air strikes on Gaza, killing at least 492 people.", "cumulative"),
        ("An air strike killed 112 people in Jabalia in Gaza, the health ministry said.", "incident"),
        ("The Gaza health ministry said 256 people were killed in the past 24 hours.", "period"),
        ("At least 250 people were killed in Israel on Saturday, medics said.", "incident"),
    ],
)
def test_in_the_first_days_of_a_war_many_dead_of_its_whole_area_are_the_total(text, scope):
    [figure] = read(text, "2023-10-10")
    assert figure.scope == scope


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("The army has killed 2,870 Palestinian children in Gaza, an aid group says.", "cumulative"),
        ("A strike on a school in Gaza killed 23 Palestinian children, an aid group says.", "incident"),
        ("More than 130 aid workers were killed in Gaza.", "cumulative"),
        ("The planes killed more than 60 people and injured more than 210, a doctor in Syria said.", "incident"),
    ],
)
def test_more_children_than_one_event_harms_are_a_total_of_the_war(text, scope):
    assert {figure.scope for figure in read(text, "2023-11-02")} == {scope}


@pytest.mark.parametrize(
    ("text", "group", "scope"),
    [
        ("The UN agency for Palestinian refugees says 61 staffers were killed in Gaza.", "aid_workers", "cumulative"),
        ("Fourteen employees of UNRWA have been killed since the war began, UNRWA said.", "aid_workers", "cumulative"),
        ("UNRWA said a strike on its school in Gaza killed 14 civilians.", "civilians", "incident"),
    ],
)
def test_the_employees_of_a_body_that_counts_aid_workers_are_aid_workers(text, group, scope):
    [figure] = read(text, "2023-11-02", title="War in Gaza")
    assert (figure.source_name, figure.victim_group, figure.scope) == ("UNRWA", group, scope)


def test_what_an_army_says_of_nobody_named_is_of_the_soldiers_that_it_counts():
    text = "Ukraine's military says that Moscow has suffered 678,400 casualties since the invasion began."
    [figure] = read(text, "2024-10-20")
    assert (figure.country, figure.conflict) == ("UKR", "ukraine")
    assert (figure.victim_group, figure.scope) == ("combatants", "cumulative")


def test_an_army_that_counts_its_own_and_the_enemys_dead_is_not_guessed_at():
    text = "The Israeli military said more than 17,000 Hamas fighters had been killed."
    [figure] = read(text, "2024-08-20")
    assert (figure.source_name, figure.country == "ISR") == ("Israeli military", False)


def test_a_claim_on_the_enemy_is_of_his_soldiers_only():
    text = (
        "Ukraine's general staff said Russia had lost 431,550 soldiers. Ukrainian officials said a child died in Sumy."
    )
    lost, child = read(text, "2024-03-20")
    assert lost.source_name == "Ukraine's General Staff"
    assert child.source_name != "Ukraine's General Staff"


OWN = """
[[source]]
name = "Camp committee"
type = "ngo"

[[count]]
conflict = "gaza"
body = "Camp committee"
named = ["committee of the camp"]
id = "camp-committee"
counted = "everyone"
area = "Gaza"
country = "PSE"
since = "2023-10-07"
outcomes = ["displaced"]
kind = "body_count"
least = 1000
"""


def test_a_user_adds_a_count_of_her_own(tmp_path):
    (tmp_path / "own.toml").write_text(OWN)
    reader = load_reader(sources=tmp_path / "own.toml")
    text = "The committee of the camp said 4,500 people had been displaced in Gaza since the war began."
    [figure] = reader.read(Article(id="a", text=text, published="2024-03-05"))
    assert (figure.source_name, figure.source_type, figure.period_start) == ("Camp committee", "ngo", "2023-10-07")


def test_a_wrong_count_of_ones_own_is_named(tmp_path):
    (tmp_path / "own.toml").write_text(OWN.replace("least = 1000", 'least = "many"'))
    with pytest.raises(KnowledgeError, match="camp-committee: least is not a whole number"):
        load_reader(sources=tmp_path / "own.toml")


TOTALS = [
    ("The war has cost 42,310 lives - 48 of them in the last 48 hours, the Gaza health ministry said.", "gaza", "PSE"),
    ("The General Staff puts Russian losses at 402,150 men killed or wounded.", "ukraine", "UKR"),
    ("More than 310,000 civilians were killed since the uprising began, SOHR said.", "syria", "SYR"),
    ("The ministry in Gaza said the war had killed 17,510 people so far.", "gaza", "PSE"),
]


@pytest.mark.parametrize(("text", "conflict", "country"), TOTALS)
def test_a_body_tells_the_total_of_its_war(text, conflict, country):
    figure = read(text, "2024-09-01")[0]
    assert (figure.scope, figure.conflict, figure.country) == ("cumulative", conflict, country)
    assert figure.period_start in ("2023-10-07", "2022-02-24", "2011-03-15")


OTHER_STARTS = [
    ("At least 179 Palestinians have been killed in the West Bank since January, OCHA said in 2023.", "2023-01"),
    (
        "In the West Bank 212 Palestinians have been killed since March, OCHA said, "
        "making this the grimmest year for families there in two decades.",
        "2023-03",
    ),
    ("Since 2008 at least 1,410 Palestinians have been killed in the West Bank, OCHA said.", "2008"),
]


@pytest.mark.parametrize(("text", "since"), OTHER_STARTS)
def test_a_total_with_an_older_start_is_not_the_count(text, since):
    [figure] = read(text, "2023-10-14")
    assert (figure.period_start or "").startswith(since)


def test_what_a_state_says_of_the_attack_on_it_was_there():
    text = "Israel says 1,150 people died in the attack by Hamas; the ministry in Gaza says 34,900 died since."
    israel, gaza = read(text, "2024-05-14")
    assert (israel.country, israel.scope, gaza.country, gaza.scope) == ("ISR", "incident", "PSE", "cumulative")
