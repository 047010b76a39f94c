"""The queue of review: which figure comes next, how far the work is, and what a decision does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from dashboard.view import correction_form
from dashboard.view.data import Data
from dashboard.view.query import View
from dashboard.view.rowsets import EVERY, Asked, count, positions
from tracker.model import Figure, Status, TrackerError
from tracker.review.review import Action, Decision, ReviewConflictError, Reviews

MOST_REMEMBERED = 2000


@dataclass(frozen=True, slots=True)
class At:
    """Where a reviewer is: the figure before them, the number of its last review that they saw, the figures that they
    passed over, and those that they decided on, the last one last.
    """

    figure_id: str = ""
    seen: int = 0
    passed: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> At:
        """What the browser has kept."""
        kept = kept or {}
        lists = {name: tuple(str(one) for one in kept.get(name) or ()) for name in ("passed", "decided")}
        return cls(str(kept.get("figure_id") or ""), int(kept.get("seen") or 0), **lists)

    def kept(self) -> dict[str, Any]:
        """The same, for the browser to keep."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes of a step: where the reviewer is then, what is said to them, whether something went wrong, and
    whether what they have typed stays.
    """

    at: At
    said: str = ""
    is_wrong: bool = False
    keeps_form: bool = False


def start(data: Data, view: View, at: At) -> Turn:
    """The first figure of a view: the one that the address names, else the least sure one. What somebody is typing
    stays where that is the figure before them already.
    """
    named = view.option("figure")
    if named and len(data.picked([named])):
        there = _on(data, at, named)
    else:
        there = _next(data, view, replace(at, figure_id=""))
    return Turn(there, keeps_form=bool(at.figure_id) and there.figure_id == at.figure_id)


def step(data: Data, view: View, at: At, action: str, form: tuple[Mapping[str, str | None], str, str]) -> Turn:
    """One step: "skip", or one of Action. `form` are the fields, the note and the reviewer."""
    fields, note, reviewer = form
    figure = figure_of(data, at.figure_id)
    if action == "skip":
        passed = (*at.passed, at.figure_id)[-MOST_REMEMBERED:]
        return Turn(_next(data, view, replace(at, passed=passed)))
    if action == Action.UNDO:
        return _undo(data, at, reviewer)
    if figure is None:
        return Turn(_next(data, view, at), "There is nothing to decide on.", is_wrong=True)
    changes = correction_form.changes(figure, fields) if action == Action.CORRECT else {}
    if action == Action.CORRECT and not changes:
        return Turn(at, "Nothing is changed in the form. To agree with the figure, accept it.", True, True)
    if action != Action.CORRECT and correction_form.changes(figure, fields):
        said = "The form has changes that are not saved. Save the correction, or skip."
        return Turn(at, said, is_wrong=True, keeps_form=True)
    return _decide(data, view, at, Decision(figure.figure_id, Action(action), reviewer, note, changes, at.seen))


def _decide(data: Data, view: View, at: At, decision: Decision) -> Turn:
    try:
        Reviews(data.store).decide(decision)
    except ReviewConflictError as conflict:
        said = (
            f"{str(conflict)[:1].upper()}{str(conflict)[1:]}. The figure is shown as it is now; what you typed is kept."
        )
        return Turn(_on(data, at, at.figure_id), said, is_wrong=True, keeps_form=True)
    except TrackerError as error:
        return Turn(at, f"Not saved: {error}", is_wrong=True, keeps_form=True)
    done = {Action.ACCEPT: "Accepted", Action.REJECT: "Rejected", Action.CORRECT: "Corrected"}[decision.action]
    decided = (*at.decided, decision.figure_id)[-MOST_REMEMBERED:]
    return Turn(_next(data, view, replace(at, decided=decided)), f"{done}. U takes it back.")


def _undo(data: Data, at: At, reviewer: str) -> Turn:
    figure_id = at.decided[-1] if at.decided else at.figure_id
    seen = None if at.decided else at.seen
    try:
        Reviews(data.store).decide(Decision(figure_id, Action.UNDO, reviewer, seen=seen))
    except TrackerError as error:
        return Turn(at, f"Nothing is taken back: {error}", is_wrong=True, keeps_form=True)
    return Turn(_on(data, replace(at, decided=at.decided[:-1]), figure_id), "Taken back.")


def _on(data: Data, at: At, figure_id: str) -> At:
    return replace(at, figure_id=figure_id, seen=Reviews(data.store).last_number(figure_id))


def _next(data: Data, view: View, at: At) -> At:
    """The least sure figure of the queue that was neither passed over nor decided on just now."""
    snapshot = data.snapshot()
    done = {*at.passed, *at.decided, at.figure_id}
    ids = snapshot.table["figure_id"]
    found = positions(data, snapshot, Asked(view.filters, status=view.option("queue"), sort="confidence"))
    waiting = (str(ids.iat[place]) for place in found)
    return _on(data, at, next((one for one in waiting if one not in done), ""))


def figure_of(data: Data, figure_id: str) -> Figure | None:
    """The figure as it is in the store now."""
    found = data.picked([figure_id])
    if found.empty:
        return None
    return next(
        (one for one in data.store.figures(str(found["article_id"].iat[0])) if one.figure_id == figure_id), None
    )


def progress(data: Data, view: View) -> tuple[int, int]:
    """How many of the figures in view somebody has decided on, and how many there are."""
    total = count(data, Asked(view.filters, status=EVERY))
    return total - count(data, Asked(view.filters, status=Status.EXTRACTED.value)), total
