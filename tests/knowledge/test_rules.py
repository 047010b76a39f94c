"""The identifier of the rules changes with every change of their code or data, and with nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[2]
ASK = "from tracker.knowledge.rules import rules_id; print(rules_id())"


def asked(folder):
    return subprocess.run([sys.executable, "-c", ASK], cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("file", "same"),
    [
        ("data/languages/en/people.toml", False),
        ("tracker/extraction/counts/numbers.py", False),
        ("tracker/extraction/conflicts.py", False),
        ("tracker/store/store.py", True),
    ],
)
def test_the_identifier_depends_on_the_content_of_the_rules(tmp_path, file, same):
    for name in ("tracker", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "samples"))
    before = asked(tmp_path)
    assert asked(tmp_path) == before
    with (tmp_path / file).open("a") as rules:
        rules.write("\n# a remark\n")
    assert (asked(tmp_path) == before) is same
