"""Small enough to be read: files, functions and parameter lists have limits, and the worst ten are shown (-rP)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from imports import ROOT

CODE = [
    path for place in ("tracker", "dashboard", "tests", "benchmarks") for path in sorted((ROOT / place).rglob("*.py"))
]


def files() -> Iterator[tuple[int, str]]:
    for path in CODE:
        yield len(path.read_text(encoding="utf-8").splitlines()), _place(path)


def functions() -> Iterator[tuple[int, str]]:
    for path, function in _functions():
        yield (function.end_lineno or 0) - function.lineno + 1, f"{_place(path)} {function.name}"


def parameters() -> Iterator[tuple[int, str]]:
    for path, function in _functions():
        arguments = function.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        taken = [one for one in named if one.arg not in ("self", "cls")]
        # fixtures are not passed by anyone, and a callback of Dash takes what its decorator names
        if not function.name.startswith("test_") and not _is_callback(function):
            yield len(taken), f"{_place(path)} {function.name}"


def _functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def _is_callback(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(".callback(" in ast.unparse(decorator) for decorator in function.decorator_list)


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    ("measure", "most"),
    [
        pytest.param(files, 400, id="lines in a file"),
        pytest.param(functions, 50, id="lines in a function"),
        pytest.param(parameters, 5, id="parameters"),
    ],
)
def test_sizes(measure, most):
    worst = sorted(measure(), reverse=True)[:10]
    print("\n".join(f"{size:4} {where}" for size, where in worst))
    too_much = [f"{where}: {size}" for size, where in worst if size > most]
    assert not too_much, f"more than {most}: {'; '.join(too_much)}"
