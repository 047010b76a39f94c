"""How good the figures are: extracted against hand-made labels, as ../shared/gold/score.py counts it.

A figure is right where its span overlaps a label's in the same field, with the same outcome and value (two vague
figures agree). Matching is one to one; attributes are judged on matched pairs only.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.model import Figure, InputError, Outcome, Qualifier

_WORD = re.compile(r"\w+")
_EMPTY_WORDS = frozenset({"the", "a", "an", "of", "s", "in", "at", "and"})


@dataclass(frozen=True, slots=True)
class Label:
    """One hand-made label of a figure (see ../shared/gold/GUIDELINE.md for the meaning of each field)."""

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
    """Labels against figures, by article id: matched pairs, labels missed, and figures that no label knows."""

    pairs: tuple[tuple[str, Label, Figure], ...]
    missed: tuple[tuple[str, Label], ...]
    false: tuple[tuple[str, Figure], ...]


def read_labels(path: Path) -> dict[str, tuple[Label, ...]]:
    """The labels of a JSON Lines file by article id; InputError names the line that is wrong."""
    labels: dict[str, tuple[Label, ...]] = {}
    with path.open(encoding="utf-8") as handle:
        for number, line in enumerate(handle, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                labels[row["id"]] = tuple(_label(f) for f in row["figures"])
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(path, f"is no line of labels ({error})", number) from None
    return labels


def _label(row: Mapping[str, Any]) -> Label:
    values: dict[str, Any] = {f.name: row.get(f.name) for f in dataclasses.fields(Label)}
    return Label(**values)


def judge(labels: Mapping[str, Sequence[Label]], figures: Mapping[str, Sequence[Figure]]) -> Judged:
    """Matches figures with labels article by article, one to one, in the order of the labels."""
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
    """Both absent, or sharing at least half of the shorter phrase's words (small words aside)."""
    wanted, got = _words(label), _words(found)
    if not wanted or not got:
        return not wanted and not got
    return len(wanted & got) * 2 >= min(len(wanted), len(got))


def _words(text: str | None) -> frozenset[str]:
    return frozenset(_WORD.findall((text or "").lower())) - _EMPTY_WORDS


def summary(judged: Judged) -> dict[str, float]:
    """The table of measures by name, counts first; a share of nothing is 0."""
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
    """The subset an article belongs to: its id up to the first "-"."""
    return article.partition("-")[0]


def by_subset(judged: Judged) -> dict[str, Judged]:
    """The judgement of each subset by its name, in alphabetical order."""
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
    """The share of labels found, by outcome; outcomes without labels are left out."""
    found = [label.outcome for _, label, _ in judged.pairs]
    missed = [label.outcome for _, label in judged.missed]
    totals = {o.value: found.count(o) + missed.count(o) for o in Outcome}
    return {o: found.count(o) / total for o, total in totals.items() if total}


def articles_beside(labels: Path) -> Path:
    """Where the labelled articles are: the file beside the labels that is named "docs" instead of "gold"."""
    beside = labels.with_name(labels.name.replace("gold", "docs"))
    if beside == labels or not beside.exists():
        raise InputError(labels, f"its articles are not there: {beside.name} is looked for beside it")
    return beside


def run(gold: str | Path, errors: bool = False) -> int:
    """Print the measures of the extraction against the labels in `gold`; with each error where asked. Exit code 0.

    InputError where the labels or their articles cannot be read.
    """
    from tracker.reader import load_reader
    from tracker.sources import read_paths

    path = Path(gold)
    if not path.is_file():
        raise InputError(path, "there is no such file")
    labels = read_labels(path)
    reader = load_reader()
    figures: dict[str, list[Figure]] = {}
    for article in read_paths([articles_beside(path)]):
        if isinstance(article, InputError):
            raise article
        figures[article.id] = reader.read(article)
    judged = judge(labels, figures)
    print(table(judged))
    if errors:
        print("\n".join(error_lines(judged, figures)))
    return 0


def table(judged: Judged) -> str:
    """The measures as text: one column for each subset and one for all, then the recall by outcome."""
    parts = {**by_subset(judged), "all": judged}
    rows = {name: summary(part) for name, part in parts.items()}
    lines = ["".join([f"{'':<22}", *(f"{name:>9}" for name in rows)])]
    for measure in rows["all"]:
        form = "{:>9.0f}" if measure in ("labels", "figures") else "{:>9.3f}"
        lines.append("".join([f"{measure:<22}", *(form.format(row[measure]) for row in rows.values())]))
    lines.append("recall by outcome:")
    lines += [f"  {outcome:<20}{share:>9.3f}" for outcome, share in recall_by_outcome(judged).items()]
    return "\n".join(lines)


def error_lines(judged: Judged, figures: Mapping[str, Sequence[Figure]]) -> list[str]:
    """One line for each label missed (with what stands in its place, if anything) and each false figure."""
    lines = []
    for article, label in judged.missed:
        near = [f for f in figures.get(article, ()) if f.field == label.field and f.start < label.end < f.end + 1]
        instead = f"; found instead: {near[0].value} {near[0].outcome}" if near else ""
        wanted = f"{label.figure!r} = {label.value} {label.outcome}"
        lines.append(f"missed  {article} {label.field} {label.start}: {wanted}{instead}")
    for article, figure in judged.false:
        got = f"{figure.figure!r} = {figure.value} {figure.outcome} by {figure.rule}"
        quote = " ".join(figure.quote.split())
        lines.append(f"false   {article} {figure.field} {figure.start}: {got} in: {quote}")
    return lines
