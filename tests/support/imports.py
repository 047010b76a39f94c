"""Who imports whom in the project, read from the source by `ast`: nothing is run."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


@functools.cache
def modules() -> dict[str, Path]:
    """The project's modules by dotted name; a package by its own name."""
    files = [path for package in ("tracker", "dashboard") for path in sorted((ROOT / package).rglob("*.py"))]
    return {_name(path): path for path in files}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(name: str, path: Path, *, only_at_start: bool = False) -> set[str]:
    """What a module imports, as dotted names; `only_at_start`: only what is imported when the module is."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    nodes = _at_start(tree) if only_at_start else ast.walk(tree)
    return {target for node in nodes for target in _targets(node, package)}


def _at_start(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run at import: not the bodies of functions, nor what stands there for type checkers only."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _at_start(child)


def _targets(node: ast.AST, package: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        base = ".".join([*above, node.module] if node.module else above)
        yield base
        # `from tracker import store` imports a module, `from tracker.store.store import Store` a name in one
        yield from (f"{base}.{alias.name}" for alias in node.names)


@functools.cache
def project_imports() -> dict[str, set[str]]:
    """The project's modules, each with the modules of the project that it imports, anywhere in it."""
    known = modules()
    return {name: (imports(name, path) & set(known)) - {name} for name, path in known.items()}
