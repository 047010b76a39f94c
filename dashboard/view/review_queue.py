"""The review queue: which figure comes next, the progress, and what a decision does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from dashboard.look.headings import field
from dashboard.view import correction_form
from dashboard.view.data import Data
from dashboard.view.query import View
from dashboard.view.selection import EVERY, Selection, count, positions
from tracker.model import Figure, Status, TrackerError
from tracker.review.corrections import CorrectionError
from tracker.review.review import Action, Decision, ReviewConflictError, Reviews

MOST_REMEMBERED = 2000


@dataclass(frozen=True, slots=True)
class Position:
    """Where a reviewer is in the queue. `seen`: the number of the last review of the figure that they saw.

    `passed`: figures that they skipped. `decided`: figures that they decided on, the latest one last.
    """

    figure_id: str = ""
    seen: int = 0
    passed: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()

    @classmethod
    def from_browser(cls, kept: Mapping[str, Any] | None) -> Position:
        """The position that the browser has stored; the beginning if it has none."""
        kept = kept or {}
        lists = {name: tuple(str(one) for one in kept.get(name) or ()) for name in ("passed", "decided")}
        return cls(str(kept.get("figure_id") or ""), int(kept.get("seen") or 0), **lists)

    def to_browser(self) -> dict[str, Any]:
        """The position as the browser stores it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Step:
    """The result of a step: the new position, and the message to the reviewer.

    `is_wrong`: the message is an error. `keeps_form`: what the reviewer has typed stays.
    """

    at: Position
    message: str = ""
    is_wrong: bool = False
    keeps_form: bool = False


def start(data: Data, view: View, at: Position) -> Step:
    """The first figure of a view: the one in the address, otherwise the least certain one.

    If the reviewer has this figure already, what they have typed stays.
    """
    named = view.option("figure")
    if named and len(data.figures_by_id([named])):
        there = _on(data, at, named)
    else:
        there = _next(data, view, replace(at, figure_id=""))
    return Step(there, keeps_form=bool(at.figure_id) and there.figure_id == at.figure_id)


def step(data: Data, view: View, at: Position, action: str, form: tuple[Mapping[str, str | None], str, str]) -> Step:
    """One step: "skip" or an Action. `form` holds the fields, the note and the reviewer."""
    fields, note, reviewer = form
    figure = figure_of(data, at.figure_id)
    if action == "skip":
        passed = (*at.passed, at.figure_id)[-MOST_REMEMBERED:]
        return Step(_next(data, view, replace(at, passed=passed)))
    if action == Action.UNDO:
        return _undo(data, at, reviewer)
    if figure is None:
        return Step(_next(data, view, at), "There is nothing to decide on.", is_wrong=True)
    changes = correction_form.changes(figure, fields) if action == Action.CORRECT else {}
    if action == Action.CORRECT and not changes:
        return Step(at, "The form has no changes. If the figure is right, accept it.", True, True)
    if action != Action.CORRECT and correction_form.changes(figure, fields):
        message = "The form has changes that are not saved. Save the correction, or skip."
        return Step(at, message, is_wrong=True, keeps_form=True)
    return _decide(data, view, at, Decision(figure.figure_id, Action(action), reviewer, note, changes, at.seen))


def _decide(data: Data, view: View, at: Position, decision: Decision) -> Step:
    try:
        Reviews(data.store).decide(decision)
    except ReviewConflictError as conflict:
        message = (
            f"{str(conflict)[:1].upper()}{str(conflict)[1:]}. The figure is shown as it is now; what you typed is kept."
        )
        return Step(_on(data, at, at.figure_id), message, is_wrong=True, keeps_form=True)
    except CorrectionError as error:
        return Step(at, f"Not saved: {field(error.column)}: {error.what}", is_wrong=True, keeps_form=True)
    except TrackerError as error:
        return Step(at, f"Not saved: {error}", is_wrong=True, keeps_form=True)
    done = {Action.ACCEPT: "Accepted", Action.REJECT: "Rejected", Action.CORRECT: "Corrected"}[decision.action]
    decided = (*at.decided, decision.figure_id)[-MOST_REMEMBERED:]
    return Step(_next(data, view, replace(at, decided=decided)), f"{done}. Press U to undo.")


def _undo(data: Data, at: Position, reviewer: str) -> Step:
    figure_id = at.decided[-1] if at.decided else at.figure_id
    seen = None if at.decided else at.seen
    try:
        Reviews(data.store).decide(Decision(figure_id, Action.UNDO, reviewer, seen=seen))
    except TrackerError as error:
        return Step(at, f"Not undone: {error}", is_wrong=True, keeps_form=True)
    return Step(_on(data, replace(at, decided=at.decided[:-1]), figure_id), "Undone.")


def _on(data: Data, at: Position, figure_id: str) -> Position:
    return replace(at, figure_id=figure_id, seen=Reviews(data.store).last_number(figure_id))


def _next(data: Data, view: View, at: Position) -> Position:
    """The least certain figure of the queue that was neither skipped nor decided in this session: one of the conflict
    that the reviewer is at, as long as there is one.
    """
    snapshot = data.snapshot()
    done = {*at.passed, *at.decided, at.figure_id}
    ids = snapshot.table["figure_id"]
    found = positions(data, snapshot, Selection(view.filters, status=view.option("queue"), sort="confidence"))
    waiting = [place for place in found if str(ids.iat[place]) not in done]
    here = data.figures_by_id([at.figure_id])["conflict"].dropna()
    conflicts = snapshot.table["conflict"]
    same = (place for place in waiting if len(here) and conflicts.iat[place] == here.iloc[0])
    chosen = next(same, next(iter(waiting), None))
    return _on(data, at, "" if chosen is None else str(ids.iat[chosen]))


def figure_of(data: Data, figure_id: str) -> Figure | None:
    """The figure as it is in the store now."""
    found = data.figures_by_id([figure_id])
    if found.empty:
        return None
    return next(
        (one for one in data.store.figures(str(found["article_id"].iat[0])) if one.figure_id == figure_id), None
    )


def progress(data: Data, view: View) -> tuple[int, int]:
    """The number of reviewed figures in view, and the number of all figures in view."""
    total = count(data, Selection(view.filters, status=EVERY))
    return total - count(data, Selection(view.filters, status=Status.EXTRACTED.value)), total
