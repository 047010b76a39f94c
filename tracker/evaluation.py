"""Evaluation: precision, recall and attribute accuracy of extracted figures against hand-made labels.

A figure is correct if its span overlaps a label in the same field and both have the same outcome and value (two vague
figures agree). Matching is one to one. Attributes are compared on matched pairs only.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.model import Article, Figure, InputError, Outcome, Qualifier

REACH = 160  # characters of context shown on each side of an error
_WORD = re.compile(r"\w+")
_EMPTY_WORDS = frozenset({"the", "a", "an", "of", "s", "in", "at", "and"})


@dataclass(frozen=True, slots=True)
class Label:
    """One hand-made label of a figure. The fields mean the same as those of Figure."""

    field: str
    start: int
    end: int
    figure: str
    value: int | None
    qualifier: str
    outcome: str
    victims: str | None
    source: str | None
    date: str | None
    scope: str
    place: str | None
    cause: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Labels against figures, by article id: matched pairs, missed labels, and false figures."""

    pairs: tuple[tuple[str, Label, Figure], ...]
    missed: tuple[tuple[str, Label], ...]
    false: tuple[tuple[str, Figure], ...]


def read_labels(path: Path) -> dict[str, tuple[Label, ...]]:
    """Return the labels of a JSON Lines file by article id. Raises InputError with the line that is wrong.

    A line may also hold its article ("text", "title", "published"). Its labels may then give the words ("figure")
    instead of offsets, and "nth" if the words occur more than once.
    """
    labels: dict[str, tuple[Label, ...]] = {}
    with path.open(encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                labels[row["id"]] = tuple(_label(figure, row) for figure in row["figures"])
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(path, f"is no line of labels ({error})", number) from None
    return labels


def _label(row: Mapping[str, Any], article: Mapping[str, Any]) -> Label:
    values: dict[str, Any] = {f.name: row.get(f.name) for f in dataclasses.fields(Label)}
    if row.get("start") is None:
        values["start"] = _place_of(str(row["figure"]), int(row.get("nth", 1)), str(article[row["field"]]))
        values["end"] = values["start"] + len(row["figure"])
    return Label(**values)


def _place_of(words: str, nth: int, text: str) -> int:
    """Return the offset of the `nth` occurrence of `words` as whole words in `text`."""
    found = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if not 0 < nth <= len(found):
        raise ValueError(f"{words!r} does not stand {nth} times in its text")
    return found[nth - 1]


def judge(labels: Mapping[str, Sequence[Label]], figures: Mapping[str, Sequence[Figure]]) -> Judged:
    """Match figures with labels per article, one to one, in the order of the labels."""
    pairs: list[tuple[str, Label, Figure]] = []
    missed: list[tuple[str, Label]] = []
    false: list[tuple[str, Figure]] = []
    for article, wanted in labels.items():
        left = list(figures.get(article, ()))
        for label in wanted:
            hit = next((f for f in left if _same(label, f)), None)
            if hit is None:
                missed.append((article, label))
            else:
                left.remove(hit)
                pairs.append((article, label, hit))
        false += [(article, f) for f in left]
    return Judged(tuple(pairs), tuple(missed), tuple(false))


def _same(label: Label, figure: Figure) -> bool:
    overlaps = label.field == figure.field and label.start < figure.end and figure.start < label.end
    if not overlaps or figure.outcome != label.outcome:
        return False
    if Qualifier.VAGUE in (label.qualifier, figure.qualifier):
        return label.qualifier == figure.qualifier
    return label.value == figure.value


def phrases_agree(label: str | None, found: str | None) -> bool:
    """Whether both are absent, or share at least half of the shorter phrase's words (function words ignored)."""
    wanted, got = _words(label), _words(found)
    if not wanted or not got:
        return not wanted and not got
    return len(wanted & got) * 2 >= min(len(wanted), len(got))


def _words(text: str | None) -> frozenset[str]:
    return frozenset(_WORD.findall((text or "").lower())) - _EMPTY_WORDS


def summary(judged: Judged) -> dict[str, float]:
    """Return the measures by name, counts first. A share of nothing is 0."""
    found, missed, false = len(judged.pairs), len(judged.missed), len(judged.false)
    precision, recall = _share(found, found + false), _share(found, found + missed)
    pairs = [(label, figure) for _, label, figure in judged.pairs]
    sourced = [(label, f) for label, f in pairs if label.source]
    dated = [(label, f) for label, f in pairs if label.date]
    return {
        "labels": found + missed,
        "figures": found + false,
        "precision": precision,
        "recall": recall,
        "f1": _share(2 * precision * recall, precision + recall),
        "qualifier": _mean(label.qualifier == f.qualifier for label, f in pairs),
        "source where stated": _mean(phrases_agree(label.source, f.source) for label, f in sourced),
        "date where known": _mean((f.date or "").startswith(label.date or "?") for label, f in dated),
        "scope": _mean(label.scope == f.scope for label, f in pairs),
        "cause": _mean(label.cause == f.cause for label, f in pairs),
        "victims": _mean(phrases_agree(label.victims, f.victims) for label, f in pairs),
        "place": _mean(phrases_agree(label.place, f.place) for label, f in pairs),
        "source": _mean(phrases_agree(label.source, f.source) for label, f in pairs),
    }


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _mean(outcomes: Iterable[bool]) -> float:
    values = list(outcomes)
    return _share(sum(values), len(values))


def subset_of(article: str) -> str:
    """Return the subset of an article: the letters at the start of its id ("fakes" for "fakes-12" and "fakes13")."""
    head = article.partition("-")[0]
    return head.rstrip("0123456789") or head


def by_subset(judged: Judged) -> dict[str, Judged]:
    """Return the judgement of each subset by its name, in alphabetical order."""
    names = sorted({subset_of(row[0]) for part in (judged.pairs, judged.missed, judged.false) for row in part})
    return {
        name: Judged(
            tuple(row for row in judged.pairs if subset_of(row[0]) == name),
            tuple(row for row in judged.missed if subset_of(row[0]) == name),
            tuple(row for row in judged.false if subset_of(row[0]) == name),
        )
        for name in names
    }


def recall_by_outcome(judged: Judged) -> dict[str, float]:
    """Return the recall by outcome, without outcomes that have no labels."""
    found = [label.outcome for _, label, _ in judged.pairs]
    missed = [label.outcome for _, label in judged.missed]
    totals = {o.value: found.count(o) + missed.count(o) for o in Outcome}
    return {o: found.count(o) / total for o, total in totals.items() if total}


def articles_of(labels: Path) -> Path:
    """Return the file of the labelled articles: the same file, or the one named "docs" instead of "gold" beside it."""
    with labels.open(encoding="utf-8") as handle:
        first = next((line for line in handle if line.strip()), "{}")
    if "text" in json.loads(first):  # read_labels has parsed it already
        return labels
    beside = labels.with_name(labels.name.replace("gold", "docs"))
    if beside == labels or not beside.exists():
        raise InputError(labels, f"its articles are not there: {beside.name} is looked for beside it")
    return beside


def report(gold: str | Path, errors: str | None = None) -> str:
    """Return the measures against the labels in `gold`, one line each, then the errors.

    `errors`: "figures", or the attribute whose errors are listed. Raises InputError if the labels or their articles
    cannot be read.
    """
    from tracker.reader import load_reader
    from tracker.sources import read_paths

    path = Path(gold)
    if not path.is_file():
        raise InputError(path, "there is no such file")
    labels = read_labels(path)
    reader = load_reader()
    articles: dict[str, Article] = {}
    for article in read_paths([articles_of(path)]):
        if isinstance(article, InputError):
            raise article
        articles[article.id] = article
    without = next((name for name in labels if name not in articles), None)
    if without is not None:
        raise InputError(path, f"labels an article that is not there: {without}")
    judged = judge(labels, {name: reader.read(article) for name, article in articles.items()})
    return "\n".join([table(judged), *(error_lines(judged, articles, errors) if errors is not None else ())])


def table(judged: Judged) -> str:
    """Format the measures: one column per subset and one for all, then the recall by outcome."""
    parts = {**by_subset(judged), "all": judged}
    rows = {name: summary(part) for name, part in parts.items()}
    lines = ["".join([f"{'':<22}", *(f"{name:>9}" for name in rows)])]
    for measure in rows["all"]:
        form = "{:>9.0f}" if measure in ("labels", "figures") else "{:>9.3f}"
        lines.append("".join([f"{measure:<22}", *(form.format(row[measure]) for row in rows.values())]))
    lines.append("recall by outcome:")
    lines += [f"  {outcome:<20}{share:>9.3f}" for outcome, share in recall_by_outcome(judged).items()]
    return "\n".join(lines)


def error_lines(judged: Judged, articles: Mapping[str, Article], of: str = "figures") -> list[str]:
    """Return one line per error in its sentence: missed and false figures, or pairs that differ in attribute `of`."""
    if of == "figures":
        missed = [
            f"missed  {name}: {label.figure!r} = {label.value} {label.outcome} in: {_around(articles[name], label)}"
            for name, label in judged.missed
        ]
        return missed + [
            f"false   {name}: {figure.figure!r} = {figure.value} {figure.outcome} by {figure.rule} in: "
            + _around(articles[name], figure)
            for name, figure in judged.false
        ]
    return [
        f"{of}  {name}: {label.figure!r} should be {getattr(label, of)!r}, is {getattr(figure, of)!r} in: "
        + _around(articles[name], label)
        for name, label, figure in judged.pairs
        if not agrees(of, label, figure)
    ]


def agrees(attribute: str, label: Label, figure: Figure) -> bool:
    """Whether a figure's attribute agrees with the label, as in `summary`. Unknown dates always agree."""
    wanted, got = getattr(label, attribute), getattr(figure, attribute)
    if attribute in ("source", "place", "victims"):
        return phrases_agree(wanted, got)
    if attribute == "date":
        return (got or "").startswith(wanted or "")
    return bool(wanted == got)


def _around(article: Article, where: Label | Figure) -> str:
    """Return the sentence around a figure, at most REACH characters on each side, with the figure marked."""
    text = article.title if where.field == "title" else article.text
    before = re.split(r"(?<=[.!?])\s|\n", text[max(0, where.start - REACH) : where.start])[-1]
    after = re.split(r"(?<=[.!?])\s|\n", text[where.end : where.end + REACH])[0]
    return " ".join(f"{before}>>{text[where.start : where.end]}<<{after}".split())
