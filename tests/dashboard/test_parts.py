"""Cards, evidence, reading and serving, without a browser."""

import socket
from dataclasses import replace

import pytest
from callback_bodies import body_of, sent, with_values
from dash import html
from made_figures import ARTICLE, FIGURE, figure

from dashboard.app import create_app
from dashboard.look import marking, wording
from dashboard.look.theme import Theme
from dashboard.pages import method
from dashboard.panels import cards, columns, evidence, lead, reading
from dashboard.view import sandboxed
from dashboard.view.data import Data
from dashboard.view.filter_choices import choices
from dashboard.view.query import View
from dashboard.view.tables import Tables
from dashboard.web import server
from tracker.model import Qualifier, Scope, TrackerError
from tracker.store.store import Entry, Store
from tracker.timelines.areas import load_areas
from tracker.timelines.columns import frame
from tracker.timelines.filters import Filters


@pytest.fixture
def data(tmp_path):
    with Store.open(tmp_path / "store.db") as store:
        yield Data(store)


def words_of(component):
    """All text of a component, in order."""
    if isinstance(component, list | tuple):
        return "".join(map(words_of, component))
    if isinstance(component, str | int | float):
        return str(component)
    return words_of(getattr(component, "children", None) or "")


def cards_of(tables, view=None):
    view = view or View()
    return cards.cards(tables.totals(view), tables.series(view), Theme())


def marks_of(pieces):
    return [piece.children for piece in pieces if isinstance(piece, html.Mark)]


def test_an_empty_store_has_a_view_with_nothing_in_it(data):
    assert data.snapshot().default == Filters()
    assert len(data.rows("?conflict=syria&since=2012")) == 0
    assert cards_of(data.snapshot().tables) == []
    assert columns.rows(data.rows(""), data.snapshot().tables.areas) == []
    assert choices(data, Filters(source=("gone",)))[3][1]["items"][0]["value"] == "gone"


def test_the_frame_is_read_again_only_after_a_write(data):
    before = data.snapshot()
    assert data.snapshot() is before
    data.store.add(ARTICLE, [FIGURE])
    assert len(data.snapshot().table) == 1
    assert data.snapshot().default == Filters(conflict=("syria",), outcome=("killed",))


def test_cards_show_the_latest_total_of_each_source_with_its_hedge(data):
    later = figure("f2", start=0, end=3, value=12000, date="2012-05-01", qualifier=Qualifier.AT_LEAST)
    other = figure("f3", start=5, end=8, value=7000, source_name="Government", qualifier=Qualifier.EXACT)
    data.store.add(ARTICLE, [FIGURE, later, other])
    said = [words_of(card) for card in cards_of(data.snapshot().tables, data.view(""))]
    assert said == [
        "Oppositionat least 12,000everyone killed in Syriaas of 1 May 2012",
        "Government7,000everyone killed in Syriaas of 26 Mar 2012",
    ]


def test_reports_without_a_source_are_nobodys_latest_total():
    assert cards_of(Tables(frame([figure("f1", source_name=None)]), dict)) == []


def test_the_evidence_names_headline_quote_source_and_rule(data):
    data.store.add(ARTICLE, [FIGURE])
    (found,) = evidence.evidence(data, ["f1", "gone"])[1:]
    said = words_of(found)
    for word in (ARTICLE.title, "The Daily", "26 March 2012", FIGURE.quote, "The opposition", "90%"):
        assert word in said


def test_the_evidence_tells_by_an_example_how_a_figure_was_found():
    read = [
        evidence.how_found(figure("f", rule=rule, language=language))
        for rule, language in (("harm-passive", "en"), ("harm-passive+", "en"), ("counted-unit", "fr"), ("gone", "xx"))
    ]
    passive = "by a wording like “Twelve people from the village were killed”"
    assert read[:2] == [passive, f"{passive}, as a number beside another one"]
    assert read[2:] == ["by a noun that tells the harm, as in “12 deaths”", "gone"]


def test_the_evidence_speaks_in_words_and_not_in_codes(data):
    told = figure("f2", source="UNHCR", source_type="un", country="SYR", place=None)
    why = "country SYR, place 'homs'; standing count syria-unhcr-refugees"
    data.store.add_entry(Entry(ARTICLE, [told], reasons={"f2": why}))
    said = words_of(evidence.evidence(data, ["f2"]))
    why = "because it is of Syria, it names “Homs”; it is the count that this body keeps of the war"
    for word in ("UNHCR (United Nations)", "WhereSyria", why):
        assert word in said
    assert wording.reason("too little points to syria: actor 'isis'", {"syria": "Syrian civil war"}) == (
        "too little points to Syrian civil war: it names “Isis”"
    )
    assert wording.reason("too little points to syria: actor 'isis'; standing count syria-un", {}) == (
        "it names “Isis”; it is the count that this body keeps of the war"
    )
    assert wording.kind_of_source("armed_group") == "armed group"


def test_a_post_that_is_its_own_headline_is_told_by_its_beginning():
    long = "The road to Tivaru is open again after " + "nine " * 40 + "days."
    for title, shown in (
        ("Nine die at Tivaru", "Nine die at Tivaru"),
        (None, "No headline"),
        (float("nan"), "No headline"),
        ("Shells fell on Tivaru at dawn. " + long, "Shells fell on Tivaru at dawn."),
    ):
        assert wording.headline(title) == shown
    for title in (long, "n" * 500):
        shown = wording.headline(title)
        assert len(shown) <= wording.HEADLINE
        assert title.startswith(shown.removesuffix(" …"))
    assert wording.headline(long).endswith("nine …")


def test_single_incidents_are_told_without_the_totals_that_are_not_in_view(data):
    data.store.add(ARTICLE, [FIGURE, figure("i", start=1, value=25, low=25, scope=Scope.INCIDENT, place="Homs")])
    view = data.view("?scope=incident")
    (sentence,), following, to_copy = lead.lead(view, data)
    assert sentence.children == to_copy
    assert to_copy.startswith("1 incident in the last year of reports; the largest: ")
    assert following == []
    assert "No running total" not in to_copy
    app = create_app(data.store)
    for address, number in (("?scope=incident", 0), ("?scope=cumulative", 1)):
        answer = sent(app.server.test_client(), with_values(body_of(app, "cards.children"), view=address))
        assert len(answer.json["response"]["cards"]["children"]) == number


def test_a_war_without_totals_says_so_and_not_that_nobody_counts(data):
    data.store.add(ARTICLE, [figure("i", value=25, low=25, scope=Scope.INCIDENT, place="Homs")])
    (sentence,), _, _ = lead.lead(data.view("?conflict=syria"), data)
    assert words_of(sentence).startswith("No running total was reported. 1 incident in the last year of reports; ")


def test_wars_that_the_news_only_recall_are_on_the_map_where_they_are_chosen(data):
    told = {"scope": Scope.INCIDENT, "value": 700, "low": 700, "place": "Warsaw", "country": "POL"}
    data.store.add(ARTICLE, [FIGURE, figure("w", start=1, conflict="ww2-europe", date="1944-08-05", **told)])
    app = create_app(data.store)
    for address, is_there in (("?conflict=all", False), ("?conflict=ww2-europe", True)):
        body = with_values(body_of(app, "map-title.children"), view=address, screen={})
        assert ("Poland" in sent(app.server.test_client(), body).text) is is_there


def test_the_method_writes_proper_names_large():
    said = words_of(method._counted())
    assert "opposition, United Nations, NGOs and monitors, medics" in said


def test_the_quote_marks_the_figure_meant_where_its_words_stand_twice():
    text = "Officials said 7 soldiers and 7 rebels died. Officials said 7 soldiers and 7 rebels died."
    article = replace(ARTICLE, text=text)
    second = figure("f1", start=75, end=76, figure="7", quote=text[45:])
    assert text[75] == "7"
    pieces = marking.quote(article, second)
    assert marks_of(pieces) == ["7"]
    assert words_of(pieces) == second.quote
    assert pieces[0] == "Officials said 7 soldiers and "


LONG = "the governor of the province, who had come by road that morning, told the reporters who waited"


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Police counted ", " dead.", "Police counted 20 dead."),
        (f"{LONG} that ", " died.", "… who had come by road that morning, told the reporters who waited that 20 died."),
        (
            "Some ",
            f" died, {LONG}.",
            "Some 20 died, the governor of the province, who had come by road that morning, …",
        ),
        (
            f"{LONG} that ",
            f" died, {LONG}.",
            "… told the reporters who waited that 20 died, the governor of the province, …",
        ),
        ('"" Police counted ', " dead.", "Police counted 20 dead."),
        ('"We counted ', ' dead", police said.', '"We counted 20 dead", police said.'),
    ],
)
def test_a_long_quote_is_cut_around_its_number(before, after, shown):
    text = f"{before}20{after}"
    article = replace(ARTICLE, text=text)
    pieces = marking.excerpt(article, figure("f1", start=len(before), end=len(before) + 2, figure="20", quote=text), 80)
    assert (marks_of(pieces), words_of(pieces)) == (["20"], shown)


@pytest.mark.parametrize("words", ["20", "1,200"])
def test_without_its_article_a_figure_is_marked_as_a_word_and_not_within_another_number(words):
    said = figure("f1", figure=words, quote=f"In 2012 and on 20.1. of 31,200 people {words} died, and 120 were hurt.")
    pieces = marking.quote(None, said)
    assert (marks_of(pieces), words_of(pieces)) == ([words], said.quote)
    assert pieces[0].endswith("people ")
    assert marks_of(marking.quote(None, figure("f1", figure="20", quote="20人が死亡した"))) == ["20"]


def test_the_first_sentence_marks_the_number_that_is_meant(data):
    text = "Since 2012 the fighting has claimed 20 lives in Homs and 20 more in Idlib, the opposition says."
    start = text.index("20 more")
    place = {"figure": "20", "value": 20, "low": 20, "quote": text, "start": start, "end": start + 2}
    said = figure("f2", article_id="a2", date="2012-05-01", published="2012-05-01", **place)
    data.store.add(ARTICLE, [figure("f1", value=15, low=15)])
    data.store.add(replace(ARTICLE, id="a2", text=text, published="2012-05-01"), [said])
    parts, *_ = lead.lead(data.view("?conflict=syria&outcome=killed"), data)
    before, marked, after = parts[1].children[0].children[1:-1]
    assert (before, marks_of([marked]), after) == (text[:start], ["20"], text[start + 2 :])


def test_marking_keeps_every_character_and_skips_overlaps_and_nonsense():
    text = "<b>12</b> 🕊 dead and 3 hurt"
    pieces = marking.marked(text, [(3, 5), (4, 6), (21, 22), (90, 99), (5, 5), (-3, 2)])
    assert words_of(pieces) == text
    assert marks_of(pieces) == ["12", "3"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "", " http://x"])
def test_only_web_addresses_become_links(url):
    assert evidence._safe_link(url) is None


def pasted(text, *stated):
    return sandboxed.pasted(text, reading.stated_values(*stated)).article


def test_what_the_form_says_goes_before_what_the_text_says():
    text = "---\ntitle: Old\npublished: 2020-01-01\n---\nFive people were killed."
    article = pasted(text, "New", None, "2024-02-03")
    assert (article.title, article.published, article.text) == ("New", "2024-02-03", "Five people were killed.")
    assert pasted("Five killed.", "A", None, None).id != pasted("Five killed.", "B", None, None).id


@pytest.mark.parametrize("day", ["yesterday", "2024", "2024-02", "2024-02-30", "03/02/2024"])
def test_a_date_of_publication_must_be_a_day(day):
    with pytest.raises(TrackerError):
        pasted("Five people were killed.", None, None, day)


def test_a_quantity_without_a_number_stands_in_its_own_words():
    assert wording.stated(figure("f1", figure="dozens", value=None, qualifier=Qualifier.VAGUE)) == "dozens"
    assert wording.stated(figure("f1")) == "more than 9,100"


def test_a_first_line_that_looks_like_a_headline_is_kept_beside_a_typed_one():
    article = pasted("At least 25 killed in Aleppo\n\nThe army said 12 soldiers died.", "Typed", None, None)
    assert (article.title, article.text.splitlines()[0]) == ("Typed", "At least 25 killed in Aleppo")


@pytest.mark.parametrize("text", ["", " \n "])
def test_what_is_no_article_is_told_in_one_line(text):
    with pytest.raises(TrackerError):
        pasted(text, None, None, None)


def test_a_port_that_is_taken_gives_the_next_one_and_a_line(capsys):
    with server.listening(0) as first:
        taken = first.getsockname()[1]
        with server.listening(taken) as second:
            assert second.getsockname()[1] > taken
    assert capsys.readouterr().err.startswith(f"dashboard: port {taken} is taken, using ")


def test_a_store_that_is_none_ends_with_one_line(tmp_path, capsys):
    (tmp_path / "notes.db").write_text("no database " * 100)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert server.main(create_app, ["--db", str(tmp_path / "notes.db"), "--port", str(port), "--no-browser"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_rows_of_the_table_are_plain_values():
    (row,) = columns.rows(frame([figure("f1", place=None, scope=Scope.INCIDENT)]), load_areas())
    assert row["place"] is None
    assert row["value"] == 9100
    assert type(row["value"]) is int
