"""`tracker extract --explain`: prints each sentence, the rule that matched each number, or why none did."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence

from tracker.cli.reading_options import UnsupportedLanguages, read_options
from tracker.model import Article, Assigned, Figure, InputError
from tracker.reader import Explained, Verdict, load_reader
from tracker.sources import Note, Reading, read_items
from tracker.sources.pages import figure_page
from tracker.terminal import say, tell

ATTRIBUTES = ("victims", "source", "date", "scope", "place", "cause")


def explain(paths: Sequence[str], options: argparse.Namespace) -> int:
    """Print how the figures of the articles were found. Returns exit code 1 if an article could not be read."""
    reader, failed, without_rules = load_reader(sources=options.sources), 0, UnsupportedLanguages()
    for item in read_items(paths, options=read_options(options)):
        if isinstance(item, InputError):
            failed += 1
            tell(item)
        elif isinstance(item, Note):
            tell(f"note: {item}")
        elif isinstance(item, Reading):
            say(f"# {item.path}: article {item.article.id}")
            assigned = {one.figure.figure_id: one for one in reader.assigned(item.article)}
            without_rules.count(item.article)
            for one in reader.explain(item.article):
                for line in _lines(one, assigned, item.article):
                    say(line)
    for line in without_rules.messages():
        tell(f"note: {line}")
    return int(failed > 0)


def _lines(one: Explained, assigned: Mapping[str, Assigned], article: Article) -> Iterator[str]:
    yield ""
    yield f"{one.field}: {' '.join(one.sentence.split())}"
    if not one.tags:
        yield "    no word of harm in it: not looked at"
        return
    yield "    tags: " + " ".join(f"{'_'.join(words.split())}/{roles}" for words, roles in one.tags)
    for verdict in one.verdicts:
        yield f"    {_verdict(verdict)}{_page(verdict, article)}"
        for question, candidates in verdict.choices:
            yield from (f"        {question}: {one}" for one in candidates)
        if verdict.figure is not None:
            yield f"        {_conflict(assigned[verdict.figure.figure_id])}"


def _page(verdict: Verdict, article: Article) -> str:
    page = figure_page(article, verdict.figure) if verdict.figure is not None else None
    return "" if page is None else f", page {page}"


def _verdict(verdict: Verdict) -> str:
    words = " ".join(verdict.words.split())
    figure = verdict.figure
    if figure is None:
        rule = f" (rule {verdict.rule})" if verdict.rule else ""
        return f"{words!r} is no figure: {verdict.reason}{rule}"
    return f"{words!r} = {_value(figure)} {figure.outcome}, by rule {verdict.rule}: {_attributes(figure)}"


def _conflict(one: Assigned) -> str:
    return f"conflict {one.figure.conflict}: {one.why}" if one.figure.conflict else f"no conflict: {one.why}"


def _value(figure: Figure) -> str:
    number = "a vague number" if figure.value is None else str(figure.value)
    upper = f" to {figure.high}" if figure.qualifier == "range" else ""
    return f"{number}{upper} ({figure.qualifier})"


def _attributes(figure: Figure) -> str:
    told = [(name, getattr(figure, name)) for name in ATTRIBUTES]
    return ", ".join(f"{name} {value}" for name, value in told if value is not None)
