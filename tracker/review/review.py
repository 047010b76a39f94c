"""The decisions on the figures of a store: made, undone, listed and imported; none is ever overwritten."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from tracker.model import Status, TrackerError
from tracker.review.corrections import UNPRINTABLE, corrected
from tracker.store.database import extracted, figures, reviews
from tracker.store.decisions import (
    CORRECTABLE,
    STATE,
    Action,
    Review,
    Row,
    decided,
    extracted_row,
    history,
    keep_extracted,
    standing,
    stored_row,
)
from tracker.store.stamps import new_revision
from tracker.store.store import Store

__all__ = ["Action", "Decision", "Review", "ReviewConflictError", "Reviews", "Taken"]

LONGEST_NOTE, LONGEST_NAME = 2000, 100


class ReviewConflictError(TrackerError):
    """Somebody else decided on the figure meanwhile. The message says what, who and when."""

    def __init__(self, last: Review) -> None:
        self.last = last
        what = {Action.UNDO: "undone"}.get(last.action, f"{last.action}ed".replace("tt", "t"))
        super().__init__(f"{last.reviewer} has meanwhile {what} this figure ({last.at[:16].replace('T', ' ')} UTC)")


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision to be made. `changes`: texts by column, for a correction only.

    `seen`: the number of the last review of the figure that the person has seen (0: none); None skips this check.
    """

    figure_id: str
    action: Action
    reviewer: str
    note: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)
    seen: int | None = None


class Taken(NamedTuple):
    """The result of an import: how many reviews were new, were here already, or wait for a figure that is not here.

    `both`: how many figures had been reviewed here as well; for these the later decision is in force.
    """

    new: int = 0
    known: int = 0
    orphaned: int = 0
    both: int = 0


class Reviews:
    """The reviews of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def decide(self, decision: Decision) -> Review:
        """Make a decision; returns the review.

        Raises TrackerError where there is no such figure or nothing to undo, ReviewConflictError where somebody else
        was faster, and CorrectionError where a value is wrong. The store is unchanged then.
        """
        _check(decision)
        with self._store.transaction(writes=True) as connection:
            row = stored_row(connection, decision.figure_id)
            if row is None:
                raise TrackerError(f"there is no figure {decision.figure_id}")
            made = history(connection, [decision.figure_id]).get(decision.figure_id, [])
            last = max(made, key=lambda one: one.number, default=None)
            if decision.seen is not None and last is not None and last.number > decision.seen:
                raise ReviewConflictError(last)
            base = extracted_row(connection, decision.figure_id) or row
            review = _undo(decision, base, row, made) if decision.action is Action.UNDO else _new(decision, base, row)
            review = replace(review, at=_now(made))
            number = _append(connection, review)
            _apply(connection, row, [*made, review])
            new_revision(connection, [review.article_id])
        return replace(review, number=number)

    def history(self, figure_id: str) -> list[Review]:
        """All reviews of a figure, in the order in which they were made."""
        with self._store.transaction() as connection:
            return history(connection, [figure_id]).get(figure_id, [])

    def all(self) -> list[Review]:
        """All reviews of the store, in the order in which they were made."""
        with self._store.transaction() as connection:
            found = history(connection)
        return sorted((one for made in found.values() for one in made), key=lambda one: (one.at, one.number))

    def last_number(self, figure_id: str) -> int:
        """The number of the last review of a figure (0: none), for `Decision.seen`."""
        wanted = sa.select(sa.func.max(reviews.c.number)).where(reviews.c.figure_id == figure_id)
        with self._store.transaction() as connection:
            return int(connection.execute(wanted).scalar_one() or 0)

    def extracted(self, figure_id: str) -> Row | None:
        """The row of a reviewed figure as the rules found it; None where no review is in force."""
        with self._store.transaction() as connection:
            return extracted_row(connection, figure_id)

    def orphans(self) -> list[Review]:
        """The reviews in force whose figure is not in the store, or has other words now."""
        with self._store.transaction() as connection:
            found = history(connection)
            words = _words_of(connection, found)
        last = (standing(made) for made in found.values())
        return [one for one in last if one is not None and words.get(one.figure_id) != one.figure]

    def take(self, given: Iterable[Review]) -> Taken:
        """Import reviews that were made on another store. Those that are here already do not change.

        Of several decisions on one figure the latest is in force, whichever store it was made on.
        """
        with self._store.transaction(writes=True) as connection:
            known = set(connection.execute(sa.select(reviews.c.id)).scalars())
            new: dict[str, Review] = {}
            number_given = 0
            for review in given:
                number_given += 1
                if review.id not in known:
                    new.setdefault(review.id, review)
            ids = {one.figure_id for one in new.values()}
            here = history(connection, ids)
            for review in sorted(new.values(), key=lambda one: one.at):
                _append(connection, review)
            orphaned = _apply_all(connection, ids)
            if new:
                new_revision(connection, [one.article_id for one in new.values()], len(new))
        both = sum(standing(made) is not None for made in here.values())
        return Taken(len(new), number_given - len(new), orphaned, both)


def _check(decision: Decision) -> None:
    for what, text, longest in (("reviewer", decision.reviewer, LONGEST_NAME), ("note", decision.note, LONGEST_NOTE)):
        if len(text) > longest or UNPRINTABLE.search(text.replace("\n", " ").replace("\t", " ").replace("\r", " ")):
            raise TrackerError(f"the {what} is longer than {longest} characters, or not all of it is text")
    if not decision.reviewer.strip():
        raise TrackerError("who decides? name the reviewer")
    if bool(decision.changes) != (decision.action is Action.CORRECT):
        raise TrackerError("what is corrected? name columns and values; only a correction has them")


def _new(decision: Decision, base: Row, row: Row) -> Review:
    if decision.action is Action.REJECT:
        after = row | {"status": Status.REJECTED.value}
    elif decision.action is Action.CORRECT:
        after = corrected(row, decision.changes) | {"status": Status.CORRECTED.value}
        if after["conflict"] != row["conflict"]:
            after["conflict_reason"] = f"set by {decision.reviewer.strip()} in review"
    else:
        differs = any(row[name] != base[name] for name in CORRECTABLE)  # a corrected row is not what the rules found
        after = row | {"status": Status.CORRECTED.value if differs else Status.ACCEPTED.value}
    return _review(decision, row, after)


def _review(decision: Decision, row: Row, after: Row, undoes: str | None = None) -> Review:
    return Review(
        id=uuid.uuid4().hex,
        figure_id=row["figure_id"],
        article_id=row["article_id"],
        figure=row["figure"],
        quote=row["quote"],
        action=decision.action,
        reviewer=decision.reviewer.strip(),
        at="",
        note=decision.note.strip(),
        undoes=undoes,
        changes={name: [row[name], after[name]] for name in STATE if row[name] != after[name]},
        state={name: after[name] for name in STATE},
    )


def _undo(decision: Decision, base: Row, row: Row, made: Sequence[Review]) -> Review:
    last = standing(made)
    if last is None:
        raise TrackerError(f"there is no decision on figure {row['figure_id']} that could be undone")
    after = decided(base, [one for one in made if one.id != last.id]) or base
    return _review(decision, row, after, undoes=last.id)


def _now(made: Sequence[Review]) -> str:
    """The time in UTC, but later than that of every earlier review, even if the clock was set back."""
    now = dt.datetime.now(dt.UTC)
    if made:
        now = max(now, dt.datetime.fromisoformat(max(one.at for one in made)) + dt.timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds")


def _append(connection: sa.Connection, review: Review) -> int:
    names = [column.name for column in reviews.c if column.name != "number"]
    values = {name: getattr(review, name) for name in names}
    values |= {"action": review.action.value, "changes": dict(review.changes), "state": dict(review.state)}
    done = connection.execute(sa.insert(reviews).values(values))
    return int(done.inserted_primary_key[0]) if done.inserted_primary_key else 0


def _apply(connection: sa.Connection, row: Row, made: Sequence[Review]) -> bool:
    """Update a stored figure from its reviews; False where no review in force is about its words."""
    kept = extracted_row(connection, row["figure_id"])
    base = kept or row
    after = decided(base, made)
    if after is None:
        connection.execute(sa.delete(extracted).where(extracted.c.figure_id == row["figure_id"]))
    elif kept is None:
        keep_extracted(connection, [base])
    values = {name: (after or base)[name] for name in STATE}
    connection.execute(sa.update(figures).where(figures.c.figure_id == row["figure_id"]).values(values))
    return after is not None


def _apply_all(connection: sa.Connection, figure_ids: Iterable[str]) -> int:
    """Update many figures; returns how many have a review in force, but no figure here with its words."""
    orphaned = 0
    for figure_id, made in history(connection, figure_ids).items():
        row = stored_row(connection, figure_id)
        is_decided = row is not None and _apply(connection, row, made)
        orphaned += not is_decided and standing(made) is not None
    return orphaned


def _words_of(connection: sa.Connection, figure_ids: Iterable[str]) -> dict[str, str]:
    """The words of those figures that are in the store, by id."""
    ids = list(figure_ids)
    found: dict[str, str] = {}
    for begin in range(0, len(ids), 500):
        part = figures.c.figure_id.in_(ids[begin : begin + 500])
        rows: Any = connection.execute(sa.select(figures.c.figure_id, figures.c.figure).where(part))
        found |= {row.figure_id: row.figure for row in rows}
    return found


CHANGEABLE: tuple[str, ...] = (*CORRECTABLE, "high")
"""What a correction may name."""
