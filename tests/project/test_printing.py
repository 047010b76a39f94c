"""Whatever a command prints goes through the one cleaner, tracker/terminal.py: nothing else writes to the streams."""

from __future__ import annotations

import ast

import pytest
from imports import modules

ALLOWED = {"tracker.terminal"}
RICH = {"tracker.cli.progress", "tracker.cli.tables"}
"""Where rich writes: a bar of numbers, and tables of cleaned texts (tests/cli/test_tables.py)."""

WRITERS = {"write", "writelines"}


def prints(tree: ast.AST) -> list[int]:
    """The lines that print, or write to a standard stream."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called == "print" or (called.startswith("sys.std") and called.rpartition(".")[2] in WRITERS):
            found.append(node.lineno)
    return found


@pytest.mark.parametrize("module", sorted(set(modules()) - ALLOWED))
def test_nothing_else_prints(module):
    tree = ast.parse(modules()[module].read_text(encoding="utf-8"))
    assert not prints(tree), f"{module} prints by itself: use tracker.terminal"


@pytest.mark.parametrize("module", sorted(set(modules()) - ALLOWED - RICH))
def test_consoles_are_made_in_one_place(module):
    assert "Console(" not in modules()[module].read_text(encoding="utf-8")


@pytest.mark.parametrize("code", ["print(1)", "sys.stdout.write('x')", "sys.stderr.buffer.writelines([])"])
def test_printing_is_seen(code):
    assert prints(ast.parse(code)) == [1]
