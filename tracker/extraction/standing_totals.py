"""Whether a figure states the running total of a standing count, and the figure as that total."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tracker.knowledge.known_events import days_of_events
from tracker.knowledge.standing_counts import EVERYONE, StandingCount
from tracker.model import (
    Article,
    Assigned,
    Changes,
    Figure,
    Outcome,
    Precision,
    Scope,
    VictimGroup,
    changed,
    first_day,
    timed_as,
)

NEAR_START = 3
"""Days by which "in the past two weeks" may miss the day since when a count runs."""
PART_OF_TIME = 0.15
"""The same as a part of the time that has passed since then, which counts where it is more."""
WEEK, OF_A_WAR = 7, 10
"""After a war's first weeks, no week has OF_A_WAR times as many dead as the least number taken for the total."""
MONTH = 31
"""A start so many days before the count's, and twice as long ago, is of an older count."""
FIRST_DAYS, FIRST_LEAST = 7, 100
"""In so many days so many dead of a whole area are the total, because there was little before."""
EXACT = len("2023-10-07")
SEVERAL = 100  # fewer dead than these are of one event
BESIDE = 40  # characters between the dead and the hurt of one event


def is_time(count: StandingCount, figure: Figure) -> bool:
    """Whether the count had begun when the article was printed."""
    printed = (figure.published or "")[:10]
    return not printed or count.since[: len(printed)] <= printed


def is_large(count: StandingCount, figure: Figure) -> bool:
    """Whether a number is large enough for a total of the count at any time, which few numbers are."""
    return figure.value is not None and figure.value >= least_total(count)


def least_total(count: StandingCount) -> int:
    """The smallest number that may be a total of the count at any time."""
    return min(count.least, FIRST_LEAST)


def is_total(count: StandingCount, figure: Figure, least: int) -> bool:
    """Whether a figure states the running total of a count: it says so, or is too large for a day or an event.

    `least`: the smallest number that is taken for the total.
    """
    if figure.scope is Scope.INCIDENT and (figure.date, count.country) in days_of_events():
        return False  # the dead of an event are no total
    if count.until == count.since or (figure.part_of is not None and figure.scope is not Scope.CUMULATIVE):
        return False  # the count of one day is of an event; a part goes with its total
    if figure.value is None or figure.value < least:
        return False
    if figure.scope is Scope.CUMULATIVE:
        return not _starts_elsewhen(count, figure)
    if figure.outcome is Outcome.DISPLACED:
        return False
    if figure.scope is Scope.PERIOD:
        printed = (figure.published or "")[:10]
        ended = figure.date is not None and len(figure.date) == len(printed) and figure.date != printed
        return figure.period_start is not None and not (ended or _starts_elsewhen(count, figure))
    return True


def is_local_event(figure: Figure) -> bool:
    """Whether a figure counts the few dead of an event whose place, a part of the area, its own sentence names."""
    few = figure.value is not None and figure.value < SEVERAL
    return few and figure.scope is Scope.INCIDENT and figure.place is not None and figure.place in figure.quote


def least_of_first_days(count: StandingCount, figure: Figure) -> int:
    """The least number taken for a total of everyone: in the first days of a war it is as small as an event's dead."""
    if (count.counted, figure.outcome) != (EVERYONE, Outcome.KILLED) or figure.scope is Scope.PERIOD:
        return count.least
    begun, printed = _day(count.since), _day(figure.published)
    if begun is None or printed is None:
        return count.least
    early = len(count.since) == EXACT and (printed - begun).days <= FIRST_DAYS
    return min(count.least, FIRST_LEAST) if early else count.least


def _starts_elsewhen(count: StandingCount, figure: Figure) -> bool:
    """Whether a figure says that it counts from a day well after the count's first, from New Year before it, or from
    long before.
    """
    begin, first, until = map(_day, (figure.period_start, count.since, figure.date or figure.published))
    if begin is None or first is None or count.since.startswith(figure.period_start or ""):
        return False
    lasted, passed = ((until - begin).days, (until - first).days) if until is not None else (WEEK + 1, 0)
    too_many = lasted <= WEEK and passed > MONTH and (figure.value or 0) >= OF_A_WAR * count.least
    if too_many or (figure.scope is Scope.CUMULATIVE and lasted <= 1):
        return False  # "42,200, of them 52 in the past 48 hours": the time is that of the number beside it
    of_year = (begin.month, begin.day) == (1, 1) and begin.year == first.year and first.month > 1
    # "killed there since 2014", in the war of 2022; but "in two years", to the day, may be of anything
    of_older = (first - begin).days > max(MONTH, passed) and len(figure.period_start or "") < EXACT
    return of_year or of_older or (begin - first).days > max(NEAR_START, PART_OF_TIME * passed)


def as_total(count: StandingCount, assigned: Assigned, article: Article) -> Assigned:
    """A figure as the running total of a count: its scope, start, as-of date, country and conflict."""
    figure = assigned.figure
    changes: Changes = {"scope": Scope.CUMULATIVE, "country": count.country, "conflict": count.conflict}
    if figure.country not in (None, count.country):
        changes["place"] = None  # where it was said, or where it began
    if figure.period_start is None or not _starts_elsewhen(count, figure):
        changes["period_start"] = count.since
    if count.counted == VictimGroup.COMBATANTS and figure.victim_group is VictimGroup.UNSPECIFIED:
        changes["victim_group"] = VictimGroup.COMBATANTS
    printed = (article.published or "")[:10]
    if printed and (figure.scope is Scope.INCIDENT or _is_the_start(count, figure, printed) or figure.date is None):
        changes |= {"date": printed, "date_precision": Precision.DAY}
    return Assigned(changed(figure, **changes), f"{assigned.why}; standing count {count.id}")


def is_beside_the_dead(hurt: Figure, dead: Figure) -> bool:
    """Whether a figure counts the hurt of an event whose dead stand right before it: "14 were killed and 450 hurt". The
    dead are too few for a running total, so the hurt are none either.
    """
    one_event = hurt.scope is Scope.INCIDENT and dead.scope is Scope.INCIDENT and hurt.date == dead.date
    joined = (hurt.field, hurt.quote) == (dead.field, dead.quote) and 0 < hurt.start - dead.end <= BESIDE
    few = dead.value is not None and dead.value < SEVERAL
    return one_event and joined and few and (dead.outcome, hurt.outcome) == (Outcome.KILLED, Outcome.INJURED)


def as_told(total: Assigned, told: Assigned) -> Assigned:
    """A figure that was taken for a total, with the scope and day that the article tells."""
    return Assigned(timed_as(total.figure, told.figure), total.why)


def with_parts(found: Sequence[Assigned], out: Sequence[Assigned]) -> list[Assigned]:
    """The figures, with those that were of one time with their total, which turned out to be the total of a count:
    "the toll of six days of strikes reached 1,500, including 500 children". `found`: as they were before.
    """
    totals = {
        one.figure.figure_id: (one.figure, now.figure)
        for one, now in zip(found, out, strict=True)
        if one.figure.scope is not now.figure.scope is Scope.CUMULATIVE
    }
    return [_as_part(one, *totals[one.figure.part_of]) if one.figure.part_of in totals else one for one in out]


def _as_part(part: Assigned, was: Figure, total: Figure) -> Assigned:
    """A part of a figure with what that became, if it had the figure's scope and day."""
    figure = part.figure
    if (figure.scope, figure.date) != (was.scope, was.date):
        return part
    return Assigned(timed_as(figure, total), part.why)


def _is_the_start(count: StandingCount, figure: Figure, printed: str) -> bool:
    """Whether the date of a total is the day since when it counts, and not the one up to which it does."""
    date, first, day = _day(figure.date), _day(count.since), _day(printed)
    if date is None or first is None or day is None:
        return False
    return abs((date - first).days) <= NEAR_START and (day - first).days > NEAR_START


def _day(text: str | None) -> dt.date | None:
    """The first day of an ISO date or datetime of any precision; None for none."""
    try:
        return first_day((text or "")[:10])
    except ValueError:
        return None
