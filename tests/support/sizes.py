"""How big things are: lines of files, lines and parameters of functions. Run as a program, it shows the worst ten."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from imports import ROOT

CODE = [
    path for place in ("tracker", "dashboard", "tests", "benchmarks") for path in sorted((ROOT / place).rglob("*.py"))
]


MOST = {"lines in a file": 400, "lines in a function": 50, "parameters": 5}


def worst(what: str) -> list[tuple[int, str]]:
    """The ten biggest by one of the measures, with where they are."""
    measure = {"lines in a file": files, "lines in a function": functions, "parameters": parameters}[what]
    return sorted(measure(), reverse=True)[:10]


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


if __name__ == "__main__":
    for what, most in MOST.items():
        print(f"{what}, at most {most}: " + ", ".join(f"{size} {where}" for size, where in worst(what)))
