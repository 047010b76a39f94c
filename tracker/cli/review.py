"""The command `review`: people accept, correct or reject the figures that the rules found."""

from __future__ import annotations

import argparse
import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.cli.stores import open_for_reading, open_for_writing
from tracker.cli.writing_options import add_force
from tracker.model import Figure, Outcome, Status, TrackerError
from tracker.terminal import one_line, tell, write_data

if TYPE_CHECKING:
    from tracker.store.decisions import Review
    from tracker.store.store import Store

OK = 0
SHOWN = "figure_id confidence status date conflict outcome figure source_name quote".split()
ACTIONS = {
    "accept": "say that a figure is right",
    "correct": "write what is right: FIELD=VALUE",
    "reject": "take a figure out of the timeline",
    "undo": "take back the last decision on a figure",
}

WRITING = (*ACTIONS, "import")


def add_parser(command: argparse.ArgumentParser, add_db: Any) -> None:
    """Add the options of `review`; `add_db` adds the option that names the store."""
    steps = command.add_subparsers(title="steps", required=True, metavar="STEP", dest="step")
    listed = steps.add_parser("list", help="the figures, those that the rules are least sure of first")
    listed.add_argument("--status", choices=tuple(Status), default=Status.EXTRACTED.value, help="default: extracted")
    listed.add_argument("--conflict", metavar="WORD", help="an id in the conflict registry (syria, sudan, …)")
    listed.add_argument("--outcome", choices=tuple(Outcome), help="what happened to the people counted")
    listed.add_argument("--limit", type=int, default=20, metavar="N", help="how many at most; default: 20")
    listed.add_argument("--orphaned", action="store_true", help="decisions whose figure is no longer there as it was")
    listed.add_argument("--format", choices=("table", "jsonl"), default="table", help="default: table")
    shown = steps.add_parser("show", help="one figure with its quote, what the rules found, and its history")
    shown.add_argument("figure_id", metavar="FIGURE_ID")
    for action, what in ACTIONS.items():
        step = steps.add_parser(action, help=what)
        step.add_argument("figure_id", metavar="FIGURE_ID")
        if action == "correct":
            step.add_argument("changes", nargs="+", metavar="FIELD=VALUE", help="FIELD= empties a field")
        step.add_argument("--note", default="", metavar="TEXT", help="why; kept with the decision")
        step.add_argument("--reviewer", metavar="NAME", help="who decides; default: your login name")
        step.add_argument("--seen", type=int, metavar="N", help="refuse if there is a later decision than number N")
        add_db(step)
    for name, what in (("export", "write all decisions to"), ("import", "take the decisions of another store from")):
        step = steps.add_parser(name, help=f"{what} a file of JSON Lines")
        step.add_argument("file", metavar="FILE", help="- is standard output" if name == "export" else None)
        if name == "export":
            add_force(step)
        add_db(step)
    add_db(listed)
    add_db(shown)


def review(options: argparse.Namespace) -> int:
    """Run one action of `review`; returns the exit code. TrackerError where it cannot be done."""
    steps = {"list": _list, "show": _show, "export": _export, "import": _import}
    opened = open_for_writing if options.step in WRITING else open_for_reading
    with opened(options.db) as store:
        steps.get(options.step, _decide)(store, options)
    return OK


def _decide(store: Store, options: argparse.Namespace) -> None:
    from tracker.review.review import Action, Decision, Reviews

    decision = Decision(
        options.figure_id,
        Action(options.step),
        options.reviewer if options.reviewer is not None else _login(),
        options.note,
        _changes(options.changes) if options.step == "correct" else {},
        options.seen,
    )
    made = Reviews(store).decide(decision)
    tell(f"{made.figure_id}: {_told(made)}")


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise TrackerError("who decides? name yourself with --reviewer NAME") from error


def _changes(pairs: list[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise TrackerError(f"{pair!r} is not of the form FIELD=VALUE")
        found[name.strip()] = value
    return found


def _list(store: Store, options: argparse.Namespace) -> None:
    if options.orphaned:
        _list_orphans(store, options)
        return
    from dataclasses import asdict

    wanted = [one for one in store.figures() if _is_wanted(one, options)]
    wanted.sort(key=lambda one: (one.confidence, one.article_id, one.start))
    shown = wanted[: max(options.limit, 0)]
    if options.format == "jsonl":
        write_data(f"{json.dumps(asdict(one), ensure_ascii=False)}\n".encode("utf-8", "replace") for one in shown)
        return
    _print_table(SHOWN, [[str(getattr(one, name) or "") for name in SHOWN] for one in shown])
    tell(f"{len(shown)} of {len(wanted)} {options.status} figures")


def _is_wanted(figure: Figure, options: argparse.Namespace) -> bool:
    of_conflict = options.conflict is None or (figure.conflict or "") == options.conflict.casefold()
    return figure.status == options.status and of_conflict and options.outcome in (None, figure.outcome)


def _list_orphans(store: Store, options: argparse.Namespace) -> None:
    from tracker.review.file import lines
    from tracker.review.review import Reviews

    found = Reviews(store).orphans()
    if options.format == "jsonl":
        write_data(line.encode("utf-8", "replace") for line in lines(found))
        return
    names = ["figure_id", "article_id", "figure", "decision", "quote"]
    _print_table(names, [[one.figure_id, one.article_id, one.figure, _told(one), one.quote] for one in found])
    tell(f"{len(found)} decisions whose figure is not in the store, or has other words now")


def _print_table(names: list[str], rows: list[list[str]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from tracker.cli.tables import console

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(name.removesuffix("_name"), no_wrap=name == "figure_id", overflow="fold")
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    console().print(table)


def _show(store: Store, options: argparse.Namespace) -> None:
    from rich.text import Text

    from tracker.cli.tables import console
    from tracker.review.review import CHANGEABLE, Reviews

    figure = next((one for one in store.figures() if one.figure_id == options.figure_id), None)
    reviews = Reviews(store)
    made = reviews.history(options.figure_id)
    if figure is None and not made:
        raise TrackerError(f"there is no figure {options.figure_id}")
    out = console()
    quote = figure.quote if figure else made[-1].quote
    before, words, after = quote.partition(figure.figure if figure else made[-1].figure)
    out.print(Text.assemble(one_line(before) + " ", (one_line(words), "bold reverse"), " " + one_line(after)))
    found = reviews.extracted(options.figure_id) or {}
    for name in (*CHANGEABLE, "low", "best", "confidence", "rule", "status") if figure else ():
        value = getattr(figure, name)
        was = f"  (the rules found: {found[name]})" if found and found[name] != value else ""
        out.print(Text(f"{name:15} {one_line(str('' if value is None else value) + was)}"))
    if figure is None:
        out.print("The figure is not in the store any more; these decisions on it are kept:")
    for one in made:
        out.print(Text(f"{one.number:>4}  {one_line(_told(one))}"))


def _told(one: Review) -> str:
    changes = ", ".join(f"{name} {_cell(was)} → {_cell(now)}" for name, (was, now) in one.changes.items())
    parts = (one.action.value, f"({changes})" if changes else "", f"by {one.reviewer}, {one.at[:16]} UTC", one.note)
    return " ".join(part for part in parts if part)


def _cell(value: object) -> str:
    return "(empty)" if value is None else str(value)


def _export(store: Store, options: argparse.Namespace) -> None:
    from tracker.atomic import Target, check, write_text
    from tracker.review.file import is_review_file, lines
    from tracker.review.review import Reviews

    target = Target(Path(options.file), "a file of reviews", is_review_file, options.force)
    if options.file != "-":
        check(target)
    found = Reviews(store).all()
    if options.file == "-":
        write_data(line.encode("utf-8", "replace") for line in lines(found))
        return
    write_text(target, "".join(lines(found)))
    tell(f"{len(found)} decisions written to {options.file}")


def _import(store: Store, options: argparse.Namespace) -> None:
    from tracker.review.file import read_reviews
    from tracker.review.review import Reviews

    taken = Reviews(store).take(read_reviews(options.file))
    tell(f"{taken.new} decisions are new, {taken.known} were here already")
    if taken.orphaned:
        tell(f"{taken.orphaned} figures are not here, or have other words: the decisions wait for them")
    if taken.both:
        tell(f"{taken.both} figures had been decided on here as well: the later decision stands")
