"""The house plan: which part may import which. One way, no cycles; a new part gets a line here."""

from __future__ import annotations

import re

import pytest
from imports import ROOT, imports, modules, project_imports

# Folders and single modules, from the bottom up. Each may import those on its line and those of `model`, nothing else.
MAY_IMPORT = {
    "tracker.model": "",
    "tracker.mixed": "knowledge",
    "tracker.atomic": "",
    "tracker.terminal": "",
    "tracker.knowledge": "",
    "tracker.extraction.text": "knowledge",
    "tracker.extraction.counts": "extraction.text knowledge",
    "tracker.extraction.when": "extraction.text knowledge",
    "tracker.extraction.where": "extraction.text extraction.when knowledge",
    "tracker.extraction.who": "extraction.text extraction.counts knowledge",
    "tracker.extraction.kind": "extraction.text extraction.counts extraction.when knowledge",
    "tracker.extraction": "extraction.text extraction.counts extraction.when extraction.where extraction.who"
    " extraction.kind knowledge",
    "tracker.reader": "extraction knowledge mixed",
    "tracker.timelines": "knowledge",
    "tracker.fetching": "",
    "tracker.sources": "fetching mixed timelines knowledge",
    "tracker.sandbox": "sources reader knowledge",
    "tracker.watching": "atomic fetching sandbox sources",
    "tracker.store": "atomic timelines",
    "tracker.review": "store timelines knowledge",
    "tracker.reference": "timelines knowledge",
    "tracker.export": "atomic timelines knowledge",
    "tracker.evaluation": "reader sources",
    "tracker.archives": "atomic reader sources timelines knowledge",
    "tracker.figures": "timelines",
    "tracker.api": "figures reader sources store timelines reference export knowledge",
    "tracker": "figures reader sources store api",  # the public names, nothing else
    "tracker.cli": "api archives atomic evaluation export fetching knowledge reader reference review sandbox sources"
    " store terminal timelines watching",
    "tracker.__main__": "cli",
    "dashboard.look": "timelines knowledge",
    "dashboard.view": "dashboard.look reader sandbox sources store review reference timelines knowledge",
    "dashboard.charts": "dashboard.view dashboard.look timelines",
    "dashboard.web": "dashboard.view dashboard.look export reader reference sources store terminal timelines knowledge",
    "dashboard.panels": "dashboard.charts dashboard.view dashboard.look dashboard.web review sources timelines"
    " knowledge",
    "dashboard.pages": "dashboard.panels dashboard.charts dashboard.view dashboard.look dashboard.web review timelines"
    " knowledge",
    "dashboard": "dashboard.pages dashboard.panels dashboard.view dashboard.look dashboard.web reference store",
}

SLOW_TO_IMPORT = set(
    "dash dateparser docx feedparser htmldate openpyxl pandas pandera plotly protego py3langid pyarrow pypdf rich"
    " sqlalchemy trafilatura urllib3".split()
)

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def part_of(module: str) -> str:
    """The line of the plan that a module belongs to: timelines.series to timelines, extraction.lines to extraction."""
    named = [part for part in MAY_IMPORT if part == module or module.startswith(f"{part}.")]
    assert named, f"{module} is a new part: say in MAY_IMPORT what it may import"
    return max(named, key=len)


def allowed(part: str) -> set[str]:
    """The parts that a part may import, itself included."""
    names = {name if name.startswith("dashboard") else f"tracker.{name}" for name in MAY_IMPORT[part].split()}
    return names | {part, "tracker.model"}


@pytest.mark.parametrize("module", modules())
def test_imports_go_one_way(module):
    # importing a part runs tracker/__init__.py, so everyone "imports" that; it has a line of its own
    used = {part_of(other) for other in project_imports()[module]} - {"tracker"}
    if part_of(module) == "tracker":
        assert module == "tracker", f"{module} stands beside the folders: give it a line in MAY_IMPORT"
    wrong = used - allowed(part_of(module))
    assert not wrong, f"{module} may not import {', '.join(sorted(wrong))}"


def test_the_plan_has_no_cycle_and_nothing_that_is_gone():
    above: set[str] = set()
    plan = {part: allowed(part) - {part} for part in MAY_IMPORT if part != "tracker.model"} | {"tracker.model": set()}
    while ready := {part for part, needs in plan.items() if part not in above and needs <= above}:
        above |= ready
    assert above == set(plan), f"in a cycle: {sorted(set(plan) - above)}"
    gone = set(plan) - {part_of(module) for module in modules()}
    assert not gone, f"in the plan, but not in the house: {gone}"


def test_no_cycle_between_modules():
    left = project_imports()
    while free := [module for module, needs in left.items() if not needs & set(left)]:
        for module in free:
            del left[module]
    assert not left, f"in a cycle, or above one: {sorted(left)}"


def test_the_tracker_never_imports_the_dashboard():
    users = {module for module, needs in project_imports().items() if any(n.startswith("dashboard") for n in needs)}
    assert all(module.startswith("dashboard") for module in users)


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
    assert readers <= {"tracker.knowledge", "dashboard.web"}, "data/ is read in tracker/knowledge (samples: dashboard)"


def test_every_package_is_named_in_pyproject():
    listed = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    packages = {name for name, path in modules().items() if path.name == "__init__.py"}
    missing = {name for name in packages if f'"{name}",' not in listed}
    assert not missing, f"would not be in the wheel: {missing}"


def short(part: str) -> str:
    """A part as the page calls it: `tracker.store` is store."""
    return part.removeprefix("tracker.")


def path_of(part: str) -> str:
    """A part as the table of the page calls it: its folder or its file."""
    path = modules()[part].relative_to(ROOT).as_posix()
    return path if part == "tracker" else path.removesuffix("__init__.py")  # `tracker` is the file of public names


def test_the_table_of_the_page_is_this_plan():
    rows = re.findall(r"^\| `([^`]+)` \| [^|]+ \| ([^|]*)\|$", PAGE, re.M)
    assert sorted(name for name, _ in rows) == sorted(map(path_of, MAY_IMPORT)), "each part has one row"
    for part, names in MAY_IMPORT.items():
        shown = dict(rows)[path_of(part)]
        assert sorted(shown.replace(",", " ").split()) == sorted(names.split()), f"{part} in docs/architecture.md"


def test_the_picture_of_the_page_shows_each_part_above_what_it_may_import():
    (picture,) = re.findall(r"<!-- picture -->\n```\n(.*?)```", PAGE, re.S)
    floors = {name: floor for floor, line in enumerate(reversed(picture.splitlines())) for name in line.split()}
    assert sorted(picture.split()) == sorted(map(short, MAY_IMPORT)), "each part stands in the picture once"
    for part in MAY_IMPORT:
        below = [other for other in map(short, allowed(part) - {part}) if floors[other] >= floors[short(part)]]
        assert part == "tracker.model" or not below, f"{part} must stand above {', '.join(below)}"
