"""Attributes of figures: source, date, scope, place, victims and cause, as tables of sentences and answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.model import Article, Figure
from tracker.reader import Reader

WEDNESDAY = "2024-03-06"


def first(reader: Reader, text: str, title: str = "") -> Figure:
    return reader.read(Article(id="test", title=title, text=text, published=WEDNESDAY))[0]


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        ("Shelling killed 12 people, police said.", "police", "police"),
        ("Shelling killed 12 people, the health ministry said on Sunday.", "the health ministry", "government"),
        ("According to the United Nations, 12 people were killed.", "the United Nations", "un"),
        (
            "Twelve people were killed, according to two doctors at the hospital.",
            "two doctors at the hospital",
            "medical",
        ),
        ("The opposition says the shelling has killed 12 people.", "The opposition", "opposition"),
        ("A war monitor said 12 people had been killed.", "A war monitor", "ngo"),
        ("Save the Children said 12 pupils had been killed.", "Save the Children", "ngo"),
        ("The army's chief, Omar Haddad, said 12 soldiers had died.", "The army's chief", "military"),
        ('"Twelve people were killed," said Mayor Ana Petrova.', "Mayor Ana Petrova", "government"),
        ("Kurdish media reported 12 deaths, citing a source in the militia.", "a source in the militia", "armed_group"),
        ("Governor Ivo Maric told reporters 12 people were killed.", "Governor Ivo Maric", "government"),
        # What a phrase is found by is not its first word.
        ("Shelling killed 12 people, a toll from the health ministry shows.", "the health ministry", "government"),
        ("As reported by police, 12 people were killed.", "police", "police"),
        ("By the count of the Red Cross, 12 people were killed.", "the Red Cross", "ngo"),
        # A text that was cut off where somebody was to be set behind the source.
        ("Shelling killed 12 people, according to police,", "police", "police"),
        # A say word inside a name, and words that may stand in one.
        ("A raid near United States bases killed 12 people.", None, "unattributed"),
        ("Local residents in the north said 12 people were killed.", "Local residents in the north", "witness"),
        ("Twelve people were killed on Monday.", None, "unattributed"),
        ("TULAN (Reuters) - Twelve people were killed on Monday.", None, "unattributed"),
        ("The war has claimed more than 900 lives.", None, "unattributed"),
    ],
)
def test_source(text: str, source: str | None, kind: str, reader: Reader) -> None:
    figure = first(reader, text)
    assert (figure.source, figure.source_type) == (source, kind)


def test_source_carries_on_by_pronoun_and_ellipsis(reader: Reader) -> None:
    text = "Police said 12 people were killed. Another 30 were wounded. They said it was a bomb. Two cars burned."
    figures = reader.read(Article(id="test", text=text, published=WEDNESDAY))
    assert [figure.source for figure in figures] == ["Police", "Police"]


def test_headline_closes_with_its_source(reader: Reader) -> None:
    assert first(reader, "", "Blast kills 12 in market -- medics").source == "medics"


@pytest.mark.parametrize(
    ("text", "date", "scope"),
    [
        ("A bomb killed 12 people on Monday.", "2024-03-04", "incident"),
        ("A bomb killed 12 people on Wednesday.", "2024-03-06", "incident"),
        ("A bomb killed 12 people on Thursday.", "2024-02-29", "incident"),
        ("A bomb killed 12 people yesterday.", "2024-03-05", "incident"),
        ("A bomb killed 12 people on 30 October.", "2023-10-30", "incident"),
        ("A bomb killed 12 people on Feb. 3.", "2024-02-03", "incident"),
        ("A bomb killed 12 people two days ago.", "2024-03-04", "incident"),
        ("In May 2016 a bomb killed 12 people.", "2016-05", "incident"),
        ("Shelling killed 12 people in the past 24 hours.", "2024-03-06", "period"),
        ("Some 300 people died last month.", "2024-02", "period"),
        ("Some 300 people died between 7 September and 4 October 2023.", "2023-10-04", "period"),
        ("More than 9,000 people have been killed since March 2011.", "2024-03-06", "cumulative"),
        ("The conflict has claimed 9,000 lives.", "2024-03-06", "cumulative"),
        ("The death toll from the war has risen to 20,000.", "2024-03-06", "cumulative"),
        ("The war has killed 925 civilians.", "2024-03-06", "cumulative"),
        ("As of 1 March, 925 people had been killed since the war began.", "2024-03-01", "cumulative"),
        ("The death toll in the bombing rose to 14.", None, "incident"),
        ("A bomb killed 12 people.", None, "incident"),
    ],
)
def test_date_and_scope(text: str, date: str | None, scope: str, reader: Reader) -> None:
    figure = first(reader, text)
    assert (figure.date, figure.scope) == (date, scope)


def test_without_publication_date_relative_dates_stay_empty(reader: Reader) -> None:
    figures = reader.read(Article(id="test", text="A bomb killed 12 people on Monday. In May 2016 it killed 3 people."))
    assert [figure.date for figure in figures] == [None, "2016-05"]


def test_a_running_total_states_the_start_of_its_period(reader: Reader) -> None:
    figure = first(reader, "More than 9,000 people have been killed since March 2011.")
    assert (figure.period_start, figure.date_precision) == ("2011-03", "day")


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        ("A bomb killed 12 people in Aleppo.", "Aleppo", "SYR"),
        ("A bomb killed 12 people in the Sukari district of Aleppo.", "Sukari district of Aleppo", "SYR"),
        ("Shelling of a village near Kharkiv killed 12 people.", "village near Kharkiv", "UKR"),
        ("A bomb killed 12 people in Tripoli, Libya.", "Tripoli, Libya", "LBY"),
        ("Lebanon sent police to Tripoli. A bomb killed 12 people in Tripoli.", "Tripoli", "LBN"),
        ("A bomb killed 12 people in El Fasher.", "El Fasher", "SDN"),
        ("BEIRUT (Reuters) - Shelling killed 12 people in Homs.", "Homs", "SYR"),
        ("A drone killed 12 people in Gaza, Israel's military said.", "Gaza", "PSE"),
        ("Police said in March that 12 people had died.", None, None),
    ],
)
def test_place(text: str, place: str | None, country: str | None, reader: Reader) -> None:
    figure = first(reader, text)
    assert (figure.place, figure.country) == (place, country)


@pytest.mark.parametrize(
    ("text", "victims", "group"),
    [
        ("A bomb killed 12 Palestinian civilians.", "Palestinian civilians", "civilians"),
        ("A bomb killed 12 US soldiers.", "US soldiers", "combatants"),
        ("A bomb killed 12 aid workers.", "aid workers", "aid_workers"),
        ("A bomb killed three children.", "children", "children"),
        ("A bomb killed 12 and wounded 30.", None, "unspecified"),
        ("A bomb killed 12 others.", None, "unspecified"),
        ("The conflict has claimed more than 900 lives.", "lives", "unspecified"),
        # Two nouns for the people of one number are of no one kind; a clause of its own is none of them.
        ("A bomb killed 30 civilians and soldiers.", "civilians and soldiers", "unspecified"),
        ("Over 30 Malian civilians and soldiers were killed.", "Malian civilians and soldiers", "unspecified"),
        ("A bomb killed 30 soldiers and police officers.", "soldiers and police officers", "combatants"),
        ("A bomb killed 30 civilians and soldiers fled the town.", "civilians", "civilians"),
        ("A bomb killed 30 civilians and witnesses said the market burned.", "civilians", "civilians"),
        ("Troops killed 30 rebels and army vehicles burned.", "rebels", "combatants"),
        ("There were dozens of dead militants in the town.", "militants", "combatants"),
        # Staff, members and leaders are what they belong to.
        ("A bomb killed 12 UN workers.", "UN workers", "aid_workers"),
        ("A bomb killed three employees of Oxfam.", "employees", "aid_workers"),
        ("Nine people working for UNRWA were killed.", "people", "aid_workers"),
        ("The Red Crescent said that four of its volunteers had been killed.", "volunteers", "medical"),
        (
            "The head of UNICEF said nine staff members of the agency had died in the war.",
            "staff members",
            "aid_workers",
        ),
        ("A bomb killed six senior leaders of Hamas.", "senior leaders", "combatants"),
        ("A bomb killed two rebel leaders.", "rebel leaders", "combatants"),
        ("A bomb killed two union leaders.", "union leaders", "civilians"),
        ("Gunmen killed dozens of members of the 700-strong community.", "members", "civilians"),
        ("A bomb killed an extended family member.", "extended family member", "unspecified"),
        ("A raid on the army killed three employees in a bank.", "employees", "civilians"),
        # What someone is suspected of, or whom he likes, makes no fighter.
        ("Police killed two suspects.", "suspects", "unspecified"),
        ("Police killed two supporters of the president.", "supporters", "unspecified"),
        ("A bomb killed two aides of a cleric.", "aides", "civilians"),
    ],
)
def test_victims(text: str, victims: str | None, group: str, reader: Reader) -> None:
    figure = first(reader, text)
    assert (figure.victims, figure.victim_group) == (victims, group)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("A bomb killed 12 people.", "conflict"),
        ("The earthquake killed 12 people.", "disaster"),
        ("The derailed train killed 12 people.", "accident"),
        ("Cholera has killed 12 people in the outbreak.", "disease"),
        ("The murderer stabbed to death three women.", "crime"),
    ],
)
def test_cause(text: str, cause: str, reader: Reader) -> None:
    assert first(reader, text).cause == cause


def test_parts_point_to_their_total(reader: Reader) -> None:
    text = "The raid killed 25 people, including five children. Four of them were girls."
    total, part, later = reader.read(Article(id="test", text=text, published=WEDNESDAY))
    assert (part.part_of, later.part_of) == (total.figure_id, total.figure_id)


def test_ids_are_stable(reader: Reader) -> None:
    article = Article(id="test", title="Blast kills 12", text="A blast killed 12 people and hurt 30.")
    assert [f.figure_id for f in reader.read(article)] == [f.figure_id for f in reader.read(article)]
    assert len({f.figure_id for f in reader.read(article)}) == 3


def test_explain_gives_the_reason_why_a_number_is_no_figure(reader: Reader) -> None:
    [explained] = reader.explain(Article(id="test", text="The flood could kill 200 people."))
    [verdict] = explained.verdicts
    assert (verdict.words, verdict.reason, verdict.figure) == ("200", "not a fact: 'could'", None)


ANSWERS = (Path(__file__).parents[1] / "labelled" / "attributes.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", [line for line in ANSWERS if line and not line.startswith("#")])
def test_answers(line: str, reader: Reader) -> None:
    question, text, expected = line.split(" | ")
    figures = reader.read(Article(id="test", text=text, published=WEDNESDAY))
    assert "; ".join(getattr(figure, question) or "none" for figure in figures) == expected
