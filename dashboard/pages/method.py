"""The method page: what is counted, conventions, rules, measured quality and limits.

The page is made from what the code itself uses, so it always agrees with the code.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from dash import Dash, html

from dashboard.charts.marks import FLAGS
from dashboard.look import wording
from dashboard.view.data import Data
from dashboard.view.query import OUTCOME_WORDS, SCOPE_WORDS
from tracker.knowledge import (
    SHARES,
    Convention,
    Measured,
    convention_ids,
    load_conflicts,
    load_convention,
    load_gazetteer,
    load_language,
    load_publishers,
    load_quality,
    load_sourcebook,
)
from tracker.model import Cause, Qualifier, VictimGroup
from tracker.timelines.disagreement import CURRENT
from tracker.timelines.outliers import OUTLIER, SOON
from tracker.timelines.totals import Flag

LIMITS = (
    "A figure is reported, never verified. The tracker says who reported what. It does not know what is true.",
    "It reads by rules. It misses wordings that it does not know, and sometimes finds a figure where there is none.",
    "Sources count different people, places and times. Their totals stand side by side and are never added up.",
    "What was not printed is not here. A quiet part of a line may only mean that the news was quiet.",
    "If the text leaves a date, a place or a source open, it stays open. Nothing is guessed.",
)
SLOTS = {"value": "the number", "upper": "the upper end", "word": "what the word stands for", "": "open"}
PARTS = (
    ("counted", "What is counted"),
    ("hedges", "Hedged and vague numbers"),
    ("series", "From figures to lines and bars"),
    ("rules", "The rules, and what they know"),
    ("quality", "How good it is"),
    ("limits", "What it cannot do"),
)


def layout(data: Data, _search: str) -> html.Article:
    """The page, with a table of contents."""
    contents = [html.Li(html.A(name, href=f"#{part}")) for part, name in PARTS]
    made = {
        "counted": _counted(),
        "hedges": _hedges(),
        "series": _series(),
        "rules": _rules(data),
        "quality": _quality(),
        "limits": [html.Ul([html.Li(one) for one in LIMITS])],
    }
    named: dict[str, Any] = {"aria-label": "On this page"}
    head = [html.H1("Method"), html.Nav(html.Ul(contents), className="contents", **named)]
    parts = [html.Section([html.H2(name, id=part), *made[part]]) for part, name in PARTS]
    return html.Article([*head, *parts], className="panel method")


def register(_app: Dash, _data: Data) -> None:
    """Nothing: the page has no callbacks."""


def _within(name: str) -> str:
    """A name as it stands within a sentence: small, unless it is a proper name or an abbreviation."""
    return name if name[1:] != name[1:].lower() else name.lower()


def _counted() -> list[Any]:
    causes = ", ".join(wording.plain(str(one)) for one in Cause if one != Cause.CONFLICT)
    groups = ", ".join(wording.plain(str(one)) for one in VictimGroup if one != VictimGroup.UNSPECIFIED)
    return [
        html.P(
            "A figure is a number of people who were harmed, as a text states it, with its exact words. "
            f"The pages show harm from conflict. Figures from other causes ({causes}) are stored and not shown."
        ),
        html.Dl(
            [
                html.Dt("Outcomes"),
                html.Dd(", ".join(OUTCOME_WORDS.values()) + " (where the text does not say which)."),
                html.Dt("Scopes"),
                html.Dd(", ".join(SCOPE_WORDS.values()) + ". A running total counts from some beginning up to a day."),
                html.Dt("Groups of victims"),
                html.Dd(f"{groups}. A part (“25 people, including five children”) is included in its total."),
                html.Dt("Kinds of source"),
                html.Dd(", ".join(map(_within, wording.SOURCE_TYPES.values())) + "."),
                html.Dt("Zero"),
                html.Dd("“No casualties were reported” is a figure too: 0."),
            ],
            className="terms",
        ),
    ]


def _hedges() -> list[Any]:
    parts: list[Any] = [
        html.P(
            "The number and its words are kept as they are. A convention turns a hedge into a lowest, best and highest "
            "number. You can choose the convention above the timeline."
        )
    ]
    for name in convention_ids():
        parts += _convention(load_convention(name))
    return parts


def _convention(one: Convention) -> list[Any]:
    head = ("Words", "Low", "Best", "High")
    rows = [
        (wording.QUALIFIER_WORDS[kind], *(SLOTS[slot] for slot in one.bounds[kind]))
        for kind in Qualifier
        if kind in wording.QUALIFIER_WORDS
    ]
    return [
        html.H3(wording.sentence(one.name)),
        html.P(one.about),
        _table(f"Bounds {one.name}", head, rows),
        html.P(["Source: ", one.cites], className="note"),
    ]


def _series() -> list[Any]:
    terms: list[Any] = []
    for flag in Flag:
        terms += [html.Dt(wording.plain(flag).capitalize()), html.Dd(wording.sentence(FLAGS[flag]) + ".")]
    return [
        html.P(
            "Figures that say the same (conflict, outcome, group, number, source, area, time) are one claim, no matter "
            "how many papers print it. Near-identical texts are one report. The running totals of one source in one "
            "area are a line that steps on the day of each new total. Nothing is averaged."
        ),
        html.P(
            "An incident is what happened in one place on one day. If the place or the day is not known, incidents "
            "cannot be told apart. Then bars show the largest report of a day, week or month, and sums leave it out."
        ),
        html.P(
            f"Disagreement compares totals of the same people in the same area. A total is current for {CURRENT} days "
            f"at most. A total that is {OUTLIER} times larger or smaller than those beside it is an outlier. A total "
            f"that its source corrects within {SOON} days is not a lasting revision. Such totals are ringed, not "
            "removed:"
        ),
        html.Dl(terms, className="terms"),
    ]


def _rules(data: Data) -> list[Any]:
    rows = [(what, f"{number:,}") for what, number in _known()]
    table = data.snapshot().table
    counts = f"{wording.many(len(table), 'figure')} from {wording.many(table['article_id'].nunique(), 'article')}"
    used = wording.many(table["rule"].nunique(), "rule")
    return [
        html.P(
            "Every word and pattern is data that people can read and edit. Each pattern has sentences that it must "
            "find and sentences that it must ignore. The evidence of each figure names the rule that found it."
        ),
        _table("What the rules know", ("What", "How many"), rows),
        html.P(f"In this store: {counts}, found by {used}.", className="note"),
    ]


@cache
def _known() -> tuple[tuple[str, int], ...]:
    """The sizes of the language data and gazetteers; read once, because they do not change while the dashboard runs."""
    language, sources, gazetteer = load_language("en"), load_sourcebook(), load_gazetteer()
    examples = sum(len(one.finds) + len(one.ignores) for one in language.patterns)
    publishers = load_publishers()
    return (
        (f"Patterns ({language.name})", len(language.patterns)),
        ("Example sentences that test them", examples),
        ("Bodies that report figures", len({one.name for some in sources.by_name.values() for one in some})),
        ("Their spellings", len(sources.by_name)),
        ("Publishers", len(set(publishers.by_domain.values()))),
        ("Names of places", len(gazetteer.places)),
        ("Countries", len(gazetteer.names)),
        ("Conflicts in the registry", len(load_conflicts())),
    )


def _quality() -> list[Any]:
    sets = load_quality()
    rows = [(wording.sentence(share), *(f"{getattr(one, share):.0%}" for one in sets)) for share in SHARES]
    head = ("Share correct", *(one.name for one in sets))
    return [
        html.P(
            "Measured against texts labelled by hand. Precision: the share of the figures found that are correct "
            "(words, number and outcome). Recall: the share of the figures in the texts that were found. The other "
            "lines give the share of the figures found in which that attribute is correct."
        ),
        _table("Measured quality", head, rows),
        html.Ul([html.Li(_set(one)) for one in sets]),
    ]


def _set(one: Measured) -> list[Any]:
    return [html.Strong(f"{one.name}: "), f"{one.texts:,} texts, {one.figures:,} figures. {one.about}"]


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> html.Div:
    body = [html.Tr([html.Th(first, scope="row"), *map(html.Td, rest)]) for first, *rest in rows]
    columns = html.Thead(html.Tr([html.Th(one, scope="col") for one in head]))
    table = html.Table([html.Caption(caption), columns, html.Tbody(body)], className="numbers")
    named: dict[str, Any] = {"role": "region", "aria-label": caption}
    return html.Div(table, className="wide", tabIndex="0", **named)
