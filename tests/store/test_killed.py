"""Killed at any moment and run again, an ingest gives what it would have given undisturbed."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
import sqlalchemy as sa
from contents import contents
from imports import ROOT

from tracker.store.check import Checked, problems
from tracker.store.store import Store

pytestmark = pytest.mark.process

NO_FORKS = not hasattr(os, "pidfd_open")


def kill_and_compare(folder, database, least):
    command = [sys.executable, str(ROOT / "tests" / "support" / "killing.py"), str(folder), str(least), database]
    done = subprocess.run(command, capture_output=True, timeout=600)
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout.splitlines()[-1])
    print(told)  # `pytest -s` shows the figures of docs/reliability.md
    assert sum(told["kills"]) >= least
    with Store.open(database.format(0), create=False) as undisturbed:
        wanted = contents(undisturbed)
        assert undisturbed.count_articles() == 2000
        assert len(undisturbed.failures()) == 5
        assert undisturbed.duplicates()
        assert [one.what for one in problems(undisturbed, Checked())] == []
    for number in range(1, len(told["kills"]) + 1):
        with Store.open(database.format(number), create=False) as store:
            found = contents(store)
            assert {name: len(rows) for name, rows in found.items()} == {n: len(rows) for n, rows in wanted.items()}
            assert found == wanted
            assert [one.what for one in problems(store, Checked())] == []


@pytest.mark.skipif(NO_FORKS, reason="needs process file descriptors, which only Linux has")
def test_fifty_kills_change_nothing(tmp_path):
    kill_and_compare(tmp_path, str(tmp_path / "{}.db"), 50)


@pytest.mark.skipif(NO_FORKS, reason="needs process file descriptors, which only Linux has")
def test_nor_do_kills_on_postgresql(tmp_path, postgresql):
    engine = sa.create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for number in range(8):  # more rounds than there are, or the one after them fails and says so
            connection.exec_driver_sql(f"CREATE DATABASE killed_{number}")
    kill_and_compare(tmp_path, postgresql.replace("/postgres?", "/killed_{}?"), 10)
    with engine.connect() as connection:
        for number in range(8):
            connection.exec_driver_sql(f"DROP DATABASE killed_{number} WITH (FORCE)")
    engine.dispose()
