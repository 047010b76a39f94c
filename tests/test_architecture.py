"""The house plan: which part may import which. One way, no cycles; a new part gets a line here."""

from __future__ import annotations

import re

import pytest
from imports import ROOT, imports, modules, project_imports

# The parts, from the bottom up; each may import the ones that its line names, and nothing else of ours.
#
#   model ← knowledge ← extraction ← conflicts ← reader ← evaluation ← cli
#   model, knowledge ← timelines ← export, sources      model, database, copies ← rows ← migrations ← store
#   model, knowledge, timelines ← reference      all of these ← api
#
MAY_IMPORT = {
    "tracker.model": "",
    "tracker.knowledge": "model",
    "tracker.extraction": "model knowledge",
    "tracker.conflicts": "model knowledge extraction",
    "tracker.reader": "model knowledge extraction conflicts",
    "tracker.fetching": "model",
    "tracker.pages": "model",
    "tracker.workers": "",
    "tracker.apart": "model sources workers",
    "tracker.sources": "model pages timelines fetching",
    "tracker.evaluation": "model reader sources",
    "tracker.corpus": "model sources",
    "tracker.rules": "model knowledge",
    "tracker.cluster": "model knowledge reader rules sources corpus timelines",
    "tracker.copies": "",
    "tracker.constraints": "timelines",
    "tracker.database": "model constraints",
    "tracker.decisions": "database",
    "tracker.rows": "model database copies decisions",
    "tracker.changes": "model database rows decisions",
    "tracker.duplicates": "model database rows copies",
    "tracker.failures": "model database",
    "tracker.quotes": "database",
    "tracker.migrations": "database rows quotes",
    "tracker.corrections": "model knowledge timelines decisions",
    "tracker.review": "model database decisions corrections store",
    "tracker.review_file": "model decisions",
    "tracker.store": "model database rows changes duplicates failures migrations quotes timelines",
    "tracker.stale": "model database store",
    "tracker.backup": "database store",
    "tracker.check": "model database rows decisions store",
    "tracker.timelines": "model knowledge",
    "tracker.reference": "model knowledge timelines",
    "tracker.export": "model knowledge timelines",
    "tracker.archive": "model timelines",
    "tracker.watching": "model fetching sources",
    "tracker.api": "model knowledge store timelines reference export",
    "tracker": "model reader sources store api",  # the public names, nothing else
    "tracker.cli": "model knowledge reader evaluation corpus cluster archive sources store timelines reference export"
    " api rules database rows changes duplicates failures stale backup check review review_file decisions"
    " fetching pages watching workers apart",
    "tracker.__main__": "cli",
    "tracker.data": "",
    "dashboard": "model knowledge reader sources store timelines export reference api review review_file corrections"
    " decisions quotes apart",
}

SLOW_TO_IMPORT = set(
    "dash dateparser docx feedparser htmldate openpyxl pandas pandera plotly protego py3langid pyarrow pypdf rich"
    " sqlalchemy trafilatura urllib3".split()
)


def part_of(module: str) -> str:
    """The part that a module belongs to: cli_show to cli, timelines.series to timelines."""
    top, _, rest = module.partition(".")
    if top == "dashboard" or not rest:
        return top
    inner = rest.split(".")[0]
    return "tracker.cli" if inner.startswith("cli_") else f"tracker.{inner}"


@pytest.mark.parametrize("module", modules())
def test_imports_go_one_way(module):
    part = part_of(module)
    assert part in MAY_IMPORT, f"{module} is a new part: say in MAY_IMPORT what it may import"
    allowed = {part} | {f"tracker.{name}" for name in MAY_IMPORT[part].split()}
    # importing a part runs tracker/__init__.py, so everyone "imports" that; it has a line of its own
    used = {part_of(other) for other in project_imports()[module]} - {"tracker"}
    assert used <= allowed, f"{module} may not import {', '.join(sorted(used - allowed))}"


def test_the_plan_has_no_cycle_and_nothing_that_is_gone():
    above: set[str] = set()
    plan = {part: {f"tracker.{name}" for name in names.split()} for part, names in MAY_IMPORT.items()}
    while ready := {part for part, needs in plan.items() if part not in above and needs <= above}:
        above |= ready
    assert above == set(plan), f"in a cycle: {sorted(set(plan) - above)}"
    gone = set(plan) - {part_of(module) for module in modules()} - {"tracker.data"}
    assert not gone, f"in the plan, but not in the house: {gone}"


def test_no_cycle_between_modules():
    left = project_imports()
    while free := [module for module, needs in left.items() if not needs & set(left)]:
        for module in free:
            del left[module]
    assert not left, f"in a cycle, or above one: {sorted(left)}"


def test_the_tracker_never_imports_the_dashboard():
    users = {module for module, needs in project_imports().items() if any(part_of(n) == "dashboard" for n in needs)}
    assert {part_of(module) for module in users} <= {"dashboard"}


def test_the_command_line_starts_without_slow_libraries():
    known, seen, waiting = modules(), set(), ["tracker.__main__"]
    while waiting:
        module = waiting.pop()
        if module in seen:
            continue
        seen.add(module)
        found = imports(module, known[module], only_at_start=True)
        slow = SLOW_TO_IMPORT & {name.partition(".")[0] for name in found}
        assert not slow, f"{module} imports {slow} at its start, so `tracker --help` does"
        waiting += [*(found & set(known)), "tracker"]  # a module's package is imported with it


def test_only_the_knowledge_reads_the_data_that_people_edit():
    names_it = re.compile(r"\btracker\.data\b")
    readers = {part_of(name) for name, path in modules().items() if names_it.search(path.read_text(encoding="utf-8"))}
    assert readers <= {"tracker.knowledge", "dashboard"}, "data/ is read in tracker/knowledge (samples: dashboard)"


def test_every_package_is_named_in_pyproject():
    listed = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    packages = {name for name, path in modules().items() if path.name == "__init__.py"}
    missing = {name for name in packages if f'"{name}",' not in listed}
    assert not missing, f"would not be in the wheel: {missing}"
