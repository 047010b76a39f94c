"""The `tracker` command, called as users call it: in a process of its own, in a folder of its own."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

from made_figures import ARTICLE, FIGURE, figure

from tracker.model import Cause, Outcome, Scope, SourceType
from tracker.store.store import Entry, Store

TRACKER = (sys.executable, "-m", "tracker")

STORE = "store.db"

ATTACK = """---
id: attack
title: Homs under fire
published: 2012-03-26
publisher: The Daily
---
At least 30 people were killed and 12 wounded in Homs on Sunday, the opposition said.
"""
TOTAL = """---
id: total
published: 2012-03-26
---
A year of bloodshed in Syria has claimed more than 9,100 lives, the opposition says.
"""
CRASH = """---
id: crash
published: 2012-03-26
---
Seven people were killed when two buses collided near Lyon on Sunday, police said.
"""


def run(folder, *arguments, given=b"", **environment):
    """Call the command in the folder, with a store in it: (exit code, standard output, standard error)."""
    surroundings = {**os.environ, "TRACKER_DB": str(folder / STORE), **environment}
    command = [*TRACKER, *map(str, arguments)]
    done = subprocess.run(command, input=given, capture_output=True, cwd=folder, env=surroundings, timeout=120)
    errors = done.stderr.decode()
    assert "Traceback" not in errors, errors
    return done.returncode, done.stdout.decode(), errors


def fill(path):
    """Make a store with one article and a few figures made by hand."""
    figures = [
        FIGURE,
        figure("f2", start=1, outcome=Outcome.INJURED, value=12, scope=Scope.INCIDENT, date="2012-04-01"),
        figure(
            "f3",
            start=2,
            conflict="sudan",
            source_name="OHCHR",
            source_type=SourceType.UN,
            date="2023-05",
            date_precision="month",
        ),
        figure("f4", start=3, cause=Cause.ACCIDENT),
        figure("f5", start=4, quote="=cmd|' /C calc'!A0", date=None, date_precision=None),
    ]
    with Store.open(path) as store:
        store.add_many([Entry(ARTICLE, figures)])


def records(output):
    return [json.loads(line) for line in output.splitlines()]


def ids(output):
    return [row["figure_id"] for row in csv.DictReader(io.StringIO(output))]
